"""Digests of days, weeks and months by the calendars and clocks of many places."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from claims.outgoing import Digest, Period
from claims.subscriptions import Subscription
from tests.support.build import subscription
from watchers.daily import due_digests

OPENED = datetime(2010, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
NEVER: frozenset[int] = frozenset()
DAILY: dict[str, Any] = {}
MONDAYS = {"weekdays": NEVER, "week_on": 0}


def monthly(day: int) -> dict[str, Any]:
    """Return what asks for a digest of the month alone."""
    return {"weekdays": NEVER, "month_on": day}


def moment(text: str) -> datetime:
    """Return an ISO moment of UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def looks(since: str, until: str, every: timedelta) -> Iterator[datetime]:
    """Yield moments at which somebody looks, over a span."""
    now = moment(since)
    while now <= moment(until):
        yield now
        now += every


def told(wanted: Subscription, moments: Iterable[datetime], last: datetime | None = None) -> list[Digest]:
    """Return what is raised by looking at these moments, each told as it is raised; `last` is told before."""
    ends = {(wanted.destination, each): last for each in wanted.periods if last}
    raised = []
    for now in moments:
        for digest in due_digests([wanted], ends, {}, OPENED, now):
            ends[(digest.destination, digest.period)] = digest.until
            raised.append(digest)
    return raised


def spans(digests: list[Digest]) -> list[tuple[str, str]]:
    """Return from when to when each is, in UTC."""
    return [(f"{each.since:%Y-%m-%d %H:%M}", f"{each.until:%Y-%m-%d %H:%M}") for each in digests]


@pytest.mark.parametrize(
    ("zone", "hour", "changes", "now", "since", "until"),
    [
        # quarter and half hours, and the far ends of the calendar
        ("Asia/Kathmandu", "08:00", DAILY, "2026-08-27 02:15", "2026-08-26 02:15", "2026-08-27 02:15"),
        ("America/St_Johns", "08:00", DAILY, "2026-08-27 10:30", "2026-08-26 10:30", "2026-08-27 10:30"),
        ("Pacific/Kiritimati", "08:00", DAILY, "2026-08-26 18:00", "2026-08-25 18:00", "2026-08-26 18:00"),
        ("Pacific/Niue", "08:00", DAILY, "2026-08-27 19:00", "2026-08-26 19:00", "2026-08-27 19:00"),
        # Samoa left out 30 December 2011: the 31st follows the 29th, and its digest is of both
        ("Pacific/Apia", "08:00", DAILY, "2011-12-30 18:00", "2011-12-29 18:00", "2011-12-30 18:00"),
        ("Pacific/Apia", "08:00", monthly(30), "2011-12-30 18:00", "2011-11-30 18:00", "2011-12-30 18:00"),
        # Morocco puts its clocks back for Ramadan and forward after it, in 2026 on 15 February and 22 March
        ("Africa/Casablanca", "08:00", DAILY, "2026-02-15 08:00", "2026-02-14 07:00", "2026-02-15 08:00"),
        ("Africa/Casablanca", "08:00", DAILY, "2026-03-22 07:00", "2026-03-21 08:00", "2026-03-22 07:00"),
        ("Africa/Casablanca", "02:30", DAILY, "2026-03-22 02:30", "2026-03-21 02:30", "2026-03-22 02:30"),
        # half an hour of summer time, both ways
        ("Australia/Lord_Howe", "02:15", DAILY, "2026-10-03 15:45", "2026-10-02 15:45", "2026-10-03 15:45"),
        ("Australia/Lord_Howe", "01:45", DAILY, "2026-04-04 14:45", "2026-04-03 14:45", "2026-04-04 14:45"),
        # clocks that change at midnight: the day begins at one o'clock, or has two hours before its end
        ("Africa/Cairo", "00:00", DAILY, "2026-04-23 22:00", "2026-04-22 22:00", "2026-04-23 22:00"),
        ("America/Havana", "00:30", DAILY, "2026-11-01 04:30", "2026-10-31 04:30", "2026-11-01 04:30"),
        # a local week, over the new year, and over the change of clocks in either direction
        ("UTC", "08:00", MONDAYS, "2027-01-04 08:00", "2026-12-28 08:00", "2027-01-04 08:00"),
        ("Asia/Seoul", "08:00", MONDAYS, "2026-12-27 23:00", "2026-12-20 23:00", "2026-12-27 23:00"),
        ("Europe/Kyiv", "08:00", MONDAYS, "2026-03-30 05:00", "2026-03-23 06:00", "2026-03-30 05:00"),
        ("Europe/Kyiv", "08:00", MONDAYS, "2026-10-26 06:00", "2026-10-19 05:00", "2026-10-26 06:00"),
        # a local month: the last day of a shorter one, 29 February, and a month with a change of clocks
        ("UTC", "08:00", monthly(1), "2026-03-01 08:00", "2026-02-01 08:00", "2026-03-01 08:00"),
        ("UTC", "08:00", monthly(31), "2026-02-28 08:00", "2026-01-31 08:00", "2026-02-28 08:00"),
        ("UTC", "08:00", monthly(31), "2028-02-29 08:00", "2028-01-31 08:00", "2028-02-29 08:00"),
        ("UTC", "08:00", monthly(30), "2028-03-30 08:00", "2028-02-29 08:00", "2028-03-30 08:00"),
        ("UTC", "08:00", monthly(29), "2027-03-29 08:00", "2027-02-28 08:00", "2027-03-29 08:00"),
        ("UTC", "08:00", monthly(31), "2026-05-31 08:00", "2026-04-30 08:00", "2026-05-31 08:00"),
        ("UTC", "08:00", monthly(15), "2027-01-15 08:00", "2026-12-15 08:00", "2027-01-15 08:00"),
        ("Asia/Seoul", "00:00", monthly(1), "2026-08-31 15:00", "2026-07-31 15:00", "2026-08-31 15:00"),
        ("Europe/Kyiv", "08:00", monthly(1), "2026-11-01 06:00", "2026-10-01 05:00", "2026-11-01 06:00"),
    ],
)
def test_a_digest_covers_a_local_day_week_or_month(
    zone: str, hour: str, changes: dict[str, Any], now: str, since: str, until: str
) -> None:
    """It is due at its hour, not a minute earlier, and the first covers what a usual one covers."""
    wanted = subscription(digest=time.fromisoformat(hour), timezone=zone, **changes)
    assert spans(due_digests([wanted], {}, {}, OPENED, moment(now))) == [(since, until)]
    (digest,) = due_digests([wanted], {}, {}, OPENED, moment(now))
    period = Period.MONTH if "month_on" in changes else Period.WEEK if changes else Period.DAY
    assert (digest.period, digest.timezone) == (period, zone)
    before = due_digests([wanted], {}, {}, OPENED, moment(now) - timedelta(minutes=1))
    assert digest.key not in {each.key for each in before}


@pytest.mark.parametrize(
    ("zone", "hour", "since", "until"),
    [
        ("Europe/Berlin", "02:30", "2026-03-26", "2026-04-02"),  # the hour does not exist on 29 March
        ("Europe/Berlin", "02:30", "2026-10-22", "2026-10-29"),  # it exists twice on 25 October
        ("America/St_Johns", "01:30", "2026-10-29", "2026-11-05"),
        ("America/Havana", "00:30", "2026-10-29", "2026-11-05"),
        ("Africa/Cairo", "00:00", "2026-04-21", "2026-04-28"),
        ("Africa/Casablanca", "02:30", "2026-02-12", "2026-02-19"),
        ("Africa/Casablanca", "02:30", "2026-03-19", "2026-03-26"),
        ("Australia/Lord_Howe", "01:45", "2026-04-02", "2026-04-09"),
        ("Antarctica/Troll", "02:00", "2026-03-26", "2026-04-02"),  # two hours at once
        ("America/Sao_Paulo", "00:00", "2018-11-01", "2018-11-08"),  # midnight is left out on 4 November
    ],
)
def test_a_day_with_a_change_of_clocks_has_one_digest(zone: str, hour: str, since: str, until: str) -> None:
    """Whoever looks every ten minutes finds one a day; each begins where the last ended."""
    wanted = subscription(digest=time.fromisoformat(hour), timezone=zone)
    found = told(wanted, looks(f"{since}T12:00", f"{until}T12:00", timedelta(minutes=10)))
    days = [each.until.astimezone(ZoneInfo(zone)).date() for each in found]
    assert len(days) >= 7
    assert all(two - one == DAY for one, two in pairwise(days))
    assert all(one.until == two.since for one, two in pairwise(found))
    assert all(timedelta(hours=22) <= each.until - each.since <= timedelta(hours=26) for each in found)


def test_a_day_that_was_left_out_of_the_calendar_has_no_digest() -> None:
    """Samoa went from 29 to 31 December 2011: 2 days are told by one digest, that of the 31st."""
    wanted = subscription(digest=time(8), timezone="Pacific/Apia")
    found = told(wanted, looks("2011-12-28T20:00", "2012-01-01T20:00", timedelta(minutes=30)))
    assert [each.until.day for each in found] == [28, 29, 30, 31, 1]
    assert all(one.until == two.since for one, two in pairwise(found))


@pytest.mark.parametrize(
    ("changes", "now", "due"),
    [
        # half a day, half a week, half a month
        (DAILY, "2026-08-24T19:59", True),
        (DAILY, "2026-08-24T20:00", False),
        (MONDAYS, "2026-08-27T19:59", True),
        (MONDAYS, "2026-08-27T20:00", False),
        (monthly(1), "2026-09-16T07:59", True),
        (monthly(1), "2026-09-16T08:00", False),
        (monthly(31), "2026-02-14T07:59", True),
        (monthly(31), "2026-02-14T08:00", False),
    ],
)
def test_a_missed_hour_is_made_up_for_until_the_next_is_nearer(
    changes: dict[str, Any], now: str, due: bool
) -> None:
    """A digest that comes late covers what it would have, and one that is left out is told by the next."""
    wanted = subscription(digest=time(8), **changes)
    found = due_digests([wanted], {}, {}, OPENED, moment(now))
    assert bool(found) is due
    assert all(each.until < moment(now) for each in found)


@pytest.mark.parametrize(
    ("changes", "last", "looked", "expected"),
    [
        # up again two hours late, and too late
        (DAILY, "25", ("26 10:00", "27 08:05"), [("25", "26"), ("26", "27")]),
        (DAILY, "25", ("26 21:00", "27 08:05"), [("25", "27")]),
        (DAILY, "20", ("25 23:00", "26 09:00"), [("20", "26")]),
        (MONDAYS, "17", ("26 10:00", "31 08:05"), [("17", "24"), ("24", "31")]),
        (MONDAYS, "10", ("21 10:00", "24 08:05"), [("10", "24")]),
        # Tuesdays and Thursdays
        ({"weekdays": frozenset({1, 3})}, "20", ("26 07:00", "27 08:05"), [("20", "25"), ("25", "27")]),
        ({"weekdays": frozenset({1, 3})}, "20", ("26 09:00", "27 08:05"), [("20", "27")]),
        (monthly(31), "01", ("20 10:00", "31 08:05"), [("01", "31")]),
    ],
)
def test_nothing_is_lost_by_being_down(
    changes: dict[str, Any], last: str, looked: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    """The next digest begins where the last ended, whichever were missed; these are days of August 2026."""
    wanted = subscription(digest=time(8), **changes)
    found = told(wanted, [moment(f"2026-08-{each}") for each in looked], moment(f"2026-08-{last} 08:00"))
    assert [(f"{each.since:%d}", f"{each.until:%d}") for each in found] == expected
    assert {f"{each.until:%H:%M}" for each in found} == {"08:00"}


@pytest.mark.parametrize(
    ("set_at", "now", "due"),
    [
        ("2026-08-27T12:00", "2026-08-27T12:01", False),  # today's hour had passed when it was set
        ("2026-08-27T12:00", "2026-08-28T08:00", True),
        ("2026-08-27T07:59", "2026-08-27T08:00", True),
        ("2026-08-27T08:00", "2026-08-27T08:00", False),
    ],
)
def test_hours_that_had_passed_when_they_were_set_bring_nothing(set_at: str, now: str, due: bool) -> None:
    """Nobody who sets an hour is told at once of a day, a week or a month, as if it had been missed."""
    wanted = subscription(digest=time(8), hours_set_at=moment(set_at))
    assert bool(due_digests([wanted], {}, {}, OPENED, moment(now))) is due


def test_an_hour_that_is_changed_on_the_same_day_leaves_no_gap() -> None:
    """From 20:00 to 08:00 at noon, the next comes in the morning and covers what the evening would have."""
    before = {("console", Period.DAY): moment("2026-08-26T20:00")}
    wanted = subscription(digest=time(8), hours_set_at=moment("2026-08-27T12:00"))
    assert due_digests([wanted], before, {}, OPENED, moment("2026-08-27T20:30")) == []
    assert spans(due_digests([wanted], before, {}, OPENED, moment("2026-08-28T08:00"))) == [
        ("2026-08-26 20:00", "2026-08-28 08:00")
    ]


def test_all_that_fall_together_come_together() -> None:
    """On Monday 1 June 2026 a day, a week and a month end at one hour; each is told, the shortest first."""
    wanted = subscription("discord:1", digest=time(8), week_on=0, month_on=1)
    found = due_digests([wanted], {}, {}, OPENED, moment("2026-06-01T08:00"))
    assert [(each.period, each.key) for each in found] == [
        (Period.DAY, "digest:day:discord:1:2026-06-01T08:00Z"),
        (Period.WEEK, "digest:week:discord:1:2026-06-01T08:00Z"),
        (Period.MONTH, "digest:month:discord:1:2026-06-01T08:00Z"),
    ]
    assert spans(found) == [
        ("2026-05-31 08:00", "2026-06-01 08:00"),
        ("2026-05-25 08:00", "2026-06-01 08:00"),
        ("2026-05-01 08:00", "2026-06-01 08:00"),
    ]


def test_each_period_goes_on_where_it_ended_itself() -> None:
    """That the day was told says nothing of the week."""
    wanted = subscription(digest=time(8), week_on=0)
    before = {("console", Period.DAY): moment("2026-08-24T08:00")}
    (week,) = due_digests([wanted], before, {}, OPENED, moment("2026-08-24T08:05"))
    assert (week.period, week.since) == (Period.WEEK, moment("2026-08-17T08:00"))


def test_a_clock_that_goes_back_brings_nothing_twice() -> None:
    """What was told stays told, and the next comes at its hour."""
    wanted = subscription(digest=time(8), week_on=0)
    moments = (
        "2026-08-24T08:01",
        "2026-08-24T07:30",
        "2026-08-23T08:30",
        "2026-08-24T08:01",
        "2026-08-25T08:01",
    )
    found = told(wanted, map(moment, moments))
    assert [(each.period, each.until.day) for each in found] == [
        (Period.DAY, 24),
        (Period.WEEK, 24),
        (Period.DAY, 25),
    ]


@pytest.mark.parametrize(
    ("changes", "count"),
    [(MONDAYS, 52), (monthly(31), 12), (monthly(1), 12), ({"weekdays": frozenset({0, 3})}, 105)],
)
@pytest.mark.parametrize("zone", ["Europe/Kyiv", "Pacific/Kiritimati", "America/St_Johns"])
def test_a_year_has_no_gap(changes: dict[str, Any], count: int, zone: str) -> None:
    """Whoever looks every five hours finds each week and month of 2026 once, by the local calendar."""
    wanted = subscription(digest=time(8), timezone=zone, **changes)
    found = told(wanted, looks("2025-12-20T00:00", "2027-01-10T00:00", timedelta(hours=5)))
    years = [each.until.astimezone(ZoneInfo(zone)).year for each in found]
    assert years.count(2026) == count
    assert all(one.until == two.since for one, two in pairwise(found))
