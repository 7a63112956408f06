"""What holds of digests in every time zone, whenever somebody looks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.outgoing import Digest, Period
from claims.subscriptions import Subscription
from tests.support.build import subscription
from watchers.daily import REACH, due_digests

OPENED = datetime(2011, 1, 1, tzinfo=UTC)
SEEN = OPENED - timedelta(weeks=100)
SPARE = timedelta(hours=26)
"""What a change of clocks or of the calendar takes from a digest, or adds to it."""
USUAL = {Period.DAY: 7, Period.WEEK: 7, Period.MONTH: 31}
"""Days that the first digest covers at most: a daily one may come on one weekday alone."""

hours = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
wanted_digests = st.builds(
    lambda hour, zone, weekdays, week_on, month_on: subscription(
        digest=hour, timezone=zone, weekdays=weekdays, week_on=week_on, month_on=month_on
    ),
    hours,
    st.sampled_from(sorted(available_timezones())),
    st.none() | st.frozensets(st.integers(0, 6)),
    st.none() | st.integers(0, 6),
    st.none() | st.integers(1, 31),
)
steps = st.integers(-3 * 1440, 50 * 1440) | st.integers(-120, 1440)
"""Minutes from one look to the next: the clock may go back, and nobody may look for weeks."""
begins = st.integers(0, 20 * 365 * 1440).map(lambda minutes: OPENED + timedelta(minutes=minutes))


def raised(
    wanted: Sequence[Subscription], begin: datetime, waits: Sequence[int]
) -> list[tuple[datetime, Digest]]:
    """Return what is raised by looking time and again, and when; each look finds the next subscription."""
    ends: dict[tuple[str, Period], datetime] = {}
    found, now = [], begin
    for number, minutes in enumerate(waits):
        now += timedelta(minutes=minutes)
        for digest in due_digests([wanted[number % len(wanted)]], ends, {}, SEEN, now):
            ends[(digest.destination, digest.period)] = digest.until
            found.append((now, digest))
    return found


@settings(max_examples=150, deadline=None)
@given(st.lists(wanted_digests, min_size=1, max_size=3), begins, st.lists(steps, min_size=3, max_size=25))
def test_spans_neither_overlap_nor_leave_a_gap(
    wanted: Sequence[Subscription], begin: datetime, waits: Sequence[int]
) -> None:
    """Each begins where the last of its period ended, or as far back as it reaches; none comes twice."""
    found = raised(wanted, begin, waits)
    for period in (Period.DAY, Period.WEEK, Period.MONTH):
        spans = [digest for _now, digest in found if digest.period is period]
        assert all(each.since < each.until for each in spans)
        assert all(each.until - each.since <= REACH[period] for each in spans)
        for one, two in pairwise(spans):
            assert one.until <= two.since
            assert two.since == one.until or two.since == two.until - REACH[period]
        for first in spans[:1]:
            assert first.until - first.since <= timedelta(days=USUAL[period]) + SPARE
    assert all(digest.until <= now for now, digest in found)
    keys = [digest.key for _now, digest in found]
    assert len(keys) == len(set(keys))


@settings(max_examples=60, deadline=None)
@given(wanted_digests, begins, st.lists(st.integers(1, 360), min_size=40, max_size=80))
def test_whoever_looks_often_misses_none(wanted: Subscription, begin: datetime, waits: Sequence[int]) -> None:
    """Somebody who looks every few hours finds each digest soon after its hour, in every zone."""
    wanted = replace(wanted, weekdays=None)
    spans = [(now, digest) for now, digest in raised([wanted], begin, waits) if digest.period is Period.DAY]
    for (_, one), (now, two) in pairwise(spans):
        assert one.until == two.since
        assert now - two.until <= timedelta(hours=6)
        assert timedelta(hours=22) <= two.until - one.until <= timedelta(hours=26)
    last = spans[-1][1].until if spans else begin
    assert begin + timedelta(minutes=sum(waits)) - last <= timedelta(hours=32)
