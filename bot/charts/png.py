"""From a sheet to the bytes of a PNG file, by matplotlib: for chats.

Only its renderer is used: no figure, no axes, and no state but the list of fonts.
"""

import contextlib
import io
from collections.abc import Sequence
from functools import cache
from typing import Any

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties, findfont, findSystemFonts, fontManager, get_font
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from PIL import Image

from bot.charts.labels import Box
from bot.charts.shapes import CIRCLE, outline
from bot.charts.sheet import EDGE, Area, Drawn, Line, Mark, Paper, Sheet, Text

WIDTH = 432.0
"""Of a picture, in points. A phone shows it some 360 pixels wide: text of `SMALL` has nine of them."""
DPI = 200
"""Twice what a chat shows, so that it is sharp on a dense screen: 1,200 pixels wide."""
_SCALE = DPI / 72
_COLOURS = 96
_DASH = 3.0
_LEFT = {"left": 0.0, "center": 0.5, "right": 1.0}
"""How much of a text stands left of its place."""
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


def _measure(words: str, size: float, *, strong: bool) -> float:
    return _extent(words, size, strong=strong)[0]


def _extent(words: str, size: float, *, strong: bool) -> tuple[float, float, float]:
    """Return width, height and descent of words, in points."""
    font = _font(size, strong=strong)
    width, height, descent = _ruler().get_text_width_height_descent(words, font, ismath=False)
    return float(width) / _SCALE, float(height) / _SCALE, float(descent) / _SCALE


@cache
def _ruler() -> Any:
    return _brush(1, 1)


def _brush(width: int, height: int) -> Any:
    """Return the library's renderer, of which its types name hardly anything."""
    return RendererAgg(width, height, DPI)  # type: ignore[no-untyped-call]  # see above


CHAT = Paper(WIDTH, _measure, drawable)
"""A card for a chat."""


def png(sheet: Sheet) -> bytes:
    """Return the picture as a file, of few colours: a third of the bytes, and nobody sees it."""
    size = round(sheet.width * _SCALE), round(sheet.height * _SCALE)
    brush = _brush(*size)
    place = Affine2D().scale(_SCALE, -_SCALE).translate(0, size[1])
    _fill(brush, place, Box(0, 0, sheet.width, sheet.height), sheet.ground)
    for drawn in sheet.drawn:
        _draw(brush, place, sheet, drawn)
    out = io.BytesIO()
    whole = Image.frombuffer("RGBA", size, brush.buffer_rgba())
    # Those farthest apart: what is cut by frequency makes one colour of two that few marks have.
    few = whole.convert("RGB").quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def texts(sheet: Sheet) -> list[tuple[str, Box]]:
    """Return what is written, with the box of its ink as the library measures it."""
    found = []
    for text in sheet.drawn:
        if isinstance(text, Text):
            width, height, descent = _extent(text.words, text.size, strong=text.strong)
            left, bottom = text.x - width * _LEFT[text.align], text.y + descent
            found.append((text.words, Box(left, bottom - height, left + width, bottom)))
    return found


def _draw(brush: Any, place: Affine2D, sheet: Sheet, drawn: Drawn) -> None:
    match drawn:
        case Text():
            look = brush.new_gc()
            look.set_foreground(drawn.colour)
            font = _font(drawn.size, strong=drawn.strong)
            left = drawn.x - _measure(drawn.words, drawn.size, strong=drawn.strong) * _LEFT[drawn.align]
            # They are words only: no dollar begins a formula.
            brush.draw_text(look, left * _SCALE, drawn.y * _SCALE, drawn.words, font, 0, ismath=False)
        case Line():
            _stroke(brush, place, Path(drawn.points), drawn.colour, drawn.width, dashed=drawn.dashed)
        case Mark():
            if drawn.shape == CIRCLE:
                path = Path.circle((drawn.x, drawn.y), drawn.size / 2)
            else:
                path = _closed(outline(drawn.shape, drawn.x, drawn.y, drawn.size))
            _stroke(
                brush, place, path, drawn.colour, EDGE, inside=drawn.colour if drawn.filled else sheet.ground
            )
        case Area():
            _fill(brush, place, drawn.box, drawn.colour)


def _fill(brush: Any, place: Affine2D, box: Box, colour: str) -> None:
    look = brush.new_gc()
    look.set_linewidth(0)
    corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
    brush.draw_path(look, _closed(corners), place, to_rgb(colour))


def _stroke(
    brush: Any,
    place: Affine2D,
    path: Path,
    colour: str,
    width: float,
    *,
    dashed: bool = False,
    inside: str | None = None,
) -> None:
    look = brush.new_gc()
    look.set_foreground(colour)
    look.set_linewidth(width)
    look.set_joinstyle("miter")
    if dashed:
        look.set_dashes(0, [_DASH, _DASH])
    brush.draw_path(look, path, place, to_rgb(inside) if inside else None)


def _closed(corners: Sequence[tuple[float, float]]) -> Path:
    return Path([*corners, corners[0]], closed=True)
