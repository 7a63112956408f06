"""The digests of days, weeks and months: which are due, and raising each of them once."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Protocol
from zoneinfo import ZoneInfo

from claims.clock import Clock
from claims.outgoing import Digest, Period
from claims.routing import quiet_until
from claims.store_outbox import Outbox
from claims.store_workspaces import SubscriptionBook
from claims.subscriptions import Subscription
from claims.when import moment_of

Told = Mapping[tuple[str, Period], datetime]
"""The latest end of the digests by destination and period (`Outbox.told_until`)."""

REACH: Mapping[Period, timedelta] = {
    Period.DAY: timedelta(weeks=2, days=1),
    Period.WEEK: timedelta(weeks=4, days=1),
    Period.MONTH: timedelta(weeks=14),
}
"""How far a digest reaches back at most, where those before it were missed: two weeks, four weeks or a
quarter, with room for the hours that clocks add. What lies further back is news no more."""

_DAY = timedelta(days=1)


def due_digests(
    subscriptions: Sequence[Subscription],
    told: Told,
    waiting: Mapping[str, datetime],
    opened_at: datetime | None,
    now: datetime,
) -> list[Digest]:
    """Return the digests that are due, in the order of the subscriptions, of each the shortest period first.

    Each begins where the last one of its destination and period ended, whatever the hour was then and however
    long we were down, but at most `REACH` back; the first covers what a usual one covers. One whose hour was
    missed is due late for as long as the next is further away than that hour: half a day, half a week or half
    a month, so that no two come close together, and what is left out is told by the next. Where no digest
    comes by itself, and yet alerts are held for one, a last one is due outside of quiet hours.

    Args:
        subscriptions: those that are paused are passed over.
        told: how far each destination was told of each period; nothing for a period that it never was.
        waiting: when the first alert that waits for a digest was raised, by destination.
        opened_at: when the first story was seen, or None; what ends before that has nothing to tell.
        now: the present moment.

    """
    return [
        _digest(wanted, period, since, until)
        for wanted in subscriptions
        if wanted.paused is None
        for period, since, until in _spans(wanted, told, waiting.get(wanted.destination), now)
        if opened_at is not None and opened_at < until
    ]


class Books(Outbox, SubscriptionBook, Protocol):
    """What digests are raised from, and kept in."""


async def raise_digests(store: Books, clock: Clock) -> int:
    """Raise every digest that is due and was not raised before; return how many.

    What is held goes to the first that is raised: of several at one hour, to that of the shortest period.
    """
    now = clock()
    subscriptions, told = await store.subscriptions(), await store.told_until()
    due = due_digests(subscriptions, told, await store.held_since(), await store.opened_at(), now)
    return sum([await store.raise_digest(digest, now) for digest in due])


def _digest(wanted: Subscription, period: Period, since: datetime, until: datetime) -> Digest:
    return Digest(
        key=f"digest:{period}:{wanted.destination}:{until:%Y-%m-%dT%H:%MZ}",
        destination=wanted.destination,
        since=since,
        until=until,
        timezone=wanted.timezone,
        period=period,
    )


def _spans(
    wanted: Subscription, told: Told, held: datetime | None, now: datetime
) -> Iterator[tuple[Period, datetime, datetime]]:
    """Yield what the digests that are due to a destination cover, after `since` and up to `until`."""
    if wanted.digest is None or not wanted.periods:
        if held and not quiet_until(wanted, now):
            yield Period.DAY, max(held, now - REACH[Period.DAY]), now
        return
    for period in wanted.periods:
        if span := _span(wanted, wanted.digest, period, told.get((wanted.destination, period)), now):
            yield period, *span


def _span(
    wanted: Subscription, hour: time, period: Period, told: datetime | None, now: datetime
) -> tuple[datetime, datetime] | None:
    """Return what the digest of the latest hour covers, or None where it was told or is too late."""
    today = now.astimezone(ZoneInfo(wanted.timezone)).date()
    hours = partial(_hours, wanted, hour, period, today)
    until = next(moment for moment in hours(-_DAY) if moment <= now)
    if (told and until <= told) or (wanted.hours_set_at and until <= wanted.hours_set_at):
        return None
    following = next(moment for moment in hours(_DAY) if moment > now)
    if following - now <= now - until:
        return None
    if told:
        return max(told, until - REACH[period]), until
    # Two days have the same hour where a zone left the first of them out of its calendar.
    return next(moment for moment in hours(-_DAY) if moment < until), until


def _hours(
    wanted: Subscription, hour: time, period: Period, day: date, step: timedelta
) -> Iterator[datetime]:
    """Yield the moments at which digests of a period come, from a local day on, forwards or backwards."""
    while True:
        if _falls(wanted, period, day):
            yield moment_of(day, hour, wanted.timezone)
        day += step


def _falls(wanted: Subscription, period: Period, day: date) -> bool:
    """Say whether the digest of a period comes on a day."""
    if period is Period.DAY:
        return wanted.weekdays is None or day.weekday() in wanted.weekdays
    if period is Period.WEEK:
        return day.weekday() == wanted.week_on
    _first, days = monthrange(day.year, day.month)
    return wanted.month_on is not None and day.day == min(wanted.month_on, days)
