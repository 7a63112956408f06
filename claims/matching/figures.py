"""The quantities that a page states: unit, value, time, and how the number was meant."""

from dataclasses import dataclass, replace

from claims.matching.counting import (
    PEOPLE,
    Counted,
    Sheet,
    clause_after,
    clause_before,
    lay_sheet,
    mixed,
    named_year,
    of_before,
    what_counted,
)
from claims.matching.numbers import RATES, STOOD, Numbers, way
from claims.matching.numerals import low_end, read_number
from claims.matching.page import Page
from claims.matching.spans import read_since, year_beside
from claims.model import Bound, Direction, Figure

MAX_FIGURES = 40
"""More than any story states; a page of nothing but numbers stops here."""

_MAX_NUMBERS = 120
_WIDEST = 5
"""How many times its lower end the upper one of a range is at most."""
_REACH_BEFORE = 18
_REACH_RATE = 40
_REACH_SPAN = 90
_REACH_YEAR = 50
_REACH_BOUND = 22
_REACH_BEHIND = 7
_REACH_CAPACITY = 40
_REACH_WAY = 60
_REACH_PLAN = 40
_GOODS = ("containers", "railcars", "shells", "missiles", "tonnes")
"""What goes one way; people and ships come back."""
_LOADED = ("shells", "missiles", "tonnes")
"""What something is worth of; containers' worth counts containers, and dollars' worth dollars."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure, and where its number stands in the page."""

    figure: Figure
    start: int
    end: int


def read_figures(page: Page, numbers: Numbers) -> tuple[Stated, ...]:
    """Return the figures of a page in the order of its text, each once.

    The same number of people is one figure, of troops or of workers as it is named first; and
    it is none wherever the page tells that North Koreans are only some of them, or gives it in two parts.
    """
    text = numbers.calibre.sub(lambda m: " " * len(m.group()), page.folded)
    found = numbers.start.search(text)
    if not found:
        return ()
    sheet = lay_sheet(text, numbers, dense=page.dense)
    before: Counted | None = None
    last: Stated | None = None
    figures: dict[tuple[str, float, float], Stated] = {}
    whole: set[tuple[float, float]] = set()
    past = 0
    for _ in range(_MAX_NUMBERS):
        start = found.start()
        low, high, at = _ends(text, start, numbers)
        thing = what_counted(sheet, start, at, low, before) if low else None
        if thing:
            before = thing
            period = _period(sheet, last.end if last else 0, start, at, thing)
            bound = _paired(text, last, thing, start, numbers) or _bound(sheet, past, start, at, thing)
            if thing.unit in PEOPLE and mixed(sheet, start, at):
                whole.add((low, high))
            if bound is Bound.CAPACITY and thing.unit in PEOPLE:
                thing = replace(thing, unit="other")
            if last and _two_parts(text, last, thing, start):
                whole.add((last.figure.low + low, last.figure.high + high))
            went = _way(sheet, past, start, at) if thing.unit in _GOODS else None
            figure = Figure(thing.unit, low, high, bound, period, quote=page.text[start:at], direction=went)
            what = "people" if thing.unit in PEOPLE else thing.unit
            last = Stated(figure, start, at)
            first = figures.setdefault((what, low, high), last)
            figures[what, low, high] = replace(first, figure=_told_again(first.figure, figure))
        past = at
        found = numbers.start.search(text, at)
        if not found or len(figures) == MAX_FIGURES:
            break
    return tuple(
        each for (what, *ends), each in figures.items() if what != "people" or tuple(ends) not in whole
    )


def _ends(text: str, start: int, numbers: Numbers) -> tuple[float, float, int]:
    """Return the ends of the range or single number at an offset, and where it ends.

    A year begins no range, nor does what was before; and what lies far apart, is two counts: `1,000 and later
    up to 12,000`.
    """
    low, at = read_number(text, start, numbers)
    apart = named_year(text[start:at]) or of_before(text, start, numbers)
    to = None if apart else numbers.to.match(text, at)
    if to and numbers.number.match(text, to.end()):
        high, end = read_number(text, to.end(), numbers)
        least = low_end(low, high)
        if least < high and (not low or high <= _WIDEST * least):
            return least, high, end
    return low, low, at


def values_in(text: str, numbers: Numbers) -> frozenset[float]:
    """Return every number in a folded text, whatever it counts; of a range both ends."""
    values: set[float] = set()
    found = numbers.start.search(text)
    while found and len(values) < _MAX_NUMBERS:
        low, high, at = _ends(text, found.start(), numbers)
        values |= {low, high}
        found = numbers.start.search(text, at)
    return frozenset(values)


def like(a: Figure, b: Figure) -> bool:
    """Say whether two figures may be compared.

    They count the same unit; a capacity is like a capacity only, a plan like a plan, and a rate like one of
    the same time. Any other period does not part them: a later total is set beside the count of a claim's
    own weeks.
    """
    return a.unit == b.unit and a.uncounted is b.uncounted and _rate(a) == _rate(b)


def _rate(figure: Figure) -> str | None:
    return figure.period if figure.period in RATES else None


def _period(sheet: Sheet, past: int, start: int, end: int, thing: Counted) -> str | None:
    """Return the time that a figure covers: that of a rate (`a month`), else a year, or since when.

    `past` is where the figure before it ends.
    """
    text, numbers = sheet.text, sheet.numbers
    first, last = clause_before(text, start, _REACH_BEFORE), clause_after(text, end, _REACH_RATE)
    for period, words in numbers.rates.items():
        stood = period == STOOD
        if (thing.unit == "containers" or not stood) and words.search(text, end if stood else first, last):
            return period
    reach = _REACH_YEAR // sheet.share
    first, last = clause_before(text, start, reach), clause_after(text, end, reach)
    if year := year_beside(text, start if first < past else first, start, end, last, numbers):
        return year
    first = clause_before(text, start, _REACH_SPAN, commas=False)
    last = clause_after(text, end, _REACH_SPAN // sheet.share)
    spans = [m for part in ((first, start), (end, last)) for m in numbers.span.finditer(text, *part)]
    near = min(spans, key=lambda m: min(abs(m.end() - start), abs(m.start() - end)), default=None)
    return read_since(near.group(), numbers) if near else None


def _told_again(first: Figure, again: Figure) -> Figure:
    """Return a number with what is said again: the text tells what a headline leaves out."""
    bound = again.bound if first.bound is Bound.EXACT or again.uncounted else first.bound
    return replace(first, bound=bound, direction=first.direction or again.direction)


def _way(sheet: Sheet, past: int, start: int, end: int) -> Direction | None:
    """Return which way a number's goods went by its clause, between the numbers on either side."""
    text, numbers, reach = sheet.text, sheet.numbers, _REACH_WAY // sheet.share
    last = clause_after(text, end, reach)
    following = numbers.start.search(text, end, last)
    first = max(past, clause_before(text, start, reach))
    ways = {way(m) for m in numbers.ways.finditer(text, first, following.start() if following else last)}
    return ways.pop() if len(ways) == 1 else None


def _paired(text: str, last: Stated | None, thing: Counted, start: int, numbers: Numbers) -> Bound | None:
    """Return what a number is because the one before it is: a capacity, or planned.

    The other of a pair (`room for 3 million or 500,000 shells`), or something else in one plan (`will send
    1,000 soldiers and 5,000 builders`): the same thing again may be those of them who came.
    """
    bound = last.figure.uncounted if last else None
    if last is None or bound is None or (last.figure.unit == thing.unit) is (bound is Bound.PLANNED):
        return None
    return bound if _beside(text, last, start) and numbers.to.search(text, last.end, start) else None


def _two_parts(text: str, last: Stated, thing: Counted, start: int) -> bool:
    """Say whether a number and the one before it are troops and workers of one lot: the sum is neither."""
    return {last.figure.unit, thing.unit} == {*PEOPLE} and _beside(text, last, start)


def _beside(text: str, last: Stated, start: int) -> bool:
    """Say whether a number stands in one clause with the one before it, not far behind."""
    between = start - last.end
    return between <= _REACH_CAPACITY and clause_before(text, start, between) == last.end


def _fits(text: str, start: int, end: int, thing: Counted, numbers: Numbers) -> bool:
    """Say whether words beside a number make it what would fit."""
    before, after = numbers.before.get(Bound.CAPACITY), numbers.after.get(Bound.CAPACITY)
    first = max(text.rfind("\n", 0, start) + 1, start - _REACH_CAPACITY)
    last = clause_after(text, end, _REACH_BOUND)
    following = numbers.start.search(text, end, last)
    last = following.start() if following else last
    return bool(
        (before and before.search(text, first, start))
        or (after and after.search(text, end, last))
        or (thing.unit in _LOADED and numbers.worth.search(text, end, last))
    )


def _planned(sheet: Sheet, past: int, start: int, end: int) -> bool:
    """Say whether a number's clause, between the numbers on either side, tells that so many are to come."""
    text, numbers, reach = sheet.text, sheet.numbers, _REACH_PLAN // sheet.share
    last = clause_after(text, end, reach)
    following = numbers.start.search(text, end, last)
    first = max(past, clause_before(text, start, reach))
    return bool(
        numbers.plans.search(text, first, start)
        or numbers.planned.search(text, end, following.start() if following else last)
    )


def _bound(sheet: Sheet, past: int, start: int, end: int, thing: Counted) -> Bound:
    text, numbers = sheet.text, sheet.numbers
    if _fits(text, start, end, thing, numbers):
        return Bound.CAPACITY
    if _planned(sheet, past, start, end):
        return Bound.PLANNED
    for bound, words in numbers.before.items():
        if bound is not Bound.CAPACITY and words.search(text, max(0, start - _REACH_BOUND), start):
            return bound
    last = clause_after(text, end, max(end, thing.end) + _REACH_BEHIND - end)
    for bound, words in numbers.after.items():
        if bound is not Bound.CAPACITY and words.search(text, end, last):
            return bound
    return Bound.EXACT
