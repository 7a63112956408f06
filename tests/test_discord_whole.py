"""Every command, suggestion, control and form of the whole bot over the wire, also after restarts and cuts.

The tables are gone through row by row: one without a case in `tests.support.whole_cases` fails.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.actions.table import ACTIONS
from bot.commands.model import PAGE, Command
from bot.commands.table import COMMANDS
from bot.language import _, speaking
from tests.support.discord_places import Member
from tests.support.discord_server import NotOffered
from tests.support.discord_state import Answer
from tests.support.shown import broken, controls_of, title, words
from tests.support.whole_bot import World, standing
from tests.support.whole_cases import ASKED, ASKS, USED

pytestmark = pytest.mark.timeout(240)  # one world for many cases

READERS = ("ko", "ru", "uk")
"""Languages of those who change nothing."""
CHANGES = {row.verb for row in ACTIONS if row.changes}


def test_every_row_and_option_is_driven() -> None:
    """What is added to a table is to be driven here too; pages are turned by their buttons."""
    driven = {
        name: {option for options, _says in cases for option in options} for name, cases in ASKED.items()
    }

    assert driven.keys() == {command.name for command in COMMANDS}
    assert USED.keys() == {row.verb for row in ACTIONS}
    for command in COMMANDS:
        assert driven[command.name] >= {param.name for param in command.params} - {PAGE.name}, command.name


async def test_every_command_is_answered(tmp_path: Path, subtests: pytest.Subtests) -> None:
    """What they do, offer and suggest, all of it again after a restart, and with the gateway dropped."""
    shown: dict[tuple[str, int], Answer] = {}
    async with standing(tmp_path) as world:
        await world.begin()
        for life in ("first", "restarted", "cut"):
            for command in COMMANDS:
                with subtests.test(life=life, command=command.name), all_well(world):
                    for number in range(len(ASKED[command.name])):
                        await _cut(world, life)
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
        noted = await world.app.store.audit(f"discord:{world.guild.ident}", 10_000)

    assert world.wrong() == []
    assert {entry.action for entry in noted} >= {command.name for command in COMMANDS if command.changes}
    assert {entry.person for entry in noted} == {f"discord:{world.guild.manager.ident}"}


@pytest.mark.parametrize("lives", [("first", "restarted"), ("cut",)], ids=lambda lives: lives[-1])
async def test_every_control_does_what_it_says(
    tmp_path: Path, subtests: pytest.Subtests, lives: tuple[str, ...]
) -> None:
    """Those of alerts, answers, menus, forms and the set-up; what changes things not once one may not."""
    async with standing(tmp_path) as world:
        await world.begin()
        shown = {}
        for life in lives:
            for row in ACTIONS:
                for number, dialogue in enumerate(USED[row.verb]):
                    with subtests.test(life=life, verb=row.verb, number=number), all_well(world):
                        key = row.verb, number
                        used = shown.pop(key, None) or await dialogue.to_last(world)
                        if row.changes:
                            with without_roles(dialogue.person(world)):
                                refused = await dialogue.last(world, used)
                            assert (title(refused), refused.ephemeral) == (refusal(f"“{row.label}”"), True)
                        await _cut(world, life)
                        answered = await dialogue.last(world, used)
                        assert dialogue.says in words(answered)
                        assert answered.modal or answered.ephemeral != (row.verb == "share")
                        await dialogue.put_back(world, answered)
                        shown[key] = await dialogue.to_last(world)
            await world.start()
        noted = await world.app.store.audit(f"discord:{world.guild.ident}", 10_000)

    assert world.wrong() == []
    assert {entry.action for entry in noted} & CHANGES == CHANGES - ASKS


async def test_readers_change_nothing(tmp_path: Path, subtests: pytest.Subtests) -> None:
    """They look things up in their languages, and are refused what changes things, or not offered it."""
    async with standing(tmp_path) as world:
        await world.begin()
        reader, before = world.guild.reader, await world.app.store.audit(None, 10_000)
        for command, language in zip(COMMANDS, READERS * len(COMMANDS), strict=False):
            reader.locale = language
            with subtests.test(command=command.name, language=language), all_well(world):
                options, _says = ASKED[command.name][0]
                try:
                    answered = await world.ask(command.name, await world.named(options), by=reader)
                except NotOffered:
                    assert command.guarded
                else:
                    assert seen(answered)
                    assert (title(answered) == refusal(f"/{command.name}", language)) == command.guarded
        after = await world.app.store.audit(None, 10_000)

    assert world.wrong() == []
    assert after == before


# ---- what is done and held to ------------------------------------------------------------------------


async def _asked(world: World, command: Command, number: int) -> Answer:
    """Give a command that does what it says, and return what the one who asks sees."""
    options, says = ASKED[command.name][number]
    (expected,) = (await world.named({"says": says})).values()
    answered = await world.ask(command.name, await world.named(options), by=world.guild.manager)
    assert expected in seen(answered)
    return answered


async def _use_all(world: World, shown: Answer) -> None:
    """Use every control of an answer; only what is shared is seen by others."""
    for control in controls_of(shown):
        if control in controls_of(shown):
            answered = await world.use(shown, control)
            assert title(answered) not in broken()
            assert answered.modal or answered.ephemeral != control.startswith("share:")


async def _cut(world: World, life: str) -> None:
    """Drop the gateway in a life of that; what is done next waits for nobody."""
    if life == "cut":
        await world.discord.cut()


async def _suggested(world: World, command: Command, life: str) -> None:
    """Type into every parameter that is suggested."""
    for param in (each.name for each in command.params if each.suggest):
        for typed in ("", "s"):
            await _cut(world, life)
            by = world.guild.manager
            assert await world.discord.autocomplete(command.name, param, typed, by=by), param


async def _asked_of_messages(world: World, command: Command, life: str) -> None:
    """Use a command from the menu of a message, be it the bot's own or somebody's."""
    if command.on_message:
        said = world.discord.say(600, "Look: https://herald.example/0 has 13,000 containers of munitions")
        for message in (said, world.alerts["containers"]):
            await _cut(world, life)
            by = world.guild.manager
            answered = await world.discord.menu_on(message, command.on_message, by=by)
            assert bool(answered.modal) == bool(command.form_of_message)
            assert "containers" in (words(answered) if answered.modal else seen(answered))


@contextmanager
def all_well(world: World) -> Iterator[None]:
    """See that no limit, deadline or habit is broken meanwhile, and nothing is logged as trouble."""
    yield
    assert world.wrong() == []


@contextmanager
def without_roles(member: Member) -> Iterator[None]:
    """Take every role from a member for a while."""
    roles, member.roles = member.roles, ()
    yield
    member.roles = roles


def seen(answered: Answer) -> str:
    """Return all that an answer says, which its asker alone sees, and in which nothing went wrong."""
    assert title(answered) not in broken()
    assert answered.ephemeral
    return words(answered)


def refusal(name: str, language: str = "en") -> str:
    """Return the title of what whoever may not change things is answered."""
    with speaking(language):
        return _("You may not use {name}: it is for those who may change what all see").format(name=name)
