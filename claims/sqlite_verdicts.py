"""The statements behind verdicts: keeping them, and correcting the record by them.

Each function runs in the transaction that its caller holds open.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import asdict, replace
from datetime import datetime
from sqlite3 import Row

import aiosqlite

from claims import sqlite_rows as rows
from claims.errors import NotFound
from claims.model import Evidence, Member, Reading, Reason
from claims.showing import Showing
from claims.sqlite_events import alerts, keep_evidence, keys, learnt, members, one, showing
from claims.sqlite_retelling import tell_again
from claims.sqlite_routing import route_again
from claims.verdicts import Judged, Verdict, corrected, placed

_NEAR = 3


# ---- keeping -----------------------------------------------------------------------------------------


async def record(db: aiosqlite.Connection, verdict: Verdict) -> None:
    """Add a verdict, and correct the record where it is shared; else what its own workspace is told.

    Raises:
        NotFound: no such story, claim or event is kept.

    """
    row = await one(db, "select * from stories where id = ?", verdict.story_id)
    if row is None:
        raise NotFound(f"There is no story “{verdict.story_id}”")
    for claim_id in (verdict.claim_id, verdict.right_claim):
        if claim_id and not await one(db, "select 1 from claims where id = ?", claim_id):
            raise NotFound(f"There is no claim “{claim_id}”\nclaim list names all claims")
    known = "select 1 from stories where event_id = ?"
    if verdict.event_id and not verdict.undone and not await one(db, known, verdict.event_id):
        raise NotFound(f"There is no event “{verdict.event_id}” with any story")
    told = None if verdict.shared else await _told(db, row["event_id"])
    await db.execute(
        """
        insert into verdicts (workspace, person, at, story_id, kind, claim_id, right_claim, stance, event_id,
            undone, shared)
        values (:workspace, :person, :at, :story_id, :kind, :claim_id, :right_claim, :stance, :event_id,
            :undone, :shared)
        """,
        {**asdict(verdict), "at": rows.moment_text(verdict.at)},
    )
    if verdict.shared:
        await learnt(db)
        await _keep_unjudged(db, row)
        await _correct(db, row, verdict.at)
    elif told:
        now = await showing(db, told.briefing.alert.key)
        await route_again(db, told, now, verdict.at, by_people=verdict.workspace)


async def _told(db: aiosqlite.Connection, event_id: str | None) -> Showing | None:
    """Return how the alert of an event shows, or None where it has none."""
    found = (await alerts(db, [event_id] if event_id else [])).values()
    return await showing(db, next(iter(found)).key) if found else None


async def _keep_unjudged(db: aiosqlite.Connection, row: Row) -> None:
    """Keep what the matcher made of a story, before the first correction."""
    (member,) = await members(db, [row])
    await db.execute(
        """
        insert into unjudged (story_id, event_id, relevant, relevance, evidence) values (?, ?, ?, ?, ?)
        on conflict (story_id) do nothing
        """,
        (
            row["id"],
            row["event_id"],
            row["relevant"],
            row["relevance"],
            rows.json_text([asdict(link) for link in member.reading.evidence]),
        ),
    )


async def _correct(db: aiosqlite.Connection, row: Row, now: datetime) -> None:
    event_id = await lay_over(db, row)
    for touched in dict.fromkeys((row["event_id"], event_id)):
        if touched is not None:
            await tell_again(db, touched, now)


async def lay_over(db: aiosqlite.Connection, row: Row) -> str | None:
    """Lay what people said over what the matcher made of a story; return the event that it belongs to now."""
    (said,) = await _judged(db, [row["id"]])
    reading = corrected(said.reading, said.verdicts)
    event_id = placed(said.event_id, reading, said.verdicts)
    await db.execute("delete from evidence where story_id = ?", (row["id"],))
    await keep_evidence(db, reading.evidence)
    if event_id is not None:
        await db.execute(
            "insert into events (id, began_at) values (?, ?) on conflict (id) do nothing",
            (event_id, row["at"]),
        )
    await db.execute(
        "update stories set event_id = ?, relevant = ?, relevance = ?, reason = ? where id = ?",
        (event_id, reading.relevant, reading.score, Reason.IRRELEVANT, row["id"]),
    )
    return event_id


async def keep_own(db: aiosqlite.Connection, reading: Reading, event_id: str | None) -> None:
    """Keep what the matcher makes now of a story that was judged, for the verdicts to be laid over."""
    links = rows.json_text([asdict(link) for link in reading.evidence])
    await db.execute(
        "update unjudged set event_id = ?, relevant = ?, relevance = ?, evidence = ? where story_id = ?",
        (event_id, reading.relevant, reading.score, links, reading.story_id),
    )


# ---- reading -----------------------------------------------------------------------------------------


async def find_story(db: aiosqlite.Connection, words: str) -> tuple[Member, str | None]:
    """Return the story of this id or address, or the one that alone begins so, and its event's id.

    Raises:
        NotFound: there is none, or several; names some of those.

    """
    exact = "select * from stories where id = :words or url = :words order by serial limit :most"
    begins = """
        select * from stories
        where id between :words and :words || char(0x10ffff)
            or url between :words and :words || char(0x10ffff)
        order by serial desc limit :most
        """
    for query in (exact, begins) if words else ():
        found = list(await db.execute_fetchall(query, {"words": words, "most": _NEAR + 1}))
        if len(found) == 1:
            (member,) = await members(db, found)
            return member, found[0]["event_id"]
        if found:
            named = [f"{row['id']}: {row['title']}" for row in found[:_NEAR]]
            more = ["and others"] if len(found) > _NEAR else []
            raise NotFound("\n".join([f"Several stories go by “{words}”; name one by its id", *named, *more]))
    raise NotFound(f"There is no story “{words}”\nName it by its id or address, or by how one of them begins")


async def suggestions(db: aiosqlite.Connection, limit: int) -> list[tuple[Member, Evidence]]:
    """Return the links to listed claims that wait for a review, newest story first."""
    found = list(
        await db.execute_fetchall(
            """
            select stories.*, evidence.claim_id from evidence
            join stories on stories.id = evidence.story_id
            join claims on claims.id = evidence.claim_id
            where suggested and claims.listed
            order by at desc, stories.id, evidence.position limit ?
            """,
            (limit,),
        )
    )
    waiting = zip(await members(db, found), (row["claim_id"] for row in found), strict=True)
    return [(m, e) for m, claim_id in waiting for e in m.reading.evidence if e.claim_id == claim_id]


async def verdicts(
    db: aiosqlite.Connection, story_ids: Collection[str], workspace: str
) -> dict[str, tuple[Verdict, ...]]:
    """Return what was said of each of these stories that is shared or this workspace's, oldest first."""
    found = await db.execute_fetchall(
        """
        select * from verdicts
        where story_id in (select value from json_each(?)) and (shared or workspace = ?) order by serial
        """,
        (keys(story_ids), workspace),
    )
    return _by_story(found)


async def private(db: aiosqlite.Connection, workspace: str) -> dict[str, tuple[Verdict, ...]]:
    """Return by story what was said in this workspace that is not shared, oldest first."""
    query = "select * from verdicts where not shared and workspace = ? order by serial"
    return _by_story(await db.execute_fetchall(query, (workspace,)))


async def shared(db: aiosqlite.Connection, story_id: str) -> tuple[Verdict, ...]:
    """Return the shared verdicts on a story, oldest first."""
    query = "select * from verdicts where shared and story_id = ? order by serial"
    return tuple(map(rows.verdict, await db.execute_fetchall(query, (story_id,))))


async def said_of(db: aiosqlite.Connection, story_id: str) -> Judged | None:
    """Return a story that people spoke of, or None where nobody did."""
    if not await one(db, "select 1 from unjudged where story_id = ?", story_id):
        return None
    (said,) = await _judged(db, [story_id])
    return said


async def judged(db: aiosqlite.Connection) -> list[Judged]:
    """Return the stories with shared verdicts, that with the newest verdict first."""
    found = await db.execute_fetchall(
        "select story_id from verdicts where shared group by story_id order by max(serial) desc"
    )
    return await _judged(db, [row["story_id"] for row in found])


async def _judged(db: aiosqlite.Connection, story_ids: Collection[str]) -> list[Judged]:
    """Return these stories, which have shared verdicts, in this order."""
    found = await db.execute_fetchall(
        "select * from stories where id in (select value from json_each(?))", (keys(story_ids),)
    )
    unjudged = await db.execute_fetchall(
        "select * from unjudged where story_id in (select value from json_each(?))", (keys(story_ids),)
    )
    shared = await db.execute_fetchall(
        """
        select * from verdicts where shared and story_id in (select value from json_each(?)) order by serial
        """,
        (keys(story_ids),),
    )
    by_story, before = _by_story(shared), {row["story_id"]: row for row in unjudged}
    now = {member.story.id: member for member in await members(db, list(found))}
    return [
        Judged(now[key].story, _own(now[key].reading, before[key]), before[key]["event_id"], by_story[key])
        for key in story_ids
    ]


def _own(reading: Reading, row: Row) -> Reading:
    """Return the matcher's own reading of a story, from the one that stands and a row of `unjudged`."""
    return replace(
        reading,
        relevant=bool(row["relevant"]),
        score=row["relevance"],
        evidence=tuple(rows.evidence_of(each) for each in json.loads(row["evidence"])),
    )


def _by_story(found: Iterable[Row]) -> dict[str, tuple[Verdict, ...]]:
    by_story: defaultdict[str, list[Verdict]] = defaultdict(list)
    for row in found:
        by_story[row["story_id"]].append(rows.verdict(row))
    return {story_id: tuple(said) for story_id, said in by_story.items()}
