"""What destinations want, in SQLite: `claims.store_workspaces.SubscriptionBook`."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

import aiosqlite

from claims import sqlite_alert_rows as alert_rows
from claims.errors import NotFound
from claims.sqlite_database import Database
from claims.sqlite_events import keys, showing, waiting
from claims.sqlite_routing import leave_stale, refuse, route_waiting
from claims.sqlite_wanted import subscription_columns, subscriptions
from claims.subscriptions import Subscription


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
                insert into subscriptions (destination, workspace, by_people, paused, document)
                values (:destination, :workspace, :by_people, :paused, :document)
                on conflict (destination) do update set document = excluded.document where not by_people
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

    async def pause(self, destination: str, why: str) -> None:
        """See `claims.store_workspaces.SubscriptionBook`."""
        async with self._writing() as db:
            await db.execute(
                "update subscriptions set paused = ? where destination = ? and not removed",
                (why, destination),
            )

    async def resume(self, destination: str, now: datetime) -> None:
        """See `claims.store_workspaces.SubscriptionBook`."""
        async with self._writing() as db:
            resumed = await db.execute(
                "update subscriptions set paused = null where destination = ? and paused is not null",
                (destination,),
            )
            if resumed.rowcount:
                await leave_stale(db, destination, now)
                found = await db.execute_fetchall(
                    """
                    select deliveries.* from deliveries join alerts using (key)
                    where destination = ? and state = 'pending' order by deliveries.raised_at, serial
                    """,
                    (destination,),
                )
                waiting = [alert_rows.delivery(row) for row in found]
                await route_waiting(db, [(each, await showing(db, each.key)) for each in waiting], now)

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
        insert into subscriptions (destination, workspace, by_people, paused, document)
        values (:destination, :workspace, :by_people, :paused, :document)
        on conflict (destination) do update set workspace = excluded.workspace, removed = 0,
            by_people = excluded.by_people, paused = excluded.paused, document = excluded.document
        """,
        subscription_columns(wanted),
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
