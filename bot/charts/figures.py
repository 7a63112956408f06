"""The numbers of a claim as a picture: who said how many, when."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from bot.answers.history import counted_as, said_words
from bot.charts.bodies import OTHERS, keys_of
from bot.charts.labels import Box, Room, along, round_marks
from bot.charts.parts import (
    FOOT,
    HEAD,
    MARGIN,
    NAME,
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
from bot.charts.scale import Days, Numbers, days_of, numbers_of
from bot.charts.shapes import CIRCLE
from bot.charts.sheet import BODY, FAINT, LEADING, RULE, SMALL, TEXT, Paper, Sheet
from bot.language import _, ngettext
from bot.phrases import amount
from claims.history import Said, Series, updates
from claims.model import Bound, Figure, Stance
from claims.text import fold

LABELLED = 24
"""Numbers of a panel that are written beside their marks."""
_ALONE, _LEAST, _MOST, _EACH = 34.0, 90.0, 260.0, 14.0
"""Height of a panel's own field, in points: of one number, of two, and how it grows with more."""
_ABOVE = BODY * LEADING + 8
_HEADROOM = 20.0
"""Above the highest number, for what is written beside it."""
_BELOW = SMALL * LEADING + 12
_MARK, _RING = 9.0, 17.0
_ARROW = 15.0
_FEW = 2
"""Outlets that a number with a key needs to be labelled before those without."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The numbers of a series that fall on one place of its panel, where one mark stands for them."""

    said: Said
    """What most outlets tell."""
    others: int
    """Bodies beside its own that say the same number on the same day, or are named for it."""


def spots(said: Iterable[Said]) -> list[Spot]:
    """Return the marks of a panel, in the order of its numbers."""
    places: dict[tuple[date, float, float, Stance], list[Said]] = {}
    for each in said:
        place = (each.said_on.first(), each.figure.low, each.figure.high, each.stance)
        places.setdefault(place, []).append(each)
    return [
        Spot(
            max(same, key=lambda one: (one.own, len(one.outlets))),
            len({name for one in same for name in (one.said_by, *one.also)}) - 1,
        )
        for same in places.values()
    ]


@dataclass(frozen=True, slots=True)
class _Panel:
    """A series, and what of it is drawn where."""

    series: Series
    spots: list[Spot]
    lines: tuple[tuple[Said, ...], ...]

    @property
    def height(self) -> float:
        """Return the height of its field without what stands round it."""
        many = min(_MOST, _LEAST + _EACH * (len(self.spots) - 2))
        return _HEADROOM + (_ALONE if self.is_alone else many)

    @property
    def is_alone(self) -> bool:
        """Say whether it has one number, which needs no scale: it stands beside its mark."""
        return len(self.spots) == 1

    @property
    def values(self) -> list[float]:
        """Return its numbers, of ranges both ends."""
        return [value for each in self.series.said for value in (each.figure.low, each.figure.high)]


def figures_sheet(paper: Paper, words: Words, series: Sequence[Series]) -> Sheet:
    """Return the picture of a claim's numbers, with a panel for each of the first series, at least one.

    Args:
        paper: what it is drawn for.
        words: what it says of itself.
        series: as `claims.history.figure_series` has them.

    """
    panels = [_Panel(one, spots(one.said), updates(one)) for one in series[: paper.panels]]
    bodies = keys_of(panel.series for panel in panels)
    trial = Sheet(paper, 10)
    rows = rows_of(trial, list(_legend(trial, panels, bodies)))
    left = len(series) - len(panels)
    top = HEAD + height_of(rows) + 4
    more = SMALL * LEADING + 4 if left else 0.0
    sheet = Sheet(paper, top + sum(_ABOVE + panel.height + _BELOW for panel in panels) + more + FOOT)
    frame(sheet, words)
    legend(sheet, rows, HEAD)
    fields = []
    for panel in panels:
        bottom = top + _ABOVE + panel.height
        fields.append(numbers_of(panel.values, bottom, top + _ABOVE + _HEADROOM))
        top = bottom + _BELOW
    dates = [each.said_on.first() for panel in panels for each in panel.series.said]
    scales = [numbers for panel, numbers in zip(panels, fields, strict=True) if not panel.is_alone]
    ticks = [sheet.measure(words) for numbers in scales for _value, words in numbers.ticks()]
    axis = max(ticks, default=0.0) + 6
    days = days_of(dates, MARGIN + axis, sheet.width - MARGIN)
    for panel, numbers in zip(panels, fields, strict=True):
        _draw_panel(sheet, panel, days, numbers, bodies)
    if left:
        said = ngettext(
            "{n} more kind of number in the list", "{n} more kinds of numbers in the list", left
        ).format(n=left)
        sheet.write(said, MARGIN, top, colour=FAINT)
    return sheet


def _legend(sheet: Sheet, panels: Sequence[_Panel], bodies: Mapping[str, Key]) -> Iterable[Key]:
    said = [each.said for panel in panels for each in panel.spots]
    shown = {fold(each.said_by) for each in said}
    for name, key in bodies.items():
        if name in shown:
            yield replace(key, words=name_of(sheet, key.words))
    if shown - set(bodies):
        yield replace(OTHERS, words=_("others, named where there is room"))
    if any(panel.lines for panel in panels):
        yield Key("dash", FAINT, _("the same body later"))
    if any(each.own for each in said):
        yield Key(CIRCLE, TEXT, _("ringed: said with the claim"), filled=False, size=11)
    if any(each.stance is Stance.DISPUTES for each in said):
        yield Key("square", FAINT, _("hollow: a story disputes"), filled=False, size=8)
    bounds = {each.figure.bound for each in said}
    if Bound.AT_LEAST in bounds:
        yield Key("up", FAINT, _("or more"), size=7)
    if Bound.UP_TO in bounds:
        yield Key("down", FAINT, _("or fewer"), size=7)
    if any(each.figure.low < each.figure.high for each in said):
        yield Key("bar", FAINT, _("a range"))


def _draw_panel(sheet: Sheet, panel: _Panel, days: Days, numbers: Numbers, bodies: Mapping[str, Key]) -> None:
    field = Box(days.start, numbers.top - _HEADROOM, days.end, numbers.bottom)
    scale = _("{unit}, log scale") if numbers.powers and not panel.is_alone else "{unit}"
    sheet.write(
        scale.format(unit=counted_as(panel.series)), MARGIN, field.top - _ABOVE, size=BODY, strong=True
    )
    _axes(sheet, field, days, [] if panel.is_alone else numbers.ticks(), numbers)

    def place(said: Said) -> tuple[float, float]:
        return days.at(said.said_on.first()), numbers.at(_middle(said))

    for line in panel.lines:
        xs, ys = zip(*(place(said) for said in line), strict=True)
        key = bodies.get(fold(line[0].said_by), OTHERS)
        sheet.line(xs, ys, key.colour, width=1.6)
    places = [place(each.said) for each in panel.spots]
    room = Room(field, round_marks(places, _MARK / 2 + 1))
    for line in panel.lines:
        ends = [place(said) for said in line]
        room.taken.extend(part for pair in pairwise(ends) for part in along(*pair))
    # The most telling come last, so that they lie on top.
    ranked = sorted(zip(panel.spots, places, strict=True), key=lambda pair: _telling(pair[0].said, bodies))
    for each, where in reversed(ranked):
        key = bodies.get(fold(each.said.said_by), OTHERS)
        room.taken.extend(_draw(sheet, each.said, where, numbers, key))
    unwritten = len(ranked)
    for each, where in ranked[:LABELLED]:
        names = _with_others(each) if fold(each.said.said_by) in bodies else _named(sheet, each)
        unwritten -= label(sheet, room, *where, _number(each.said.figure), names)
    if unwritten:
        more = ngettext("{n} unlabelled", "{n} unlabelled", unwritten).format(n=unwritten)
        sheet.write(more, sheet.width - MARGIN, field.top - _ABOVE, colour=FAINT, align="right")


def _axes(sheet: Sheet, field: Box, days: Days, ticks: Iterable[tuple[float, str]], numbers: Numbers) -> None:
    for value, words in ticks:
        y = numbers.at(value)
        sheet.line([field.left, field.right], [y, y], RULE, width=0.7)
        sheet.write(words, field.left - 6, y - SMALL * 0.68, colour=FAINT, align="right")
    sheet.line([field.left, field.right], [field.bottom, field.bottom], FAINT, width=1)
    write_days(sheet, days, field.bottom)


def _draw(sheet: Sheet, said: Said, place: tuple[float, float], numbers: Numbers, key: Key) -> list[Box]:
    """Draw a number, and return what its range, its arrow or its ring takes."""
    x, y = place
    drawn = []
    figure = said.figure
    if figure.low < figure.high:
        low, high = numbers.at(figure.low), numbers.at(figure.high)
        sheet.line([x, x], [low, high], key.colour, width=3)
        for end in (low, high):
            sheet.line([x - 5, x + 5], [end, end], key.colour, width=2)
        drawn.append(Box(x - 5, high - 1, x + 5, low + 1))
    if figure.bound in (Bound.AT_LEAST, Bound.UP_TO):
        way = -1 if figure.bound is Bound.AT_LEAST else 1
        sheet.line([x, x], [y, y + way * _ARROW], key.colour, width=1.6)
        sheet.mark(x, y + way * _ARROW, "up" if way < 0 else "down", key.colour, 5)
        ends = sorted((y, y + way * (_ARROW + 4)))
        drawn.append(Box(x - 4, ends[0], x + 4, ends[1]))
    if said.own:
        sheet.mark(x, y, CIRCLE, TEXT, _RING, filled=False)
        drawn.append(Box(x - _RING / 2, y - _RING / 2, x + _RING / 2, y + _RING / 2))
    size = OTHERS.size if key is OTHERS else _MARK
    filled = said.stance is not Stance.DISPUTES
    sheet.mark(x, y, key.shape, key.colour, size, filled=filled, about=said_words(said))
    return drawn


def _with_others(spot: Spot) -> list[str]:
    more = ngettext("and {n} other", "and {n} others", spot.others).format(n=spot.others)
    return [more] if spot.others else []


def _named(sheet: Sheet, spot: Spot) -> list[str]:
    more = f" +{spot.others}" if spot.others else ""
    return two_lines(name_of(sheet, spot.said.said_by, NAME - len(more)) + more)


def _number(figure: Figure) -> str:
    """Return a number without what its arrow and the name of its panel say."""
    words = amount(replace(figure, bound=Bound.EXACT))
    return f"≈{words}" if figure.bound is Bound.ABOUT else words


def _middle(said: Said) -> float:
    low, high = said.figure.low, said.figure.high
    return math.sqrt(low * high) if low > 0 else (low + high) / 2


def _telling(said: Said, bodies: Mapping[str, Key]) -> tuple[bool, bool, int, date]:
    """Order numbers by how much a label tells: the claim's own, what many outlets tell, what has no key."""
    minor = fold(said.said_by) in bodies and len(said.outlets) < _FEW
    return (not said.own, minor, -len(said.outlets), said.said_on.first())
