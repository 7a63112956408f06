"""Feeds in trouble and what was told of them, in SQLite: `claims.store_feeds.NoticeBook`."""

import aiosqlite

from claims import sqlite_feed_rows as feed_rows
from claims import sqlite_rows as rows
from claims.feeds import FeedStatus
from claims.outgoing import Notice, Watchlist
from claims.sqlite_database import Database
from claims.sqlite_events import one
from claims.sqlite_routing import deliver
from claims.sqlite_wanted import subscriptions

# What may be in trouble: the others of ten thousand are not worth the reading. The plus makes SQLite scan the
# table (sqlite.org/optoverview.html, section 2.1): by an index of nearly all rows it takes thrice as long.
_IN_DOUBT = """
    select * from feeds where +listed and not paused and (told is not null or state in ('failing', 'gone')
        or (julianday(last_success_at) - julianday(last_new_at)) * 86400 > max(86400, longest_gap_seconds))
    order by title, url
"""


class SQLiteNoticeBook(Database):
    """See `claims.store_feeds.NoticeBook`."""

    async def watchlist(self) -> Watchlist:
        """See `claims.store_feeds.NoticeBook`."""
        async with self._reading() as db:
            found = await in_doubt(db)
            ((asked, last),) = await db.execute_fetchall(
                "select (select count(*) from feeds where listed and not paused and state != 'gone'),"
                " (select max(raised_at) from notices)"
            )
        return Watchlist(tuple(found), asked, rows.moment(last))

    async def raise_notice(self, notice: Notice) -> bool:
        """See `claims.store_feeds.NoticeBook`."""
        async with self._writing() as db:
            inserted = await db.execute(
                "insert into notices values (:key, :raised_at, :answering, :changes)"
                " on conflict (key) do nothing",
                feed_rows.notice_columns(notice),
            )
            if inserted.rowcount:
                await db.executemany(
                    "update feeds set told = ?, told_since = ?, told_at = ? where url = ?",
                    [feed_rows.told_values(change, notice.raised_at) for change in notice.changes],
                )
                await _tell(db, notice)
            return bool(inserted.rowcount)

    async def notice(self, key: str) -> Notice | None:
        """See `claims.store_feeds.NoticeBook`."""
        async with self._reading() as db:
            row = await one(db, "select * from notices where key = ?", key)
        return None if row is None else feed_rows.notice(row)


async def in_doubt(db: aiosqlite.Connection) -> list[FeedStatus]:
    """Return the feeds that may be in trouble and those that people think are, by title, then by URL."""
    found = await db.execute_fetchall(_IN_DOUBT)
    return [feed_rows.feed_status(row) for row in found]


async def _tell(db: aiosqlite.Connection, notice: Notice) -> None:
    for subscription in await subscriptions(db):
        if subscription.notices:
            await deliver(db, notice.key, subscription.destination, notice.raised_at)
