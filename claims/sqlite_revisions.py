"""The statements behind stories that were edited in place: `claims.store.FeedBook.record_revision`.

Each function runs in the transaction that its caller holds open.
"""

from dataclasses import replace
from datetime import datetime
from sqlite3 import Row

import aiosqlite

from claims import sqlite_rows as rows
from claims import sqlite_stories, sqlite_verdicts
from claims.feeds import Revision
from claims.model import Member, Reading, Rereading, Story
from claims.rematch import renewed
from claims.sqlite_events import learnt, members, one
from claims.sqlite_retelling import tell_again

MOST_RETURNS = 2
"""Words that a story left so often are not taken again: caches serve old and new ones in turn."""
MOST_KEPT = 20
"""Earlier wordings of one story, its first words and the last ones."""


async def record(db: aiosqlite.Connection, revision: Revision, now: datetime) -> None:
    """Keep how a story reads since it was edited, and tell its event again."""
    story = revision.story
    row = await one(db, "select * from stories where id = ?", story.id)
    if row is None or row["revisions"] >= story.revisions or await _left_often(db, story):
        return
    before = await _member(db, story.id)
    await _reword(db, row, story, now)
    if revision.reading is None:
        return
    event_id = await _reread(db, row, before.reading, revision, revision.reading)
    edited = await _member(db, story.id)
    for touched in dict.fromkeys((row["event_id"], event_id)):
        if touched is not None:
            await tell_again(db, touched, now, (before, edited))


async def _left_often(db: aiosqlite.Connection, story: Story) -> bool:
    found = await db.execute_fetchall(
        "select 1 from revisions where story_id = ? and title = ? and summary = ?",
        (story.id, story.title, story.summary),
    )
    return len(list(found)) >= MOST_RETURNS


async def _member(db: aiosqlite.Connection, story_id: str) -> Member:
    found = await db.execute_fetchall("select * from stories where id = ?", (story_id,))
    (member,) = await members(db, list(found))
    return member


async def _reword(db: aiosqlite.Connection, row: Row, story: Story, now: datetime) -> None:
    if (row["title"], row["summary"]) != (story.title, story.summary):
        await db.execute(
            "insert into revisions values (?, ?, ?, ?, ?)",
            (story.id, row["revisions"], row["title"], row["summary"], rows.moment_text(now)),
        )
        await db.execute(
            "delete from revisions where story_id = ? and number between 1 and ?",
            (story.id, row["revisions"] - (MOST_KEPT - 1)),
        )
    await db.execute(
        "update stories set title = ?, summary = ?, feed_summary = ?, url = ?, revisions = ? where id = ?",
        (story.title, story.summary, story.feed_summary, story.url, story.revisions, story.id),
    )


async def _reread(
    db: aiosqlite.Connection, row: Row, kept: Reading, revision: Revision, fresh: Reading
) -> str | None:
    """Replace what was read out of a story, but for what was settled; return the event that it belongs to."""
    said = await sqlite_verdicts.said_of(db, row["id"])
    own, event_id = (said.reading, said.event_id) if said else (kept, row["event_id"])
    if revision.asked:
        own = replace(own, evidence=tuple(link for link in own.evidence if link.judge is None))
    listed = await db.execute_fetchall("select id from claims where listed")
    reading = renewed(own, fresh, {claim["id"] for claim in listed})
    if event_id is None and reading.relevant:
        event_id = revision.event_id
        # It is news now: whatever was told before it came before it.
        await db.execute(
            "update stories set serial = (select max(serial) + 1 from stories) where id = ?", (row["id"],)
        )
    await sqlite_stories.reread(db, [Rereading(reading, event_id)])
    if said is None:
        return event_id
    await learnt(db)
    await sqlite_verdicts.keep_own(db, reading, event_id)
    return await sqlite_verdicts.lay_over(db, row)
