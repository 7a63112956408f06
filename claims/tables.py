"""TOML files that people write: keys are taken one by one, and every mistake is told at once.

A mistake reads `FILE: ENTRY: KEY: what is expected, and what stands there`.
"""

import datetime as dt
import math
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from reprlib import Repr
from typing import TypeVar
from urllib.parse import urlsplit

from claims.errors import SeedError
from claims.text import one_line
from claims.when import Day

T = TypeVar("T")
D = TypeVar("D")
E = TypeVar("E", bound=StrEnum)

Read = Callable[[object], T]
"""Turns a TOML value into `T`, or raises a ValueError that says what was expected."""

_short = Repr()
_short.maxstring = _short.maxother = 60


class Table:
    """One table of a file. A key that was not taken by the time of `close` is unknown."""

    def __init__(self, values: Mapping[str, object], where: str, mistakes: list[str]) -> None:
        self.where = where
        self._values = values
        self._mistakes = mistakes
        self._known: list[str] = []

    def wrong(self, key: str, mistake: str) -> None:
        """Note a mistake; the reader of the file raises them all together."""
        self._mistakes.append(f"{self.where}: {key}: {mistake}")

    def take(self, key: str, read: Read[T], default: D, *, needed: bool = False) -> T | D:
        """Return the value of a key, or the default where it is absent or a mistake.

        The default of a needed key only stands in until the mistakes are raised.
        """
        self._known.append(key)
        if key not in self._values and not needed:
            return default
        value = self._values.get(key)
        try:
            return read(value)
        except ValueError as expected:
            stands = "but it is missing" if value is None else f"not {_short.repr(value)}"
            self.wrong(key, f"{expected}, {stands}")
            return default

    def keys(self, *among: str) -> list[str]:
        """Return which of these keys are there, in the order asked."""
        return [key for key in among if key in self._values]

    def names(self) -> list[str]:
        """Return every key, in the order of the file, where keys are chosen names."""
        return list(self._values)

    def table(self, key: str) -> "Table | None":
        """Return the table `[key]`, or None where it is absent or not a table."""
        values = self.take(key, _table, None)
        return None if values is None else Table(values, f"{self.where}: {key}", self._mistakes)

    def sections(self) -> list[tuple[str, "Table"]]:
        """Return every table with its key, in the order of the file, where keys are chosen names."""
        return [(key, table) for key in self._values if (table := self.table(key)) is not None]

    def tables(self, key: str, named_by: str = "", *, needed: bool = False) -> list["Table"]:
        """Return the tables `[[key]]` in order, each called by the key that names it or by its number."""
        found = []
        for place, values in enumerate(self.take(key, _tables, [], needed=needed), start=1):
            name = values.get(named_by)
            called = _short.repr(name) if isinstance(name, str) else str(place)
            found.append(Table(values, f"{self.where}: {key} {called}", self._mistakes))
        return found

    def close(self) -> None:
        """Note every key that nobody took, with the nearest known one."""
        for key in self._values:
            if key not in self._known:
                near = get_close_matches(key, self._known, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(self._known)}"
                self.wrong(key, f"unknown key, {hint}")


@contextmanager
def opened(path: Path) -> Iterator[Table]:
    """Hand out the root table of a TOML file and raise what was noted while it was read.

    Raises:
        SeedError: the file cannot be read, is not UTF-8 or not TOML, or holds mistakes, one a line.

    """
    mistakes: list[str] = []
    root = Table(_load(path), str(path), mistakes)
    yield root
    root.close()
    if mistakes:
        raise SeedError("\n".join(mistakes))


def _load(path: Path) -> dict[str, object]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SeedError(f"{path}: cannot be read: {error.strerror}") from error
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise SeedError(f"{path}: line {line}: not UTF-8 ({error.reason})") from error
    except ValueError as error:
        raise SeedError(f"{path}: not TOML: {error}") from error


# ---- what a value may be -------------------------------------------------------------------------------


def text(value: object) -> str:
    """Read a text that says something; line breaks and invisible characters are taken out."""
    plain = one_line(value) if isinstance(value, str) else ""
    if not plain:
        raise ValueError("expected a text")
    return plain


def list_of(read: Read[T]) -> Read[tuple[T, ...]]:
    """Return the reader of a list whose elements `read` takes."""

    def elements(value: object) -> tuple[T, ...]:
        try:
            if isinstance(value, list):
                return tuple(read(element) for element in value)
            read(None)
        except ValueError as error:
            raise ValueError(f"{error} in each place of a list") from error
        raise ValueError("expected a list")

    return elements


def flag(value: object) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise ValueError("expected true or false")  # noqa: TRY004 - one error for every unfit value
    return value


def number(value: object) -> float:
    """Read a finite number."""
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    raise ValueError("expected a number")


def amount(value: object) -> float:
    """Read a finite number, zero or more."""
    try:
        if (found := number(value)) >= 0:
            return found
    except ValueError:
        pass
    raise ValueError("expected a number, zero or more")


def share(value: object) -> float:
    """Read a number from 0 to 1."""
    try:
        if (found := amount(value)) <= 1:
            return found
    except ValueError:
        pass
    raise ValueError("expected a number from 0 to 1")


def above_zero(value: object) -> float:
    """Read a finite number above zero."""
    try:
        if number := amount(value):
            return number
    except ValueError:
        pass
    raise ValueError("expected a number above 0")


def day(value: object) -> Day:
    """Read a TOML date, or a text of as much of one as is known."""
    if isinstance(value, dt.date):
        return Day.of(value)
    try:
        return Day.parse(value if isinstance(value, str) else "")
    except ValueError as error:
        raise ValueError('expected a day like 2023-10-13, "2023-10" or "2023"') from error


def one_of(kinds: type[E]) -> Read[E]:
    """Return the reader of one of an enumeration's values."""

    def member(value: object) -> E:
        for kind in kinds:
            if value == kind.value:
                return kind
        raise ValueError(f"expected one of {', '.join(kinds)}")

    return member


def web_address(value: object) -> str:
    """Read an http or https address without a user name or password in it."""
    try:
        plain = text(value)
        parts = urlsplit(plain)
        fits = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        if fits and "@" not in parts.netloc and " " not in plain:
            return plain
    except ValueError:
        pass
    raise ValueError("expected an http or https address without a user name")


def _table(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ValueError("expected a table")  # noqa: TRY004 - one error for every unfit value
    return value


def _tables(value: object) -> list[dict[str, object]]:
    if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
        raise ValueError("expected tables in double brackets")
    return value
