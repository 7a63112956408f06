"""What destinations want, and what they do not for a while, as rows.

A subscription is small and always read whole, so it is one document.
"""

import json
from dataclasses import asdict, replace
from datetime import datetime, time
from functools import lru_cache
from sqlite3 import Row

import aiosqlite

from claims import sqlite_rows as rows
from claims.care import Superseded, in_place_of
from claims.model import Stance
from claims.sqlite_superseded import superseded
from claims.subscriptions import Importance, Subscription
from claims.workspaces import Snooze, SnoozeKind


async def subscriptions(db: aiosqlite.Connection, workspace: str | None = None) -> list[Subscription]:
    """Return every subscription, or those of a workspace, by destination.

    One that names a claim which was merged or split names those in its place.
    """
    found = await db.execute_fetchall(
        """
        select * from subscriptions
        where not removed and (:workspace is null or workspace = :workspace) order by destination
        """,
        {"workspace": workspace},
    )
    replaced = await superseded(db)
    return [_following(subscription(row), replaced) for row in found]


def _following(wanted: Subscription, replaced: Superseded) -> Subscription:
    if not wanted.claims or wanted.claims.isdisjoint(replaced):
        return wanted
    return replace(wanted, claims=frozenset(in_place_of(wanted.claims, replaced)))


def subscription_columns(subscription: Subscription) -> rows.Columns:
    """Return the columns of `subscriptions`."""
    document = asdict(subscription)
    for name in ("destination", "workspace", "by_people", "paused", "paused_by", "paused_until"):
        del document[name]
    for name in ("claims", "tags", "stances", "languages", "sources", "weekdays"):
        if document[name] is not None:
            document[name] = sorted(document[name])
    if subscription.digest:
        document["digest"] = subscription.digest.isoformat()
    if subscription.quiet:
        document["quiet"] = [each.isoformat() for each in subscription.quiet]
    document["hours_set_at"] = rows.moment_or_none(subscription.hours_set_at)
    return {
        "destination": subscription.destination,
        "workspace": subscription.workspace,
        "by_people": subscription.by_people,
        "paused": subscription.paused,
        "paused_by": subscription.paused_by,
        "paused_until": rows.moment_or_none(subscription.paused_until),
        "document": rows.json_text(document),
    }


def subscription(row: Row) -> Subscription:
    """Return a row of `subscriptions`; a field that is younger than its document has its default."""
    read = _subscription(row["destination"], row["workspace"], bool(row["by_people"]), row["document"])
    if not row["paused"]:
        return read
    until = rows.moment(row["paused_until"])
    return replace(read, paused=row["paused"], paused_by=row["paused_by"], paused_until=until)


@lru_cache(maxsize=4_096)  # each alert is routed to all of them, and they seldom change
def _subscription(destination: str, workspace: str, by_people: bool, document: str) -> Subscription:
    read = json.loads(document)
    for name in ("claims", "tags", "languages", "sources", "weekdays"):
        if read.get(name) is not None:
            read[name] = frozenset(read[name])
    if read.get("stances") is not None:
        read["stances"] = frozenset(map(Stance, read["stances"]))
    if read.get("digest"):
        read["digest"] = time.fromisoformat(read["digest"])
    if read.get("quiet"):
        since, until = map(time.fromisoformat, read["quiet"])
        read["quiet"] = (since, until)
    read["hours_set_at"] = rows.moment(read.get("hours_set_at"))
    for name in ("least", "mention_from"):
        if name in read:
            read[name] = Importance(read[name])
    return Subscription(destination=destination, workspace=workspace, by_people=by_people, **read)


async def snoozes(db: aiosqlite.Connection, now: datetime, workspace: str | None = None) -> list[Snooze]:
    """Return the snoozes that last beyond `now`, all or those of a workspace, the first to end first."""
    found = await db.execute_fetchall(
        """
        select * from snoozes
        where until > :now and (:workspace is null or workspace = :workspace) order by until, kind, what
        """,
        {"now": rows.moment_text(now), "workspace": workspace},
    )
    return [
        Snooze(
            workspace=row["workspace"],
            kind=SnoozeKind(row["kind"]),
            what=row["what"],
            until=datetime.fromisoformat(row["until"]),
            person=row["person"],
            at=datetime.fromisoformat(row["at"]),
        )
        for row in found
    ]
