"""The moments that feeds print: RFC 822 for RSS, ISO 8601 for Atom, and what is written instead."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import mktime_tz, parsedate_tz

_LONGEST = 64  # characters
# Zones that the standard library does not know. Ambiguous names (IST; CST is America's, by RFC 822) are UTC.
_ZONES = {
    "KST": 9,
    "JST": 9,
    "HKT": 8,
    "SGT": 8,
    "MSK": 3,
    "EEST": 3,
    "EET": 2,
    "CEST": 2,
    "CET": 1,
    "BST": 1,
}
_YEAR_OF_NOTHING = re.compile(r"\b0\d{3}\b(?!\d|$)")  # an empty clock of Go's or .NET's, not 2001
_KOREA = timezone(timedelta(hours=9))
_NUMBERS = re.compile(
    r"(?P<year>\d{4})(?:[-./년]\s*(?P<month>\d\d?)(?:[-./월]\s*(?P<day>\d\d?)[.일]?"
    r"(?:[T\s]\s*(?P<half>오전|오후)?\s*(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[A-Z]{3,4}|[+-]\d\d(?::?\d\d)?)?)?)?)?",
    re.IGNORECASE,
)


def moment(text: str) -> datetime | None:
    """Return the second in UTC that a text names, or None; without a zone it is UTC, in Hangul Korean."""
    text = text.strip()
    if not 4 <= len(text) <= _LONGEST:
        return None
    try:
        stamp = _iso(text) or _mail(text) or _numbers(text)
    except (ValueError, OverflowError, OSError):
        return None
    return stamp.replace(microsecond=0) if stamp else None


def _iso(text: str) -> datetime | None:
    try:
        return _utc(datetime.fromisoformat(text)) if text[3].isdigit() else None
    except ValueError:
        return None


def _mail(text: str) -> datetime | None:
    """Read RFC 822 and what people make of it: no seconds, a year of two digits, no zone, month first."""
    fields = None if _YEAR_OF_NOTHING.search(text) else parsedate_tz(text)
    if fields is None:
        return None
    zone = _ZONES.get(text.rsplit(maxsplit=1)[-1].upper())
    if zone is not None:
        fields = (*fields[:9], zone * 3_600)
    elif fields[9] is None:
        fields = (*fields[:9], 0)
    return datetime.fromtimestamp(mktime_tz(fields), UTC)


def _numbers(text: str) -> datetime | None:
    found = _NUMBERS.fullmatch(text)
    if found is None:
        return None
    hour = int(found["hour"] or 0)
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"] == "오후")
    parts = (int(found["month"] or 1), int(found["day"] or 1), hour, int(found["minute"] or 0))
    stamp = datetime(int(found["year"]), *parts, int(found["second"] or 0), tzinfo=_zone(text, found["zone"]))
    return _utc(stamp)


def _zone(text: str, name: str | None) -> timezone:
    if name and name[0] in "+-":
        hours, minutes = int(name[1:3]), int(name[3:].lstrip(":") or 0)
        return timezone((-1 if name[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))
    if name:
        return timezone(timedelta(hours=_ZONES.get(name.upper(), 0)))
    return UTC if text.isascii() else _KOREA


def _utc(stamp: datetime) -> datetime:
    return stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp.astimezone(UTC)
