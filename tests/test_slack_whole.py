"""All that the whole bot does on Slack, over the wire, also after restarts and with every socket cut.

The tables are gone through row by row, as in `tests.test_discord_whole`; what only Slack has stands below.
"""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from bot.commands.model import Command
from bot.commands.table import COMMANDS
from bot.render.slack_commands import ASKS
from tests.support.shown import broken
from tests.support.slack_chat import SlackChat, typed
from tests.support.slack_manifest import manifest
from tests.support.slack_places import ADMIN, GUEST, READER
from tests.support.slack_seen import Seen
from tests.support.slack_server import SlackServer
from tests.support.slack_shown import controls_of, title, words
from tests.support.whole_bot import ALL, CHANNELS, WELCOMED, World, standing
from tests.support.whole_cases import ASKED
from tests.support.whole_drives import all_well, cut, every_command, every_control, nothing_changed_by_readers

LIVES = ("first", "restarted", "cut")

pytestmark = pytest.mark.timeout(240)  # one world for many cases


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Begin with the bot in all channels but one, where it is invited, with what its manifest asks for."""
    chat, app = SlackChat([each for each in CHANNELS if each != WELCOMED], later=[WELCOMED]), manifest()
    chat.server.app, chat.server.scopes = app, set(app.scopes)
    async with chat.server, standing(tmp_path, chat) as world:
        yield world


async def test_every_command_is_answered(world: World, subtests: pytest.Subtests) -> None:
    """What they do, offer and suggest, all of it again after a restart, and with every socket cut."""
    await every_command(world, subtests)


@pytest.mark.parametrize("lives", [("first", "restarted"), ("cut",)], ids=lambda lives: lives[-1])
async def test_every_control_does_what_it_says(
    world: World, subtests: pytest.Subtests, lives: tuple[str, ...]
) -> None:
    """Those of alerts, answers, menus, forms and the set-up; what changes things not once one may not."""
    await every_control(world, subtests, lives)


async def test_readers_and_guests_change_nothing(world: World, subtests: pytest.Subtests) -> None:
    """Readers look things up in their languages, and are refused what changes things; guests all."""
    await nothing_changed_by_readers(world, subtests)
    with subtests.test("guests"):
        await _refuse_guests(world)


# ---- what only Slack has -----------------------------------------------------------------------------


async def test_forms_shortcuts_home_and_mentions_are_answered(
    world: World, subtests: pytest.Subtests
) -> None:
    """What a command lacks, what can be chosen anywhere, Home, and words in a thread, in three lives."""
    server = _server(world)
    offered = {name for name, kind in manifest().shortcuts.items() if kind == "global"}
    assert offered >= {f"{ASKS}{command.name}" for command in COMMANDS if command.shortcut}
    for life in LIVES:
        for command in filter(world.chat.suggests, COMMANDS):
            with subtests.test(life=life, form=command.name), all_well(world):
                await _fill(world, command, life)
        for callback in sorted(offered):
            with subtests.test(life=life, shortcut=callback), all_well(world):
                await cut(world, life)
                opened = await server.shortcut(callback, by=ADMIN)
                assert _well(opened)
                await server.close_view(opened)
        for person in (ADMIN, READER):
            with subtests.test(life=life, home=person), all_well(world):
                await cut(world, life)
                await _use_home(world, await server.open_home(by=person), life)
        for number, command in enumerate(COMMANDS):
            with subtests.test(life=life, mentioned=command.name), all_well(world):
                await cut(world, life)
                await _mention(world, command, _ident(CHANNELS[number % 4]))
        if life == "first":
            await world.start()
    assert world.wrong() == []


async def _fill(world: World, command: Command, life: str) -> None:
    """Give a command without what it needs, and fill in the form that this opens; it is answered there."""
    server, (asked, says) = _server(world), await _case(world, command)
    await cut(world, life)
    form = await server.slash(command.name, by=ADMIN, channel=_ident(ALL))
    await cut(world, life)
    answered = await server.fill(form, _picked(command, asked))
    assert says in _well(answered)
    await server.close_view(answered)


async def _use_home(world: World, home: Seen, life: str) -> None:
    """Use every control of a Home; each opens a modal."""
    server = _server(world)
    assert controls_of(home)
    for action in controls_of(home):
        if action in controls_of(home):
            await cut(world, life)
            used = await server.press(home, action)
            assert _well(used)
            while top := server.modals.top(home.by):
                await server.close_view(top)


async def _mention(world: World, command: Command, channel: str) -> None:
    """Mention the bot with a command in a thread: all see what is found, and one alone what is refused."""
    server, (asked, _says) = _server(world), await _case(world, command)
    text = " ".join(typed(command.name, asked))
    thread = server.say(channel, "Sample talk")["ts"]
    answered = await server.mention(text, by=READER, channel=channel, thread=thread)
    assert answered.ephemeral == command.guarded
    assert _well(answered)


async def _refuse_guests(world: World) -> None:
    """Ask as a guest in every way; Home shows them nothing either."""
    server, alert = _server(world), world.alerts["containers"]
    for place in server.channels.values():
        place.members.add(GUEST)
    seen = [
        await server.slash("claim list", by=GUEST, channel=_ident(ALL)),
        await server.slash("claim show", by=GUEST, channel=_ident(ALL)),
        await server.press(alert, "details", by=GUEST),
        await server.mention("claim list", by=GUEST, channel=_ident(ALL), thread=alert["ts"]),
        await server.open_home(by=GUEST),
    ]
    assert [each.ephemeral for each in seen] == [True] * len(seen)
    assert {title(each) for each in seen} == {"This bot does not answer guests"}
    assert world.wrong() == []


def _server(world: World) -> SlackServer:
    chat = world.chat
    assert isinstance(chat, SlackChat)
    return chat.server


def _ident(channel: str) -> str:
    return f"C0{channel.upper()}"


async def _case(world: World, command: Command) -> tuple[dict[str, str], str]:
    """Return the first case of a command: what is asked, and what the answer says."""
    options, says = ASKED[command.name][0]
    (expected,) = (await world.named({"says": says})).values()
    return await world.named(options), expected


def _picked(command: Command, asked: Mapping[str, str]) -> dict[str, str]:
    """Return what is asked as it is filled in: channels are picked."""
    channels = {param.name for param in command.params if param.channel}
    return {
        name: value.strip("<#>").partition("|")[0] if name in channels else value
        for name, value in asked.items()
    }


def _well(answered: Seen) -> str:
    """Return all that an answer says, in which nothing went wrong."""
    assert title(answered) not in broken()
    return words(answered)
