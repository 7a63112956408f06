"""When a feed is asked again: pure, and never sooner than the server or the floor allows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from claims.feeds import Feed
from claims.seeding import MAX_INTERVAL_MINUTES

LONGEST_BACKOFF_SECONDS = 3_600.0
"""The longest wait for failures alone: a night without network must not silence the next day."""
LONGEST_RETRY_AFTER_SECONDS = 86_400.0
"""The longest Retry-After that is obeyed: a day."""
GONE_SECONDS = 7 * 86_400.0
"""Between two looks at a feed that said it is gone (410): it may have been a mistake."""
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
) -> datetime:
    """Return when to ask a feed again.

    Args:
        pace: the usual pace.
        feed: whose own interval counts before that of the pace, up to a year.
        now: the end of the visit.
        failures: failures in a row, this visit included; each doubles the wait, up to an hour or the
            feed's interval, whichever is longer.
        retry_after: seconds that the server asked for (RFC 9110, 10.2.3), obeyed up to a day.
        gone: the server said that the feed will never be back.
        jitter: 0 to 1, by chance.

    """
    minutes = pace.interval_minutes if feed.interval_minutes is None else feed.interval_minutes
    usual = max(min(minutes, MAX_INTERVAL_MINUTES) * 60, pace.floor_seconds)
    if gone:
        wait = max(usual, GONE_SECONDS)
    else:
        # 2 ** 20 intervals are longer than an hour for any interval worth having
        wait = min(usual * 2 ** min(failures, 20), max(usual, LONGEST_BACKOFF_SECONDS))
    asked_for = min(retry_after or 0.0, LONGEST_RETRY_AFTER_SECONDS)
    return now + timedelta(seconds=max(wait * (1 + JITTER * jitter), asked_for))
