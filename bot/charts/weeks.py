"""How much was told of a claim week by week as a picture."""

from collections.abc import Sequence

from bot.answers.history import most_words
from bot.charts.bars import above, below, days_of_spans, draw_bars, keys_of, write_weeks
from bot.charts.parts import FOOT, MARGIN, Words, frame, head_of, height_of, legend, rows_of
from bot.charts.scale import step_of
from bot.charts.sheet import FAINT, LEADING, RULE, SMALL, TEXT, Paper, Sheet
from bot.language import decimal, ngettext
from claims.activity import Row, Span
from claims.model import Claim

SHOWN = 260
"""Weeks, the newest: five years, of which a bar is still a point wide."""
_HEIGHT = 150.0
_HEADROOM = SMALL * LEADING + 4


def weeks_sheet(paper: Paper, words: Words, claim: Claim, weeks: Sequence[Span]) -> Sheet:
    """Return the picture of a claim's weeks, at least one.

    Args:
        paper: what it is drawn for.
        words: what it says of itself.
        claim: whose they are.
        weeks: as `claims.activity.weeks` has them; of more than `SHOWN` the newest are drawn.

    """
    shown = weeks[-SHOWN:]
    earlier = sum(week.stories for week in weeks[:-SHOWN])
    rows = rows_of(Sheet(paper, 10), list(keys_of([Row(claim, tuple(shown))])))
    head = head_of(paper, words)
    top = head + height_of(rows) + _HEADROOM
    up, down = above(shown), below(shown)
    each = _HEIGHT / max(1, up + down)
    line, bottom = top + up * each, top + _HEIGHT
    end = bottom + SMALL * LEADING + 12
    more = SMALL * LEADING + 4 if earlier else 0.0
    sheet = Sheet(paper, end + more + FOOT)
    frame(sheet, words)
    legend(sheet, rows, head)
    step = step_of(max(up, down, 1))
    ticks = [n * step for n in range(-int(down // step), int(up // step) + 1)]
    axis = max(sheet.measure(decimal(abs(tick))) for tick in ticks) + 6
    days = days_of_spans(shown, MARGIN + axis, sheet.width - MARGIN)
    for tick in ticks:
        y = line - tick * each
        sheet.line([days.start, days.end], [y, y], FAINT if tick == 0 else RULE, width=0.8)
        sheet.write(decimal(abs(tick)), days.start - 6, y - SMALL * 0.68, colour=FAINT, align="right")
    draw_bars(sheet, shown, days, line, each)
    write_weeks(sheet, shown, days, bottom)
    _name_most(sheet, shown, days.start, days.end, days.at(max(shown, key=_told).first), top)
    if earlier:
        said = ngettext("{n} earlier story is left out", "{n} earlier stories are left out", earlier)
        sheet.write(said.format(n=decimal(earlier)), MARGIN, end, colour=FAINT)
    return sheet


def _name_most(sheet: Sheet, weeks: Sequence[Span], start: float, end: float, x: float, top: float) -> None:
    """Write above the bars which week has most."""
    said = most_words(weeks)
    half = sheet.measure(said) / 2
    middle = min(max(x, start + half), end - half)
    sheet.write(said, middle, top - _HEADROOM, colour=TEXT, align="center")


def _told(week: Span) -> int:
    return week.stories
