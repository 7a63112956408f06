"""What a number in a text counts: the thing named beside it, or nothing that we keep."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.matching.numbers import Numbers, counted
from claims.matching.page import solid
from claims.model import UNITS

PEOPLE = ("troops", "workers")

_REACH_AFTER = 34
"""How far after a number the counted thing may stand, in characters; half where a script is dense."""
_REACH_BEFORE = 18
_REACH_DEAD = 40
_REACH_BESIDE = 6
_REACH_TOUCH = 3
_REACH_BEHIND = 6
_REACH_BEHIND_PIECES = 12
_REACH_MONEY = 4
_REACH_FAR = 160
_REACH_LABEL = 18
_REACH_CLOSE = 30
_REACH_LISTED = 60
_REACH_WORD = 2
_REACH_WAS = 40
_REACH_MIXED = 70
_GREAT = 1000
"""From here on a number without a noun counts what the text last spoke of, a whole is told beside its part,
and rounds are shells: missiles come one by one."""
_FEW = ("missiles", "ships")
"""What comes by tens: a great number counts it only where it says so."""
_DAYS = 31
_CLAUSE = re.compile(r"[;:!?。；！？\n]|[.,](?=\s)|[、，]")
_END = re.compile(r"[.;:!?。；！？](?!\d)|\n")
_YEARS = range(1900, 2100)
_FITS = {"people": PEOPLE, "rounds": ("shells", "missiles"), "pieces": UNITS}
_LOOSE = {"pieces": ("containers", "railcars", "missiles", "tonnes", "other")}
"""What pieces may be where it is not named right beside them, containers first: the rest have counters of
their own."""
_DEFAULT = {"people": "troops", "rounds": "shells"}


@dataclass(frozen=True, slots=True)
class Thing:
    """A counted thing in a text, by offsets; its kind is one of `COUNTS`."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts."""

    unit: str
    kind: str
    """The counter that told it, one of `COUNTS`."""
    number_end: int
    end: int
    """Where its words end."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text with the things in it, found once."""

    text: str
    numbers: Numbers
    things: Sequence[Thing]
    """In the order of the text."""
    share: int
    """What the reaches are divided by: 2 in a dense script."""

    def between(self, first: int, stop: int) -> Sequence[Thing]:
        """Return the things that stand whole in a stretch of the text."""
        begun = self.things[self._index(first) : self._index(stop)]
        return begun[:-1] if begun and begun[-1].end > stop else begun

    def nearest(self, at: int, kinds: Iterable[str]) -> Thing | None:
        """Return the thing of these kinds that begins nearest to an offset."""
        index = self._index(at)
        fits = [
            next((t for t in side if t.kind in kinds), None)
            for side in (reversed(self.things[:index]), self.things[index:])
        ]
        return min((t for t in fits if t), key=lambda t: abs(t.start - at), default=None)

    def _index(self, at: int) -> int:
        return bisect_left(self.things, at, key=lambda t: t.start)


def lay_sheet(text: str, numbers: Numbers, *, dense: bool) -> Sheet:
    """Find the counted things of a folded text."""
    things = (Thing(m.start(), m.end(), counted(m)) for m in numbers.counts.finditer(text))
    return Sheet(text, numbers, tuple(things), 2 if dense else 1)


def what_counted(sheet: Sheet, start: int, end: int, value: float, before: Counted | None) -> Counted | None:
    """Return what the number between two offsets counts, or None for nothing that we keep.

    That is the first thing named after it in its clause, which numbers in a list share; else the last one
    before it; else, for a great number, what the text last spoke of: `in summer it was 25,000`. `before` is
    what the number before it counts.
    """
    text, numbers = sheet.text, sheet.numbers
    small = value < _GREAT
    if numbers.label.search(text, max(0, start - _REACH_LABEL), start) or of_before(text, start, numbers):
        return None
    if value <= _DAYS and numbers.month.search(text, max(0, start - _REACH_LABEL), start):
        return None
    if small and before and numbers.of.fullmatch(text, before.number_end, start):
        return None
    year = text[start:end].isdigit() and value in _YEARS
    found = _following(sheet, start, end, 3 if year else _REACH_AFTER // sheet.share)
    apart = numbers.apart.match(text, end)
    if found and found.kind == "skip" and not apart:
        return None
    if found and apart and (found.kind == "skip" or (found.kind in _FEW and not small)):
        found = None
    if numbers.money.search(text, max(0, start - _REACH_MONEY), start):
        return Counted("usd", "usd", end, end)
    last = found.end if found else end
    if _beside(sheet, numbers.apiece, start, last) or _beside(sheet, numbers.own, start, last):
        return None
    since = before.end if before else 0
    if found:
        if found.kind == "people" and small and _listed(sheet, start, found.end):
            return None
        if found.kind == "rounds" and not small:
            return Counted("shells", found.kind, end, found.end)
        told = _resolved(sheet, start, found, since, before)
        return Counted(told.kind, found.kind, end, told.end) if told else None
    if year or solid(text[start]):
        return None
    unit = _recalled(sheet, start, small=small, before=before)
    return Counted(_alive(sheet, start, Thing(end, end, unit), since).kind, unit, end, end) if unit else None


def of_before(text: str, start: int, numbers: Numbers) -> bool:
    """Say whether the number at an offset is one of before: `it rose from 1,000 to 3,000`."""
    return bool(numbers.was.search(text, max(0, start - _REACH_WAS), start))


def named_year(words: str) -> bool:
    """Say whether a number is written as a year and is no round hundred, which may be a count."""
    return words.isdigit() and int(words) in _YEARS and int(words) % 100 != 0


def _recalled(sheet: Sheet, start: int, *, small: bool, before: Counted | None) -> str | None:
    """Return what a number without a noun counts: the last thing named near, else what was counted last."""
    reach = _REACH_BEFORE // 2 if small else _REACH_FAR
    kinds = {unit: unit for unit in UNITS if small or unit not in _FEW} | _DEFAULT | {"dead": "other"}
    named = [t for t in sheet.between(max(0, start - reach), start) if t.kind in kinds]
    if named:
        return kinds[named[-1].kind]
    return None if small or before is None or before.unit in _FEW else before.unit


def _following(sheet: Sheet, start: int, end: int, reach: int) -> Thing | None:
    """Return the first thing after a number, in its clause and before the next number, or that one's."""
    text, numbers = sheet.text, sheet.numbers
    if solid(text[start]):
        reach = _REACH_WORD
    stop = clause_after(text, end, reach)
    following = numbers.start.search(text, end, stop)
    found = next(iter(sheet.between(end, following.start() if following else stop)), None)
    if found or not following:
        return found
    gap = re.sub(r"\s+", " ", text[end : following.start()])
    if not (numbers.to.fullmatch(gap) or numbers.of.fullmatch(gap)):
        return None
    return next(iter(sheet.between(following.end(), clause_after(text, following.end(), reach))), None)


def _resolved(sheet: Sheet, start: int, found: Thing, since: int, before: Counted | None) -> Thing | None:
    """Return a thing as one of `UNITS`; a counter counts what is named behind it, before it or nearest."""
    if found.kind not in _FITS:
        return _alive(sheet, start, found, since)
    fits = _FITS[found.kind]
    beside = _before(sheet, start, _REACH_BESIDE, _LOOSE.get(found.kind, fits))
    joined = beside and sheet.numbers.joins.match(sheet.text, beside.end)
    behind = _behind(sheet, found, _REACH_BEHIND, fits) if joined or not beside else None
    if behind:
        return _alive(sheet, start, behind, since)
    unit = beside.kind if beside and not joined else _named(sheet, start, found, before)
    if unit is None and (found.kind == "rounds" or sheet.share == 1):
        hired = found.kind == "people" and _beside(sheet, sheet.numbers.hired, start, found.end)
        unit = "workers" if hired else _DEFAULT.get(found.kind)
    return _alive(sheet, start, Thing(found.start, found.end, unit), since) if unit else None


def _before(sheet: Sheet, start: int, reach: int, kinds: Iterable[str]) -> Thing | None:
    things = sheet.between(clause_before(sheet.text, start, reach), start)
    return next((t for t in reversed(things) if t.kind in kinds), None)


def _behind(sheet: Sheet, counter: Thing, reach: int, kinds: Iterable[str]) -> Thing | None:
    if sheet.numbers.joins.match(sheet.text, counter.end):
        return None
    things = sheet.between(counter.end, clause_after(sheet.text, counter.end, reach))
    return things[0] if things and things[0].kind in kinds else None


def _named(sheet: Sheet, start: int, counter: Thing, before: Counted | None) -> str | None:
    """Return what a counter counts where nothing is named right beside it."""
    fits = _FITS[counter.kind]
    loose = _LOOSE.get(counter.kind, fits)
    named = _before(sheet, start, _REACH_BEFORE, loose) or _before(sheet, start, _REACH_TOUCH, fits)
    if named:
        return named.kind
    behind = _behind(sheet, counter, _REACH_BEHIND_PIECES, loose) if counter.kind == "pieces" else None
    if behind:
        return behind.kind
    if before and before.kind == counter.kind and before.unit in fits:
        return before.unit
    likely = loose[:1] if counter.kind in _LOOSE else ()
    nearest = sheet.nearest(start, likely) or sheet.nearest(start, loose)
    return nearest.kind if nearest else None


def _alive(sheet: Sheet, start: int, found: Thing, since: int) -> Thing:
    """Tell people from their dead, who are other; the words that the number before took are its own."""
    unit = found.kind if found.kind in UNITS else "other"
    if unit in PEOPLE:
        first = max(since, clause_before(sheet.text, start, _REACH_DEAD // sheet.share))
        last = clause_after(sheet.text, found.end, _REACH_DEAD // sheet.share)
        following = sheet.numbers.start.search(sheet.text, found.end, last)
        last = following.start() if following else last
        if any(t.kind == "dead" for t in sheet.between(first, last)):
            unit = "other"
    return Thing(found.start, found.end, unit)


def mixed(sheet: Sheet, start: int, end: int) -> bool:
    """Say whether the people of a number between two offsets are North Koreans in part: they are no count.

    Whose number it is may be said before it in its clause, or right behind it: `Pyongyang sent 9,000 men,
    including North Korean sappers`.
    """
    text, numbers = sheet.text, sheet.numbers
    first = clause_before(text, start, _REACH_MIXED // sheet.share)
    if numbers.mixed_before.search(text, first, start):
        return True
    found = numbers.mixed_behind.search(text, end, min(len(text), end + _REACH_MIXED // sheet.share))
    if not found or numbers.north.search(text, first, start):
        return False
    between = text[end : found.start()]
    return not any(words.search(between) for words in (numbers.start, numbers.north, _END))


def _beside(sheet: Sheet, words: re.Pattern[str], start: int, end: int) -> bool:
    first = clause_before(sheet.text, start, _REACH_CLOSE // sheet.share)
    last = clause_after(sheet.text, end, _REACH_CLOSE // sheet.share)
    return bool(words.search(sheet.text, first, start) or words.search(sheet.text, end, last))


def _listed(sheet: Sheet, start: int, end: int) -> bool:
    first = clause_before(sheet.text, start, _REACH_LISTED // sheet.share, commas=False)
    last = clause_after(sheet.text, end, _REACH_LISTED // sheet.share)
    return bool(sheet.numbers.listed.search(sheet.text, first, last))


def clause_after(text: str, end: int, reach: int) -> int:
    """Return where the clause of an offset ends, at most so far behind it."""
    stop = _CLAUSE.search(text, end, min(len(text), end + reach))
    return stop.start() if stop else min(len(text), end + reach)


def clause_before(text: str, start: int, reach: int, *, commas: bool = True) -> int:
    """Return where the clause of an offset begins, at most so far before it; a sentence without `commas`."""
    begin = max(0, start - reach)
    stops = (m for m in _CLAUSE.finditer(text, begin, start) if commas or m.group() not in ",、，")
    return max((m.end() for m in stops), default=begin)
