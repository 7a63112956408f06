"""JSON Feed 1 and 1.1 (jsonfeed.org); also what calls itself otherwise and has a list of items."""

import html
import json
from typing import Any

from claims.feeds import Wishes
from watchers.document import Document, Entry, ParseError
from watchers.markup import MAX_ENTRIES


def read(text: str) -> Document:
    """Return what a JSON document says.

    Raises:
        ParseError: it is no feed.

    """
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        raise ParseError("the answer is broken JSON, not a feed") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise ParseError("the answer is JSON without items, not a feed")
    entries = (_entry(item) for item in items[:MAX_ENTRIES] if isinstance(item, dict))
    return Document(tuple(entries), _text(feed, "language"), Wishes(), _text(feed, "title"))


def _entry(item: dict[str, Any]) -> Entry:
    plain = html.escape(_text(item, "summary") or _text(item, "content_text"), quote=False)
    return Entry(
        title=html.escape(_text(item, "title"), quote=False),
        summary=plain or _text(item, "content_html"),
        link=_text(item, "url") or _text(item, "external_url"),
        guid=_text(item, "id"),
        dates=tuple(date for key in ("date_published", "date_modified") if (date := _text(item, key))),
        language=_text(item, "language"),
    )


def _text(holder: dict[str, Any], key: str) -> str:
    """Return a text; version 1 asks to take a number for one (an id)."""
    value = holder.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""
