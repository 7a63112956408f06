"""Which digests are due."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from claims.outgoing import Digest, Period
from claims.subscriptions import Subscription
from tests.support.build import at, claim, feed, member, outcome, subscription, visit
from tests.support.stores import open_store
from watchers.daily import due_digests, raise_digests

OPENED = datetime(2020, 1, 1, tzinfo=UTC)


def moment(text: str) -> datetime:
    """Return an ISO moment of UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def due(
    now: str,
    hour: str = "08:00",
    timezone: str = "UTC",
    opened: datetime | None = OPENED,
    last: datetime | None = None,
    **changes: Any,
) -> list[Digest]:
    """Return what is due for one destination at a moment."""
    wanted = subscription("console", digest=time.fromisoformat(hour), timezone=timezone, **changes)
    told = {("console", Period.DAY): last} if last else {}
    return due_digests([wanted], told, {}, opened, moment(now))


@pytest.mark.parametrize(
    ("now", "hour", "timezone", "since", "until"),
    [
        ("2026-08-27T08:00", "08:00", "UTC", "2026-08-26T08:00", "2026-08-27T08:00"),
        ("2026-08-27T19:59", "08:00", "UTC", "2026-08-26T08:00", "2026-08-27T08:00"),
        # just after midnight, the hour of yesterday evening
        ("2026-08-27T00:10", "23:30", "UTC", "2026-08-25T23:30", "2026-08-26T23:30"),
        # Seoul is a day ahead of UTC in its morning
        ("2026-08-26T23:05", "08:00", "Asia/Seoul", "2026-08-25T23:00", "2026-08-26T23:00"),
        # clocks put forward on 29 March 2026: the hour 02:30 is skipped, the day has 23 hours
        ("2026-03-29T02:00", "02:30", "Europe/Berlin", "2026-03-28T01:30", "2026-03-29T01:30"),
        ("2026-03-30T01:00", "02:30", "Europe/Berlin", "2026-03-29T01:30", "2026-03-30T00:30"),
        # clocks put back on 25 October 2026: of two hours 02:30 the first counts, the day has 25 hours
        ("2026-10-25T00:30", "02:30", "Europe/Berlin", "2026-10-24T00:30", "2026-10-25T00:30"),
        ("2026-10-25T01:45", "02:30", "Europe/Berlin", "2026-10-24T00:30", "2026-10-25T00:30"),
        ("2026-10-26T01:30", "02:30", "Europe/Berlin", "2026-10-25T00:30", "2026-10-26T01:30"),
    ],
)
def test_a_digest_covers_the_day_up_to_its_local_hour(
    now: str, hour: str, timezone: str, since: str, until: str
) -> None:
    """The key names destination and end; a first digest covers the local day before its hour."""
    [digest] = due(now, hour, timezone)
    assert digest == Digest(
        key=f"digest:day:console:{until}Z",
        destination="console",
        since=moment(since),
        until=moment(until),
        timezone=timezone,
    )


@pytest.mark.parametrize(
    ("now", "opened"),
    [
        ("2026-08-27T07:59", OPENED),  # the last hour was 24 hours ago
        ("2026-08-27T20:00", OPENED),  # 12 hours late
        ("2026-08-27T08:30", None),  # nothing was ever seen
        ("2026-08-27T08:30", moment("2026-08-27T08:00")),  # opened after the day it would cover
        ("2026-08-27T08:30", moment("2026-08-27T08:15")),
    ],
)
def test_no_digest_is_due(now: str, opened: datetime | None) -> None:
    """Too early, too late, or before there was anything to tell."""
    assert due(now, opened=opened) == []


@pytest.mark.parametrize(
    ("now", "hour", "last", "since"),
    [
        ("2026-08-27T08:00", "08:00", "2026-08-26T08:00", "2026-08-26T08:00"),
        ("2026-08-27T20:00", "20:00", "2026-08-27T08:00", "2026-08-27T08:00"),  # the hour was 08:00
        ("2026-08-27T08:00", "08:00", "2026-08-26T20:00", "2026-08-26T20:00"),  # the hour was 20:00
        ("2026-08-27T08:00", "08:00", "2026-08-25T08:00", "2026-08-25T08:00"),  # down for a day
        ("2026-08-27T08:00", "08:00", "2026-06-01T08:00", "2026-08-12T08:00"),  # down for a summer
        ("2026-08-27T08:00", "08:00", "2026-08-27T08:00", None),  # raised already
        ("2026-08-27T08:30", "08:00", "2026-08-27T08:15", None),  # the hour was later
    ],
)
def test_a_digest_begins_where_the_last_one_ended(now: str, hour: str, last: str, since: str | None) -> None:
    """Another hour or a time of being down leaves no gap and tells nothing twice, up to two weeks back."""
    found = due(now, hour, last=moment(last))
    assert [digest.since for digest in found] == ([moment(since)] if since else [])


async def test_digests_are_raised_from_what_the_store_remembers(tmp_path: Path) -> None:
    """The store knows what the last digest told, also after the hour was changed."""
    store = await open_store(tmp_path / "claimwatch.db")
    try:
        await store.sync_feeds([feed()])
        await store.sync_claims([claim()])
        for hour, now, raised in ((8, "08:01", 1), (8, "08:02", 0), (20, "20:01", 1), (20, "20:02", 0)):
            await store.sync_subscriptions([subscription("console", digest=time(hour))])
            if not await store.opened_at():
                await store.record_visit(visit(outcome(member(seen_at=OPENED))))
            clock = moment(f"2026-08-27T{now}")
            assert await raise_digests(store, lambda clock=clock: clock) == raised
        kept = await store.digest("digest:day:console:2026-08-27T20:00Z")
    finally:
        await store.close()
    assert kept is not None
    assert kept.since == moment("2026-08-27T08:00")


def test_every_subscription_has_its_own_digest() -> None:
    """Each destination is served at its hour; those without an hour are passed over."""
    subscriptions: list[Subscription] = [
        subscription("console"),
        subscription("discord:1", "containers-2023", digest=time(8), timezone="UTC"),
        subscription("slack:C1", digest=time(17), timezone="Asia/Seoul"),
        subscription("slack:C2", digest=time(9), timezone="UTC"),
    ]
    digests = due_digests(subscriptions, {}, {}, OPENED, moment("2026-08-27T08:30"))
    assert [digest.destination for digest in digests] == ["discord:1", "slack:C1"]


def test_a_paused_channel_has_no_digest_until_it_goes_on() -> None:
    """The first after the pause begins where the last before it ended, instead of one for each day."""
    wanted = subscription(digest=time(8), paused="Sample pause")
    last, now = {("console", Period.DAY): moment("2026-08-24T08:00")}, moment("2026-08-27T08:30")
    assert due_digests([wanted], last, {}, OPENED, now) == []
    [digest] = due_digests([replace(wanted, paused=None)], last, {}, OPENED, now)
    assert (digest.since, digest.until) == (*last.values(), moment("2026-08-27T08:00"))


@pytest.mark.parametrize(
    ("weekdays", "now", "until"),
    [
        ({0, 3}, "2026-08-24T08:01", "2026-08-24T08:00"),  # a Monday
        ({0, 3}, "2026-08-27T08:01", "2026-08-27T08:00"),
        ({0, 3}, "2026-08-25T19:59", "2026-08-24T08:00"),  # half way to Thursday
        ({0, 3}, "2026-08-25T20:00", None),
        ({4}, "2026-08-27T23:30", "2026-08-27T23:00"),  # Friday at 08:00 in Seoul
        (None, "2026-08-25T08:01", "2026-08-25T08:00"),
        (set(), "2026-08-25T08:01", None),
    ],
)
def test_a_digest_comes_on_its_weekdays(weekdays: set[int] | None, now: str, until: str | None) -> None:
    """The day is that of the local hour; nothing said means every day, and no day means none."""
    zone = "Asia/Seoul" if "23:" in now else "UTC"
    found = due(now, timezone=zone, weekdays=None if weekdays is None else frozenset(weekdays))
    assert [digest.until for digest in found] == ([moment(until)] if until else [])


@pytest.mark.parametrize(
    ("last", "since"),
    [
        (None, "2026-10-18T06:00"),  # the first covers what a usual one covers
        ("2026-10-18T06:00", "2026-10-18T06:00"),
        ("2026-10-11T06:00", "2026-10-11T06:00"),  # one was missed
        ("2026-09-01T06:00", "2026-10-10T07:00"),
    ],
)
def test_a_weekly_digest_has_the_hour_that_clocks_repeat(last: str | None, since: str) -> None:
    """The week in which summer time ends, on 25 October 2026, is an hour longer, and all of it is told."""
    told = moment(last) if last else None
    [digest] = due("2026-10-25T07:00", timezone="Europe/Berlin", last=told, weekdays=frozenset({6}))
    assert (digest.since, digest.until) == (moment(since), moment("2026-10-25T07:00"))


@pytest.mark.parametrize(
    ("now", "changes", "since"),
    [
        ("2026-08-27T10:30", {}, "2026-08-27T01:00"),
        ("2026-09-27T10:30", {}, "2026-09-12T10:30"),  # nothing lies further back than two weeks
        ("2026-08-27T10:30", {"quiet": (time(10), time(11))}, None),
        ("2026-08-27T10:30", {"paused": "Sample pause"}, None),
        ("2026-08-27T10:30", {"digest": time(12)}, None),  # it comes at its hour
    ],
)
def test_what_waits_where_no_digest_comes_any_more_has_a_last_one(
    now: str, changes: dict[str, Any], since: str | None
) -> None:
    """Taken off, or never there, a digest still tells what was held for it, when the channel may be told."""
    wanted = subscription(**changes)
    last = {("console", Period.DAY): moment("2026-08-26T12:00")}
    waiting = {"console": moment("2026-08-27T01:00")}
    found = due_digests([wanted], last, waiting, OPENED, moment(now))
    assert [(each.since, each.until) for each in found] == ([(moment(since), moment(now))] if since else [])


async def test_the_last_digest_takes_what_was_held(tmp_path: Path) -> None:
    """It is raised once, and no alert waits for a digest that never comes."""
    store = await open_store(tmp_path / "claimwatch.db")
    try:
        await store.sync_feeds([feed()])
        await store.sync_claims([claim()])
        held = subscription(quiet=(time(11), time(12)), digest=time(13))
        await store.subscribe(held)
        await store.record_visit(visit(outcome(member())))
        await store.subscribe(replace(held, digest=None))
        raised = [await raise_digests(store, lambda minutes=minutes: at(minutes)) for minutes in (9, 50, 51)]
        assert raised == [0, 1, 0]
        assert [
            len(await store.held("console", key)) for key in (None, "digest:day:console:2024-08-27T12:03Z")
        ] == [0, 1]
    finally:
        await store.close()


@pytest.mark.parametrize(
    ("weekdays", "expected"),
    [(None, {Period.DAY: 1, Period.WEEK: 0}), (frozenset(), {Period.WEEK: 1})],
    ids=["daily", "weekly alone"],
)
async def test_what_is_held_goes_to_one_digest(
    tmp_path: Path, weekdays: frozenset[int] | None, expected: dict[Period, int]
) -> None:
    """Where a day's and a week's come at one hour, the day's takes it; without a daily one the next does."""
    store = await open_store(tmp_path / "claimwatch.db")
    try:
        await store.sync_feeds([feed()])
        await store.sync_claims([claim()])
        await store.subscribe(subscription(quiet=(time(11), time(12)), digest=time(13)))
        await store.record_visit(visit(outcome(member())))
        await store.subscribe(subscription(digest=time(12), week_on=1, weekdays=weekdays))
        assert await raise_digests(store, lambda: at(60)) == len(expected)
        counts = {
            period: len(await store.held("console", f"digest:{period}:console:2024-08-27T12:00Z"))
            for period in expected
        }
    finally:
        await store.close()
    assert counts == expected


def test_a_year_of_days_in_a_zone_with_changes_has_no_gap() -> None:
    """Where one digest ends the next begins, every day of a year, and none is missed or made twice."""
    now, seen = moment("2026-01-01T12:00"), {}
    for _ in range(365 * 8):
        now += timedelta(hours=3)
        for digest in due(now.replace(tzinfo=None).isoformat(), "02:30", "America/New_York"):
            seen[digest.key] = digest
    days = list(seen.values())
    assert len(days) == 366  # 1 January 2026 to 1 January 2027
    assert all(one.until == two.since for one, two in pairwise(days))
