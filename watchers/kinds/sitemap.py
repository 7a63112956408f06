"""A sitemap (sitemaps.org), with or without the dates and headlines of Google's news extension."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from heapq import nlargest

from lxml import etree

from claims.feeds import Feed, Wishes
from watchers.dates import moment
from watchers.document import Document, Entry, ParseError
from watchers.kinds.links import matches, words_of
from watchers.stories import absolute

MAX_STORIES = 1_000
"""The newest of a sitemap, which may hold 50,000 (sitemaps.org); one of news holds 1,000 (Google)."""
CHILDREN_NAMED = 3
"""Of a sitemap of sitemaps, in the sentence that asks for one of them."""

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def read_sitemap(body: bytes, feed: Feed, *, content_type: str | None, base_url: str) -> Document:  # noqa: ARG001 - XML says its own
    """Return the stories of a sitemap that `Feed.links` stands for, newest first and undated ones last.

    Where it gives no headline, the words of the address stand for one.

    Raises:
        ParseError: it is no sitemap, or one of sitemaps: its newest are named, so that one can be watched.

    """
    root = _root(body)
    name = etree.QName(root).localname if root is not None else ""
    if name == "sitemapindex":
        newest = " ".join(newest_children(body, base_url))
        raise ParseError(f"this sitemap lists other sitemaps; watch one of them: {newest}")
    if root is None or name != "urlset":
        raise ParseError("the answer is not a sitemap")
    entries = _entries(root, "url", base_url)
    if feed.links:
        pattern = feed.links
        entries = (entry for entry in entries if matches(pattern, entry.link, base_url))
    return Document(tuple(_newest(entries, MAX_STORIES)), "", Wishes())


def newest_children(body: bytes, base_url: str) -> tuple[str, ...]:
    """Return the addresses of the `CHILDREN_NAMED` newest sitemaps that a sitemap of sitemaps lists."""
    root = _root(body)
    children = _entries(root, "sitemap", base_url) if root is not None else ()
    return tuple(entry.link for entry in _newest(children, CHILDREN_NAMED))


def _root(body: bytes) -> etree._Element | None:
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(body.lstrip(), parser)
    except etree.XMLSyntaxError:
        return None


def _entries(root: etree._Element, kind: str, base_url: str) -> Iterator[Entry]:
    for element in root.iterchildren(f"{{*}}{kind}"):
        said = {
            etree.QName(each).localname: (each.text or "").strip() for each in element.iterdescendants("{*}*")
        }
        if link := absolute(base_url, said.get("loc", "")):
            yield Entry(
                title=said.get("title") or words_of(link),
                link=link,
                dates=tuple(filter(None, (said.get("publication_date"), said.get("lastmod")))),
                language=said.get("language", ""),
            )


def _newest(entries: Iterable[Entry], most: int) -> list[Entry]:
    return nlargest(most, entries, key=lambda entry: next(filter(None, map(moment, entry.dates)), _LONG_AGO))
