"""The quantities that a page states: unit, value, and how the number was meant."""

import re
from dataclasses import dataclass

from claims.matching.numbers import Numbers, counted
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
_REACH_BOUND = 22
_REACH_CAPACITY = 40
_CLAUSE = re.compile(r"[;:!?。；！？\n]|[.,](?=\s)|[、，]")
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure, and where its number stands in the page."""

    figure: Figure
    start: int
    end: int


def read_figures(page: Page, numbers: Numbers) -> tuple[Stated, ...]:
    """Return the figures of a page in the order of its text, each once."""
    text = numbers.calibre.sub(lambda m: " " * len(m.group()), page.folded)
    figures: dict[tuple[str, float, float], Stated] = {}
    at = 0
    for _ in range(_MAX_NUMBERS):
        found = numbers.start.search(text, at)
        if not found or len(figures) == MAX_FIGURES:
            break
        start = found.start()
        low, at = _number(text, start, numbers)
        high = low
        to = numbers.to.match(text, at)
        if to and numbers.number.match(text, to.end()):
            high, at = _number(text, to.end(), numbers)
            low = _same_scale(low, high)
        unit = _unit(text, start, at, low, numbers, dense=page.dense) if low else None
        if unit:
            figure = Figure(unit, low, high, _bound(text, start, at, numbers), quote=page.text[start:at])
            figures.setdefault((unit, low, high), Stated(figure, start, at))
    return tuple(figures.values())


def like(a: Figure, b: Figure) -> bool:
    """Say whether two figures may be compared.

    They count the same unit; a capacity is like a capacity only; and both or neither speak of a period.
    """
    capacity = (a.bound is Bound.CAPACITY) == (b.bound is Bound.CAPACITY)
    return a.unit == b.unit and capacity and (a.period is None) == (b.period is None)


def _number(text: str, at: int, numbers: Numbers) -> tuple[float, int]:
    """Return the value of the number at an offset, and where it ends.

    Parts of falling scale add up, the last one may have none: 1만3천, 1万3000, 3 million 200 thousand.
    """
    value, last, end = 0.0, float("inf"), at
    while True:
        found = numbers.number.match(text, at)
        if not found and value:
            break
        part = _value(found, numbers) if found else 1.0
        after, scale = found.end() if found else at, 1.0
        for _ in range(_MAX_SCALES):
            times = numbers.scale.match(text, after)
            if not times or times.end() == after:
                break
            scale *= _lookup(times.group().lstrip(" -"), numbers)
            after = times.end()
        apart = at > end
        if after == at or scale >= last or (apart and scale == 1.0):
            break
        value, last, end = value + part * scale, scale, after
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
    return low * scale if high / low >= 1000 else low


def _unit(text: str, start: int, end: int, value: float, numbers: Numbers, *, dense: bool) -> str | None:
    """Return what a number counts.

    That is the first thing named after it in its clause; else the last one before it; else, for a great
    number, what the text last spoke of: `in summer it was 25,000`.
    """
    year = text[start:end].isdigit() and value in _YEARS
    share = 2 if dense else 1
    reach = 3 if year else _REACH_AFTER // share
    stop = _clause_after(text, end, reach)
    following = numbers.start.search(text, end, stop)
    found = numbers.counts.search(text, end, following.start() if following else stop)
    kind = counted(found) if found else ""
    if kind == "skip":
        return None
    if numbers.money.search(text, max(0, start - _REACH_MONEY), start):
        return "usd"
    if found and kind in ("people", "pieces"):
        return _named(text, start, found.end(), kind, numbers, dense=dense)
    if found:
        return _alive(text, start, found.end(), kind, numbers, share)
    if year:
        return None
    reach = _REACH_FAR if value >= _GREAT else _REACH_BEFORE // share
    before = [m for m in numbers.counts.finditer(text, max(0, start - reach), start) if counted(m) in UNITS]
    return counted(before[-1]) if before else None


def _named(text: str, start: int, end: int, kind: str, numbers: Numbers, *, dense: bool) -> str | None:
    """Return what a counter counts: what is named right behind it, else before the number, else nearest."""
    fits = ("troops", "workers") if kind == "people" else UNITS
    share = 2 if dense else 1
    behind = numbers.counts.search(text, end, _clause_after(text, end, _REACH_BEHIND))
    if behind and counted(behind) in fits:
        return _alive(text, start, behind.end(), counted(behind), numbers, share)
    said = [m for m in numbers.counts.finditer(text) if counted(m) in fits]
    before = [m for m in said if start - _REACH_BEFORE <= m.start() < start]
    nearest = before[-1] if before else min(said, key=lambda m: abs(m.start() - start), default=None)
    unit = counted(nearest) if nearest else "troops" if kind == "people" and not dense else None
    return _alive(text, start, end, unit, numbers, share) if kind == "people" else unit


def _alive(text: str, start: int, end: int, unit: str | None, numbers: Numbers, share: int) -> str | None:
    """Tell people from their dead, who are counted as other."""
    if unit not in ("troops", "workers", None):
        return unit if unit in UNITS else "other"
    first = max(_clause_before(text, start, _REACH_DEAD // share), 0)
    last = _clause_after(text, end, _REACH_DEAD // share)
    dead = any(counted(m) == "dead" for m in numbers.counts.finditer(text, first, last))
    return "other" if dead else unit


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
