"""What stands in the place of claims that were merged or split, in SQLite."""

import json

import aiosqlite

from claims.care import Superseded


async def superseded(db: aiosqlite.Connection) -> Superseded:
    """Return what stands in the place of claims that were merged or split."""
    found = await db.execute_fetchall(
        """
        select id, document ->> '$.superseded_by' as others from claims
        where not listed and others is not null and others != '[]'
        """
    )
    return {row["id"]: tuple(json.loads(row["others"])) for row in found}
