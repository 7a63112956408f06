"""When a feed is asked again."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support.build import NOW, feed
from watchers.pacing import Pace, next_try

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("own", "asked", "wait"),
    [
        (None, {}, 15 * MINUTE),
        (5, {}, 5 * MINUTE),
        (0.5, {}, MINUTE),
        (None, {"jitter": 1.0}, 16.5 * MINUTE),
        (None, {"failures": 1}, 30 * MINUTE),
        (None, {"failures": 2}, HOUR),
        (None, {"failures": 3}, HOUR),
        (None, {"failures": 7, "jitter": 1.0}, 66 * MINUTE),
        (None, {"failures": 10_000}, HOUR),
        (5, {"failures": 3, "jitter": 0.5}, 42 * MINUTE),
        (5, {"failures": 4}, HOUR),
        (90, {"failures": 1}, 90 * MINUTE),
        (3 * 24 * 60, {"failures": 3}, 3 * DAY),
        (1e12, {}, 365 * DAY),
        (None, {"retry_after": 60.0}, 15 * MINUTE),
        (None, {"retry_after": 7_200.0}, 2 * HOUR),
        (None, {"retry_after": 7_200.0, "failures": 1}, 2 * HOUR),
        (None, {"retry_after": 60.0, "failures": 3}, HOUR),
        (None, {"retry_after": 1e9}, DAY),
        (None, {"retry_after": float("inf")}, DAY),
    ],
)
def test_waits(own: float | None, asked: dict[str, Any], wait: timedelta) -> None:
    """Own interval, floor, back-off, Retry-After and jitter make one wait."""
    pace = Pace(interval_minutes=15, floor_seconds=60)
    assert next_try(pace, feed(interval_minutes=own), NOW, **asked) == NOW + wait


@pytest.mark.parametrize(("own", "wait"), [(None, 7 * DAY), (30 * 24 * 60, 30 * DAY)])
def test_a_gone_feed_is_asked_once_a_week(own: float | None, wait: timedelta) -> None:
    """A 410 may be a mistake of a day: it is asked now and then, whatever else was said."""
    pace = Pace(interval_minutes=15, floor_seconds=60)
    again = next_try(pace, feed(interval_minutes=own), NOW, failures=1, retry_after=5.0, gone=True)
    assert again == NOW + wait
