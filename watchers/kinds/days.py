"""The day that stands beside a headline, as newsrooms and ministries write it."""

import re
import unicodedata
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

# The first three letters of months: English, Russian (as in dates), Ukrainian.
_MONTHS = {
    name: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "янв фев мар апр мая июн июл авг сен окт ноя дек",
        "січ лют бер кві тра чер лип сер вер жов лис гру",
    )
    for number, name in enumerate(names.split(), start=1)
} | {"май": 5}

_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4}) ?[-./年년] ?(\d\d?) ?[-./月월] ?(\d\d?)(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(\d\d?) ?([-./]) ?(\d\d?) ?\2 ?(\d{4})(?!\d)")
_DAY_MONTH = re.compile(r"(?<!\d)(\d\d?)(?:st|nd|rd|th)? ([^\W\d_]{3,12})\.?,? (\d{4})(?!\d)")
_MONTH_DAY = re.compile(r"(?<!\w)([^\W\d_]{3,12})\.? (\d\d?)(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)([-/]?)(\d\d)\2(\d\d)(?![^/._-])")


def day_in(text: str, language: str) -> datetime | None:
    """Return the first day that a text on one line names, as its first moment in UTC; None where none does.

    Digits of any script count. A day and a month of two digits are taken in that order; in English, where
    both orders are in use, `11/05/2026` names no day.
    """
    plain = unicodedata.normalize("NFKC", text)
    found = [
        *((m.start(), _day(m[1], m[2], m[3])) for m in _YEAR_FIRST.finditer(plain)),
        *((m.start(), _year_last(m, language)) for m in _YEAR_LAST.finditer(plain)),
        *((m.start(), _day(m[3], _month(m[2]), m[1])) for m in _DAY_MONTH.finditer(plain)),
        *((m.start(), _day(m[3], _month(m[1]), m[2])) for m in _MONTH_DAY.finditer(plain)),
    ]
    return min(((start, day) for start, day in found if day), default=(0, None))[1]


def day_of_address(url: str) -> datetime | None:
    """Return the day that the path of an address names: `/2026/11/20/`, `/20261120`."""
    match = _IN_ADDRESS.search(urlsplit(url).path)
    return _day(match[1], match[3], match[4]) if match else None


def _year_last(match: re.Match[str], language: str) -> datetime | None:
    first, mark, second, year = match.groups()
    if mark == "/" and language == "en" and first != second and max(int(first), int(second)) <= 12:
        return None
    return _day(year, second, first) or _day(year, first, second)


def _month(name: str) -> int:
    return _MONTHS.get(name[:3].casefold(), 0)


def _day(year: str, month: str | int, day: str) -> datetime | None:
    try:
        return datetime.combine(date(int(year), int(month), int(day)), datetime.min.time(), UTC)
    except ValueError:
        return None
