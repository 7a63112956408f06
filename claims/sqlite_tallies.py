"""How much is kept in all and what waits, counted in SQLite: a part of `claims.sqlite_looks`."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime

import aiosqlite

from claims import sqlite_rows as rows
from claims.lookups import Tallies, Waiting
from claims.model import Stance
from claims.outgoing import DeliveryState


async def tallies(db: aiosqlite.Connection) -> Tallies:
    """Return how much there is of everything."""
    (whole,) = await db.execute_fetchall(
        """
        select
            (select count(*) from claims where listed) as claims,
            (select count(*) from stories) as stories,
            (select count(distinct event_id) from stories) as events,
            (select count(*) from alerts) as alerts,
            (select count(*) from evidence where suggested) as suggested,
            (select max(seen_at) from stories) as newest
        """
    )
    links = await db.execute_fetchall(
        "select stance, count(*) as n from evidence where not suggested group by stance"
    )
    deliveries = Counter[tuple[str, DeliveryState]]()
    for row in await db.execute_fetchall(
        "select destination, state, count(*) as n from deliveries group by destination, state"
    ):
        deliveries[_platform(row), DeliveryState(row["state"])] += row["n"]
    return Tallies(
        claims=whole["claims"],
        stories=whole["stories"],
        events=whole["events"],
        alerts=whole["alerts"],
        links={Stance(row["stance"]): row["n"] for row in links},
        suggested=whole["suggested"],
        deliveries=deliveries,
        newest_story=rows.moment(whole["newest"]),
    )


async def waiting(db: aiosqlite.Connection, now: datetime) -> Mapping[str, Waiting]:
    """Return what is due and not posted; put off, it waits from the end of that on, unless it was refused."""
    found = await db.execute_fetchall(
        """
        select destination, iif(
            error is null, max(raised_at, coalesce(next_try_at, raised_at)), raised_at
        ) as since
        from deliveries
        where due and state != 'sent' and (error is not null or next_try_at is null or next_try_at <= ?)
            and destination in (select destination from subscriptions where not removed and paused is null)
        """,
        (rows.moment_text(now),),
    )
    since = defaultdict[str, list[datetime]](list)
    for row in found:
        since[_platform(row)].append(datetime.fromisoformat(row["since"]))
    return {platform: Waiting(len(each), min(each)) for platform, each in since.items()}


def _platform(row: aiosqlite.Row) -> str:
    platform: str = row["destination"].partition(":")[0]
    return platform
