"""A claim's standing: how it came to stand by what others said of it, with the reasons. Pure.

Never a verdict of ours: that a claim is corroborated says that others than its sayer said so too, and that it
is conceded says that whoever denied it says so now.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from claims.governments import apart, by_government
from claims.independence import Who, counted, is_party, speaker
from claims.model import Claim, Evidence, Member, Stance
from claims.sooner import since
from claims.text import fold
from claims.timeline import Side, Step
from claims.vouching import by_outlet, names_somebody, vouches
from claims.when import Day


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
    CONCEDED = "conceded"
    """Whoever denied it says it."""
    CORROBORATED = "corroborated"
    """Somebody else than its sayer, and no party, says so too."""
    CONTRADICTED = "contradicted"
    """Of a denial: whoever denied says something against it, as a person judged."""
    DENIED = "denied"
    """A party says that it is not so, of its own conduct."""
    DENIED_BEFORE = "denied-before"
    """A denial that answers it, of a time when nobody had said it: nobody disputes what is yet to be said."""
    DISPUTED = "disputed"
    """Somebody else says that it is not so."""


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
    """The denial: that says so, or that was of the same matter before it was conceded."""
    headline: str = ""
    """Of that story."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands."""

    state: State
    origins: frozenset[str]
    """Who corroborates it and counts (`claims.independence.counted`): governments, or bodies of none."""
    grounds: tuple[Ground, ...]
    """In the order of `GroundKind`, each kind by day; denials that are kept before stories."""
    denial: bool = False
    """The claim is a denial, which nobody else can bear out."""
    aside: int = 0
    """How many stories speak against it and are no ground: they name nobody or, against a denial, a party
    whose words no person judged."""

    @property
    def independent(self) -> int:
        """Return how many independent origins corroborate it."""
        return len(self.origins)

    def of(self, kind: GroundKind) -> tuple[Ground, ...]:
        """Return the grounds of a kind, by day."""
        return tuple(ground for ground in self.grounds if ground.kind is kind)


def as_written(words: str) -> frozenset[str]:
    """Return whom words name as far as they tell by themselves: what stands between their commas."""
    parts = (fold(part).removeprefix("by ").strip() for part in words.split(","))
    return frozenset(part for part in (*parts, fold(words)) if part)


def standing(claim: Claim, steps: Sequence[Step], denials: Sequence[Claim], who: Who) -> Standing:
    """Return how a claim stands.

    It is corroborated by bodies that stories name, where they bear it out (`claims.vouching.vouches`).
    Neither the sayer is one, nor another body of its government, nor a party to the matter or whoever denies
    it: stories that name nobody, and those that relay the sayer, only repeat it. Nor does a body bear it out
    that disputes it on the same day; nor an outlet on the day or the day after somebody else said it, whom it
    may relay, nor one that tells, by another story, what such a body found. A denial is never corroborated:
    of their own conduct only the parties know. Who denies or disputes it for one government within a day is
    named once (`claims.governments.apart`).

    A denial from before the claim (`claims.sooner`) is of the matter in general: alone it does not make it
    disputed.

    It is conceded by whoever a denial that answers it is of, in a later story that bears it out and admits
    something; and by a party that denied it before, where a person judged that the story supports it. Neither
    takes the denial back, which may be of more than what is conceded: only a person says of a story that it
    speaks against a denial, for the matcher tells no admission of one thing from one of another.

    Args:
        claim: the claim.
        steps: what happened to it (`claims.timeline.timeline`).
        denials: the claims that answer it with a denial.
        who: whom names mean.

    """
    case = _Case(claim, steps, denials, who)
    backing = case.backing()
    grounds = (
        Ground(GroundKind.ASSERTED, claim.said_by, claim.said_on),
        *case.conceded(),
        *_grounds(GroundKind.CORROBORATED, _firsts(backing)),
        *case.against(),
    )
    return Standing(
        state=_state({ground.kind for ground in grounds}),
        origins=counted(by_government(backing, who)),
        grounds=grounds,
        denial=claim.denial,
        aside=case.aside(),
    )


def _state(kinds: Collection[GroundKind]) -> State:
    if GroundKind.CONCEDED in kinds:
        return State.CONCEDED
    if GroundKind.CORROBORATED in kinds:
        return State.CORROBORATED
    against = {GroundKind.DENIED, GroundKind.DISPUTED, GroundKind.CONTRADICTED}
    return State.ASSERTED if against.isdisjoint(kinds) else State.DISPUTED


@dataclass(frozen=True, slots=True)
class _Case:
    """What speaks for and against a claim; the arguments of `standing`."""

    claim: Claim
    steps: Sequence[Step]
    denials: Sequence[Claim]
    who: Who

    def backing(self) -> list[Member]:
        """Return the stories that corroborate it."""
        if self.claim.denial:
            return []
        involved = self._meant(self.claim, *self.denials)
        opposed = {_by_day(m) for side in (Side.DENIES, Side.DISPUTES) for m in self._told(side)}
        told = self._told(Side.SUPPORTS)
        speaking = [m for m in told if names_somebody(m) and not (by_outlet(m) or is_party(m))]
        relaying = {m.story.at.date() + timedelta(days=after) for m in speaking for after in (0, 1)}
        backing = [
            m
            for m in told
            if names_somebody(m)
            and not is_party(m)
            and involved.isdisjoint(self._by(m))
            and _by_day(m) not in opposed
            and not (by_outlet(m) and m.story.at.date() in relaying)
            and (link := self._link(m))
            and vouches(m, link, self.who)
        ]
        tellers = {fold(name) for m in backing if not by_outlet(m) for name in _tellers(m)}
        return [m for m in backing if not (by_outlet(m) and fold(speaker(m)) in tellers)]

    def conceded(self) -> tuple[Ground, ...]:
        """Return by whom it was denied that says it, the first story for each denial and party."""
        admitted = [m for m in self._told(Side.SUPPORTS) if is_party(m)]
        grounds: list[Ground] = []
        for denial in self.denials:
            own = [
                m
                for m in admitted
                if self._meant(denial) & self._by(m)
                and denial.said_on.first() <= m.story.at.date()
                and _says(m, denial, Stance.DISPUTES)
            ]
            of_it = denial.id if set(denial.tags) & set(self.claim.tags) else None
            grounds += [_ground(GroundKind.CONCEDED, m, of_it) for m in own[:1]]
        denied = [(self._by(m), m.story.at) for m in self._told(Side.DENIES)]
        judged = [m for m in admitted if self._judged(m)]
        later = [m for m in judged if any(by & self._by(m) and at < m.story.at for by, at in denied)]
        grounds += _grounds(GroundKind.CONCEDED, apart(later, self.who))
        return tuple(sorted(grounds, key=lambda each: each.day))

    def against(self) -> tuple[Ground, ...]:
        """Return who says that it is not so.

        A story that disputes it by a denial that is kept is that denial, whomever else it names; and where a
        claim's own sayer seems to dispute it, the story recalls the claim. Against a denial a party's own
        words stand only where a person judged that they are of its matter. Who names nobody only reports.
        """
        own = self._meant(self.claim)
        denied = self._told(Side.DENIES)
        disputed = [m for m in self._told(Side.DISPUTES) if self._weighed(m)]
        contrary: list[Member] = []
        if self.claim.denial:
            contrary = [m for m in disputed if is_party(m) and own & self._by(m)]
        others = [
            m
            for m in disputed
            if names_somebody(m)
            and not own & self._by(m)
            and not any(_says(m, each, Stance.SUPPORTS) for each in self.denials)
        ]
        answering = sorted(self.denials, key=lambda denial: denial.said_on)
        before = [denial for denial in answering if denial.said_on.first() < since(self.claim)]
        return (
            *_grounds(GroundKind.CONTRADICTED, apart(contrary, self.who)),
            *(_denial(GroundKind.DENIED, each) for each in answering if each not in before),
            *_grounds(GroundKind.DENIED, apart(denied, self.who)),
            *(_denial(GroundKind.DENIED_BEFORE, each) for each in before),
            *_grounds(GroundKind.DISPUTED, apart(others, self.who)),
        )

    def aside(self) -> int:
        """Return how many stories dispute it and are left out of `against` for whom they name, or do not."""
        disputed = self._told(Side.DISPUTES)
        return sum(not (names_somebody(member) and self._weighed(member)) for member in disputed)

    def _weighed(self, member: Member) -> bool:
        """Say whether a story is weighed against it: the matcher tells no admission from another."""
        return not (self.claim.denial and is_party(member)) or self._judged(member)

    def _told(self, side: Side) -> list[Member]:
        """Return the stories of one side, oldest first, then by id; earlier ones are of something else."""
        told = (member for step in self.steps if step.side is side for member in step.members)
        found = [member for member in told if member.story.at.date() >= since(self.claim)]
        return sorted(found, key=lambda member: (member.story.at, member.story.id))

    def _by(self, member: Member) -> frozenset[str]:
        return self.who(speaker(member))

    def _meant(self, *claims: Claim) -> frozenset[str]:
        return frozenset[str]().union(*(self.who(each.said_by) for each in claims))

    def _link(self, member: Member) -> Evidence | None:
        return next((e for e in member.reading.evidence if e.claim_id == self.claim.id), None)

    def _judged(self, member: Member) -> bool:
        link = self._link(member)
        return link is not None and link.judge is not None


def _tellers(member: Member) -> tuple[str, ...]:
    origin = member.reading.origin
    return origin.chain[1:] if origin else ()


def _by_day(member: Member) -> tuple[str, date]:
    return fold(speaker(member)), member.story.at.date()


def _says(member: Member, claim: Claim, stance: Stance) -> bool:
    links = (link for link in member.reading.evidence if link.claim_id == claim.id and not link.suggested)
    return any(link.stance is stance for link in links)


def _firsts(members: Iterable[Member]) -> Iterable[Member]:
    """Return of stories, oldest first, the first one of each body."""
    firsts: dict[str, Member] = {}
    for member in members:
        firsts.setdefault(fold(speaker(member)), member)
    return firsts.values()


def _grounds(kind: GroundKind, members: Iterable[Member]) -> Iterator[Ground]:
    return (_ground(kind, member) for member in members)


def _ground(kind: GroundKind, member: Member, denial: str | None = None) -> Ground:
    story = member.story
    return Ground(kind, speaker(member), Day.of(story.at.date()), story.id, denial, story.title, story.url)


def _denial(kind: GroundKind, denial: Claim) -> Ground:
    return Ground(kind, denial.said_by, denial.said_on, claim_id=denial.id)
