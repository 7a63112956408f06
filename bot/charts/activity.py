"""How much was told of claims week by week as a picture: a row for each claim, weeks across."""

from collections.abc import Sequence

from bot.charts.bars import above, below, days_of_weeks, draw_bars, keys_of, write_weeks
from bot.charts.parts import FOOT, MARGIN, Words, frame, head_of, height_of, legend, rows_of
from bot.charts.sheet import FAINT, LEADING, SMALL, TEXT, Paper, Sheet
from bot.language import decimal
from claims.activity import Row

_BARS = 26.0
_APART = 8.0
_TELLING = 60.0
"""Points from which on a beginning of words says something."""
_PITCH = SMALL * LEADING + 2 + _BARS + _APART


def activity_sheet(paper: Paper, words: Words, rows: Sequence[Row]) -> Sheet:
    """Return the picture of claims' weeks, at least one row; a story is as tall in each.

    Args:
        paper: what it is drawn for.
        words: what it says of itself.
        rows: as `claims.activity.activity` has them.

    """
    weeks = [week for row in rows for week in row.weeks]
    keys = rows_of(Sheet(paper, 10), list(keys_of(weeks)))
    head = head_of(paper, words)
    top = head + height_of(keys) + 4
    up, down = above(weeks), below(weeks)
    each = _BARS / max(1, up + down)
    bottom = top + _PITCH * len(rows)
    sheet = Sheet(paper, bottom + SMALL * LEADING + 12 + FOOT)
    frame(sheet, words)
    legend(sheet, keys, head)
    days = days_of_weeks(rows[0].weeks, MARGIN, sheet.width - MARGIN)
    for number, row in enumerate(rows):
        y = top + number * _PITCH
        count = decimal(row.stories)
        room = sheet.width - 2 * MARGIN - sheet.measure(count) - 8
        name = sheet.fit(row.claim.id, room, strong=True)
        sheet.write(name, MARGIN, y, colour=TEXT, strong=True)
        _say(sheet, row.claim.statement, MARGIN + sheet.measure(name, strong=True) + 8, y, MARGIN + room)
        sheet.write(count, sheet.width - MARGIN, y, colour=FAINT, align="right")
        line = y + SMALL * LEADING + 2 + up * each
        sheet.line([days.start, days.end], [line, line], FAINT, width=0.8)
        draw_bars(sheet, row.weeks, days, line, each)
    write_weeks(sheet, rows[0].weeks, days, bottom - _APART + 4)
    return sheet


def _say(sheet: Sheet, statement: str, left: float, y: float, right: float) -> None:
    """Write as much of what a claim says as there is room for beside its name, or nothing."""
    if right - left >= _TELLING and sheet.paper.writes(statement):
        sheet.write(sheet.fit(statement, right - left), left, y, colour=FAINT)
