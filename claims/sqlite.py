"""The store on SQLite, in one file that needs no server."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from claims import sqlite_developments, sqlite_events, sqlite_inquiries, sqlite_stories, sqlite_verdicts
from claims import sqlite_rows as rows
from claims.health import IN_TROUBLE, health
from claims.inquiry import Inquiry, Spent
from claims.model import Alert, Event, Evidence, Member, Rereading
from claims.outgoing import Account, Activity, Briefing
from claims.sqlite_archive import SQLiteArchiveBook
from claims.sqlite_claims import SQLiteClaimBook
from claims.sqlite_events import keys, one
from claims.sqlite_feeds import SQLiteFeedBook
from claims.sqlite_looks import SQLiteLookBook
from claims.sqlite_notices import SQLiteNoticeBook, in_doubt
from claims.sqlite_outbox import SQLiteOutbox
from claims.sqlite_subscriptions import SQLiteSubscriptionBook
from claims.sqlite_workspaces import SQLiteWorkspaceBook
from claims.store import VECTOR_DAYS
from claims.text import digest_key
from claims.verdicts import Judged, Verdict


class SQLiteStore(
    SQLiteFeedBook,
    SQLiteNoticeBook,
    SQLiteClaimBook,
    SQLiteSubscriptionBook,
    SQLiteWorkspaceBook,
    SQLiteOutbox,
    SQLiteLookBook,
    SQLiteArchiveBook,
):
    """`claims.store.Store` over one connection.

    Whatever a method does it does under one lock, in one transaction: tasks share the connection, so that
    without it one task's rollback would undo another's write, and a read would see half of a visit.
    Lists of keys travel as one JSON parameter, since SQLite limits how many parameters a statement has.
    """

    # ---- StoryBook -----------------------------------------------------------------------------------

    async def accounts(self, named: str) -> list[Account]:
        """See `claims.store.StoryBook`."""
        async with self._reading() as db:
            return await sqlite_stories.accounts(db, named)

    async def story_ids(self, since: datetime) -> list[str]:
        """See `claims.store.StoryBook`."""
        async with self._reading() as db:
            return await sqlite_stories.ids_since(db, since)

    async def members(self, story_ids: Collection[str]) -> list[tuple[Member, str | None]]:
        """See `claims.store.StoryBook`."""
        async with self._reading() as db:
            return await sqlite_stories.placed(db, story_ids)

    async def reread(self, rereadings: Sequence[Rereading]) -> None:
        """See `claims.store.StoryBook`."""
        async with self._writing() as db:
            await sqlite_events.learnt(db)
            await sqlite_stories.reread(db, rereadings)

    # ---- EventBook -----------------------------------------------------------------------------------

    async def events_between(self, since: datetime, until: datetime) -> list[Event]:
        """See `claims.store.EventBook`."""
        async with self._reading() as db:
            found = await db.execute_fetchall(
                """
                select distinct event_id from stories
                where at between ? and ? and event_id is not null
                """,
                (rows.moment_text(since), rows.moment_text(until)),
            )
            return await sqlite_events.events(db, [row["event_id"] for row in found])

    async def alerts(self, event_ids: Collection[str]) -> Mapping[str, Alert]:
        """See `claims.store.EventBook`."""
        async with self._reading() as db:
            return await sqlite_events.alerts(db, event_ids)

    async def briefing(self, key: str) -> Briefing:
        """See `claims.store.EventBook`."""
        async with self._reading() as db:
            return await sqlite_events.briefing(db, key)

    async def activity(self, since: datetime, until: datetime) -> Activity:
        """See `claims.store.EventBook`."""
        async with self._reading() as db:
            span = (rows.moment_text(since), rows.moment_text(until))
            seen = await db.execute_fetchall(
                "select distinct event_id from stories where seen_at > ? and seen_at <= ? and not backlog"
                " and event_id is not null",
                span,
            )
            event_ids = {row["event_id"] for row in seen}
            events = await sqlite_events.events(db, event_ids)
            alerts = await sqlite_events.alerts(db, event_ids)
            taken_back = await sqlite_developments.taken_back(db, since, until)
            doubtful = await in_doubt(db)
        return Activity(
            events=tuple(events),
            alerts=tuple(alerts[event.id] for event in events if event.id in alerts),
            taken_back=tuple(taken_back),
            troubled=tuple(status for status in doubtful if health(status) in IN_TROUBLE),
        )

    # ---- ReviewBook ----------------------------------------------------------------------------------

    async def find_story(self, words: str) -> tuple[Member, str | None]:
        """See `claims.store.ReviewBook`."""
        async with self._reading() as db:
            return await sqlite_verdicts.find_story(db, words)

    async def suggestions(self, limit: int) -> list[tuple[Member, Evidence]]:
        """See `claims.store.ReviewBook`."""
        async with self._reading() as db:
            return await sqlite_verdicts.suggestions(db, limit)

    async def record_verdict(self, verdict: Verdict) -> None:
        """See `claims.store.ReviewBook`."""
        async with self._writing() as db:
            await sqlite_verdicts.record(db, verdict)

    async def verdicts(self, story_ids: Collection[str], workspace: str) -> Mapping[str, tuple[Verdict, ...]]:
        """See `claims.store.ReviewBook`."""
        async with self._reading() as db:
            return await sqlite_verdicts.verdicts(db, story_ids, workspace)

    async def private_verdicts(self, workspace: str) -> Mapping[str, tuple[Verdict, ...]]:
        """See `claims.store.ReviewBook`."""
        async with self._reading() as db:
            return await sqlite_verdicts.private(db, workspace)

    async def judged(self) -> list[Judged]:
        """See `claims.store.ReviewBook`."""
        async with self._reading() as db:
            return await sqlite_verdicts.judged(db)

    async def lessons(self) -> int:
        """See `claims.store.ReviewBook`."""
        async with self._reading() as db:
            row = await one(db, "select count from lessons")
        return row["count"] if row else 0

    # ---- VectorBook ----------------------------------------------------------------------------------

    async def vectors(self, model: str, texts: Collection[str]) -> Mapping[str, bytes]:
        """See `claims.store.VectorBook`."""
        named = {digest_key(text): text for text in texts}
        async with self._reading() as db:
            found = await db.execute_fetchall(
                """
                select text_key, vector from vectors
                where model = ? and text_key in (select value from json_each(?))
                """,
                (model, keys(named)),
            )
        return {named[row["text_key"]]: row["vector"] for row in found}

    async def keep_vectors(self, model: str, made: Mapping[str, bytes], now: datetime) -> None:
        """See `claims.store.VectorBook`."""
        kept_at = rows.moment_text(now)
        async with self._writing() as db:
            await db.executemany(
                "insert into vectors values (?, ?, ?, ?) on conflict do nothing",
                [(model, digest_key(text), vector, kept_at) for text, vector in made.items()],
            )
            await db.execute(
                "delete from vectors where model != ? or kept_at < ?",
                (model, rows.moment_text(now - timedelta(days=VECTOR_DAYS))),
            )

    # ---- OpinionBook ---------------------------------------------------------------------------------

    async def record_inquiry(self, inquiry: Inquiry) -> None:
        """See `claims.store_opinions.OpinionBook`."""
        async with self._writing() as db:
            await sqlite_inquiries.keep(db, inquiry)

    async def answered(self, key: str) -> Inquiry | None:
        """See `claims.store_opinions.OpinionBook`."""
        async with self._reading() as db:
            return await sqlite_inquiries.answered(db, key)

    async def inquiries(self, story_ids: Collection[str]) -> list[Inquiry]:
        """See `claims.store_opinions.OpinionBook`."""
        async with self._reading() as db:
            return await sqlite_inquiries.about(db, story_ids)

    async def spent(self, since: datetime) -> Spent:
        """See `claims.store_opinions.OpinionBook`."""
        async with self._reading() as db:
            return await sqlite_inquiries.spent(db, since)
