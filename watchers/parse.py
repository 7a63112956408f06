"""Bytes to stories: a chain of readers, each checked, so that no feed is silently read in part.

    bytes --decode--> text --prepared--> UTF-8 from its root on --fast--> Document --stories_of--> Stories
                                         what the fast reader lost: --tolerant-->

An ordinary feed takes under a millisecond; what needs the tolerant reader may take seconds, so the bot calls
this through `watchers.apart`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from claims.feeds import Feed, Wishes
from claims.model import Story
from claims.text import plain_text
from watchers import fast, json_feed, tolerant
from watchers.decode import decode
from watchers.document import DIGEST, Damaged, Document, ParseError, digest
from watchers.kinds.table import READERS
from watchers.markup import parted, prepared
from watchers.stories import MAX_TITLE, language_of, stories_of

Read = Callable[[bytes], Document]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a document says that the last one did not, and what to remember of it."""

    stories: tuple[Story, ...]
    """Of entries that were not known, oldest first; undated ones last, as new as the visit."""
    entries: bytes
    """Digests of `watchers.document.DIGEST` bytes, one of all entries together and one of each: `known` at
    the next visit."""
    wishes: Wishes
    title: str = ""
    """The document's own name; empty where it has none."""
    language: str = "und"
    """The document's own, as for `Feed.language`; else the feed's."""


def checked(data: bytes) -> Document:
    """Return what a prepared document says: by the fast reader, by the tolerant one where it is damaged."""
    try:
        return fast.read(data)
    except Damaged:
        return tolerant.read(data)


def parse(
    body: bytes,
    feed: Feed,
    *,
    seen_at: datetime,
    content_type: str | None = None,
    base_url: str | None = None,
    known: bytes = b"",
    read: Read = checked,
) -> Parsed:
    """Return what is new in a feed document, or in one of another kind (`watchers.kinds`).

    Args:
        body: the document.
        feed: the feed that it answers for.
        seen_at: the moment of the visit.
        content_type: the whole header, of which only the charset counts.
        base_url: where the document came from, for relative links; the feed's address by default.
        known: `Parsed.entries` of the last document: an entry that stood there word for word makes no story.
        read: what reads prepared XML.

    Raises:
        ParseError: it is no feed.
        Damaged: `read` does.

    """
    base_url = base_url or feed.url
    text = decode(body, content_type, feed.language)
    if not text.strip():
        raise ParseError("the answer is empty")
    seen = {known[at : at + DIGEST] for at in range(0, len(known), DIGEST)}
    if reader := READERS.get(feed.kind):
        document, together = reader(body, feed, content_type=content_type, base_url=base_url), digest(body)
    elif text.lstrip().startswith("{"):
        document, together = json_feed.read(text), digest(text.encode("utf-8", "replace"))
    else:
        data = prepared(text)
        head, entries = parted(data)
        together = digest(entries)
        if entries and together in seen:
            return _parsed((), known, read(head), feed)
        document = read(data)
    digests = [entry.digest() for entry in document.entries]
    unknown = [each not in seen for each in digests]
    stories = stories_of(document, unknown, feed, seen_at=seen_at, base_url=base_url)
    return _parsed(stories, b"".join((together, *digests)), document, feed)


def _parsed(stories: tuple[Story, ...], entries: bytes, document: Document, feed: Feed) -> Parsed:
    title = plain_text(document.title[:MAX_TITLE])
    return Parsed(stories, entries, document.wishes, title, language_of(document.language) or feed.language)
