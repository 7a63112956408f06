"""Records to the columns of `claims.schema` and back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import lru_cache
from sqlite3 import Row
from typing import Any

from claims.admiralty import Reliability
from claims.independence import said_by
from claims.model import (
    Bound,
    Claim,
    Direction,
    Evidence,
    Figure,
    Mark,
    Member,
    Origin,
    Profile,
    Reading,
    Reason,
    Reference,
    Review,
    Sighting,
    Source,
    Stance,
    Story,
)
from claims.verdicts import Verdict, VerdictKind
from claims.when import Day

Columns = dict[str, Any]


def moment_text(moment: datetime) -> str:
    """Return a moment as text whose order is the order of time.

    Raises:
        ValueError: the moment has no time zone.

    """
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {moment}")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment_or_none(moment: datetime | None) -> str | None:
    """Return a moment as `moment_text` does, or None."""
    return None if moment is None else moment_text(moment)


def moment(text: str | None) -> datetime | None:
    """Return the moment of such a text, or None."""
    return None if text is None else datetime.fromisoformat(text)


def json_text(value: object) -> str:
    """Return the JSON of plain values, records' `asdict` among them."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# ---- sources ---------------------------------------------------------------------------------------


def source_columns(source: Source) -> Columns:
    """Return the columns of who publishes."""
    return {
        "source_name": source.name,
        "source_family": source.family,
        "reliability": source.reliability,
        "state_media": source.state_media,
    }


def source(row: Row | Mapping[str, Any]) -> Source:
    """Return who publishes, of a row of `feeds` or `stories`."""
    return _source(row["source_name"], row["source_family"], row["reliability"], row["state_media"])


@lru_cache(maxsize=10_000)
def _source(name: str, family: str, reliability: str, state_media: int) -> Source:
    """Return a source, which is made once: thousands of stories have the same."""
    return Source(name, family, Reliability(reliability), bool(state_media))


# ---- stories and what was read out of them -----------------------------------------------------------


def story_columns(member: Member, event_id: str | None, reason: Reason) -> Columns:
    """Return the columns of `stories`, its reading's evidence and figures left out."""
    story, reading = member.story, member.reading
    return {
        "id": story.id,
        "feed_url": story.feed_url,
        "event_id": event_id,
        "url": story.url,
        "title": story.title,
        "summary": story.summary,
        "language": story.language,
        **source_columns(story.source),
        "published_at": moment_or_none(story.published_at),
        "seen_at": moment_text(story.seen_at),
        "guid": story.guid,
        "relayed_from": story.relayed_from,
        "revisions": story.revisions,
        "backlog": story.backlog,
        "feed_summary": story.feed_summary,
        **reading_columns(reading),
        "reason": reason,
    }


def reading_columns(reading: Reading) -> Columns:
    """Return the columns of `stories` that the matcher decides."""
    return {
        "relevant": reading.relevant,
        "relevance": reading.score,
        "read_as": reading.language,
        "origin": json_text(asdict(reading.origin)) if reading.origin else None,
        "concepts": json_text(reading.concepts),
        "actors": json_text(reading.actors),
        "lead_actors": json_text(reading.lead_actors),
        "by_itself": reading.by_itself,
    }


def story(row: Row | Mapping[str, Any]) -> Story:
    """Return the story of a row of `stories`."""
    return Story(
        id=row["id"],
        feed_url=row["feed_url"],
        url=row["url"],
        title=row["title"],
        summary=row["summary"],
        language=row["language"],
        source=source(row),
        published_at=moment(row["published_at"]),
        seen_at=datetime.fromisoformat(row["seen_at"]),
        guid=row["guid"],
        relayed_from=row["relayed_from"],
        revisions=row["revisions"],
        backlog=bool(row["backlog"]),
        feed_summary=row["feed_summary"],
    )


def member(row: Row | Mapping[str, Any], evidence: Iterable[Evidence], figures: Iterable[Figure]) -> Member:
    """Return a row of `stories` with its evidence and figures."""
    reading = Reading(
        story_id=row["id"],
        relevant=bool(row["relevant"]),
        score=row["relevance"],
        language=row["read_as"],
        evidence=tuple(evidence),
        figures=tuple(figures),
        origin=origin(row),
        concepts=tuple((concept, weight) for concept, weight in json.loads(row["concepts"])),
        actors=tuple(json.loads(row["actors"])),
        lead_actors=tuple(json.loads(row["lead_actors"])),
        by_itself=bool(row["by_itself"]),
    )
    return Member(story(row), reading)


def origin(row: Row | Mapping[str, Any]) -> Origin | None:
    """Return the origin of a row of `stories`."""
    return None if row["origin"] is None else _origin(row["origin"])


@lru_cache(maxsize=10_000)
def _origin(text: str) -> Origin:
    """Return the origin of a document, which is made once: thousands of stories have the same."""
    read = json.loads(text)
    return Origin(**{**read, "chain": tuple(read["chain"]), "unsure": tuple(read.get("unsure", ()))})


def evidence_columns(evidence: Evidence, position: int) -> Columns:
    """Return the columns of `evidence`."""
    read = asdict(evidence)
    return {**read, "why": json_text(read["why"]), "position": position}


def evidence(row: Row) -> Evidence:
    """Return a row of `evidence`."""
    return evidence_of({**dict(row), "why": json.loads(row["why"])})


def evidence_of(read: Mapping[str, Any]) -> Evidence:
    """Return the evidence of a document."""
    return Evidence(
        story_id=read["story_id"],
        claim_id=read["claim_id"],
        stance=Stance(read["stance"]),
        score=read["score"],
        why=tuple(Mark(**mark) for mark in read["why"]),
        suggested=bool(read.get("suggested", False)),
        judge=read.get("judge"),
    )


def figure_columns(figure: Figure, story_id: str, position: int) -> Columns:
    """Return the columns of `figures`."""
    return {**asdict(figure), "story_id": story_id, "position": position}


def figure(row: Row | Mapping[str, Any]) -> Figure:
    """Return a row of `figures`, or the figure of a document; older ones have no direction."""
    direction = dict(row).get("direction")
    return Figure(
        unit=row["unit"],
        low=row["low"],
        high=row["high"],
        bound=Bound(row["bound"]),
        period=row["period"],
        body=row["body"],
        quote=row["quote"],
        direction=Direction(direction) if direction else None,
    )


def sighting(row: Row) -> Sighting:
    """Return a row of `figures` beside its story's `at` and `outlet`."""
    stated = figure(row)
    return Sighting(
        figure=stated,
        said_by=said_by(stated, row["outlet"]),
        said_on=Day.of(datetime.fromisoformat(row["at"])),
        story_id=row["story_id"],
    )


# ---- claims ------------------------------------------------------------------------------------------


def claim_text(claim: Claim) -> str:
    """Return the document of a claim."""
    return json_text(asdict(claim))


@lru_cache(maxsize=10_000)
def claim(text: str) -> Claim:
    """Return the claim of a document; a field that is younger than the document has its default.

    A register is read at every question and at every key of a suggestion: its claims are made once.
    """
    read = json.loads(text)
    tuples = ("items", "places", "vessels", "resolutions", "disputed_by", "tags", "disputes", "superseded_by")
    return Claim(
        **{
            **read,
            **{name: tuple(read[name]) for name in tuples if name in read},
            "said_on": Day(**read["said_on"]),
            "direction": Direction(read["direction"]) if read["direction"] else None,
            "figures": tuple(figure(each) for each in read["figures"]),
            "sources": tuple(Reference(**{**each, "day": _day(each["day"])}) for each in read["sources"]),
            "reviews": tuple(
                Review(**{**each, "day": _day(each["day"])}) for each in read.get("reviews", ())
            ),
            "profile": _profile(read["profile"]),
        }
    )


def _profile(read: Mapping[str, Any] | None) -> Profile | None:
    if read is None:
        return None
    return Profile(
        need=tuple(tuple(group) for group in read["need"]),
        boost=tuple(read["boost"]),
        minus=tuple(read["minus"]),
        since=_day(read["since"]),
        until=_day(read["until"]),
        against=tuple(read.get("against", ())),
        accused=tuple((Day(**first), Day(**last)) for first, last in read.get("accused", ())),
    )


def _day(read: Mapping[str, int | None] | None) -> Day | None:
    return Day(**read) if read else None  # type: ignore[arg-type]  # asdict of a Day: its year is never None


def verdict(row: Row) -> Verdict:
    """Return a row of `verdicts`."""
    return Verdict(
        workspace=row["workspace"],
        person=row["person"],
        at=datetime.fromisoformat(row["at"]),
        story_id=row["story_id"],
        kind=VerdictKind(row["kind"]),
        claim_id=row["claim_id"],
        right_claim=row["right_claim"],
        stance=Stance(row["stance"]) if row["stance"] else None,
        event_id=row["event_id"],
        undone=bool(row["undone"]),
        shared=bool(row["shared"]),
    )
