"""Every kind of document but the feeds, whose readers are a chain of their own (`watchers.parse`)."""

from collections.abc import Mapping
from typing import Protocol

from claims.feeds import Feed, FeedKind
from watchers.document import Document
from watchers.kinds.page import read_page
from watchers.kinds.sitemap import read_sitemap


class Reader(Protocol):
    """What reads a kind of document."""

    def __call__(self, body: bytes, feed: Feed, *, content_type: str | None, base_url: str) -> Document:
        """Return the entries of a document, or raise `ParseError`.

        Args:
            body: the document; there is something in it.
            feed: the feed that it answers for.
            content_type: the whole header, of which only the charset counts.
            base_url: where it came from.

        """
        ...


READERS: Mapping[FeedKind, Reader] = {
    FeedKind.PAGE: read_page,
    FeedKind.SITEMAP: read_sitemap,
}
