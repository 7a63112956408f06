"""How often a feed brings something new."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from claims.feeds import Pulse
from tests.support.build import NOW
from watchers.pulse import beat, items_a_day

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def dates(*hours_ago: float) -> list[datetime]:
    """Return moments so many hours before `NOW`."""
    return [NOW - hours * HOUR for hours in hours_ago]


@pytest.mark.parametrize(
    ("hours_ago", "last", "daily", "gap"),
    [
        ([0], 0, 24, 0),
        ([48], 48, 0.5, 0),
        ([-3], 0, 24, 0),
        ([0, 6, 12, 18, 24], 0, 5, 6),
        ([24, 0, 18], 0, 3, 18),
        ([2, 2, 2], 2, 36, 0),
        ([24 * 30, 24 * 40], 24 * 30, 2 / 40, 24 * 10),
        ([0, 12, 24, 24 * 400], 0, 3, 12),
        ([24 * 400], 24 * 400, 1 / 400, 0),
    ],
)
def test_a_first_document_is_counted_over_the_time_that_it_shows(
    hours_ago: Sequence[float], last: float, daily: float, gap: float
) -> None:
    """Its stories up to now make the days; dates to come count as now, and what is pinned is not counted."""
    pulse = beat(None, dates(*hours_ago), NOW)
    assert pulse is not None
    assert pulse.last_new_at == NOW - last * HOUR
    assert pulse.items_a_day == pytest.approx(daily)
    assert pulse.longest_gap_seconds == gap * 3_600


@pytest.mark.parametrize("before", [None, Pulse(NOW - DAY, 3.0, 3_600.0)])
def test_without_a_new_story_nothing_changes(before: Pulse | None) -> None:
    """Silence is reckoned from the last story, not noted at each visit."""
    assert beat(before, [], NOW) == before


@pytest.mark.parametrize(
    ("hours_ago", "last", "gap"),
    [([20], 20, 10), ([0], 0, 24), ([18, 4], 4, 14), ([30], 24, 10), ([-5], 0, 24)],
)
def test_the_longest_silence_is_remembered(hours_ago: Sequence[float], last: float, gap: float) -> None:
    """It grows with the gaps between stories, and the last story is never in the future nor goes back."""
    pulse = beat(Pulse(NOW - DAY, 3.0, 10 * 3_600.0), dates(*hours_ago), NOW)
    assert pulse is not None
    assert (pulse.last_new_at, pulse.longest_gap_seconds) == (NOW - last * HOUR, gap * 3_600)


@pytest.mark.parametrize(("every", "daily"), [(HOUR, 24), (6 * HOUR, 4), (DAY, 1), (7 * DAY, 1 / 7)])
def test_a_steady_feed_is_known_after_some_weeks(every: timedelta, daily: float) -> None:
    """Whatever was thought at first, the mean comes near to what the feed does."""
    pulse: Pulse | None = Pulse(NOW, 50.0, 60.0)
    moment = NOW
    while moment < NOW + 60 * DAY:
        moment += every
        pulse = beat(pulse, [moment], moment)
    assert pulse is not None
    assert items_a_day(pulse, moment + every / 2) == pytest.approx(daily, rel=0.15)


def test_a_feed_that_falls_silent_fades() -> None:
    """A week makes a third of what a feed was thought to bring, a year nothing."""
    pulse = Pulse(NOW, 30.0, 60.0)
    assert items_a_day(pulse, NOW) == 30
    assert items_a_day(pulse, NOW + 7 * DAY) == pytest.approx(11, abs=0.1)
    assert items_a_day(pulse, NOW + 365 * DAY) < 1e-9
    assert items_a_day(pulse, NOW - DAY) == 30


def test_the_second_story_tells_the_first_pace() -> None:
    """From one story nothing is known, from two how far they are apart."""
    first = beat(None, dates(48), NOW - 2 * DAY)
    second = beat(first, dates(0), NOW)
    assert second == Pulse(NOW, 1.0, 2 * 86_400.0)
