"""Look-ups in SQLite: `claims.store_looks.LookBook`."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import aiosqlite

from claims import sqlite_alert_rows as alert_rows
from claims import sqlite_events, sqlite_tallies, sqlite_voices
from claims import sqlite_rows as rows
from claims.activity import Week
from claims.changes import Voice
from claims.errors import NotFound
from claims.lookups import Counts, StorySearch, Tallies, Waiting
from claims.model import Event, Member, Reason
from claims.outgoing import Delivery
from claims.sqlite_database import Database
from claims.sqlite_events import keys, one
from claims.text import fold

_WORD = re.compile(r"\w+")
# Han, kana, Thai, Lao, Khmer and Burmese: a run of them is one word to the index, so it is looked through.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


class SQLiteLookBook(Database):
    """See `claims.store_looks.LookBook`."""

    async def found_stories(self, search: StorySearch, limit: int) -> list[str]:
        """See `claims.store_looks.LookBook`."""
        conditions, values = _conditions(search)
        async with self._reading() as db:
            return await _ids(
                db, f"{_where(conditions)} order by at desc, id limit :limit", {**values, "limit": limit}
            )

    async def titled_stories(self, words: str, limit: int) -> list[str]:
        """See `claims.store_looks.LookBook`."""
        conditions, values = _conditions(StorySearch(words))
        async with self._reading() as db:
            return await _ids(
                db, f"{_where(conditions)} order by serial desc limit :limit", {**values, "limit": limit}
            )

    async def event(self, event_id: str) -> Event:
        """See `claims.store_looks.LookBook`."""
        async with self._reading() as db:
            found = await sqlite_events.event(db, event_id)
        if not found.members:
            raise NotFound(f"There is no event “{event_id}” with any story")
        return found

    async def deliveries(self, key: str) -> list[Delivery]:
        """See `claims.store_looks.LookBook`."""
        async with self._reading() as db:
            found = await db.execute_fetchall(
                "select * from deliveries where key = ? order by destination", (key,)
            )
            return [alert_rows.delivery(row) for row in found]

    async def counts(self, since: datetime, destinations: Collection[str] | None) -> Counts:
        """See `claims.store_looks.LookBook`."""
        span = {
            "since": rows.moment_text(since),
            "all": destinations is None,
            "destinations": keys(destinations or ()),
        }
        async with self._reading() as db:
            stories = await db.execute_fetchall(
                "select reason, count(*) from stories where seen_at > :since and not backlog group by reason",
                span,
            )
            alerts = await db.execute_fetchall("select count(*) from alerts where raised_at > :since", span)
            under = await db.execute_fetchall(
                """
                select count(*) from deliveries where head is not null and raised_at > :since
                    and (:all or destination in (select value from json_each(:destinations)))
                """,
                span,
            )
            due = await db.execute_fetchall(
                """
                select count(*), count(error) from deliveries
                where due and (:all or destination in (select value from json_each(:destinations)))
                """,
                span,
            )
            newest = await one(db, "select max(seen_at) as at from stories")
        ((waiting, failing),), ((raised,),), ((developments,),) = due, alerts, under
        return Counts(
            stories={Reason(reason) if reason else None: count for reason, count in stories},
            alerts=raised,
            developments=developments,
            waiting=waiting,
            failing=failing,
            newest_story=rows.moment(newest["at"]) if newest else None,
        )

    async def voices(
        self, claim_ids: Collection[str], before: datetime, *, published: bool = False
    ) -> Mapping[str, tuple[Member, ...]]:
        """See `claims.store_looks.LookBook`."""
        async with self._reading() as db:
            return await sqlite_voices.voices(db, claim_ids, before, published=published)

    async def bodies(
        self,
        claim_ids: Collection[str],
        before: datetime,
        *,
        published: bool = False,
        but: Collection[str] = (),
    ) -> Mapping[str, tuple[Voice, ...]]:
        """See `claims.store_looks.LookBook`."""
        async with self._reading() as db:
            return await sqlite_voices.bodies(db, claim_ids, before, but, published=published)

    async def weeks(
        self, claim_ids: Collection[str], since: datetime, until: datetime
    ) -> Mapping[str, tuple[Week, ...]]:
        """See `claims.store_looks.LookBook`."""
        async with self._reading() as db:
            return await sqlite_voices.weeks(db, claim_ids, since, until)

    async def tallies(self) -> Tallies:
        """See `claims.store_looks.LookBook`."""
        async with self._reading() as db:
            return await sqlite_tallies.tallies(db)

    async def waiting(self, now: datetime) -> Mapping[str, Waiting]:
        """See `claims.store_looks.LookBook`."""
        async with self._reading() as db:
            return await sqlite_tallies.waiting(db, now)

    async def writings(self) -> int:
        """See `claims.store_looks.LookBook`; https://www.sqlite.org/pragma.html#pragma_data_version."""
        async with self._reading() as db:
            row = await one(db, "pragma data_version")
        return row["data_version"] if row else 0


def _conditions(search: StorySearch) -> tuple[list[str], dict[str, Any]]:
    """Return what the stories of a search must meet, as conditions, and the values that those name."""
    conditions: list[str] = []
    values: dict[str, Any] = {}
    words = _WORD.findall(fold(search.words))
    if search.words.strip() and not words:
        return ["0"], values
    if spaced := [word for word in words if not _UNSPACED.search(word)]:
        conditions.append("serial in (select rowid from story_words where story_words match :spaced)")
        # What is quoted is a word to the index whatever it says (sqlite.org/fts5.html, section 3.1).
        values["spaced"] = " ".join(f'"{word}"*' for word in spaced)
    for number, word in enumerate(word for word in words if _UNSPACED.search(word)):
        conditions.append(f"instr(title || ' ' || summary, :solid{number})")
        values[f"solid{number}"] = word
    if search.claim_id:
        conditions.append("id in (select story_id from evidence where claim_id = :claim)")
        values["claim"] = search.claim_id
    if search.sources:
        conditions.append(
            "(source_name collate nocase in (select value from json_each(:sources))"
            " or source_family collate nocase in (select value from json_each(:sources))"
            " or relayed_from collate nocase in (select value from json_each(:sources)))"
        )
        values["sources"] = keys(search.sources)
    if search.language:
        conditions.append("read_as = :language")
        values["language"] = search.language
    if search.since:
        conditions.append("at >= :since")
        values["since"] = rows.moment_text(search.since)
    return conditions, values


def _where(conditions: Collection[str]) -> str:
    return f"select id from stories where {' and '.join(conditions) or '1'}"  # noqa: S608 - our own conditions


async def _ids(db: aiosqlite.Connection, query: str, values: dict[str, Any]) -> list[str]:
    return [row["id"] for row in await db.execute_fetchall(query, values)]
