"""A sheet that pictures are drawn on: lengths in points from the top left, its own colours, and its fonts.

Only matplotlib's objects are used, and none of its state: two sheets in two threads do not meet.
"""

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from PIL import Image

from bot.charts.labels import Box

WIDTH = 432.0
"""Of a picture, in points. A phone shows it some 360 pixels wide: text of `SMALL` has nine of them."""
DPI = 200
"""Twice what a chat shows, so that it is sharp on a dense screen: 1,200 pixels wide."""
SMALL, BODY, TITLE = 11.0, 12.0, 15.0
"""Sizes of text, in points."""
LEADING = 1.3
"""From one line to the next, in sizes of the text."""

GROUND = "#20242e"
"""Of the sheet: a card of its own in Discord's light theme as in its dark one."""
RULE = "#444c5c"
TEXT = "#f4f6fa"
FAINT = "#b8c0cc"
BLUE, GREEN, ORANGE, PINK = "#74b8ff", "#5fd6a8", "#ffab5e", "#ff8fa8"
"""Of marks; a shape and a word always say the same."""

_COLOURS = 96
_FAMILIES = (
    "DejaVu Sans", "Noto Sans CJK KR", "Noto Sans KR", "Noto Sans CJK JP", "NanumGothic", "Malgun Gothic",
    "Apple SD Gothic Neo", "WenQuanYi Zen Hei", "Droid Sans Fallback",
)  # fmt: skip


@cache
def _fonts() -> tuple[str, ...]:
    """Return the families that are on this machine, the one that matplotlib brings first."""
    found = [_FAMILIES[0]]
    for family in _FAMILIES[1:]:
        try:
            findfont(FontProperties(family=family), fallback_to_default=False)
        except ValueError:
            continue
        found.append(family)
    return tuple(found)


@cache
def _known() -> frozenset[int]:
    """Return the characters that can be drawn."""
    paths = [findfont(FontProperties(family=family)) for family in _fonts()]
    return frozenset(code for path in paths for code in get_font(path).get_charmap())


def drawable(words: str) -> bool:
    """Say whether there is a font for every character."""
    return all(ord(character) in _known() for character in words if not character.isspace())


@cache
def _font(size: float, *, strong: bool) -> FontProperties:
    return FontProperties(family=list(_fonts()), size=size, weight="bold" if strong else "normal")


class Sheet:
    """One picture while it is drawn."""

    def __init__(self, height: float, *, width: float = WIDTH, ground: str = GROUND) -> None:
        """Begin an empty one of this size."""
        self.width, self.height = width, height
        self._figure = Figure(figsize=(width / 72, height / 72), dpi=DPI, facecolor=ground)
        self._canvas: Any = FigureCanvasAgg(self._figure)  # which has no types where it matters
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)

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
        """Write words on one line whose top is at `y`; `x` is their left, middle or right, as `align` says.

        They are words only: no dollar begins a formula.
        """
        self._axes.text(
            x,
            y + size,
            words,
            fontproperties=_font(size, strong=strong),
            color=colour,
            horizontalalignment=align,
            verticalalignment="baseline",
            parse_math=False,
        )

    def measure(self, words: str, size: float = SMALL, *, strong: bool = False) -> float:
        """Return how wide words are, in points."""
        width, _height, _descent = self._canvas.get_renderer().get_text_width_height_descent(
            words, _font(size, strong=strong), ismath=False
        )
        return float(width) * 72 / DPI

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
        under: bool = False,
    ) -> None:
        """Draw a line through these points; `under` all that is filled."""
        style = (0, (3, 3)) if dashed else "-"
        self._axes.plot(xs, ys, color=colour, linewidth=width, linestyle=style, zorder=0.5 if under else 2)

    def mark(self, x: float, y: float, shape: str, colour: str, size: float, *, filled: bool = True) -> None:
        """Draw a mark, `size` points across, of one of matplotlib's shapes."""
        self._axes.plot(
            [x],
            [y],
            marker=shape,
            markersize=size,
            markerfacecolor=colour if filled else GROUND,
            markeredgecolor=colour,
            markeredgewidth=1.6,
            linestyle="none",
        )

    def fill(self, box: Box, colour: str) -> None:
        """Fill a rectangle."""
        self._axes.fill(
            [box.left, box.right, box.right, box.left], [box.top, box.top, box.bottom, box.bottom], colour
        )

    def texts(self) -> list[tuple[str, Box]]:
        """Return what is written, with the box of its ink as the library measures it."""
        renderer, scale, found = self._canvas.get_renderer(), 72 / DPI, []
        for text in self._axes.texts:
            (left, low), (right, high) = text.get_window_extent(renderer).get_points()
            top, bottom = self.height - high * scale, self.height - low * scale
            found.append((text.get_text(), Box(left * scale, top, right * scale, bottom)))
        return found

    def png(self) -> bytes:
        """Return the picture as a file, of few colours: a third of the bytes, and nobody sees it."""
        self._canvas.draw()
        drawn = Image.frombuffer("RGBA", self._canvas.get_width_height(), self._canvas.buffer_rgba())
        out = io.BytesIO()
        few = drawn.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
        few.save(out, "PNG", optimize=True)
        return out.getvalue()
