"""What a span of time changed for claims: numbers, denials, who stands behind them. Pure.

Everything is held against what was kept before; a story that is merely suggested for a claim changes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from claims.alerting import figures_of, seeded
from claims.history import timeline
from claims.independence import outlet, said_by
from claims.matching.figures import like
from claims.model import Claim, Event, Figure, FigureChange, Member, Sighting, Stance, Story
from claims.standing import GroundKind, Standing, Who, as_written, standing
from claims.text import fold
from claims.when import Day

QUIET = timedelta(days=7)
"""A body that denied the same within so many days only repeats itself."""

New = Sequence[tuple[Member, Event]]
"""Stories of a span, each with its event, by when they came out."""


@dataclass(frozen=True, slots=True)
class NewFigure:
    """A number that was not said of a claim before, and what it is set beside."""

    change: FigureChange
    story: Story
    """The first that says it."""
    stated: bool = False
    """The claim itself was stated with a number of this unit."""

    @property
    def said_by(self) -> str:
        """Return who stands behind the number."""
        return self.change.now.body or outlet(self.story)

    @property
    def moved(self) -> bool:
        """Say whether its own body gave another number before."""
        before = self.change.before
        return before is not None and fold(before.said_by) == fold(self.said_by)


@dataclass(frozen=True, slots=True)
class Denial:
    """Somebody says of claims that it is not so."""

    body: str
    party: bool
    """It is a party to the matter, and denies its own conduct."""
    claims: tuple[str, ...]
    """Ids of what it disputes; where it names nothing, of the denials that it repeats."""
    repeats: bool
    """They are denials."""
    day: date
    story: Story
    """The best to read of those that tell so."""
    last: date | None
    """The day of its last denial of any of them before the span, or None where none is kept."""
    again: bool = False
    """It said so in the span before, or shortly before the span."""


@dataclass(frozen=True, slots=True)
class Backed:
    """More accounts stand behind a claim than did, counted as `claims.standing` counts them."""

    claim_id: str
    now: int
    was: int
    bodies: tuple[str, ...]
    """Those that came to it, in the order in which they did."""
    story: Story
    """The best to read of those that brought them."""


@dataclass(frozen=True, slots=True)
class Conceded:
    """Somebody who denied a claim says it now."""

    claim_id: str
    body: str
    story: Story


def readable(member: Member, language: str) -> tuple[bool, bool, bool, str, float]:
    """Return how well a story reads, the best first: one's own language, English, a good source, early."""
    story, spoken = member.story, member.reading.language
    source = story.source
    return (
        spoken != language,
        spoken != "en",
        source.state_media,
        source.reliability.value,
        story.at.timestamp(),
    )


def stances(member: Member, claim_id: str) -> set[Stance]:
    """Return how a story bears on a claim, what is only suggested left out."""
    return {e.stance for e in member.reading.evidence if e.claim_id == claim_id and not e.suggested}


# ---- numbers -----------------------------------------------------------------------------------------


def new_figures(claim: Claim, told: New, known: Sequence[Sighting]) -> list[NewFigure]:
    """Return the numbers that stories gave first for a claim that they support, oldest first.

    Only like is compared with like (`claims.matching.figures.like`): neither a capacity nor a rate is ever
    set beside a count. A number is set beside the last one of its own body, else beside the last one of any.

    Args:
        claim: the claim, with the numbers that were stated with it.
        told: the new stories.
        known: the numbers of earlier ones, oldest first.

    """
    series, units = [*seeded(claim), *known], {each.unit for each in claim.figures}
    found: list[NewFigure] = []
    for member, event in told:
        if Stance.SUPPORTS in stances(member, claim.id):
            changes = list(_changes(claim, member, event, series))
            found += [NewFigure(each, member.story, each.now.unit in units) for each in changes]
            # Only now: numbers of one story are no earlier ones of each other.
            series += [_sighting(member, change.now) for change in changes]
    return found


def _changes(
    claim: Claim, member: Member, event: Event, series: Sequence[Sighting]
) -> Iterator[FigureChange]:
    origin, given = member.reading.origin, list[Figure]()
    for figure in figures_of(claim, member.reading):
        alike = [each for each in series if like(each.figure, figure)]
        if any(_same(each, figure) for each in (*given, *(one.figure for one in alike))):
            continue
        given.append(figure)
        body = said_by(figure, origin, outlet(member.story))
        own = [each for each in alike if fold(each.said_by) == fold(body)]
        before = (own or alike)[-1] if alike else None
        now = replace(figure, body=body if figure.body or origin else None)
        yield FigureChange(claim.id, now, before, _told_by(before, member, event) if own else None)


def _same(one: Figure, other: Figure) -> bool:
    return like(one, other) and (one.low, one.high) == (other.low, other.high)


def _told_by(before: Sighting | None, member: Member, event: Event) -> str | None:
    """Return the other outlet that gives an earlier number for the same happening, or None."""
    told = (m for m in event.members if before and m.story.id == before.story_id)
    return next((name for m in told if (name := outlet(m.story)) != outlet(member.story)), None)


def _sighting(member: Member, figure: Figure) -> Sighting:
    said = said_by(figure, member.reading.origin, outlet(member.story))
    return Sighting(figure, said, Day.of(member.story.at.date()), member.story.id)


# ---- denials -----------------------------------------------------------------------------------------


def denials(
    claims: Sequence[Claim],
    told: New,
    voices: Mapping[str, Sequence[Member]],
    register: Mapping[str, Claim],
    language: str = "en",
) -> list[Denial]:
    """Return who said of these claims that it is not so, each body once for a happening, oldest first.

    Stories that name no body only report.

    Args:
        claims: those that are told of.
        told: the new stories.
        voices: by claim who spoke of it before (`claims.store_looks.LookBook.voices`).
        register: the listed claims by id, in which the denials that answer them say when they were made.
        language: in which a story to quote reads best, ISO 639-1.

    """
    wanted = {claim.id: claim for claim in claims}
    last = _last_denials(claims, voices, register)
    telling: dict[tuple[str, str], list[Member]] = {}
    for member, event in told:
        if member.reading.origin and _denied(wanted, member):
            telling.setdefault((event.id, fold(member.reading.origin.root)), []).append(member)
    found: list[Denial] = []
    told_of: set[tuple[str, str]] = set()
    for (_event, body), members in telling.items():
        first, borne = members[0], _denied(wanted, members[0])
        keys = {(claim_id, body) for claim_id in borne}
        day, before = first.story.at.date(), max((last[key] for key in keys if key in last), default=None)
        origin = first.reading.origin
        found.append(
            Denial(
                body=origin.root if origin else body,
                party=origin is not None and origin.party,
                claims=borne,
                repeats=wanted[borne[0]].denial,
                day=day,
                story=min(members, key=lambda member: readable(member, language)).story,
                last=before,
                again=not keys.isdisjoint(told_of) or (before is not None and day - before < QUIET),
            )
        )
        told_of |= keys
    return found


def denies(member: Member, claim: Claim) -> bool:
    """Say whether a story disputes a claim or, where that is itself a denial, repeats it."""
    return (Stance.SUPPORTS if claim.denial else Stance.DISPUTES) in stances(member, claim.id)


def _denied(claims: Mapping[str, Claim], member: Member) -> tuple[str, ...]:
    borne = (claims[e.claim_id] for e in member.reading.evidence if e.claim_id in claims)
    denied = [claim for claim in borne if denies(member, claim)]
    return tuple(c.id for c in denied if not c.denial) or tuple(c.id for c in denied)


def _last_denials(
    claims: Iterable[Claim], voices: Mapping[str, Sequence[Member]], register: Mapping[str, Claim]
) -> dict[tuple[str, str], date]:
    """Return by claim and body the day of its last denial that is kept."""
    last: dict[tuple[str, str], date] = {}

    def denied(claim_id: str, body: str, day: date) -> None:
        last[claim_id, fold(body)] = max(day, last.get((claim_id, fold(body)), day))

    for claim in claims:
        for member in voices.get(claim.id, ()):
            origin = member.reading.origin
            if origin and denies(member, claim):
                denied(claim.id, origin.root, member.story.at.date())
        for denial in filter(None, map(register.get, (claim.id, *claim.disputed_by))):
            if denial.denial:
                for body in as_written(denial.said_by):
                    denied(claim.id, body, denial.said_on.first())
    return last


# ---- who stands behind a claim -----------------------------------------------------------------------


def turns(
    claim: Claim,
    told: New,
    voices: Mapping[str, Sequence[Member]],
    register: Mapping[str, Claim],
    language: str = "en",
    who: Who = as_written,
) -> tuple[Backed | None, list[Conceded]]:
    """Return how a claim came to stand otherwise: by more independent accounts, or by who conceded it.

    Args:
        claim: the claim; who repeats a denial makes it no likelier, so of one nothing is returned.
        told: the new stories.
        voices: by claim who spoke of it, and of the denials that answer it, before.
        register: the listed claims by id, with those denials.
        language: in which a story to quote reads best, ISO 639-1.
        who: whom names mean (`claims.standing`).

    """
    fresh = {m.story.id: m.story for m, _ in told if Stance.SUPPORTS in stances(m, claim.id)}
    if claim.denial or not fresh:
        return None, []
    answers = [register[each] for each in claim.disputed_by if each in register]

    def stood(members: Iterable[Member]) -> Standing:
        return standing(claim, timeline(claim, [(member, None) for member in members], {}), answers, who)

    earlier = voices.get(claim.id, ())
    was = stood(earlier)
    now = stood([*earlier, *(m for m, _ in told if m.story.id in fresh)])
    conceded = {
        fold(each.body): Conceded(claim.id, each.body, fresh[each.story_id])
        for each in reversed(now.of(GroundKind.CONCEDED))
        if each.story_id in fresh and not _taken_back(each.claim_id, voices)
    }
    came = [each for each in now.of(GroundKind.CORROBORATED) if each.story_id in fresh]
    if now.independent <= was.independent or not came:
        return None, list(conceded.values())
    new = {each.story_id for each in came}
    best = min((m for m, _ in told if m.story.id in new), key=lambda member: readable(member, language))
    bodies = tuple(each.body for each in came)
    return Backed(claim.id, now.independent, was.independent, bodies, best.story), list(conceded.values())


def _taken_back(denial: str | None, voices: Mapping[str, Sequence[Member]]) -> bool:
    """Say whether a party contradicted a denial before."""
    return denial is not None and any(
        m.reading.origin and m.reading.origin.party and Stance.DISPUTES in stances(m, denial)
        for m in voices.get(denial, ())
    )
