"""The register as it is edited, and what every edit was, in SQLite."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import aiosqlite

from claims import sqlite_rows as rows
from claims.care import SEEDS, ClaimEdit, EditKind, Editor
from claims.errors import NotFound
from claims.model import Claim, Evidence
from claims.sqlite_events import one

_SEEDS = Editor(SEEDS)


async def sync(db: aiosqlite.Connection, claims: Sequence[Claim], now: datetime) -> None:
    """Keep what the seed file lists, and what that edits: only what differs is written."""
    kept = {
        row["id"]: row
        for row in await db.execute_fetchall("select id, position, listed, document, by_people from claims")
    }
    edits: list[ClaimEdit] = []
    written: list[tuple[str, int, str]] = []
    moved: list[tuple[int, str]] = []
    for position, claim in enumerate(claims):
        text, row = rows.claim_text(claim), kept.pop(claim.id, None)
        if row is None or not (row["by_people"] or (row["listed"] and row["document"] == text)):
            written.append((claim.id, position, text))
            before = rows.claim(row["document"]) if row and row["listed"] else None
            if before != claim:
                edits.append(_edit(claim.id, _SEEDS, now, _kind(row, before), before, claim))
        elif row["position"] != position:
            moved.append((position, claim.id))
    gone = [row for row in kept.values() if row["listed"] and not row["by_people"]]
    for row in gone:
        before = rows.claim(row["document"])
        edits.append(_edit(row["id"], _SEEDS, now, EditKind.RETIRED, before))
    await db.executemany("update claims set listed = 0 where id = ?", [(row["id"],) for row in gone])
    await db.executemany("update claims set position = ? where id = ?", moved)
    await db.executemany(
        """
        insert into claims (id, position, listed, document) values (?, ?, 1, ?)
        on conflict (id) do update set position = excluded.position, listed = 1, document = excluded.document
        """,
        written,
    )
    await _note(db, edits)


async def keep(db: aiosqlite.Connection, claim: Claim, by: Editor, now: datetime) -> None:
    """Add a claim, or change it; one that was retired is restored so."""
    row = await one(db, "select listed, document from claims where id = ?", claim.id)
    if row and not row["listed"]:
        await restore(db, claim.id, by, now, claim)
        return
    before = rows.claim(row["document"]) if row else None
    await db.execute(
        """
        insert into claims (id, position, listed, document, workspace, by_people)
        values (:id, (select coalesce(max(position), 0) + 1 from claims), 1, :document, :workspace, 1)
        on conflict (id) do update set listed = 1, document = excluded.document,
            workspace = excluded.workspace, by_people = 1
        """,
        {"id": claim.id, "document": rows.claim_text(claim), "workspace": claim.workspace},
    )
    await _note(db, [_edit(claim.id, by, now, _kind(row, before), before, claim)])


async def retire(db: aiosqlite.Connection, claim: Claim, by: Editor, now: datetime) -> None:
    """Track a claim no longer."""
    await db.execute("update claims set listed = 0, by_people = 1 where id = ?", (claim.id,))
    await _note(db, [_edit(claim.id, by, now, EditKind.RETIRED, claim)])


async def merge(db: aiosqlite.Connection, claim: Claim, into: str, by: Editor, now: datetime) -> int:
    """Retire a claim for another, and link its stories to that one; return how many were not yet."""
    linked = await db.execute_fetchall(
        """
        insert into evidence (story_id, position, claim_id, stance, score, why, suggested, judge)
        select story_id,
            (select max(position) + 1 from evidence as others where others.story_id = evidence.story_id),
            :into, stance, score, why, suggested, judge
        from evidence where claim_id = :claim
        on conflict do nothing
        returning story_id, claim_id
        """,
        {"claim": claim.id, "into": into},
    )
    return await _give_way(db, claim, [into], linked, _edit(claim.id, by, now, EditKind.MERGED, claim))


async def split(
    db: aiosqlite.Connection,
    claim: Claim,
    into: Sequence[str],
    links: Sequence[Evidence],
    by: Editor,
    now: datetime,
) -> int:
    """Retire a claim for others, and link stories to those; return how many were not yet."""
    linked = await db.execute_fetchall(
        """
        insert into evidence (story_id, position, claim_id, stance, score, why, suggested, judge)
        select link ->> 'story_id',
            (select coalesce(max(position), -1) from evidence where story_id = link ->> 'story_id')
                + row_number() over (partition by link ->> 'story_id' order by number),
            link ->> 'claim_id', link ->> 'stance', link ->> 'score', link ->> 'why', link ->> 'suggested',
            link ->> 'judge'
        from (select key as number, value as link from json_each(?))
        where true
        on conflict do nothing
        returning story_id, claim_id
        """,
        (rows.json_text([rows.evidence_columns(link, 0) for link in links]),),
    )
    return await _give_way(db, claim, into, linked, _edit(claim.id, by, now, EditKind.SPLIT, claim))


async def _give_way(
    db: aiosqlite.Connection,
    claim: Claim,
    into: Sequence[str],
    linked: Iterable[aiosqlite.Row],
    edit: ClaimEdit,
) -> int:
    """Retire a claim for others, to which stories were linked; return how many stories those are."""
    made = [(row["story_id"], row["claim_id"]) for row in linked]
    retired = replace(claim, superseded_by=tuple(into))
    await db.execute(
        "update claims set listed = 0, by_people = 1, document = ? where id = ?",
        (rows.claim_text(retired), claim.id),
    )
    await _note(db, [edit], rows.json_text(made))
    return len({story_id for story_id, _claim_id in made})


async def restore(
    db: aiosqlite.Connection, claim_id: str, by: Editor, now: datetime, changed: Claim | None = None
) -> None:
    """Track a retired claim again; links that its merge or split made, and nobody judged since, go.

    Args:
        db: a transaction.
        claim_id: its id.
        by: who restores it, and why.
        now: the moment.
        changed: what the claim says from here on; by default what it said.

    Raises:
        NotFound: there is no retired claim of that id.

    """
    row = await one(db, "select document from claims where not listed and id = ?", claim_id)
    if row is None:
        raise NotFound(f"no claim {claim_id!r} was retired")
    kept = rows.claim(row["document"])
    if kept.superseded_by:
        last = await one(
            db, "select links from claim_edits where claim_id = ? order by serial desc limit 1", claim_id
        )
        made = json.loads(last["links"]) if last else []
        await db.executemany(
            "delete from evidence where story_id = ? and claim_id = ? and judge is null", made
        )
    claim = replace(changed or kept, superseded_by=())
    await db.execute(
        "update claims set listed = 1, by_people = 1, document = ?, workspace = ? where id = ?",
        (rows.claim_text(claim), claim.workspace, claim_id),
    )
    await _note(db, [_edit(claim_id, by, now, EditKind.RESTORED, None, claim)])


async def edits(db: aiosqlite.Connection, claim_id: str) -> list[ClaimEdit]:
    """Return what was done to a claim, newest first."""
    found = await db.execute_fetchall(
        "select * from claim_edits where claim_id = ? order by serial desc", (claim_id,)
    )
    return [_edit_of(row) for row in found]


async def _note(db: aiosqlite.Connection, edits: Iterable[ClaimEdit], links: str = "[]") -> None:
    await db.executemany(
        """
        insert into claim_edits (claim_id, at, person, workspace, kind, why, before, after, links)
        values (:claim_id, :at, :person, :workspace, :kind, :why, :before, :after, :links)
        """,
        [{**_columns(edit), "links": links} for edit in edits],
    )


def _kind(row: aiosqlite.Row | None, before: Claim | None) -> EditKind:
    if before is not None:
        return EditKind.CHANGED
    return EditKind.RESTORED if row else EditKind.ADDED


def _edit(
    claim_id: str,
    by: Editor,
    now: datetime,
    kind: EditKind,
    before: Claim | None,
    after: Claim | None = None,
) -> ClaimEdit:
    return ClaimEdit(claim_id, now, by.person, kind, by.why, before, after, by.workspace)


def _edit_of(row: aiosqlite.Row) -> ClaimEdit:
    """Return a row of `claim_edits`."""
    return ClaimEdit(
        claim_id=row["claim_id"],
        at=datetime.fromisoformat(row["at"]),
        person=row["person"],
        kind=EditKind(row["kind"]),
        why=row["why"],
        before=rows.claim(row["before"]) if row["before"] else None,
        after=rows.claim(row["after"]) if row["after"] else None,
        workspace=row["workspace"],
    )


def _columns(edit: ClaimEdit) -> rows.Columns:
    """Return the row of an edit."""
    return {
        "claim_id": edit.claim_id,
        "at": rows.moment_text(edit.at),
        "person": edit.person,
        "workspace": edit.workspace,
        "kind": edit.kind,
        "why": edit.why,
        "before": rows.claim_text(edit.before) if edit.before else None,
        "after": rows.claim_text(edit.after) if edit.after else None,
    }
