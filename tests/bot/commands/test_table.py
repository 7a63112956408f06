"""What the one table of commands promises the platforms that register it."""

import re

import pytest

from bot.actions.table import ACTIONS
from bot.card import plain
from bot.commands.model import Command, Context
from bot.commands.table import AT_CONSOLE, COMMANDS


def test_names_keep_to_discords_rule() -> None:
    """Groups, commands and options are lower-case ASCII of at most 32 characters."""
    names = [word for command in AT_CONSOLE for word in command.path]
    names += [param.name for command in AT_CONSOLE for param in command.params]

    assert [name for name in names if not re.fullmatch(r"[-_a-z0-9]{1,32}", name)] == []


def test_descriptions_keep_to_discords_limit() -> None:
    """Summaries and the help of parameters have 1 to 100 characters."""
    texts = [command.summary for command in AT_CONSOLE]
    texts += [param.help for command in AT_CONSOLE for param in command.params]

    assert [text for text in texts if not 1 <= len(text) <= 100] == []


def test_what_is_asked_of_a_message_with_a_form_has_one() -> None:
    """The action that opens it is there, does no more than that, and takes what the command takes."""
    forms = {action.verb: action for action in ACTIONS if action.form}
    asked = {command.form_of_message: command for command in COMMANDS if command.form_of_message}

    assert asked
    assert {verb: forms[verb].needs for verb in asked} == {verb: asked[verb].needs for verb in asked}


def test_names_are_unique_and_no_group_is_a_command() -> None:
    """A platform can register the table as it is."""
    assert len({command.name for command in AT_CONSOLE}) == len(AT_CONSOLE)
    assert {c.path[0] for c in AT_CONSOLE if len(c.path) == 2}.isdisjoint(
        c.path[0] for c in AT_CONSOLE if len(c.path) == 1
    )


def test_required_parameters_come_first_and_rest_last() -> None:
    """Discord wants required options first, and only what is named can follow the rest of a line."""
    for command in AT_CONSOLE:
        required = [param.required for param in command.params]
        assert required == sorted(required, reverse=True)
        assert not any(param.rest for param in command.typed[:-1])


def test_what_is_not_typed_by_its_place_is_never_required() -> None:
    """A command can be given where nothing can be attached, and its name and places say all that it needs."""
    params = {param for command in AT_CONSOLE for param in command.params}

    assert [param for param in params if param.required and (param.named or param.attached)] == []


@pytest.mark.parametrize("table", [COMMANDS, AT_CONSOLE])
async def test_help_names_every_command(context: Context, table: tuple[Command, ...]) -> None:
    """Nothing that can be asked there is hidden: each stands in its group's line, and is explained."""
    helping = next(command for command in table if command.name == "help")

    first = await helping.run(context, {})
    shown = [first] + [
        await helping.run(context, {"page": str(n)}) for n in range(2, (first.page or (1, 1))[1] + 1)
    ]
    lines = {plain(line[:1]): plain(line[1:]) for card in shown for line in card.lines}

    for command in table:
        group = command.path[0]
        named = lines.get(command.usage) or lines.get(group, "")
        assert command.path[-1] in named or command.usage in lines
        alone = await helping.run(context, {"command": command.name})
        assert plain(alone.lines[0]) == command.usage
        assert len(alone.lines) == 1 + len(command.params)


def test_what_changes_things_says_so() -> None:
    """Chat keeps these for who may; a verdict is given at the console alone, which has all that chat has."""
    everywhere = {command.name for command in COMMANDS}
    changing = {command.name for command in COMMANDS if command.changes}

    assert {command.name for command in COMMANDS if command.changes and not command.guarded} == set()
    assert changing == {
        *(f"feed {word}" for word in ("add", "remove", "pause", "resume", "import")),
        *(f"claim {word}" for word in ("track", "edit", "retire", "restore", "merge", "split", "import")),
        *(f"watch {word}" for word in ("add", "edit", "pause", "resume", "remove")),
        *(f"digest {word}" for word in ("set", "off")),
        *(f"workspace {word}" for word in ("language", "editors")),
    }
    assert {command.name for command in COMMANDS if command.guarded} - changing == {"audit", "feed test"}
    assert {command.name for command in AT_CONSOLE} - everywhere == {"verdict"}
