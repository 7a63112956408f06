"""Looking at addresses on trial: real HTTP on loopback, the real parser, and nothing kept."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.app_trial import FeedScout, scouting
from bot.commands.scout import Found, Scout
from bot.settings import load
from claims.errors import NotFound
from claims.feeds import FeedKind
from tests.support.build import NOW, feed
from tests.support.feed_server import FeedServer, feed_server, item, rss
from tests.support.fetching import policy
from watchers.apart import ParserProcess
from watchers.fetch import Fetcher
from watchers.pacing import Pace
from watchers.robots import Robots


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    """Serve feeds on loopback."""
    async with feed_server() as running:
        yield running


@pytest.fixture
async def scout(server: FeedServer) -> AsyncIterator[Scout]:
    """Look from `NOW`, with leave to ask the server and without a pause between two requests."""
    environment = {
        "CLAIMWATCH_WATCH__ALLOW_HOSTS": server.host_port,
        "CLAIMWATCH_WATCH__HOST_PAUSE_SECONDS": "0",
    }
    async with scouting(load(None, environment), lambda: NOW) as made:
        yield made


async def test_a_look_tells_what_a_feed_brings(server: FeedServer, scout: Scout) -> None:
    """The document's name and language, its stories, and when it would be asked again."""
    url = server.set(
        "/feed", rss(item("Sample one"), item("Sample two"), title="Sample Herald", language="ko")
    )

    look = await scout.look(feed(url, interval_minutes=7))

    assert (look.title, look.language, look.url, look.moved) == ("Sample Herald", "ko", url, False)
    assert [story.title for story in look.stories] == ["Sample two", "Sample one"]
    assert look.size == len(server.pages["/feed"].body)
    assert look.wait == timedelta(minutes=7)
    assert server.requests["/feed"] == 1


async def test_a_look_follows_a_feed_that_moved(server: FeedServer, scout: Scout) -> None:
    """Where it answers now is told, and that it is for good."""
    there = server.set("/there", rss(item("Sample one")))
    here = server.set("/here", status=301, headers={"Location": there})

    look = await scout.look(feed(here))

    assert (look.url, look.moved) == (there, True)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/missing", "answered 404 Not Found"),
        ("/page", "the answer is a web page, not a feed"),
        ("/odd", "answered 304"),
    ],
)
async def test_what_brings_nothing_is_told(server: FeedServer, scout: Scout, path: str, told: str) -> None:
    """A sentence that begins with the address says why."""
    server.set("/page", "<!doctype html><html><body>Sample</body></html>")
    server.set("/odd", status=304)

    with pytest.raises(NotFound, match=told) as caught:
        await scout.look(feed(server.url(path)))

    assert str(caught.value).startswith(f"{server.url(path)}: ")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/feed", "http://169.254.169.254/latest/meta-data/"])
async def test_private_addresses_are_not_asked(scout: Scout, url: str) -> None:
    """Nobody in a chat reaches into the network that the bot runs in, whatever they want looked at."""
    for asking in (scout.look(feed(url)), scout.read(url), scout.discover(url)):
        with pytest.raises(NotFound, match="is a private address"):
            await asking


async def test_a_host_that_wants_quiet_is_left_alone(server: FeedServer) -> None:
    """What somebody in a chat asks for does not break what the host asked of us."""
    url = server.set("/busy", status=429, headers={"Retry-After": "600"})
    async with Fetcher(policy(server.host_port), lambda: NOW) as fetcher, ParserProcess() as parser:
        scout = FeedScout(fetcher, Robots(fetcher.get), parser, lambda: NOW, Pace(5, 60))
        with pytest.raises(NotFound, match="answered 429"):
            await scout.look(feed(url))

        with pytest.raises(NotFound, match="not to be asked before 11:23 UTC"):
            await scout.look(feed(url))

    assert server.requests["/busy"] == 1


async def test_the_feeds_of_a_site_are_found(server: FeedServer, scout: Scout) -> None:
    """Those that its page names and that answer, with the names that it gives them."""
    feeds = {name: server.set(f"/{name}.xml", rss(item("Sample one"))) for name in ("asia", "europe")}
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="Sample {name}" href="/{name}.xml">'
        for name in ("asia", "gone", "europe")
    )
    site = server.set("/", f"<!doctype html><head>{links}</head><body>Sample</body>")

    found = await scout.discover(site)

    assert found == tuple(Found(feeds[name], f"Sample {name}") for name in ("asia", "europe"))


async def test_a_site_without_a_feed_says_what_may_be_done(server: FeedServer, scout: Scout) -> None:
    """Its page may still be watched, and a look at it as a page shows what that brings."""
    links = "".join(f'<li><a href="/press/{n}00">Sample ship {n} leaves Rason</a></li>' for n in range(3, 6))
    site = server.set("/", f"<!doctype html><body><ul>{links}</ul></body>")

    with pytest.raises(NotFound, match="may be watched as kind page"):
        await scout.discover(site)
    look = await scout.look(feed(site, kind=FeedKind.PAGE))

    assert len(look.stories) == 3


async def test_a_page_that_robots_txt_closes_is_not_looked_at(server: FeedServer, scout: Scout) -> None:
    """A visit would not ask for it either."""
    server.set("/robots.txt", "User-agent: *\nDisallow: /press")
    page = server.set("/press", "<!doctype html><body></body>")

    with pytest.raises(NotFound, match=r"/press: the robots.txt of 127.0.0.1 keeps us from this page"):
        await scout.look(feed(page, kind=FeedKind.PAGE))

    assert server.requests["/press"] == 0


async def test_a_document_is_read_whole(server: FeedServer, scout: Scout) -> None:
    """A list of feeds comes as its bytes."""
    url = server.set("/feeds.opml", b"<opml>\xff</opml>")

    assert await scout.read(url) == b"<opml>\xff</opml>"
