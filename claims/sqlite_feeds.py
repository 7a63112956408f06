"""Feeds and visits in SQLite: `claims.store_feeds.FeedBook`."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime

import aiosqlite

from claims import sqlite_events, sqlite_retelling, sqlite_revisions
from claims import sqlite_feed_rows as feed_rows
from claims import sqlite_rows as rows
from claims.errors import NotFound
from claims.feeds import Checkpoint, Feed, FeedName, FeedStatus, Revision, Visit, kept_as
from claims.model import Outcome, Story
from claims.sqlite_database import Database
from claims.sqlite_driver import updating
from claims.sqlite_events import keys, one
from claims.store_feeds import UNDATED

_INSERT = """
    insert into feeds (url, title, source_name, source_family, reliability, state_media, language,
        interval_minutes, kind, full_text, links, listed, current_url, state, failures, added_by)
    values (:url, :title, :source_name, :source_family, :reliability, :state_media, :language,
        :interval_minutes, :kind, :full_text, :links, 1, :url, 'new', 0, :added_by)
    on conflict (url) do update set title = excluded.title, source_name = excluded.source_name,
        source_family = excluded.source_family, reliability = excluded.reliability,
        state_media = excluded.state_media, language = excluded.language,
        interval_minutes = excluded.interval_minutes, kind = excluded.kind, full_text = excluded.full_text,
        links = excluded.links
"""
# Two halves, so that either finds its rows by the index. What stands in an address before the first slash
# after the scheme is its host. Only a page of the rows is read whole.
_DUE = """
    with ripe as (
        select url, current_url, next_try_at from feeds
        where listed and not paused and state != 'gone' and next_try_at is null
        union all
        select url, current_url, next_try_at from feeds
        where listed and not paused and state != 'gone' and next_try_at <= :now
    ),
    hosted as (
        select url, next_try_at, substr(current_url, instr(current_url, '//') + 2) || '/' as place
        from ripe where url not in (select value from json_each(:besides))
    ),
    due as (
        select url, row_number() over (
            partition by substr(place, 1, instr(place, '/')) order by next_try_at nulls first, url
        ) as turn from hosted
    )
    select feeds.* from due join feeds using (url)
    order by turn, next_try_at nulls first, url limit :limit
"""
# What was gone is looked at again when somebody asks for it anew.
_REVIVED = """
    state = case when state = 'gone' then 'new' else state end,
    next_try_at = case when state = 'gone' then null else next_try_at end
"""
# What people were told of a feed is stale once they took it in hand.
_FORGOTTEN = "told = null, told_since = null, told_at = null"


class SQLiteFeedBook(Database):
    """See `claims.store_feeds.FeedBook`."""

    _names: tuple[int, tuple[FeedName, ...]] = (-1, ())
    """The names of feeds, which are asked at every key, and the count in the database that they are of."""

    async def sync_feeds(self, feeds: Sequence[Feed]) -> None:
        """See `claims.store_feeds.FeedBook`."""
        async with self._writing() as db:
            await db.execute(
                "update feeds set listed = 0"
                " where added_by is null and url not in (select value from json_each(?))",
                (keys(feed.url for feed in feeds),),
            )
            otherwise = await _read_otherwise(db, feeds)
            await db.executemany(_INSERT, ({**feed_rows.feed_columns(f), "added_by": None} for f in feeds))
            await _begin_anew(db, otherwise)
            await db.execute(
                f"update feeds set listed = 1, {_REVIVED}"  # noqa: S608 - our own constant
                " where not listed and not removed and url in (select value from json_each(?))",
                (keys(feed.url for feed in feeds),),
            )

    async def add_feeds(self, feeds: Sequence[Feed], by: str) -> list[Feed]:
        """See `claims.store_feeds.FeedBook`."""
        urls = keys(feed.url for feed in feeds)
        async with self._writing() as db:
            found = await db.execute_fetchall(
                "select url, listed from feeds where url in (select value from json_each(?))", (urls,)
            )
            kept = {row["url"]: row["listed"] for row in found}
            new: dict[str, Feed] = {}
            for feed in feeds:
                if not kept.get(feed.url):
                    new.setdefault(feed.url, feed)
            added = list(new.values())
            await db.executemany(_INSERT, ({**feed_rows.feed_columns(f), "added_by": by} for f in added))
            await _begin_anew(db, [url for url in new if url in kept])
            await db.execute(
                f"update feeds set listed = 1, removed = 0, paused = 0, added_by = ?, {_FORGOTTEN}"  # noqa: S608 - our own constant
                " where url in (select value from json_each(?))",
                (by, keys(new)),
            )
        return added

    async def remove_feed(self, url: str) -> None:
        """See `claims.store_feeds.FeedBook`."""
        await self._change(
            "update feeds set listed = 0, removed = 1, added_by = null where url = ? and listed", url
        )

    async def pause_feed(self, url: str, *, paused: bool) -> None:
        """See `claims.store_feeds.FeedBook`."""
        await self._change(
            "update feeds set paused = 1 where url = ? and listed"
            if paused
            else f"update feeds set paused = 0, next_try_at = null, {_FORGOTTEN},"  # noqa: S608 - our own constant
            " state = case when state = 'gone' then 'new' else state end where url = ? and listed",
            url,
        )

    async def _change(self, statement: str, url: str) -> None:
        async with self._writing() as db:
            if not (await db.execute(statement, (url,))).rowcount:
                raise NotFound(f"no feed {url!r} is watched")

    async def feeds(self) -> list[FeedStatus]:
        """See `claims.store_feeds.FeedBook`."""
        return await self._all("select * from feeds where listed order by title, url")

    async def former_feeds(self) -> list[FeedStatus]:
        """See `claims.store_feeds.FeedBook`."""
        return await self._all("select * from feeds where not listed order by title, url")

    async def _all(self, question: str) -> list[FeedStatus]:
        async with self._reading() as db:
            found = await db.execute_fetchall(question)
        # Ten thousand take half a second, in which the event loop has other things to do.
        return await asyncio.to_thread(lambda: [feed_rows.feed_status(row) for row in found])

    async def feed_names(self) -> list[FeedName]:
        """See `claims.store_feeds.FeedBook`."""
        async with self._reading() as db:
            ((count,),) = await db.execute_fetchall("select count from feed_names")
            if count != self._names[0]:
                found = await db.execute_fetchall(
                    """
                    select url, current_url, title, source_name, source_family, language from feeds
                    where listed order by title, url
                    """
                )
                self._names = count, tuple(map(FeedName._make, found))
        return list(self._names[1])

    async def feed(self, url: str) -> FeedStatus:
        """See `claims.store_feeds.FeedBook`."""
        async with self._reading() as db:
            if row := await one(db, "select * from feeds where url = ? and listed", url):
                return feed_rows.feed_status(row)
        raise NotFound(f"no feed {url!r} is watched")

    async def due_feeds(
        self, now: datetime, limit: int = 1_000, *, besides: Collection[str] = ()
    ) -> list[FeedStatus]:
        """See `claims.store_feeds.FeedBook`."""
        async with self._reading() as db:
            found = await db.execute_fetchall(
                _DUE, {"now": rows.moment_text(now), "limit": limit, "besides": keys(besides)}
            )
            return [feed_rows.feed_status(row) for row in found]

    async def known_stories(self, feed_url: str, stories: Sequence[Story]) -> list[Story]:
        """See `claims.store_feeds.FeedBook`."""
        if not stories:
            return []
        async with self._reading() as db:
            found = await db.execute_fetchall(
                """
                select * from stories where feed_url = :feed_url and serial in (
                    select serial from stories where id in (select value from json_each(:ids))
                    union
                    select serial from stories
                    where feed_url = :feed_url and guid in (select value from json_each(:guids))
                ) order by id
                """,
                {
                    "feed_url": feed_url,
                    "ids": keys(key for story in stories for key in kept_as(story)),
                    "guids": keys(story.guid for story in stories if story.guid is not None),
                },
            )
            known = {row["id"]: rows.story(row) for row in found}
            guids = {story.guid for story in known.values() if story.guid is not None}
            for story in stories:
                if story.id not in known and story.guid not in guids:
                    known |= {twin.id: twin for twin in await _worded_alike(db, feed_url, story)}
            return [known[story_id] for story_id in sorted(known)]

    async def record_visit(self, visit: Visit) -> None:
        """See `claims.store_feeds.FeedBook`."""
        checkpoint = feed_rows.checkpoint_columns(visit.checkpoint)
        if not visit.outcomes:
            await self._update_with_others("feeds", checkpoint)
            return
        async with self._writing() as db:
            await db.execute(*updating("feeds", [checkpoint]))
            for outcome in visit.outcomes:
                await sqlite_events.keep(db, outcome)
            await sqlite_retelling.uphold(db, {o.event_id for o in visit.outcomes if o.event_id})

    async def record_revision(self, revision: Revision, now: datetime) -> None:
        """See `claims.store_feeds.FeedBook`."""
        async with self._writing() as db:
            await sqlite_revisions.record(db, revision, now)

    async def record_history(self, outcomes: Sequence[Outcome], archives: Sequence[Feed]) -> None:
        """See `claims.store_feeds.FeedBook`."""
        async with self._writing() as db:
            await db.executemany(_INSERT, ({**feed_rows.feed_columns(f), "added_by": None} for f in archives))
            await db.execute(
                "update feeds set listed = 0 where url in (select value from json_each(?))",
                (keys(feed.url for feed in archives),),
            )
            for outcome in outcomes:
                await sqlite_events.keep(db, outcome)
            await sqlite_retelling.uphold(db, {o.event_id for o in outcomes if o.event_id})

    async def stories(self) -> list[tuple[Story, str | None]]:
        """See `claims.store_feeds.FeedBook`."""
        async with self._reading() as db:
            found = await db.execute_fetchall("select * from stories order by at, id")
            return [(rows.story(row), row["event_id"]) for row in found]


async def _read_otherwise(db: aiosqlite.Connection, feeds: Sequence[Feed]) -> list[str]:
    """Return the addresses of which another part is to be read than before: another first visit."""
    read_as = {feed.url: (feed.kind.value, feed.links) for feed in feeds}
    kept = await db.execute_fetchall("select url, kind, links from feeds")
    return [url for url, *how in kept if url in read_as and read_as[url] != tuple(how)]


async def _begin_anew(db: aiosqlite.Connection, urls: Sequence[str]) -> None:
    """Have the next visit to these feeds be a first one."""
    _url, _current_url, *others = fresh = feed_rows.checkpoint_columns(Checkpoint("", ""))
    changes = ", ".join(f"{column} = :{column}" for column in others)
    await db.execute(
        f"update feeds set current_url = url, {changes}"  # noqa: S608 - our own names
        " where url in (select value from json_each(:urls))",
        {**fresh, "urls": keys(urls)},
    )


async def _worded_alike(db: aiosqlite.Connection, feed_url: str, story: Story) -> list[Story]:
    """Return the kept stories of a feed with this title that came out when this one did."""
    since = story.at if story.published_at else story.at - UNDATED
    found = await db.execute_fetchall(
        """
        select * from stories where feed_url = ? and at between ? and ? and title = ?
            and (published_at is null) = ?
        """,
        (
            feed_url,
            rows.moment_text(since),
            rows.moment_text(story.at),
            story.title,
            story.published_at is None,
        ),
    )
    return [rows.story(row) for row in found]
