"""A sitemap (sitemaps.org), with or without the dates and headlines of Google's news extension."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from heapq import nlargest
from itertools import islice

from lxml import etree

from claims.feeds import Feed, Wishes
from watchers.dates import moment
from watchers.document import Document, Entry, ParseError
from watchers.kinds.links import matches, words_of
from watchers.stories import absolute

MAX_STORIES = 1_000
"""The newest of a sitemap, which may hold 50,000 (sitemaps.org); one of news holds 1,000 (Google)."""
MAX_ADDRESSES = 50_000
"""That are looked at, the first: as many as a sitemap, and one of sitemaps, may have (sitemaps.org)."""
MAX_MARKS = 1_000_000
"""Tags and entities of one document: as many addresses with all that the standard knows have half of it."""
CHILDREN_NAMED = 3
"""Of a sitemap of sitemaps, in the sentence that asks for one of them."""

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def read_sitemap(body: bytes, feed: Feed, *, content_type: str | None, base_url: str) -> Document:  # noqa: ARG001 - XML says its own
    """Return the stories of a sitemap that `Feed.links` stands for, newest first and undated ones last.

    Where it gives no headline, the words of the address stand for one.

    Raises:
        ParseError: it is no sitemap, has more than `MAX_MARKS`, or is one of sitemaps: its newest are named,
            so that one can be watched.

    """
    root = _root(body)
    name = etree.QName(root).localname if root is not None else ""
    if name == "sitemapindex":
        children = " ".join(newest_children(body, base_url))
        raise ParseError(f"this sitemap lists other sitemaps; watch one of them: {children}")
    if root is None or name != "urlset":
        raise ParseError("the answer is not a sitemap")
    found = _entries(root, "url")
    if feed.links:
        pattern = feed.links
        found = (entry for entry in found if matches(pattern, entry.link, base_url))
    newest = _newest(found, MAX_STORIES, base_url)
    titled = (entry if entry.title else entry._replace(title=words_of(entry.link)) for entry in newest)
    return Document(tuple(titled), "", Wishes())


def newest_children(body: bytes, base_url: str) -> tuple[str, ...]:
    """Return the addresses of the `CHILDREN_NAMED` newest sitemaps that a sitemap of sitemaps lists.

    Raises:
        ParseError: it has more than `MAX_MARKS`.

    """
    root = _root(body)
    children = _entries(root, "sitemap") if root is not None else ()
    return tuple(entry.link for entry in _newest(children, CHILDREN_NAMED, base_url))


def _root(body: bytes) -> etree._Element | None:
    if body.count(b"<") + body.count(b"&") > MAX_MARKS:
        raise ParseError(f"the answer has more than {MAX_MARKS:,} tags and entities")
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(body.lstrip(), parser)
    except etree.XMLSyntaxError:
        return None


def _entries(root: etree._Element, kind: str) -> Iterator[Entry]:
    for element in islice(root.iterchildren(f"{{*}}{kind}"), MAX_ADDRESSES):
        if link := _text(element, "loc"):
            news = _child(element, "news")
            dates = _text(news, "publication_date"), _text(element, "lastmod")
            yield Entry(
                title=_text(news, "title"),
                link=link,
                dates=tuple(date for date in dates if date),
                language=_text(_child(news, "publication"), "language"),
            )


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    """Return the first child of that name; lxml looks for it, as a tag is copied whenever it is read."""
    return None if element is None else next(element.iterchildren(f"{{*}}{name}"), None)


def _text(element: etree._Element | None, name: str) -> str:
    child = _child(element, name)
    return "" if child is None else (child.text or "").strip()


def _newest(entries: Iterable[Entry], most: int, base_url: str) -> Iterator[Entry]:
    """Yield the newest entries whose address is one of the web."""
    newest = nlargest(
        most, entries, key=lambda entry: next(filter(None, map(moment, entry.dates)), _LONG_AGO)
    )
    for entry in newest:
        if link := absolute(base_url, entry.link):
            yield entry._replace(link=link)
