"""How much was told of claims over days, weeks or months as a picture: a row for each claim."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot import phrases
from bot.charts.bars import (
    NUMBER,
    above,
    below,
    days_of_spans,
    draw_bars,
    keys_of,
    named_spans,
    number_bars,
    tall,
    write_weeks,
)
from bot.charts.parts import FOOT, MARGIN, Words, frame, head_of, height_of, legend, lines_of, rows_of
from bot.charts.scale import Days
from bot.charts.sheet import FAINT, LEADING, SMALL, TEXT, Paper, Sheet
from claims.activity import Row, Span

_TALLEST = 36.0
"""Points of the tallest bar."""
_STORY = 8.0
"""Points of a story where there are few."""
_APART = 10.0
_SAID = 2
"""Lines of what a claim says."""
_LINE = SMALL * LEADING
_AXIS = 2 * _LINE + 6


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A row with how much it takes, in points."""

    row: Row
    said: Sequence[str]
    up: float
    down: float

    @property
    def height(self) -> float:
        return _LINE * (1 + len(self.said)) + self.up + self.down + _APART


def activity_sheet(paper: Paper, words: Words, rows: Sequence[Row]) -> Sheet:
    """Return the picture of claims' days, weeks or months, at least one row; a story is as tall in each.

    Args:
        paper: what it is drawn for.
        words: what it says of itself.
        rows: as `claims.activity.activity` or `claims.digest_rows` has them.

    """
    spans = [span for row in rows for span in row.spans]
    each = min(_STORY, _TALLEST / max(1, above(spans), below(spans)))
    blank = Sheet(paper, 10)
    drawn = [_drawn(blank, row, each) for row in rows]
    keys = rows_of(blank, list(keys_of(rows)))
    head = head_of(paper, words)
    top = head + height_of(keys) + 4
    y = top + _AXIS
    sheet = Sheet(paper, y + sum(one.height for one in drawn) + _AXIS + FOOT)
    frame(sheet, words)
    legend(sheet, keys, head)
    days = days_of_spans(rows[0].spans, MARGIN, sheet.width - MARGIN)
    _name(sheet, rows[0].spans, days, top)
    for one in drawn:
        _draw(sheet, one, days, y, each)
        y += one.height
    _name(sheet, rows[0].spans, days, y - _APART + 4)
    return sheet


def _drawn(sheet: Sheet, row: Row, each: float) -> _Drawn:
    said = row.claim.statement if sheet.paper.writes(row.claim.statement) else ""
    up = max(tall(span.supports, each) + tall(span.background, each) for span in row.spans)
    down = max(tall(span.disputes, each) for span in row.spans)
    return _Drawn(row, lines_of(sheet, said, _SAID, SMALL), up + NUMBER, down + NUMBER if down else 0.0)


def _draw(sheet: Sheet, drawn: _Drawn, days: Days, y: float, each: float) -> None:
    row = drawn.row
    count = phrases.stories(row.stories)
    room = sheet.width - 2 * MARGIN - sheet.measure(count) - 8
    sheet.write(sheet.fit(row.claim.id, room, strong=True), MARGIN, y, colour=TEXT, strong=True)
    sheet.write(count, sheet.width - MARGIN, y, colour=TEXT, align="right")
    for number, said in enumerate(drawn.said, start=1):
        sheet.write(said, MARGIN, y + number * _LINE, colour=FAINT)
    line = y + _LINE * (1 + len(drawn.said)) + drawn.up
    draw_bars(sheet, row.spans, days, line, each)
    sheet.line([days.start, days.end], [line, line], FAINT, width=0.8)
    number_bars(sheet, row.spans, days, line, each)


def _name(sheet: Sheet, spans: Sequence[Span], days: Days, y: float) -> None:
    """Write which days the bars are of: below each that has room, or else some days where most have none."""
    names = named_spans(spans)
    rooms = [days.at(span.after) - days.at(span.first) for span in spans]
    fits = [max(map(sheet.measure, name)) <= room for name, room in zip(names, rooms, strict=True)]
    if spans[-1].so_far or 2 * sum(fits) <= len(spans):
        write_weeks(sheet, spans, days, y)
        return
    month = ""
    for span, (over, named), fit in zip(spans, names, fits, strict=True):
        month = over or month
        if fit:
            middle = (days.at(span.first) + days.at(span.after)) / 2
            sheet.write(month, middle, y, colour=FAINT, align="center")
            sheet.write(named, middle, y + _LINE, colour=FAINT, align="center")
            month = ""
