"""What pictures share: title, key, the line at the end, days below a line, and labels beside marks."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.labels import Room, nearest
from bot.charts.runs import Run, wrapped
from bot.charts.scale import Days
from bot.charts.sheet import BODY, FAINT, GROUND, LEADING, SMALL, TEXT, TITLE, Paper, Sheet
from bot.language import _
from bot.phrases import shorten

MARGIN = 16.0
NAME = 44
"""Characters of a name."""
_GAP = 14.0
_MARK = 10.0
_APART = 6.0
_RADIUS = 8.5


@dataclass(frozen=True, slots=True)
class Key:
    """A mark and what it means."""

    shape: str
    """One of `bot.charts.shapes`, or a character to write."""
    colour: str
    words: str = ""
    filled: bool = True
    size: float = 9.0


@dataclass(frozen=True, slots=True)
class Words:
    """What a picture says of itself."""

    title: str
    under: str
    """What it is about, below the title: some lines."""
    source: str
    """The line at the end."""
    sayer: str = ""
    """Who said what it is about, and when; or nothing."""


_UNDER, _SAYER = 4, 2
"""Lines of what a picture is about, and of who said it; what is longer is cut."""
FOOT = SMALL * LEADING + MARGIN
"""What the line at the end takes."""


def head_of(paper: Paper, words: Words) -> float:
    """Return how far down the title and the lines under it reach, in points."""
    return MARGIN + TITLE * LEADING + len(_under(Sheet(paper, 10), words)) * BODY * LEADING + 6


def frame(sheet: Sheet, words: Words) -> None:
    """Write the title with the lines under it, and the line at the end."""
    room, line = sheet.width - 2 * MARGIN, MARGIN + TITLE * LEADING
    # A long title is smaller before it is cut.
    size = TITLE if sheet.measure(words.title, TITLE, strong=True) <= room else BODY
    sheet.write(sheet.fit(words.title, room, size, strong=True), MARGIN, MARGIN, size=size, strong=True)
    for under, colour in _under(sheet, words):
        sheet.write(under, MARGIN, line, size=BODY, colour=colour)
        line += BODY * LEADING
    sheet.write(sheet.fit(words.source, room), MARGIN, sheet.height - FOOT, colour=FAINT)


def _under(sheet: Sheet, words: Words) -> list[tuple[str, str]]:
    """Return the lines below the title, each with its colour."""
    about = [(line, TEXT) for line in lines_of(sheet, words.under, _UNDER)]
    return about + [(line, FAINT) for line in lines_of(sheet, words.sayer, _SAYER)]


def lines_of(sheet: Sheet, words: str, most: int, size: float = BODY) -> list[str]:
    """Return words in at most so many lines between the margins."""
    room = sheet.width - 2 * MARGIN
    runs = wrapped(sheet, [Run(words, TEXT)], room, size)
    lines = [line for line in ("".join(run.words for run in each).strip() for each in runs) if line]
    if len(lines) > most:
        last = lines[most - 1]
        while " " in last and sheet.measure(f"{last}…", size) > room:
            last = last.rpartition(" ")[0]
        lines[most - 1 :] = [f"{last.rstrip(' ,;:')}…"]
    return [sheet.fit(line, room, size) for line in lines]


def rows_of(sheet: Sheet, keys: Sequence[Key]) -> list[list[Key]]:
    """Return the keys in as many rows as they need."""
    rows: list[list[Key]] = [[]]
    x = MARGIN
    for key in keys:
        width = _MARK + 4 + sheet.measure(key.words) + _GAP
        if rows[-1] and x + width - _GAP > sheet.width - MARGIN:
            rows.append([])
            x = MARGIN
        rows[-1].append(key)
        x += width
    return rows


def height_of(rows: Sequence[Sequence[Key]]) -> float:
    """Return how much room rows of keys take."""
    return len(rows) * SMALL * LEADING + 4


def legend(sheet: Sheet, rows: Sequence[Sequence[Key]], top: float) -> None:
    """Write what the marks mean."""
    for number, row in enumerate(rows):
        x, y = MARGIN, top + number * SMALL * LEADING
        for key in row:
            middle = x + _MARK / 2
            if len(key.shape) == 1:
                sheet.write(key.shape, middle, y, colour=key.colour, align="center")
            else:
                sheet.mark(middle, y + SMALL * 0.68, key.shape, key.colour, key.size, filled=key.filled)
            sheet.write(key.words, x + _MARK + 4, y, colour=TEXT)
            x += _MARK + 4 + sheet.measure(key.words) + _GAP


def write_days(sheet: Sheet, days: Days, line: float, last: str = "") -> None:
    """Write the days below a line at this height, as many as there is room for beside what `last` says."""
    end, room = -math.inf, math.inf
    if last:
        sheet.write(last, days.end, line + 5, colour=FAINT, align="right")
        room = days.end - sheet.measure(last) - _APART
    for day, words in days.ticks():
        x, half = days.at(day), sheet.measure(words) / 2
        middle = min(max(x, MARGIN + half), sheet.width - MARGIN - half)
        if end + _APART < middle - half and middle + half < room:
            sheet.line([x, x], [line, line + 4], FAINT)
            sheet.write(words, middle, line + 5, colour=FAINT, align="center")
            end = middle + half


def label(sheet: Sheet, room: Room, x: float, y: float, strong: str, name: Sequence[str]) -> bool:
    """Write a name of some lines beside a mark, below words that stand out, if any; say if there was room."""
    lines = [*([strong] if strong else []), *name]
    width = max(sheet.measure(line, strong=line is strong) for line in lines)
    found = room.place(x, y, width, len(lines) * SMALL * LEADING)
    if found is None:
        return False
    box, leads = found
    if leads:
        end_x, end_y = nearest(box, x, y)
        # From the edge of the mark on, or of the ring round it.
        part = _RADIUS / max(_RADIUS, math.hypot(end_x - x, end_y - y))
        start = x + (end_x - x) * part, y + (end_y - y) * part
        sheet.line([start[0], end_x], [start[1], end_y], FAINT, width=0.8)
    sheet.fill(box, GROUND)
    side, align = (box.right, "right") if box.right <= x else (box.left, "left")
    for row, line in enumerate(lines):
        sheet.write(line, side, box.top + row * SMALL * LEADING, strong=line is strong, align=align)
    return True


def name_of(sheet: Sheet, who: str, length: int = NAME) -> str:
    """Return a name of at most so many characters, or where to find one that no font here can write."""
    short = shorten(who, length)
    return short if sheet.paper.writes(short) else _("named in the list")


def two_lines(words: str) -> list[str]:
    """Return words as two lines of about one length, or as one where they are short."""
    if len(words) <= NAME // 2:
        return [words]
    middle = min(
        (place for place, character in enumerate(words) if character == " "),
        key=lambda place: abs(place - len(words) / 2),
        default=None,
    )
    return [words] if middle is None else [words[:middle], words[middle + 1 :]]
