"""What happened to a claim as a picture: what supports it above the line of days, what disputes it below."""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.answers.history import side_words
from bot.charts.labels import Box, Room, round_marks
from bot.charts.parts import (
    FOOT,
    MARGIN,
    Key,
    Words,
    frame,
    head_of,
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
from bot.charts.sheet import BLUE, FAINT, GREEN, GROUND, LEADING, ORANGE, PINK, SMALL, VIOLET, Paper, Sheet
from bot.language import _, decimal, full_date, ngettext
from bot.phrases import days as in_days
from bot.phrases import listed, quantity
from claims.model import Claim
from claims.timeline import Side, Step

LABELLED = 10
"""Happenings that are named beside their marks."""
LISTED = 8
"""Others that are named below."""
_INDENT = 18.0
_COLUMN = 14.2
"""Between two happenings of a column, in points."""
_APART = 20.0
"""Between two columns: a count of what has no room in them has room."""
_TALL = 7
"""Happenings on top of each other; what is more is counted."""
_NAMES_ABOVE, _NAMES_BELOW = 104.0, 40.0
"""Room for names round what is drawn."""
_SIZES = (5.0, 7.5, 10.0, 12.0)
"""Of one, two, three, and four or more independent origins."""
_NAMES = 2
"""Who concede it with one happening."""
_LONGEST = 190.0
_MOVED = Key("star", GREEN)
_CONCEDED = Key("square", VIOLET)
_KEYS = {
    Side.SUPPORTS: Key(CIRCLE, BLUE),
    Side.DISPUTES: Key("diamond", ORANGE, filled=False),
    Side.DENIES: Key("cross", PINK),
}


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where happenings stand: each at its day, or in the column of the last before it that is too near."""

    first: tuple[date, ...]
    """Days on which one begins."""
    places: tuple[float, ...]
    """Where each is."""

    def of(self, day: date) -> int:
        """Return which of them a day is in."""
        return bisect_right(self.first, day) - 1


def _columns(days: Days, happened: Iterable[date], said: date | None) -> _Columns:
    """Return the columns of these days; none holds what was before and after a claim that was `said`."""
    first: list[date] = []
    places: list[float] = []
    for day in sorted(set(happened)):
        parted = said is not None and bool(first) and first[-1] < said <= day
        if not first or parted or days.at(day) - places[-1] >= _APART:
            places.append(max(days.at(day), places[-1] + _APART if places else days.at(day)))
            first.append(day)
    return _Columns(tuple(first), tuple(places))


@dataclass(frozen=True, slots=True)
class _Placed:
    step: Step
    by: str
    """Who concedes the claim with it; or nothing."""
    x: float
    y: float


def timeline_sheet(
    paper: Paper, words: Words, claim: Claim, steps: Sequence[Step], conceded: Mapping[str, str]
) -> Sheet:
    """Return the picture of what happened to a claim.

    Args:
        paper: what it is drawn for.
        words: what it says of itself.
        claim: the claim; the day on which it was said is marked where it lies near the others.
        steps: as `claims.timeline.timeline` has them, at least one.
        conceded: who says so having denied it, by the id of the story that tells so.

    """
    said = claim.said_on.first()
    first, last = steps[0].day, max(step.day for step in steps)
    shows_said = (last - said).days <= 3 * max(14, (last - first).days)
    days = days_of([first, last, *([said] if shows_said else [])], MARGIN, paper.width - MARGIN)
    columns = _columns(days, (step.day for step in steps), said if shows_said else None)
    admitted = [_concedes(step, conceded) for step in steps]
    keys = [
        *_keys(claim, steps, admitted),
        Key("bar", FAINT, _columns_words(days)),
    ]
    rows = rows_of(Sheet(paper, 10), keys)
    above = _tallest(steps, columns, up=True) * _COLUMN + _NAMES_ABOVE
    under_line = _tallest(steps, columns, up=False)
    below = under_line * _COLUMN + _NAMES_BELOW if under_line else 0.0
    head = head_of(paper, words)
    top = head + height_of(rows) + 4
    line = top + above
    bottom = line + SMALL * LEADING + 10 + below
    sheet = Sheet(paper, bottom)
    legend(sheet, rows, head)
    sheet.line([MARGIN, sheet.width - MARGIN], [line, line], FAINT, width=1.2)
    write_days(sheet, days, line)
    room = Room(Box(MARGIN, top, sheet.width - MARGIN, bottom))
    room.taken.append(Box(0, line - 1, sheet.width, line + SMALL * LEADING + 8))
    if shows_said:
        _origin(sheet, room, claim, days.at(said), (top, line))
    placed = _place(sheet, room, list(zip(steps, admitted, strict=True)), columns, line)
    unnamed, labels = [], 0
    for each in sorted(placed, key=_telling):
        if labels < LABELLED and _is_named(each) and _label(sheet, room, each):
            labels += 1
        else:
            unnamed.append(each)
    y = _list(sheet, unnamed, len(steps) - len(placed), bottom)
    sheet.height = y + 6 + FOOT
    frame(sheet, words)
    return sheet


def _label(sheet: Sheet, room: Room, placed: _Placed) -> bool:
    """Write who it was beside a happening, whole, or say that there is no room for it."""
    told = sheet.fit(_strong(placed), _LONGEST)
    names = [sheet.fit(line, _LONGEST) for line in two_lines(name_of(sheet, placed.by or placed.step.by))]
    return label(sheet, room, placed.x, placed.y, told, names)


def _strong(placed: _Placed) -> str:
    """Return what is told beside a name: that the claim is conceded, or a number; or nothing."""
    change = placed.step.change
    number = quantity(replace(change.now, period=None)) if change else ""
    return _("conceded") if placed.by else number


def _list(sheet: Sheet, unnamed: Sequence[_Placed], counted: int, y: float) -> float:
    """Write below the picture who those were that have no label, as many as there is room for.

    Args:
        sheet: the picture.
        unnamed: what tells most comes first, and the list has it in the order of days.
        counted: how many more happenings are drawn as a number only.
        y: where it begins.

    Returns:
        Where it ends.

    """
    shown = sorted(unnamed[:LISTED], key=lambda each: each.step.day)
    if shown:
        sheet.write(_("Marks without a name beside them:"), MARGIN, y, colour=FAINT)
        y += SMALL * LEADING
    for each in shown:
        _draw(sheet, replace(each, x=MARGIN + _SIZES[-1] / 2, y=y + SMALL * 0.68), _SIZES[-1])
        told = filter(None, (_strong(each), name_of(sheet, each.by or each.step.by)))
        said = f"{full_date(each.step.day)}: {', '.join(told)}"
        room = sheet.width - 2 * MARGIN - _INDENT
        sheet.write(sheet.fit(said, room), MARGIN + _INDENT, y)
        y += SMALL * LEADING
    if more := len(unnamed) - len(shown) + counted:
        words = ngettext("{n} more happening in the list", "{n} more happenings in the list", more)
        sheet.write(words.format(n=decimal(more)), MARGIN, y, colour=FAINT)
        y += SMALL * LEADING
    return y


def _concedes(step: Step, conceded: Mapping[str, str]) -> str:
    if step.side is not Side.SUPPORTS:
        return ""
    found = dict.fromkeys(conceded[m.story.id] for m in step.members if m.story.id in conceded)
    return listed(list(found), _NAMES)


def _keys(claim: Claim, steps: Sequence[Step], admitted: Sequence[str]) -> Iterable[Key]:
    for side, key in _KEYS.items():
        if any(step.side is side and step.change is None for step in steps):
            yield Key(key.shape, key.colour, side_words(claim, side), filled=key.filled)
    if any(admitted):
        yield replace(_CONCEDED, words=_("conceded by whoever denied it"))
    if any(step.change for step in steps):
        yield Key(_MOVED.shape, _MOVED.colour, _("supports, with a new number"))
    if any(step.tally.independent > 1 for step in steps):
        yield Key(CIRCLE, FAINT, _("larger: more independent origins"), filled=False, size=10)


def _columns_words(days: Days) -> str:
    """Return how many days stand in one column."""
    most = math.ceil(_APART * days.span / (days.end - days.start))
    if most <= 1:
        return _("each column: a day; each mark: a happening")
    words = _("each column: up to {days}; each mark: a happening")
    return words.format(days=in_days(most))


def _tallest(steps: Iterable[Step], columns: _Columns, *, up: bool) -> int:
    heights: defaultdict[int, int] = defaultdict(int)
    for step in steps:
        if (step.side is Side.SUPPORTS) is up:
            heights[columns.of(step.day)] += 1
    return min(_TALL, max(heights.values(), default=0))


def _origin(sheet: Sheet, room: Room, claim: Claim, x: float, ends: tuple[float, float]) -> None:
    top, line = ends
    sheet.line([x, x], [top + 2, line], FAINT, dashed=True)
    room.taken.append(Box(x - 2, top, x + 2, line))
    longest = max(x - MARGIN, sheet.width - MARGIN - x) - _COLUMN
    words = sheet.fit(_("said: {who}").format(who=name_of(sheet, claim.said_by)), longest)
    width = sheet.measure(words)
    found = room.place(x, top + SMALL * LEADING, width, SMALL * LEADING)
    if found:
        sheet.write(words, found[0].left, found[0].top, colour=FAINT)


def _place(
    sheet: Sheet, room: Room, steps: Iterable[tuple[Step, str]], columns: _Columns, line: float
) -> list[_Placed]:
    """Draw the happenings, and return those that stand there one by one."""
    stacks: defaultdict[tuple[int, bool], list[_Placed]] = defaultdict(list)
    for step, by in steps:
        column, up = columns.of(step.day), step.side is Side.SUPPORTS
        stacks[column, up].append(_Placed(step, by, columns.places[column], 0))
    placed = []
    for (_column, up), found in stacks.items():
        x = found[0].x
        base = line - _COLUMN * 0.65 if up else line + SMALL * LEADING + 8 + _COLUMN * 0.65
        # What tells most stands outermost, where its name has room; what is too much is counted innermost.
        outwards = sorted(found, key=_telling, reverse=True)
        counted = len(found) - _TALL + 1 if len(found) > _TALL else 0
        if counted:
            width = sheet.measure(f"+{counted}")
            sheet.fill(Box(x - width / 2, base - 7, x + width / 2, base + 6), GROUND)
            sheet.write(f"+{counted}", x, base - SMALL * LEADING / 2, colour=FAINT, align="center")
            room.taken.append(Box(x - width / 2, base - 8, x + width / 2, base + 8))
        for number, each in enumerate(outwards[counted:], start=1 if counted else 0):
            placed.append(replace(each, y=base + number * (-_COLUMN if up else _COLUMN)))
            _draw(sheet, placed[-1])
    room.taken.extend(round_marks([(each.x, each.y) for each in placed], _COLUMN / 2 - 1))
    return placed


def _draw(sheet: Sheet, placed: _Placed, largest: float = math.inf) -> None:
    step = placed.step
    key = _CONCEDED if placed.by else _MOVED if step.change else _KEYS[step.side]
    size = _SIZES[min(max(step.tally.independent, 1), len(_SIZES)) - 1]
    more = 3 if placed.by or step.change else 0
    sheet.mark(placed.x, placed.y, key.shape, key.colour, min(size + more, largest), filled=key.filled)


def _is_named(placed: _Placed) -> bool:
    step = placed.step
    several = step.tally.independent > 1
    return bool(placed.by or step.change or step.side is not Side.SUPPORTS or several)


def _telling(placed: _Placed) -> tuple[int, int, date]:
    """Order happenings: concessions as they came, new numbers, denials, what most origins tell."""
    step = placed.step
    kinds = (bool(placed.by), step.change, step.side is not Side.SUPPORTS, True)
    kind = next(number for number, is_so in enumerate(kinds) if is_so)
    return (kind, 0 if placed.by else -step.tally.independent, step.day)
