"""The daily digests: which are due, and raising each of them once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from claims.clock import Clock
from claims.outgoing import Digest
from claims.store import Outbox
from claims.store_workspaces import SubscriptionBook
from claims.subscriptions import Subscription
from claims.when import moment_of

LATE = timedelta(hours=12)
"""A digest that is later than this is left out: the next one is nearer, and begins where the last ended."""
LONGEST = timedelta(days=7)
"""What lies further back is told by no digest: it is news no more."""


def due_digests(
    subscriptions: Sequence[Subscription],
    last: Mapping[str, datetime | None],
    opened_at: datetime | None,
    now: datetime,
) -> list[Digest]:
    """Return the digests whose hour has come, in the order of the subscriptions.

    Each begins where the last one of its destination ended, whatever the hour was then and however long we
    were down, but at most `LONGEST` back; the first covers a local day.

    Args:
        subscriptions: those without a digest hour are passed over.
        last: the end of the last digest by destination, or None for none yet.
        opened_at: when the first story was seen, or None; a day before that has nothing to tell.
        now: the present moment.

    """
    digests = []
    for subscription in subscriptions:
        if subscription.digest is None or opened_at is None:
            continue
        day, until = _latest(subscription.digest, subscription.timezone, subscription.weekdays, now)
        told = last.get(subscription.destination)
        if now - until >= LATE or opened_at >= until or (told and told >= until):
            continue
        day_before = moment_of(day - timedelta(days=1), subscription.digest, subscription.timezone)
        digests.append(
            Digest(
                key=f"digest:{subscription.destination}:{until:%Y-%m-%dT%H:%MZ}",
                destination=subscription.destination,
                since=max(told, until - LONGEST) if told else day_before,
                until=until,
                timezone=subscription.timezone,
            )
        )
    return digests


class Books(Outbox, SubscriptionBook, Protocol):
    """What digests are raised from, and kept in."""


async def raise_digests(store: Books, clock: Clock) -> int:
    """Raise every digest that is due and was not raised before; return how many."""
    now = clock()
    subscriptions = await store.subscriptions()
    last = {each.destination: await store.last_digest(each.destination) for each in subscriptions}
    due = due_digests(subscriptions, last, await store.opened_at(), now)
    return sum([await store.raise_digest(digest, now) for digest in due])


def _latest(
    hour: time, timezone: str, weekdays: Collection[int] | None, now: datetime
) -> tuple[date, datetime]:
    """Return the last local day, of these weekdays, whose digest hour has come, and that moment."""
    day = now.astimezone(ZoneInfo(timezone)).date()
    while (moment := moment_of(day, hour, timezone)) > now or (weekdays and day.weekday() not in weekdays):
        day -= timedelta(days=1)
    return day, moment
