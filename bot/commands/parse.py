"""A typed line as a command and its values; the same for the console, Slack and anything that types."""

import difflib
from collections.abc import Sequence

from bot.commands.model import Command
from claims.errors import UsageError

ROOT = "claimwatch"
"""The word that Slack puts before every command; it may be left out anywhere."""


def parse(text: str, commands: Sequence[Command]) -> tuple[str, dict[str, str]]:
    """Return the name of the command that was typed and its values by parameter name.

    A leading `/` and the root word are optional, and no words at all ask for `help`. Words are parted by
    white space alone, so apostrophes and quotes of any kind are part of a word. A value that was not given
    is not in the mapping.

    Raises:
        UsageError: no command fits; says how the command is used, or which one is nearest.

    """
    line = text.strip().removeprefix("/").strip()
    first, after = _word(line)
    command, line = _command(after if first.casefold() == ROOT else line, commands)
    values: dict[str, str] = {}
    for param in command.params:
        value, line = (line, "") if param.rest else _word(line)
        if value:
            values[param.name] = value
        elif param.required:
            raise UsageError(
                f"{command.name} needs {param.name.upper()}: {param.help}\nUsage: {command.usage}"
            )
    if line:
        raise UsageError(f"{command.name} does not take “{_short(line)}”\nUsage: {command.usage}")
    return command.name, values


def _word(line: str) -> tuple[str, str]:
    """Return the first word and what follows it."""
    words = line.split(maxsplit=1)
    return (words[0] if words else ""), (words[1] if len(words) > 1 else "")


def _command(line: str, commands: Sequence[Command]) -> tuple[Command, str]:
    """Return the command that a line starts with and the rest of the line."""
    first, after_first = _word(line or "help")
    second, after_second = _word(after_first)
    one, two = (first.casefold(),), (first.casefold(), second.casefold())
    for command in commands:
        if command.path == two:
            return command, after_second
        if command.path == one:
            return command, after_first
    group = [command.usage for command in commands if command.path[0] == first.casefold()]
    if group:
        raise UsageError("\n".join([f"{first.casefold()} needs one more word:", *group]))
    raise UsageError(_unknown(first, second, commands))


def _unknown(first: str, second: str, commands: Sequence[Command]) -> str:
    usages = {command.name: command.usage for command in commands}
    typed = f"{first} {second}".strip().casefold()
    near = difflib.get_close_matches(typed, usages, n=1) or difflib.get_close_matches(
        first.casefold(), usages, n=1
    )
    advice = f"Did you mean: {usages[near[0]]}" if near else "help lists what can be asked"
    return f"There is no command “{_short(typed)}”\n{advice}"


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:39]}…"
