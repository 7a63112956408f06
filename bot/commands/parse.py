"""A typed line as a command and its values; the same for the console, Slack and anything that types."""

import difflib
import re
from collections.abc import Mapping, Sequence

from bot.commands.model import Command
from bot.commands.spelling import ROOT, Spelling
from bot.language import _
from bot.phrases import shorten
from claims.errors import UsageError

_TYPED = 60
"""Characters of somebody's words that an error repeats."""


class Unfinished(UsageError):
    """A command is meant that lacks a required parameter: a platform that has forms asks for the rest."""

    def __init__(self, words: str, command: str, values: Mapping[str, str]) -> None:
        """Keep the name of the command that is meant, `claim show`, and the values that were given."""
        super().__init__(words)
        self.command = command
        self.values = dict(values)


def parse(text: str, commands: Sequence[Command], spelled: Spelling) -> tuple[str, dict[str, str]]:
    """Return the name of the command that was typed and its values by parameter name.

    A leading `/` and the root word are optional, and no words at all ask for `help`. Words are parted by
    white space alone, so apostrophes and quotes of any kind are part of a word. A value that was not given
    is not in the mapping. Errors name commands as they are `spelled` there.

    Raises:
        Unfinished: a required parameter is missing; says which, and how the command is used.
        UsageError: no command fits; says how the command is used, or which one is nearest.

    """
    line = text.strip().removeprefix("/").strip()
    first, after = _word(line)
    command, line = _command(after if first.casefold() == ROOT else line, commands, spelled)
    line, named = _named(line, command)
    values: dict[str, str] = {}
    for param in command.typed:
        value, line = (line, "") if param.rest else _word(line)
        if value:
            values[param.name] = value
        elif param.required:
            needs = _("{command} needs {name}: {meaning}").format(
                command=spelled(command.name), name=param.name.upper(), meaning=_(param.help)
            )
            raise Unfinished(f"{needs}\n{_usage(command, spelled)}", command.name, {**values, **named})
    if line:
        beyond = _("{command} does not take “{typed}”").format(
            command=spelled(command.name), typed=shorten(line, _TYPED)
        )
        raise UsageError(f"{beyond}\n{_usage(command, spelled)}")
    return command.name, {**values, **named}


def address(typed: str) -> str:
    """Return an address without what Slack puts round it: `<https://...>` or `<https://...|words>`."""
    bare = typed.strip()
    return bare[1:].removesuffix(">").partition("|")[0] if bare.startswith("<") else bare


def _usage(command: Command, spelled: Spelling) -> str:
    """Return how a command is typed, and on lines of their own the names that it takes."""
    named = (f"{each.name}={_(each.help)}" for each in command.named)
    return "\n".join([_("Usage: {usage}").format(usage=spelled(command.usage)), *named])


def _named(line: str, command: Command) -> tuple[str, dict[str, str]]:
    """Return what stands before the first `name=` and the words behind each; the last of a name counts."""
    if not command.named:
        return line, {}
    names = "|".join(param.name for param in command.named)
    before, *parts = re.split(rf"(?:^|\s+)({names})=", line, flags=re.IGNORECASE)
    given = zip(parts[::2], parts[1::2], strict=True)
    return before, {name.casefold(): words.strip() for name, words in given if words.strip()}


def _word(line: str) -> tuple[str, str]:
    """Return the first word and what follows it."""
    words = line.split(maxsplit=1)
    return (words[0] if words else ""), (words[1] if len(words) > 1 else "")


def _command(line: str, commands: Sequence[Command], spelled: Spelling) -> tuple[Command, str]:
    """Return the command that a line starts with and the rest of the line."""
    first, after_first = _word(line or "help")
    second, after_second = _word(after_first)
    one, two = (first.casefold(),), (first.casefold(), second.casefold())
    for command in commands:
        if command.path == two:
            return command, after_second
        if command.path == one:
            return command, after_first
    group = [spelled(command.usage) for command in commands if command.path[0] == first.casefold()]
    if group and not second:
        for command in commands:
            if command.bare and command.path[0] == first.casefold():
                return command, ""
        if len(group) == 1:
            return next(each for each in commands if each.path[0] == first.casefold()), ""
        more = _("{command} needs one more word:").format(command=spelled(first.casefold()))
        raise UsageError("\n".join([more, *group]))
    raise UsageError(_unknown(f"{first} {second}".strip(), commands, spelled))


def _unknown(typed: str, commands: Sequence[Command], spelled: Spelling) -> str:
    usages = {command.name: spelled(command.usage) for command in commands}
    usages |= {command.path[0]: usages[command.name] for command in commands if command.bare}
    near = [
        *difflib.get_close_matches(typed.casefold(), usages, n=1),
        *difflib.get_close_matches(typed.casefold().split()[0], usages, n=1),
    ]
    words = (
        _("There is no command “{typed}”\nDid you mean: {usage}")
        if near
        else _("There is no command “{typed}”\n{help} lists what can be asked")
    )
    usage = usages[near[0]] if near else ""
    return words.format(typed=shorten(typed, _TYPED), usage=usage, help=spelled("help"))
