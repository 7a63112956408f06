"""Which numbers of claims are new in a span of time, and what each is set beside. Pure."""

from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from claims.alerting import figures_of, goes_its_way, seeded
from claims.changes import New, NewFigure, readable, stances
from claims.history import TOGETHER
from claims.independence import Who, is_party, outlet, sighted
from claims.matching.figures import like
from claims.meant import Given, as_meant, retold
from claims.model import Claim, Event, Figure, FigureChange, Member, Sighting, Stance
from claims.quoting import heads, number_at
from claims.text import fold


def new_figures(
    claim: Claim,
    told: New,
    known: Sequence[Sighting],
    who: Who,
    language: str = "en",
    denials: Collection[str] = (),
) -> list[NewFigure]:
    """Return the numbers that stories gave first for a claim that they support, oldest first.

    A denial has none: its stories give the numbers of what is denied. Neither has a party that denies
    something in the same story. Only like is compared with like (`claims.matching.figures.like`): neither a
    capacity nor a plan nor a rate is ever beside a count. What a body says is set beside the last number of
    its government, else beside the last one of any body. Numbers of one happening, or of one announcement
    (`claims.history.TOGETHER`), are no earlier ones of each other.

    Args:
        claim: the claim, with the numbers that were stated with it.
        told: the new stories.
        known: the numbers of earlier ones, oldest first.
        who: whom names mean: bodies of one government are that government.
        language: in which a story to quote reads best, ISO 639-1.
        denials: ids of the claims that deny others.

    """
    found: list[NewFigure] = []
    if claim.denial:
        return found
    series, units = sorted((*seeded(claim), *_as_meant(known, who)), key=_day), claim.units
    meant = retold([member for member, _event in told], who)
    told = [(_its_way(claim, meant[member.story.id]), event) for member, event in told]
    for member, event in told:
        if Stance.SUPPORTS in stances(member, claim.id):
            day = member.story.at.date()
            earlier = series[: bisect_right(series, day, key=_day)]
            compared = _compared(earlier, event, day)
            figures = list(_fresh(claim, member, earlier, denials))
            for figure in figures:
                giving = [m for m in _giving(figure, claim, told) if not _denied(figure, m, denials)]
                said = next(filter(None, (_counter(m, figure) for m in giving)), None)
                telling = [m for m in giving if _counter(m, figure) == said]
                best = min(telling, key=lambda m: _to_quote(m, figure, said, language))
                # As whoever names its body has it: others may have it of somebody else.
                now = replace(_own(best, figure), body=said)
                before = _before(now, compared, best, who)
                found.append(
                    NewFigure(
                        change=FigureChange(claim.id, now, before),
                        said_by=said,
                        story=best.story,
                        quotes=best.reading.origin.root if best.reading.origin else None,
                        stated=figure.unit in units,
                        outlets=len({outlet(m.story) for m in giving}),
                        place=number_at(best.story, now),
                    )
                )
                insort(series, sighted(now, telling[0].story), key=_day)
    return found


def _its_way(claim: Claim, member: Member) -> Member:
    """Return a story without the numbers of what went the other way, which may be the same."""
    figures = tuple(each for each in member.reading.figures if goes_its_way(claim, each))
    return replace(member, reading=replace(member.reading, figures=figures))


def _as_meant(known: Sequence[Sighting], who: Who) -> list[Sighting]:
    given = [
        Given(each.figure, each.figure.body, each.said_on.first(), each.story_id or "") for each in known
    ]
    return [replace(each, figure=now) for each, now in zip(known, as_meant(given, who), strict=True)]


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
    """Say whether nobody gives a number in a story in which a party denies something."""
    party = figure.body is None and is_party(member)
    sure = (each for each in member.reading.evidence if not each.suggested)
    return party and any(
        each.stance is Stance.DISPUTES or (each.stance is Stance.SUPPORTS and each.claim_id in denials)
        for each in sure
    )


def _counter(member: Member, figure: Figure) -> str | None:
    """Return the body that a story has beside the same number."""
    return _own(member, figure).body


def _compared(series: Sequence[Sighting], event: Event, day: date) -> list[Sighting]:
    """Return the earlier numbers whose bodies are known, of other happenings and announcements."""
    told = {each.story.id for each in event.members}
    return [
        each
        for each in series
        if (each.story_id is None or each.figure.body)
        and each.story_id not in told
        and day - each.said_on.first() > TOGETHER
    ]


def _before(figure: Figure, series: Sequence[Sighting], member: Member, who: Who) -> Sighting | None:
    """Return the number that a body's is set beside; one that only stories tell is beside none.

    Where a body gives several like numbers on one day, none tells how it counted before or counts now; and
    where its number is no higher than the last of its government, another of its men may have counted
    something else.
    """
    by_body = [each for each in member.reading.figures if each.body == figure.body]
    if figure.body is None or len([each for each in by_body if like(each, figure)]) > 1:
        return None
    alike = [each for each in series if like(each.figure, figure)]
    told = {(each.said_by, each.said_on, each.figure.low, each.figure.high) for each in alike}
    given = Counter((by, day) for by, day, _low, _high in told)
    single = [each for each in alike if given[each.said_by, each.said_on] == 1]
    own = [each for each in single if _kin(each.said_by, figure.body, who)]
    last = next(reversed(own or single), None)
    if last is None or not own:
        return last
    # As whoever said it first: others of its government repeat it; on that day as it says so itself.
    same = (each for each in reversed(own) if _same(each.figure, last.figure))
    first = min(same, key=lambda each: (_day(each), fold(each.said_by) != fold(figure.body or "")))
    return None if figure.high <= first.figure.high else first


def _kin(one: str, other: str | None, who: Who) -> bool:
    """Say whether two names are of one body or government."""
    return other is not None and (fold(one) == fold(other) or not who(one).isdisjoint(who(other)))


def _to_quote(member: Member, figure: Figure, said: str | None, language: str) -> tuple[object, ...]:
    """Order stories to quote for a number: those of whoever said it first, and with it in their headline."""
    origin = member.reading.origin
    others = said is not None and (origin is None or origin.root != said)
    lacks = not heads(_own(member, figure), member.story)
    return others, *readable(member, language, lacks)


def _own(member: Member, figure: Figure) -> Figure:
    """Return a number as a story that gives it has it."""
    return next(each for each in member.reading.figures if _same(each, figure))


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
