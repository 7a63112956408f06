"""Happenings that fit no claim, offered as claims to track: pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.independence import Tally, tally
from claims.matching.lexicon import COUNTED
from claims.model import Event, Member, Stance, Story

FAMILIES = 2
"""Told by fewer, a happening is one publisher's word."""
LIKELY = 0.5
"""A suggestion from this probability on is more likely right than wrong: its claim is probably there."""
_CONCEPTS = 5


@dataclass(frozen=True, slots=True)
class Untracked:
    """A happening of the matter that bears on no claim."""

    event: Event
    tally: Tally
    concepts: tuple[str, ...]
    """What it is mostly about, in concepts of the lexicon, most telling first."""

    @property
    def story(self) -> Story:
        """Return the story to show: the first in English, else the first."""
        told = [member for member in self.event.members if member.reading.relevant]
        return next((m for m in told if m.reading.language == "en"), told[0]).story

    @property
    def at(self) -> datetime:
        """Return when it was last told."""
        return max(member.story.at for member in self.event.members)


def candidates(events: Iterable[Event]) -> tuple[Untracked, ...]:
    """Return the happenings that fit no claim and are told by two families or more, newest first.

    A story fits a claim that it supports or disputes, attached or probably so; what it says in passing of one
    does not count unless most stories do so, and neither does a story that is not relevant.
    """
    found = []
    for event in events:
        members = [member for member in event.members if member.reading.relevant]
        count = tally(members)
        fits = any(_fits(member) for member in members) or _recalls(members)
        if count.families >= FAMILIES and not fits:
            found.append(Untracked(event, count, _about(members)))
    return tuple(sorted(found, key=lambda each: (each.at, each.event.id), reverse=True))


def _recalls(members: Sequence[Member]) -> bool:
    """Say whether most of these stories speak of claims, if only in passing: what they are of is tracked.

    So it is where somebody does not confirm a claim.
    """
    told = sum(any(not link.suggested for link in member.reading.evidence) for member in members)
    return 2 * told > len(members)


def _fits(member: Member) -> bool:
    return any(
        link.stance is not Stance.BACKGROUND and (not link.suggested or link.score >= LIKELY)
        for link in member.reading.evidence
    )


def _about(members: Iterable[Member]) -> tuple[str, ...]:
    weights: defaultdict[str, float] = defaultdict(float)
    for member in members:
        for concept, weight in member.reading.concepts:
            if not concept.startswith(COUNTED):
                weights[concept] += weight
    return tuple(sorted(weights, key=lambda concept: (-weights[concept], concept))[:_CONCEPTS])
