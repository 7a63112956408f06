"""How a claim stood over time: who said which number when, and what happened to it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from claims.alerting import LOOSE_UNITS
from claims.independence import Tally, outlet, said_by, tally
from claims.matching.figures import like
from claims.model import Alert, Claim, Evidence, Figure, FigureChange, Member, Stance, Story
from claims.text import fold
from claims.when import Day

# ---- figures -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """A number of a claim, by whoever said it first."""

    figure: Figure
    said_by: str
    said_on: Day
    stance: Stance = Stance.SUPPORTS
    """Of the story that says it, towards the claim."""
    outlets: tuple[str, ...] = ()
    """That tell it, in the order in which they came; none for a number that was stated with the claim."""


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of a claim that may be compared with each other (`claims.matching.figures.like`)."""

    said: tuple[Said, ...]
    """At least one, by day, then as they came."""

    @property
    def figure(self) -> Figure:
        """Return one of its figures, which tells what they all count."""
        return self.said[0].figure


def figure_series(claim: Claim, told: Iterable[tuple[Member, Evidence]]) -> tuple[Series, ...]:
    """Return the numbers of a claim by what they count, those with the most numbers first.

    Stories that speak of it in passing, or are only suggested for it, give none. A number is one however many
    outlets repeat it; said by two bodies it is two, since that corroborates it.

    Args:
        claim: the claim, with the numbers that were stated with it.
        told: the stories that bear on it, in any order.

    """
    said = [Said(each, each.body or claim.said_by, claim.said_on) for each in claim.figures]
    units = {each.unit for each in claim.figures}
    sure = [(m, e) for m, e in told if not e.suggested and e.stance is not Stance.BACKGROUND]
    for member, link in sorted(sure, key=lambda pair: (pair[0].story.at, pair[0].story.id)):
        for figure in member.reading.figures:
            if figure.unit in units or figure.unit not in LOOSE_UNITS:
                _add(said, member, figure, link.stance)
    series: list[list[Said]] = []
    for each in sorted(said, key=lambda one: one.said_on.first()):
        alike = next((one for one in series if like(one[0].figure, each.figure)), None)
        if alike is None:
            series.append([each])
        else:
            alike.append(each)
    return tuple(Series(tuple(each)) for each in sorted(series, key=len, reverse=True))


def _add(said: list[Said], member: Member, figure: Figure, stance: Stance) -> None:
    """Add a number of a story, or its outlet to whoever said the same before."""
    name, origin = outlet(member.story), member.reading.origin
    by = said_by(figure, origin, name)
    named = bool(figure.body or origin)
    for place, one in enumerate(said):
        same = like(one.figure, figure) and (one.figure.low, one.figure.high) == (figure.low, figure.high)
        if same and one.stance is stance and (not named or fold(one.said_by) == fold(by)):
            if name not in one.outlets:
                said[place] = replace(one, outlets=(*one.outlets, name))
            return
    said.append(Said(figure, by, Day.of(member.story.at.date()), stance, (name,)))


# ---- what happened -----------------------------------------------------------------------------------


class Side(StrEnum):
    """What a happening says of a claim."""

    SUPPORTS = "supports"
    DISPUTES = "disputes"
    DENIES = "denies"
    """A party to the matter says that it is not so."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one happening did to a claim: its stories of one side."""

    event_id: str | None
    at: datetime
    """When the first of them came out."""
    side: Side
    story: Story
    """The first of them."""
    by: str
    """Who says so: the root of its origin, else its outlet."""
    tally: Tally
    change: FigureChange | None = None
    """The number that moved with it."""
    members: tuple[Member, ...] = ()
    """Its stories, oldest first, then by id."""

    @property
    def day(self) -> date:
        """Return its day, UTC."""
        return self.at.date()


def timeline(
    claim: Claim, told: Iterable[tuple[Member, str | None]], alerts: Mapping[str, Alert]
) -> tuple[Step, ...]:
    """Return what happened to a claim, oldest first, then by event.

    A happening of which some stories support it and others dispute it is a step of either side. Stories that
    speak of it in passing, or are only suggested for it, are left out.

    Args:
        claim: the claim.
        told: stories with the ids of their events, in any order.
        alerts: those of these events, by event id.

    """
    sides: dict[tuple[str, Side], list[Member]] = {}
    events: dict[str, str | None] = {}
    for member, event_id in sorted(told, key=lambda pair: (pair[0].story.at, pair[0].story.id)):
        side = _side(claim, member)
        if side is not None:
            key = event_id or member.story.id
            sides.setdefault((key, side), []).append(member)
            events[key] = event_id
    return tuple(
        _step(claim, events[key], side, members, alerts.get(key))
        for (key, side), members in sorted(
            sides.items(), key=lambda pair: (pair[1][0].story.at, pair[0][0], pair[0][1])
        )
    )


def _side(claim: Claim, member: Member) -> Side | None:
    links = (e for e in member.reading.evidence if e.claim_id == claim.id and not e.suggested)
    stance = next((link.stance for link in links), None)
    if stance is Stance.SUPPORTS:
        return Side.SUPPORTS
    if stance is Stance.DISPUTES:
        origin = member.reading.origin
        return Side.DENIES if origin and origin.party else Side.DISPUTES
    return None


def _step(
    claim: Claim, event_id: str | None, side: Side, members: Sequence[Member], alert: Alert | None
) -> Step:
    first = members[0]
    change = alert.change if alert and alert.change and alert.change.claim_id == claim.id else None
    origin = first.reading.origin
    return Step(
        event_id=event_id,
        at=first.story.at,
        side=side,
        story=first.story,
        by=origin.root if origin else outlet(first.story),
        tally=tally(members),
        change=change if side is Side.SUPPORTS else None,
        members=tuple(members),
    )
