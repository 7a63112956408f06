"""Blocks, elements and views as small as Slack takes them, to be filled by tests."""

from typing import Any

from tests.support.slack_http import Json


def plain(text: str = "x") -> Json:
    """Return a text without markup."""
    return {"type": "plain_text", "text": text}


def button(name: str = "a", **more: Any) -> Json:
    """Return a button."""
    return {"type": "button", "text": plain(), "action_id": name, **more}


def option(value: str = "v", **more: Any) -> Json:
    """Return something to choose."""
    return {"text": plain(), "value": value, **more}


def options(count: int) -> list[Json]:
    """Return so many things to choose."""
    return [option(str(number)) for number in range(count)]


def select(kind: str = "static_select", **more: Any) -> Json:
    """Return a menu of one option, or of what is given."""
    groups = "option_groups" in more or not kind.endswith("static_select")
    return {"type": kind, "action_id": "s", **({} if groups else {"options": options(1)}), **more}


def actions(*elements: Json, **more: Any) -> Json:
    """Return a row of controls."""
    return {"type": "actions", "elements": list(elements), **more}


def section(**more: Any) -> Json:
    """Return a section with words."""
    return {"type": "section", "text": plain(), **more}


def rich(*elements: Json, kind: str = "rich_text_section", **more: Any) -> Json:
    """Return a block of rich text with one part."""
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(elements), **more}]}


def typing(name: str = "i", **more: Any) -> Json:
    """Return a line to be filled in."""
    element = {"type": "plain_text_input", "action_id": "entry", **more}
    return {"type": "input", "block_id": name, "label": plain(), "element": element}


def asking(element: Json) -> Json:
    """Return an input with this element."""
    return {"type": "input", "block_id": "i", "label": plain(), "element": element}


def modal(*blocks: Json, **more: Any) -> Json:
    """Return a view over the chat."""
    return {"type": "modal", "title": plain(), "blocks": list(blocks or [section()]), **more}


TEXT = {"type": "text", "text": "x"}
LINK = {"type": "link", "url": "https://a.example/1"}
PICTURE = {"type": "image", "image_url": "https://a.example/1.png", "alt_text": "x"}
CONFIRM = {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain()}
LONG_URL = "https://a.example/" + "a" * 3_000
CHECKBOXES = {"type": "checkboxes", "action_id": "c", "options": options(10)}
OVERFLOW = {"type": "overflow", "action_id": "more", "options": options(5)}
