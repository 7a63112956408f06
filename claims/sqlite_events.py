"""The statements behind happenings: keeping what became of a story, and reading events whole.

Each function runs in the transaction that its caller holds open.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import groupby
from sqlite3 import Row

import aiosqlite

from claims import sqlite_alert_rows as alert_rows
from claims import sqlite_rows as rows
from claims.errors import NotFound
from claims.model import (
    Alert,
    Claim,
    Event,
    Evidence,
    Member,
    Outcome,
    Reading,
    Sighting,
    Silence,
    Stance,
    Update,
)
from claims.outgoing import Briefing, Delivery
from claims.showing import Showing, before
from claims.sqlite_developments import follow
from claims.sqlite_members import made
from claims.sqlite_routing import route_again, route_new
from claims.sqlite_showing import showings
from claims.workspaces import CONSOLE


def keys(values: Iterable[str]) -> str:
    """Return keys as the one parameter of `in (select value from json_each(?))`.

    SQLite limits how many parameters a statement has, not how long they are: no list needs to be cut.
    """
    return json.dumps(list(values))


async def one(db: aiosqlite.Connection, query: str, *values: str) -> Row | None:
    """Return the first row of a query, or None."""
    return next(iter(await db.execute_fetchall(query, values)), None)


async def learnt(db: aiosqlite.Connection) -> None:
    """Note that claims, or what people said of stories, may read otherwise now."""
    await db.execute("update lessons set count = count + 1")


# ---- keeping -----------------------------------------------------------------------------------------


async def keep(db: aiosqlite.Connection, outcome: Outcome) -> None:
    """Keep a story with what was decided, unless it is kept already: then so is that."""
    story = outcome.member.story
    if await one(db, "select 1 from stories where id = ?", story.id):
        return
    if outcome.event_id is not None:
        await db.execute(
            "insert into events (id, began_at) values (?, ?) on conflict (id) do nothing",
            (outcome.event_id, rows.moment_text(story.at)),
        )
    await _keep_member(db, outcome)
    match outcome.decision:
        case Alert() as alert:
            await raise_alert(db, alert)
        case Update(alert=alert):
            await update(db, alert, story.seen_at, story.id)
        case Silence():
            pass


async def _keep_member(db: aiosqlite.Connection, outcome: Outcome) -> None:
    await db.execute(
        """
        insert into stories (id, feed_url, event_id, url, title, summary, language, source_name,
            source_family, reliability, state_media, published_at, seen_at, guid, relayed_from, revisions,
            backlog, feed_summary, relevant, relevance, read_as, origin, concepts, actors, lead_actors,
            by_itself, reason)
        values (:id, :feed_url, :event_id, :url, :title, :summary, :language, :source_name,
            :source_family, :reliability, :state_media, :published_at, :seen_at, :guid, :relayed_from,
            :revisions, :backlog, :feed_summary, :relevant, :relevance, :read_as, :origin, :concepts,
            :actors, :lead_actors, :by_itself, :reason)
        """,
        rows.story_columns(outcome.member, outcome.event_id, outcome.decision.reason),
    )
    await keep_found(db, outcome.member.reading)


async def keep_found(db: aiosqlite.Connection, reading: Reading) -> None:
    """Keep the evidence and the figures of a story that has none."""
    await keep_evidence(db, reading.evidence)
    await db.executemany(
        """
        insert into figures (story_id, position, unit, low, high, bound, period, body, quote, direction)
        values (:story_id, :position, :unit, :low, :high, :bound, :period, :body, :quote, :direction)
        """,
        [
            rows.figure_columns(each, reading.story_id, position)
            for position, each in enumerate(reading.figures)
        ],
    )


async def keep_evidence(db: aiosqlite.Connection, evidence: Sequence[Evidence]) -> None:
    """Keep the evidence of a story that has none, in this order."""
    await db.executemany(
        """
        insert into evidence (story_id, position, claim_id, stance, score, why, suggested, judge)
        values (:story_id, :position, :claim_id, :stance, :score, :why, :suggested, :judge)
        """,
        [rows.evidence_columns(each, position) for position, each in enumerate(evidence)],
    )


async def raise_alert(db: aiosqlite.Connection, alert: Alert) -> None:
    """Keep an alert and route it, unless it is kept already."""
    inserted = await db.execute(
        """
        insert into alerts (key, event_id, reason, headline, links, raised_at, change, revision, correction)
        values (:key, :event_id, :reason, :headline, :links, :raised_at, :change, :revision, :correction)
        on conflict (key) do nothing
        """,
        alert_rows.alert_columns(alert),
    )
    if inserted.rowcount:
        await route_new(db, await showing(db, alert.key), alert.raised_at)


async def update(
    db: aiosqlite.Connection,
    alert: Alert,
    at: datetime,
    story_id: str | None = None,
    was: Member | None = None,
) -> None:
    """Replace the kept alert by one of a higher revision, and route it where it shows otherwise.

    Args:
        db: the connection.
        alert: the alert as it reads now.
        at: when that came.
        story_id: the story that brought it, or None where a person did.
        was: that story as it read before, where it was edited in place.

    """
    row = await one(db, "select * from alerts where key = ?", alert.key)
    if row is None:
        await raise_alert(db, alert)
        return
    kept = alert_rows.alert(row)
    if alert.revision <= kept.revision:
        return
    await db.execute(
        """
        update alerts set reason = :reason, headline = :headline, links = :links, change = :change,
            revision = :revision, correction = :correction, revised_at = :revised_at
        where key = :key
        """,
        {**alert_rows.alert_columns(alert), "revised_at": rows.moment_text(at)},
    )
    telling = await briefing(db, alert.key)
    earlier = Briefing(kept, before(telling.event, story_id, was), await _borne(db, kept))
    then, now = await showings(db, earlier, telling)
    developed = await follow(db, then, now, at, story_id)
    by_people = CONSOLE if story_id is None else None
    await route_again(db, then, now, at, developed, by_people=by_people)


# ---- reading -----------------------------------------------------------------------------------------


async def members(db: aiosqlite.Connection, stories: Sequence[Row]) -> list[Member]:
    """Return these rows of `stories`, in their order, with all that was read out of them."""
    wanted = (keys(row["id"] for row in stories),)
    evidence = await db.execute_fetchall(
        "select * from evidence where story_id in (select value from json_each(?)) order by position", wanted
    )
    figures = await db.execute_fetchall(
        "select * from figures where story_id in (select value from json_each(?)) order by position", wanted
    )
    return await made(stories, evidence, figures)


async def events(db: aiosqlite.Connection, event_ids: Collection[str]) -> list[Event]:
    """Return these events whole, by the `at` of their first member, then by id."""
    found = await db.execute_fetchall(
        """
        select stories.* from stories join events on events.id = stories.event_id
        where event_id in (select value from json_each(?))
        order by began_at, event_id, serial
        """,
        (keys(event_ids),),
    )
    stories = list(found)
    told = zip(stories, await members(db, stories), strict=True)
    return [
        Event(event_id, tuple(member for _, member in group))
        for event_id, group in groupby(told, key=lambda pair: pair[0]["event_id"])
    ]


async def event(db: aiosqlite.Connection, event_id: str) -> Event:
    """Return one event whole; it has no members where a person moved its last story elsewhere."""
    return next(iter(await events(db, [event_id])), Event(event_id, ()))


async def sightings(db: aiosqlite.Connection, claim_ids: Collection[str]) -> dict[str, tuple[Sighting, ...]]:
    """See `claims.store.ClaimBook.sightings`."""
    found = await db.execute_fetchall(
        """
        select evidence.claim_id, figures.*, at, coalesce(relayed_from, source_name) as outlet
        from evidence
        join figures on figures.story_id = evidence.story_id
        join stories on stories.id = evidence.story_id
        where evidence.claim_id in (select value from json_each(:claims))
            and stance = :supports and not suggested
        order by at, serial, figures.position
        """,
        {"claims": keys(claim_ids), "supports": Stance.SUPPORTS},
    )
    sighted: dict[str, list[Sighting]] = {claim_id: [] for claim_id in claim_ids}
    for row in found:
        sighted[row["claim_id"]].append(rows.sighting(row))
    return {claim_id: tuple(each) for claim_id, each in sighted.items()}


async def alerts(db: aiosqlite.Connection, event_ids: Collection[str]) -> dict[str, Alert]:
    """Return the alert of each of these events that has one, by event id."""
    found = await db.execute_fetchall(
        "select * from alerts where event_id in (select value from json_each(?))", (keys(event_ids),)
    )
    return {row["event_id"]: alert_rows.alert(row) for row in found}


async def briefing(db: aiosqlite.Connection, key: str) -> Briefing:
    """Return an alert with its event and claims.

    Raises:
        NotFound: there is no alert of that key.

    """
    row = await one(db, "select * from alerts where key = ?", key)
    if row is None:
        raise NotFound(f"no alert {key!r} was ever raised")
    alert = alert_rows.alert(row)
    return Briefing(alert, await event(db, alert.event_id), await _borne(db, alert))


async def _borne(db: aiosqlite.Connection, alert: Alert) -> tuple[Claim, ...]:
    found = await db.execute_fetchall(
        "select id, document from claims where id in (select value from json_each(?))",
        (keys(link.claim_id for link in alert.links),),
    )
    claims = {row["id"]: rows.claim(row["document"]) for row in found}
    return tuple(claims[link.claim_id] for link in alert.links)


async def showing(db: aiosqlite.Connection, key: str) -> Showing:
    """Return how an alert shows to each workspace.

    Raises:
        NotFound: there is no alert of that key.

    """
    (found,) = await showings(db, await briefing(db, key))
    return found


async def waiting(db: aiosqlite.Connection) -> list[tuple[Showing, Delivery]]:
    """Return the alerts that are not posted yet, and what follows posted ones, each with its alert."""
    found = await db.execute_fetchall(
        """
        select deliveries.*, alerts.key as alert_key
        from deliveries join alerts on alerts.key = coalesce(head, deliveries.key)
        where due and state != 'sent' order by alert_key
        """
    )
    return [
        (shown, alert_rows.delivery(row))
        for key, of_one in groupby(found, key=lambda row: row["alert_key"])
        for shown in [await showing(db, key)]
        for row in of_one
    ]
