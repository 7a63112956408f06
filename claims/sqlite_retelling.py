"""The statements behind telling an event again, as if the record had always read as it does now.

Each function runs in the transaction that its caller holds open.
"""

from collections.abc import Collection
from datetime import datetime

import aiosqlite

from claims import sqlite_rows as rows
from claims.alerting import retell, reworded
from claims.corrections import amended, reads_alike
from claims.matching.events import WINDOW
from claims.model import Alert, Event, Member, Reason, Sighting
from claims.sqlite_events import alerts, event, keys, raise_alert, sightings, update


async def tell_again(
    db: aiosqlite.Connection, event_id: str, now: datetime, edited: tuple[Member, Member] | None = None
) -> None:
    """Bring the alert of an event, and why its stories were told or not, into step with its members.

    Args:
        db: the connection.
        event_id: the event.
        now: when it is told again.
        edited: the story that was edited in place, as it read before and as it reads now: the alert then
            gets a new revision only where a reader sees a difference. Without it, it always gets one.

    """
    happening = await event(db, event_id)
    told, reasons = await _told(db, happening, now)
    await db.executemany(
        "update stories set reason = ? where id = ?",
        [(reason, member.story.id) for reason, member in zip(reasons, happening.members, strict=True)],
    )
    kept = (await alerts(db, [event_id])).get(event_id)
    if kept is not None:
        again = amended(kept, told, *edited) if edited else reworded(kept, told)
        if again is not None:
            was, story_id = (edited[0], edited[1].story.id) if edited else (None, None)
            await update(db, again, now, story_id, was)
    elif told and any(now - member.story.seen_at <= WINDOW for member in happening.members):
        await raise_alert(db, told)


async def _told(
    db: aiosqlite.Connection, happening: Event, now: datetime
) -> tuple[Alert | None, tuple[Reason, ...]]:
    found = await db.execute_fetchall("select id, document from claims")
    claims = {row["id"]: rows.claim(row["document"]) for row in found}
    return retell(happening, await _known(db, happening), claims, now)


async def _known(db: aiosqlite.Connection, happening: Event) -> list[dict[str, tuple[Sighting, ...]]]:
    """Return for each story of an event the sightings of its claims that were kept before that story."""
    borne = {link.claim_id for member in happening.members for link in member.reading.evidence}
    series = await sightings(db, borne)
    sighted = (each.story_id for told in series.values() for each in told if each.story_id)
    stories = keys({*sighted, *(member.story.id for member in happening.members)})
    query = "select id, serial from stories where id in (select value from json_each(?))"
    came: dict[str | None, int] = {r["id"]: r["serial"] for r in await db.execute_fetchall(query, (stories,))}
    return [
        {
            claim_id: tuple(each for each in told if came[each.story_id] < came[member.story.id])
            for claim_id, told in series.items()
        }
        for member in happening.members
    ]


async def uphold(db: aiosqlite.Connection, event_ids: Collection[str]) -> None:
    """See that the alerts of these events agree with the verdicts on stories that they have, or had.

    A visit is decided before it is recorded: it knows no verdict that came in between.
    """
    found = await db.execute_fetchall(
        """
        select value as event_id from json_each(?) where value in (
            select stories.event_id from unjudged join stories on stories.id = unjudged.story_id
            union select event_id from unjudged
        )
        """,
        (keys(event_ids),),
    )
    kept = await alerts(db, [row["event_id"] for row in found])
    for event_id, alert in kept.items():
        happening = await event(db, event_id)
        told, _ = await _told(db, happening, alert.raised_at)
        upheld = reworded(alert, told)
        if not reads_alike(alert, upheld):
            await update(db, upheld, max(m.story.seen_at for m in happening.members))
