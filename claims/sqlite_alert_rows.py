"""Alerts, digests and their deliveries to the columns of `claims.schema` and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from sqlite3 import Row
from typing import Any

from claims.model import Alert, Correction, FigureChange, Reason, Sighting, Stance, Turn
from claims.outgoing import Delivery, DeliveryState, Digest, Period
from claims.sqlite_rows import Columns, evidence_of, figure, json_text, moment, moment_or_none, moment_text
from claims.when import Day


def alert_columns(alert: Alert) -> Columns:
    """Return the columns of `alerts`."""
    return {
        "key": alert.key,
        "event_id": alert.event_id,
        "reason": alert.reason,
        "headline": alert.headline,
        "links": json_text([asdict(link) for link in alert.links]),
        "raised_at": moment_text(alert.raised_at),
        "change": json_text(asdict(alert.change)) if alert.change else None,
        "revision": alert.revision,
        "correction": json_text(asdict(alert.correction)) if alert.correction else None,
    }


def alert(row: Row) -> Alert:
    """Return a row of `alerts`."""
    return Alert(
        key=row["key"],
        event_id=row["event_id"],
        reason=Reason(row["reason"]),
        headline=row["headline"],
        links=tuple(evidence_of(link) for link in json.loads(row["links"])),
        raised_at=datetime.fromisoformat(row["raised_at"]),
        change=change(json.loads(row["change"])) if row["change"] else None,
        revision=row["revision"],
        correction=correction(json.loads(row["correction"])) if row["correction"] else None,
    )


def correction(read: Mapping[str, Any]) -> Correction:
    """Return the correction of a document."""
    return Correction(
        story_id=read["story_id"],
        was=read["was"] and figure(read["was"]),
        now=read["now"] and figure(read["now"]),
        turns=tuple(Turn(t["claim_id"], _stance(t["was"]), _stance(t["now"])) for t in read["turns"]),
    )


def _stance(text: str | None) -> Stance | None:
    return Stance(text) if text else None


def change(read: Mapping[str, Any]) -> FigureChange:
    """Return the moved number of a document."""
    before = read["before"]
    return FigureChange(
        claim_id=read["claim_id"],
        now=figure(read["now"]),
        before=before
        and Sighting(
            figure=figure(before["figure"]),
            said_by=before["said_by"],
            said_on=Day(**before["said_on"]),
            story_id=before["story_id"],
        ),
        told_by=read.get("told_by"),
    )


def digest_columns(digest: Digest) -> Columns:
    """Return the columns of `digests`."""
    return {
        "key": digest.key,
        "destination": digest.destination,
        "since": moment_text(digest.since),
        "until": moment_text(digest.until),
        "timezone": digest.timezone,
        "period": digest.period,
        "raised_at": moment_or_none(digest.raised_at),
    }


def digest(row: Row) -> Digest:
    """Return a row of `digests`."""
    return Digest(
        key=row["key"],
        destination=row["destination"],
        since=datetime.fromisoformat(row["since"]),
        until=datetime.fromisoformat(row["until"]),
        timezone=row["timezone"],
        period=Period(row["period"]),
        raised_at=moment(row["raised_at"]),
    )


def delivery_columns(delivery: Delivery) -> Columns:
    """Return the columns of `deliveries` that sending decides, with its key and destination."""
    return {
        **asdict(delivery),
        "next_try_at": moment_or_none(delivery.next_try_at),
        "posted_at": moment_or_none(delivery.posted_at),
    }


def delivery(row: Row) -> Delivery:
    """Return a row of `deliveries`."""
    return Delivery(
        key=row["key"],
        destination=row["destination"],
        state=DeliveryState(row["state"]),
        attempts=row["attempts"],
        next_try_at=moment(row["next_try_at"]),
        receipt=row["receipt"],
        revision=row["revision"],
        sent_revision=row["sent_revision"],
        error=row["error"],
        reason=row["reason"],
        head=row["head"],
        posted_at=moment(row["posted_at"]),
    )
