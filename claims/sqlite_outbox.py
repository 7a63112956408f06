"""What is to be posted and how it went, in SQLite: `claims.store_outbox.Outbox`."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from claims import sqlite_alert_rows as alert_rows
from claims import sqlite_developments
from claims import sqlite_rows as rows
from claims.outgoing import Delivery, DeliveryState, Development, Digest, Held, Period
from claims.reckoning import TOLD, Reckoning, reckon
from claims.sqlite_database import Database
from claims.sqlite_events import keys, one, showing
from claims.sqlite_routing import deliver
from claims.sqlite_wanted import subscriptions


class SQLiteOutbox(Database):
    """See `claims.store_outbox.Outbox`."""

    async def raise_digest(self, digest: Digest, raised_at: datetime) -> bool:
        """See `claims.store_outbox.Outbox`."""
        async with self._writing() as db:
            inserted = await db.execute(
                """
                insert into digests (key, destination, since, until, timezone, period, raised_at)
                select :key, :destination, :since, :until, :timezone, :period, :raised_at
                where :destination in (select destination from subscriptions where not removed)
                on conflict (key) do nothing
                """,
                alert_rows.digest_columns(replace(digest, raised_at=raised_at)),
            )
            if inserted.rowcount:
                await deliver(db, digest.key, digest.destination, raised_at)
                await db.execute(
                    """
                    update deliveries set digest = ?
                    where destination = ? and state = 'held' and digest is null
                    """,
                    (digest.key, digest.destination),
                )
            return bool(inserted.rowcount)

    async def digest(self, key: str) -> Digest | None:
        """See `claims.store_outbox.Outbox`."""
        async with self._reading() as db:
            row = await one(db, "select * from digests where key = ?", key)
        return None if row is None else alert_rows.digest(row)

    async def held(self, destination: str, digest: str | None = None) -> list[Held]:
        """See `claims.store_outbox.Outbox`."""
        async with self._reading() as db:
            found = await db.execute_fetchall(
                """
                select alerts.key, min(deliveries.reason) as held_for
                from deliveries join alerts on alerts.key = coalesce(head, deliveries.key)
                where destination = ? and digest is ? and state = 'held'
                group by alerts.key order by min(deliveries.raised_at), min(serial)
                """,
                (destination, digest),
            )
            seen = [(row, await showing(db, row["key"])) for row in found]
            wanted = {each.destination: each for each in await subscriptions(db)}.get(destination)
        if wanted is None:
            return []
        return [
            Held(shown.to(wanted.sees_as).alert, row["held_for"])
            for row, shown in seen
            if not shown.refusal(wanted)
        ]

    async def held_since(self) -> dict[str, datetime]:
        """See `claims.store_outbox.Outbox`."""
        async with self._reading() as db:
            found = await db.execute_fetchall(
                """
                select destination, min(deliveries.raised_at) as since
                from deliveries join alerts on alerts.key = coalesce(head, deliveries.key)
                where destination in (select destination from subscriptions where not removed)
                    and state = 'held' and digest is null and alerts.links != '[]'
                group by destination
                """
            )
            return {row["destination"]: datetime.fromisoformat(row["since"]) for row in found}

    async def reckoned(
        self, since: datetime, until: datetime, silent: Collection[str] = ()
    ) -> dict[str, Reckoning]:
        """See `claims.store_outbox.Outbox`."""
        async with self._reading() as db:
            seen = await db.execute_fetchall(
                """
                select case when stories.reason in (select value from json_each(?))
                    and id not in (select value from json_each(?)) then alerts.key end told
                from stories left join alerts using (event_id)
                where seen_at > ? and seen_at <= ? and not backlog
                """,
                (keys(TOLD), keys(silent), rows.moment_text(since), rows.moment_text(until)),
            )
            told = [row["told"] for row in seen]
            found = await db.execute_fetchall(
                "select * from deliveries where key in (select value from json_each(?))",
                (keys({key for key in told if key}),),
            )
            wanted = await subscriptions(db)
        return reckon(told, map(alert_rows.delivery, found), [each.destination for each in wanted], since)

    async def last_digest(self, destination: str) -> Digest | None:
        """See `claims.store_outbox.Outbox`."""
        async with self._reading() as db:
            row = await one(
                db,
                """
                select * from digests
                where destination = ? and not exists (
                    select 1 from deliveries where deliveries.key = digests.key and state = 'filtered'
                )
                order by until desc, key limit 1
                """,
                destination,
            )
        return None if row is None else alert_rows.digest(row)

    async def told_until(self) -> dict[tuple[str, Period], datetime]:
        """See `claims.store_outbox.Outbox`."""
        async with self._reading() as db:
            found = await db.execute_fetchall(
                "select destination, period, max(until) as until from digests group by destination, period"
            )
            return {
                (row["destination"], Period(row["period"])): datetime.fromisoformat(row["until"])
                for row in found
            }

    async def opened_at(self) -> datetime | None:
        """See `claims.store_outbox.Outbox`."""
        async with self._reading() as db:
            row = await one(db, "select seen_at from stories order by seen_at limit 1")
        return None if row is None else datetime.fromisoformat(row["seen_at"])

    async def due_deliveries(self, now: datetime) -> list[Delivery]:
        """See `claims.store_outbox.Outbox`."""
        async with self._reading() as db:
            found = await db.execute_fetchall(
                """
                select * from deliveries
                where due and (next_try_at is null or next_try_at <= ?)
                    and destination in (
                        select destination from subscriptions
                        where not removed and paused is null
                    )
                    and (head is null or (
                        exists (
                            select 1 from deliveries told
                            where told.key = deliveries.head and told.destination = deliveries.destination
                                and told.state = 'sent' and told.receipt is not null
                        )
                        and not exists (
                            select 1 from deliveries earlier
                            where earlier.head = deliveries.head
                                and earlier.destination = deliveries.destination
                                and earlier.serial < deliveries.serial and earlier.due
                        )
                    ))
                order by raised_at, destination, serial
                """,
                (rows.moment_text(now),),
            )
            return [alert_rows.delivery(row) for row in found]

    async def record_delivery(self, delivery: Delivery) -> bool:
        """See `claims.store_outbox.Outbox`."""
        async with self._writing() as db:
            updated = await db.execute(
                """
                update deliveries set state = :state, attempts = :attempts,
                    next_try_at = case when :attempts = 0 and revision > :revision then null
                        else :next_try_at end,
                    receipt = :receipt, sent_revision = :sent_revision, error = :error, reason = :reason,
                    posted_at = :posted_at
                where key = :key and destination = :destination
                    and not (state in ('held', 'filtered') and :state not in ('sent', 'filtered'))
                """,
                alert_rows.delivery_columns(delivery),
            )
            if updated.rowcount and delivery.state is DeliveryState.FAILED:
                await sqlite_developments.let_go(db, delivery.key, delivery.destination)
                await db.execute("update deliveries set digest = null where digest = ?", (delivery.key,))
            return bool(updated.rowcount)

    async def delivery(self, key: str, destination: str) -> Delivery | None:
        """See `claims.store_outbox.Outbox`."""
        async with self._reading() as db:
            query = "select * from deliveries where key = ? and destination = ?"
            row = await one(db, query, key, destination)
        return None if row is None else alert_rows.delivery(row)

    async def developments(self, alert_key: str, destination: str) -> list[Development]:
        """See `claims.store_outbox.Outbox`."""
        async with self._reading() as db:
            return await sqlite_developments.under(db, alert_key, destination)
