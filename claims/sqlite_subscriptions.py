"""What destinations want, in SQLite: `claims.store_workspaces.SubscriptionBook`."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

import aiosqlite

from claims import sqlite_alert_rows as alert_rows
from claims import sqlite_rows as rows
from claims.errors import NotFound
from claims.outgoing import Delivery, DeliveryState
from claims.routing import Hold, quiet_until
from claims.sqlite_database import Database
from claims.sqlite_events import keys, one, showing, waiting
from claims.sqlite_routing import leave_stale, refuse, route_waiting
from claims.sqlite_wanted import subscription_columns, subscriptions
from claims.subscriptions import Subscription
from claims.workspaces import OURSELVES

_ALERT = "select 1 from alerts where key = ?"


class SQLiteSubscriptionBook(Database):
    """See `claims.store_workspaces.SubscriptionBook`."""

    async def sync_subscriptions(self, subscriptions: Sequence[Subscription]) -> None:
        """See `claims.store_workspaces.SubscriptionBook`."""
        async with self._writing() as db:
            await db.execute(
                """
                delete from subscriptions
                where not by_people and destination not in (select value from json_each(?))
                """,
                (keys(each.destination for each in subscriptions),),
            )
            await db.executemany(
                """
                insert into subscriptions
                    (destination, workspace, by_people, paused, paused_by, paused_until, document)
                values (:destination, :workspace, :by_people, :paused, :paused_by, :paused_until, :document)
                on conflict (destination) do update
                    set document = excluded.document, changed = changed or document != excluded.document
                    where not by_people
                """,
                [subscription_columns(replace(each, by_people=False)) for each in subscriptions],
            )
            await _settle(db)

    async def subscriptions(self, workspace: str | None = None) -> list[Subscription]:
        """See `claims.store_workspaces.SubscriptionBook`."""
        async with self._reading() as db:
            return await subscriptions(db, workspace)

    async def subscribe(self, subscription: Subscription) -> None:
        """See `claims.store_workspaces.SubscriptionBook`."""
        async with self._writing() as db:
            await _keep(db, replace(subscription, by_people=True))
            await _settle(db)

    async def unsubscribe(self, destination: str) -> None:
        """See `claims.store_workspaces.SubscriptionBook`."""
        async with self._writing() as db:
            changed = await db.execute(
                "update subscriptions set removed = 1, by_people = 1 where destination = ? and not removed",
                (destination,),
            )
            if not changed.rowcount:
                raise NotFound(f"{destination} has no subscription\nwatch list names those there are")
            await _settle(db)

    async def pause(
        self, destination: str, why: str, *, by: str = OURSELVES, until: datetime | None = None
    ) -> bool:
        """See `claims.store_workspaces.SubscriptionBook`."""
        async with self._writing() as db:
            paused = await db.execute(
                """
                update subscriptions set paused = :why, paused_by = :by, paused_until = :until
                where destination = :destination and not removed and (paused is null or :by != :ours)
                """,
                {
                    "destination": destination,
                    "why": why,
                    "by": by,
                    "until": rows.moment_or_none(until),
                    "ours": OURSELVES,
                },
            )
            return bool(paused.rowcount)

    async def resume(self, destination: str, now: datetime) -> None:
        """See `claims.store_workspaces.SubscriptionBook`."""
        async with self._writing() as db:
            await _resume(db, destination, now)

    async def catch_up(self, now: datetime) -> None:
        """See `claims.store_workspaces.SubscriptionBook`."""
        query = (
            "select destination, paused, paused_until <= ? as ended from subscriptions where changed or ended"
        )
        moment = (rows.moment_text(now),)
        async with self._reading() as db:
            if not await one(db, query, *moment):
                return  # as nearly always: the file is not locked for nothing
        async with self._writing() as db:
            for row in await db.execute_fetchall(query, moment):
                if row["ended"]:
                    await _resume(db, row["destination"], now)
                elif row["paused"] is None:
                    await _route_again(db, row["destination"], now)
            await db.execute("update subscriptions set changed = 0 where changed")

    async def postpone(self, delivery: Delivery, now: datetime) -> None:
        """See `claims.store_workspaces.SubscriptionBook`."""
        async with self._writing() as db:
            wanted = {each.destination: each for each in await subscriptions(db)}.get(delivery.destination)
            until = wanted and quiet_until(wanted, now)
            if not until:
                return
            if delivery.state is DeliveryState.PENDING and await one(db, _ALERT, delivery.key):
                await route_waiting(db, [(delivery, await showing(db, delivery.key))], now)
                return
            await db.execute(
                """
                update deliveries set next_try_at = ?, reason = ?
                where key = ? and destination = ? and state in ('pending', 'sending')
                """,
                (rows.moment_text(until), Hold.QUIET, delivery.key, delivery.destination),
            )

    async def place(self, destinations: Collection[str], workspace: str) -> None:
        """See `claims.store_workspaces.SubscriptionBook`."""
        async with self._writing() as db:
            await db.execute(
                """
                update subscriptions set workspace = ?
                where destination in (select value from json_each(?)) and workspace != ?
                """,
                (workspace, keys(destinations), workspace),
            )


async def _keep(db: aiosqlite.Connection, wanted: Subscription) -> None:
    await db.execute(
        """
        insert into subscriptions
            (destination, workspace, by_people, paused, paused_by, paused_until, document)
        values (:destination, :workspace, :by_people, :paused, :paused_by, :paused_until, :document)
        on conflict (destination) do update set workspace = excluded.workspace, removed = 0,
            by_people = excluded.by_people, paused = excluded.paused, paused_by = excluded.paused_by,
            paused_until = excluded.paused_until, document = excluded.document,
            changed = changed or document != excluded.document
        """,
        subscription_columns(wanted),
    )


async def _resume(db: aiosqlite.Connection, destination: str, now: datetime) -> None:
    resumed = await db.execute(
        """
        update subscriptions set paused = null, paused_by = null, paused_until = null
        where destination = ? and paused is not null
        """,
        (destination,),
    )
    if resumed.rowcount:
        await leave_stale(db, destination, now)
        await _route_again(db, destination, now)


async def _route_again(db: aiosqlite.Connection, destination: str, now: datetime) -> None:
    """Route the alerts that wait at a destination anew; other posts that wait for quiet hours are due."""
    found = await db.execute_fetchall(
        """
        select deliveries.* from deliveries join alerts using (key)
        where destination = ? and state = 'pending' order by deliveries.raised_at, serial
        """,
        (destination,),
    )
    waits = [alert_rows.delivery(row) for row in found]
    await route_waiting(db, [(each, await showing(db, each.key)) for each in waits], now)
    await db.execute(
        """
        update deliveries set next_try_at = null, reason = ''
        where destination = ? and state in ('pending', 'sending') and reason = ?
            and key not in (select key from alerts where deliveries.state = 'pending')
        """,
        (destination, Hold.QUIET),
    )


async def _settle(db: aiosqlite.Connection) -> None:
    """Drop what is not posted and has no subscription, and filter alerts that are not wanted any more."""
    await db.execute(
        """
        delete from deliveries where state not in ('sent', 'failed')
            and destination not in (select destination from subscriptions where not removed)
        """
    )
    wanted = {each.destination: each for each in await subscriptions(db)}
    for telling, delivery in await waiting(db):
        if delivery.head is None:
            await refuse(db, wanted[delivery.destination], telling, delivery)
