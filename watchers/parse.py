"""Bytes to stories: RSS, Atom and RDF, well-formed or not.

feedparser is given bytes in memory and never a string: a string that looks like a path or an address would
be opened. It can take tens of seconds for hostile input, so the bot calls it through `watchers.apart`.
"""

import calendar
import hashlib
import io
import re
import time
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import islice, pairwise
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from claims.feeds import Feed, Wishes
from claims.model import Story
from claims.text import canonical_url, fold, plain_text, story_id
from watchers.decode import decode

MAX_STORIES = 1_000
"""The first entries of a document are read, the newest as feeds have it; wires print 20 to 100."""
MAX_TITLE = 500
"""Characters."""
MAX_SUMMARY = 4_000
"""Characters: some outlets print the whole article."""
MAX_MARKUP = 40_000
"""Characters of markup that are looked at for one summary."""
MAX_URL = 2_000
"""Characters; a longer link is dropped."""
MAX_GUID = 500
"""Characters; a longer guid is no guid."""
FUTURE = timedelta(minutes=10)
"""How far a clock may be ahead before its date is taken for the moment of the visit."""
ENTRY_DIGEST = 8
"""Bytes: among a thousand entries a new one is taken for known once in 10^16."""
OLDEST = datetime(1995, 1, 1, tzinfo=UTC)
"""Dates before the first news on the web are mistakes (an empty clock says 1970)."""

_WEB_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_TOP = 2_000  # characters in which a web page shows itself
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)(?:\s[^<>]*)?>")
_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")
_BREAKS = re.compile(r"[\t\r\n]")
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE)

# Zones of RFC 822 dates that feedparser takes for UTC. Ambiguous names (CST, IST) are left out.
_ZONES = {
    "": "+0000",
    "KST": "+0900",
    "JST": "+0900",
    "MSK": "+0300",
    "EEST": "+0300",
    "EET": "+0200",
    "CEST": "+0200",
    "CET": "+0100",
    "BST": "+0100",
}
_MAIL_DATE = re.compile(
    rf"((?:\w{{3}},?\s)?\d\d? \w{{3}} \d{{4}} \d\d?:\d\d(?::\d\d)?)(?: ({'|'.join(_ZONES)}))?", re.IGNORECASE
)


class ParseError(Exception):
    """The body is no feed; the words are a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a document says that the last one did not, and what to remember of it."""

    stories: tuple[Story, ...]
    """Of entries that were not known, oldest first; undated ones last, as new as the visit."""
    entries: bytes
    """A digest of `ENTRY_DIGEST` bytes of each entry, in the document's order: `known` at the next visit."""
    wishes: Wishes
    title: str = ""
    """The document's own name; empty where it has none."""
    language: str = "und"
    """The document's own, as for `Feed.language`; else the feed's."""


@dataclass(frozen=True, slots=True)
class _Item:
    digest: bytes
    title: str
    summary: str
    url: str
    guid: str | None
    published_at: datetime | None
    language: str
    relayed_from: str | None


def parse(
    body: bytes,
    feed: Feed,
    *,
    seen_at: datetime,
    content_type: str | None = None,
    base_url: str | None = None,
    known: bytes = b"",
) -> Parsed:
    """Return what is new in a feed document.

    Args:
        body: the document.
        feed: the feed that it answers for.
        seen_at: the moment of the visit.
        content_type: the whole header, of which only the charset counts.
        base_url: where the document came from, for relative links; the feed's address by default.
        known: `Parsed.entries` of the last document: an entry that stood there word for word makes no story.

    Raises:
        ParseError: it is no feed.

    """
    if not body.strip():
        raise ParseError("the answer is empty")
    text = _head(decode(body, content_type, feed.language).lstrip())
    document = _document(text)
    if not document.get("version"):
        page = _WEB_PAGE.search(text[:_TOP])
        raise ParseError("the answer is a web page, not a feed" if page else "the answer is not a feed")
    language = _language(_text(document["feed"], "language")) or feed.language
    items = [
        item
        for entry in _entries(document, text)
        if (item := _item(entry, language, seen_at, base_url or feed.url)).title or item.url
    ]
    digests = [item.digest for item in items]
    stories = _stories(items, _digests(known), feed, seen_at)
    stories.reverse()
    stories.sort(key=lambda story: story.at)
    title = plain_text(_text(document["feed"], "title")[:MAX_TITLE])
    return Parsed(tuple(stories), b"".join(digests), Wishes(), title, language)


def _digests(entries: bytes) -> frozenset[bytes]:
    return frozenset(entries[at : at + ENTRY_DIGEST] for at in range(0, len(entries), ENTRY_DIGEST))


def _head(text: str) -> str:
    """Return a document without the entries after the first `MAX_STORIES`: many take many seconds to read."""
    beyond = next(islice(_ENTRY.finditer(text), MAX_STORIES, None), None)
    if beyond is None:
        return text
    ends = deque(_END.finditer(text, beyond.start()), maxlen=1)
    return text[: beyond.start()] + (text[ends[0].end() :] if ends else "")


def _document(text: str) -> Any:
    """Return feedparser's record of a document. The header only says what encoding we hand over."""
    return feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )


def _entries(document: Any, text: str) -> list[Any]:
    """Return the entries of a document; a missing end tag costs one of them and not all that follow."""
    entries: list[Any] = document["entries"]
    starts = [match.start() for match in _ENTRY.finditer(text)]
    if len(entries) >= len(starts):
        return entries
    head = text[: starts[0]]
    alone = [_document(head + text[start:end])["entries"] for start, end in pairwise([*starts, len(text)])]
    apart = [entry for found in alone for entry in found]
    return apart if len(apart) > len(entries) else entries


def _item(entry: Mapping[str, Any], language: str, seen_at: datetime, base_url: str) -> _Item:
    title = _text(entry, "title")[:MAX_MARKUP]
    contents = [_text(content, "value") for content in entry.get("content", ())]
    summary = _text(entry, "summary") or next(iter(contents), "")
    guid = _text(entry, "id")
    relayed_from = plain_text(_text(entry.get("source", {}), "title")[:MAX_TITLE])
    dates = (_text(entry, key) for key in ("published", "updated", "created") if key in entry)
    raw = (title, summary, guid, _text(entry, "link"), relayed_from, *dates)
    return _Item(
        digest=hashlib.blake2b(repr(raw).encode(), digest_size=ENTRY_DIGEST).digest(),
        title=plain_text(title)[:MAX_TITLE].rstrip(),
        summary=plain_text(summary[:MAX_MARKUP])[:MAX_SUMMARY].rstrip(),
        url=_link(base_url, _text(entry, "link")),
        guid=guid if 0 < len(guid) <= MAX_GUID else None,
        published_at=_published_at(entry, seen_at),
        language=_language(_text(entry.get("title_detail", {}), "language")) or language,
        relayed_from=relayed_from or None,
    )


def _stories(items: list[_Item], known: frozenset[bytes], feed: Feed, seen_at: datetime) -> list[Story]:
    """Return each story of an unknown entry once, in the order of the document.

    A guid that stands beside several addresses names none of them, nor does an address (a home page) that
    stands beside several titles and guids.
    """
    urls_of = _values((item.guid, canonical_url(item.url)) for item in items if item.guid)
    titles_of = _values((canonical_url(item.url), fold(item.title)) for item in items if item.url)
    guids_of = _values((canonical_url(item.url), item.guid) for item in items if item.url)
    stories: dict[str, Story] = {}
    old: set[str] = set()
    for item in items:
        page = canonical_url(item.url)
        shared = len(titles_of[page]) > 1 and (item.guid is None or len(guids_of[page]) > 1)
        guid = item.guid if item.guid and len(urls_of[item.guid]) == 1 else None
        key = story_id(feed.url, "" if shared else item.url, guid, item.title)
        if item.digest in known:
            if key not in stories:
                old.add(key)
            continue
        story = Story(
            id=key,
            feed_url=feed.url,
            url=item.url,
            title=item.title,
            summary=item.summary,
            language=item.language,
            source=feed.source,
            published_at=item.published_at,
            seen_at=seen_at,
            guid=guid,
            relayed_from=item.relayed_from,
        )
        if key not in old:
            stories.setdefault(key, story)
    return list(stories.values())


def _values(pairs: Iterable[tuple[str | None, str | None]]) -> Mapping[str | None, set[str | None]]:
    found: dict[str | None, set[str | None]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found


def _text(holder: Any, key: str) -> str:
    """Return a text of feedparser's loosely shaped records, or `""` where there is none."""
    value = holder.get(key) if isinstance(holder, Mapping) else None
    return value if isinstance(value, str) else ""


def _link(base_url: str, link: str) -> str:
    """Return the absolute web address of a link, or `""` where it is none."""
    if not link.strip():
        return ""
    try:
        url = urljoin(base_url, _BREAKS.sub("", link.strip()).replace(" ", "%20"))
        parts = urlsplit(url)
    except ValueError:
        return ""
    usable = parts.scheme in ("http", "https") and parts.hostname and len(url) <= MAX_URL
    return url if usable and url.isprintable() else ""


def _language(tag: str) -> str | None:
    """Return the ISO 639-1 code of a language tag (RFC 5646), or None where it has none."""
    match = _LANGUAGE.fullmatch(tag.strip())
    return match[1].lower() if match else None


def _published_at(entry: Mapping[str, Any], seen_at: datetime) -> datetime | None:
    """Return when it says that it was published; a naive date is UTC."""
    parsed = next(
        (
            stamp
            for key in ("published_parsed", "updated_parsed", "created_parsed")
            # `in` first: asked for a missing update, feedparser answers with the publication and warns
            if key in entry and (stamp := entry[key])
        ),
        None,
    )
    try:
        moment = datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None
    if moment is None or moment < OLDEST:
        return None
    return seen_at if moment > seen_at + FUTURE else moment


def _mail_date(text: str) -> time.struct_time | None:
    """Read an RFC 822 date without a zone, or with one that feedparser does not know."""
    match = _MAIL_DATE.fullmatch(text.strip())
    if not match:
        return None
    zone = _ZONES[(match[2] or "").upper()]
    return parsedate_to_datetime(f"{match[1]} {zone}").utctimetuple()


feedparser.registerDateHandler(_mail_date)
