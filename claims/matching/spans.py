"""The time that a count covers in a form that is the same in all languages."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from claims.matching.numbers import PARTS, Numbers

_LEAP = 2_000
"""A year that has every day."""
_YEARLESS = re.compile(r"(since (?:[a-z]+-)?)--(\d\d)(?:-(\d\d))?")
_REACH = 16
_NUMBER = re.compile(r"\d{1,4}")
_BETWEEN = re.compile(r"[ .,-]+")
_NUMBERED = ("year", "month", "day")
_MOST = {"year": 2_099, "month": 12, "day": 31}
_LEAST = {"year": 1_900, "month": 1, "day": 1}


def year_beside(text: str, first: int, start: int, end: int, last: int, numbers: Numbers) -> str | None:
    """Return the year that a count is of, `in 2024` or `in last year`, or None where it names none alone.

    That is the first one behind it before any other number, else the last one before it with none between.

    Args:
        text: folded.
        first: where its clause begins, or the words of the number before it end.
        start: where the number begins.
        end: where it ends.
        last: where the clause ends.
        numbers: of the language.

    """
    behind = numbers.in_year.search(text, end, last)
    other = numbers.start.search(text, end, last)
    before = [*numbers.in_year.finditer(text, first, start)]
    if behind and (not other or other.start() >= behind.start()):
        found = behind
    elif before and not numbers.start.search(text, before[-1].end(), start):
        found = before[-1]
    else:
        return None
    if numbers.of_date.search(text, max(0, found.start() - _REACH), found.start()):
        return None
    return f"in {found['year'] or found['solid'] or 'last year'}"


def read_since(words: str, numbers: Numbers) -> str | None:
    """Return since when a count runs, or None where folded words say anything else or more than a date.

    `since 2023-08`, `since 2022`, `since 2023-08-26`; of no year `since --08` and `since --08-26`, as ISO
    8601:1988 wrote dates without one; of a part of a year or month `since mid-2022`. What depends on the day
    of the story (`last year`) is not read.
    """
    parts: dict[str, int] = {}
    at, opened, part_of = 0, False, ""
    while at < len(words):
        number = _NUMBER.match(words, at)
        found = numbers.date.match(words, number.end() if number else at)
        kind = (found.lastgroup or "").partition("_")[0] if found else ""
        if number:
            marked = kind if kind in _NUMBERED else ""
            part = marked or ("year" if len(number.group()) == 4 else "day")
            if not _put(parts, part, int(number.group())):
                return None
            at = found.end() if found and marked else number.end()
        elif found and (kind != "name" or _put(parts, "month", _month(found.group(), numbers.calendar))):
            opened |= kind == "since"
            part_of = f"{kind}-" if kind in PARTS else part_of
            at = found.end()
        elif between := _BETWEEN.match(words, at):
            at = between.end()
        else:
            return None
    written = _written(parts) if opened else None
    return written and f"since {'' if 'day' in parts else part_of}{written}"


def dated(period: str | None, on: date) -> str | None:
    """Return a period that names no year with that of its last date up to a day, and any other as it is."""
    if period == "in last year":
        return f"in {on.year - 1}"
    found = _YEARLESS.fullmatch(period or "")
    if not found:
        return period
    since, month, day = found.groups()
    passed = (int(month), int(day or 1)) <= (on.month, on.day)
    return f"{since}{on.year - (not passed)}-{month}{f'-{day}' if day else ''}"


def _put(parts: dict[str, int], part: str, value: int) -> bool:
    """Say whether a part of a date is new and possible, and keep it."""
    fits = part not in parts and _LEAST[part] <= value <= _MOST[part]
    parts[part] = value
    return fits


def _month(word: str, calendar: Mapping[str, float]) -> int:
    return next((int(number) for begins, number in calendar.items() if word.startswith(begins)), 0)


def _written(parts: Mapping[str, int]) -> str | None:
    if not parts or ("day" in parts and "month" not in parts):
        return None
    if parts.get("day", 1) > monthrange(parts.get("year", _LEAP), parts.get("month", 1))[1]:
        return None
    year = f"{parts['year']}" if "year" in parts else "-"
    return "-".join([year, *(f"{parts[part]:02}" for part in ("month", "day") if part in parts)])
