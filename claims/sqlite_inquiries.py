"""The statements behind second opinions.

Each function runs in the transaction that its caller holds open.
"""

import json
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from sqlite3 import Row

import aiosqlite

from claims.inquiry import Inquiry, Spent
from claims.sqlite_events import keys, one
from claims.sqlite_rows import json_text, moment_text


async def keep(db: aiosqlite.Connection, inquiry: Inquiry) -> None:
    """Keep an inquiry, in place of what was kept of it before."""
    await db.execute(
        """
        insert into inquiries (key, story_id, asked_at, model, rules, requests, tokens, answer, changed,
            dropped)
        values (:key, :story_id, :asked_at, :model, :rules, :requests, :tokens, :answer, :changed, :dropped)
        on conflict (key, story_id, asked_at) do update set model = excluded.model,
            requests = excluded.requests, tokens = excluded.tokens, answer = excluded.answer,
            changed = excluded.changed, dropped = excluded.dropped
        """,
        {
            **asdict(inquiry),
            "asked_at": moment_text(inquiry.asked_at),
            "changed": json_text(inquiry.changed),
            "dropped": json_text(inquiry.dropped),
        },
    )


async def answered(db: aiosqlite.Connection, key: str) -> Inquiry | None:
    """Return the latest inquiry of a key that was answered."""
    query = "select * from inquiries where key = ? and answer is not null order by asked_at desc limit 1"
    row = await one(db, query, key)
    return None if row is None else _inquiry(row)


async def about(db: aiosqlite.Connection, story_ids: Collection[str]) -> list[Inquiry]:
    """Return the inquiries about these stories, oldest first."""
    found = await db.execute_fetchall(
        """
        select * from inquiries where story_id in (select value from json_each(?))
        order by asked_at, key, story_id
        """,
        (keys(story_ids),),
    )
    return [_inquiry(row) for row in found]


async def spent(db: aiosqlite.Connection, since: datetime) -> Spent:
    """Return what the inquiries after a moment took."""
    query = "select sum(requests) as requests, sum(tokens) as tokens from inquiries where asked_at > ?"
    row = await one(db, query, moment_text(since))
    return Spent(row["requests"] or 0, row["tokens"] or 0) if row else Spent()


def _inquiry(row: Row) -> Inquiry:
    return Inquiry(
        **{
            **dict(row),
            "asked_at": datetime.fromisoformat(row["asked_at"]),
            "changed": tuple(json.loads(row["changed"])),
            "dropped": tuple(json.loads(row["dropped"])),
        }
    )
