"""What every reader of feeds hands on: the raw texts of a document, whatever its format was."""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple

from claims.feeds import Wishes

DIGEST = 8
"""Bytes of a digest: among a thousand entries a new one is taken for known once in 10^16."""

MAX_MARKUP = 40_000
"""Characters of markup that are looked at for one text."""

_PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class ParseError(Exception):
    """The body is no feed; the words are a sentence for a person."""


class Damaged(Exception):
    """A reader lost entries, or what is theirs, to broken markup: a more tolerant one is to be asked."""


class Entry(NamedTuple):
    """An item as it stands in the document; what is not there is empty."""

    title: str = ""
    """Markup, as is `summary`."""
    summary: str = ""
    link: str = ""
    base: str = ""
    """What the link is relative to (`xml:base`), itself relative to the document's address."""
    guid: str = ""
    dates: tuple[str, ...] = ()
    """The one of publication first, then of updates; as printed."""
    language: str = ""
    """Of the entry or its title alone."""
    relayed_from: str = ""

    def digest(self) -> bytes:
        """Return `DIGEST` bytes by which the same words are known at the next visit."""
        named = (self.title, self.summary, self.link, self.base, self.guid, self.language, self.relayed_from)
        return digest("\0".join((*named, *self.dates)).encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Document:
    """A feed as its publisher wrote it."""

    entries: tuple[Entry, ...]
    """In the order of the document, the newest first as feeds have it."""
    language: str
    wishes: Wishes
    title: str = ""
    """Its own name: markup."""


def digest(data: bytes) -> bytes:
    """Return `DIGEST` bytes that stand for these."""
    return hashlib.blake2b(data, digest_size=DIGEST).digest()


def wishes(
    *,
    ttl: str = "",
    period: str = "",
    frequency: str = "",
    hours: Iterable[str] = (),
    days: Iterable[str] = (),
) -> Wishes:
    """Return how often a publisher wants to be asked; what is not a wish is left out.

    Args:
        ttl: RSS 2.0 `<ttl>`, minutes.
        period: the syndication module's `updatePeriod` (RSS 1.0), daily where only the frequency is given.
        frequency: its `updateFrequency`, once where only the period is given.
        hours: RSS `<skipHours>`, 0 to 24, of which 24 is 0 (RSS 0.91 counted from 1).
        days: RSS `<skipDays>`, English names.

    """
    seconds = _PERIODS.get(period.strip().lower() or "daily") if period or frequency else None
    times = _positive(frequency) or 1.0
    wanted = (_positive(hour) if hour.strip() != "0" else 0.0 for hour in hours)
    names = {day.strip().lower() for day in days}
    return Wishes(
        ttl_minutes=_positive(ttl),
        update_seconds=seconds / times if seconds else None,
        skip_hours=frozenset(int(hour) % 24 for hour in wanted if hour is not None and hour <= 24),
        skip_days=frozenset(number for number, name in enumerate(_DAYS) if name in names),
    )


def _positive(text: str) -> float | None:
    with suppress(ValueError):
        number = float(text)
        if isfinite(number) and number > 0:
            return number
    return None
