"""A message, modal or Home as Slack would show it, drawn from what we send: what the README shows. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.charts.labels import Box
from bot.charts.png import CHAT, png
from bot.charts.runs import Run, wrapped
from bot.charts.sheet import BODY, LEADING, SMALL, TITLE, Sheet

_GROUND, _RULE = "#ffffff", "#d0d0d2"
_TEXT, _FAINT, _LINK = "#1d1c1d", "#616061", "#1264a3"
_STYLES = {"primary": "#007a5a", "danger": "#e01e5a"}
"""Of buttons; see https://docs.slack.dev/reference/block-kit/block-elements/button-element."""
_MARGIN, _HEIGHT, _PAD, _GAP = 14.0, 25.0, 10.0, 7.0
_NAME = "Claimwatch"
_CAPTION = "Drawn by claimwatch screens from the blocks that are sent"
_MORE = "⋯"
_UNNAMED = "…"
"""Stands for the words that Slack itself puts into a menu without a prompt."""

Names = Mapping[str, str]
"""What channels and people are called, by id."""


def slack_sheet(sent: Mapping[str, Any], names: Names) -> Sheet:
    """Return the drawing of a message, or of a view."""
    height = _draw(Sheet(CHAT, 10, _GROUND), sent, names)
    sheet = Sheet(CHAT, height, _GROUND)
    _draw(sheet, sent, names)
    return sheet


def slack_picture(sent: Mapping[str, Any], names: Names) -> bytes:
    """Return that drawing as the bytes of a PNG file."""
    return png(slack_sheet(sent, names))


def _draw(sheet: Sheet, sent: Mapping[str, Any], names: Names) -> float:
    """Draw it, and return how high it is."""
    y = _title(sheet, sent, _MARGIN)
    for block in sent["blocks"]:
        y = _block(sheet, block, y, names) + _GAP
    if closing := [sent[part]["text"] for part in ("close", "submit") if part in sent]:
        buttons = [{"type": "button", "text": {"text": words}} for words in closing]
        y = _controls(sheet, buttons, _rule(sheet, y), names) + _GAP
    sheet.write(_CAPTION, _MARGIN, y + 2, size=9, colour=_FAINT)
    return y + 2 + 9 * LEADING + _MARGIN


def _title(sheet: Sheet, sent: Mapping[str, Any], y: float) -> float:
    """Draw what stands above: the title of a modal, or who posted a message."""
    if sent.get("type") == "home":
        return y
    modal = sent.get("title")
    words, size = (modal["text"], TITLE) if modal else (_NAME, BODY)
    sheet.write(words, _MARGIN, y, size=size, colour=_TEXT, strong=True)
    if modal:
        return _rule(sheet, y + size * LEADING + _GAP)
    side = _MARGIN + sheet.measure(words, size, strong=True) + 6
    sheet.fill(Box(side, y + 2, side + 28, y + 15), "#e8e8e8")
    sheet.write("APP", side + 14, y + 2.5, size=8.5, colour=_FAINT, align="center")
    return y + size * LEADING + 4


def _rule(sheet: Sheet, y: float) -> float:
    sheet.line([_MARGIN, sheet.width - _MARGIN], [y, y], _RULE)
    return y + _GAP


def _block(sheet: Sheet, block: Mapping[str, Any], y: float, names: Names) -> float:
    """Draw a block, and return where it ends."""
    match block["type"]:
        case "divider":
            return _rule(sheet, y)
        case "header":
            return _lines(sheet, [Run(block["text"]["text"], _TEXT, strong=True)], y, TITLE)
        case "context":
            words = " ".join(each["text"] for each in block["elements"])
            return _lines(sheet, [Run(words, _FAINT)], y, SMALL - 1)
        case "section":
            y = _lines(sheet, [Run(block["text"]["text"], _TEXT)], y, SMALL) + 2
            return _controls(sheet, [block["accessory"]], y, names) if "accessory" in block else y
        case "rich_text":
            for part in block["elements"]:
                for line in _parted(_run(element, names) for element in part["elements"]):
                    y = _lines(sheet, line, y, SMALL)
            return y
        case _:
            return _controls(sheet, block["elements"], y, names)


def _lines(sheet: Sheet, runs: Sequence[Run], y: float, size: float) -> float:
    """Write words over the width of the sheet, and return where they end."""
    for line in wrapped(sheet, runs, sheet.width - 2 * _MARGIN, size):
        x = _MARGIN
        for run in line:
            sheet.write(run.words, x, y, size=size, colour=run.colour, strong=run.strong)
            x += sheet.measure(run.words, size, strong=run.strong)
        y += size * LEADING
    return y


def _run(element: Mapping[str, Any], names: Names) -> Run:
    """Return an element of rich text as it looks; a moment in UTC."""
    strong = bool(element.get("style", {}).get("bold"))
    match element["type"]:
        case "date":
            at = datetime.fromtimestamp(element["timestamp"], UTC)
            return Run(f"{at.day} {at:%B %Y, %H:%M} UTC", _TEXT, strong)
        case "channel":
            return Run(f"#{names.get(element['channel_id'], 'channel')}", _LINK, strong)
        case "user":
            return Run(f"@{names.get(element['user_id'], 'member')}", _LINK, strong)
        case kind:
            return Run(element["text"], _LINK if kind == "link" else _TEXT, strong)


def _parted(runs: Iterator[Run]) -> list[list[Run]]:
    """Return the lines of runs in which some are line breaks."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.words.split("\n")
        lines[-1].append(Run(first, run.colour, run.strong))
        lines += [[Run(other, run.colour, run.strong)] for other in others]
    return lines


def _controls(sheet: Sheet, elements: Sequence[Mapping[str, Any]], top: float, names: Names) -> float:
    """Draw buttons and menus side by side as far as there is room, and return where they end."""
    x, end = _MARGIN, sheet.width - _MARGIN
    for each in elements:
        words, filled = _label(each, names), _STYLES.get(each.get("style", ""))
        menu = each["type"] not in ("button", "overflow")
        wide = end - _MARGIN if menu else sheet.measure(words, strong=True) + 2 * _PAD
        if x + wide > end and x > _MARGIN:
            x, top = _MARGIN, top + _HEIGHT + _GAP
        box = Box(x, top, x + wide, top + _HEIGHT)
        sheet.fill(box, filled or _RULE)
        if not filled:
            sheet.fill(Box(box.left + 1, box.top + 1, box.right - 1, box.bottom - 1), _GROUND)
        y = top + (_HEIGHT - SMALL * LEADING) / 2
        shown = sheet.fit(words, wide - (_PAD + 20 if menu else _PAD), strong=not menu)
        sheet.write(shown, x + _PAD, y, colour=_GROUND if filled else _TEXT, strong=not menu)
        if menu:
            sheet.write("▾", box.right - _PAD, y, colour=_FAINT, align="right")
        x += wide + _GAP
    return top + _HEIGHT


def _label(element: Mapping[str, Any], names: Names) -> str:
    """Return what stands on a control: of a menu what is chosen, or else its prompt."""
    if element["type"] == "overflow":
        return _MORE
    if element["type"] == "button":
        return str(element["text"]["text"])
    if channel := element.get("initial_conversation"):
        return f"#{names.get(channel, 'channel')}"
    chosen = [*element.get("initial_options", ()), element.get("initial_option")]
    said = ", ".join(each["text"]["text"] for each in chosen if each)
    return said or str(element.get("placeholder", {}).get("text", _UNNAMED))
