"""How often a feed brings something new: pure."""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from claims.feeds import Pulse

FADING_SECONDS = 7 * 86_400.0
"""In which what was counted fades to a third (1/e): long enough to hold every weekday."""
MEMORY = timedelta(days=90)
"""What is so much older than the newest story of a first document is pinned or forgotten, and not counted."""
SHORTEST_WINDOW = 3_600.0
"""Seconds: of stories that came within less than an hour it is not said how many make a day."""

_DAY = 86_400.0  # seconds


def beat(pulse: Pulse | None, dates: Iterable[datetime], now: datetime) -> Pulse | None:
    """Return a feed's pulse after a visit.

    Args:
        pulse: as it was, or None where no story was known.
        dates: of the stories that are new, in any order; those to come count as `now`.
        now: the end of the visit.

    """
    new = sorted(min(date, now) for date in dates)
    if not new:
        return pulse
    if pulse is None or not pulse.longest_gap_seconds:
        return _first([*new, *([pulse.last_new_at] if pulse else [])], now)
    last = max(pulse.last_new_at, new[-1])
    gaps = [(date - before).total_seconds() for before, date in pairwise([pulse.last_new_at, *new])]
    return Pulse(
        last_new_at=last,
        items_a_day=items_a_day(pulse, last) + len(new) * _DAY / FADING_SECONDS,
        longest_gap_seconds=max(pulse.longest_gap_seconds, *gaps),
    )


def items_a_day(pulse: Pulse, now: datetime) -> float:
    """Return how many stories a feed brings a day, the fewer the longer it has been silent."""
    return pulse.items_a_day * math.exp(-silence(pulse, now) / FADING_SECONDS)


def silence(pulse: Pulse, now: datetime) -> float:
    """Return the seconds since a feed's last story."""
    return max(0.0, (now - pulse.last_new_at).total_seconds())


def _first(dates: list[datetime], now: datetime) -> Pulse:
    """Count the stories that are there over the time in which they came, up to now."""
    last = max(dates)
    recent = sorted(date for date in dates if last - date <= MEMORY)
    window = max((now - recent[0]).total_seconds(), SHORTEST_WINDOW)
    gaps = [(date - before).total_seconds() for before, date in pairwise(recent)]
    return Pulse(last, len(recent) * _DAY / window, max(gaps, default=0.0))
