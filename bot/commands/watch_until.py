"""Until when a channel is paused, read from the words of a command: `2h`, `1d`, `2026-12-31`. Pure."""

import re
from datetime import UTC, date, datetime, time, timedelta

from bot.language import _
from bot.phrases import shorten
from claims.errors import UsageError
from claims.when import moment_of

LONGEST = timedelta(days=366)
"""A channel that is to be silent for longer is better removed."""
_TYPED = 60
_SPAN = re.compile(r"([0-9]{1,4}) ?([mhdw])", re.ASCII)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def pause_end(words: str, timezone: str, now: datetime) -> datetime:
    """Return the moment that is meant, in UTC; a date begins at midnight in the time zone.

    Raises:
        UsageError: it cannot be read, has passed, or is more than `LONGEST` away.

    """
    until = _read(words.strip().casefold(), timezone, now)
    shown = shorten(words, _TYPED)
    if until is None:
        said = _("until: “{typed}” is no moment; write a span such as 2h, 1d or 1w, or a date such as {date}")
        raise UsageError(said.format(typed=shown, date=f"{now + timedelta(days=7):%Y-%m-%d}"))
    if until <= now:
        raise UsageError(_("until: “{typed}” has passed; write a later moment").format(typed=shown))
    if until - now > LONGEST:
        said = _("until: “{typed}” is more than a year away; leave it out, and resume it when you like")
        raise UsageError(said.format(typed=shown))
    return until


def _read(words: str, timezone: str, now: datetime) -> datetime | None:
    if found := _SPAN.fullmatch(words):
        return now + timedelta(**{_UNITS[found[2]]: int(found[1])})
    try:
        return moment_of(date.fromisoformat(words), time(0), timezone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
