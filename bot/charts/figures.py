"""The numbers of a claim as a picture: body by body, who said how many when.

Time runs down, so that each number has its day and its words beside it however many fall together.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.answers.figures import before_words, counted_as, more_words, other_words, said_words
from bot.charts.bodies import Panel, panels_of
from bot.charts.parts import (
    FOOT,
    MARGIN,
    Key,
    Words,
    frame,
    head_of,
    height_of,
    legend,
    name_of,
    rows_of,
)
from bot.charts.shapes import CIRCLE
from bot.charts.sheet import (
    BLUE,
    BODY,
    FAINT,
    GREEN,
    LEADING,
    ORANGE,
    PINK,
    RULE,
    SMALL,
    TEXT,
    VIOLET,
    Paper,
    Sheet,
)
from bot.language import _, dated
from bot.phrases import amount, amount_since
from claims.history import Said, Series, updates
from claims.model import Bound, Claim, Stance
from claims.text import fold

_LINE = SMALL * LEADING
_TITLE = BODY * LEADING + 6
_APART, _BETWEEN = 9.0, 3.0
"""Between two panels, and above the name of a body."""
_GAP = 10.0
"""Between a day, the line of a number, and its words."""
_THICK = 5.0
_SIZE = 8.0
_SHAPES = (CIRCLE, "square", "plus", "right", "cross", "star", "left")
_COLOURS = (BLUE, GREEN, PINK, VIOLET)
"""Of governments, and of bodies of none; those that come after the last have none."""
_RING = Key(CIRCLE, TEXT, filled=False, size=13)
_DISPUTES = Key("diamond", ORANGE, filled=False, size=13.5)
"""Both stand round the mark of the body."""
_HOLLOW = Key("square", FAINT, filled=False, size=_SIZE)
_TOLD = Key(CIRCLE, FAINT, size=5)
_TIME = len("since 2023")
_EARLY = "*"
"""Stands before a day that is before the claim's."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the parts of a row are, in points."""

    nought: float
    end: float
    """Where the most is."""
    most: float

    def at(self, value: float) -> float:
        """Return where a number is."""
        return self.nought + (self.end - self.nought) * value / self.most


def figures_sheet(paper: Paper, words: Words, claim: Claim, series: Sequence[Series]) -> Sheet:
    """Return the picture of a claim's numbers, at least one series.

    Args:
        paper: what it is drawn for.
        words: what it says of itself.
        claim: whose numbers they are.
        series: as `claims.history.figure_series` has them; what has no room is counted.

    """
    panels = panels_of(series)
    shown = [said for panel in panels for body in panel.bodies for said in body.said]
    left = sum(len(one.said) for one in series) - sum(len(panel.series.said) for panel in panels)
    keys = _keys(panels)
    rows = rows_of(Sheet(paper, 10), list(_legend(panels, claim)))
    head = head_of(paper, words)
    top = head + height_of(rows)
    more = _LINE if left else 0.0
    sheet = Sheet(paper, top + sum(map(_height, panels)) + more + FOOT)
    frame(sheet, words)
    legend(sheet, rows, head)
    days = max(sheet.measure(_day(claim, each)) for each in shown)
    for panel in panels:
        _draw_panel(sheet, claim, panel, keys, top, MARGIN + days + _GAP)
        top += _height(panel)
    if left:
        sheet.write(other_words(left), MARGIN, top, colour=FAINT)
    return sheet


def _height(panel: Panel) -> float:
    return _TITLE + sum(_BETWEEN + (1 + len(body.said)) * _LINE for body in panel.bodies) + _APART


def _keys(panels: Iterable[Panel]) -> dict[str, Key]:
    """Return by body its mark, the same in all panels."""
    named = _named(panels)
    together = [whom for whom, _count in Counter(named.values()).most_common()]
    colours = dict(zip(together, _COLOURS, strict=False))
    keys = {"": _TOLD}
    taken: set[tuple[str, str]] = set()
    for number, (name, whom) in enumerate(named.items()):
        colour = colours.get(whom, TEXT)
        turned = [_SHAPES[(number + more) % len(_SHAPES)] for more in range(len(_SHAPES))]
        shape = next((each for each in turned if (each, colour) not in taken), turned[0])
        taken.add((shape, colour))
        keys[name] = Key(shape, colour, size=_SIZE)
    return keys


def _named(panels: Iterable[Panel]) -> dict[str, frozenset[str]]:
    """Return whom the name of each body means."""
    return {fold(body.name): body.whom for panel in panels for body in panel.bodies if body.name}


def _later(panel: Panel) -> frozenset[tuple[Said, Said]]:
    """Return the numbers that are drawn of a body's growing count, each with the one before it."""
    shown = {said for body in panel.bodies for said in body.said}
    runs = ([said for said in run if said in shown] for run in updates(panel.series))
    return frozenset(pair for run in runs for pair in pairwise(run))


def _legend(panels: Sequence[Panel], claim: Claim) -> Iterable[Key]:
    named = _named(panels)
    if len(set(named.values())) < len(named):
        yield Key(CIRCLE, BLUE, _("coloured alike: of the same government or institute"), size=_SIZE)
    if any(map(_later, panels)):
        yield Key("dash", TEXT, _("a later, higher number of the same speaker"), size=_SIZE)
    shown = [said for panel in panels for body in panel.bodies for said in body.said]
    for wanted, key, words in (
        (lambda said: said.own, replace(_RING, size=_SIZE), _("part of the claim itself")),
        (_disputed, replace(_DISPUTES, size=_SIZE), _("quoted in a report of a denial")),
        (_is_room, _HOLLOW, _("how many would fit, not how many were sent")),
        (_is_planned, _HOLLOW, _("how many are planned, not how many were sent")),
    ):
        if any(map(wanted, shown)):
            yield replace(key, words=words)

    early = next(filter(None, (before_words(claim, said) for said in shown)), "")
    if early:
        yield Key(_EARLY, TEXT, early)


def _disputed(said: Said) -> bool:
    return said.stance is Stance.DISPUTES


def _is_room(said: Said) -> bool:
    return said.figure.bound is Bound.CAPACITY


def _is_planned(said: Said) -> bool:
    return said.figure.bound is Bound.PLANNED


def _draw_panel(
    sheet: Sheet, claim: Claim, panel: Panel, keys: Mapping[str, Key], top: float, nought: float
) -> None:
    counted = counted_as(panel.series)
    sheet.write(counted, MARGIN, top, size=BODY, strong=True)
    if panel.left:
        room = sheet.width - 2 * MARGIN - sheet.measure(counted, BODY, strong=True) - _GAP
        words = sheet.fit(more_words(panel.left), room)
        sheet.write(words, sheet.width - MARGIN, top + 1, colour=FAINT, align="right")
    line = top + _TITLE - 4
    sheet.line([MARGIN, sheet.width - MARGIN], [line, line], RULE, width=0.8)
    shown = [said for body in panel.bodies for said in body.said]
    widest = max(sheet.measure(_amount(each), strong=True) for each in shown)
    most = max(each.figure.high for each in shown)
    columns = _Columns(nought, sheet.width - MARGIN - widest - _GAP, most or 1.0)
    top += _TITLE
    later = _later(panel)
    for body in panel.bodies:
        key = keys[fold(body.name)]
        top += _BETWEEN
        sheet.mark(MARGIN + _SIZE / 2, _middle(top), key.shape, key.colour, key.size)
        name = name_of(sheet, body.name) if body.name else _("source not named")
        left = MARGIN + _SIZE + 6
        sheet.write(sheet.fit(name, sheet.width - left - MARGIN), left, top)
        top += _LINE
        for row, (before, said) in enumerate(pairwise(body.said)):
            if (before, said) in later:
                y = _middle(top + row * _LINE)
                was, now = columns.at(before.figure.high), columns.at(said.figure.high)
                # Down and then along, for the words of the number stand beside its mark.
                sheet.line([was, was, now], [y, y + _LINE, y + _LINE], key.colour, width=1.6)
        for said in body.said:
            sheet.write(_day(claim, said), nought - _GAP, top, colour=FAINT, align="right")
            _draw(sheet, said, key, columns, top)
            top += _LINE


def _middle(top: float) -> float:
    return top + SMALL * 0.68


def _draw(sheet: Sheet, said: Said, key: Key, columns: _Columns, top: float) -> None:
    """Draw a line from nought to a number, thick over a range, and write how many beside it."""
    figure, y = said.figure, _middle(top)
    low, high = columns.at(figure.low), columns.at(figure.high)
    sheet.line([columns.nought, low], [y, y], RULE, width=1.2, dashed=figure.bound is Bound.UP_TO)
    if low < high:
        sheet.line([low, high], [y, y], key.colour, width=_THICK)
    for ring in (*([_RING] if said.own else []), *([_DISPUTES] if _disputed(said) else [])):
        sheet.mark(high, y, ring.shape, ring.colour, ring.size, filled=False)
    filled = not said.figure.uncounted
    for end in (low, high) if low < high else (low,):
        sheet.mark(end, y, key.shape, key.colour, key.size, filled=filled, about=said_words(said))
    sheet.write(_amount(said), high + _GAP, top, colour=TEXT, strong=True)


def _amount(said: Said) -> str:
    """Return how many in words, and of which year or since which; other times would leave the lines no room.

    That they are room for so many, or planned, stands over them.
    """
    figure = replace(said.figure, bound=Bound.EXACT) if said.figure.uncounted else said.figure
    return amount_since(figure) if len(figure.period or "") <= _TIME else amount(figure)


def _day(claim: Claim, said: Said) -> str:
    """Return a day as far as it is known, short: `13 Oct 2023`, marked where that is before the claim."""
    day = said.said_on
    words = dated(day.first(), "yMMMd" if day.day else "yMMM" if day.month else "y")
    return f"{_EARLY}{words}" if before_words(claim, said) else words
