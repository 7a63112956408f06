"""Those who share one bot stay strangers: every command and control answers one as if the others were not."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import repeat
from pathlib import Path

import pytest

from bot.actions.model import Action, Press
from bot.actions.table import ACTIONS
from bot.commands.desk import Desk
from bot.commands.model import Asker, Command
from bot.commands.table import COMMANDS
from bot.parts import place_finder
from bot.platforms.discord import API_BASE, DiscordPlatform, point_library
from bot.platforms.slack import SlackPlatform, SlackPolicy
from bot.render.discord import render
from bot.replies import Reply
from bot.seen import seen_by
from tests.support.build import NOW, event_id
from tests.support.discord_platform import running
from tests.support.discord_server import DiscordServer
from tests.support.slack_places import ADMIN, GUEST
from tests.support.slack_server import SlackServer
from tests.support.slack_shown import words
from tests.support.strangers import (
    ASIDE,
    HIDDEN,
    OPEN,
    OURS,
    SHARED,
    STRANGERS,
    THEIRS,
    UNSURE,
    Bot,
    asked_of,
    copied,
    fill,
    pressed_of,
)

MARKS = re.compile(r"Secret|discord:901|<@901>|Mina|4711|discord:600|<#600>|Українська")
"""What only the server that does something says of itself."""


def plainly(answered: object, own: str) -> str:
    """Return all that an answer holds, but for the end of an id that is drawn anew each time."""
    words = repr(answered.card if isinstance(answered, Reply) else answered)
    words = words.replace(own, "tankers-bring-refined-oil-k3f9")
    return re.sub(r"(sample-tankers-bring-refined)-[a-z0-9]{4}\b", r"\1-....", words)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Bot]]:
    """Fill the stores once: with a lively other server, without it, and where all is shared."""
    folder = tmp_path_factory.mktemp("strangers")
    kinds = {
        "lively": {"lively": True},
        "quiet": {"lively": False},
        "shared": {"lively": True, "shared": True},
    }
    paths = {name: folder / f"{name}.db" for name in kinds}
    return {name: (paths[name], asyncio.run(fill(paths[name], **kind))) for name, kind in kinds.items()}


@pytest.fixture
async def lively(filled: dict[str, tuple[Path, Bot]], tmp_path: Path) -> AsyncIterator[Bot]:
    """Run a bot on which the other server did all that it can."""
    async with copied(filled["lively"], tmp_path) as made:
        yield made


@pytest.fixture
async def quiet(filled: dict[str, tuple[Path, Bot]], tmp_path: Path) -> AsyncIterator[Bot]:
    """Run one on which there is no other server."""
    async with copied(filled["quiet"], tmp_path) as made:
        yield made


@pytest.fixture
async def shared(filled: dict[str, tuple[Path, Bot]], tmp_path: Path) -> AsyncIterator[Bot]:
    """Run one where whoever runs the bot made everybody's what any of them says and adds."""
    async with copied(filled["shared"], tmp_path, shared=True) as made:
        yield made


async def answers(made: Bot, command: Command, by: Asker) -> list[str]:
    """Return what a stranger is answered to all that it asks of a command."""
    asked = asked_of(made.own)[command.name]
    return [plainly(await made.desk().answer(command.name, dict(args), by), made.own) for args in asked]


async def pressed(made: Bot, verb: str, by: Asker) -> list[str]:
    """Return what a stranger is answered to all uses of a control."""
    return [
        plainly(await made.desk().act(f"{verb}:{argument}", Press("", chosen, entries), by), made.own)
        for argument, entries, chosen in pressed_of(made.own, made.key, made.setup)[verb]
    ]


async def books(made: Bot) -> str:
    """Return all that the lively server has for itself."""
    store, told = seen_by(made.context.store, OURS.workspace), (OPEN, HIDDEN, ASIDE, UNSURE)
    events = [event_id(each) for each in told]
    alerts = await store.alerts(events)
    return repr(
        (
            await store.subscriptions(),
            await store.workspace(OURS.workspace),
            await store.audit(OURS.workspace, 1_000),
            await store.snoozes(OURS.workspace, NOW),
            await store.register(),
            await store.verdicts([each.story.id for each in told], OURS.workspace),
            alerts,
            [await store.deliveries(alert.key) for alert in alerts.values()],
            await store.asked(made.key),
            await store.asked(made.setup),
        )
    )


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
async def test_a_command_answers_as_if_there_were_no_other(command: Command, lively: Bot, quiet: Bot) -> None:
    """Every command of the table: names, numbers, order and what is not found are the same."""
    before = await books(lively)
    for stranger in STRANGERS:
        there = await answers(lively, command, stranger)
        assert there == await answers(quiet, command, stranger)
        assert "on our side" not in str(there)

    assert await books(lively) == before


@pytest.mark.parametrize("verb", [row.verb for row in ACTIONS])
async def test_a_control_answers_as_if_there_were_no_other(verb: str, lively: Bot, quiet: Bot) -> None:
    """Every action of the table, also with keys and events that are the other's, of which nothing changes."""
    before = await books(lively)
    for stranger in STRANGERS:
        there = await pressed(lively, verb, stranger)
        assert there == await pressed(quiet, verb, stranger)
        assert "on our side" not in str(there)

    assert await books(lively) == before


def test_what_is_asked_of_a_message_is_among_what_is_asked() -> None:
    """The menu of a message hands over its text and its address, and each such command has that as a case."""
    asked = asked_of("no-such-claim")
    of_messages = [command.name for command in COMMANDS if command.on_message and not command.form_of_message]

    assert of_messages
    for name in of_messages:
        assert {"text", "url"} in [set(each) for each in asked[name]]


SUGGESTED = [(c, p.name) for c in COMMANDS for p in c.params if p.suggest]
TYPED = ("", "oil", "tankers", "s", "secret", "discord:6", f"{SHARED.id},")


@pytest.mark.parametrize(
    ("command", "param"), SUGGESTED, ids=lambda each: each.name if isinstance(each, Command) else each
)
async def test_nothing_of_the_other_is_suggested(
    command: Command, param: str, lively: Bot, quiet: Bot
) -> None:
    """Whatever is typed so far."""
    for stranger in STRANGERS:
        for typed in TYPED:
            there = await lively.desk().suggest(command.name, param, typed, stranger)
            assert there == await quiet.desk().suggest(command.name, param, typed, stranger)


async def test_the_other_is_suggested_what_is_its_own(lively: Bot) -> None:
    """What is looked for is there: its claim, its tag and its channel."""
    found = {
        option.value
        for command, param in SUGGESTED
        for option in await lively.desk().suggest(command.name, param, "", OURS)
    }

    assert {lively.own, "secret", "discord:600"} <= found


async def test_what_is_rendered_holds_no_mark_of_the_other(lively: Bot) -> None:
    """Neither ids, words, people nor channels of theirs leave for Discord."""
    sent = [
        str(render(await lively.desk().answer(name, dict(args), THEIRS)))
        for name, asked in asked_of("no-such-claim").items()
        for args in asked
    ]

    assert [found for each in sent for found in MARKS.findall(each)] == []
    assert [each for each in sent if lively.own in each] == []


async def test_nothing_of_the_other_is_shown_unasked(lively: Bot, quiet: Bot) -> None:
    """Home, and what stands under a link, tell of claims and stories as if there were no other."""
    links = [each.story.url for each in (OPEN, HIDDEN, ASIDE, UNSURE)]
    for stranger in STRANGERS:
        there, alone = [
            [
                *map(plainly, await made.desk().home(stranger), repeat(made.own)),
                *[plainly(await made.desk().unfurl(url, stranger), made.own) for url in links],
            ]
            for made in (lively, quiet)
        ]
        assert there == alone
        assert [found for each in there for found in MARKS.findall(each)] == []
    assert lively.own in str([await lively.desk().unfurl(url, OURS) for url in links])


@pytest.mark.parametrize("row", [*COMMANDS, *ACTIONS], ids=lambda row: getattr(row, "name", None) or row.verb)
async def test_where_all_is_shared_nobody_elsewhere_is_named(row: Command | Action, shared: Bot) -> None:
    """Claims and verdicts are everybody's there; whose they are is told to their own workspace alone."""
    names = re.compile(r"discord:(901|500)\b|Mina")
    for stranger in STRANGERS:
        told = (
            await answers(shared, row, stranger)
            if isinstance(row, Command)
            else await pressed(shared, row.verb, stranger)
        )
        assert [found for each in told for found in names.findall(each)] == []


async def test_over_the_wire_no_command_tells_of_the_other(lively: Bot) -> None:
    """Whoever owns the second server asks on Discord what there is to ask, and finds no mark of the first."""
    seen: dict[str, DiscordPlatform] = {}
    context = replace(lively.context, find_place=place_finder(seen))
    of_channel = {command.name for command in COMMANDS for param in command.params if param.channel}
    told = []
    try:
        async with DiscordServer() as server:
            owner = server.add_guild(501, (700,)).manager
            desk = Desk(COMMANDS, context, ACTIONS)
            async with running(server, desk, books=context.store, commands=COMMANDS) as seen["discord"]:
                for command in COMMANDS:
                    for args in asked_of("no-such-claim")[command.name][:2]:
                        given = dict(args)
                        if command.name in of_channel and "channel" in given:
                            given["channel"] = "600"
                        answered = await server.slash(command.name, given, by=owner, channel=700)
                        told.append(str(answered.message))
            told.append(str(server.messages.get(700)))
            assert server.violations == []
    finally:
        point_library(API_BASE, None)

    assert [found for each in told for found in MARKS.findall(each)] == []
    assert [each for each in told if lively.own in each] == []


async def test_a_team_on_slack_is_a_stranger_too(lively: Bot) -> None:
    """Its admin sees nothing of a server on Discord wherever Slack shows something, and removes nothing."""
    asked = ("audit", "workspace show", "watch list", "snooze list", "claim list", "claim search secret")
    async with SlackServer() as slack:
        policy = SlackPolicy(slack.bot_token, slack.app_token, slack.api_base)
        platform = SlackPlatform(policy, COMMANDS, lively.context.store)
        listening = asyncio.create_task(platform.run(lively.desk()))
        told = [words(await slack.slash(typed, by=ADMIN)) for typed in asked]
        told.append(words(await slack.open_home(by=ADMIN)))
        form = await slack.slash("claim show", by=ADMIN)
        told += [str(await slack.suggest(form, "claim", typed, by=ADMIN)) for typed in ("", "secret")]
        await slack.close_view(form)
        link = await slack.post_link(f"{HIDDEN.story.url} {OPEN.story.url}", by=ADMIN)
        await slack.until(lambda: link.get("unfurls"))
        told.append(str(link["unfurls"]))
        await slack.slash("watch remove channel=discord:600 sure=yes", by=ADMIN)
        guest = [words(await slack.open_home(by=GUEST)), words(await slack.slash("claim list", by=GUEST))]
        await platform.close()
        await listening
        assert slack.violations == []

    assert list(link["unfurls"]) == [OPEN.story.url]
    assert [found for each in told for found in MARKS.findall(each)] == []
    assert [each for each in told if lively.own in each] == []
    assert all("This bot does not answer guests" in each and SHARED.id not in each for each in guest)
    kept = await lively.context.store.subscriptions(OURS.workspace)
    assert [each.destination for each in kept] == ["discord:600"]


async def test_the_other_sees_what_is_its_own(lively: Bot) -> None:
    """The marks that are looked for are there: the server itself reads all of them."""
    shown = [
        str(await lively.desk().answer(name, args, OURS))
        for name, args in (
            ("claim show", {"claim": lively.own}),
            ("audit", {}),
            ("workspace show", {}),
            ("snooze list", {}),
            ("story why", {"story": HIDDEN.story.id}),
        )
    ]

    for mark, card in zip(("Secret", "discord:901", "4711", SHARED.id, lively.own), shown, strict=True):
        assert mark in card


async def test_what_is_shared_is_seen_by_all(shared: Bot) -> None:
    """Where whoever runs the bot says so, claims and verdicts are everybody's; the rest stays apart."""
    shown = str(await shared.desk().answer("claim show", {"claim": shared.own}, THEIRS))
    why = str(await shared.desk().answer("story why", {"story": OPEN.story.id}, THEIRS))
    audit = await shared.desk().answer("audit", {}, THEIRS)

    assert "Secret Panel" in shown
    assert "not-relevant" in why
    assert "somebody elsewhere" in why
    assert audit.title == "Nothing was changed here yet"
