"""The feeds of a site: what its page names, else what its robots.txt and its usual addresses hold."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urljoin, urlsplit

from claims.feeds import FeedKind
from claims.text import canonical_url, plain_text
from watchers import pages
from watchers.decode import decode
from watchers.document import ParseError
from watchers.fetched import Fetched, FetchFailed, FetchResult
from watchers.kinds.sitemap import newest_children
from watchers.stories import absolute

MAX_REQUESTS = 12
"""Made for one address that somebody gives, its own included."""
MAX_NAMED = 5
"""Feeds of one page that are tried: a site of many sections names them all on every page."""

_TYPES = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
)
_FEED_LINK = re.compile(r"(?:^|[/._?=&-])(?:rss2?|atom|feeds?|rdf)(?:$|[/._?=&-])", re.IGNORECASE)
_GUESSES = ("/feed", "/rss", "/rss.xml", "/atom.xml", "/feed.json", "/sitemap.xml")
_TOP = 4_096  # bytes in which a document shows what it is
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_ROOT = re.compile(r"<(?:\w+:)?(rss|feed|rdf|urlset|sitemapindex|html)[\s>]", re.IGNORECASE)
_JSON_FEED = re.compile(r"\s*\{.*\"version\"\s*:\s*\"https?:\\?/\\?/jsonfeed\.org", re.DOTALL)
_SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """An address that may be, or was seen to be, a feed."""

    url: str
    title: str
    """As the page names it; may be empty."""
    kind: FeedKind


@dataclass(frozen=True, slots=True)
class Seen:
    """What a document is, and which others it leads to."""

    kind: FeedKind | None
    """None for one that cannot be watched as it is: a page, a sitemap of sitemaps, robots.txt."""
    leads: tuple[FoundFeed, ...] = ()
    """The one that it names first comes first."""


@dataclass(frozen=True, slots=True)
class Discovered:
    """What an address that somebody gave leads to."""

    feeds: tuple[FoundFeed, ...]
    """Each answered as a feed or a sitemap; the one that the site names first comes first."""
    trouble: str = ""
    """Why there is none: a sentence."""


Get = Callable[[str], Awaitable[FetchResult]]
Call = Callable[[Callable[[], Seen]], Awaitable[Seen]]


async def discover(get: Get, call: Call, url: str) -> Discovered:
    """Return the feeds of a site.

    The address itself where it is one; else those that its page names; else the first that answers of the
    sitemaps that robots.txt names and of the usual addresses.

    Args:
        get: fetches any document with the manners of a feed's, and never raises for trouble.
        call: looks at it where that can do no harm (`watchers.apart`).
        url: what somebody gave.

    """
    search = _Search(get, call)
    given = await search.at(url)
    if given is None:
        return Discovered((), search.trouble)
    if given.kind:
        return Discovered((FoundFeed(url, "", given.kind),))
    named = [await search.feed(lead) for lead in given.leads[:MAX_NAMED]]
    if feeds := tuple(feed for feed in named if feed):
        return Discovered(feeds)
    robots = await search.at(urljoin(url, "/robots.txt"))
    for lead in (*(robots.leads if robots else ()), *guesses(url)):
        if feed := await search.feed(lead):
            return Discovered((feed,))
    return Discovered((), f"no feed was found at {url}; its page may be watched as kind page")


class _Search:
    """At most `MAX_REQUESTS`, none of them twice."""

    def __init__(self, get: Get, call: Call) -> None:
        self._get = get
        self._call = call
        self._asked: set[str] = set()
        self.trouble = ""

    async def at(self, url: str) -> Seen | None:
        """Return what stands at an address; None where nothing does, or enough was asked."""
        if url in self._asked or len(self._asked) >= MAX_REQUESTS:
            return None
        self._asked.add(url)
        answer = await self._get(url)
        if not isinstance(answer, Fetched):
            self.trouble = (
                answer.error if isinstance(answer, FetchFailed) else f"{url} wants to be left alone"
            )
            return None
        try:
            return await self._call(
                partial(seen, answer.body, content_type=answer.content_type, url=answer.url)
            )
        except ParseError as error:
            self.trouble = f"{url}: {error}"
            return None

    async def feed(self, lead: FoundFeed) -> FoundFeed | None:
        """Return a lead that is a feed, or the first that is of the sitemaps that it lists."""
        seen = await self.at(lead.url)
        if seen is None or seen.kind:
            return replace(lead, kind=seen.kind) if seen and seen.kind else None
        if lead.kind is not FeedKind.SITEMAP:
            return None
        children = [child for child in seen.leads if child.kind is FeedKind.SITEMAP]
        return await self.feed(children[0]) if children else None


def seen(body: bytes, *, content_type: str | None, url: str) -> Seen:
    """Return what a document is; what says nothing of itself leads nowhere."""
    top = _COMMENT.sub("", decode(body[:_TOP], content_type, "und"))
    if urlsplit(url).path == "/robots.txt":
        return Seen(None, sitemaps_of(decode(body, content_type, "und"), url))
    root = _ROOT.search(top)
    name = root[1].lower() if root else ""
    if name in ("rss", "feed", "rdf") or _JSON_FEED.match(top):
        return Seen(FeedKind.FEED)
    if name == "urlset":
        return Seen(FeedKind.SITEMAP)
    if name == "sitemapindex":
        return Seen(None, tuple(FoundFeed(u, "", FeedKind.SITEMAP) for u in newest_children(body, url)))
    return Seen(None, find_feeds(body, url, content_type))


def find_feeds(page: bytes, base_url: str, content_type: str | None = None) -> tuple[FoundFeed, ...]:
    """Return the feeds that a page names as its own (HTML standard, 4.6.7.1), else links that look like some.

    Args:
        page: the page.
        base_url: where it came from.
        content_type: the whole header, of which only the charset counts.

    """
    tree = pages.page_tree(page, content_type, "und")
    if tree is None:
        return ()
    base = pages.base_of(tree, base_url)
    named = [
        FoundFeed(address, plain_text(link.get("title", "")), FeedKind.FEED)
        for link in tree.iter("link")
        if "alternate" in link.get("rel", "").lower().split()
        and link.get("type", "").partition(";")[0].strip().lower() in _TYPES
        and (address := absolute(base, link.get("href", "")))
    ]
    linked = (
        FoundFeed(address, pages.words(link), FeedKind.FEED)
        for link, address in pages.links(tree, base)
        if pages.same_site(address, base) and _FEED_LINK.search(_tail(address))
    )
    by_address: dict[str, FoundFeed] = {}
    for feed in named or linked:
        by_address.setdefault(canonical_url(feed.url), feed)
    return tuple(by_address.values())


def guesses(url: str) -> tuple[FoundFeed, ...]:
    """Return where the feeds of a site usually are."""
    return tuple(
        FoundFeed(urljoin(url, path), "", FeedKind.SITEMAP if "sitemap" in path else FeedKind.FEED)
        for path in _GUESSES
    )


def sitemaps_of(robots: str, url: str) -> tuple[FoundFeed, ...]:
    """Return the sitemaps that a robots.txt names (sitemaps.org), those of news first."""
    named = [absolute(url, line) for line in _SITEMAP_LINE.findall(robots)]
    ordered = sorted(filter(None, dict.fromkeys(named)), key=lambda address: "news" not in address)
    return tuple(FoundFeed(address, "", FeedKind.SITEMAP) for address in ordered)


def _tail(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"
