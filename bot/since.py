"""Since when a number was counted, in the words of the reader's language."""

import re
from datetime import date

from bot.language import _, date_within, full_date
from claims.when import Day

_SINCE = re.compile(r"since (?:(early|mid|late)-)?(?:-|(\d{4}))(?:-(\d\d))?(?:-(\d\d))?")
"""What `claims.matching.spans` writes."""
_IN = re.compile(r"in ((?:19|20)\d\d)")
_LEAP = 2_000
"""A year that has every day."""


def in_year(period: str) -> str | None:
    """Return the year of a period like `in 2024`; None where it is no such period."""
    found = _IN.fullmatch(period)
    return date_within(date(int(found[1]), 1, 1), "y") if found else None


def since_when(period: str) -> str | None:
    """Return the date of a period like `since mid-2022`: `mid-2022`; None where it is no such period."""
    found = _SINCE.fullmatch(period)
    if not found:
        return None
    part, *numbers = found.groups()
    year, month, day = (int(number) if number else None for number in numbers)
    try:
        first = Day(year or _LEAP, month, day).first()
    except ValueError:  # A claim's own words may name a month or a day that no year has.
        return None
    if year and day:
        return full_date(first)
    date = date_within(first, ("y" if year else "") + ("MMMM" if month else "") + ("d" if day else ""))
    parts = {"early": _("early {date}"), "mid": _("mid-{date}"), "late": _("late {date}")}
    return parts[part].format(date=date) if part else date
