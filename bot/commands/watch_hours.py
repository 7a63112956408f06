"""When a channel is told, read from the words of a command: `digest=08:00`, `days=mon,fri`, `monthly=1`.

Pure. Each reader raises `ValueError` with what is wrong and what to write; `bot.commands.watch_values` has
the other options.
"""

import re
from collections.abc import Callable
from datetime import time
from difflib import get_close_matches
from typing import TypeVar
from zoneinfo import available_timezones

from bot import settings_values as read
from bot.language import _
from bot.phrases import shorten
from claims.text import fold

T = TypeVar("T")

ALL = "all"
"""Takes a condition away, as `NONE` does: nothing is left out by it any more."""
NONE = "none"
WITHOUT = (ALL, NONE, "any", "off", "*")
LINE, SKIP = "line", "skip"
"""Of a digest with nothing to tell."""
TYPED = 60
"""Characters that an answer repeats of what was typed."""

_NEAR = 3
_LAST_DAY = 31
_NO_DAY: frozenset[int] = frozenset()
_DAYS = {
    "daily": None,
    "weekdays": frozenset(range(5)),
    "weekends": frozenset({5, 6}),
    NONE: _NO_DAY,
    "off": _NO_DAY,
}
_HOUR_LIKE = re.compile(r"([01]?[0-9]|2[0-3])(?:\s*[.,:hH\u6642\uc2dc]\s*([0-5][0-9])?)?")


def hour(words: str, _known: object) -> time | None:
    """Return the hour of the digests, or None for none."""
    if words.casefold() in WITHOUT:
        return None
    return _said_again(words, _time_of_day)


def quiet(words: str, _known: object) -> tuple[time, time] | None:
    """Return from when to when nothing is posted, or None."""
    if words.casefold() in WITHOUT:
        return None
    ends = re.split(r"\s*[-\u2013\u2014]\s*", words)
    return _said_again(words, lambda _typed: read.hours("-".join(map(_padded, ends))))


def days(words: str, _known: object) -> frozenset[int] | None:
    """Return the days of the daily digest, Monday being 0: none for no such digest, None for every day."""
    if words.casefold() in (*WITHOUT, *_DAYS):
        return _DAYS.get(words.casefold())
    named = [day.strip() for day in words.split(",")]
    found = frozenset(_said_again(words, lambda _typed: read.weekdays(named)))
    return None if len(found) == len(read.WEEKDAYS) else found


def weekly(words: str, _known: object) -> int | None:
    """Return the day on which the digest of a week comes, Monday being 0, or None for none."""
    return None if words.casefold() in WITHOUT else _said_again(words, read.weekday)


def monthly(words: str, _known: object) -> int | None:
    """Return the day on which the digest of a month comes, from 1 to 31, or None for none."""
    if words.casefold() in WITHOUT:
        return None
    if re.fullmatch(r"[0-9]{1,2}", words) and 0 < int(words) <= _LAST_DAY:
        return int(words)
    said = _("“{typed}” is no day of a month; write one from 1 to {last}, or {none}")
    raise ValueError(said.format(typed=shorten(words, TYPED), last=_LAST_DAY, none=NONE))


def skips(words: str, _known: object) -> bool:
    """Say whether a digest with nothing to tell is left out."""
    if words.casefold() in (LINE, SKIP):
        return words.casefold() == SKIP
    said = _("“{typed}” is neither; write {line} or {skip}")
    raise ValueError(said.format(typed=shorten(words, TYPED), line=LINE, skip=SKIP))


def timezone(words: str, _known: object) -> str:
    """Return the name of a time zone."""
    return _said_again(words, _zone)


def _time_of_day(typed: str) -> time:
    """Read an hour; `8h30`, `8.30` and `8` are asked back."""
    try:
        return read.hour(_padded(typed))
    except ValueError:
        found = _HOUR_LIKE.fullmatch(typed)
        if found is None:
            raise
        said = _("is not a time of day; did you mean {hour}?")
        meant = f"{int(found[1]):02}:{found[2] or '00'}"
        raise ValueError(said.format(hour=meant)) from None


def _zone(typed: str) -> str:
    """Read a time zone; the name of a city alone, such as `Seoul`, is asked back."""
    try:
        return read.zone(typed)
    except ValueError:
        cities = {
            name: fold(name.rpartition("/")[2].replace("_", " ")) for name in sorted(available_timezones())
        }
        near = get_close_matches(fold(typed[:TYPED]), set(cities.values()), n=1)
        meant = [name for name, city in cities.items() if city in near and "/" in name]
        if not meant:
            raise
        said = _("is no time zone; did you mean {zones}?")
        raise ValueError(said.format(zones=", ".join(meant[:_NEAR]))) from None


def _padded(typed: str) -> str:
    """Return `8:00` as `08:00`."""
    return f"0{typed}" if re.fullmatch(r"[0-9]:[0-9]{2}", typed) else typed


def _said_again(typed: str, reader: Callable[[str], T]) -> T:
    """Read a value as the settings do, whose errors do not repeat it; in chat it is no secret."""
    try:
        return reader(typed)
    except ValueError as error:
        said = _("“{typed}” {mistake}").format(typed=shorten(typed, TYPED), mistake=error)
        raise ValueError(said) from None
