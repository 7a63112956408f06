"""Which numbers of which bodies a picture of a claim's numbers has room for. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.history import Said, Series
from claims.model import Stance
from claims.text import fold

PANELS = 3
"""Kinds of numbers that are drawn."""
LINES = 32
"""Of all panels together, names of bodies included: what a phone shows at once."""
KEPT = 7
"""Of these lines are kept for each panel that follows."""
NUMBERS = 3
"""Of a body."""
_ALONE = 2
"""Lines of a body with one number."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body with the numbers of it that are drawn."""

    name: str
    """Empty where nobody is known for the numbers: outlets tell them."""
    said: tuple[Said, ...]
    """At least one, by day."""

    @property
    def whom(self) -> frozenset[str]:
        """Return whom the name means: bodies of one government are that government."""
        return self.said[0].whom or frozenset({fold(self.name)})


@dataclass(frozen=True, slots=True)
class Panel:
    """What is drawn of a series."""

    series: Series
    bodies: tuple[Body, ...]
    """At least one, in the order in which they first gave a number, those of one government together; nobody
    comes last."""

    @property
    def left(self) -> int:
        """Return how many numbers of the series are not drawn."""
        return len(self.series.said) - sum(len(body.said) for body in self.bodies)


def panels_of(series: Sequence[Series]) -> tuple[Panel, ...]:
    """Return what a picture shows of a claim's numbers, at least one series.

    The first series is shown always, and others of which bodies gave several numbers. Of a body it is what it
    said with the claim, its last number, its highest and its first; a number that it gave before is none.
    """
    first, *others = series
    several = [one for one in others if _given(one) > 1]
    shown = [first, *several][:PANELS]
    panels: list[Panel] = []
    left = LINES
    for number, one in enumerate(shown, start=1):
        bodies = _fitting(_bodies(one.said), left - KEPT * (len(shown) - number))
        left -= sum(1 + len(body.said) for body in bodies)
        panels.append(Panel(one, bodies))
    return tuple(panels)


def _given(series: Series) -> int:
    """Return how many times a body gave a number of a series."""
    return len({(fold(said.said_by), said.said_on) for said in series.said if not said.told})


def _bodies(said: Sequence[Said]) -> list[Body]:
    """Return all bodies: whose number is the claim's, who gave the newest or the highest, the most told."""
    found: dict[str, list[Said]] = {}
    for each in sorted(said, key=lambda one: (one.said_on.first(), one.stance is Stance.DISPUTES)):
        numbers = found.setdefault("" if each.told else fold(each.said_by), [])
        if not any(_ends(each) == _ends(other) for other in numbers):
            numbers.append(each)
    named = [each for each in said if not each.told]
    newest = max((each.said_on for each in named), default=None)
    highest = max((each.figure.high for each in named), default=None)

    def telling(pair: tuple[str, Sequence[Said]]) -> tuple[bool, bool, bool, int]:
        body, numbers = pair
        own = any(each.own for each in numbers)
        at_an_end = any(each.said_on == newest or each.figure.high == highest for each in numbers)
        return not body, not own, not at_an_end, -sum(1 + len(each.outlets) for each in numbers)

    ranked = sorted(found.items(), key=telling)
    return [Body(numbers[0].said_by if name else "", tuple(numbers)) for name, numbers in ranked]


def _fitting(ranked: Iterable[Body], lines: int) -> tuple[Body, ...]:
    """Return as many bodies as have room, each with as many numbers as have."""
    chosen: list[Body] = []
    for body in ranked:
        if lines < _ALONE:
            break
        numbers = _chosen(body.said, min(NUMBERS, lines - 1))
        lines -= 1 + len(numbers)
        chosen.append(Body(body.name, numbers))
    together: dict[frozenset[str], list[Body]] = {}
    for body in sorted(chosen, key=lambda body: (not body.name, body.said[0].said_on.first())):
        together.setdefault(body.whom, []).append(body)
    return tuple(body for bodies in together.values() for body in bodies)


def _chosen(said: Sequence[Said], count: int) -> tuple[Said, ...]:
    own = [each for each in said if each.own]
    highest = max(said, key=lambda each: each.figure.high)
    telling = list(dict.fromkeys([*own, _most_told(said, said[-1]), highest, _most_told(said, said[0])]))[
        :count
    ]
    return tuple(each for each in said if each in telling)


def _most_told(said: Iterable[Said], one: Said) -> Said:
    """Return what most outlets tell of the numbers of its day: others may recall what was said before."""
    return max((each for each in said if each.said_on == one.said_on), key=lambda each: len(each.outlets))


def _ends(said: Said) -> tuple[float, float]:
    return said.figure.low, said.figure.high
