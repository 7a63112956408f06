"""The numbers of a claim as a picture: who said how many, when."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.history import counted_as
from bot.charts.labels import Box, Room, round_marks
from bot.charts.parts import (
    FOOT,
    HEAD,
    MARGIN,
    NAME,
    Key,
    foot,
    head,
    height_of,
    label,
    legend,
    name_of,
    rows_of,
    two_lines,
    write_days,
)
from bot.charts.scale import Days, Numbers, days_of, numbers_of
from bot.charts.sheet import (
    BLUE,
    BODY,
    FAINT,
    GREEN,
    LEADING,
    ORANGE,
    RULE,
    SMALL,
    Sheet,
)
from bot.language import _, ngettext
from bot.phrases import amount
from claims.history import Said, Series
from claims.model import Bound, Stance

PANELS = 3
"""Series that are drawn; a picture with more is too long for a phone."""
LABELLED = 12
"""Numbers of a panel that say who said them."""
_LEAST, _MOST, _EACH = 140.0, 260.0, 14.0
"""Height of a panel's own field, in points: it grows with the numbers that it has."""
_ABOVE = BODY * LEADING + 8
_HEADROOM = 40.0
"""Above the highest number, for what is written beside it."""
_BELOW = SMALL * LEADING + 12
_MARK = 9.0
_ARROW = 15.0
_OWN = Key("s", GREEN, "")
_KEYS = {Stance.SUPPORTS: Key("o", BLUE, ""), Stance.DISPUTES: Key("D", ORANGE, "", filled=False)}


@dataclass(frozen=True, slots=True)
class Spot:
    """The numbers of a series that fall on one place of its panel, where one mark stands for them."""

    said: Said
    """What most outlets tell."""
    others: int
    """Bodies beside its own that say the same number on the same day."""


def spots(said: Iterable[Said]) -> list[Spot]:
    """Return the marks of a panel, in the order of its numbers."""
    places: dict[tuple[date, float, float, bool, Stance], list[Said]] = {}
    for each in said:
        place = (each.said_on.first(), each.figure.low, each.figure.high, bool(each.outlets), each.stance)
        places.setdefault(place, []).append(each)
    return [
        Spot(max(same, key=lambda one: len(one.outlets)), len({one.said_by for one in same}) - 1)
        for same in places.values()
    ]


def figures_sheet(title: str, under: str, series: Sequence[Series], source: str) -> Sheet:
    """Return the picture of a claim's numbers, with a panel for each of the first series, at least one.

    Args:
        title: what it shows.
        under: a line below the title.
        series: as `claims.history.figure_series` has them.
        source: the line at the end.

    """
    shown = series[:PANELS]
    marks = [spots(each.said) for each in shown]
    keys = list(_keys([each.said for one in marks for each in one]))
    trial = Sheet(10)
    rows = rows_of(trial, keys)
    top = HEAD + height_of(rows) + 4
    sheet = Sheet(top + sum(_ABOVE + _plot(each) + _BELOW for each in marks) + FOOT)
    head(sheet, title, under)
    legend(sheet, rows, HEAD)
    dates = [each.said_on.first() for one in shown for each in one.said]
    fields = []
    for each, here in zip(shown, marks, strict=True):
        fields.append(numbers_of(_values(each), top + _ABOVE + _plot(here), top + _ABOVE + _HEADROOM))
        top += _ABOVE + _plot(here) + _BELOW
    axis = max(sheet.measure(words) for numbers in fields for _value, words in numbers.ticks()) + 6
    days = days_of(dates, MARGIN + axis, sheet.width - MARGIN)
    for each, here, numbers in zip(shown, marks, fields, strict=True):
        _panel(sheet, counted_as(each), here, days, numbers)
    foot(sheet, source)
    return sheet


def _keys(said: Sequence[Said]) -> Iterable[Key]:
    stances = {each.stance for each in said if each.outlets}
    if any(not each.outlets for each in said):
        yield Key(_OWN.shape, _OWN.colour, _("said with the claim"))
    words = {Stance.SUPPORTS: _("a story supports"), Stance.DISPUTES: _("a story disputes")}
    for stance, key in _KEYS.items():
        if stance in stances:
            yield Key(key.shape, key.colour, words[stance], filled=key.filled)
    bounds = {each.figure.bound for each in said}
    if Bound.AT_LEAST in bounds:
        yield Key("^", FAINT, _("or more"), size=7)
    if Bound.UP_TO in bounds:
        yield Key("v", FAINT, _("or fewer"), size=7)
    if any(each.figure.low < each.figure.high for each in said):
        yield Key("|", FAINT, _("a range"))


def _plot(marks: Sequence[Spot]) -> float:
    return min(_MOST, _LEAST + _EACH * len(marks))


def _values(series: Series) -> list[float]:
    return [value for each in series.said for value in (each.figure.low, each.figure.high)]


def _panel(sheet: Sheet, counted: str, marks: Sequence[Spot], days: Days, numbers: Numbers) -> None:
    field = Box(days.start, numbers.top - _HEADROOM, days.end, numbers.bottom)
    scale = _("{unit}, log scale") if numbers.powers else "{unit}"
    sheet.write(scale.format(unit=counted), MARGIN, field.top - _ABOVE, size=BODY, strong=True)
    _axes(sheet, field, days, numbers)
    places = [(days.at(each.said.said_on.first()), numbers.at(_middle(each.said))) for each in marks]
    room = Room(field, round_marks(places, _MARK / 2 + 1))
    for each, place in zip(marks, places, strict=True):
        room.taken.extend(_draw(sheet, each.said, place, numbers))
    ranked = sorted(zip(marks, places, strict=True), key=_telling)[:LABELLED]
    unnamed = len(marks)
    for each, place in ranked:
        unnamed -= label(sheet, room, *place, amount(each.said.figure), _named(each))
    if unnamed:
        more = ngettext("{n} name in the list", "{n} names in the list", unnamed).format(n=unnamed)
        sheet.write(more, sheet.width - MARGIN, field.top - _ABOVE, colour=FAINT, align="right")


def _axes(sheet: Sheet, field: Box, days: Days, numbers: Numbers) -> None:
    for value, words in numbers.ticks():
        y = numbers.at(value)
        sheet.line([field.left, field.right], [y, y], RULE, width=0.7, under=True)
        sheet.write(words, field.left - 6, y - SMALL * 0.68, colour=FAINT, align="right")
    sheet.line([field.left, field.right], [field.bottom, field.bottom], FAINT, width=1)
    write_days(sheet, days, field.bottom)


def _draw(sheet: Sheet, said: Said, place: tuple[float, float], numbers: Numbers) -> list[Box]:
    """Draw a number, and return what its range or arrow takes."""
    x, y = place
    key = _KEYS[said.stance] if said.outlets else _OWN
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
        sheet.mark(x, y + way * _ARROW, "^" if way < 0 else "v", key.colour, 6)
        ends = sorted((y, y + way * (_ARROW + 4)))
        drawn.append(Box(x - 4, ends[0], x + 4, ends[1]))
    sheet.mark(x, y, key.shape, key.colour, _MARK, filled=key.filled)
    return drawn


def _named(spot: Spot) -> list[str]:
    more = f" +{spot.others}" if spot.others else ""
    return two_lines(name_of(spot.said.said_by, NAME - len(more)) + more)


def _middle(said: Said) -> float:
    low, high = said.figure.low, said.figure.high
    return math.sqrt(low * high) if low > 0 else (low + high) / 2


def _telling(pair: tuple[Spot, tuple[float, float]]) -> tuple[bool, int, date]:
    """Order numbers by how much their names tell: the claim's own first, then what most outlets tell."""
    said = pair[0].said
    return (bool(said.outlets), -len(said.outlets), said.said_on.first())
