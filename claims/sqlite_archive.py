"""Reading all in bulk in SQLite: `claims.store_archive.ArchiveBook`.

Triggers give each change of a story a number, higher than all before (`story_changes`): how many stories
there are and the highest number among them tells two states of any set of stories apart.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from claims import sqlite_events
from claims.feeds import Wording
from claims.model import Event
from claims.sqlite_database import Database
from claims.sqlite_events import keys
from claims.store_archive import EventStamp


class SQLiteArchiveBook(Database):
    """See `claims.store_archive.ArchiveBook`."""

    async def claim_stamps(self) -> Mapping[str, str]:
        """See `claims.store_archive.ArchiveBook`."""
        async with self._reading() as db:
            told = await db.execute_fetchall(
                """
                select claim_id, count(*), max(story_changes.serial)
                from evidence join story_changes using (story_id) group by claim_id
                """
            )
            edited = await db.execute_fetchall(
                "select claim_id, max(serial) from claim_edits group by claim_id"
            )
        stamps = {claim_id: f"{count}.{newest}" for claim_id, count, newest in told}
        return stamps | {claim_id: f"{stamps.get(claim_id, '')}/{newest}" for claim_id, newest in edited}

    async def event_stamps(self) -> list[EventStamp]:
        """See `claims.store_archive.ArchiveBook`."""
        async with self._reading() as db:
            found = await db.execute_fetchall(
                """
                select events.id, began_at, count(*), max(story_changes.serial)
                from events
                join stories on stories.event_id = events.id
                join story_changes on story_changes.story_id = stories.id
                group by events.id order by began_at, events.id
                """
            )
        return [
            EventStamp(event_id, datetime.fromisoformat(began_at), f"{count}.{newest}")
            for event_id, began_at, count, newest in found
        ]

    async def bearing(self, claim_id: str) -> list[str]:
        """See `claims.store_archive.ArchiveBook`."""
        async with self._reading() as db:
            found = await db.execute_fetchall(
                """
                select stories.id from evidence join stories on stories.id = evidence.story_id
                where evidence.claim_id = ? order by at desc, stories.id
                """,
                (claim_id,),
            )
        return [row["id"] for row in found]

    async def events(self, event_ids: Collection[str]) -> list[Event]:
        """See `claims.store_archive.ArchiveBook`."""
        async with self._reading() as db:
            return await sqlite_events.events(db, event_ids)

    async def wordings(self, story_ids: Collection[str]) -> Mapping[str, tuple[Wording, ...]]:
        """See `claims.store_archive.ArchiveBook`."""
        async with self._reading() as db:
            found = await db.execute_fetchall(
                """
                select * from revisions where story_id in (select value from json_each(?))
                order by story_id, number
                """,
                (keys(story_ids),),
            )
        said: defaultdict[str, list[Wording]] = defaultdict(list)
        for row in found:
            replaced_at = datetime.fromisoformat(row["replaced_at"])
            said[row["story_id"]].append(Wording(row["title"], row["summary"], replaced_at))
        return {story_id: tuple(wordings) for story_id, wordings in said.items()}

    async def newest_alerts(self, limit: int) -> list[str]:
        """See `claims.store_archive.ArchiveBook`."""
        async with self._reading() as db:
            # The condition, which all meet, has the index looked through from its end.
            found = await db.execute_fetchall(
                "select key from alerts where raised_at > '' order by raised_at desc, key limit ?", (limit,)
            )
        return [row["key"] for row in found]

    async def revised(self, alert_keys: Collection[str]) -> Mapping[str, datetime]:
        """See `claims.store_archive.ArchiveBook`."""
        async with self._reading() as db:
            found = await db.execute_fetchall(
                """
                select key, revised_at from alerts
                where revised_at is not null and key in (select value from json_each(?))
                """,
                (sqlite_events.keys(alert_keys),),
            )
        return {row["key"]: datetime.fromisoformat(row["revised_at"]) for row in found}
