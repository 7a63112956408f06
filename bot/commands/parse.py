"""A typed line as a command and its values; the same for the console, Slack and anything that types."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.commands.finding import TYPED, find
from bot.commands.model import Command, Param, Reach
from bot.commands.spelling import Spelling
from bot.commands.typed import cleaned, quoted, unstopped
from bot.language import _
from bot.phrases import shorten
from claims.errors import UsageError

_SPACE, _WORD = re.compile(r"\s*"), re.compile(r"\S*")
_OPERATOR = re.compile(r"(?:^|\s)(?:AND|OR|NOT)\s|\b[a-z]+:\S")
"""What an expression of words has and a phrase has not (`claims.query`)."""
_DASHES = "—–―−"
"""What keyboards make of two hyphens."""


class Unfinished(UsageError):
    """A command is meant that lacks a required parameter: a platform that has forms asks for the rest."""

    def __init__(self, words: str, command: str, values: Mapping[str, str]) -> None:
        """Keep the name of the command that is meant, `claim show`, and the values that were given."""
        super().__init__(words)
        self.command = command
        self.values = dict(values)


def parse(text: str, commands: Sequence[Command], spelled: Spelling) -> tuple[str, dict[str, str]]:
    """Return the name of the command that was typed and its values by parameter name.

    How a command may be typed tells `bot.commands.finding.find`, and what is taken off before
    `bot.commands.typed.cleaned`. Values stand in their places or behind their names, in any order:
    `name=words`, `name: words`, `--name words`; what goes together may stand in quotation marks. Of a name
    that is given twice the last counts, and an empty value as not given: it is not in the mapping. Errors
    name commands as they are `spelled` there.

    Raises:
        Unfinished: a required parameter is missing; says which, and how the command is used.
        UsageError: no command fits, something is left over, or words can be meant in two ways; says how the
            command is used, which ones are near, or names both.

    """
    command, line = find(cleaned(text), commands, spelled)
    values = _Reading(command, line, spelled).values()
    for param in command.typed:
        if param.required and param.name not in values:
            needs = _("{command} needs {name}: {meaning}").format(
                command=spelled(command.name), name=param.name.upper(), meaning=_(param.help)
            )
            raise Unfinished(f"{needs}\n{_usage(command, spelled)}", command.name, values)
    return command.name, values


def address(typed: str) -> str:
    """Return an address without what Slack puts round it: `<https://...>` or `<https://...|words>`."""
    bare = typed.strip()
    return bare[1:].removesuffix(">").partition("|")[0] if bare.startswith("<") else bare


def _usage(command: Command, spelled: Spelling) -> str:
    """Return how a command is typed, and on lines of their own the names that it takes."""
    named = (f"{each.name}={_(each.help)}" for each in command.named)
    return "\n".join([_("Usage: {usage}").format(usage=spelled(command.usage)), *named])


class _Reading:
    """The values of a command on a line, read from left to right."""

    def __init__(self, command: Command, line: str, spelled: Spelling) -> None:
        self._command, self._line, self._spelled = command, line, spelled
        self._params = {param.name: param for param in (*command.named, *command.typed)}
        self._name = _name(tuple(self._params))
        self._given: dict[str, str] = {}
        self._places = list(command.typed)
        """Those that nothing stands in yet, and of one that goes on to the end, what does."""
        self._last: Param | None = None
        """That whose name was typed last."""

    def values(self) -> dict[str, str]:
        """Return them by name.

        Raises:
            UsageError: something is left over, or words can be meant in two ways.

        """
        at = self._word_from(0)
        while at < len(self._line):
            found = self._name.match(self._line, at)
            param = found and self._meant(found)
            at = self._word_from(self._by_name(param, found.end()) if found and param else self._by_place(at))
        return {name: value for name, value in self._given.items() if value}

    def _by_name(self, param: Param, at: int) -> int:
        """Take the value behind a name, and return where it ends."""
        self._last = param
        if param in self._places:
            self._places.remove(param)
        at = self._word_from(at)
        if (marked := quoted(self._line, at)) and (param.reach is not Reach.QUERY or self._all_of(*marked)):
            value, end = marked
        elif param.is_word:
            value, end = ("", at) if self._name.match(self._line, at) else self._word(at)
        else:
            value, end = self._words(param, at, at)
        if value or param.name not in self._given:
            self._given[param.name] = value.casefold() if value.casefold() in param.choices else value
        return end

    def _all_of(self, words: str, end: int) -> bool:
        """Say whether marks stand round an expression and not round a phrase in it."""
        after = self._word_from(end)
        ends = after == len(self._line) or self._name.match(self._line, after)
        return bool(ends and _OPERATOR.search(words))

    def _by_place(self, at: int) -> int:
        """Take the value of the next place, and return where it ends."""
        if not self._places:
            raise self._beyond(self._line[at : self._end(at)])
        param = self._places[0]
        marked = quoted(self._line, at)
        if not param.rest:
            self._given[self._places.pop(0).name], end = marked or self._word(at)
            return end
        before = self._given.setdefault(param.name, "")
        value, end = self._words(param, at, marked[1] if marked else at)
        if marked and self._word_from(marked[1]) == end:
            value = marked[0]
        if before and self._last and param.reach is Reach.TEXT:
            raise _either(value, self._last, param)
        self._given[param.name] = f"{before} {value}".strip()
        return end

    def _word_from(self, at: int) -> int:
        """Return where the next word begins, or the line ends."""
        return _end_of(_SPACE, self._line, at)

    def _word(self, at: int) -> tuple[str, int]:
        """Return one word and where it ends."""
        end = _end_of(_WORD, self._line, at)
        return unstopped(self._line[at:end]), end

    def _words(self, param: Param, at: int, unread: int) -> tuple[str, int]:
        """Return the words of a value, and where the next name begins; none does before `unread`."""
        end = self._end(unread, param)
        words = self._line[at:end].strip()
        return (unstopped(words) if param.reach is Reach.WORDS else words), end

    def _end(self, at: int, within: Param | None = None) -> int:
        """Return where the next name begins, or the line ends.

        Raises:
            UsageError: what looks like a name may be one of the words of the value that it is `within`.

        """
        for found in self._name.finditer(self._line, at):
            param = self._meant(found)
            unsure = within if found["colon"] and not found["dashes"] else None
            if param is None or (unsure and unsure.reach is Reach.QUERY):
                continue
            if unsure and unsure.reach is Reach.TEXT and self._word_from(at) < found.start():
                raise _either(self._line[found.start() :], param, unsure)
            return found.start()
        return len(self._line)

    def _meant(self, found: re.Match[str]) -> Param | None:
        """Return the parameter of a name; none where words stand in its place already."""
        name = (found["name"] or found["bare"]).casefold().replace("-", "_")
        param = self._params[name]
        return param if param.named or (param in self._places and name not in self._given) else None

    def _beyond(self, words: str) -> UsageError:
        said = _("{command} does not take “{typed}”").format(
            command=self._spelled(self._command.name), typed=shorten(words.strip(), TYPED)
        )
        return UsageError(f"{said}\n{_usage(self._command, self._spelled)}")


@lru_cache
def _name(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds the names of parameters: `name=`, `name: `, `--name=`, `--name words`."""
    one = "|".join(name.replace("_", "[-_]") for name in names) or "(?!)"
    return re.compile(
        rf"(?<!\S)(?:(?P<dashes>--?|[{_DASHES}])?(?P<name>{one})(?:\s*[=＝]|(?P<colon>\s*[:：](?!//)))"
        rf"|(?:--|[{_DASHES}])(?P<bare>{one})(?!\S))",
        re.IGNORECASE,
    )


def _end_of(pattern: re.Pattern[str], line: str, at: int) -> int:
    found = pattern.match(line, at)
    return found.end() if found else at


def _either(words: str, one: Param, other: Param) -> UsageError:
    """Return the error for words that may belong to two values."""
    names = [each.name if each.named else each.name.upper() for each in (one, other)]
    said = _("“{typed}” can be meant for {one} or for {other}")
    advice = _("Put what belongs together in quotation marks: {example}")
    typed = said.format(typed=shorten(words, TYPED), one=names[0], other=names[1])
    return UsageError(typed + "\n" + advice.format(example=f'{one.name}="…", {other.name}="…"'))
