"""A sheet that pictures are drawn on: what is on it, in points from the top left. Pure.

`bot.charts.png` makes the bytes of a file of it, `bot.charts.markup` the text of an SVG image; how wide words
are and which can be written is theirs, and comes with the `Paper`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.charts.labels import Box

SMALL, BODY, TITLE = 11.0, 12.0, 15.0
"""Sizes of text, in points."""
LEADING = 1.3
"""From one line to the next, in sizes of the text."""

EDGE = 1.6
"""How wide the edge of a mark is, in points."""

GROUND, RULE, TEXT, FAINT = "#20242e", "#444c5c", "#f4f6fa", "#b8c0cc"
BLUE, ORANGE, GREEN, PINK = "#74b8ff", "#ffab5e", "#5fd6a8", "#f29ad0"
VIOLET = "#b3a6ff"
"""Of marks, after Okabe and Ito (https://jfly.uni-koeln.de/color/); a shape and a word always say the same.

All are those of a card that is dark in either theme of a chat; a page gives them others by their names.
"""


class Measure(Protocol):
    """Tells how wide words are, in points."""

    def __call__(self, words: str, size: float, *, strong: bool) -> float:
        """Return the width of words of this size."""
        ...


@dataclass(frozen=True, slots=True)
class Paper:
    """What a sheet is made for."""

    width: float
    """In points."""
    measure: Measure
    writes: Callable[[str], bool]
    """Says whether there are letters for these words."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words on one line; `x` is their left, middle or right, as `align` says, `y` their baseline."""

    words: str
    x: float
    y: float
    size: float
    colour: str
    strong: bool
    align: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float
    dashed: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark, `size` points across; one that is not filled is an outline round the ground."""

    x: float
    y: float
    shape: str
    colour: str
    size: float
    filled: bool
    about: str
    """What it stands for, in words, where those can be shown when it is pointed at; or nothing."""


@dataclass(frozen=True, slots=True)
class Area:
    """A filled rectangle."""

    box: Box
    colour: str


Drawn = Text | Line | Mark | Area


@dataclass
class Sheet:
    """One picture while it is drawn."""

    paper: Paper
    height: float
    ground: str = GROUND
    drawn: list[Drawn] = field(default_factory=list)
    """What lies on top comes last."""

    @property
    def width(self) -> float:
        """Return how wide it is."""
        return self.paper.width

    def write(
        self,
        words: str,
        x: float,
        y: float,
        *,
        size: float = SMALL,
        colour: str = TEXT,
        strong: bool = False,
        align: str = "left",
    ) -> None:
        """Write words on one line whose top is at `y`; `x` is their left, middle or right: see `align`."""
        self.drawn.append(Text(words, x, y + size, size, colour, strong, align))

    def measure(self, words: str, size: float = SMALL, *, strong: bool = False) -> float:
        """Return how wide words are, in points."""
        return self.paper.measure(words, size, strong=strong)

    def fit(self, words: str, width: float, size: float = SMALL, *, strong: bool = False) -> str:
        """Return words that are no wider, cut visibly."""
        if self.measure(words, size, strong=strong) <= width:
            return words
        short, long = 0, len(words)
        while short < long:
            middle = (short + long + 1) // 2
            if self.measure(f"{words[:middle].rstrip()}…", size, strong=strong) <= width:
                short = middle
            else:
                long = middle - 1
        return f"{words[:short].rstrip()}…"

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        colour: str,
        *,
        width: float = 1.0,
        dashed: bool = False,
    ) -> None:
        """Draw a line through these points."""
        self.drawn.append(Line(tuple(zip(xs, ys, strict=True)), colour, width, dashed))

    def mark(
        self,
        x: float,
        y: float,
        shape: str,
        colour: str,
        size: float,
        *,
        filled: bool = True,
        about: str = "",
    ) -> None:
        """Draw a mark, `size` points across, of one of `bot.charts.shapes`."""
        self.drawn.append(Mark(x, y, shape, colour, size, filled, about))

    def fill(self, box: Box, colour: str) -> None:
        """Fill a rectangle."""
        self.drawn.append(Area(box, colour))
