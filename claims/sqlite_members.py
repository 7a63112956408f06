"""Stories with all that was read out of them, made of rows beside the event loop where they are many."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from sqlite3 import Row

from claims import sqlite_rows as rows
from claims.model import Evidence, Figure, Member

_MANY = 100
"""Stories from which on a thread is worth its while: so many take some milliseconds."""


async def made(stories: Sequence[Row], evidence: Iterable[Row], figures: Iterable[Row]) -> list[Member]:
    """Return these rows of `stories`, in their order, with those of `evidence` and `figures`, in theirs."""
    if len(stories) < _MANY:
        return _made(stories, evidence, figures)
    return await asyncio.to_thread(_made, stories, evidence, figures)


def _made(stories: Sequence[Row], evidence: Iterable[Row], figures: Iterable[Row]) -> list[Member]:
    links: defaultdict[str, list[Evidence]] = defaultdict(list)
    numbers: defaultdict[str, list[Figure]] = defaultdict(list)
    for row in evidence:
        links[row["story_id"]].append(rows.evidence(row))
    for row in figures:
        numbers[row["story_id"]].append(rows.figure(row))
    return [rows.member(row, links[row["id"]], numbers[row["id"]]) for row in stories]
