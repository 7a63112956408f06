"""How a number was meant where outlets tell it otherwise. Pure."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from claims.independence import Who
from claims.matching.figures import like
from claims.model import Bound, Figure, Member
from claims.text import fold

ANNOUNCED = timedelta(days=4)
"""How long one announcement is told anew."""

_ROUNDED = 0.05
"""Of a number: how far outlets round it, 4.8 million to 5."""
_SHARE = 2
"""Who leaves it out is no witness against a capacity or a plan: these count twice."""


@dataclass(frozen=True, slots=True)
class Given:
    """A number of a story."""

    figure: Figure
    by: str | None
    """Whom the story names for it, else the government that it relays."""
    day: date
    story_id: str


def as_meant(given: Sequence[Given], who: Who) -> tuple[Figure, ...]:
    """Return the numbers of stories as what they are by all of them, in the same order.

    `So many shells` in one outlet's words are room for so many where others have the like number of the same
    government as a capacity, or of nobody known, within `ANNOUNCED`; and so it is with a plan of that
    government: what was planned longer before may have come. A count that far more stories have stays one.

    Args:
        given: the numbers, in any order.
        who: whom names mean.

    """
    alike = [_bare(each) for each in given]
    tellers: defaultdict[Given, set[str]] = defaultdict(set)
    for bare, each in zip(alike, given, strict=True):
        tellers[bare].add(each.story_id)
    by_unit: defaultdict[str, list[Given]] = defaultdict(list)
    for bare in sorted(tellers, key=_day):
        by_unit[bare.figure.unit].append(bare)
    doubtful = {unit for unit, told in by_unit.items() if any(each.figure.uncounted for each in told)}
    # Thousands of stories tell the same number, which is looked at once.
    bounds = {
        bare: _meant(bare, by_unit[bare.figure.unit], tellers, who)
        for bare in tellers
        if bare.figure.unit in doubtful and not bare.figure.uncounted
    }
    return tuple(
        replace(each.figure, bound=bound) if (bound := bounds.get(bare)) else each.figure
        for bare, each in zip(alike, given, strict=True)
    )


def retold(members: Sequence[Member], who: Who) -> Mapping[str, Member]:
    """Return stories by id with their numbers as they were meant by all of them."""
    given = []
    for member in members:
        relayed = _relayed(member, who)
        day, told = member.story.at.date(), member.reading.figures
        given += [Given(figure, figure.body or relayed, day, member.story.id) for figure in told]
    figures: dict[str, list[Figure]] = {}
    for each, figure in zip(given, as_meant(given, who), strict=True):
        figures.setdefault(each.story_id, []).append(figure)
    return {
        m.story.id: replace(m, reading=replace(m.reading, figures=tuple(figures.get(m.story.id, ()))))
        for m in members
    }


def _relayed(member: Member, who: Who) -> str | None:
    """Return the root of a story that is of a government: an outlet, and a party, tells what others said."""
    origin = member.reading.origin
    if origin is None or origin.party or {fold(name) for name in who(origin.root)} == {fold(origin.root)}:
        return None
    return origin.root


def _day(given: Given) -> date:
    return given.day


def _bare(given: Given) -> Given:
    """Return a number without what may differ from story to story of the same."""
    figure = given.figure
    bound = figure.uncounted or Bound.EXACT
    return Given(Figure(figure.unit, figure.low, figure.high, bound, figure.period), given.by, given.day, "")


def _meant(
    one: Given, told: Sequence[Given], tellers: Mapping[Given, Collection[str]], who: Who
) -> Bound | None:
    """Return as what the stories of these days have a count, or None where it stays one.

    Args:
        one: the count.
        told: the numbers of its unit, by day.
        tellers: the ids of the stories of each.
        who: whom names mean.

    """
    first = bisect_left(told, one.day - ANNOUNCED, key=_day)
    last = bisect_right(told, one.day + ANNOUNCED, key=_day)
    stories: defaultdict[Bound | None, set[str]] = defaultdict(set)
    for each in told[first:last]:
        if _alike(one, each, who) and not _since_come(one, each):
            stories[each.figure.uncounted].update(tellers[each])
    counted = len(stories.pop(None))
    for bound, telling in sorted(stories.items(), key=lambda pair: len(pair[1]), reverse=True):
        if _SHARE * len(telling) >= counted:
            return bound
    return None


def _since_come(count: Given, other: Given) -> bool:
    """Say whether a count is of a body and a plan of nobody known, or may be of what came after that."""
    planned = other.figure.uncounted is Bound.PLANNED
    return planned and other.by is None and (count.by is not None or other.day < count.day)


def _alike(one: Given, other: Given, who: Who) -> bool:
    """Say whether two may be one number, however each is meant."""
    a, b = one.figure, other.figure
    near = all(abs(x - y) <= _ROUNDED * max(x, y) for x, y in ((a.low, b.low), (a.high, b.high)))
    if not near or not like(a, replace(b, bound=a.bound)):
        return False
    return one.by is None or other.by is None or not who(one.by).isdisjoint(who(other.by))
