"""How good the matcher of today is on the stories that people judged."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from claims.model import Event, Evidence, Member, Reading, Stance
from claims.verdicts import PLACING, Judged, VerdictKind, corrected, spoken_for, standing

Group = Callable[[Member, Sequence[Event]], Event | None]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of `n` were right."""

    right: int
    n: int

    @property
    def value(self) -> float | None:
        """Return the share, 0 to 1, or None of nothing."""
        return self.right / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What the verdicts say of the matcher; where no verdict speaks nothing is counted."""

    stories: int
    told: Share
    """Precision of the links that would be told, of those that people spoke of."""
    suggested: Share
    """Precision of the links that would wait for a review."""
    found: Share
    """Of the links that people called right: those told or suggested."""
    stance: Share
    """Of the right links that are found: those of the right stance."""
    relevance: Share
    events: Share
    """Of the stories that people placed: those that come to the event, or do not come to the old one."""


def review(
    judged: Sequence[Judged],
    readings: Mapping[str, Reading],
    events: Sequence[Event],
    group: Group,
) -> Reviewed:
    """Compare readings with verdicts.

    Args:
        judged: the stories with their verdicts.
        readings: by story id, those of the judged ones, and of the members of the events, read anew; a
            member that is left out is as it was read.
        events: those that the stories might join, as the record has them.
        group: finds among some events the one that a story joins.

    """
    links = [pair for each in judged for pair in _links(each, readings[each.story.id])]
    told = [(said, e) for said, e in links if e and not e.suggested and e.stance is not Stance.BACKGROUND]
    unsure = [(said, e) for said, e in links if e and e.suggested]
    right = [(said, e) for said, e in links if said]
    return Reviewed(
        stories=sum(bool(standing(each.verdicts)) for each in judged),
        told=_share(said is not None for said, _ in told),
        suggested=_share(said is not None for said, _ in unsure),
        found=_share(e is not None for _, e in right),
        stance=_share(said.stance is e.stance for said, e in right if said and e),
        relevance=_share(_relevance(judged, readings)),
        events=_share(_placed(judged, readings, events, group)),
    )


def _share(results: Iterable[bool]) -> Share:
    counted = list(results)
    return Share(sum(counted), len(counted))


def _links(judged: Judged, reading: Reading) -> Iterator[tuple[Evidence | None, Evidence | None]]:
    """Yield for each claim that people spoke of what they say and what the matcher says."""
    record = corrected(judged.reading, judged.verdicts)
    said = dict(spoken_for(judged))
    found = {e.claim_id: e for e in reading.evidence}
    if not record.relevant:
        said |= dict.fromkeys(found, False)
    links = {e.claim_id: e for e in record.evidence}
    for claim_id, bears in said.items():
        yield (links[claim_id] if bears else None), found.get(claim_id)


def _relevance(judged: Sequence[Judged], readings: Mapping[str, Reading]) -> Iterator[bool]:
    for each in judged:
        said = standing(each.verdicts)
        irrelevant = any(v.kind is VerdictKind.NOT_RELEVANT for v in said)
        if irrelevant or any(v.kind is not VerdictKind.WRONG_CLAIM or v.right_claim for v in said):
            record = corrected(each.reading, each.verdicts)
            yield readings[each.story.id].relevant is record.relevant


def _placed(
    judged: Sequence[Judged],
    readings: Mapping[str, Reading],
    events: Sequence[Event],
    group: Group,
) -> Iterator[bool]:
    for each in judged:
        said = next((v for v in reversed(standing(each.verdicts)) if v.kind in PLACING), None)
        if said is None:
            continue
        asked = said.event_id or each.event_id
        others = [other for event in events if (other := _others(event, each.story.id, readings))]
        if asked in {event.id for event in others}:
            joined = group(Member(each.story, readings[each.story.id]), others)
            yield (joined is not None and joined.id == asked) is (said.kind is VerdictKind.SAME_EVENT)


def _others(event: Event, story_id: str, readings: Mapping[str, Reading]) -> Event | None:
    """Return an event without a story and with its members read anew, or None where nothing is left."""
    members = tuple(
        replace(m, reading=readings.get(m.story.id, m.reading))
        for m in event.members
        if m.story.id != story_id
    )
    return replace(event, members=members) if members else None
