"""Weeks as bars: above a line what supports a claim or speaks of it in passing, below what disputes it."""

from collections.abc import Iterable, Iterator, Sequence

from bot.charts.labels import Box
from bot.charts.parts import Key, write_days
from bot.charts.scale import Days
from bot.charts.sheet import BLUE, FAINT, ORANGE, Sheet
from bot.language import _
from claims.activity import WEEK, Week

_THICK = 0.8
"""Of a week's room that its bar takes."""
_SUPPORTS, _PASSING, _DISPUTES = Key("square", BLUE), Key("square", FAINT), Key("square", ORANGE)


def keys_of(weeks: Iterable[Week]) -> Iterator[Key]:
    """Yield what the colours mean that these weeks have."""
    found = list(weeks)
    if any(week.supports for week in found):
        yield Key(_SUPPORTS.shape, _SUPPORTS.colour, _("supports"))
    if any(week.background for week in found):
        yield Key(_PASSING.shape, _PASSING.colour, _("in passing"))
    if any(week.disputes for week in found):
        yield Key(_DISPUTES.shape, _DISPUTES.colour, _("disputes, below the line"))


def days_of_weeks(weeks: Sequence[Week], start: float, end: float) -> Days:
    """Return a line from `start` to `end` on which these weeks, at least one, lie side by side."""
    return Days(weeks[0].monday, weeks[-1].monday + WEEK, start, end)


def write_weeks(sheet: Sheet, weeks: Sequence[Week], days: Days, line: float) -> None:
    """Write below a line at this height which weeks these, at least one, are, and that the last goes on."""
    write_days(sheet, days, line, _("in part") if weeks[-1].so_far else "")


def above(weeks: Iterable[Week]) -> int:
    """Return the most stories of a week that stand above the line."""
    return max((week.supports + week.background for week in weeks), default=0)


def below(weeks: Iterable[Week]) -> int:
    """Return the most stories of a week that stand below it."""
    return max((week.disputes for week in weeks), default=0)


def draw_bars(sheet: Sheet, weeks: Iterable[Week], days: Days, line: float, each: float) -> None:
    """Draw weeks on a line at this height; a story is `each` points tall."""
    bars: dict[Key, list[Box]] = {_SUPPORTS: [], _PASSING: [], _DISPUTES: []}
    for week in weeks:
        left, right = days.at(week.monday), days.at(week.monday + WEEK)
        spare = (right - left) * (1 - _THICK) / 2
        supports = line - week.supports * each
        for count, top, bottom, key in (
            (week.supports, supports, line, _SUPPORTS),
            (week.background, supports - week.background * each, supports, _PASSING),
            (week.disputes, line, line + week.disputes * each, _DISPUTES),
        ):
            if count:
                bars[key].append(Box(left + spare, top, right - spare, bottom))
    for key, boxes in bars.items():
        for box in boxes:
            sheet.fill(box, key.colour)
