"""How the numbers of a claim went over time: who said which when. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Self

from claims.alerting import goes_its_way
from claims.independence import Who, outlet
from claims.matching.figures import like
from claims.matching.numbers import RATES
from claims.meant import ANNOUNCED, retold
from claims.model import LOOSE_UNITS, Claim, Evidence, Figure, Member, Stance, Story
from claims.text import fold
from claims.when import Day

TOGETHER = timedelta(days=1)
"""Numbers of a body on one day and the next are of one announcement: days differ by the hour of a place."""


@dataclass(frozen=True, slots=True)
class Said:
    """A number of a claim, by whoever said it first."""

    figure: Figure
    said_by: str
    """A body; the first outlet that tells it where it is merely `told`."""
    said_on: Day
    """Of the first story that tells it, so it may have been said before; the claim's day of its own."""
    stance: Stance = Stance.SUPPORTS
    """Of the story that says it, towards the claim."""
    outlets: tuple[str, ...] = ()
    """That tell it, in the order in which they came."""
    also: tuple[str, ...] = ()
    """Others whom outlets name for this announcement, most told first."""
    own: bool = False
    """It was stated with the claim."""
    told: bool = False
    """Nobody is known to have said it: outlets tell it in their own name."""
    whom: frozenset[str] = frozenset()
    """Whom `said_by` means: bodies of one government are that government."""
    story_id: str | None = None
    """The first story that tells it; None of the claim's own."""


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of a claim that may be compared with each other (`claims.matching.figures.like`)."""

    said: tuple[Said, ...]
    """At least one, by day, then as they came."""

    @property
    def figure(self) -> Figure:
        """Return one of its figures, which tells what they all count."""
        return self.said[0].figure


def figure_series(claim: Claim, told: Iterable[tuple[Member, Evidence]], who: Who) -> tuple[Series, ...]:
    """Return the numbers of a claim by what they count.

    Of a denial they are those that were stated with it: its stories give the numbers of what is denied.
    What the claim counts (`Claim.units`) comes first, then those with the most numbers. Stories that speak of
    it in passing, or are only suggested for it, give none; nor does what went the other way, nor a party that
    disputes it: the number is its accuser's. A number is one however many outlets repeat it. It is one
    announcement too where, within `ANNOUNCED`, other bodies of the same government are named for it: whoever
    most outlets name says it.

    Args:
        claim: the claim.
        told: the stories that bear on it, in any order.
        who: whom names mean: bodies of one government are that government.

    """
    units = claim.units
    bearing = () if claim.denial else told
    sure = [(m, e) for m, e in bearing if not e.suggested and e.stance is not Stance.BACKGROUND]
    meant = retold([member for member, _link in sure], who)
    outlets = frozenset(fold(outlet(member.story)) for member, _link in sure)
    heard: dict[_Ends, list[_Heard]] = {}
    for stated in claim.figures:
        heard.setdefault(_ends(stated), []).append(_Heard.with_claim(claim, stated))
    for member, link in sorted(sure, key=lambda pair: (pair[0].story.at, pair[0].story.id)):
        for figure in meant[member.story.id].reading.figures:
            counted = figure.unit in units or figure.unit not in LOOSE_UNITS
            if counted and goes_its_way(claim, figure) and not _denied(member, figure, link.stance):
                # An outlet tells what others counted, also where an older reading has it for a body.
                body = None if fold(figure.body or "") in outlets else figure.body
                _hear(heard, member.story, replace(figure, body=body), link.stance, who)
    series: list[list[Said]] = []
    numbers = (one.said(who) for found in heard.values() for one in found)
    for each in sorted(numbers, key=lambda one: one.said_on.first()):
        alike = next((one for one in series if like(one[0].figure, each.figure)), None)
        if alike is None:
            series.append(alike := [])
        alike.append(each)
    ranked = sorted(series, key=lambda one: (one[0].figure.unit not in units, -len(one)))
    return tuple(Series(tuple(each)) for each in ranked)


def counting(claim: Claim, series: Iterable[Series]) -> tuple[Series, ...]:
    """Return of a claim's numbers those of what it counts (`Claim.units`); others are of other matters."""
    return tuple(one for one in series if one.figure.unit in claim.units and one.figure.unit != "other")


def updates(series: Series) -> tuple[tuple[Said, ...], ...]:
    """Return by body its numbers of one announcement after the other, of those with several.

    Of several numbers of an announcement it is the one that most outlets tell: the others stand apart, as
    does what is said in a story that disputes the claim, and what outlets alone tell. A count that runs
    grows: a number no higher than those before is an observation of its own, as are all numbers of ships,
    which come and go, and rates.
    """
    if series.figure.unit in ("ships", *LOOSE_UNITS) or series.figure.period in RATES:
        return ()
    bodies: dict[str, list[list[Said]]] = {}
    for each in series.said:
        if each.stance is Stance.SUPPORTS and not each.told:
            found = bodies.setdefault(fold(each.said_by), [])
            if found and each.said_on.first() - found[-1][0].said_on.first() <= TOGETHER:
                found[-1].append(each)
            else:
                found.append([each])
    told = (_growing(max(each, key=_telling) for each in found) for found in bodies.values())
    return tuple(tuple(each) for each in told if len(each) > 1)


def _growing(numbers: Iterable[Said]) -> list[Said]:
    highest = 0.0
    return [each for each in numbers if highest < (highest := max(highest, each.figure.high))]


def _telling(said: Said) -> tuple[bool, int]:
    return said.own, len(said.outlets)


_Ends = tuple[str, float, float]
"""What a number counts, and its ends: only these may be the same number."""


@dataclass
class _Heard:
    """A number while stories are read."""

    figure: Figure
    day: Day
    stance: Stance
    names: Counter[str] = field(default_factory=Counter)
    """Who is named for it, by how many outlets; empty while only outlets tell it in their own name."""
    outlets: list[str] = field(default_factory=list)
    """That tell it, in the order in which they came."""
    owner: str | None = None
    """Who said it with the claim."""
    story_id: str | None = None

    @classmethod
    def with_claim(cls, claim: Claim, figure: Figure) -> Self:
        owner = figure.body or claim.said_by
        return cls(figure, claim.said_on, Stance.SUPPORTS, Counter({owner: 1}), owner=owner)

    @property
    def by(self) -> str:
        return self.owner or next((name for name, _count in self.names.most_common(1)), self.outlets[0])

    def is_of(self, figure: Figure, stance: Stance) -> bool:
        return self.stance is stance and like(self.figure, figure)

    def add(self, outlet_name: str, body: str | None) -> None:
        """Add an outlet and the body that it names, if any."""
        if outlet_name not in self.outlets:
            self.outlets.append(outlet_name)
            if body:
                self.names[next((name for name in self.names if fold(name) == fold(body)), body)] += 1

    def said(self, who: Who) -> Said:
        also = tuple(name for name, _count in self.names.most_common() if name != self.by)
        own, told = self.owner is not None, self.owner is None and not self.names
        rest = tuple(self.outlets), also, own, told, frozenset[str]() if told else who(self.by), self.story_id
        return Said(self.figure, self.by, self.day, self.stance, *rest)


def _denied(member: Member, figure: Figure, stance: Stance) -> bool:
    """Say whether it is a party's denial that has a number: that of whom it contradicts."""
    origin = member.reading.origin
    party = origin is not None and origin.party and figure.body in (None, origin.root)
    return stance is Stance.DISPUTES and party


def _ends(figure: Figure) -> _Ends:
    return figure.unit, figure.low, figure.high


def _hear(heard: dict[_Ends, list[_Heard]], story: Story, figure: Figure, stance: Stance, who: Who) -> None:
    """Add a number of a story, or its outlet to whoever said the same."""
    day, body = Day.of(story.at.date()), figure.body
    alike = heard.setdefault(_ends(figure), [])
    same = [each for each in alike if each.is_of(figure, stance)]
    lately = [each for each in same if day.first() - each.day.first() <= ANNOUNCED]
    found = (
        [
            *(each for each in same if any(fold(name) == fold(body) for name in each.names)),
            *(each for each in lately if not each.names),
            *(each for each in lately if any(who(name) & who(body) for name in each.names)),
        ]
        if body
        else [*sorted(lately, key=lambda each: len(each.outlets), reverse=True), *reversed(same)]
    )
    if not found:
        found = [_Heard(figure, day, stance, story_id=story.id)]
        alike.append(found[0])
    found[0].add(outlet(story), body)
