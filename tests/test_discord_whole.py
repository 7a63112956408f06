"""Every command, suggestion, control and form of the whole bot over the wire, in three lives of the bot.

In the first, what is shown is used as soon as it is there. The second begins after a restart on the same
store, in the third the gateway is cut before each control; there, what was shown before is used.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest
import pytest_asyncio

from bot.actions.table import ACTIONS
from bot.commands.model import Command
from bot.commands.table import COMMANDS
from bot.language import _, speaking
from tests.support.discord_places import Member
from tests.support.discord_server import NotOffered
from tests.support.discord_state import Answer
from tests.support.whole_bot import World, broken, controls_of, standing, title, words
from tests.support.whole_cases import ASKED, ASKS, USED

pytestmark = pytest.mark.asyncio(loop_scope="module")

LIVES = ("first", "restarted", "cut")
CHANGES = [row.verb for row in ACTIONS if row.changes]
SUGGESTED = [(each.name, param.name) for each in COMMANDS for param in each.params if param.suggest]
READERS = ("ko", "ru", "uk")
"""Languages of those who change nothing."""
ON_MESSAGE = [each for each in COMMANDS if each.on_message]


def refusal(name: str, language: str = "en") -> str:
    """Return the title of what whoever may not change things is answered."""
    with speaking(language):
        return _("You may not use {name}: it is for those who may change what all see").format(name=name)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def begun(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """Serve all that outlasts the bot."""
    async with standing(tmp_path_factory.mktemp("whole")) as world:
        yield world


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=LIVES)
async def life(request: pytest.FixtureRequest, begun: World) -> World:
    """Begin a life of the bot."""
    if request.param == "first":
        await begun.start()
        await begun.begins()
    elif request.param == "restarted":
        await begun.start()
    begun.cuts = request.param == "cut"
    return begun


@pytest_asyncio.fixture(loop_scope="module", autouse=True)
async def _nothing_goes_wrong(begun: World) -> AsyncIterator[None]:
    """Whatever is done, no limit, deadline or habit is broken, and nothing is logged as trouble."""
    yield
    wrong = [*begun.discord.violations, *begun.troubles.said]
    begun.discord.violations.clear()
    begun.troubles.said.clear()
    assert wrong == []


def lead(world: World) -> Member:
    """Return who may change things."""
    return world.guild.manager


@contextmanager
def without_roles(member: Member) -> Iterator[None]:
    """Take every role from a member for a while."""
    roles, member.roles = member.roles, ()
    yield
    member.roles = roles


def seen(answered: Answer) -> str:
    """Return all that an answer says, which its asker alone sees, and in which nothing went wrong."""
    assert title(answered) not in broken()
    assert answered.ephemeral or answered.modal
    return words(answered)


@pytest.mark.parametrize("life", ["first", "restarted"], indirect=True)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
async def test_a_command_is_answered(life: World, command: Command) -> None:
    """Every command of the table does what it says, for the one alone who asks."""
    for number, (options, says) in enumerate(ASKED[command.name]):
        names = await life.names()
        given = {name: said.format(**names) for name, said in options.items()}
        answered = await life.ask(command.name, given, by=lead(life))
        assert says.format(**names) in seen(answered)
        life.kept.setdefault((command.name, number), answered)


@pytest.mark.parametrize("life", ["first", "restarted"], indirect=True)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
async def test_whatever_an_answer_offers_can_be_used(life: World, command: Command) -> None:
    """Every control below the answers of the first life, and all of them again in the second."""
    for number, _asked in enumerate(ASKED[command.name]):
        shown = life.kept[command.name, number]
        for control in controls_of(shown):
            if control in controls_of(shown):
                answered = await life.use(shown, control)
                assert title(answered) not in broken()
                assert answered.ephemeral or answered.modal or control.startswith("share:")


@pytest.mark.parametrize("life", ["restarted"], indirect=True)
@pytest.mark.parametrize(("command", "param"), SUGGESTED)
async def test_a_value_is_suggested(life: World, command: str, param: str) -> None:
    """Every parameter that is suggested, at the first key and later."""
    for typed in ("", "s"):
        found = await life.discord.autocomplete(command, param, typed, by=lead(life))
        assert found
        assert all(each["name"] and each["value"] for each in found)


@pytest.mark.parametrize("command", ON_MESSAGE, ids=lambda command: command.name)
async def test_a_message_is_asked_about(life: World, command: Command) -> None:
    """The menu of a message, be it the bot's own or somebody's."""
    said = life.discord.say(600, "Look: https://herald.example/0 has 13,000 containers of munitions")
    for message in (said, life.alerts["containers"]):
        answered = await life.discord.menu_on(message, command.on_message)
        assert "containers" in seen(answered)


@pytest.mark.parametrize("verb", [row.verb for row in ACTIONS])
async def test_a_control_does_what_it_says(life: World, verb: str) -> None:
    """Every action of the table, on what an earlier life showed; what changes things not once one may not."""
    for number, dialogue in enumerate(USED[verb]):
        shown = life.kept.pop((verb, number), None) or await dialogue.to_last(life)
        if verb in CHANGES:
            with without_roles(dialogue.person(life)):
                refused = await dialogue.last(life, shown)
            assert title(refused) == refusal(verb)
            assert refused.ephemeral
        if life.cuts:
            await life.discord.cut()
        answered = await dialogue.last(life, shown)
        assert title(answered) not in broken()
        assert dialogue.says in words(answered)
        assert answered.modal or answered.ephemeral != (verb == "share")
        await dialogue.put_back(life, answered)
        life.kept[verb, number] = await dialogue.to_last(life)


@pytest.mark.parametrize("life", ["restarted"], indirect=True)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
async def test_a_reader_changes_nothing(life: World, command: Command) -> None:
    """Readers look things up in their languages, and are refused what changes things, or not offered it."""
    names, (options, _says) = await life.names(), ASKED[command.name][0]
    given = {name: said.format(**names) for name, said in options.items()}
    reader = life.guild.reader
    reader.locale = READERS[COMMANDS.index(command) % len(READERS)]
    try:
        answered = await life.ask(command.name, given, by=reader)
    except NotOffered:
        assert command.guarded
    else:
        assert (title(answered) == refusal(f"/{command.name}", reader.locale)) == command.guarded
        assert seen(answered)


@pytest.mark.parametrize("life", ["cut"], indirect=True)
async def test_every_change_is_in_the_audit_log(life: World) -> None:
    """What was changed in all lives, by those who did; what was refused, asked or looked up is not."""
    noted = await life.app.store.audit(f"discord:{life.guild.ident}", 10_000)

    changing = {command.name for command in COMMANDS if command.changes}
    assert {entry.action for entry in noted} == (changing | set(CHANGES)) - ASKS
    assert {entry.person for entry in noted} == {
        f"discord:{member.ident}" for member in (life.guild.manager, life.guild.editor)
    }
