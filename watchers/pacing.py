"""When a feed is asked again: pure, and never sooner than the server or the floor allows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from claims.feeds import Feed, Pulse, Wishes
from claims.seeding import MAX_INTERVAL_MINUTES
from watchers.pulse import items_a_day, silence

SHARE_OF_GAP = 1 / 6
"""Of the mean time between two stories, after which a feed is looked at: a story waits a twelfth of it."""
SHORTEST, LONGEST = 1 / 3, 3.0
"""Of a feed's interval: between these its own pace decides."""
LONGEST_BACKOFF_SECONDS = 86_400.0
"""The longest wait for answers that were bad: a day, as for `LONGEST_RETRY_AFTER_SECONDS`."""
LONGEST_OWN_BACKOFF_SECONDS = 3_600.0
"""The longest wait where nobody was reached: a night without network must not silence the next day."""
LONGEST_RETRY_AFTER_SECONDS = 86_400.0
"""The longest Retry-After that is obeyed: a day."""
LONGEST_SKIP = timedelta(days=1)
"""How far hours and days that are to be skipped put a visit off."""
JITTER = 0.1
"""Feeds that fail together must not come back together: every wait is up to a tenth longer, but for failures
no longer than a day; feeds that wait so long have parted before."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often feeds are asked."""

    interval_minutes: float
    """For feeds without an interval of their own."""
    floor_seconds: float
    """No feed is asked more often."""
    ceiling_minutes: float = MAX_INTERVAL_MINUTES
    """No wish of a document and no quiet makes a wait longer, only an interval that is longer itself."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a visit showed of when to come again."""

    failures: int = 0
    """Failures in a row, this visit included."""
    ours: bool = False
    """Nobody was reached at this visit."""
    fresh_seconds: float | None = None
    """How long the answer stays fresh."""
    retry_after: float | None = None
    """Seconds that the server asked for (RFC 9110, 10.2.3)."""
    wishes: Wishes = field(default_factory=Wishes)
    pulse: Pulse | None = None


@dataclass(frozen=True, slots=True)
class NextTry:
    """When a feed is asked again."""

    at: datetime
    paced_by: str
    """What decided, in a word or two for people."""


def next_try(
    pace: Pace, feed: Feed, now: datetime, seen: Seen | None = None, *, jitter: float = 0.0
) -> NextTry:
    """Return when to ask a feed again.

    The usual wait follows the feed's pulse around its interval; failures double the interval instead. The
    longest of that and of what the publisher wishes counts, then Retry-After, and at last hours and days
    that are to be skipped put it off by up to a day.

    Args:
        pace: the usual pace.
        feed: whose own interval counts before that of the pace, up to a year.
        now: the end of the visit.
        seen: what the visit showed; None where it is not known, and the interval counts alone.
        jitter: 0 to 1, by chance; more in a crowd (`watchers.spreading.Spreading.jitter`).

    """
    seen = seen or Seen()
    minutes = pace.interval_minutes if feed.interval_minutes is None else feed.interval_minutes
    interval = max(min(minutes, MAX_INTERVAL_MINUTES) * 60, pace.floor_seconds)
    ceiling = max(pace.ceiling_minutes * 60, interval)
    if seen.failures:
        wait, paced_by = _backed_off(seen, interval), "failures"
    elif seen.pulse:
        wait, paced_by = _adapted(seen.pulse, interval, ceiling, now)
        wait = max(wait, pace.floor_seconds)
    else:
        wait, paced_by = interval, "interval"
    for seconds, name in _wished(feed, seen):
        if min(seconds, ceiling) > wait:
            wait, paced_by = min(seconds, ceiling), name
    stretched = wait * (1 + JITTER * jitter)
    wait = min(stretched, max(wait, LONGEST_BACKOFF_SECONDS)) if seen.failures else stretched
    asked_for = min(seen.retry_after or 0.0, LONGEST_RETRY_AFTER_SECONDS)
    if asked_for > wait:
        wait, paced_by = asked_for, "Retry-After"
    at = now + timedelta(seconds=wait)
    later = _not_skipped(at, seen.wishes)
    return NextTry(later, paced_by if later == at else "skipped hours")


def put_off(now: datetime, until: datetime, *, jitter: float = 0.0) -> NextTry:
    """Return when to ask a feed whose host wants to be left alone until then."""
    wait = max(until - now, timedelta())
    return NextTry(now + wait * (1 + JITTER * jitter), "Retry-After")


def _backed_off(seen: Seen, interval: float) -> float:
    longest = LONGEST_OWN_BACKOFF_SECONDS if seen.ours else LONGEST_BACKOFF_SECONDS
    # 2 ** 20 intervals are longer than a day for any interval worth having
    return min(interval * 2.0 ** min(seen.failures, 20), max(interval, longest))


def _adapted(pulse: Pulse, interval: float, ceiling: float, now: datetime) -> tuple[float, str]:
    """Return the wait that fits how often a feed brings something, and what to call it."""
    longest = max(interval, min(interval * LONGEST, ceiling))
    if not pulse.longest_gap_seconds:  # no two stories: all that is known is for how long there was none
        wait = min(max(silence(pulse, now) * SHARE_OF_GAP, interval), longest)
        return wait, "interval" if wait == interval else "few items"
    daily = items_a_day(pulse, now)
    gap = 86_400 / max(daily, 0.001)
    wait = min(max(gap * SHARE_OF_GAP, interval * SHORTEST), longest)
    return wait, f"{daily:.0f} items a day" if daily >= 1.5 else "few items"


def _wished(feed: Feed, seen: Seen) -> Iterator[tuple[float, str]]:
    """Yield the waits that a publisher wishes, in seconds, and where it says so.

    The syndication module counts only where neither HTTP nor whoever listed the feed says
    anything: WordPress prints `hourly` for every blog.
    """
    if seen.wishes.ttl_minutes is not None:
        yield seen.wishes.ttl_minutes * 60, "ttl"
    if seen.fresh_seconds is not None:
        yield seen.fresh_seconds, "max-age"
    elif seen.wishes.update_seconds is not None and feed.interval_minutes is None:
        yield seen.wishes.update_seconds, "sy:updatePeriod"


def _not_skipped(at: datetime, wishes: Wishes) -> datetime:
    """Return the same minute of the first hour that is not skipped; a wish to skip them all says nothing."""
    hours = wishes.skip_hours if len(wishes.skip_hours) < 24 else frozenset()
    days = wishes.skip_days if len(wishes.skip_days) < 7 else frozenset()
    end = at + LONGEST_SKIP
    while at < end and (at.hour in hours or at.weekday() in days):
        at += timedelta(hours=1)
    return at
