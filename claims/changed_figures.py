"""Which numbers of claims are new in a span of time, and what each is set beside. Pure."""

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from claims.alerting import figures_of, seeded
from claims.bodies import is_capital, is_party
from claims.changes import New, NewFigure, readable, stances
from claims.history import TOGETHER
from claims.independence import outlet, said_by
from claims.matching.figures import like
from claims.model import Claim, Event, Figure, FigureChange, Member, Sighting, Stance
from claims.text import fold
from claims.when import Day


def new_figures(
    claim: Claim,
    told: New,
    known: Sequence[Sighting],
    language: str = "en",
    denials: Collection[str] = (),
) -> list[NewFigure]:
    """Return the numbers that stories gave first for a claim that they support, oldest first.

    A denial has none: its stories give the numbers of what is denied. Neither has a party that denies
    something in the same story. Only like is compared with like (`claims.matching.figures.like`): neither a
    capacity nor a rate is ever beside a count. What a body says is set beside its own last number, else
    beside the last one of any body. Numbers of one happening, or of one announcement
    (`claims.history.TOGETHER`), are no earlier ones of each other.

    Args:
        claim: the claim, with the numbers that were stated with it.
        told: the new stories.
        known: the numbers of earlier ones, oldest first.
        language: in which a story to quote reads best, ISO 639-1.
        denials: ids of the claims that deny others.

    """
    series = sorted((*seeded(claim), *known), key=_day)
    units = {each.unit for each in claim.figures}
    found: list[NewFigure] = []
    if claim.denial:
        return found
    for member, event in told:
        if Stance.SUPPORTS in stances(member, claim.id):
            day = member.story.at.date()
            earlier = series[: bisect_right(series, day, key=_day)]
            compared = _compared(earlier, event, day)
            figures = list(_fresh(claim, member, earlier, denials))
            for figure in figures:
                giving = [m for m in _giving(figure, claim, told) if not _denied(figure, m, denials)]
                said = next(filter(None, (_counter(m, figure) for m in giving)), None)
                best = min(
                    (m for m in giving if _counter(m, figure) == said), key=lambda m: readable(m, language)
                )
                now = replace(figure, body=said)
                found.append(
                    NewFigure(
                        change=FigureChange(claim.id, now, _before(now, compared, best)),
                        said_by=said,
                        story=best.story,
                        quotes=best.reading.origin.root if best.reading.origin else None,
                        stated=figure.unit in units,
                    )
                )
                insort(series, _sighting(member, now), key=_day)
    return found


def _day(sighting: Sighting) -> date:
    return sighting.said_on.first()


def _fresh(
    claim: Claim, member: Member, series: Sequence[Sighting], denials: Collection[str]
) -> Iterator[Figure]:
    """Yield the numbers of a story that nobody gave before, each once."""
    given = [each.figure for each in series]
    for figure in figures_of(claim, member.reading):
        if not _denied(figure, member, denials) and not any(_same(each, figure) for each in given):
            given.append(figure)
            yield figure


def _denied(figure: Figure, member: Member, denials: Collection[str]) -> bool:
    """Say whether a number stands beside a party that denies something in the same story."""
    origin = member.reading.origin
    party = is_party(figure.body) if figure.body else origin is not None and origin.party
    sure = (each for each in member.reading.evidence if not each.suggested)
    return party and any(
        each.stance is Stance.DISPUTES or (each.stance is Stance.SUPPORTS and each.claim_id in denials)
        for each in sure
    )


def _sayer(figure: Figure) -> str | None:
    """Return the body that was read beside a number, where that tells who counted.

    A capital and a party are named beside what others say of them, too: `Pyongyang is accused of sending`.
    """
    body = figure.body
    return body if body and not is_capital(body) and not is_party(body) else None


def _counter(member: Member, figure: Figure) -> str | None:
    """Return the body that a story has beside the same number."""
    return next((_sayer(each) for each in member.reading.figures if _same(each, figure)), None)


def _compared(series: Sequence[Sighting], event: Event, day: date) -> list[Sighting]:
    """Return the earlier numbers whose bodies are known, of other happenings and announcements."""
    told = {each.story.id for each in event.members}
    return [
        each
        for each in series
        if (each.story_id is None or _sayer(each.figure))
        and each.story_id not in told
        and day - each.said_on.first() > TOGETHER
    ]


def _before(figure: Figure, series: Sequence[Sighting], member: Member) -> Sighting | None:
    """Return the number that a body's is set beside; one that only stories tell is beside none.

    Where a body gives several like numbers on one day, none tells how it counted before or counts now.
    """
    by_body = [each for each in member.reading.figures if _sayer(each) == figure.body]
    if figure.body is None or len([each for each in by_body if like(each, figure)]) > 1:
        return None
    alike = [each for each in series if like(each.figure, figure)]
    told = {(each.said_by, each.said_on, each.figure.low, each.figure.high) for each in alike}
    given = Counter((by, day) for by, day, _low, _high in told)
    single = [each for each in alike if given[each.said_by, each.said_on] == 1]
    own = [each for each in single if fold(each.said_by) == fold(figure.body)]
    return next(reversed(own or single), None)


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


def _sighting(member: Member, figure: Figure) -> Sighting:
    said = said_by(figure, member.reading.origin, outlet(member.story))
    return Sighting(figure, said, Day.of(member.story.at.date()), member.story.id)
