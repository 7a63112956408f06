"""Who may not change something changes nothing, by every command and every control there is."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.actions.model import Action, Press
from bot.actions.table import ACTIONS
from bot.commands.model import Asker, Command, Needs, Powers
from bot.commands.rights import may
from bot.commands.table import COMMANDS
from bot.language import _, speaking
from bot.replies import Reply
from claims.store import Store
from tests.support.strangers import OURS, Bot, asked_of, copied, fill, pressed_of

SAYS = {
    Needs.CHANGE: "It takes the server",
    Needs.CHANNEL: "It takes the channel",
    Needs.APPOINT: "It takes the owner",
}
OWNER = replace(OURS, needs=SAYS)
"""May do everything, and asks in channel 600."""
EDITOR = replace(OWNER, reference="discord:905", may_appoint=False)
"""May change everything, and name nobody who may."""
SHUT_OUT = replace(EDITOR, channels={"discord:600": Powers(), "discord:602": Powers()})
"""May change what all see, and manages every channel but those."""
HOLDER = replace(
    EDITOR, reference="discord:906", may_change=False, channels={"discord:601": Powers(manages=True)}
)
"""Manages a channel of their own alone."""
READER = replace(HOLDER, reference="discord:903", channels={})
GUARDED = [row for row in (*COMMANDS, *ACTIONS) if row.needs is not Needs.NOTHING]
LACKING = {
    Needs.CHANNEL: (READER, HOLDER, SHUT_OUT, replace(READER, destination="")),
    Needs.CHANGE: (READER, HOLDER),
    Needs.SHARED: (READER, HOLDER, replace(OWNER, named=False)),
    Needs.APPOINT: (READER, HOLDER, EDITOR),
}
"""Who asks in vain for what takes this."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Bot]:
    """Fill a store once."""
    path = tmp_path_factory.mktemp("rights") / "rights.db"
    return path, asyncio.run(fill(path, lively=True))


@pytest.fixture
async def made(filled: tuple[Path, Bot], tmp_path: Path) -> AsyncIterator[Bot]:
    """Run a bot on which a server did all that it can."""
    async with copied(filled, tmp_path) as made:
        yield made


async def kept(store: Store) -> str:
    """Return all that can be changed by commands and controls."""
    return repr(
        (
            await store.subscriptions(),
            await store.register(),
            [(each.feed, each.paused) for each in await store.feeds()],
            await store.workspace(OURS.workspace),
            await store.audit(None, 1_000),
            await store.private_verdicts(OURS.workspace),
            await store.judged(),
        )
    )


@pytest.mark.parametrize("row", GUARDED, ids=lambda row: getattr(row, "name", None) or row.verb)
async def test_whoever_lacks_the_right_changes_nothing(row: Command | Action, made: Bot) -> None:
    """Every row that takes a right, with all that is asked of it: nothing is kept, and nothing noted."""
    before = await kept(made.context.store)
    for asker in LACKING[row.needs]:
        if isinstance(row, Command):
            for args in asked_of(made.own)[row.name]:
                await made.desk().answer(row.name, dict(args), asker)
        else:
            for argument, entries, chosen in pressed_of(made.own, made.key, made.setup)[row.verb]:
                await made.desk().act(f"{row.verb}:{argument}", Press("", chosen, entries), asker)

    assert await kept(made.context.store) == before


@pytest.mark.parametrize("row", [row for row in COMMANDS if row.changes], ids=lambda row: row.name)
async def test_whoever_has_the_right_is_not_refused(row: Command, made: Bot) -> None:
    """The same questions, asked by somebody who may, are answered by the commands themselves."""
    for args in asked_of(made.own)[row.name]:
        card = await made.desk().answer(row.name, dict(args), OWNER)
        assert not card.title.startswith("You may not")


@pytest.mark.parametrize(
    ("name", "asker", "title", "how"),
    [
        ("watch pause", READER, "You may not use watch pause: it is for", "It takes the channel"),
        ("watch pause", HOLDER, "You may not change what that channel is told", "It takes the channel"),
        ("workspace editors", EDITOR, "You may not use workspace editors: it is for", "It takes the owner"),
        ("feed pause", READER, "You may not use feed pause: it is for", "It takes the server"),
        ("audit", HOLDER, "You may not use audit: it is for", "It takes the server"),
    ],
)
async def test_a_refusal_says_what_it_takes(made: Bot, name: str, asker: Asker, title: str, how: str) -> None:
    """In the words of the platform, for what was asked."""
    card = await made.desk().answer(name, dict(asked_of(made.own)[name][0]), asker)

    assert card.title.replace("/", "").startswith(title)
    assert card.lines == ((how,),)


async def test_who_manages_a_channel_says_what_it_is_told(made: Bot) -> None:
    """Wherever they ask, and however little else they may."""
    here = replace(HOLDER, channels={"discord:600": Powers(manages=True)}, destination="discord:601")
    card = await made.desk().answer("watch pause", {"channel": "discord:600"}, here)

    assert card.title == "Paused"
    assert not may(here, Needs.CHANGE)
    assert may(here, Needs.CHANNEL)


async def test_a_channel_is_set_up_from_outside_by_who_manages_it(made: Bot) -> None:
    """The platform knows what they may there once it is named; who manages none is refused then."""
    outside = replace(READER, destination="")
    asked = await made.desk().act("setup", Press(""), outside)
    manager = replace(outside, channels={"discord:600": Powers(manages=True)})
    refused = await made.desk().act("setup:in", Press("", ("discord:600",)), outside)
    managed = await made.desk().act("setup:in", Press("", ("discord:600",)), manager)

    titles = [each.card.title for each in (asked, refused, managed) if isinstance(each, Reply)]
    setup = "Set up what a channel is told of"
    assert titles == [setup, "You may not change what that channel is told", setup]


async def test_nothing_is_suggested_to_whom_nothing_is_answered(made: Bot) -> None:
    """A reader who is refused a command learns nothing while typing it either."""
    for command in COMMANDS:
        for param in command.params:
            if param.suggest and command.guarded:
                assert await made.desk().suggest(command.name, param.name, "", READER) == ()


@pytest.mark.parametrize("row", [row for row in ACTIONS if row.changes], ids=lambda row: row.verb)
def test_a_refusal_names_the_button_as_it_reads(row: Action) -> None:
    """Whoever is refused never saw the verb of an action, and reads the label in their language."""
    assert row.label
    with speaking("ko"):
        assert _(row.label) != row.label
