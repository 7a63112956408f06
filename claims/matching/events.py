"""Which stories report one happening: pure, incremental, and stable once said.

The weights and the cut were chosen by hand on labelled stories; see `benchmarks/matching.py`.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from math import sqrt

from claims.matching.page import comparable
from claims.model import Event, Member, Reading, Stance, Story
from claims.text import digest_key, fold

WINDOW = timedelta(days=7)
"""How far apart two stories of one happening may be."""

_CUT = 0.48
_CONCEPTS, _LINKS, _FIGURES, _TITLE, _DAY = 0.6, 0.18, 0.14, 1.0, 0.02
_OTHER_FIGURES, _OTHER_STANCE = 0.2, 0.1
_ABROAD = 0.12
"""For two languages, whose titles share no words and whose lexicons see different things."""
_SHINGLE = 3


def event_id(story: Story) -> str:
    """Return the id of the event that a story opens, made from its content."""
    return f"e-{digest_key(story.url or story.id, fold(story.title))}"


def group(member: Member, events: Sequence[Event]) -> Event | None:
    """Return the event that a story joins, or None where it opens one of its own.

    Only members within `WINDOW` of the story count; half the mean of their likeness and half the best
    decide, so one odd member neither pulls a story in nor keeps it out. A story that counts the same things
    and comes to none of the event's numbers is news of its own.
    """
    best, joined = _CUT, None
    for event in events:
        near = [m for m in event.members if abs(m.story.at - member.story.at) <= WINDOW]
        if near and not _counts_anew(member, near):
            scores = [likeness(member, other) for other in near]
            score = (sum(scores) / len(scores) + max(scores)) / 2
            if score > best:
                best, joined = score, event
    return joined


def likeness(a: Member, b: Member) -> float:
    """Return how much two stories look like reports of one happening; about 0 to 1."""
    one, other = a.reading, b.reading
    score = _CONCEPTS * _cosine(dict(one.concepts), dict(other.concepts))
    links, theirs = _links(one), _links(other)
    score += _LINKS * _cosine(links, theirs)
    figures, others = _values(one), _values(other)
    if figures and others:
        score += _FIGURES if figures & others else -_OTHER_FIGURES
    if _disputing(one) != _disputing(other):
        score -= _OTHER_STANCE
    if one.language == other.language:
        score += _TITLE * _overlap(_shingles(a.story.title), _shingles(b.story.title))
    else:
        score += _ABROAD
    return score - _DAY * abs(a.story.at - b.story.at) / timedelta(days=1)


def _counts_anew(member: Member, others: Sequence[Member]) -> bool:
    mine = _values(member.reading)
    theirs = {value for other in others for value in _values(other.reading)}
    same_units = {unit for unit, _ in mine} & {unit for unit, _ in theirs}
    return bool(same_units) and not mine & theirs


def _links(reading: Reading) -> dict[str, float]:
    return {e.claim_id: e.score for e in reading.evidence}


def _values(reading: Reading) -> set[tuple[str, float]]:
    return {(f.unit, f.high) for f in reading.figures}


def _disputing(reading: Reading) -> bool:
    return any(e.stance is Stance.DISPUTES for e in reading.evidence)


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    dot = sum(weight * b[key] for key, weight in a.items() if key in b)
    if not dot:
        return 0.0
    return dot / sqrt(sum(w * w for w in a.values()) * sum(w * w for w in b.values()))


@lru_cache(maxsize=4096)
def _shingles(title: str) -> frozenset[str]:
    text = comparable(title)
    return frozenset(text[i : i + _SHINGLE] for i in range(max(1, len(text) - _SHINGLE + 1)))


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b)
