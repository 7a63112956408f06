"""What Slack's documentation says of blocks, and what a person reads of those of a message.

https://docs.slack.dev/reference/block-kit/blocks, with a page for every kind of block and of rich text.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from tests.support.slack_elements import ID, element_in, image_block, plain, words
from tests.support.slack_http import Json
from tests.support.slack_shapes import (
    Check,
    Refusal,
    Shape,
    Wrong,
    address,
    flag,
    kinds,
    many,
    need,
    one_of,
    string,
    walk,
    whole,
)

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
"""By surface."""
MAX_ALL_TEXT = 9_600
"""Undocumented: the smallest total that others saw refused (https://github.com/slackapi/bolt-js/issues/2867)."""

_MARKUP = re.compile(r"<(?P<inside>[^<>]+)>")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_ANY = 100_000
"""Of things that the documentation sets no bound to."""


def refusal_of(blocks: object, surface: str = "message") -> Refusal | None:
    """Return the error code with which Slack would refuse the blocks of a message, or None.

    `surface` is `message`, `modal` or `home`; views have more to them, see `slack_view_limits`.
    """
    try:
        check_blocks(blocks, "blocks", surface)
    except Wrong as wrong:
        return Refusal("invalid_blocks", str(wrong))
    total = sum(map(len, _texts(blocks)))
    if surface == "message" and total > MAX_ALL_TEXT:
        return Refusal("msg_blocks_too_long", f"blocks: {total} characters in all")
    return None


def check_blocks(blocks: object, where: str, surface: str) -> None:
    """Hold blocks to what may stand on a surface.

    Raises:
        Wrong: they break a rule.

    """
    least = 0 if surface == "message" else 1
    known = {kind: shape for kind, shape in _BLOCKS.items() if surface != "message" or kind != "input"}
    many(kinds("block", known), MOST_BLOCKS[surface], least)(blocks, where)
    assert isinstance(blocks, list)
    ids = Counter(block["block_id"] for block in blocks if "block_id" in block)
    need(not ids or max(ids.values()) == 1, where, f"block_ids that differ, not {dict(ids)}")
    nodes = list(walk(blocks))
    need(sum(bool(n.get("focus_on_load")) for n in nodes) <= 1, where, "one focus_on_load at most")
    enabled = [n for n in nodes if n.get("response_url_enabled")]
    inputs = [block["element"] for block in blocks if block["type"] == "input"]
    fits = surface == "modal" and all(any(n is element for element in inputs) for n in enabled)
    need(not enabled or fits, where, "response_url_enabled only in the input blocks of a modal")


def seen(message: Json) -> str:
    """Return what a person reads of a message: its blocks, or without them its text."""
    if not message.get("blocks"):
        return shown(message.get("text", ""))
    return "\n".join(words for block in message["blocks"] if (words := read(block)))


def links(message: Json) -> list[tuple[str, str]]:
    """Return the words and address of everything in a message that can be followed."""
    found = [
        (element["text"], element["url"])
        for element in walk(message.get("blocks", []))
        if element.get("type") == "link"
    ]
    for text in _marked(message):
        for match in _MARKUP.finditer(text):
            url, _, words = match["inside"].partition("|")
            if not url.startswith(("!", "@", "#")):
                found.append((words or url, url))
    return found


def pings(message: Json) -> list[str]:
    """Return everything in a message that would call a person or a channel."""
    calling = ("user", "usergroup", "broadcast")
    elements = [e["type"] for e in walk(message.get("blocks", [])) if e.get("type") in calling]
    marked = [m["inside"] for text in _marked(message) for m in _MARKUP.finditer(text)]
    return elements + [inside for inside in marked if inside.startswith(("!", "@", "#"))]


def shown(marked: str) -> str:
    """Return text with markup as it is read, its entities resolved."""
    return re.sub("|".join(_ENTITIES), lambda m: _ENTITIES[m[0]], marked)


# ---- rich text ---------------------------------------------------------------------------------------

_STYLES = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
_STYLE = Shape({}, dict.fromkeys(_STYLES, flag))
_STYLED: Mapping[str, Check] = {"style": _STYLE}
_RICH: Mapping[str, Shape] = {
    "text": Shape({"text": string(_ANY)}, _STYLED),
    "link": Shape({"url": address}, {"text": string(_ANY), "unsafe": flag, **_STYLED}),
    "user": Shape({"user_id": ID}, _STYLED),
    "usergroup": Shape({"usergroup_id": ID}, _STYLED),
    "channel": Shape({"channel_id": ID}, _STYLED),
    "emoji": Shape({"name": string(255)}, {"unicode": string(255), "skin_tone": whole(1, 6), **_STYLED}),
    "broadcast": Shape({"range": one_of("here", "channel", "everyone")}, _STYLED),
}


def _moment(element: Json, where: str) -> None:
    need("{" in element["format"], where, "a format with something of the moment in it")


_DATE = Shape(
    {"timestamp": whole(0, 1 << 53), "format": string(_ANY)},
    {"fallback": string(_ANY), "url": address, **_STYLED},
    _moment,
)
_INLINE = many(kinds("element of rich text", {**_RICH, "date": _DATE}), _ANY)
_PRE = many(kinds("element of preformatted text", {k: _RICH[k] for k in ("text", "link")}), _ANY)
_SECTION = Shape({"elements": _INLINE}, {})
_PARTS: Mapping[str, Shape] = {
    "rich_text_section": _SECTION,
    "rich_text_quote": Shape({"elements": _INLINE}, {"border": whole(0, 1)}),
    "rich_text_preformatted": Shape({"elements": _PRE}, {"border": whole(0, 1), "language": string(255)}),
    "rich_text_list": Shape(
        {
            "elements": many(kinds("line of a list", {"rich_text_section": _SECTION}), _ANY),
            "style": one_of("bullet", "ordered"),
        },
        {"indent": whole(0, 8), "offset": whole(0, _ANY), "border": whole(0, 1)},
    ),
}

# ---- blocks ------------------------------------------------------------------------------------------


def _section(block: Json, where: str) -> None:
    need("text" in block or "fields" in block, where, "text or fields")


def _actions_differ(block: Json, where: str) -> None:
    ids = [element["action_id"] for element in block["elements"] if "action_id" in element]
    need(len(ids) == len(set(ids)), where, f"action_ids that differ, not {ids}")


def _said_or_pictured(value: Any, where: str) -> None:
    image = isinstance(value, dict) and value.get("type") == "image"
    (element_in("context") if image else words(3_000))(value, where)


_NAMED: Mapping[str, Check] = {"block_id": ID}
_BLOCKS: Mapping[str, Shape] = {
    "section": Shape(
        {},
        {
            "text": words(3_000),
            "fields": many(words(2_000), 10),
            "accessory": element_in("accessory"),
            "expand": flag,
            **_NAMED,
        },
        _section,
    ),
    "actions": Shape({"elements": many(element_in("actions"), 25)}, _NAMED, _actions_differ),
    "context": Shape({"elements": many(_said_or_pictured, 10)}, _NAMED),
    "header": Shape({"text": plain(150)}, _NAMED),
    "divider": Shape({}, _NAMED),
    "image": image_block,
    "rich_text": Shape({"elements": many(kinds("part of rich text", _PARTS), _ANY)}, _NAMED),
    "input": Shape(
        {"label": plain(2_000), "element": element_in("input")},
        {"hint": plain(2_000), "optional": flag, "dispatch_action": flag, **_NAMED},
    ),
}


# ---- reading -----------------------------------------------------------------------------------------


def _texts(blocks: object) -> Iterator[str]:
    for node in walk(blocks):
        yield from (
            value
            for key, value in node.items()
            if key in ("text", "url", "fallback") and isinstance(value, str)
        )


def _marked(message: Json) -> Iterator[str]:
    """Yield the texts of a message in which Slack reads markup."""
    yield message.get("text", "")
    yield from (n["text"] for n in walk(message.get("blocks", [])) if n.get("type") == "mrkdwn")


def read(block: Json) -> str:
    """Return the words of a block, without those on its controls."""
    match block["type"]:
        case "rich_text":
            return "\n".join(_part(part) for part in block["elements"])
        case "input":
            said = [block["label"], *([block["hint"]] if "hint" in block else [])]
        case "image":
            return str(block["alt_text"])
        case "actions" | "divider":
            return ""
        case _:
            said = [*([block["text"]] if "text" in block else []), *block.get("fields", [])]
            said += block.get("elements", [])
    return "\n".join(_object(each) for each in said)


def _part(part: Json) -> str:
    if part["type"] == "rich_text_list":
        return "\n".join(_part(line) for line in part["elements"])
    return "".join(_inline(element) for element in part["elements"])


def _inline(element: Json) -> str:
    match element["type"]:
        case "text":
            return str(element["text"])
        case "link":
            return str(element.get("text") or element["url"])
        case "date":
            return str(element.get("fallback", ""))
        case "user":
            return f"@{element['user_id']}"
        case "usergroup":
            return f"@{element['usergroup_id']}"
        case "channel":
            return f"#{element['channel_id']}"
        case "broadcast":
            return f"@{element['range']}"
        case _:
            return f":{element['name']}:"


def _object(said: Json) -> str:
    match said["type"]:
        case "mrkdwn":
            return shown(said["text"])
        case "image":
            return str(said["alt_text"])
        case _:
            return str(said["text"])
