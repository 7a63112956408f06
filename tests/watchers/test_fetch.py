"""Fetching from real servers on loopback."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from claims.feeds import Checkpoint
from tests.support.build import checkpoint
from tests.support.feed_server import FeedServer, feed_server, item, rss
from tests.support.fetching import failure, policy
from watchers.fetch import Fetcher
from watchers.fetched import Fetched, FetchFailed, FetchResult, Held, Unchanged
from watchers.headers import user_agent
from watchers.hosts import QUIET_SECONDS

NOW = datetime(2026, 8, 27, 11, 9, tzinfo=UTC)
FEED = rss(item("Sample headline", "https://outlet.example/1"))


def at_url(url: str, **changes: object) -> Checkpoint:
    """Return the checkpoint of a feed that answers at this address."""
    return checkpoint(url, **changes)


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    """Serve feeds on loopback."""
    async with feed_server() as running:
        yield running


async def fetch(server: FeedServer, url: str, **changes: object) -> FetchResult:
    """Fetch an address once, with the server allowed; `changes` are of the policy."""
    async with Fetcher(policy(server.host_port, **changes), clock=lambda: NOW) as fetcher:
        return await fetcher.fetch(at_url(url))


async def test_a_feed_comes_with_all_that_the_next_visit_needs(server: FeedServer) -> None:
    """Body, address and validators come back; the address did not move."""
    url = server.set("/feed", FEED, etag='W/"a b"', last_modified="Thu, 27 Aug 2026 11:09:00 GMT")
    result = await fetch(server, url)
    assert result == Fetched(
        body=FEED.encode(),
        url=url,
        moved=False,
        content_type="application/rss+xml",
        etag='W/"a b"',
        last_modified="Thu, 27 Aug 2026 11:09:00 GMT",
        retry_after=None,
    )


def remembering(url: str, first: FetchResult) -> Checkpoint:
    """Return the checkpoint of a feed of this address after an answer with validators."""
    assert isinstance(first, Fetched)
    return at_url(url, etag=first.etag, last_modified=first.last_modified, validators_of=first.url)


async def test_validators_go_back_byte_for_byte(server: FeedServer) -> None:
    """Both validators are sent as they came, however odd, and a 304 is no failure."""
    url = server.set("/feed", FEED, etag="W/no-quotes--gzip", last_modified="yesterday, more or less")
    async with Fetcher(policy(server.host_port)) as fetcher:
        second = await fetcher.fetch(remembering(url, await fetcher.fetch(at_url(url))))
    assert second == Unchanged(url, False, "W/no-quotes--gzip", "yesterday, more or less")
    asked = server.headers["/feed"][1]
    assert asked["If-None-Match"] == "W/no-quotes--gzip"
    assert asked["If-Modified-Since"] == "yesterday, more or less"
    assert "If-None-Match" not in server.headers["/feed"][0]


@pytest.mark.parametrize("status", [301, 302, 307])
async def test_validators_go_to_the_address_that_gave_them_and_to_no_other(
    server: FeedServer, status: int
) -> None:
    """Behind a redirect the address that it leads to is asked for what is new; the first one never is."""
    target = server.set("/new", FEED, etag='"x"')
    url = server.set("/old", status=status, headers={"Location": target})
    async with Fetcher(policy(server.host_port)) as fetcher:
        second = await fetcher.fetch(remembering(url, await fetcher.fetch(at_url(url))))
    assert second == Unchanged(target, status == 301, '"x"', None)
    assert [headers.get("If-None-Match") for headers in server.headers["/new"]] == [None, '"x"']
    assert [headers.get("If-None-Match") for headers in server.headers["/old"]] == [None, None]


async def test_what_a_304_says_of_its_freshness_counts(server: FeedServer) -> None:
    """Freshness and Retry-After are read of answers without a body too."""
    said = {"Cache-Control": "max-age=900", "Age": "100", "Retry-After": "1200"}
    url = server.set("/feed", FEED, etag='"x"', headers=said)
    async with Fetcher(policy(server.host_port), clock=lambda: NOW) as fetcher:
        first = await fetcher.fetch(at_url(url))
        second = await fetcher.fetch(remembering(url, first))
    assert isinstance(first, Fetched)
    assert isinstance(second, Unchanged)
    for result in (first, second):
        assert (result.fresh_seconds, result.retry_after) == (800.0, 1200.0)


async def test_it_says_who_it_is_and_nothing_else(server: FeedServer) -> None:
    """The User-Agent names product and contact; no cookie or referrer is ever sent."""
    url = server.set("/feed", FEED, headers={"Set-Cookie": "track=me"})
    async with Fetcher(policy(server.host_port)) as fetcher:
        await fetcher.fetch(at_url(url))
        await fetcher.fetch(at_url(url))
    for asked in server.headers["/feed"]:
        assert asked["User-Agent"] == user_agent("https://watch.example/about")
        assert asked["User-Agent"].startswith("Claimwatch/")
        assert asked["User-Agent"].endswith("(+https://watch.example/about)")
        assert not {"Cookie", "Referer"} & set(asked)


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [
        ((301,), True),
        ((308,), True),
        ((301, 308), True),
        ((302,), False),
        ((303,), False),
        ((307,), False),
        ((301, 302), False),
        ((302, 301), False),
    ],
)
async def test_a_move_counts_only_when_every_hop_is_permanent(
    server: FeedServer, statuses: tuple[int, ...], moved: bool
) -> None:
    """Redirects are followed, and `moved` says whether all of them are for good."""
    for number, status in enumerate(statuses):
        server.set(f"/{number}", status=status, headers={"Location": f"/{number + 1}"})
    server.set(f"/{len(statuses)}", FEED)
    result = await fetch(server, server.url("/0"))
    assert isinstance(result, Fetched)
    assert (result.url, result.moved) == (server.url(f"/{len(statuses)}"), moved)


async def test_redirects_have_an_end(server: FeedServer) -> None:
    """Five hops are followed and no more."""
    for number in range(10):
        server.set(f"/{number}", status=302, headers={"Location": f"/{number + 1}"})
    assert failure(await fetch(server, server.url("/0"))).error == "127.0.0.1 redirected us more than 5 times"
    assert sum(server.requests.values()) == 6


@pytest.mark.parametrize("headers", [{}, {"Location": ""}, {"Location": "http://["}])
async def test_a_redirect_to_nowhere_is_a_failure(server: FeedServer, headers: dict[str, str]) -> None:
    """A redirect without a usable Location is said plainly."""
    url = server.set("/feed", status=302, headers=headers)
    expected = "127.0.0.1 answered 302 Found but named no other address"
    assert failure(await fetch(server, url)).error == expected


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("http://127.0.0.1:{other}/", "127.0.0.1 is a private address, and we were redirected there"),
        ("http://localhost:{other}/", "localhost is a private address, and we were redirected there"),
        ("http://127.1:{other}/", "127.1 is a private address"),
        ("http://2130706433:{other}/", "2130706433 is a private address"),
        ("http://0x7f.1:{other}/", "0x7f.1 is a private address"),
        ("http://[::ffff:127.0.0.1]:{other}/", "is a private address"),
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254 is a private address"),
        ("http://１２７.0.0.1:{other}/", "127.0.0.1 is a private address"),
        ("file:///etc/passwd", "file:///etc/passwd is not a web address"),
        ("ftp://example.org/", "ftp://example.org/ is not a web address"),
        ("http://me:secret@127.0.0.1:{port}/", "holds a name or password"),
    ],
)
async def test_no_redirect_leads_inside(server: FeedServer, target: str, words: str) -> None:
    """Every hop is checked like the first: inner addresses and other schemes are refused."""
    async with feed_server() as other:
        other.set("/", "secret")
        names = {"other": other.port, "port": server.port}
        url = server.set("/feed", status=301, headers={"Location": target.format(**names)})
        result = failure(await fetch(server, url))
        assert words.format(**names) in result.error
        assert not {"secret", "watch.allow_hosts"} & set(result.error.split())
        assert not other.requests


async def test_errors_stay_short(server: FeedServer) -> None:
    """However long the address that a server sends us to, the sentence about it can be read."""
    endless = "ftp://example.org/" + "x" * 5_000
    url = server.set("/feed", status=302, headers={"Location": endless})
    assert len(failure(await fetch(server, url)).error) < 300


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1"])
async def test_private_addresses_are_refused_unless_they_are_allowed(server: FeedServer, host: str) -> None:
    """A loopback server is asked only where its host, as written, and port are allowed."""
    server.set("/feed", FEED)
    url = f"http://{host}:{server.port}/feed"
    for allowed in ([], [f"{host}:{server.port + 1}"], [host]):
        async with Fetcher(policy(*allowed)) as fetcher:
            assert "is a private address" in failure(await fetcher.fetch(at_url(url))).error
    assert not server.requests


async def test_a_name_on_loopback_can_be_allowed(server: FeedServer) -> None:
    """`watch.allow_hosts` takes names as well as numbers, in any case."""
    server.set("/feed", FEED)
    async with Fetcher(policy(f"LocalHost:{server.port}")) as fetcher:
        result = await fetcher.fetch(at_url(f"http://localhost:{server.port}/feed"))
    assert isinstance(result, Fetched)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "feed",
        "/etc/passwd",
        "http://",
        "http://[",
        "http://a:99999/",
        "javascript:alert(1)",
        "http://a:0/",
    ],
)
async def test_what_is_no_web_address_is_said(server: FeedServer, url: str) -> None:
    """A nonsense address is a failure with a sentence, not an exception."""
    assert failure(await fetch(server, url)).error.endswith("is not a web address")


@pytest.mark.parametrize(
    ("status", "words", "gone"),
    [
        (204, "204 No Content", False),
        (304, "304 Not Modified", False),
        (403, "403 Forbidden", False),
        (404, "404 Not Found", False),
        (410, "410 Gone", True),
        (429, "429 Too Many Requests", False),
        (503, "503 Service Unavailable", False),
        (599, "599", False),
    ],
)
async def test_other_statuses_are_failures(server: FeedServer, status: int, words: str, gone: bool) -> None:
    """Anything but 200 (and 304 where we asked for it) fails with its number and name; 410 is for good."""
    url = server.set("/feed", FEED, status=status)
    result = failure(await fetch(server, url))
    assert result == FetchFailed(f"127.0.0.1 answered {words}", status)
    assert result.gone == gone


@pytest.mark.parametrize(
    ("status", "headers", "quiet"),
    [
        (429, {"Retry-After": "120"}, timedelta(minutes=2)),
        (429, {"Retry-After": "Thu, 27 Aug 2026 11:10:00 GMT"}, timedelta(minutes=1)),
        (429, {}, timedelta(seconds=QUIET_SECONDS)),
        (503, {"Retry-After": "120"}, None),
        (403, {}, None),
    ],
)
async def test_too_many_requests_quiet_the_host(
    server: FeedServer, status: int, headers: dict[str, str], quiet: timedelta | None
) -> None:
    """After a 429 no address of the host is asked, by whatever way; other trouble is the feed's own."""
    server.set("/fine", FEED)
    server.set("/busy", status=status, headers=headers)
    server.set("/way", status=302, headers={"Location": server.url("/fine")})
    async with Fetcher(policy(server.host_port, f"localhost:{server.port}"), clock=lambda: NOW) as fetcher:
        failed = failure(await fetcher.fetch(at_url(server.url("/busy"))))
        fine = await fetcher.fetch(at_url(server.url("/fine")))
        led_there = await fetcher.get(f"http://localhost:{server.port}/way")
    assert failed.status == status
    for result in (fine, led_there):
        assert result == Held(NOW + quiet) if quiet else isinstance(result, Fetched)
    assert server.requests["/fine"] == (0 if quiet else 2)


async def test_too_many_requests_at_a_bridge_are_one_feeds_own(server: FeedServer) -> None:
    """Behind a bridge stand many publishers, and the one that has had enough speaks for itself."""
    server.set("/fine", FEED)
    server.set("/busy", status=429, headers={"Retry-After": "120"})
    bridge = policy(server.host_port, bridges=frozenset({server.host_port}))
    async with Fetcher(bridge, clock=lambda: NOW) as fetcher:
        failed = failure(await fetcher.fetch(at_url(server.url("/busy"))))
        fine = await fetcher.fetch(at_url(server.url("/fine")))
    assert (failed.status, failed.retry_after) == (429, 120)
    assert isinstance(fine, Fetched)


async def test_a_page_is_asked_for_as_politely_as_a_feed(server: FeedServer) -> None:
    """A plain GET says who we are, prefers pages, follows redirects and is kept from private addresses."""
    server.set("/page", "<html></html>", etag='"x"', headers={"Content-Type": "text/html"})
    server.set("/way", status=301, headers={"Location": "/page"})
    inside = server.set("/inside", status=302, headers={"Location": "http://169.254.169.254/"})
    async with Fetcher(policy(server.host_port)) as fetcher:
        for _ in range(2):
            page = await fetcher.get(server.url("/way"))
            assert isinstance(page, Fetched)
            assert (page.body, page.url, page.moved) == (b"<html></html>", server.url("/page"), True)
        assert "private address" in failure(await fetcher.get(inside)).error
    for asked in server.headers["/page"]:
        assert asked["Accept"].startswith("text/html")
        assert asked["User-Agent"].startswith("Claimwatch/")
        assert "If-None-Match" not in asked


async def test_a_page_that_robots_txt_closes_is_not_asked_for(server: FeedServer) -> None:
    """Nor one that an open address redirects to: a wrapper of another site opens nothing."""
    server.set("/closed", "<html></html>")
    server.set("/open", "<html></html>")
    way = server.set("/way", status=302, headers={"Location": "/closed"})

    kept_out = FetchFailed("no robots")

    async def refusal(url: str) -> FetchFailed | None:
        return kept_out if url.endswith("/closed") else None

    async with Fetcher(policy(server.host_port)) as fetcher:
        assert isinstance(await fetcher.get(server.url("/open"), refusal=refusal), Fetched)
        for url in (way, server.url("/closed")):
            assert await fetcher.get(url, refusal=refusal) is kept_out
    assert server.requests["/closed"] == 0


async def test_closing_twice_does_no_harm() -> None:
    """`close` can be called again."""
    fetcher = Fetcher(policy())
    await fetcher.close()
    await fetcher.close()
