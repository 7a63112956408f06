"""Which stories report one happening: pure, incremental, and stable once said.

The weights and the cut were chosen by hand on labelled stories; see `benchmarks/matching.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from math import sqrt

from claims.matching.meaning import Vector
from claims.matching.page import comparable
from claims.model import Event, Member, Stance, Story
from claims.text import digest_key, fold

WINDOW = timedelta(days=7)
"""How far apart two stories of one happening may be."""

_CUT = 0.48
_CONCEPTS, _LINKS, _FIGURES, _TITLE, _DAY = 0.6, 0.18, 0.14, 1.0, 0.02
_OTHER_FIGURES, _OTHER_STANCE = 0.2, 0.1
_ABROAD = 0.12
"""For two languages, whose titles share no words and whose lexicons see different things."""
_MEANING, _UNLIKE = 1.2, 0.44
"""For two sentence vectors, where there are: what is above the cosine of two neighbouring happenings."""
_SHINGLE = 3
_NEWEST = 30
"""How many of an event's latest members a story is compared with, besides the one that opened it."""


def event_id(story: Story) -> str:
    """Return the id of the event that a story opens, made from its content."""
    return f"e-{digest_key(story.url or story.id, fold(story.title))}"


def group(
    member: Member, events: Sequence[Event], vectors: Mapping[str, Vector] | None = None
) -> Event | None:
    """Return the event that a story joins, or None where it opens one of its own.

    Only the first and the newest members count, and of those the ones within `WINDOW` of the story; half the
    mean of their likeness and half the best decide, so one odd member neither pulls a story in nor keeps it
    out. A story that counts the same things and comes to none of the event's numbers is news of its own.
    `vectors` are by story id; two stories of which one has none are compared by their words alone.
    """
    best, joined = _CUT, None
    mine, vectors = _traits(member), vectors or {}
    vector = vectors.get(member.story.id)
    for event in events:
        asked = (*event.members[:1], *event.members[1:][-_NEWEST:])
        near = [m for m in asked if abs(m.story.at - member.story.at) <= WINDOW]
        others = [_traits(m) for m in near]
        if near and not _counts_anew(mine, others):
            scores = [
                _likeness(mine, other) + _nearness(vector, vectors.get(m.story.id))
                for m, other in zip(near, others, strict=True)
            ]
            score = (sum(scores) / len(scores) + max(scores)) / 2
            if score > best:
                best, joined = score, event
    return joined


@dataclass(frozen=True, slots=True)
class _Traits:
    """What of a story is compared; the weights of concepts and links are of length 1."""

    at: datetime
    language: str
    title: frozenset[str]
    concepts: Mapping[str, float]
    links: Mapping[str, float]
    values: frozenset[tuple[str, float]]
    units: frozenset[str]
    disputing: bool


@lru_cache(maxsize=4096)
def _traits(member: Member) -> _Traits:
    reading = member.reading
    return _Traits(
        at=member.story.at,
        language=reading.language,
        title=_shingles(member.story.title),
        concepts=_unit(dict(reading.concepts)),
        links=_unit({e.claim_id: e.score for e in reading.evidence}),
        values=frozenset((f.unit, f.high) for f in reading.figures),
        units=frozenset(f.unit for f in reading.figures),
        disputing=any(e.stance is Stance.DISPUTES for e in reading.evidence),
    )


def _likeness(a: _Traits, b: _Traits) -> float:
    """Return how much two stories look like reports of one happening; about 0 to 1."""
    score = _CONCEPTS * _cosine(a.concepts, b.concepts) + _LINKS * _cosine(a.links, b.links)
    if a.values and b.values:
        score += -_OTHER_FIGURES if a.values.isdisjoint(b.values) else _FIGURES
    if a.disputing != b.disputing:
        score -= _OTHER_STANCE
    score += _TITLE * _overlap(a.title, b.title) if a.language == b.language else _ABROAD
    return score - _DAY * (abs(a.at - b.at) / timedelta(days=1))


def _nearness(a: Vector | None, b: Vector | None) -> float:
    return 0.0 if a is None or b is None else _MEANING * (float(a @ b) - _UNLIKE)


def _counts_anew(mine: _Traits, others: Sequence[_Traits]) -> bool:
    shared = any(not mine.units.isdisjoint(other.units) for other in others)
    return shared and all(mine.values.isdisjoint(other.values) for other in others)


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    length = sqrt(sum(w * w for w in weights.values()))
    return {key: w / length for key, w in weights.items() if w}


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    return sum(weight * many[key] for key, weight in few.items() if key in many)


def _shingles(title: str) -> frozenset[str]:
    text = comparable(title)
    return frozenset(text[i : i + _SHINGLE] for i in range(max(1, len(text) - _SHINGLE + 1)))


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared)
