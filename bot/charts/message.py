"""A message as Discord would show it, drawn from the payload that we post: what the README shows. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.charts.labels import Box
from bot.charts.png import CHAT, png
from bot.charts.runs import Run, wrapped
from bot.charts.sheet import BODY, LEADING, SMALL, Sheet

_GROUND, _CARD = "#313338", "#2b2d31"
_TEXT, _FAINT, _LINK = "#dbdee1", "#949ba4", "#4fb5f7"
_BUTTONS = {1: "#5865f2", 2: "#4e5058", 3: "#248046", 4: "#da373c", 5: "#4e5058"}
"""By style (https://discord.com/developers/docs/components/reference#button-button-styles)."""
_ROW, _BUTTON, _SELECT = 1, 2, 3
_MARGIN, _PAD, _BAR = 14.0, 12.0, 4.0
_BUTTON_HEIGHT, _BUTTON_PAD, _GAP = 24.0, 11.0, 7.0
_NAME = "Claimwatch"
_CAPTION = "Drawn by claimwatch screens from the payload that is posted"
_MARKDOWN = re.compile(
    r"\\(?P<plain>.)|\[(?P<words>(?:\\.|[^\]\\])*)\]\([^)]*\)|(?P<strong>\*\*)|(?P<under>__)"
    r"|<t:(?P<at>\d+)(?::\w)?>|<@[&!]?(?P<who>\d+)>|(?P<any>.)",
    re.DOTALL,
)


def message_sheet(payload: Mapping[str, Any]) -> Sheet:
    """Return the drawing of a message: its embeds, and its buttons and menus below them."""
    height = _draw(Sheet(CHAT, 10, _GROUND), payload)
    sheet = Sheet(CHAT, height, _GROUND)
    _draw(sheet, payload)
    return sheet


def message_picture(payload: Mapping[str, Any]) -> bytes:
    """Return that drawing as the bytes of a PNG file."""
    return png(message_sheet(payload))


def _draw(sheet: Sheet, payload: Mapping[str, Any]) -> float:
    """Draw a message, and return how high it is."""
    y = _MARGIN
    sheet.write(_NAME, _MARGIN, y, size=BODY, strong=True)
    side = _MARGIN + sheet.measure(_NAME, BODY, strong=True) + 6
    sheet.fill(Box(side, y + 2, side + 30, y + 16), _BUTTONS[1])
    sheet.write("APP", side + 15, y + 2.5, size=9, strong=True, align="center")
    y += BODY * LEADING + 4
    for embed in payload.get("embeds", ()):
        y = _embed(sheet, embed, y) + _GAP
    for row in payload.get("components", ()):
        if row.get("type") == _ROW:
            y = _controls(sheet, row.get("components", ()), y) + _GAP
    sheet.write(_CAPTION, _MARGIN, y + 2, size=9, colour=_FAINT)
    return y + 2 + 9 * LEADING + _MARGIN


def _embed(sheet: Sheet, embed: Mapping[str, Any], top: float) -> float:
    """Draw an embed, and return where it ends."""
    written = _lines(embed)
    left, room = _MARGIN + _BAR + _PAD, sheet.width - 2 * _MARGIN - _BAR - 2 * _PAD
    placed = [(size, gap, line) for size, gap, runs in written for line in wrapped(sheet, runs, room, size)]
    # Only the first line of a paragraph stands off from the one above.
    firsts: set[int] = set()
    count = 0
    for size, _space, runs in written:
        firsts.add(count)
        count += len(wrapped(sheet, runs, room, size))
    height = sum(size * LEADING + (gap if n in firsts else 0) for n, (size, gap, _line) in enumerate(placed))
    bottom = top + height + 2 * _PAD
    sheet.fill(Box(_MARGIN, top, sheet.width - _MARGIN, bottom), _CARD)
    sheet.fill(Box(_MARGIN, top, _MARGIN + _BAR, bottom), f"#{embed.get('color', 0):06x}")
    y = top + _PAD
    for number, (size, gap, line) in enumerate(placed):
        y += gap if number in firsts else 0
        x = left
        for run in line:
            sheet.write(run.words, x, y, size=size, colour=run.colour, strong=run.strong)
            x += sheet.measure(run.words, size, strong=run.strong)
        y += size * LEADING
    return bottom


def _lines(embed: Mapping[str, Any]) -> list[tuple[float, float, list[Run]]]:
    """Return the paragraphs of an embed: size of the text, space above, and words."""
    found: list[tuple[float, float, list[Run]]] = []
    if author := embed.get("author"):
        found.append((SMALL, 0, [Run(author["name"], _TEXT, strong=True)]))
    if title := embed.get("title"):
        colour = _LINK if embed.get("url") else _TEXT
        found.append((BODY, 4, [Run(run.words, colour, strong=True) for run in _runs(title)]))
    found += [(SMALL, 3, list(_runs(line))) for line in embed.get("description", "").splitlines()]
    for field in embed.get("fields", ()):
        found.append((SMALL, 6, [Run(run.words, _TEXT, strong=True) for run in _runs(field["name"])]))
        found += [(SMALL, 0, list(_runs(line))) for line in field["value"].splitlines()]
    if footer := embed.get("footer"):
        found.append((SMALL - 1, 7, [Run(footer["text"], _FAINT)]))
    return found


def _runs(markdown: str) -> Iterator[Run]:
    """Yield the words of a text as its marks have them look."""
    strong = False
    for found in _MARKDOWN.finditer(markdown):
        if found["strong"]:
            strong = not strong
        elif found["words"] is not None:
            yield Run(re.sub(r"\\(.)", r"\1", found["words"]), _LINK, strong)
        elif found["at"]:
            at = datetime.fromtimestamp(int(found["at"]), UTC)
            yield Run(f"{at.day} {at:%B %Y %H:%M} UTC", _TEXT, strong)
        elif found["who"]:
            yield Run("@member", _LINK, strong)
        elif not found["under"]:
            yield Run(found["plain"] or found["any"], _TEXT, strong)


def _controls(sheet: Sheet, controls: Sequence[Mapping[str, Any]], top: float) -> float:
    """Draw a row of buttons, or a menu, and return where it ends."""
    x = _MARGIN
    for each in controls:
        words = str(each.get("label") or each.get("placeholder") or "")
        menu = each.get("type") != _BUTTON
        wide = sheet.width - 2 * _MARGIN if menu else sheet.measure(words, strong=True) + 2 * _BUTTON_PAD
        if x + wide > sheet.width - _MARGIN and x > _MARGIN:
            x, top = _MARGIN, top + _BUTTON_HEIGHT + _GAP
        colour = "#1e1f22" if menu else _BUTTONS.get(each.get("style", 2), _BUTTONS[2])
        sheet.fill(Box(x, top, x + wide, top + _BUTTON_HEIGHT), colour)
        faint = menu or each.get("disabled")
        words = sheet.fit(words, wide - _BUTTON_PAD, strong=not menu)
        y = top + (_BUTTON_HEIGHT - SMALL * LEADING) / 2
        sheet.write(words, x + _BUTTON_PAD, y, colour=_FAINT if faint else "#ffffff", strong=not menu)
        x += wide + _GAP
    return top + _BUTTON_HEIGHT
