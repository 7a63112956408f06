"""Which numbers of claims are new in a span of time, and what each is set beside. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.alerting import figures_of, seeded
from claims.changes import New, NewFigure, readable, stances
from claims.independence import outlet, said_by
from claims.matching.figures import like
from claims.model import Claim, Event, Figure, FigureChange, Member, Sighting, Stance
from claims.text import fold
from claims.when import Day


def new_figures(claim: Claim, told: New, known: Sequence[Sighting], language: str = "en") -> list[NewFigure]:
    """Return the numbers that stories gave first for a claim that they support, oldest first.

    A denial has none: its stories give the numbers of what is denied. Only like is compared with like
    (`claims.matching.figures.like`): neither a capacity nor a rate is ever beside a count. A number is set
    beside the last one of its own body, else beside the last one of any.

    Args:
        claim: the claim, with the numbers that were stated with it.
        told: the new stories.
        known: the numbers of earlier ones, oldest first.
        language: in which a story to quote reads best, ISO 639-1.

    """
    series = sorted((*seeded(claim), *known), key=lambda each: each.said_on.first())
    units = {each.unit for each in claim.figures}
    found: list[NewFigure] = []
    if claim.denial:
        return found
    for member, event in told:
        if Stance.SUPPORTS in stances(member, claim.id):
            day = member.story.at.date()
            earlier = [each for each in series if each.said_on.first() <= day]
            changes = list(_changes(claim, member, event, earlier))
            found += [
                NewFigure(
                    change=each,
                    said_by=each.now.body or outlet(member.story),
                    story=min(_giving(each.now, claim, told), key=lambda m: readable(m, language)).story,
                    stated=each.now.unit in units,
                )
                for each in changes
            ]
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


def _giving(figure: Figure, claim: Claim, told: New) -> list[Member]:
    """Return the stories that give a number for a claim, whichever body they name for it."""
    return [
        member
        for member, _event in told
        if any(_same(each, figure) for each in member.reading.figures)
        and Stance.SUPPORTS in stances(member, claim.id)
    ]


def _same(one: Figure, other: Figure) -> bool:
    return like(one, other) and (one.low, one.high) == (other.low, other.high)


def _told_by(before: Sighting | None, member: Member, event: Event) -> str | None:
    """Return the other outlet that gives an earlier number for the same happening, or None."""
    told = (m for m in event.members if before and m.story.id == before.story_id)
    return next((name for m in told if (name := outlet(m.story)) != outlet(member.story)), None)


def _sighting(member: Member, figure: Figure) -> Sighting:
    said = said_by(figure, member.reading.origin, outlet(member.story))
    return Sighting(figure, said, Day.of(member.story.at.date()), member.story.id)
