"""The statements behind digests: who spoke of a claim before, and how much week by week.

Each function runs in the transaction that its caller holds open.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from sqlite3 import Row

import aiosqlite

from claims import sqlite_rows as rows
from claims.activity import INSTANT, WEEK, Week, begun
from claims.model import Evidence, Member, Stance
from claims.sqlite_events import keys


async def voices(
    db: aiosqlite.Connection, claim_ids: Collection[str], before: datetime, *, published: bool
) -> dict[str, tuple[Member, ...]]:
    """See `claims.store_looks.LookBook.voices`."""
    # Beside `max`, the other columns are those of its row (https://www.sqlite.org/lang_select.html#bareagg).
    found = await db.execute_fetchall(
        """
        select claim_id, max(at) as newest, stories.*
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
    stories = {row["id"]: row for row in found}
    told = await _members(db, stories)
    voices: defaultdict[str, list[Member]] = defaultdict(list)
    for row in found:
        voices[row["claim_id"]].append(told[row["id"]])
    return {claim_id: tuple(each) for claim_id, each in voices.items()}


async def _members(db: aiosqlite.Connection, stories: Mapping[str, Row]) -> dict[str, Member]:
    """Return stories by id with their links, but without the words behind these, figures and concepts."""
    links: defaultdict[str, list[Evidence]] = defaultdict(list)
    for story_id, claim_id, stance, score, suggested, judge in await db.execute_fetchall(
        """
        select story_id, claim_id, stance, score, suggested, judge from evidence
        where story_id in (select value from json_each(?)) order by story_id, position
        """,
        (keys(stories),),
    ):
        link = Evidence(story_id, claim_id, Stance(stance), score, (), bool(suggested), judge)
        links[story_id].append(link)
    bare = {"concepts": "[]", "actors": "[]", "lead_actors": "[]"}
    return {
        story_id: rows.member({**dict(row), **bare}, links[story_id], ()) for story_id, row in stories.items()
    }


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
