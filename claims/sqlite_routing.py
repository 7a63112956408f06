"""The statements behind routing: what becomes of an alert at each destination, and why, is kept with it.

Each function runs in the transaction that its caller holds open.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import aiosqlite

from claims import sqlite_alert_rows as alert_rows
from claims import sqlite_rows as rows
from claims.model import Evidence
from claims.outgoing import Briefing, Delivery, DeliveryState
from claims.routing import HOUR, STALE, Hold, Route, route
from claims.snoozing import snoozed, snoozed_by
from claims.sqlite_wanted import snoozes, subscriptions
from claims.subscriptions import Subscription
from claims.wanting import follows, refusal
from claims.workspaces import Snooze

_AT_ONCE = Route(DeliveryState.PENDING)
_DELIVER = """
    insert into deliveries (key, destination, raised_at, revision, state, attempts, reason, next_try_at, head)
    values (?, ?, ?, ?, ?, 0, ?, ?, ?) on conflict (key, destination) do nothing
"""


@dataclass(frozen=True, slots=True)
class _Moment:
    """What routing has to know beside an alert."""

    now: datetime
    subscriptions: Sequence[Subscription]
    snoozes: Sequence[Snooze]
    spent: Mapping[str, int]
    """By destination: messages of the last hour, and those that wait."""

    def route(self, wanted: Subscription, telling: Briefing) -> Route:
        return route(wanted, telling, self.snoozes, self.spent.get(wanted.destination, 0), self.now)


async def deliver(
    db: aiosqlite.Connection,
    key: str,
    destination: str,
    at: datetime,
    routed: Route = _AT_ONCE,
    head: str | None = None,
) -> None:
    """Keep what becomes of a digest, notice or development at a destination, unless that is kept already.

    `head` is the key of the alert that a development follows.
    """
    await db.execute(_DELIVER, _columns(key, destination, at, 0, routed, head))


async def route_new(db: aiosqlite.Connection, telling: Briefing, now: datetime) -> None:
    """Route a new alert to every destination."""
    moment = await _moment(db, now)
    await _put(db, moment, moment.subscriptions, telling)


async def route_again(
    db: aiosqlite.Connection, telling: Briefing, newly: Collection[Evidence], now: datetime
) -> None:
    """Route an alert as it reads since an update, where that matters.

    One that was filtered is routed anew, one that waits is filtered where it is not wanted any more, and
    one that is posted and not snoozed is edited now. A destination that it was never routed to, since it
    subscribed later, gets it for a claim that it follows among the `newly` borne ones alone.
    """
    found = await db.execute_fetchall("select * from deliveries where key = ?", (telling.alert.key,))
    kept = {row["destination"]: alert_rows.delivery(row) for row in found}
    fresh = {link.claim_id for link in newly}
    claims = [claim for claim in telling.claims if claim.id in fresh]
    moment = await _moment(db, now)
    late = [each for each in moment.subscriptions if each.destination not in kept]
    following = [each for each in late if any(follows(each, claim) for claim in claims)]
    await _put(db, moment, following, telling)
    for wanted in moment.subscriptions:
        delivery = kept.get(wanted.destination)
        if delivery and delivery.state is DeliveryState.FILTERED:
            await _change(db, delivery, moment.route(wanted, telling), now)
        elif delivery and delivery.state is DeliveryState.SENT:
            await _stir(db, moment, wanted, delivery, telling)
        elif delivery:
            await refuse(db, wanted, telling, delivery)


async def refuse(
    db: aiosqlite.Connection, wanted: Subscription, telling: Briefing, delivery: Delivery
) -> None:
    """Filter what is to be posted and is not wanted any more.

    A withdrawn alert that is being sent stays: it may be there, and must then be edited to say so.
    """
    if _can_stop(delivery, telling) and (why := refusal(wanted, telling)):
        await _change(db, delivery, Route(DeliveryState.FILTERED, why))


async def leave_stale(db: aiosqlite.Connection, destination: str, now: datetime) -> None:
    """Hold the alerts that waited for too long at a destination that goes on, and filter other posts."""
    await db.execute(
        """
        update deliveries set next_try_at = null,
            state = case when key in (select key from alerts) then 'held' else 'filtered' end,
            reason = case when key in (select key from alerts) then :held else :filtered end
        where destination = :destination and state = 'pending' and raised_at <= :stale
            and key not in (select key from digests)
        """,
        {
            "destination": destination,
            "stale": rows.moment_text(now - STALE),
            "held": Hold.PAUSED,
            "filtered": "It was more than a day old when the channel went on.",
        },
    )


async def route_waiting(
    db: aiosqlite.Connection, waiting: Sequence[tuple[Delivery, Briefing]], now: datetime
) -> None:
    """Route what waits at one destination anew, in this order, as if nothing of it waited yet."""
    moment = await _moment(db, now)
    wanted = {each.destination: each for each in moment.subscriptions}
    spent = Counter(moment.spent)
    spent.subtract(delivery.destination for delivery, _ in waiting)
    for delivery, telling in waiting:
        destination = delivery.destination
        routed = route(wanted[destination], telling, moment.snoozes, spent[destination], now)
        await _change(db, delivery, routed, now)
        spent[destination] += routed.state is DeliveryState.PENDING


async def hush(
    db: aiosqlite.Connection, wanted: Subscription, telling: Briefing, delivery: Delivery, now: datetime
) -> None:
    """Filter what is to be posted and is snoozed by now; `delivery` is of an alert or follows one."""
    silence = snoozed(wanted, telling, await snoozes(db, now, wanted.workspace), now)
    if silence and _can_stop(delivery, telling):
        await _change(db, delivery, Route(DeliveryState.FILTERED, snoozed_by(silence, wanted.timezone)))


def _can_stop(delivery: Delivery, telling: Briefing) -> bool:
    being_sent = delivery.state is DeliveryState.SENDING and bool(telling.alert.links)
    return delivery.state is DeliveryState.PENDING or being_sent


async def _moment(db: aiosqlite.Connection, now: datetime) -> _Moment:
    wanted = await subscriptions(db)
    limited = any(each.budget is not None for each in wanted)
    return _Moment(now, wanted, await snoozes(db, now), await _spent(db, now) if limited else {})


async def _spent(db: aiosqlite.Connection, now: datetime) -> dict[str, int]:
    """Count by destination the alerts that were posted in the last hour and those that wait to be."""
    found = await db.execute_fetchall(
        """
        select destination, count(*) from (
            select destination, key from deliveries where posted_at > ?
            union all
            select destination, key from deliveries where due and state != 'sent'
        ) where key in (select key from alerts) group by destination
        """,
        (rows.moment_text(now - HOUR),),
    )
    return {destination: count for destination, count in found}  # noqa: C416 - rows, which dict() takes for mappings


async def _put(
    db: aiosqlite.Connection, moment: _Moment, destinations: Sequence[Subscription], telling: Briefing
) -> None:
    alert = telling.alert
    await db.executemany(
        _DELIVER,
        [
            _columns(alert.key, wanted.destination, moment.now, alert.revision, moment.route(wanted, telling))
            for wanted in destinations
        ],
    )


def _columns(
    key: str, destination: str, at: datetime, revision: int, routed: Route, head: str | None = None
) -> tuple[object, ...]:
    until = rows.moment_or_none(routed.next_try_at)
    return key, destination, rows.moment_text(at), revision, routed.state, routed.reason, until, head


async def _change(
    db: aiosqlite.Connection, delivery: Delivery, routed: Route, now: datetime | None = None
) -> None:
    """Change what becomes of an alert that is not posted; what is told after all is on its way since now."""
    if (delivery.state, delivery.reason, delivery.next_try_at) == (
        routed.state,
        routed.reason,
        routed.next_try_at,
    ):
        return
    await db.execute(
        """
        update deliveries set state = :state, reason = :reason, next_try_at = :next_try_at,
            raised_at = case when state = 'filtered' and :state != 'filtered' then :now else raised_at end
        where key = :key and destination = :destination
        """,
        {
            "key": delivery.key,
            "destination": delivery.destination,
            "state": routed.state,
            "reason": routed.reason,
            "next_try_at": rows.moment_or_none(routed.next_try_at),
            "now": rows.moment_or_none(now),
        },
    )


async def _stir(
    db: aiosqlite.Connection, moment: _Moment, wanted: Subscription, delivery: Delivery, telling: Briefing
) -> None:
    """Let a message that waits for the end of a snooze be edited now, unless that keeps all of it silent."""
    if delivery.attempts == 0 and not snoozed(wanted, telling, moment.snoozes, moment.now):
        await db.execute(
            "update deliveries set next_try_at = null where key = ? and destination = ?",
            (delivery.key, delivery.destination),
        )
