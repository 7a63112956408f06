"""The whole bot driven over the wire of a chat platform, row by row of the tables of commands and actions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from bot.actions.table import ACTIONS
from bot.commands.model import Command
from bot.commands.spelling import spelling
from bot.commands.table import COMMANDS
from bot.language import _, speaking
from tests.support.chats import Shown
from tests.support.discord_asking import NotOffered
from tests.support.shown import broken
from tests.support.whole_bot import ALL, CHANNELS, World
from tests.support.whole_cases import ASKED, ASKS, USED

READERS = ("ko", "ru", "uk")
"""Languages of those who change nothing."""
_ANYWHERE, _APART = ("claim", "story", "event", "feed"), 4
"""Groups of commands whose answers are the same in any channel, and in how many they are shared, since a
platform takes only so many messages in one."""
CHANGES = {row.verb for row in ACTIONS if row.changes}


async def every_command(world: World, subtests: pytest.Subtests) -> None:
    """Give all commands, in three lives, and use what the answers offer."""
    shown: dict[tuple[str, int], Shown] = {}
    for life in ("first", "restarted", "cut"):
        if life == "cut":
            await world.chat.cut()
        for command in COMMANDS:
            with subtests.test(life=life, command=command.name), all_well(world):
                for number in _cases(world, command):
                    await cut(world, life)
                    shown.setdefault((command.name, number), await _asked(world, command, number))
            with subtests.test(life=life, suggested=command.name), all_well(world):
                await _suggested(world, command, life)
            with subtests.test(life=life, on_message=command.name), all_well(world):
                await _asked_of_messages(world, command, life)
        if life != "cut":
            for (name, number), answered in shown.items():
                with subtests.test(life=life, offered_by=name, number=number), all_well(world):
                    await _use_all(world, answered)
            await world.start()
    noted = await world.app.store.audit(world.chat.here.workspace, 10_000)

    assert world.wrong() == []
    assert {entry.action for entry in noted} >= {command.name for command in COMMANDS if command.changes}
    assert {entry.person for entry in noted} == {world.chat.reference(world.chat.here.lead)}


async def every_control(world: World, subtests: pytest.Subtests, lives: Sequence[str]) -> None:
    """Use all controls in these lives; what changes things not once one may not."""
    shown: dict[tuple[str, int], Shown] = {}
    for life in lives:
        for row in ACTIONS:
            for number, dialogue in enumerate(USED[row.verb]):
                with subtests.test(life=life, verb=row.verb, number=number), all_well(world):
                    key = row.verb, number
                    used = shown.pop(key, None)
                    if used is None or not world.chat.lasts(used):
                        used = await dialogue.to_last(world)
                        if life == "restarted":
                            await world.start()
                    if row.changes:
                        async with world.chat.demoted(dialogue.person(world)):
                            refused = await dialogue.last(world, used)
                        assert refusal(f"“{row.label}”") in world.chat.words(refused)
                        assert world.chat.alone(refused)
                    await cut(world, life)
                    answered = await dialogue.last(world, used)
                    (says,) = (await world.named({"says": dialogue.says})).values()
                    said = world.chat.words(answered)
                    assert says in said, f"no {says!r} in {said}"
                    assert world.chat.alone(answered) != (row.verb == "share")
                    await dialogue.put_back(world, answered)
                    shown[key] = await dialogue.to_last(world)
        await world.start()
    noted = await world.app.store.audit(world.chat.here.workspace, 10_000)

    assert world.wrong() == []
    assert {entry.action for entry in noted} & CHANGES == CHANGES - ASKS


async def nothing_changed_by_readers(world: World, subtests: pytest.Subtests) -> None:
    """Give all commands as a reader, in one language after the other."""
    chat, store = world.chat, world.app.store
    reader, before = chat.here.reader, await store.audit(None, 10_000)
    for command, language in zip(COMMANDS, READERS * len(COMMANDS), strict=False):
        await chat.speaks(reader, language)
        with subtests.test(command=command.name, language=language), all_well(world):
            options, _says = ASKED[command.name][0]
            try:
                answered = await world.ask(command.name, await world.named(options), by=reader)
            except NotOffered:
                assert command.guarded
            else:
                assert seen(world, answered)
                refused = refusal(spelling(chat.name)(command.name), language)
                assert (chat.title(answered) == refused) == command.guarded
    after = await store.audit(None, 10_000)

    assert world.wrong() == []
    assert after == before


# ---- what is done and held to ------------------------------------------------------------------------


def _cases(world: World, command: Command) -> Iterator[int]:
    """Yield the numbers of the cases of a command that can be typed there."""
    attached = {param.name for param in command.params if param.attached}
    for number, (options, _says) in enumerate(ASKED[command.name]):
        if world.chat.attaches or not attached & options.keys():
            yield number


async def _asked(world: World, command: Command, number: int) -> Shown:
    """Give a command that does what it says, and return what the one who asks sees."""
    options, says = ASKED[command.name][number]
    (expected,) = (await world.named({"says": says})).values()
    where = CHANNELS[COMMANDS.index(command) % _APART] if command.path[0] in _ANYWHERE else None
    by = world.chat.here.lead
    answered = await world.ask(command.name, await world.named(options), by=by, channel=where)
    said = seen(world, answered)
    assert expected in said, f"no {expected!r} in {said}"
    return answered


async def _use_all(world: World, shown: Shown) -> None:
    """Use every control of an answer; only what is shared is seen by others."""
    for action in world.chat.actions(shown):
        if action in world.chat.actions(shown):
            answered = await world.use(shown, action)
            assert world.chat.title(answered) not in broken()
            assert world.chat.alone(answered) != action.startswith("share:")


async def cut(world: World, life: str) -> None:
    """Drop a connection in a life of that; what is done next waits for nobody."""
    if life == "cut":
        await world.chat.cut_one()


async def _suggested(world: World, command: Command, life: str) -> None:
    """Type into every parameter that is suggested."""
    if not world.chat.suggests(command):
        return
    for param in (each.name for each in command.params if each.suggest):
        for typed in ("", "s"):
            await cut(world, life)
            by = world.chat.here.lead
            assert await world.chat.suggested(command.name, param, typed, by=by), param


async def _asked_of_messages(world: World, command: Command, life: str) -> None:
    """Use a command from the menu of a message, be it the bot's own or somebody's."""
    if command.on_message:
        chat, text = world.chat, "Look: https://herald.example/0 has 13,000 containers of munitions"
        said = chat.say(ALL, text, by=chat.here.reader)
        for message in (said, world.alerts["containers"]):
            await cut(world, life)
            by = chat.here.lead if command.guarded else chat.here.reader
            said = seen(world, await chat.about(message, command.on_message, by=by))
            assert "containers" in said, said


@contextmanager
def all_well(world: World) -> Iterator[None]:
    """See that no limit, deadline or habit is broken meanwhile, and nothing is logged as trouble."""
    yield
    wrong = world.wrong()
    assert not wrong, wrong


def seen(world: World, answered: Shown) -> str:
    """Return all that an answer says, which its asker alone sees, and in which nothing went wrong."""
    assert world.chat.title(answered) not in broken()
    assert world.chat.alone(answered)
    return world.chat.words(answered)


def refusal(name: str, language: str = "en") -> str:
    """Return the title of what whoever may not change things is answered."""
    with speaking(language):
        return _("You may not use {name}: it is for those who may change what all see").format(name=name)
