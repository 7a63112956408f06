"""From a sheet to the text of an SVG image, for pages: no script, and nothing that is loaded from elsewhere.

Colours are CSS variables (`--chart-text`), so that whoever shows the image says what is light and dark; where
nobody does it is light. Words stay words, in the font of the reader's system.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape
from itertools import groupby
from unicodedata import combining, east_asian_width, normalize

from bot.charts.labels import Box
from bot.charts.shapes import CIRCLE, outline
from bot.charts.sheet import (
    BLUE,
    EDGE,
    FAINT,
    GREEN,
    GROUND,
    ORANGE,
    PINK,
    RULE,
    SMALL,
    TEXT,
    VIOLET,
    Area,
    Drawn,
    Line,
    Mark,
    Paper,
    Sheet,
    Text,
)

COLOURS = {
    GROUND: ("ground", "#ffffff"),
    RULE: ("rule", "#d3d8e0"),
    TEXT: ("text", "#1b212c"),
    FAINT: ("faint", "#525c6b"),
    BLUE: ("blue", "#0b62b0"),
    ORANGE: ("orange", "#b35900"),
    GREEN: ("green", "#00795a"),
    PINK: ("pink", "#a8357f"),
    VIOLET: ("violet", "#5b46c9"),
}
"""By the colour on the dark card of a chat: its name here, and what it is on white."""
_ANCHORS = {"center": "middle", "right": "end"}
_WIDE = ((0.32, " ijlI'|.,:;!·"), (0.42, '()[]/\\-frt"`’“”'), (0.86, "wmMWДжшщюыфЮШЩЖФЫ%@+=<>~×"))
"""Widths of characters in sizes of the text: no less than in the fonts that systems show pages in."""
_CAPITAL, _OTHER, _FULL, _STRONG = 0.76, 0.64, 1.0, 1.12
_WIDTHS = {character: width for width, characters in _WIDE for character in characters}


@lru_cache(maxsize=4_096)
def _measure(words: str, size: float, *, strong: bool) -> float:
    width = sum(_width(character) for character in words)
    return width * size * (_STRONG if strong else 1)


def _width(character: str) -> float:
    if combining(character):
        return 0.0
    if east_asian_width(character) in "WF":
        return _FULL
    plain = normalize("NFD", character)[0]
    return _WIDTHS.get(plain, _CAPITAL if plain.isupper() else _OTHER)


PAGE = Paper(360.0, _measure, lambda _words: True)
"""A part of a page, as wide as a small phone."""


def style() -> str:
    """Return the CSS that gives the colours of charts: those of the page's `color-scheme`."""
    return "\n".join(
        f"  --chart-{name}: light-dark({light}, {dark});" for dark, (name, light) in COLOURS.items()
    )


def markup(sheet: Sheet, title: str, about: str) -> str:
    """Return the picture as an SVG element.

    Args:
        sheet: the picture.
        title: its name, in words.
        about: what it shows, in words, for those who do not see it.

    """
    named = _element("title", {}, title) + _element("desc", {}, about)
    size = f"0 0 {_number(sheet.width)} {_number(sheet.height)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="{size}"'
        f' font-family="system-ui, sans-serif" font-size="{_number(SMALL)}" fill="{_colour(TEXT)}">'
        f"{named}{''.join(_parts(sheet.drawn))}</svg>"
    )


def _drawn(drawn: Text | Line | Mark) -> str:
    match drawn:
        case Text():
            look = {
                "x": _number(drawn.x),
                "y": _number(drawn.y),
                "fill": _colour(drawn.colour) if drawn.colour != TEXT else None,
                "font-size": _number(drawn.size) if drawn.size != SMALL else None,
                "font-weight": "bold" if drawn.strong else None,
                "text-anchor": _ANCHORS.get(drawn.align),
            }
            return _element("text", look, drawn.words)
        case Line():
            look = {
                "points": _points(drawn.points),
                "fill": "none",
                "stroke": _colour(drawn.colour),
                "stroke-width": _number(drawn.width),
                "stroke-dasharray": "3 3" if drawn.dashed else None,
            }
            return _element("polyline", look)
        case Mark():
            edge = {"stroke": _colour(drawn.colour), "stroke-width": _number(EDGE)}
            inside = {"fill": _colour(drawn.colour if drawn.filled else GROUND)}
            if drawn.shape != CIRCLE:
                corners = _points(outline(drawn.shape, drawn.x, drawn.y, drawn.size))
                return _element("polygon", {"points": corners, **inside, **edge}, about=drawn.about)
            place = {"cx": _number(drawn.x), "cy": _number(drawn.y), "r": _number(drawn.size / 2)}
            return _element("circle", {**place, **inside, **edge}, about=drawn.about)


def _parts(drawn: Iterable[Drawn]) -> Iterator[str]:
    """Yield what is on a sheet; rectangles of one colour that follow each other are one shape."""
    for colour, run in groupby(drawn, key=lambda each: each.colour if isinstance(each, Area) else None):
        boxes = []
        for each in run:
            if isinstance(each, Area):
                boxes.append(each.box)
            else:
                yield _drawn(each)
        if colour:
            yield _element("path", {"d": "".join(map(_rectangle, boxes)), "fill": _colour(colour)})


def _rectangle(box: Box) -> str:
    left, top, right, bottom = map(_number, (box.left, box.top, box.right, box.bottom))
    return f"M{left} {top}H{right}V{bottom}H{left}Z"


def _element(name: str, look: Mapping[str, str | None], words: str = "", *, about: str = "") -> str:
    given = "".join(f' {key}="{escape(value)}"' for key, value in look.items() if value is not None)
    inside = escape(words, quote=False) + (_element("title", {}, about) if about else "")
    return f"<{name}{given}>{inside}</{name}>" if inside else f"<{name}{given}/>"


def _colour(colour: str) -> str:
    name, light = COLOURS[colour]
    return f"var(--chart-{name},{light})"


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
