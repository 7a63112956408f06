"""Feeds as feedparser reads them, which forgives what nobody else does and takes thirty times as long.

It is given bytes in memory and never a string: a string that looks like a path or an address would be opened.
Hostile input can take it many seconds, so it is only ever used behind a deadline (`watchers.apart`).
"""

import io
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import feedparser

from watchers.document import Document, Entry, ParseError, wishes
from watchers.markup import capped, mended, starts


def read(data: bytes) -> Document:
    """Return what a prepared document says, as far as it can be made out.

    Raises:
        ParseError: it is no feed.

    """
    data = capped(mended(data))
    document = _parsed(data)
    if not document.get("version"):
        raise ParseError("the answer is not a feed")
    feed = document["feed"]
    return Document(
        tuple(_entry(entry) for entry in _entries(document, data)),
        _text(feed, "language"),
        wishes(
            ttl=_text(feed, "ttl"),
            period=_text(feed, "sy_updateperiod"),
            frequency=_text(feed, "sy_updatefrequency"),
        ),
        _text(feed, "title"),
    )


def _parsed(data: bytes) -> Any:
    """Return feedparser's record of a document."""
    return feedparser.parse(
        io.BytesIO(data),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )


def _entries(document: Any, data: bytes) -> list[Any]:
    """Return the entries of a document; a missing end tag costs one of them and not all that follow."""
    entries: list[Any] = document["entries"]
    begins = starts(data)
    if len(entries) >= len(begins):
        return entries
    head = data[: begins[0]]
    alone = [_parsed(head + data[start:end])["entries"] for start, end in pairwise([*begins, len(data)])]
    apart = [entry for found in alone for entry in found]
    return apart if len(apart) > len(entries) else entries


def _entry(entry: Any) -> Entry:
    contents = [_text(content, "value") for content in entry.get("content", ())]
    title = entry.get("title_detail", {})
    return Entry(
        title=_text(entry, "title"),
        summary=_text(entry, "summary") or next(iter(contents), ""),
        link=_text(entry, "link"),
        base=_text(title, "base"),
        guid=_text(entry, "id"),
        # `in` first: asked for a missing update, feedparser answers with the publication and warns
        dates=tuple(_text(entry, key) for key in ("published", "updated", "created") if key in entry),
        language=_text(title, "language"),
        relayed_from=_text(entry.get("source", {}), "title"),
    )


def _text(holder: Any, key: str) -> str:
    """Return a text of feedparser's loosely shaped records, or `""` where there is none."""
    value = holder.get(key) if isinstance(holder, Mapping) else None
    return value if isinstance(value, str) else ""
