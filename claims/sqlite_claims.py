"""The register and what bears on it, in SQLite: `claims.store.ClaimBook`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import aiosqlite

from claims import sqlite_care, sqlite_events
from claims import sqlite_rows as rows
from claims.care import ITSELF, ClaimEdit, Editor, following
from claims.errors import NotFound
from claims.model import Claim, Evidence, Member, Sighting
from claims.sqlite_database import Database
from claims.sqlite_events import one
from claims.sqlite_superseded import superseded
from claims.text import fold


class SQLiteClaimBook(Database):
    """See `claims.store.ClaimBook`."""

    async def sync_claims(self, claims: Sequence[Claim]) -> None:
        """See `claims.store.ClaimBook`."""
        async with self._writing() as db:
            await sqlite_events.learnt(db)
            await sqlite_care.sync(db, claims, self._clock())

    async def keep_claim(self, claim: Claim, by: Editor = ITSELF) -> None:
        """See `claims.store.ClaimBook`."""
        async with self._writing() as db:
            await sqlite_events.learnt(db)
            await sqlite_care.keep(db, claim, by, self._clock())

    async def keep_claims(self, claims: Sequence[Claim], by: Editor = ITSELF) -> None:
        """See `claims.store.ClaimBook`."""
        async with self._writing() as db:
            await sqlite_events.learnt(db)
            for claim in claims:
                await sqlite_care.keep(db, claim, by, self._clock())

    async def retire_claim(self, claim_id: str, by: Editor = ITSELF) -> None:
        """See `claims.store.ClaimBook`."""
        async with self._writing() as db:
            claim = await _listed(db, claim_id)
            await sqlite_events.learnt(db)
            await sqlite_care.retire(db, claim, by, self._clock())

    async def merge_claim(self, claim_id: str, into: str, by: Editor = ITSELF) -> int:
        """See `claims.store.ClaimBook`."""
        async with self._writing() as db:
            claim, other = await _listed(db, claim_id), await _listed(db, into)
            await sqlite_events.learnt(db)
            return await sqlite_care.merge(db, claim, other.id, by, self._clock())

    async def split_claim(
        self, claim_id: str, into: Sequence[str], links: Sequence[Evidence], by: Editor = ITSELF
    ) -> int:
        """See `claims.store.ClaimBook`."""
        async with self._writing() as db:
            claim = await _listed(db, claim_id)
            for other in into:
                await _listed(db, other)
            await sqlite_events.learnt(db)
            return await sqlite_care.split(db, claim, into, links, by, self._clock())

    async def restore_claim(self, claim_id: str, by: Editor = ITSELF) -> None:
        """See `claims.store.ClaimBook`."""
        async with self._writing() as db:
            await sqlite_events.learnt(db)
            await sqlite_care.restore(db, claim_id, by, self._clock())

    async def edits(self, claim_id: str) -> list[ClaimEdit]:
        """See `claims.store.ClaimBook`."""
        async with self._reading() as db:
            return await sqlite_care.edits(db, claim_id)

    async def claims(self) -> list[Claim]:
        """See `claims.store.ClaimBook`."""
        async with self._reading() as db:
            found = await db.execute_fetchall(
                "select document from claims where listed order by position, id"
            )
            replaced = await superseded(db)
            return [following(rows.claim(row["document"]), replaced) for row in found]

    async def guest_claims(self) -> int:
        """See `claims.store.ClaimBook`."""
        async with self._reading() as db:
            ((count,),) = await db.execute_fetchall(
                """
                select count(*) from claims where listed and workspace is not null
                    and workspace not in (select workspace from subscriptions where not by_people)
                """
            )
        return int(count)

    async def claim(self, claim_id: str) -> Claim:
        """See `claims.store.ClaimBook`."""
        async with self._reading() as db:
            return await _listed(db, claim_id)

    async def register(self) -> Mapping[str, Claim]:
        """See `claims.store.ClaimBook`."""
        async with self._reading() as db:
            found = await db.execute_fetchall("select id, document from claims")
            return {row["id"]: rows.claim(row["document"]) for row in found}

    async def search_claims(self, words: str) -> list[Claim]:
        """See `claims.store.ClaimBook`."""
        wanted = fold(words).split()
        return [claim for claim in await self.claims() if wanted and _has_all(claim, wanted)]

    async def evidence(self, claim_id: str, limit: int) -> list[tuple[Member, Evidence]]:
        """See `claims.store.ClaimBook`."""
        async with self._reading() as db:
            found = await db.execute_fetchall(
                """
                select stories.* from evidence join stories on stories.id = evidence.story_id
                where evidence.claim_id = ? order by at desc, stories.id limit ?
                """,
                (claim_id, limit),
            )
            members = await sqlite_events.members(db, list(found))
        return [(member, _link(member, claim_id)) for member in members]

    async def claims_in_news(self, since: datetime, limit: int) -> list[str]:
        """See `claims.store.ClaimBook`."""
        async with self._reading() as db:
            found = await db.execute_fetchall(
                """
                select evidence.claim_id from stories
                cross join evidence on evidence.story_id = stories.id
                join claims on claims.id = evidence.claim_id
                where at >= ? and claims.listed and not suggested
                order by at desc, stories.id, evidence.position limit ?
                """,
                (rows.moment_text(since), limit),
            )
        return list(dict.fromkeys(row["claim_id"] for row in found))

    async def sightings(self, claim_ids: Collection[str]) -> Mapping[str, tuple[Sighting, ...]]:
        """See `claims.store.ClaimBook`."""
        async with self._reading() as db:
            return await sqlite_events.sightings(db, claim_ids)


async def _listed(db: aiosqlite.Connection, claim_id: str) -> Claim:
    row = await one(db, "select document from claims where listed and id = ?", claim_id)
    if row is None:
        raise NotFound(f"no claim {claim_id!r} is tracked")
    return following(rows.claim(row["document"]), await superseded(db))


def _has_all(claim: Claim, words: Sequence[str]) -> bool:
    searched = (claim.id, claim.statement, claim.said_by, *claim.items, *claim.places, *claim.vessels)
    text = fold(" ".join(searched))
    return all(word in text for word in words)


def _link(member: Member, claim_id: str) -> Evidence:
    return next(each for each in member.reading.evidence if each.claim_id == claim_id)
