"""When a feed is asked again: pure, and never sooner than the server or the floor allows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from claims.model import Feed

LONGEST_SECONDS = 86_400.0
"""The longest back-off, and the longest Retry-After that is obeyed: a day."""
JITTER = 0.1
"""Feeds that fail together must not come back together: every wait is up to a tenth longer."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often feeds are asked."""

    interval_minutes: float
    """For feeds without an interval of their own."""
    floor_seconds: float
    """No feed is asked more often."""


def next_try(
    pace: Pace,
    feed: Feed,
    now: datetime,
    *,
    failures: int = 0,
    retry_after: float | None = None,
    gone: bool = False,
    jitter: float = 0.0,
) -> datetime | None:
    """Return when to ask a feed again, or None for never.

    Args:
        pace: the usual pace.
        feed: whose own interval counts before that of the pace.
        now: the end of the visit.
        failures: failures in a row, this visit included; each doubles the wait, up to a day.
        retry_after: seconds that the server asked for (RFC 9110, 10.2.3), obeyed up to a day.
        gone: the server said that the feed will never be back.
        jitter: 0 to 1, by chance.

    """
    if gone:
        return None
    minutes = pace.interval_minutes if feed.interval_minutes is None else feed.interval_minutes
    usual = max(minutes * 60, pace.floor_seconds)
    longest = max(usual, LONGEST_SECONDS)
    # 2 ** 20 intervals are longer than a day for any interval worth having
    wait = min(usual * 2 ** min(failures, 20), longest) * (1 + JITTER * jitter)
    asked_for = min(retry_after or 0.0, LONGEST_SECONDS)
    return now + timedelta(seconds=max(min(wait, longest), asked_for))
