"""From a sheet to the bytes of a PNG file, by matplotlib: for chats.

Only its objects are used, and none of its state: two sheets in two threads do not meet.
"""

import contextlib
import io
from functools import cache
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, findSystemFonts, fontManager, get_font
from PIL import Image

from bot.charts.labels import Box
from bot.charts.shapes import CIRCLE, outline
from bot.charts.sheet import EDGE, Area, Line, Mark, Paper, Sheet, Text

WIDTH = 432.0
"""Of a picture, in points. A phone shows it some 360 pixels wide: text of `SMALL` has nine of them."""
DPI = 200
"""Twice what a chat shows, so that it is sharp on a dense screen: 1,200 pixels wide."""
_COLOURS = 96
_FAMILIES = (
    "DejaVu Sans", "Noto Sans CJK KR", "Noto Sans KR", "Noto Sans CJK JP", "NanumGothic", "Malgun Gothic",
    "Apple SD Gothic Neo", "WenQuanYi Zen Hei", "Droid Sans Fallback",
)  # fmt: skip


@cache
def _fonts() -> tuple[str, ...]:
    """Return the families that are on this machine, the one that matplotlib brings first.

    Its list of fonts is made once and kept on the disk: those that came later are added.
    """
    for path in sorted(set(findSystemFonts()) - {font.fname for font in fontManager.ttflist}):
        with contextlib.suppress(OSError, RuntimeError):  # one that is damaged
            fontManager.addfont(path)
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


def _canvas(width: float, height: float, ground: str) -> tuple[Any, Any]:
    """Return an empty canvas, and what is drawn on it; neither has types where it matters."""
    figure = Figure(figsize=(width / 72, height / 72), dpi=DPI, facecolor=ground)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    return canvas, axes


def _measure(words: str, size: float, *, strong: bool) -> float:
    renderer = _ruler().get_renderer()
    width, _height, _descent = renderer.get_text_width_height_descent(
        words, _font(size, strong=strong), ismath=False
    )
    return float(width) * 72 / DPI


@cache
def _ruler() -> Any:
    return _canvas(1, 1, "#000000")[0]


CHAT = Paper(WIDTH, _measure, drawable, panels=4)
"""A card for a chat."""


def png(sheet: Sheet) -> bytes:
    """Return the picture as a file, of few colours: a third of the bytes, and nobody sees it."""
    canvas, _axes = _painted(sheet)
    canvas.draw()
    drawn = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba())
    out = io.BytesIO()
    few = drawn.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def texts(sheet: Sheet) -> list[tuple[str, Box]]:
    """Return what is written, with the box of its ink as the library measures it."""
    canvas, axes = _painted(sheet)
    renderer, scale, found = canvas.get_renderer(), 72 / DPI, []
    for text in axes.texts:
        (left, low), (right, high) = text.get_window_extent(renderer).get_points()
        top, bottom = sheet.height - high * scale, sheet.height - low * scale
        found.append((text.get_text(), Box(left * scale, top, right * scale, bottom)))
    return found


def _painted(sheet: Sheet) -> tuple[Any, Any]:
    canvas, axes = _canvas(sheet.width, sheet.height, sheet.ground)
    for layer, drawn in enumerate(sheet.drawn, start=2):
        match drawn:
            case Text():
                # They are words only: no dollar begins a formula.
                axes.text(
                    drawn.x,
                    drawn.y,
                    drawn.words,
                    fontproperties=_font(drawn.size, strong=drawn.strong),
                    color=drawn.colour,
                    horizontalalignment=drawn.align,
                    verticalalignment="baseline",
                    parse_math=False,
                    zorder=layer,
                )
            case Line():
                xs, ys = zip(*drawn.points, strict=True)
                style = (0, (3, 3)) if drawn.dashed else "-"
                axes.plot(xs, ys, color=drawn.colour, linewidth=drawn.width, linestyle=style, zorder=layer)
            case Mark(shape=shape) if shape == CIRCLE:
                axes.plot(
                    [drawn.x],
                    [drawn.y],
                    marker="o",
                    markersize=drawn.size,
                    markerfacecolor=drawn.colour if drawn.filled else sheet.ground,
                    markeredgecolor=drawn.colour,
                    markeredgewidth=EDGE,
                    linestyle="none",
                    zorder=layer,
                )
            case Mark():
                xs, ys = zip(*outline(drawn.shape, drawn.x, drawn.y, drawn.size), strict=True)
                inside = drawn.colour if drawn.filled else sheet.ground
                axes.fill(xs, ys, facecolor=inside, edgecolor=drawn.colour, linewidth=EDGE, zorder=layer)
            case Area(box=box):
                axes.fill(
                    [box.left, box.right, box.right, box.left],
                    [box.top, box.top, box.bottom, box.bottom],
                    facecolor=drawn.colour,
                    linewidth=0,
                    zorder=layer,
                )
    return canvas, axes
