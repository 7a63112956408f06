"""The statements behind what follows a told alert: kept with its update, delivered where it was told.

Each function runs in the transaction that its caller holds open.
"""

import json
from dataclasses import asdict
from datetime import datetime
from sqlite3 import Row

import aiosqlite

from claims import sqlite_alert_rows as alert_rows
from claims import sqlite_rows as rows
from claims.developing import development
from claims.model import Reason
from claims.outgoing import Development, TakenBack
from claims.routing import route_development
from claims.showing import Showing
from claims.sqlite_routing import deliver
from claims.sqlite_wanted import snoozes, subscriptions


async def follow(
    db: aiosqlite.Connection, was: Showing, now: Showing, at: datetime, story_id: str | None
) -> Development | None:
    """Keep and return what is new in an alert, for those to whom it was told or is being told.

    Of an alert that is withdrawn nothing else follows any more.

    Args:
        db: the connection.
        was: the alert before.
        now: its next revision.
        at: when that came.
        story_id: the story that brought it, or None where a person did.

    """
    kept, told = was.briefing.alert, now.briefing.alert
    developed = development(kept, now.briefing, now.register, at, story_id)
    if developed is None:
        return None
    await db.execute(
        "insert into developments (key, alert_key, at, document) values (:key, :alert_key, :at, :document)",
        _columns(developed),
    )
    if not told.links:
        await db.execute("delete from deliveries where head = ? and state = 'pending'", (kept.key,))
    found = await db.execute_fetchall(
        "select destination from deliveries where key = ? and state in ('sending', 'sent')", (kept.key,)
    )
    there = {row["destination"] for row in found}
    lasting = await snoozes(db, at)
    for wanted in await subscriptions(db):
        if wanted.destination in there and now.follows(developed, wanted.sees_as):
            routed = route_development(wanted, now.to(wanted.sees_as), lasting, at)
            await deliver(db, developed.key, wanted.destination, at, routed=routed, head=kept.key)
    return developed


async def let_go(db: aiosqlite.Connection, head: str, destination: str) -> None:
    """Post nothing more under a message that is given up."""
    await db.execute(
        """
        update deliveries set state = 'filtered', reason = 'The message that it follows is not there.'
        where head = ? and destination = ? and due
        """,
        (head, destination),
    )


async def under(db: aiosqlite.Connection, alert_key: str, destination: str) -> list[Development]:
    """See `claims.store.Outbox.developments`."""
    found = await db.execute_fetchall(
        """
        select developments.* from developments join deliveries using (key)
        where alert_key = ? and destination = ? and state in ('pending', 'sending', 'sent')
        order by serial
        """,
        (alert_key, destination),
    )
    return [_development(row) for row in found]


async def taken_back(db: aiosqlite.Connection, since: datetime, until: datetime) -> list[TakenBack]:
    """Return what was withdrawn or corrected in a span, `since` excluded, oldest first."""
    found = await db.execute_fetchall(
        """
        select * from developments where at > ? and at <= ? order by at, key
        """,
        (rows.moment_text(since), rows.moment_text(until)),
    )
    developed = [development for development in map(_development, found) if development.takes_back]
    alerts = await db.execute_fetchall(
        "select * from alerts where key in (select value from json_each(?))",
        (rows.json_text([each.alert_key for each in developed]),),
    )
    told = {row["key"]: alert_rows.alert(row) for row in alerts}
    return [TakenBack(each, told[each.alert_key]) for each in developed]


def _columns(developed: Development) -> rows.Columns:
    document = asdict(developed)
    for name in ("key", "alert_key", "at"):
        del document[name]
    return {
        "key": developed.key,
        "alert_key": developed.alert_key,
        "at": rows.moment_text(developed.at),
        "document": rows.json_text(document),
    }


def _development(row: Row) -> Development:
    read = json.loads(row["document"])
    return Development(
        key=row["key"],
        alert_key=row["alert_key"],
        at=datetime.fromisoformat(row["at"]),
        reason=Reason(read["reason"]),
        story_id=read["story_id"],
        links=tuple(rows.evidence_of(link) for link in read["links"]),
        change=alert_rows.change(read["change"]) if read["change"] else None,
        correction=alert_rows.correction(read["correction"]) if read["correction"] else None,
    )
