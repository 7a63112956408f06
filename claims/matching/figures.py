"""The quantities that a page states: unit, value, and how the number was meant."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.matching.numbers import RATES, Numbers, counted
from claims.matching.page import Page
from claims.model import UNITS, Bound, Figure

MAX_FIGURES = 40
"""More than any story states; a page of nothing but numbers stops here."""

_MAX_NUMBERS = 120
_MAX_SCALES = 3
"""Words that multiply one number: `hundred thousand million`."""
_REACH_AFTER = 34
"""How far after a number the counted thing may stand, in characters; half where a script is dense."""
_REACH_BEFORE = 18
_REACH_DEAD = 40
_REACH_BEHIND = 3
_REACH_MONEY = 4
_REACH_FAR = 160
_GREAT = 1000
_REACH_RATE = 40
_REACH_LABEL = 16
_REACH_BOUND = 22
_REACH_CAPACITY = 40
_CLAUSE = re.compile(r"[;:!?。；！？\n]|[.,](?=\s)|[、，]")
_YEARS = range(1900, 2100)
_PEOPLE = ("troops", "workers")


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure, and where its number stands in the page."""

    figure: Figure
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Thing:
    """A counted thing in a text, by offsets; its kind is one of `COUNTS`."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A text with the things in it, found once."""

    text: str
    numbers: Numbers
    things: Sequence[_Thing]
    """In the order of the text."""
    share: int
    """What the reaches are divided by: 2 in a dense script."""

    def between(self, first: int, stop: int) -> Sequence[_Thing]:
        """Return the things that stand whole in a stretch of the text."""
        begun = self.things[self._index(first) : self._index(stop)]
        return begun[:-1] if begun and begun[-1].end > stop else begun

    def nearest(self, at: int, kinds: Iterable[str]) -> _Thing | None:
        """Return the thing of these kinds that begins nearest to an offset."""
        index = self._index(at)
        fits = [
            next((t for t in side if t.kind in kinds), None)
            for side in (reversed(self.things[:index]), self.things[index:])
        ]
        return min((t for t in fits if t), key=lambda t: abs(t.start - at), default=None)

    def _index(self, at: int) -> int:
        return bisect_left(self.things, at, key=lambda t: t.start)


def read_figures(page: Page, numbers: Numbers) -> tuple[Stated, ...]:
    """Return the figures of a page in the order of its text, each once.

    The same number of people is one figure, of troops or of workers as it is named first.
    """
    text = numbers.calibre.sub(lambda m: " " * len(m.group()), page.folded)
    found = numbers.start.search(text)
    if not found:
        return ()
    sheet = _Sheet(text, numbers, _things(text, numbers), 2 if page.dense else 1)
    figures: dict[tuple[str, float, float], Stated] = {}
    for _ in range(_MAX_NUMBERS):
        start = found.start()
        low, high, at = _range(text, start, numbers)
        unit = _unit(sheet, start, at, low) if low else None
        if unit:
            bound, period = _bound(text, start, at, numbers), _period(sheet, start, at)
            figure = Figure(unit, low, high, bound, period, quote=page.text[start:at])
            what = "people" if unit in _PEOPLE else unit
            figures.setdefault((what, low, high), Stated(figure, start, at))
        found = numbers.start.search(text, at)
        if not found or len(figures) == MAX_FIGURES:
            break
    return tuple(figures.values())


def values_in(text: str, numbers: Numbers) -> frozenset[float]:
    """Return every number in a folded text, whatever it counts; of a range both ends."""
    values: set[float] = set()
    found = numbers.start.search(text)
    while found and len(values) < _MAX_NUMBERS:
        low, high, at = _range(text, found.start(), numbers)
        values |= {low, high}
        found = numbers.start.search(text, at)
    return frozenset(values)


def like(a: Figure, b: Figure) -> bool:
    """Say whether two figures may be compared.

    They count the same unit; a capacity is like a capacity only, and a rate like one of the same time. Any
    other period does not part them: a later total is set beside the count of a claim's own weeks.
    """
    capacity = (a.bound is Bound.CAPACITY) == (b.bound is Bound.CAPACITY)
    return a.unit == b.unit and capacity and _rate(a) == _rate(b)


def _rate(figure: Figure) -> str | None:
    return figure.period if figure.period in RATES else None


def _things(text: str, numbers: Numbers) -> tuple[_Thing, ...]:
    return tuple(_Thing(m.start(), m.end(), counted(m)) for m in numbers.counts.finditer(text))


def _range(text: str, start: int, numbers: Numbers) -> tuple[float, float, int]:
    """Return both ends of the number or range at an offset, equal for a number, and where it ends."""
    low, at = _number(text, start, numbers)
    to = numbers.to.match(text, at)
    if not to or not numbers.number.match(text, to.end()):
        return low, low, at
    high, at = _number(text, to.end(), numbers)
    return _same_scale(low, high), high, at


def _number(text: str, at: int, numbers: Numbers) -> tuple[float, int]:
    """Return the value of the number at an offset, and where it ends.

    Parts of falling scale add up, the last one may have none: 1만3천, 1万3000, 3 million 200 thousand.
    """
    value, last, end = 0.0, float("inf"), at
    while True:
        found = numbers.number.match(text, at)
        if not found:
            break
        after, scale = found.end(), 1.0
        for _ in range(_MAX_SCALES):
            times = numbers.scale.match(text, after)
            if not times or times.end() == after:
                break
            scale *= _lookup(times.group().lstrip(" -"), numbers)
            after = times.end()
        apart = at > end
        if after == at or scale >= last or (apart and scale == 1.0):
            break
        value, last, end = value + _value(found, numbers) * scale, scale, after
        if scale == 1.0:
            break
        at = end + 1 if text[end : end + 1] == " " else end
    return value, max(end, at if not value else end)


def _value(found: re.Match[str], numbers: Numbers) -> float:
    digits = found["digits"]
    if digits is None:
        return _lookup(found.group(), numbers)
    if found["mark"]:
        digits = digits.replace(found["mark"], "")
    return float(digits.replace(",", "."))


def _lookup(word: str, numbers: Numbers) -> float:
    return next((value for begins, value in numbers.values.items() if word.startswith(begins)), 1.0)


def _same_scale(low: float, high: float) -> float:
    """Lend the lower end the scale that only the upper one names: `10 to 12 thousand`."""
    scale = 1.0
    while low and low * scale * 1000 <= high:
        scale *= 1000
    return low * scale


def _unit(sheet: "_Sheet", start: int, end: int, value: float) -> str | None:
    """Return what a number counts.

    That is the first thing named after it in its clause; else the last one before it; else, for a great
    number, what the text last spoke of: `in summer it was 25,000`.
    """
    text, numbers = sheet.text, sheet.numbers
    if numbers.label.search(text, max(0, start - _REACH_LABEL), start):
        return None
    year = text[start:end].isdigit() and value in _YEARS
    stop = _clause_after(text, end, 3 if year else _REACH_AFTER // sheet.share)
    following = numbers.start.search(text, end, stop)
    found = next(iter(sheet.between(end, following.start() if following else stop)), None)
    if found and found.kind == "skip":
        return None
    if numbers.money.search(text, max(0, start - _REACH_MONEY), start):
        return "usd"
    if found and found.kind in ("people", "pieces"):
        return _named(sheet, start, found)
    if found:
        return _alive(sheet, start, found.end, found.kind)
    if year:
        return None
    reach = _REACH_FAR if value >= _GREAT else _REACH_BEFORE // sheet.share
    before = [t for t in sheet.between(max(0, start - reach), start) if t.kind in UNITS]
    return before[-1].kind if before else None


def _named(sheet: "_Sheet", start: int, counter: "_Thing") -> str | None:
    """Return what a counter counts: what is named right behind it, else before the number, else nearest."""
    people = counter.kind == "people"
    fits = _PEOPLE if people else UNITS
    behind = next(
        iter(sheet.between(counter.end, _clause_after(sheet.text, counter.end, _REACH_BEHIND))), None
    )
    if behind and behind.kind in fits:
        return _alive(sheet, start, behind.end, behind.kind)
    before = [t for t in sheet.between(start - _REACH_BEFORE, start) if t.kind in fits]
    nearest = before[-1] if before else sheet.nearest(start, fits)
    unit = nearest.kind if nearest else "troops" if people and sheet.share == 1 else None
    return _alive(sheet, start, counter.end, unit) if people else unit


def _alive(sheet: "_Sheet", start: int, end: int, unit: str | None) -> str | None:
    """Tell people from their dead, who are counted as other."""
    if unit not in (*_PEOPLE, None):
        return unit if unit in UNITS else "other"
    first = _clause_before(sheet.text, start, _REACH_DEAD // sheet.share)
    last = _clause_after(sheet.text, end, _REACH_DEAD // sheet.share)
    return "other" if any(t.kind == "dead" for t in sheet.between(first, last)) else unit


def _period(sheet: "_Sheet", start: int, end: int) -> str | None:
    """Return the time of a rate: `300 shells a day` is no count of shells."""
    first = _clause_before(sheet.text, start, _REACH_BEFORE)
    last = _clause_after(sheet.text, end, _REACH_RATE)
    rates = sheet.numbers.rates.items()
    return next((period for period, words in rates if words.search(sheet.text, first, last)), None)


def _clause_after(text: str, end: int, reach: int) -> int:
    stop = _CLAUSE.search(text, end, min(len(text), end + reach))
    return stop.start() if stop else min(len(text), end + reach)


def _clause_before(text: str, start: int, reach: int) -> int:
    begin = max(0, start - reach)
    return max((m.end() for m in _CLAUSE.finditer(text, begin, start)), default=begin)


def _bound(text: str, start: int, end: int, numbers: Numbers) -> Bound:
    capacity = numbers.before.get(Bound.CAPACITY)
    window = text.rfind("\n", 0, start) + 1
    if capacity and capacity.search(text, max(window, start - _REACH_CAPACITY), start):
        return Bound.CAPACITY
    for bound, words in numbers.before.items():
        if bound is not Bound.CAPACITY and words.search(text, max(0, start - _REACH_BOUND), start):
            return bound
    for bound, words in numbers.after.items():
        if words.search(text, end, end + _REACH_BOUND):
            return bound
    return Bound.EXACT
