"""Thousands of feeds that come due together are spread within a round, and few keep their pace."""

import heapq
import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tests.support.build import NOW, feed
from watchers.pacing import Pace, next_try
from watchers.spreading import CROWD, Spreading

MINUTES = 10
PACE = Pace(interval_minutes=MINUTES, floor_seconds=60)
A_SECOND = 400
"""Visits, which is less than one core can do."""


def visits(feeds: int, minutes: float) -> Iterator[datetime]:
    """Yield when feeds are visited that are all due at once, served one after another."""
    spreading = Spreading(random.Random(4).random)  # noqa: S311 - a simulation, the same each time
    later, due = [NOW] * feeds, 0
    now, outlet = NOW, feed()
    while now < NOW + timedelta(minutes=minutes):
        while later and later[0] <= now:
            heapq.heappop(later)
            due += 1
        for _ in range(min(due, A_SECOND)):
            spreading.due = due
            due -= 1
            yield now
            heapq.heappush(later, next_try(PACE, outlet, now, jitter=spreading.jitter()).at)
        now += timedelta(seconds=1)


def test_ten_thousand_feeds_are_spread_after_two_rounds() -> None:
    """However they came due, no minute has more than its share and a third."""
    feeds = 10_000
    asked = Counter(int((moment - NOW).total_seconds() // 60) for moment in visits(feeds, 4 * MINUTES))

    assert asked[0] == feeds
    assert max(asked[minute] for minute in range(MINUTES, 4 * MINUTES)) < 1.3 * feeds / MINUTES


def test_a_short_list_keeps_its_pace() -> None:
    """Fewer feeds than make a crowd are asked at once, and each again after its wait and up to a tenth."""
    asked = sorted(visits(60, 1.2 * MINUTES))

    assert asked[59] == NOW
    assert len(asked) == 120
    assert NOW + timedelta(minutes=MINUTES) <= asked[60]
    assert asked[-1] <= NOW + timedelta(minutes=1.1 * MINUTES, seconds=1)


@pytest.mark.parametrize(("due", "longest"), [(0, 1.0), (CROWD - 1, 1.0), (CROWD, 10.0)])
def test_nobody_is_asked_sooner_for_being_in_a_crowd(due: int, longest: float) -> None:
    """A wait is only ever made longer."""
    drawn = [0.0, 1.0]
    spreading = Spreading(lambda: drawn.pop(0))
    spreading.due = due

    assert (spreading.jitter(), spreading.jitter()) == (0.0, longest)
