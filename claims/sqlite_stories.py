"""The statements behind kept stories: what became of one, and reading them again.

Each function runs in the transaction that its caller holds open.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from sqlite3 import Row

import aiosqlite

from claims import sqlite_alert_rows as alert_rows
from claims import sqlite_events, sqlite_inquiries, sqlite_verdicts
from claims import sqlite_rows as rows
from claims.feeds import Wording
from claims.model import Member, Reason, Rereading
from claims.outgoing import Account
from claims.sqlite_events import keys
from claims.text import canonical_url, former_id, story_id


async def accounts(db: aiosqlite.Connection, named: str) -> list[Account]:
    """See `claims.store.StoryBook.accounts`."""
    feeds = await db.execute_fetchall("select url from feeds")
    # An id is made of feed and address, so that each feed's story of an address is found by its key.
    by_address = [
        key
        for feed in feeds
        for key in (story_id(feed["url"], named, None, ""), former_id(feed["url"], named))
    ]
    found = await db.execute_fetchall(
        """
        select * from stories
        where id in (select value from json_each(?)) or (url != '' and url in (?, ?))
        order by at, id
        """,
        (keys([named, *by_address]), named, canonical_url(named)),
    )
    stories = list(found)
    members = await sqlite_events.members(db, stories)
    return [await _account(db, row, member) for row, member in zip(stories, members, strict=True)]


async def _account(db: aiosqlite.Connection, row: Row, member: Member) -> Account:
    said = await sqlite_verdicts.shared(db, row["id"])
    asked = await sqlite_inquiries.about(db, [row["id"]])
    account = Account(
        member,
        Reason(row["reason"]) if row["reason"] else None,
        verdicts=said,
        opinions=tuple(inquiry for inquiry in asked if inquiry.changed),
        earlier=await _earlier(db, row["id"]),
    )
    if row["event_id"] is None:
        return account
    (event,) = await sqlite_events.events(db, [row["event_id"]])
    alert = (await sqlite_events.alerts(db, [event.id])).get(event.id)
    found = await db.execute_fetchall(
        "select * from deliveries where key = ? order by destination", (alert.key if alert else None,)
    )
    return replace(
        account, event=event, alert=alert, deliveries=tuple(alert_rows.delivery(each) for each in found)
    )


async def _earlier(db: aiosqlite.Connection, story_id: str) -> tuple[Wording, ...]:
    found = await db.execute_fetchall(
        "select * from revisions where story_id = ? order by number", (story_id,)
    )
    return tuple(
        Wording(row["title"], row["summary"], datetime.fromisoformat(row["replaced_at"])) for row in found
    )


async def ids_since(db: aiosqlite.Connection, since: datetime) -> list[str]:
    """See `claims.store.StoryBook.story_ids`."""
    found = await db.execute_fetchall(
        "select id from stories where at >= ? order by at, id", (rows.moment_text(since),)
    )
    return [row["id"] for row in found]


async def placed(db: aiosqlite.Connection, story_ids: Collection[str]) -> list[tuple[Member, str | None]]:
    """See `claims.store.StoryBook.members`."""
    found = await db.execute_fetchall(
        "select * from stories where id in (select value from json_each(?)) order by at, id",
        (keys(story_ids),),
    )
    stories = list(found)
    members = await sqlite_events.members(db, stories)
    return [(member, row["event_id"]) for row, member in zip(stories, members, strict=True)]


async def reread(db: aiosqlite.Connection, rereadings: Sequence[Rereading]) -> None:
    """See `claims.store.StoryBook.reread`."""
    changed = [
        {**rows.reading_columns(each.reading), "id": each.reading.story_id, "event_id": each.event_id}
        for each in rereadings
    ]
    await db.executemany(
        """
        insert into events (id, began_at)
        select :event_id, at from stories where id = :id and :event_id is not null
        on conflict (id) do nothing
        """,
        changed,
    )
    await db.executemany(
        """
        update stories set event_id = :event_id, relevant = :relevant, relevance = :relevance,
            read_as = :read_as, origin = :origin, concepts = :concepts, actors = :actors,
            lead_actors = :lead_actors, by_itself = :by_itself
        where id = :id
        """,
        changed,
    )
    await db.executemany("delete from evidence where story_id = :id", changed)
    await db.executemany("delete from figures where story_id = :id", changed)
    for each in rereadings:
        await sqlite_events.keep_found(db, each.reading)
