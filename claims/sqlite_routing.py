"""The statements behind routing: what becomes of an alert at each destination, and why, is kept with it.

Each function runs in the transaction that its caller holds open.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import aiosqlite

from claims import sqlite_alert_rows as alert_rows
from claims import sqlite_rows as rows
from claims.importance import importance
from claims.outgoing import Briefing, Delivery, DeliveryState, Development
from claims.routing import HOUR, STALE, Hold, Route, hushed, route
from claims.showing import UNSEEN, Showing, View, reads_alike
from claims.snoozing import snoozed
from claims.sqlite_wanted import snoozes, subscriptions
from claims.subscriptions import Subscription
from claims.wanting import follows
from claims.workspaces import CONSOLE, Snooze

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

    def route(self, wanted: Subscription, showing: Showing) -> Route:
        if showing.is_unseen(wanted.sees_as):
            return Route(DeliveryState.FILTERED, UNSEEN)
        spent = self.spent.get(wanted.destination, 0)
        return route(wanted, showing.to(wanted.sees_as), self.snoozes, spent, self.now)


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


async def route_new(db: aiosqlite.Connection, showing: Showing, now: datetime) -> None:
    """Route a new alert to every destination."""
    moment = await _moment(db, now)
    await _put(db, moment, moment.subscriptions, showing)


async def route_again(
    db: aiosqlite.Connection,
    was: Showing,
    showing: Showing,
    now: datetime,
    developed: Development | None = None,
    *,
    by_people: str | None = None,
) -> None:
    """Route an alert as it shows since an update, where it shows otherwise.

    One that was filtered is routed anew, one that waits is filtered where it is not wanted any more, and
    one that is posted and not snoozed is edited now. A destination that it was never routed to, since it
    subscribed later, gets it for a claim that it follows and that it newly bears on alone, and from a story
    alone: what people say of the past is no news there. Where it was filtered for a snooze alone, it is told
    after that only if it matters more or something follows it now.

    Args:
        db: the connection.
        was: the alert before.
        showing: the alert now.
        now: when it is routed.
        developed: what follows it, if anything.
        by_people: where people, and no story, brought it: the workspace to which it shows otherwise, or
            `CONSOLE` for every one.

    """
    key = showing.briefing.alert.key
    found = await db.execute_fetchall("select * from deliveries where key = ?", (key,))
    kept = {row["destination"]: alert_rows.delivery(row) for row in found}
    moment = await _moment(db, now)
    differing, alike = _parted(was, showing, moment.subscriptions, by_people)
    await db.execute(
        """
        update deliveries set revision = revision + 1
        where key = ? and destination not in (select value from json_each(?))
        """,
        (key, rows.json_text([each.destination for each in alike])),
    )
    if by_people is None:
        late = [each for each in differing if each.destination not in kept]
        await _put(db, moment, [each for each in late if _newly_follows(each, was, showing)], showing)
    for wanted in differing:
        delivery = kept.get(wanted.destination)
        if delivery and delivery.state is DeliveryState.FILTERED:
            if delivery.next_try_at and not _matters(was, showing, developed, wanted.sees_as):
                continue
            await _change(db, delivery, moment.route(wanted, showing), now)
        elif delivery and delivery.state is DeliveryState.SENT:
            await _stir(db, moment, wanted, delivery, showing)
        elif delivery:
            await refuse(db, wanted, showing, delivery)


def _parted(
    was: Showing, showing: Showing, subscriptions: Sequence[Subscription], by_people: str | None
) -> tuple[list[Subscription], list[Subscription]]:
    """Part destinations into those to which an alert shows otherwise now, and the rest."""
    by_view: defaultdict[View, list[Subscription]] = defaultdict(list)
    for wanted in subscriptions:
        by_view[showing.view(wanted.sees_as)].append(wanted)
    parted: dict[bool, list[Subscription]] = {True: [], False: []}
    for same in by_view.values():
        parted[_differs(was, showing, same[0].sees_as, by_people)] += same
    return parted[True], parted[False]


def _differs(was: Showing, showing: Showing, workspace: str, by_people: str | None) -> bool:
    if by_people is None:
        return not reads_alike(was.to(workspace), showing.to(workspace))
    borne = {link.claim_id for each in (was, showing) for link in each.briefing.alert.links}
    sees = borne - showing.view(workspace).hidden or showing.to(workspace).alert.links
    return by_people in (workspace, CONSOLE) and bool(sees)


def _matters(was: Showing, showing: Showing, developed: Development | None, workspace: str) -> bool:
    """Say whether an update is news to those who snoozed what was told before it."""
    before, now = was.to(workspace), showing.to(workspace)
    grew = importance(now.alert, now.event) > importance(before.alert, before.event)
    return grew or (developed is not None and showing.follows(developed, workspace))


def _newly_follows(wanted: Subscription, was: Showing, showing: Showing) -> bool:
    known = {claim.id for claim in was.to(wanted.sees_as).claims}
    return any(follows(wanted, c) for c in showing.to(wanted.sees_as).claims if c.id not in known)


async def refuse(
    db: aiosqlite.Connection, wanted: Subscription, showing: Showing, delivery: Delivery
) -> None:
    """Filter what is to be posted and is not wanted any more.

    A withdrawn alert that is being sent stays: it may be there, and must then be edited to say so.
    """
    if _can_stop(delivery, showing.to(wanted.sees_as)) and (why := showing.refusal(wanted)):
        await _change(db, delivery, Route(DeliveryState.FILTERED, why))


async def leave_stale(db: aiosqlite.Connection, destination: str, now: datetime) -> None:
    """Hold what waited for too long at a destination that goes on, and filter notices of feeds.

    A digest counts an alert once, whether it is the alert itself that is held or what follows it.
    """
    await db.execute(
        """
        update deliveries set next_try_at = null,
            state = case when key in (select key from notices) then 'filtered' else 'held' end,
            reason = case when key in (select key from notices) then :filtered else :held end
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
    db: aiosqlite.Connection, waiting: Sequence[tuple[Delivery, Showing]], now: datetime
) -> None:
    """Route what waits at one destination anew, in this order, as if nothing of it waited yet."""
    moment = await _moment(db, now)
    wanted = {each.destination: each for each in moment.subscriptions}
    spent = Counter(moment.spent)
    spent.subtract(delivery.destination for delivery, _ in waiting)
    for delivery, showing in waiting:
        routed = replace(moment, spent=spent).route(wanted[delivery.destination], showing)
        await _change(db, delivery, routed, now)
        spent[delivery.destination] += routed.state is DeliveryState.PENDING


async def hush(
    db: aiosqlite.Connection, wanted: Subscription, showing: Showing, delivery: Delivery, now: datetime
) -> None:
    """Filter what is to be posted and is snoozed by now; `delivery` is of an alert or follows one."""
    telling = showing.to(wanted.sees_as)
    silence = snoozed(wanted, telling, await snoozes(db, now, wanted.workspace), now)
    if silence and _can_stop(delivery, telling):
        await _change(db, delivery, hushed(silence, wanted))


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
    db: aiosqlite.Connection, moment: _Moment, destinations: Sequence[Subscription], showing: Showing
) -> None:
    alert = showing.briefing.alert
    await db.executemany(
        _DELIVER,
        [
            _columns(alert.key, wanted.destination, moment.now, alert.revision, moment.route(wanted, showing))
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
    db: aiosqlite.Connection, moment: _Moment, wanted: Subscription, delivery: Delivery, showing: Showing
) -> None:
    """Let a message that waits for the end of a snooze be edited now, unless that keeps all of it silent."""
    if delivery.attempts == 0 and not snoozed(wanted, showing.to(wanted.sees_as), moment.snoozes, moment.now):
        await db.execute(
            "update deliveries set next_try_at = null where key = ? and destination = ?",
            (delivery.key, delivery.destination),
        )
