"""The statements behind how an alert shows to each workspace.

Each function runs in the transaction that its caller holds open.
"""

from collections import defaultdict

import aiosqlite

from claims import sqlite_rows as rows
from claims.outgoing import Briefing
from claims.showing import Showing
from claims.verdicts import Verdict


async def showings(db: aiosqlite.Connection, *tellings: Briefing) -> list[Showing]:
    """Return how these alerts, each as the record has it, show to each workspace."""
    members = [member for telling in tellings for member in telling.event.members]
    said: defaultdict[str, defaultdict[str, list[Verdict]]] = defaultdict(lambda: defaultdict(list))
    named = {link.claim_id for telling in tellings for link in telling.alert.links}
    named |= {link.claim_id for member in members for link in member.reading.evidence}
    for row in await db.execute_fetchall(
        """
        select * from verdicts
        where not shared and story_id in (select value from json_each(?)) order by serial
        """,
        (_keys({member.story.id for member in members}),),
    ):
        verdict = rows.verdict(row)
        said[verdict.workspace][verdict.story_id].append(verdict)
        named |= {claim_id for claim_id in (verdict.claim_id, verdict.right_claim) if claim_id}
    found = await db.execute_fetchall(
        "select id, document from claims where id in (select value from json_each(?))", (_keys(named),)
    )
    register = {row["id"]: rows.claim(row["document"]) for row in found}
    return [Showing(telling, register, said) for telling in tellings]


def _keys(values: set[str]) -> str:
    return rows.json_text(sorted(values))
