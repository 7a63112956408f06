"""Shapes of JSON as Slack's documentation writes them down: which keys, and what stands under each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from tests.support.slack_http import Json

Check = Callable[[Any, str], None]
"""Looks at a value, named for where it stands, and raises `Wrong` if it may not stand there."""


class Wrong(Exception):
    """What breaks a rule of the documentation, in words that say where."""


class Refusal(str):
    """Slack's error code, and in `words` what is wrong."""

    __slots__ = ("words",)
    words: str

    def __new__(cls, code: str, words: str) -> Self:
        """Keep both."""
        made = super().__new__(cls, code)
        made.words = words
        return made


def need(holds: object, where: str, what: str) -> None:
    """Raise `Wrong` unless something holds."""
    if not holds:
        raise Wrong(f"{where}: {what}")


def nothing(_: Json, __: str) -> None:
    """Hold nobody to anything."""


@dataclass(frozen=True)
class Shape:
    """An object with the keys of `needs`, those of `takes` if it likes, and no others."""

    needs: Mapping[str, Check]
    takes: Mapping[str, Check]
    also: Check = nothing
    """What its values have to do with each other."""

    def __call__(self, thing: Any, where: str) -> None:
        """Hold an object to this."""
        need(isinstance(thing, dict), where, "an object")
        missing = sorted(self.needs.keys() - thing.keys())
        need(not missing, where, f"lacks {', '.join(missing)}")
        known = {**self.needs, **self.takes}
        strange = sorted(thing.keys() - known.keys() - {"type"})
        need(not strange, where, f"takes no {', '.join(strange)}")
        for key, value in thing.items():
            if key in known:
                known[key](value, f"{where}.{key}")
        self.also(thing, where)


def string(most: int, least: int = 1) -> Check:
    """Hold to a text of so many characters."""

    def check(value: Any, where: str) -> None:
        need(isinstance(value, str), where, "a text")
        need(least <= len(value) <= most, where, f"{least} to {most} characters, not {len(value)}")

    return check


def whole(least: int, most: int) -> Check:
    """Hold to a whole number between these."""

    def check(value: Any, where: str) -> None:
        need(type(value) is int and least <= value <= most, where, f"a number from {least} to {most}")

    return check


def one_of(*values: str) -> Check:
    """Hold to one of these texts."""

    def check(value: Any, where: str) -> None:
        need(value in values, where, f"one of {', '.join(values)}, not {value!r}")

    return check


def many(check: Check, most: int, least: int = 1) -> Check:
    """Hold to a list of so many, each of which passes."""

    def check_all(value: Any, where: str) -> None:
        need(isinstance(value, list), where, "a list")
        need(least <= len(value) <= most, where, f"{least} to {most} of them, not {len(value)}")
        for number, each in enumerate(value):
            check(each, f"{where}[{number}]")

    return check_all


def kinds(what: str, known: Mapping[str, Check]) -> Check:
    """Hold to an object whose `type` is one of these, and to what is said of that type."""

    def check(value: Any, where: str) -> None:
        kind = str(value.get("type")) if isinstance(value, dict) else ""
        need(kind in known, where, f"{kind!r} is no {what} that may stand here")
        known[kind](value, where)

    return check


def flag(value: Any, where: str) -> None:
    """Hold to true or false."""
    need(isinstance(value, bool), where, "true or false")


def address(value: Any, where: str) -> None:
    """Hold to an address of at most 3,000 characters."""
    string(3_000)(value, where)
    parts = urlsplit(value)
    need(parts.scheme and parts.netloc, where, "an address")


def either(*keys: str) -> Check:
    """Hold an object to exactly one of these keys."""

    def check(thing: Json, where: str) -> None:
        need(sum(key in thing for key in keys) == 1, where, f"one of {' and '.join(keys)}")

    return check


def walk(node: object) -> Iterator[Json]:
    """Yield every object within, outermost first."""
    if isinstance(node, dict):
        yield node
        for child in node.values():
            yield from walk(child)
    elif isinstance(node, list):
        for child in node:
            yield from walk(child)
