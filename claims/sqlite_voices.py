"""The statements behind digests: who spoke of a claim before, and how much week by week.

Each function runs in the transaction that its caller holds open.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from sqlite3 import Row

import aiosqlite

from claims import sqlite_rows as rows
from claims.activity import INSTANT, WEEK, Week, begun
from claims.changes import Voice
from claims.model import Evidence, Member, Stance
from claims.sqlite_events import keys


async def voices(
    db: aiosqlite.Connection, claim_ids: Collection[str], before: datetime, *, published: bool
) -> dict[str, tuple[Member, ...]]:
    """See `claims.store_looks.LookBook.voices`."""
    # Of columns of one name a row hands out the first: what is not wanted is not even read.
    # Beside `max`, the other columns are those of its row (https://www.sqlite.org/lang_select.html#bareagg).
    found = await db.execute_fetchall(
        """
        select claim_id, max(at) as newest, '[]' as concepts, '[]' as actors, '[]' as lead_actors, stories.*
        from evidence join stories on stories.id = evidence.story_id
        where claim_id in (select value from json_each(:claims)) and stance != :background and not suggested
            and origin is not null
            and case when :published then at < :before else seen_at <= :before or backlog end
        group by claim_id, stance, position = 0 or judge is not null, source_family, relayed_from, origin
        order by newest, id
        """,
        {
            "claims": keys(claim_ids),
            "background": Stance.BACKGROUND,
            "before": rows.moment_text(before),
            "published": published,
        },
    )
    links = await db.execute_fetchall(
        """
        select story_id, claim_id, stance, score, suggested, judge from evidence
        where story_id in (select value from json_each(?)) order by story_id, position
        """,
        (keys({row["id"] for row in found}),),
    )
    return await asyncio.to_thread(_by_claim, found, links)


def _by_claim(found: Iterable[Row], evidence: Iterable[Row]) -> dict[str, tuple[Member, ...]]:
    links: defaultdict[str, list[Evidence]] = defaultdict(list)
    for story_id, claim_id, stance, score, suggested, judge in evidence:
        link = Evidence(story_id, claim_id, Stance(stance), score, (), bool(suggested), judge)
        links[story_id].append(link)
    told: dict[str, Member] = {}
    voices: defaultdict[str, list[Member]] = defaultdict(list)
    for row in found:
        story_id = row["id"]
        if story_id not in told:
            told[story_id] = rows.member(row, links[story_id], ())
        voices[row["claim_id"]].append(told[story_id])
    return {claim_id: tuple(each) for claim_id, each in voices.items()}


async def bodies(
    db: aiosqlite.Connection,
    claim_ids: Collection[str],
    before: datetime,
    but: Collection[str],
    *,
    published: bool,
) -> dict[str, tuple[Voice, ...]]:
    """See `claims.store_looks.LookBook.bodies`."""
    found = await db.execute_fetchall(
        """
        select claim_id, stance, position = 0 or judge is not null as leads, origin, max(at) as at
        from evidence join stories on stories.id = evidence.story_id
        where claim_id in (select value from json_each(:claims)) and stance != :background and not suggested
            and origin is not null
            and case when :published then at < :before else seen_at <= :before or backlog end
            and story_id not in (select value from json_each(:but))
        group by claim_id, stance, leads, origin
        """,
        {
            "claims": keys(claim_ids),
            "background": Stance.BACKGROUND,
            "before": rows.moment_text(before),
            "published": published,
            "but": keys(but),
        },
    )
    return await asyncio.to_thread(_bodies, found)


def _bodies(found: Iterable[Row]) -> dict[str, tuple[Voice, ...]]:
    told: defaultdict[str, list[Voice]] = defaultdict(list)
    for row in found:
        if origin := rows.origin(row):
            day = datetime.fromisoformat(row["at"]).date()
            told[row["claim_id"]].append(Voice(origin.root, Stance(row["stance"]), bool(row["leads"]), day))
    return {claim_id: tuple(each) for claim_id, each in told.items()}


async def weeks(
    db: aiosqlite.Connection, claim_ids: Collection[str], since: datetime, until: datetime
) -> dict[str, tuple[Week, ...]]:
    """See `claims.store_looks.LookBook.weeks`."""
    found = await db.execute_fetchall(
        """
        select claim_id, stance, date(at, 'weekday 0', '-6 days') as monday, count(*) as count
        from evidence join stories on stories.id = evidence.story_id
        where claim_id in (select value from json_each(:claims)) and not suggested
            and at >= :since and at <= :until
        group by claim_id, stance, monday
        """,
        {"claims": keys(claim_ids), "since": rows.moment_text(since), "until": rows.moment_text(until)},
    )
    return await asyncio.to_thread(_weeks, claim_ids, found, since, until)


def _weeks(
    claim_ids: Collection[str], found: Iterable[Row], since: datetime, until: datetime
) -> dict[str, tuple[Week, ...]]:
    counts = {
        (row["claim_id"], date.fromisoformat(row["monday"]), row["stance"]): row["count"] for row in found
    }
    first, last = begun(since).date(), begun(until).date()
    span = [first + WEEK * n for n in range((last - first) // WEEK + 1)]
    open_week = last if until + INSTANT < begun(until) + WEEK else None
    return {
        claim_id: tuple(
            Week(
                each,
                *(counts.get((claim_id, each, stance), 0) for stance in Stance),
                so_far=each == open_week,
            )
            for each in span
        )
        for claim_id in claim_ids
    }
