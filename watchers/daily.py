"""The daily digests: which are due, and raising each of them once."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from claims.clock import Clock
from claims.outgoing import Digest
from claims.routing import quiet_until
from claims.store_outbox import Outbox
from claims.store_workspaces import SubscriptionBook
from claims.subscriptions import Subscription
from claims.when import moment_of

LATE = timedelta(hours=12)
"""A digest that is later than this is left out: the next one is nearer, and begins where the last ended."""
_WEEK = timedelta(days=7)
"""What lies further back is told by no digest: it is news no more."""
_DAY = timedelta(days=1)


def due_digests(
    subscriptions: Sequence[Subscription],
    last: Mapping[str, datetime | None],
    waiting: Mapping[str, datetime],
    opened_at: datetime | None,
    now: datetime,
) -> list[Digest]:
    """Return the digests that are due, in the order of the subscriptions.

    Each begins where the last one of its destination ended, whatever the hour was then and however long we
    were down, but at most a local week back; the first covers what a usual one covers. Where no digest comes
    by itself, and yet alerts are held for one, a last one is due outside of quiet hours.

    Args:
        subscriptions: those that are paused are passed over.
        last: the end of the last digest by destination, or None for none yet.
        waiting: when the first alert that waits for a digest was raised, by destination.
        opened_at: when the first story was seen, or None; a day before that has nothing to tell.
        now: the present moment.

    """
    digests = []
    for wanted in subscriptions:
        if wanted.paused or opened_at is None:
            continue
        held = waiting.get(wanted.destination)
        if wanted.digest is not None:
            span = _span(wanted, wanted.digest, last.get(wanted.destination), now)
        else:
            span = (max(held, now - _WEEK), now) if held and not quiet_until(wanted, now) else None
        if span is not None and opened_at < span[1]:
            since, until = span
            digests.append(
                Digest(
                    key=f"digest:{wanted.destination}:{until:%Y-%m-%dT%H:%MZ}",
                    destination=wanted.destination,
                    since=since,
                    until=until,
                    timezone=wanted.timezone,
                )
            )
    return digests


class Books(Outbox, SubscriptionBook, Protocol):
    """What digests are raised from, and kept in."""


async def raise_digests(store: Books, clock: Clock) -> int:
    """Raise every digest that is due and was not raised before; return how many."""
    now = clock()
    subscriptions = await store.subscriptions()
    told = [await store.last_digest(each.destination) for each in subscriptions]
    last = {each.destination: each.until for each in told if each}
    due = due_digests(subscriptions, last, await store.held_since(), await store.opened_at(), now)
    return sum([await store.raise_digest(digest, now) for digest in due])


def _span(
    wanted: Subscription, hour: time, told: datetime | None, now: datetime
) -> tuple[datetime, datetime] | None:
    """Return what the digest of this hour covers, or None where it was told or is too late."""
    day = _latest(wanted, hour, now.astimezone(ZoneInfo(wanted.timezone)).date(), now)
    until = moment_of(day, hour, wanted.timezone)
    if now - until >= LATE or (told and told >= until):
        return None
    if told is None:
        return moment_of(_latest(wanted, hour, day - _DAY, now), hour, wanted.timezone), until
    return max(told, moment_of(day - _WEEK, hour, wanted.timezone)), until


def _latest(wanted: Subscription, hour: time, day: date, now: datetime) -> date:
    """Return the last local day up to `day`, of the digest's weekdays, whose digest hour has come."""
    weekdays = wanted.weekdays
    while moment_of(day, hour, wanted.timezone) > now or (weekdays and day.weekday() not in weekdays):
        day -= _DAY
    return day
