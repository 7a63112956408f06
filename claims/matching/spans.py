"""The time that a count covers in a form that is the same in all languages."""

import re
from calendar import monthrange
from collections.abc import Mapping

from claims.matching.numbers import PARTS, Numbers

_LEAP = 2_000
"""A year that has every day."""
_NUMBER = re.compile(r"\d{1,4}")
_BETWEEN = re.compile(r"[ .,-]+")
_NUMBERED = ("year", "month", "day")
_MOST = {"year": 2_099, "month": 12, "day": 31}
_LEAST = {"year": 1_900, "month": 1, "day": 1}


def read_since(words: str, numbers: Numbers) -> str | None:
    """Return since when a count runs, or None where folded words say anything else or more than a date.

    `since 2023-08`, `since 2022`, `since 2023-08-26`; of no year `since --08` and `since --08-26`, as ISO
    8601:1988 wrote dates without one; of a part of a year or month `since mid-2022`. What depends on the day
    of the story (`last year`) is not read.
    """
    date: dict[str, int] = {}
    at, opened, part_of = 0, False, ""
    while at < len(words):
        number = _NUMBER.match(words, at)
        found = numbers.date.match(words, number.end() if number else at)
        kind = (found.lastgroup or "").partition("_")[0] if found else ""
        if number:
            marked = kind if kind in _NUMBERED else ""
            part = marked or ("year" if len(number.group()) == 4 else "day")
            if not _put(date, part, int(number.group())):
                return None
            at = found.end() if found and marked else number.end()
        elif found and (kind != "name" or _put(date, "month", _month(found.group(), numbers.calendar))):
            opened |= kind == "since"
            part_of = f"{kind}-" if kind in PARTS else part_of
            at = found.end()
        elif between := _BETWEEN.match(words, at):
            at = between.end()
        else:
            return None
    written = _written(date) if opened else None
    return written and f"since {'' if 'day' in date else part_of}{written}"


def _put(date: dict[str, int], part: str, value: int) -> bool:
    """Say whether a part of a date is new and possible, and keep it."""
    fits = part not in date and _LEAST[part] <= value <= _MOST[part]
    date[part] = value
    return fits


def _month(word: str, calendar: Mapping[str, float]) -> int:
    return next((int(number) for begins, number in calendar.items() if word.startswith(begins)), 0)


def _written(date: Mapping[str, int]) -> str | None:
    if not date or ("day" in date and "month" not in date):
        return None
    if date.get("day", 1) > monthrange(date.get("year", _LEAP), date.get("month", 1))[1]:
        return None
    year = f"{date['year']}" if "year" in date else "-"
    return "-".join([year, *(f"{date[part]:02}" for part in ("month", "day") if part in date)])
