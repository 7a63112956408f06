"""A feed document made ready for reading, and where its entries stand in it."""

import re
from itertools import islice

from watchers.document import ParseError

MAX_ENTRIES = 1_000
"""The first entries of a document are read, the newest as feeds have it; wires print 20 to 100."""

_BEFORE_ROOT = 16_384
"""Bytes within which the root must begin: servers print warnings and comments before it."""
_ROOT = re.compile(rb"<!--|<(?:[\w.-]{1,20}:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_WEB_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_TOP = 2_000
"""Bytes in which a web page shows itself."""
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
_ENTRY = re.compile(rb"<(?:[\w.-]{1,20}:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)
_BARE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)")


def prepared(text: str) -> bytes:
    """Return a document as UTF-8 from its root on.

    Declarations before the root are left out: the text is decoded, and no entity of theirs is wanted.

    Raises:
        ParseError: no root of a feed is near the beginning.

    """
    data = text.encode("utf-8", "replace")
    root = _root(data)
    if root is None:
        page = _WEB_PAGE.search(data, 0, _TOP)
        raise ParseError("the answer is a web page, not a feed" if page else "the answer is not a feed")
    return data[root:]


def starts(data: bytes) -> list[int]:
    """Return where the start tags of entries stand, those in comments and CDATA included."""
    return [match.start() for match in _ENTRY.finditer(data)]


def parted(data: bytes) -> tuple[bytes, bytes]:
    """Return what stands before the first entry, and from there to the end tag of the last one."""
    first = _ENTRY.search(data)
    if first is None:
        return data, b""
    begin = first.start()
    end = data.rfind(b"</" + first[0][1:], begin)
    return data[:begin], data[begin : len(data) if end < 0 else end]


def mended(data: bytes) -> bytes:
    """Return a document without control characters, in which every `&` unknown to XML stands for itself.

    An address with bare ones would lose its parameters, and HTML's entities are read later, as text.
    """
    first, *sections = data.translate(None, _CONTROLS).split(b"<![CDATA[")
    parts = [_BARE.sub(b"&amp;", first)]
    for section in sections:
        inside, end, after = section.partition(b"]]>")
        parts.append(b"".join((b"<![CDATA[", inside, end, _BARE.sub(b"&amp;", after))))
    return b"".join(parts)


def capped(data: bytes) -> bytes:
    """Return a document without what follows its first `MAX_ENTRIES` entries, but with its end."""
    beyond = next(islice(_ENTRY.finditer(data), MAX_ENTRIES, None), None)
    if beyond is None:
        return data
    end = data.rfind(b"</" + beyond[0][1:], beyond.start())
    close = data.find(b">", end)
    return data[: beyond.start()] + (data[close + 1 :] if end >= 0 and close >= 0 else b"")


def _root(data: bytes) -> int | None:
    at = 0
    while found := _ROOT.search(data, at, _BEFORE_ROOT):
        if found[0] != b"<!--":
            return found.start()
        end = data.find(b"-->", found.end(), _BEFORE_ROOT)
        at = found.end() if end < 0 else end
    return None
