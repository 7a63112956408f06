"""A claim's standing: how it came to stand by what others said of it, with the reasons. Pure.

Never a verdict of ours: that a claim is corroborated says that others than its sayer said so too, and that it
is conceded says that whoever denied it says so now.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from claims.history import Side, Step
from claims.independence import outlet, tally
from claims.model import Claim, Member, Stance
from claims.text import fold
from claims.when import Day

Who = Callable[[str], frozenset[str]]
"""Returns whom words name: bodies of one government are that government, so that they never count twice."""


class State(StrEnum):
    """How a claim stands, the weakest first: it is in the strongest of those that it has a ground for."""

    ASSERTED = "asserted"
    DISPUTED = "disputed"
    CORROBORATED = "corroborated"
    CONCEDED = "conceded"
    """Somebody who denied it says it now."""


class GroundKind(StrEnum):
    """What somebody did for or against a claim."""

    ASSERTED = "asserted"
    """Its sayer said it."""
    DENIED = "denied"
    """A party says that it is not so, of its own conduct."""
    DISPUTED = "disputed"
    """Somebody else says that it is not so."""
    CORROBORATED = "corroborated"
    """Somebody else than its sayer, and no party, says so too."""
    CONCEDED = "conceded"


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason for a claim's standing."""

    kind: GroundKind
    body: str
    """Who did it."""
    day: Day
    story_id: str | None = None
    """The first story that tells so; None where the register does."""
    claim_id: str | None = None
    """The denial: that says so, or that is taken back by it."""
    headline: str = ""
    """Of that story."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands."""

    state: State
    independent: int
    """The most accounts beside its sayer's own that share neither government or body nor family."""
    grounds: tuple[Ground, ...]
    """That it was asserted first; then by kind, by day."""

    def of(self, kind: GroundKind) -> tuple[Ground, ...]:
        """Return the grounds of a kind, by day."""
        return tuple(ground for ground in self.grounds if ground.kind is kind)


def as_written(words: str) -> frozenset[str]:
    """Return whom words name as far as they tell by themselves: what stands between their commas."""
    parts = (fold(part).removeprefix("by ").strip() for part in words.split(","))
    return frozenset(part for part in (*parts, fold(words)) if part)


def standing(
    claim: Claim, steps: Sequence[Step], denials: Sequence[Claim], who: Who = as_written
) -> Standing:
    """Return how a claim stands.

    What corroborates it is said by a body that a story names, which is neither the claim's sayer, nor another
    body of the sayer's government, nor a party to the matter: stories that name nobody, and those that relay
    the sayer, only repeat it. How many do is counted by `claims.independence.tally`. It is conceded by a
    party whose words contradict a denial that answers it; where no such denial is kept, by one that denied
    it before.

    Args:
        claim: the claim.
        steps: what happened to it (`claims.history.timeline`).
        denials: the claims that answer it with a denial.
        who: whom names mean.

    """
    backing = [m for m in _members(steps, Side.SUPPORTS) if _is_other(m, claim, who)]
    grounds = (
        Ground(GroundKind.ASSERTED, claim.said_by, claim.said_on),
        *_conceded(steps, denials),
        *_firsts(GroundKind.CORROBORATED, backing),
        *(_denial(each) for each in sorted(denials, key=lambda denial: denial.said_on)),
        *_firsts(GroundKind.DENIED, _members(steps, Side.DENIES)),
        *_firsts(GroundKind.DISPUTED, _members(steps, Side.DISPUTES)),
    )
    return Standing(
        state=_state({ground.kind for ground in grounds}),
        independent=tally([_by_government(member, who) for member in backing]).independent,
        grounds=grounds,
    )


def _state(kinds: Collection[GroundKind]) -> State:
    if GroundKind.CONCEDED in kinds:
        return State.CONCEDED
    if GroundKind.CORROBORATED in kinds:
        return State.CORROBORATED
    return State.DISPUTED if {GroundKind.DENIED, GroundKind.DISPUTED} & set(kinds) else State.ASSERTED


def _members(steps: Iterable[Step], side: Side) -> list[Member]:
    """Return the stories of one side, oldest first, then by id."""
    found = [member for step in steps if step.side is side for member in step.members]
    return sorted(found, key=lambda member: (member.story.at, member.story.id))


def _is_other(member: Member, claim: Claim, who: Who) -> bool:
    """Say whether a story has it of a body that is no party, and neither is nor speaks for the sayer."""
    origin = member.reading.origin
    return origin is not None and not origin.party and who(origin.root).isdisjoint(who(claim.said_by))


def _conceded(steps: Sequence[Step], denials: Sequence[Claim]) -> tuple[Ground, ...]:
    """Return for each denial, or where none is kept for each party that denied it, who first took it back."""
    admitted = [m for m in _members(steps, Side.SUPPORTS) if m.reading.origin and m.reading.origin.party]
    if denials:
        taken_back = ((_first(m for m in admitted if _contradicts(m, each)), each.id) for each in denials)
        grounds = [_ground(GroundKind.CONCEDED, m, denial) for m, denial in taken_back if m]
    else:
        denied = {fold(_by(m)): m.story.at for m in reversed(_members(steps, Side.DENIES))}
        grounds = list(
            _firsts(
                GroundKind.CONCEDED,
                [m for m in admitted if fold(_by(m)) in denied and m.story.at > denied[fold(_by(m))]],
            )
        )
    return tuple(sorted(grounds, key=lambda ground: ground.day))


def _contradicts(member: Member, denial: Claim) -> bool:
    return any(
        link.claim_id == denial.id and link.stance is Stance.DISPUTES and not link.suggested
        for link in member.reading.evidence
    )


def _first(members: Iterable[Member]) -> Member | None:
    return next(iter(members), None)


def _firsts(kind: GroundKind, members: Iterable[Member]) -> tuple[Ground, ...]:
    """Return by body the first of these stories."""
    firsts: dict[str, Ground] = {}
    for member in members:
        firsts.setdefault(fold(_by(member)), _ground(kind, member))
    return tuple(firsts.values())


def _ground(kind: GroundKind, member: Member, denial: str | None = None) -> Ground:
    story = member.story
    return Ground(kind, _by(member), Day.of(story.at.date()), story.id, denial, story.title, story.url)


def _denial(denial: Claim) -> Ground:
    return Ground(GroundKind.DENIED, denial.said_by, denial.said_on, claim_id=denial.id)


def _by(member: Member) -> str:
    origin = member.reading.origin
    return origin.root if origin else outlet(member.story)


def _by_government(member: Member, who: Who) -> Member:
    """Return a story as said by whom its root means, so that bodies of one government are one origin."""
    origin = member.reading.origin
    if origin is None:
        return member
    meant = " ".join(sorted(who(origin.root)))
    reading = replace(member.reading, origin=replace(origin, chain=(meant, *origin.chain[1:])))
    return replace(member, reading=reading)
