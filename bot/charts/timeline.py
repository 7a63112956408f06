"""What happened to a claim as a picture: what supports it above the line of days, what disputes it below."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.charts.labels import Box, Room, round_marks
from bot.charts.parts import (
    FOOT,
    HEAD,
    MARGIN,
    Key,
    Words,
    frame,
    height_of,
    label,
    legend,
    name_of,
    rows_of,
    two_lines,
    write_days,
)
from bot.charts.scale import Days, days_of
from bot.charts.shapes import CIRCLE
from bot.charts.sheet import BLUE, FAINT, GREEN, LEADING, ORANGE, PINK, SMALL, Paper, Sheet
from bot.language import _
from bot.phrases import quantity
from claims.history import Side, Step
from claims.model import Claim

LABELLED = 10
"""Happenings that are named."""
_COLUMN = 14.2
"""Between the columns of two spans of days, and between two happenings of one, in points."""
_TALL = 7
"""Happenings on top of each other; what is more is counted."""
_NAMES_ABOVE, _NAMES_BELOW = 104.0, 40.0
"""Room for names round what is drawn."""
_SIZES = (5.0, 7.5, 10.0, 12.0)
"""Of one, two, three, and four or more independent origins."""
_LONGEST = 190.0
_SPANS = (1, 7, 30.4375, 91.3125, 365.25)
"""Days of a column: a day, a week, a month, a quarter, a year."""
_MOVED = Key("star", GREEN)
_KEYS = {
    Side.SUPPORTS: Key(CIRCLE, BLUE),
    Side.DISPUTES: Key("diamond", ORANGE, filled=False),
    Side.DENIES: Key("cross", PINK),
}


@dataclass(frozen=True, slots=True)
class _Placed:
    step: Step
    x: float
    y: float


def timeline_sheet(paper: Paper, words: Words, claim: Claim, steps: Sequence[Step]) -> Sheet:
    """Return the picture of what happened to a claim.

    Args:
        paper: what it is drawn for.
        words: what it says of itself.
        claim: the claim; the day on which it was said is marked where it lies near the others.
        steps: as `claims.history.timeline` has them, at least one.

    """
    said = claim.said_on.first()
    first, last = steps[0].day, max(step.day for step in steps)
    shows_said = (last - said).days <= 3 * max(14, (last - first).days)
    days = days_of([first, last, *([said] if shows_said else [])], MARGIN, paper.width - MARGIN)
    span = _span(days)
    keys = [*_keys(steps), Key("bar", FAINT, _("each column: {span}").format(span=_words(span)))]
    rows = rows_of(Sheet(paper, 10), keys)
    above = _tallest(steps, days, span, up=True) * _COLUMN + _NAMES_ABOVE
    under_line = _tallest(steps, days, span, up=False)
    below = under_line * _COLUMN + _NAMES_BELOW if under_line else 0.0
    top = HEAD + height_of(rows) + 4
    line = top + above
    bottom = line + SMALL * LEADING + 10 + below
    sheet = Sheet(paper, bottom + FOOT + 6)
    frame(sheet, words)
    legend(sheet, rows, HEAD)
    sheet.line([MARGIN, sheet.width - MARGIN], [line, line], FAINT, width=1.2)
    write_days(sheet, days, line)
    room = Room(Box(MARGIN, top, sheet.width - MARGIN, bottom))
    room.taken.append(Box(0, line - 1, sheet.width, line + SMALL * LEADING + 8))
    if shows_said:
        _origin(sheet, room, claim, days.at(said), (top, line))
    placed = _place(sheet, room, steps, days, span, line)
    for each in sorted(filter(_is_named, placed), key=_telling)[:LABELLED]:
        change = each.step.change
        number = quantity(replace(change.now, period=None)) if change else ""
        names = [sheet.fit(line, _LONGEST) for line in two_lines(name_of(sheet, each.step.by))]
        label(sheet, room, each.x, each.y, sheet.fit(number, _LONGEST), names)
    return sheet


def _keys(steps: Sequence[Step]) -> Iterable[Key]:
    words = {
        Side.SUPPORTS: _("supports"),
        Side.DISPUTES: _("disputes"),
        Side.DENIES: _("denied by a party"),
    }
    for side, key in _KEYS.items():
        if any(step.side is side and step.change is None for step in steps):
            yield Key(key.shape, key.colour, words[side], filled=key.filled)
    if any(step.change for step in steps):
        yield Key(_MOVED.shape, _MOVED.colour, _("supports, with a new number"))
    if any(step.tally.independent > 1 for step in steps):
        yield Key(CIRCLE, FAINT, _("larger: more independent origins"), filled=False, size=10)


def _span(days: Days) -> float:
    columns = (days.end - days.start) / _COLUMN
    return next((span for span in _SPANS if days.span / span <= columns), _SPANS[-1])


def _words(span: float) -> str:
    names = (_("a day"), _("a week"), _("a month"), _("a quarter"), _("a year"))
    return names[_SPANS.index(span)]


def _column(day: date, days: Days, span: float) -> int:
    return math.floor((day - days.first).days / span)


def _tallest(steps: Iterable[Step], days: Days, span: float, *, up: bool) -> int:
    heights: defaultdict[int, int] = defaultdict(int)
    for step in steps:
        if (step.side is Side.SUPPORTS) is up:
            heights[_column(step.day, days, span)] += 1
    return min(_TALL, max(heights.values(), default=0))


def _origin(sheet: Sheet, room: Room, claim: Claim, x: float, ends: tuple[float, float]) -> None:
    top, line = ends
    sheet.line([x, x], [top + 2, line], FAINT, dashed=True)
    room.taken.append(Box(x - 2, top, x + 2, line))
    words = _("said: {who}").format(who=name_of(sheet, claim.said_by))
    width = sheet.measure(words)
    found = room.place(x, top + SMALL * LEADING, width, SMALL * LEADING)
    if found:
        sheet.write(words, found[0].left, found[0].top, colour=FAINT)


def _place(
    sheet: Sheet, room: Room, steps: Sequence[Step], days: Days, span: float, line: float
) -> list[_Placed]:
    """Draw the happenings, and return those that stand there one by one."""
    columns: defaultdict[tuple[int, bool], list[Step]] = defaultdict(list)
    for step in steps:
        columns[_column(step.day, days, span), step.side is Side.SUPPORTS].append(step)
    placed = []
    for (column, up), found in columns.items():
        middle = days.first + timedelta(days=(column + 0.5) * span)
        x = days.at(min(middle, days.last)) if span > 1 else days.at(found[0].day)
        base = line - _COLUMN * 0.65 if up else line + SMALL * LEADING + 8 + _COLUMN * 0.65
        # What tells most stands outermost, where its name has room; what is too much is counted innermost.
        outwards = sorted(found, key=_rank, reverse=True)
        counted = len(found) - _TALL + 1 if len(found) > _TALL else 0
        if counted:
            width = sheet.measure(f"+{counted}")
            sheet.write(f"+{counted}", x, base - SMALL * LEADING / 2, colour=FAINT, align="center")
            room.taken.append(Box(x - width / 2, base - 8, x + width / 2, base + 8))
        for number, step in enumerate(outwards[counted:], start=1 if counted else 0):
            y = base + number * (-_COLUMN if up else _COLUMN)
            _draw(sheet, step, x, y)
            placed.append(_Placed(step, x, y))
    room.taken.extend(round_marks([(each.x, each.y) for each in placed], _COLUMN / 2 - 1))
    return placed


def _draw(sheet: Sheet, step: Step, x: float, y: float) -> None:
    key = _MOVED if step.change else _KEYS[step.side]
    size = _SIZES[min(max(step.tally.independent, 1), len(_SIZES)) - 1]
    sheet.mark(x, y, key.shape, key.colour, size + (3 if step.change else 0), filled=key.filled)


def _is_named(placed: _Placed) -> bool:
    step = placed.step
    return bool(step.change or step.side is not Side.SUPPORTS or step.tally.independent > 1)


def _telling(placed: _Placed) -> tuple[int, int, date]:
    return _rank(placed.step)


def _rank(step: Step) -> tuple[int, int, date]:
    """Order happenings by how much they tell: numbers that moved, denials, what most origins tell."""
    kind = 0 if step.change else 1 if step.side is not Side.SUPPORTS else 2
    return (kind, -step.tally.independent, step.day)
