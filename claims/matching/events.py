"""Which stories report one happening: pure, incremental, and stable once said."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from statistics import mean

from claims.matching.cosine import cosine, unit
from claims.matching.meaning import Vector
from claims.matching.page import comparable
from claims.matching.scorer import Scorer
from claims.model import Event, Member, Stance, Story
from claims.text import digest_key, fold

WINDOW = timedelta(days=7)
"""How far apart two stories of one happening may be."""

_DAY = timedelta(days=1)
_LATER = 1.5
"""From how many days on a story is another day's."""
_TITLE, _TEXT = 3, 6
"""Lengths of the shingles, in characters: a title is short, and a reprint repeats whole phrases."""
_RETOLD = 0.5
"""The share of two headlines' shingles from which one is the other told again."""
_NEWEST = 30
"""How many of an event's latest members a story is compared with, besides the one that opened it."""


def event_id(story: Story) -> str:
    """Return the id of the event that a story opens, made from its content."""
    return f"e-{digest_key(story.url or story.id, fold(story.title))}"


def group(
    member: Member, events: Sequence[Event], scorer: Scorer, vectors: Mapping[str, Vector] | None = None
) -> Event | None:
    """Return the event that a story joins, or None where it opens one of its own.

    Only the first and the newest members count, and of those the ones within `WINDOW` of the story; the mean
    of how likely each is to report the same decides, so one odd member neither pulls a story in nor keeps it
    out. A headline that is told again with other numbers is news of its own. `vectors` are by story id; two
    stories of which one has none are compared by their words alone.
    """
    vectors = vectors or {}

    def lead(a: Member, b: Member) -> float:
        one, two = vectors.get(a.story.id), vectors.get(b.story.id)
        near = None if one is None or two is None else float(one @ two)
        model = scorer.events if near is None else scorer.events_by_meaning
        return model.probability(measured(a, b, near)) - model.cut

    return join(member, events, lead)


def join(member: Member, events: Iterable[Event], lead: Callable[[Member, Member], float]) -> Event | None:
    """Return the event that a story joins, or None, by how much two stories are rather one than not."""
    most, joined = 0.0, None
    for event in events:
        asked = (*event.members[:1], *event.members[1:][-_NEWEST:])
        near = [m for m in asked if abs(m.story.at - member.story.at) <= WINDOW]
        if near and not _counts_anew(member, near):
            likely = mean(lead(member, other) for other in near)
            if likely > most:
                most, joined = likely, event
    return joined


def measured(a: Member, b: Member, near: float | None = None) -> dict[str, float]:
    """Return what the models look at in two stories; `near` is the cosine of their vectors."""
    one, two = _traits(a), _traits(b)
    abroad = one.language != two.language
    concepts = cosine(one.concepts, two.concepts)
    apart = abs(one.at - two.at) / _DAY
    return {
        "days": apart,
        "later": float(apart >= _LATER),
        "concepts": concepts,
        "concepts-abroad": concepts if abroad else 0.0,
        "links": cosine(one.links, two.links),
        "disputed": _overlap(one.disputed, two.disputed),
        "figures": float(not one.values.isdisjoint(two.values)),
        "other-figures": float(bool(one.values and two.values) and one.values.isdisjoint(two.values)),
        "title": 0.0 if abroad else _overlap(one.title, two.title),
        "text": 0.0 if abroad else _overlap(one.text, two.text),
        "abroad": float(abroad),
        "actors": cosine(one.actors, two.actors),
        "lead-actors": cosine(one.lead_actors, two.lead_actors),
        "origin": float(one.origin is not None and one.origin == two.origin),
        "near": near or 0.0,
    }


def _counts_anew(member: Member, others: Sequence[Member]) -> bool:
    mine, theirs = _traits(member), [_traits(other) for other in others]
    return all(mine.values.isdisjoint(other.values) for other in theirs) and any(
        not mine.units.isdisjoint(other.units) and _overlap(mine.title, other.title) >= _RETOLD
        for other in theirs
    )


@dataclass(frozen=True, slots=True)
class _Traits:
    """What of a story is compared; weights are of length 1, and an actor's is the less the later it comes."""

    at: datetime
    language: str
    title: frozenset[str]
    text: frozenset[str]
    concepts: Mapping[str, float]
    links: Mapping[str, float]
    values: frozenset[tuple[str, float]]
    units: frozenset[str]
    disputed: frozenset[str]
    actors: Mapping[str, float]
    lead_actors: Mapping[str, float]
    origin: str | None


@lru_cache(maxsize=4096)
def _traits(member: Member) -> _Traits:
    reading = member.reading
    return _Traits(
        at=member.story.at,
        language=reading.language,
        title=_shingles(member.story.title, _TITLE),
        text=_shingles(member.story.summary, _TEXT),
        concepts=unit(dict(reading.concepts)),
        links=unit({e.claim_id: e.score for e in reading.evidence}),
        values=frozenset((f.unit, f.high) for f in reading.figures),
        units=frozenset(f.unit for f in reading.figures),
        disputed=frozenset(e.claim_id for e in reading.evidence if e.stance is Stance.DISPUTES),
        actors=_ranked(reading.actors),
        lead_actors=_ranked(reading.lead_actors),
        origin=fold(reading.origin.root) if reading.origin else None,
    )


def _ranked(concepts: Sequence[str]) -> dict[str, float]:
    return unit({concept: 1 / place for place, concept in enumerate(concepts, start=1)})


def _shingles(text: str, size: int) -> frozenset[str]:
    plain = comparable(text)
    return frozenset(plain[i : i + size] for i in range(len(plain) - size + 1))


def _overlap(a: Collection[str], b: Collection[str]) -> float:
    shared = len(set(a) & set(b))
    return shared / ((len(a) + len(b) - shared) or 1)
