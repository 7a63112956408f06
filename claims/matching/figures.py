"""The quantities that a page states: unit, value, and how the number was meant."""

import re

from claims.matching.numbers import UNITS, Numbers
from claims.matching.page import Page
from claims.model import Bound, Figure

MAX_FIGURES = 40
"""More than any story states; a page of nothing but numbers stops here."""

_MAX_NUMBERS = 400
_REACH_AFTER = 34
"""How far after a number the counted thing may stand, in characters; half where a script is dense."""
_REACH_BEFORE = 18
_REACH_DEAD = 26
_REACH_BOUND = 22
_REACH_CAPACITY = 40
_CLAUSE = re.compile(r"[;:!?。；！？\n]|[.,](?=\s)|[、，]")
_YEARS = range(1900, 2100)


def read_figures(page: Page, numbers: Numbers) -> tuple[Figure, ...]:
    """Return the figures of a page in the order of its text, each once."""
    figures: dict[tuple[str, float, float], Figure] = {}
    text, at = page.folded, 0
    for _ in range(_MAX_NUMBERS):
        found = numbers.start.search(text, at)
        if not found or len(figures) == MAX_FIGURES:
            break
        low, at = _number(text, found.start(), numbers)
        high = low
        to = numbers.to.match(text, at)
        if to and numbers.number.match(text, to.end()):
            high, at = _number(text, to.end(), numbers)
            low = _same_scale(low, high)
        plain_year = text[found.start() : at].isdigit() and low in _YEARS
        unit = _unit(page, found.start(), at, numbers, near=plain_year)
        if unit and low > 0:
            bound = _bound(page, found.start(), at, numbers)
            quote = page.text[found.start() : at]
            figures.setdefault((unit, low, high), Figure(unit, low, high, bound, quote=quote))
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
        while (times := numbers.scale.match(text, after)) and times.end() > after:
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


def _unit(page: Page, start: int, end: int, numbers: Numbers, *, near: bool) -> str | None:
    """Return what a number counts: the first thing named after it, else the last one before it."""
    text = page.folded
    if numbers.money.search(text, max(0, start - 4), start):
        return "usd"
    reach = 3 if near else _REACH_AFTER // 2 if page.dense else _REACH_AFTER
    after = _clause_after(text, end, reach)
    following = numbers.start.search(text, end, after)
    found = numbers.counts.search(text, end, following.start() if following else after)
    if found and found.lastgroup == "skip":
        return None
    if not found and not near:
        before = _clause_before(text, start, _REACH_BEFORE // 2 if page.dense else _REACH_BEFORE)
        found = next(reversed(list(numbers.counts.finditer(text, before, start))), None)
    if not found or found.lastgroup is None or found.lastgroup == "skip":
        return None
    kind = found.lastgroup
    if kind in ("people", "troops", "workers"):
        return _people(page, found.start(), found.end(), kind, numbers)
    return kind if kind in UNITS else "other"


def _people(page: Page, start: int, end: int, kind: str, numbers: Numbers) -> str | None:
    """Tell troops from workers and both from their dead, by the nearest word that says it."""
    text = page.folded
    reach = _REACH_DEAD // 2 if page.dense else _REACH_DEAD
    around = list(numbers.counts.finditer(text, max(0, start - reach), min(len(text), end + reach)))
    here = [m for m in around if page.sentence(m.start()) == page.sentence(start)]
    if any(m.lastgroup == "dead" for m in here):
        return "other"
    if kind != "people":
        return kind
    whole = numbers.counts.finditer(text)
    said = [m for m in whole if m.lastgroup in ("troops", "workers")]
    nearest = min(said, key=lambda m: abs(m.start() - start), default=None)
    return nearest.lastgroup if nearest else None


def _clause_after(text: str, end: int, reach: int) -> int:
    stop = _CLAUSE.search(text, end, min(len(text), end + reach))
    return stop.start() if stop else min(len(text), end + reach)


def _clause_before(text: str, start: int, reach: int) -> int:
    begin = max(0, start - reach)
    return max((m.end() for m in _CLAUSE.finditer(text, begin, start)), default=begin)


def _bound(page: Page, start: int, end: int, numbers: Numbers) -> Bound:
    text = page.folded
    capacity = numbers.before.get(Bound.CAPACITY)
    window = page.text.rfind("\n", 0, start) + 1
    if capacity and capacity.search(text, max(window, start - _REACH_CAPACITY), start):
        return Bound.CAPACITY
    for bound, words in numbers.before.items():
        if bound is not Bound.CAPACITY and words.search(text, max(0, start - _REACH_BOUND), start):
            return bound
    for bound, words in numbers.after.items():
        if words.search(text, end, end + _REACH_BOUND):
            return bound
    return Bound.EXACT
