"""What happened to a claim as a picture: what supports it above the line of days, what disputes it below."""

import math
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
from bot.charts.scale import days_of
from bot.charts.shapes import CIRCLE
from bot.charts.sheet import BLUE, FAINT, GREEN, LEADING, ORANGE, PINK, SMALL, VIOLET, Paper, Sheet
from bot.language import _, decimal, full_date, ngettext
from bot.phrases import listed, quantity
from claims.model import Claim
from claims.timeline import Side, Step

LABELLED = 10
"""Happenings that are named beside their marks."""
LISTED = 8
"""Others that are named below."""
_INDENT = 18.0
_LANE = 14.2
"""Between two happenings on top of each other, in points."""
_BESIDE = 1.5
"""Between two beside each other."""
_COUNTED = 44.0
"""Along the line for a count of what has no room."""
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
    happened = [_Placed(step, _concedes(step, conceded), days.at(step.day), 0) for step in steps]
    above, more_above = _laid([each for each in happened if each.step.side is Side.SUPPORTS])
    below, more_below = _laid([each for each in happened if each.step.side is not Side.SUPPORTS])
    keys = [
        *_keys(claim, happened),
        Key(CIRCLE, FAINT, _("each mark: a happening, at the day of its first story")),
    ]
    rows = rows_of(Sheet(paper, 10), keys)
    head = head_of(paper, words)
    top = head + height_of(rows) + 4
    line = top + len(above) * _LANE + _NAMES_ABOVE
    under = line + SMALL * LEADING + 8
    bottom = under + 2 + (len(below) * _LANE + _NAMES_BELOW if below else 0)
    sheet = Sheet(paper, bottom)
    legend(sheet, rows, head)
    sheet.line([MARGIN, sheet.width - MARGIN], [line, line], FAINT, width=1.2)
    write_days(sheet, days, line)
    room = Room(Box(MARGIN, top, sheet.width - MARGIN, bottom))
    room.taken.append(Box(0, line - 1, sheet.width, under))
    if shows_said:
        _origin(sheet, room, claim, days.at(said), (top, line))
    placed = [
        *_place(sheet, room, above, more_above, line - _LANE * 0.65, -1),
        *_place(sheet, room, below, more_below, under + _LANE * 0.65, 1),
    ]
    unnamed, labels = [], 0
    for each in sorted(placed, key=_telling):
        if labels < LABELLED and _is_named(each) and _label(sheet, room, each):
            labels += 1
        else:
            unnamed.append(each)
    y = _list(sheet, unnamed, len(more_above) + len(more_below), bottom)
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


def _keys(claim: Claim, happened: Sequence[_Placed]) -> Iterable[Key]:
    steps = [each.step for each in happened]
    for side, key in _KEYS.items():
        if any(step.side is side and step.change is None for step in steps):
            yield Key(key.shape, key.colour, side_words(claim, side), filled=key.filled)
    if any(each.by for each in happened):
        yield replace(_CONCEDED, words=_("conceded by whoever denied it"))
    if any(step.change for step in steps):
        yield Key(_MOVED.shape, _MOVED.colour, _("supports, with a new number"))
    if any(step.tally.independent > 1 for step in steps):
        yield Key(CIRCLE, FAINT, _("larger: more independent origins"), filled=False, size=10)


def _laid(happened: Sequence[_Placed]) -> tuple[list[list[_Placed]], list[_Placed]]:
    """Return the happenings of a side in lanes, the innermost first, and those without room in `_TALL`."""
    kept, counted = _lanes(sorted(happened, key=_telling), _TALL)
    # What tells most stands outermost, where its name has room.
    outwards = sorted((each for lane in kept for each in lane), key=_telling, reverse=True)
    lanes, _none = _lanes(outwards, len(outwards))
    return [[], *lanes] if counted else lanes, counted


def _lanes(happened: Iterable[_Placed], most: int) -> tuple[list[list[_Placed]], list[_Placed]]:
    """Return each in the innermost of `most` lanes where it meets no other, and those without one."""
    lanes: list[list[_Placed]] = []
    left = []
    for each in happened:
        free = (lane for lane in lanes if not any(_meet(each, other) for other in lane))
        lane = next(free, None)
        if lane is not None:
            lane.append(each)
        elif len(lanes) < most:
            lanes.append([each])
        else:
            left.append(each)
    return lanes, left


def _meet(one: _Placed, other: _Placed) -> bool:
    return abs(one.x - other.x) < (_size(one) + _size(other)) / 2 + _BESIDE


def _origin(sheet: Sheet, room: Room, claim: Claim, x: float, ends: tuple[float, float]) -> None:
    top, line = ends
    sheet.line([x, x], [top + 2, line], FAINT, dashed=True)
    room.taken.append(Box(x - 2, top, x + 2, line))
    longest = max(x - MARGIN, sheet.width - MARGIN - x) - _LANE
    words = sheet.fit(_("said: {who}").format(who=name_of(sheet, claim.said_by)), longest)
    width = sheet.measure(words)
    found = room.place(x, top + SMALL * LEADING, width, SMALL * LEADING)
    if found:
        sheet.write(words, found[0].left, found[0].top, colour=FAINT)


def _place(
    sheet: Sheet,
    room: Room,
    lanes: Sequence[Sequence[_Placed]],
    counted: Sequence[_Placed],
    base: float,
    way: int,
) -> list[_Placed]:
    """Draw the happenings of a side and how many more there are, and return those that stand there."""
    _count(sheet, room, counted, base)
    placed = [
        replace(each, y=base + number * way * _LANE) for number, lane in enumerate(lanes) for each in lane
    ]
    for each in placed:
        _draw(sheet, each)
    room.taken.extend(round_marks([(each.x, each.y) for each in placed], _LANE / 2 - 1))
    return placed


def _count(sheet: Sheet, room: Room, counted: Sequence[_Placed], y: float) -> None:
    """Write how many happenings have no room, each number near to what it counts."""
    wide = sheet.width - 2 * MARGIN
    part = wide / max(1, wide // _COUNTED)
    groups: defaultdict[int, list[float]] = defaultdict(list)
    for each in counted:
        groups[int((each.x - MARGIN) // part)].append(each.x)
    for number, places in groups.items():
        words = f"+{decimal(len(places))}"
        half, start = sheet.measure(words) / 2, MARGIN + number * part
        x = min(max(sum(places) / len(places), start + half + 1), start + part - half - 1)
        sheet.write(words, x, y - SMALL * LEADING / 2, colour=FAINT, align="center")
        room.taken.append(Box(x - half, y - 8, x + half, y + 8))


def _draw(sheet: Sheet, placed: _Placed, largest: float = math.inf) -> None:
    step = placed.step
    key = _CONCEDED if placed.by else _MOVED if step.change else _KEYS[step.side]
    sheet.mark(placed.x, placed.y, key.shape, key.colour, min(_size(placed), largest), filled=key.filled)


def _size(placed: _Placed) -> float:
    step = placed.step
    size = _SIZES[min(max(step.tally.independent, 1), len(_SIZES)) - 1]
    return size + (3 if placed.by or step.change else 0)


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
