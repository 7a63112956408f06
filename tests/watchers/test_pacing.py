"""When a feed is asked again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from claims.feeds import Pulse, Wishes
from tests.support.build import NOW, feed
from watchers.pacing import Pace, Seen, next_try, put_off

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PACE = Pace(interval_minutes=15, floor_seconds=60, ceiling_minutes=60)


def waits(own: float | None = None, jitter: float = 0.0, **seen: Any) -> tuple[timedelta, str]:
    """Return the wait of a feed with an interval of its own or none, and what decided it."""
    turn = next_try(PACE, feed(interval_minutes=own), NOW, Seen(**seen), jitter=jitter)
    return turn.at - NOW, turn.paced_by


def pulse(items_a_day: float, ago: timedelta = timedelta(), gap: float = 3_600.0) -> Pulse:
    """Return a pulse whose last story was so long ago."""
    return Pulse(NOW - ago, items_a_day, gap)


@pytest.mark.parametrize(
    ("own", "seen", "wait", "paced_by"),
    [
        (None, {}, 15 * MINUTE, "interval"),
        (5, {}, 5 * MINUTE, "interval"),
        (0.5, {}, MINUTE, "interval"),
        (1e12, {}, 365 * DAY, "interval"),
        (None, {"jitter": 1.0}, 16.5 * MINUTE, "interval"),
        # what the publisher wishes
        (None, {"fresh_seconds": 1_800.0}, 30 * MINUTE, "max-age"),
        (None, {"fresh_seconds": 60.0}, 15 * MINUTE, "interval"),
        (None, {"fresh_seconds": 1e9}, HOUR, "max-age"),
        (None, {"fresh_seconds": float("inf")}, HOUR, "max-age"),
        (120, {"fresh_seconds": 1e9}, 2 * HOUR, "interval"),
        (None, {"wishes": Wishes(ttl_minutes=30)}, 30 * MINUTE, "ttl"),
        (5, {"wishes": Wishes(ttl_minutes=30)}, 30 * MINUTE, "ttl"),
        (None, {"wishes": Wishes(ttl_minutes=1e9)}, HOUR, "ttl"),
        (None, {"wishes": Wishes(ttl_minutes=30), "fresh_seconds": 2_400.0}, 40 * MINUTE, "max-age"),
        (None, {"wishes": Wishes(ttl_minutes=50), "fresh_seconds": 2_400.0}, 50 * MINUTE, "ttl"),
        (None, {"wishes": Wishes(update_seconds=1_800)}, 30 * MINUTE, "sy:updatePeriod"),
        (15, {"wishes": Wishes(update_seconds=1_800)}, 15 * MINUTE, "interval"),
        (None, {"wishes": Wishes(update_seconds=1_800), "fresh_seconds": 60.0}, 15 * MINUTE, "interval"),
        (None, {"retry_after": 60.0}, 15 * MINUTE, "interval"),
        (None, {"retry_after": 7_200.0}, 2 * HOUR, "Retry-After"),
        (None, {"retry_after": 7_200.0, "failures": 1}, 2 * HOUR, "Retry-After"),
        (None, {"retry_after": 60.0, "failures": 3}, 2 * HOUR, "failures"),
        (None, {"retry_after": 1e9}, DAY, "Retry-After"),
        (None, {"retry_after": float("inf")}, DAY, "Retry-After"),
        # answers that were bad
        (None, {"failures": 1}, 30 * MINUTE, "failures"),
        (None, {"failures": 2}, HOUR, "failures"),
        (None, {"failures": 3}, 2 * HOUR, "failures"),
        (None, {"failures": 7}, DAY, "failures"),
        (None, {"failures": 10_000, "jitter": 1.0}, DAY, "failures"),
        (None, {"failures": 10_000, "jitter": 10.0}, DAY, "failures"),
        (None, {"failures": 10_000, "ours": True, "jitter": 1.0}, 66 * MINUTE, "failures"),
        (5, {"failures": 3, "jitter": 0.5}, 42 * MINUTE, "failures"),
        (3 * 24 * 60, {"failures": 3}, 3 * DAY, "failures"),
        (None, {"failures": 1, "wishes": Wishes(ttl_minutes=50)}, 50 * MINUTE, "ttl"),
        # nobody was reached
        (None, {"failures": 1, "ours": True}, 30 * MINUTE, "failures"),
        (None, {"failures": 7, "ours": True}, HOUR, "failures"),
        (90, {"failures": 1, "ours": True}, 90 * MINUTE, "failures"),
        # how often it brings something
        (None, {"pulse": pulse(16)}, 15 * MINUTE, "16 items a day"),
        (None, {"pulse": pulse(24)}, 10 * MINUTE, "24 items a day"),
        (None, {"pulse": pulse(1_000)}, 5 * MINUTE, "1000 items a day"),
        (2, {"pulse": pulse(1_000)}, MINUTE, "1000 items a day"),
        (None, {"pulse": pulse(8)}, 30 * MINUTE, "8 items a day"),
        (None, {"pulse": pulse(3)}, 45 * MINUTE, "3 items a day"),
        (None, {"pulse": pulse(0.1)}, 45 * MINUTE, "few items"),
        (None, {"pulse": pulse(100, 400 * DAY)}, 45 * MINUTE, "few items"),
        (None, {"pulse": pulse(100, 10_000 * DAY)}, 45 * MINUTE, "few items"),
        (30, {"pulse": pulse(1)}, HOUR, "few items"),
        (90, {"pulse": pulse(1)}, 90 * MINUTE, "few items"),
        (None, {"pulse": pulse(1_000), "fresh_seconds": 600.0}, 10 * MINUTE, "max-age"),
        (None, {"pulse": pulse(1_000), "failures": 1}, 30 * MINUTE, "failures"),
        # one story says nothing of a pace until it is old
        (None, {"pulse": pulse(24, gap=0)}, 15 * MINUTE, "interval"),
        (None, {"pulse": pulse(24, 3 * HOUR, gap=0)}, 30 * MINUTE, "few items"),
        (None, {"pulse": pulse(24, DAY, gap=0)}, 45 * MINUTE, "few items"),
    ],
)
def test_waits(own: float | None, seen: dict[str, Any], wait: timedelta, paced_by: str) -> None:
    """Interval, floor and ceiling, pulse, wishes, failures, Retry-After and jitter make one wait."""
    found, by = waits(own, **seen)
    assert by == paced_by
    assert abs(found - wait) < timedelta(milliseconds=1)


@pytest.mark.parametrize("seen", [{}, {"failures": 3}, {"fresh_seconds": 1e6}, {"pulse": pulse(1_000)}])
@pytest.mark.parametrize("own", [None, 1e-9, 5, 1e6])
def test_no_wait_is_shorter_than_the_floor(own: float | None, seen: dict[str, Any]) -> None:
    """Whatever is set or said, a feed is left alone for that long."""
    assert waits(own, **seen)[0] >= MINUTE


FRIDAY = datetime(2026, 8, 28, 21, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "days", "at"),
    [
        ({3, 4}, (), "28 22:05"),
        ({22}, (), "28 23:05"),
        ({22, 23, 0}, (), "29 01:05"),
        ({23}, (), "28 22:05"),
        (range(24), (), "28 22:05"),
        (set(range(24)) - {21}, (), "29 21:05"),
        ((), {5}, "28 22:05"),
        ((), {4}, "29 00:05"),
        ({0, 1}, {4}, "29 02:05"),
        ((), {4, 5}, "29 22:05"),
        ((), range(7), "28 22:05"),
    ],
)
def test_hours_and_days_are_skipped(hours: Any, days: Any, at: str) -> None:
    """A visit is put off to the next hour that is not skipped, by a day at most; all of them say nothing."""
    wishes = Wishes(skip_hours=frozenset(hours), skip_days=frozenset(days))
    turn = next_try(PACE, feed(), FRIDAY, Seen(wishes=wishes))
    assert f"{turn.at:%d %H:%M}" == at
    assert (turn.paced_by == "interval") == (at == "28 22:05")


@pytest.mark.parametrize(("minutes", "jitter", "wait"), [(60, 0.0, 60), (60, 1.0, 66), (-5, 1.0, 0)])
def test_a_feed_of_a_host_that_wants_quiet_waits_with_it(minutes: float, jitter: float, wait: float) -> None:
    """The moment is the host's, spread so that its feeds do not all come back at once."""
    turn = put_off(NOW, NOW + minutes * MINUTE, jitter=jitter)
    assert (turn.at, turn.paced_by) == (NOW + wait * MINUTE, "Retry-After")
