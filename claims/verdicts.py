"""What people say of a story, and what the record says once they have spoken.

Verdicts are only ever added. What the matcher said stays beside them, so that the record is always the
matcher's word with the verdicts laid over it: whatever is read anew, and whatever is taken back, comes to
the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from claims.model import Evidence, Reading, Stance, Story
from claims.text import digest_key


class VerdictKind(StrEnum):
    """What a person says of a story."""

    RIGHT = "right"
    WRONG_CLAIM = "wrong-claim"
    NOT_RELEVANT = "not-relevant"
    WRONG_STANCE = "wrong-stance"
    SAME_EVENT = "same-event"
    OTHER_EVENT = "other-event"


PLACING = (VerdictKind.SAME_EVENT, VerdictKind.OTHER_EVENT)
"""The kinds that place a story into an event."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's word on one story."""

    workspace: str
    """Whose it is, and who sees it while it is not `shared`."""
    person: str
    at: datetime
    story_id: str
    kind: VerdictKind
    claim_id: str | None = None
    """The claim that is spoken of: right, wrong, or of the wrong stance."""
    right_claim: str | None = None
    """Where a wrongly linked story belongs, or None: to no claim that is tracked."""
    stance: Stance | None = None
    """Towards the claim that is right; None leaves it as it was read."""
    event_id: str | None = None
    """The event that the story belongs to, where it is the same."""
    undone: bool = False
    """It takes back its workspace's newest of its kind and claim; what was said before counts again."""
    shared: bool = True
    """It corrects the record that every workspace reads, and it teaches; else it is its workspace's alone.

    Kept as it was given: a private word does not become public by a setting that is changed later.
    """


@dataclass(frozen=True, slots=True)
class Judged:
    """A story that people spoke of, with what the matcher by itself made of it."""

    story: Story
    reading: Reading
    """The matcher's own, without any verdict."""
    event_id: str | None
    """Where the matcher put it."""
    verdicts: tuple[Verdict, ...]
    """The shared ones, oldest first."""


def standing(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Return the newest verdict of each kind and claim that nobody took back, oldest first.

    The two kinds that place a story into an event speak of one thing: the newer of them counts.
    """
    given: list[Verdict] = []
    for verdict in verdicts:
        if not verdict.undone:
            given.append(verdict)
        elif before := next((v for v in reversed(given) if _same_matter(v, verdict)), None):
            given.remove(before)
    newest = {_matter(verdict): verdict for verdict in given}
    return tuple(verdict for verdict in given if newest[_matter(verdict)] is verdict)


def last_words(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Return the verdicts that the same person did not contradict later on the same story, oldest first.

    It is what is shown of those `standing`: the record counts all of them, and the later has its way.
    """
    said = list(verdicts)
    return tuple(v for i, v in enumerate(said) if not any(_gainsays(later, v) for later in said[i + 1 :]))


def _gainsays(later: Verdict, before: Verdict) -> bool:
    if (later.workspace, later.person, later.story_id) != (before.workspace, before.person, before.story_id):
        return False
    if VerdictKind.NOT_RELEVANT in (later.kind, before.kind):
        return True
    if later.kind in PLACING or before.kind in PLACING:
        return False
    now, was = _bears(later), _bears(before)
    return later.claim_id == before.claim_id or any(
        now[each] != was[each] for each in now.keys() & was.keys()
    )


def _bears(verdict: Verdict) -> dict[str, bool]:
    """Return the claims that a verdict names, and whether it says that the story bears on them."""
    wrong = verdict.kind is VerdictKind.WRONG_CLAIM
    said = {verdict.claim_id: not wrong, verdict.right_claim: True}
    return {claim_id: bears for claim_id, bears in said.items() if claim_id}


def _matter(verdict: Verdict) -> tuple[str, str | None]:
    return ("event" if verdict.kind in PLACING else verdict.kind, verdict.claim_id)


def _same_matter(one: Verdict, other: Verdict) -> bool:
    return (one.workspace, one.kind, one.claim_id) == (other.workspace, other.kind, other.claim_id)


def corrected(reading: Reading, verdicts: Sequence[Verdict]) -> Reading:
    """Return what the record says of a story: what the matcher read, with the verdicts laid over it.

    Evidence that a person spoke for is certain: it has the score 1, is not suggested, and names the person
    as its judge. Verdicts are taken in the order given, oldest first, of which those `standing` count; a
    later one may contradict an earlier one of another kind, and then has its way.
    """
    for verdict in standing(verdicts):
        reading = _applied(reading, verdict)
    return replace(reading, evidence=tuple(sorted(reading.evidence, key=lambda e: -e.score)))


def _applied(reading: Reading, verdict: Verdict) -> Reading:
    match verdict.kind:
        case VerdictKind.RIGHT | VerdictKind.WRONG_STANCE:
            return _linked(reading, verdict.claim_id, verdict)
        case VerdictKind.WRONG_CLAIM:
            left = tuple(e for e in reading.evidence if e.claim_id != verdict.claim_id)
            return _linked(replace(reading, evidence=left), verdict.right_claim, verdict)
        case VerdictKind.NOT_RELEVANT:
            return replace(reading, relevant=False, score=0.0, evidence=())
        case _:
            return replace(reading, relevant=True)


def _linked(reading: Reading, claim_id: str | None, verdict: Verdict) -> Reading:
    """Return a reading in which a story bears on a claim because a person says so."""
    if claim_id is None:
        return reading
    read = next((e for e in reading.evidence if e.claim_id == claim_id), None)
    read = read or Evidence(reading.story_id, claim_id, Stance.SUPPORTS, 1.0)
    link = replace(
        read, stance=verdict.stance or read.stance, score=1.0, suggested=False, judge=verdict.person
    )
    others = (e for e in reading.evidence if e.claim_id != claim_id)
    return replace(reading, relevant=True, evidence=(link, *others))


def placed(event_id: str | None, reading: Reading, verdicts: Sequence[Verdict]) -> str | None:
    """Return the event that a story belongs to, or None where it is not relevant.

    Args:
        event_id: where the matcher put it, if anywhere.
        reading: what the record says of it, as `corrected`.
        verdicts: oldest first.

    """
    if not reading.relevant:
        return None
    said = next((v for v in reversed(standing(verdicts)) if v.kind in PLACING), None)
    if said:
        return said.event_id or own_event(reading.story_id)
    return event_id or own_event(reading.story_id)


def own_event(story_id: str) -> str:
    """Return the id of the event that a story has to itself because a person set it apart.

    It is never that of the event which the story once opened, since that may have other stories by now.
    """
    return f"e-{digest_key('set apart', story_id)}"


def spoken_for(judged: Judged) -> Mapping[str, bool]:
    """Return the claims of which people said that this story bears on them, or that it does not."""
    said: dict[str, bool] = {}
    for verdict in standing(judged.verdicts):
        match verdict.kind:
            case VerdictKind.NOT_RELEVANT:
                said = dict.fromkeys([*said, *(e.claim_id for e in judged.reading.evidence)], False)
            case _:
                said |= _bears(verdict)
    return said
