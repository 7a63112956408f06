"""Which command a typed line means, by its first words, or where no doubt is left by others. Pure."""

import difflib
import re
from collections.abc import Sequence
from unicodedata import normalize

from bot.commands.model import Command
from bot.commands.spelling import ROOT, Spelling
from bot.commands.typed import QUOTES
from bot.language import _
from bot.phrases import shorten
from claims.errors import UsageError

TYPED = 60
"""Characters of somebody's words that an error repeats."""
_AROUND = f"{QUOTES}/@.,:;!?"
"""What may stand round a word of a command."""


def find(line: str, commands: Sequence[Command], spelled: Spelling) -> tuple[Command, str]:
    """Return the command that a line means, and the rest of the line.

    It begins with the command, `/` and the root word before it or not, or with its two words the other way
    round; or it ends with them and begins like no command. Case does not matter, nor whether a group or a
    name is typed in the plural. No words at all ask for `help`.

    Raises:
        UsageError: none is meant, or which one is not clear; names those that may be.

    """
    line = _without_root(line) or "help"
    spans = [found.span() for found in re.finditer(r"\S+", line)]
    words = [_plain(line[begin:end]) for begin, end in spans]
    for command in _fitting(words[:2], commands):
        return command, line[spans[len(command.path) - 1][1] :]
    group = [command for command in commands if _is(words[0], command.path[0])]
    if not group and len(words) > 2:
        for command in _fitting(words[-2:], commands):
            if len(command.path) == 2:
                return command, line[: spans[-2][0]]
    if group and len(words) == 1:
        for command in group:
            if command.bare or len(group) == 1:
                return command, ""
        more = _("{command} needs one more word:").format(command=spelled(group[0].path[0]))
        raise UsageError("\n".join([more, *(spelled(each.usage) for each in group)]))
    raise UsageError(_unknown(" ".join(line.split()[:2]), words, commands, spelled))


def _without_root(line: str) -> str:
    """Return a line without the root word before it, however often it was typed."""
    first, _space, after = line.strip().partition(" ")
    while first and _plain(first) in ("", ROOT):
        first, _space, after = after.strip().partition(" ")
    return f"{first} {after}".strip()


def _fitting(words: Sequence[str], commands: Sequence[Command]) -> list[Command]:
    """Return the commands whose words these begin with, those first that have them in that order."""
    turned = words[1::-1]
    return [
        *(command for command in commands if _all_are(words, command.path)),
        *(command for command in commands if len(command.path) == 2 and _all_are(turned, command.path)),
    ]


def _all_are(words: Sequence[str], path: tuple[str, ...]) -> bool:
    return len(words) >= len(path) and all(map(_is, words, path))


def _is(typed: str, word: str) -> bool:
    """Say whether a word was typed, in the plural or not."""
    return typed in (word, f"{word}s", f"{word}es", f"{word[:-1]}ies", word.removesuffix("s"))


def _plain(word: str) -> str:
    return normalize("NFKC", word).casefold().strip(_AROUND)


def _unknown(typed: str, words: Sequence[str], commands: Sequence[Command], spelled: Spelling) -> str:
    named = [command for command in commands if len(command.path) == 2 and _is(words[0], command.path[1])]
    if len(named) > 1:
        several = _("“{typed}” can mean several commands:").format(typed=shorten(words[0], TYPED))
        return "\n".join([several, *(spelled(command.usage) for command in named)])
    usages = {command.name: spelled(command.usage) for command in commands}
    usages |= {command.path[0]: usages[command.name] for command in commands if command.bare}
    near = [
        *(command.name for command in named),
        *difflib.get_close_matches(" ".join(words[:2]), usages, n=1),
        *difflib.get_close_matches(words[0], usages, n=1),
    ]
    said = (
        _("There is no command “{typed}”\nDid you mean: {usage}")
        if near
        else _("There is no command “{typed}”\n{help} lists what can be asked")
    )
    usage = usages[near[0]] if near else ""
    return said.format(typed=shorten(typed, TYPED), usage=usage, help=spelled("help"))
