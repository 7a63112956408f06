"""What Slack's documentation says of a message's blocks, and what a person sees of them.

Limits: https://docs.slack.dev/reference/block-kit/blocks and its pages on the header, section, context and
rich text blocks, on text objects and on rich text elements.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

MAX_BLOCKS = 50
MAX_TEXT_OBJECT = 3_000
MAX_SECTION_FIELDS, MAX_SECTION_FIELD = 10, 2_000
MAX_HEADER = 150
MAX_CONTEXT_ELEMENTS = 10
MAX_ALL_TEXT = 9_600
"""Undocumented: the smallest total that others saw refused (https://github.com/slackapi/bolt-js/issues/2867)."""

_STYLES = {"bold", "italic", "strike", "code", "underline"}
_MARKUP = re.compile(r"<(?P<inside>[^<>]+)>")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}


class _Broken(Exception):
    pass


def refusal_of(blocks: object) -> str | None:
    """Return the error code with which Slack would refuse these blocks, or None."""
    if not isinstance(blocks, list) or len(blocks) > MAX_BLOCKS:
        return "invalid_blocks"
    try:
        for block in blocks:
            _block(block)
    except (_Broken, KeyError, TypeError, AttributeError):
        return "invalid_blocks"
    return "msg_blocks_too_long" if sum(map(len, _texts(blocks))) > MAX_ALL_TEXT else None


def seen(message: dict[str, Any]) -> str:
    """Return what a person reads of a message: its blocks, or without them its text."""
    if not message.get("blocks"):
        return _shown(message.get("text", ""))
    return "\n".join(_read(block) for block in message["blocks"])


def links(message: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the words and address of everything in a message that can be followed."""
    found = [
        (element["text"], element["url"])
        for element in _walk(message.get("blocks", []))
        if element.get("type") == "link"
    ]
    for text in _marked(message):
        for match in _MARKUP.finditer(text):
            url, _, words = match["inside"].partition("|")
            if not url.startswith(("!", "@", "#")):
                found.append((words or url, url))
    return found


def pings(message: dict[str, Any]) -> list[str]:
    """Return everything in a message that would call a person or a channel."""
    elements = [e["type"] for e in _walk(message.get("blocks", [])) if e.get("type") in ("user", "broadcast")]
    marked = [m["inside"] for text in _marked(message) for m in _MARKUP.finditer(text)]
    return elements + [inside for inside in marked if inside.startswith(("!", "@", "#"))]


def _block(block: dict[str, Any]) -> None:
    match block["type"]:
        case "section":
            _need(bool(block.get("text") or block.get("fields")), "text or fields")
            if "text" in block:
                _text_object(block["text"], MAX_TEXT_OBJECT)
            fields = block.get("fields", [])
            _need(len(fields) <= MAX_SECTION_FIELDS, "at most 10 fields")
            for field in fields:
                _text_object(field, MAX_SECTION_FIELD)
        case "header":
            _need(block["text"]["type"] == "plain_text", "a header is plain text")
            _text_object(block["text"], MAX_HEADER)
        case "context":
            _need(1 <= len(block["elements"]) <= MAX_CONTEXT_ELEMENTS, "1 to 10 elements")
            for element in block["elements"]:
                _text_object(element, MAX_TEXT_OBJECT)
        case "rich_text":
            _need(len(block["elements"]) > 0, "something in it")
            for section in block["elements"]:
                _need(section["type"] in ("rich_text_section", "rich_text_quote"), "a known section")
                _need(len(section["elements"]) > 0, "something in it")
                for element in section["elements"]:
                    _rich_element(element)
        case "divider":
            pass
        case other:
            raise _Broken(f"a block of type {other}")


def _text_object(text: dict[str, Any], limit: int) -> None:
    _need(text["type"] in ("plain_text", "mrkdwn"), "a text object")
    _need("emoji" not in text or text["type"] == "plain_text", "emoji only in plain text")
    _need("verbatim" not in text or text["type"] == "mrkdwn", "verbatim only in mrkdwn")
    _need(1 <= len(text["text"]) <= limit, f"1 to {limit} characters")


def _rich_element(element: dict[str, Any]) -> None:
    _need(set(element.get("style", {})) <= _STYLES, "a known style")
    match element["type"]:
        case "text":
            _need(len(element["text"]) > 0, "words")
        case "link":
            parts = urlsplit(element["url"])
            _need(bool(parts.scheme and parts.netloc) and len(element["url"]) <= 3_000, "an address")
        case "date":
            _need(type(element["timestamp"]) is int and "{" in element["format"], "a moment")
        case other:
            raise _Broken(f"an element of type {other}")


def _need(holds: bool, what: str) -> None:
    if not holds:
        raise _Broken(what)


def _walk(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for child in node.values():
            yield from _walk(child)
    elif isinstance(node, list):
        for child in node:
            yield from _walk(child)


def _texts(blocks: object) -> Iterator[str]:
    for node in _walk(blocks):
        yield from (
            value
            for key, value in node.items()
            if key in ("text", "url", "fallback") and isinstance(value, str)
        )


def _marked(message: dict[str, Any]) -> Iterator[str]:
    """Yield the texts of a message in which Slack reads markup."""
    yield message.get("text", "")
    yield from (n["text"] for n in _walk(message.get("blocks", [])) if n.get("type") == "mrkdwn")


def _read(block: dict[str, Any]) -> str:
    if block["type"] == "rich_text":
        sections = (section["elements"] for section in block["elements"])
        return "\n".join("".join(e.get("text") or e["fallback"] for e in each) for each in sections)
    objects = [block["text"]] if "text" in block else []
    objects += block.get("fields", []) + block.get("elements", [])
    return "\n".join(_shown(o["text"]) if o["type"] == "mrkdwn" else o["text"] for o in objects)


def _shown(marked: str) -> str:
    return re.sub("|".join(_ENTITIES), lambda m: _ENTITIES[m[0]], marked)
