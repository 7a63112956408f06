"""The feeds of a site, found from any of its addresses."""

from collections.abc import Callable, Mapping

import pytest

from claims.feeds import FeedKind
from tests.support.feed_server import feed_server, item, rss
from tests.support.fetching import policy
from watchers.apart import ParserProcess
from watchers.discover import MAX_NAMED, MAX_REQUESTS, Discovered, FoundFeed, Seen, discover, find_feeds, seen
from watchers.fetch import Fetcher
from watchers.fetched import Fetched, FetchFailed, FetchResult

SITE = "https://herald.example"
FEED = rss(item("Sample story", f"{SITE}/n/1"))
SITEMAP = f"<urlset><url><loc>{SITE}/n/rason-port</loc></url></urlset>"
DECLARED = """
<link rel="alternate" type="application/rss+xml" title="News &amp; more" href="/rss.xml">
<link rel=alternate type=application/atom+xml href=atom.xml>
<a href="/rss/other">RSS</a>"""
LINKED = """
<a href="/rss/northkorea.xml">북한 RSS</a> <a href="/feedback">Feedback</a> <a href="rss.htm?lang=e">EN</a>
<a href="https://reader.example/feed/">Reader</a> <a href="/rss/northkorea.xml#top">again</a>"""


class Site:
    """A site that answers what it was given, and keeps what it was asked."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    async def get(self, url: str) -> FetchResult:
        """Return what stands at an address."""
        self.asked.append(url)
        body = self.pages.get(url.removeprefix(SITE))
        if body is None:
            return FetchFailed(f"{url} answered 404 Not Found", 404)
        return Fetched(body.encode(), url, False, "text/html; charset=utf-8", None, None)


async def call(look: Callable[[], Seen]) -> Seen:
    """Look on the spot: documents here are small and friendly."""
    return look()


async def found(site: Site, path: str = "/") -> Discovered:
    """Return what an address of the site leads to."""
    return await discover(site.get, call, SITE + path)


def paths(discovered: Discovered) -> list[tuple[str, FeedKind]]:
    """Return path and kind of every feed found."""
    return [(feed.url.removeprefix(SITE), feed.kind) for feed in discovered.feeds]


@pytest.mark.parametrize(
    ("page", "named"),
    [
        (DECLARED, [("News & more", "/rss.xml"), ("", "/section/atom.xml")]),
        (
            '<link rel="ALTERNATE nofollow" type="Application/Feed+JSON; charset=utf-8" href="/feed.json">',
            [("", "/feed.json")],
        ),
        (LINKED, [("북한 RSS", "/rss/northkorea.xml"), ("EN", "/section/rss.htm?lang=e")]),
        ('<link rel="alternate" hreflang="ko" href="/ko"><link rel="stylesheet" href="/feed.css">', []),
        ('<link rel="alternate" type="application/rss+xml" href="javascript:x">', []),
        ("", []),
    ],
    ids=["named", "json", "linked", "other alternates", "no address", "nothing"],
)
def test_a_page_names_its_feeds(page: str, named: list[tuple[str, str]]) -> None:
    """What a page declares as its feeds counts, and only where nothing is, the links that look like some."""
    feeds = find_feeds(page.encode(), f"{SITE}/section/")

    assert [(feed.title, feed.url.removeprefix(SITE)) for feed in feeds] == named


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (FEED, FeedKind.FEED),
        ('\ufeff<?xml version="1.0"?><!-- <html> --><feed xmlns="sample"/>', FeedKind.FEED),
        ('<rdf:RDF xmlns:rdf="x"/>', FeedKind.FEED),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', FeedKind.FEED),
        ('{"version": "7"}', None),
        (SITEMAP, FeedKind.SITEMAP),
        ("<!doctype html><html><body><code>&lt;rss></code></body></html>", None),
        ("", None),
    ],
)
def test_a_document_shows_what_it_is(body: str, kind: FeedKind | None) -> None:
    """The root of a document says whether it can be watched as it is."""
    assert seen(body.encode(), content_type=None, url=f"{SITE}/x").kind == kind


async def test_the_address_of_a_feed_is_that_feed() -> None:
    """What somebody gives may be a feed already: nothing else is asked."""
    site = Site({"/rss": FEED})

    assert await found(site, "/rss") == Discovered((FoundFeed(f"{SITE}/rss", "", FeedKind.FEED),))
    assert site.asked == [f"{SITE}/rss"]


async def test_the_feeds_that_a_page_names_are_tried_in_order() -> None:
    """Those that answer as feeds are offered; a dead one is not."""
    page = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{name}" href="/{name}">'
        for name in ("dead", "page", "news", "sport")
    )
    site = Site({"/": page, "/page": "<html></html>", "/news": FEED, "/sport": FEED})

    assert await found(site) == Discovered(
        (FoundFeed(f"{SITE}/news", "news", FeedKind.FEED), FoundFeed(f"{SITE}/sport", "sport", FeedKind.FEED))
    )
    assert site.asked == [SITE + path for path in ("/", "/dead", "/page", "/news", "/sport")]


@pytest.mark.parametrize(
    ("pages", "feeds"),
    [
        ({"/rss.xml": FEED, "/atom.xml": FEED}, [("/rss.xml", FeedKind.FEED)]),
        ({"/sitemap.xml": SITEMAP}, [("/sitemap.xml", FeedKind.SITEMAP)]),
        (
            {
                "/robots.txt": "Sitemap: /all.xml\nsitemap:/news.xml",
                "/all.xml": SITEMAP,
                "/news.xml": SITEMAP,
            },
            [("/news.xml", FeedKind.SITEMAP)],
        ),
        (
            {
                "/robots.txt": f"User-agent: *\nSitemap: {SITE}/index.xml",
                "/index.xml": f"<sitemapindex><sitemap><loc>{SITE}/a.xml</loc></sitemap></sitemapindex>",
                "/a.xml": SITEMAP,
            },
            [("/a.xml", FeedKind.SITEMAP)],
        ),
    ],
    ids=["usual address", "usual sitemap", "robots.txt", "sitemap of sitemaps"],
)
async def test_a_page_that_names_none_may_have_one(
    pages: dict[str, str], feeds: list[tuple[str, FeedKind]]
) -> None:
    """The sitemaps of robots.txt and the usual addresses are tried until one answers."""
    assert paths(await found(Site({"/press/": "<html>Press</html>", **pages}), "/press/")) == feeds


async def test_a_site_without_a_feed_is_told_in_a_sentence() -> None:
    """Where nothing is found the sentence says what can be done instead."""
    discovered = await found(Site({"/": "<html>Press</html>"}))

    assert discovered.feeds == ()
    assert discovered.trouble == f"no feed was found at {SITE}/; its page may be watched as kind page"


async def test_an_address_that_does_not_answer_is_trouble() -> None:
    """What the server said to the address given is what people read."""
    assert (await found(Site({}))).trouble == f"{SITE}/ answered 404 Not Found"


@pytest.mark.parametrize(
    "pages",
    [
        {"/": "".join(f'<a href="/rss/{n}">RSS</a>' for n in range(99))},
        {"/robots.txt": "".join(f"Sitemap: /{n}.xml\n" for n in range(99)), "/": "<html>Press</html>"},
        {
            "/": "<html>Press</html>",
            "/sitemap.xml": "<sitemapindex><sitemap><loc>/sitemap.xml</loc></sitemap></sitemapindex>",
        },
    ],
    ids=["page", "robots.txt", "sitemaps in a circle"],
)
async def test_a_site_is_not_asked_for_ever(pages: dict[str, str]) -> None:
    """However much a site names, it is asked a bounded number of times, and no address twice."""
    site = Site(pages)
    await found(site)

    assert MAX_NAMED < len(site.asked) <= MAX_REQUESTS
    assert len(set(site.asked)) == len(site.asked)


async def test_a_site_is_read_over_the_network() -> None:
    """The fetcher brings the documents, the worker looks at them, and a private site stays unasked."""
    async with feed_server() as server, ParserProcess() as parser:
        server.set("/", DECLARED.replace("atom.xml", "/atom.xml"), headers={"Content-Type": "text/html"})
        server.set("/rss.xml", FEED)
        async with Fetcher(policy(server.host_port)) as fetcher:
            feeds = (await discover(fetcher.get, parser.call, server.url("/"))).feeds
        async with Fetcher(policy()) as fetcher:
            private = await discover(fetcher.get, parser.call, server.url("/"))

    assert feeds == (FoundFeed(server.url("/rss.xml"), "News & more", FeedKind.FEED),)
    assert private.feeds == ()
    assert "is a private address" in private.trouble
