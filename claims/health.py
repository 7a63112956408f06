"""How a feed is doing, and what people are to be told of it. Pure: records and a moment in, records out.

Judged by what visits found, never by the clock alone: after a week without electricity no feed is in trouble
until it has been asked again.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from claims.feeds import FeedState, FeedStatus, Pulse, Trouble
from claims.outgoing import FeedChange, Watchlist

NIGHT = timedelta(hours=6)
"""A feed that was never silent for so long has a night shift, and works at weekends."""
ROUND_THE_CLOCK = timedelta(days=1)
"""The shortest silence that is trouble for a feed with a night shift."""
LONG_WEEKEND = timedelta(days=4)
"""The shortest that is for any other: from Friday noon to Tuesday morning, with a holiday on the Monday."""
GAPS = 2.0
"""Times the longest silence known: five days after weekends, a month after two weeks at New Year."""
MEANS = 10.0
"""Times the mean gap. Were stories to come by chance alone, at a steady rate, so long a silence would follow
one in e^10 = 22,000 of them (the waiting time of a Poisson process); in thirty years one at an institute with
three a week, whose mean reads a fifth too high right after a story. For up to so many it is also longer than
the 17 days round the New Year."""

CALM = 4
"""Patiences between the last word on a feed and news of its next trouble; from six hours it makes a day. So
a feed that comes and goes is told of twice a day at most, once down and once up. One that is gone for good
is told of at once."""
GATHERED = 1 / 6
"""Patiences between two notices: an hour of six. What changes meanwhile goes into one message."""

NEARLY_ALL = 0.9
"""Of all feeds that are asked: where so many fail together, the network that fails is our own."""
MANY = 5
"""Fewer feeds than this may well fail each for a reason of its own."""


class Health(StrEnum):
    """How a feed is doing, worst first."""

    GONE = "gone"
    FAILING = "failing"
    SILENT = "silent"
    """It answers, and has brought nothing new for longer than is usual for it."""
    NEW = "new"
    """Not visited yet."""
    PAUSED = "paused"
    OK = "ok"


IN_TROUBLE = (Health.GONE, Health.FAILING, Health.SILENT)
"""What somebody should look at."""


def health(status: FeedStatus) -> Health:
    """Return how a feed is doing as of the last visit."""
    if status.paused:
        return Health.PAUSED
    if status.checkpoint.state is FeedState.OK and _is_silent(status):
        return Health.SILENT
    return Health(status.checkpoint.state.value)


def usual_silence(pulse: Pulse) -> timedelta:
    """Return how long a feed may be silent before that is trouble.

    A wire with 200 stories a day and none longer than an hour apart: a day. A paper that rests at night: four
    days, and five as soon as one weekend of two and a half is known. An institute with three a week: 23 days.
    A feed that brings nothing worth the name has no usual silence, and is never in trouble for it.
    """
    longest = timedelta(seconds=pulse.longest_gap_seconds)
    least = ROUND_THE_CLOCK if longest < NIGHT else LONG_WEEKEND
    days = MEANS / pulse.items_a_day if pulse.items_a_day > 0 else timedelta.max.days
    return max(least, longest * GAPS, timedelta(days=min(days, timedelta.max.days)))


def trouble(status: FeedStatus, now: datetime, patience: timedelta) -> Trouble | None:
    """Return what people should know of a feed, or None while it is well, new, paused or failing for short.

    Args:
        status: the feed.
        now: the present moment.
        patience: how long a feed fails before anybody is told.

    """
    match health(status):
        case Health.GONE:
            return Trouble.GONE
        case Health.SILENT:
            return Trouble.SILENT
        case Health.FAILING if _failed_for(status, now) >= patience:
            return Trouble.FAILING
        case _:
            return None


def outage(failing: int, answering: int) -> bool:
    """Say whether so many feeds fail, and so few do not, that it is our own network."""
    return failing >= max(MANY, (failing + answering) * NEARLY_ALL)


def failing(watched: Watchlist) -> int:
    """Return how many feeds fail, for however short a time."""
    return sum(health(status) is Health.FAILING for status in watched.feeds)


def changes(watched: Watchlist, now: datetime, patience: timedelta) -> tuple[FeedChange, ...]:
    """Return what people are to be told now, by title, then by URL: new trouble, other trouble, or its end.

    In an outage of ours all that fail are told together, as soon as the first has failed for `patience`.

    Args:
        watched: the feeds in doubt, by title, then by URL.
        now: the present moment.
        patience: how long a feed fails before anybody is told; the rarity of notices is measured in it.

    """
    if watched.last_notice_at and now - watched.last_notice_at < patience * GATHERED:
        return ()
    troubles = [trouble(status, now, patience) for status in watched.feeds]
    if Trouble.FAILING in troubles and outage(failing(watched), watched.asked - failing(watched)):
        troubles = [trouble(status, now, timedelta()) for status in watched.feeds]
    return tuple(
        _change(status, found)
        for status, found in zip(watched.feeds, troubles, strict=True)
        if _is_news(status, found, now, patience)
    )


def _is_silent(status: FeedStatus) -> bool:
    pulse, seen_at = status.checkpoint.pulse, status.checkpoint.last_success_at
    return pulse is not None and seen_at is not None and seen_at - pulse.last_new_at > usual_silence(pulse)


def _failed_for(status: FeedStatus, now: datetime) -> timedelta:
    """Return for how long a feed is known to fail; a visit that is overdue may yet find it well."""
    point = status.checkpoint
    if point.failing_since is None or point.last_try_at is None:
        return timedelta()
    overdue = point.next_try_at is None or point.next_try_at < now
    return (point.last_try_at if overdue else now) - point.failing_since


def _is_news(status: FeedStatus, found: Trouble | None, now: datetime, patience: timedelta) -> bool:
    if found is None:
        return status.told is not None and health(status) is Health.OK
    if found is status.told:
        return False
    calm = status.told_at is None or now - status.told_at >= patience * CALM
    return calm or found is Trouble.GONE


def _change(status: FeedStatus, found: Trouble | None) -> FeedChange:
    point, pulse = status.checkpoint, status.checkpoint.pulse
    change = FeedChange(status.feed.url, status.feed.title, found, was=status.told)
    if found is None:
        return replace(change, since=status.told_since)
    if found is Trouble.SILENT and pulse:
        return replace(change, since=pulse.last_new_at, items_a_day=pulse.items_a_day)
    return replace(change, since=point.failing_since or point.last_try_at, error=point.error)
