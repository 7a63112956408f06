"""Fetching from real servers on loopback."""

import asyncio
import gzip
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from aiohttp import web

from claims.feeds import Checkpoint
from tests.support.build import checkpoint
from tests.support.feed_server import FeedServer, feed_server, item, rss, serving
from watchers.fetch import Fetched, Fetcher, FetchFailed, FetchPolicy, FetchResult, Unchanged, user_agent

NOW = datetime(2026, 8, 27, 11, 9, tzinfo=UTC)
FEED = rss(item("Sample headline", "https://outlet.example/1"))


def policy(*allow_hosts: str, **changes: object) -> FetchPolicy:
    """Return a policy that is generous with time and allows these hosts."""
    usual: dict[str, object] = {
        "contact": "https://watch.example/about",
        "timeout_seconds": 20.0,
        "max_body_bytes": 1_000_000,
        "per_host": 2,
        "allow_hosts": frozenset(allow_hosts),
    }
    return FetchPolicy(**{**usual, **changes})  # type: ignore[arg-type]


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


def failure(result: FetchResult) -> FetchFailed:
    """Return the result as the failure that it must be."""
    assert isinstance(result, FetchFailed)
    return result


@asynccontextmanager
async def raw_server(
    talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[str]:
    """Run a server that says what no web framework would; yield its `host:port`."""

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await talk(reader, writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    running = await asyncio.start_server(served, "127.0.0.1", 0)
    try:
        yield f"127.0.0.1:{running.sockets[0].getsockname()[1]}"
    finally:
        running.close()
        await running.wait_closed()


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


async def test_validators_go_back_byte_for_byte(server: FeedServer) -> None:
    """Both validators are sent as they came, however odd, and a 304 is no failure."""
    url = server.set("/feed", FEED, etag="W/no-quotes--gzip", last_modified="yesterday, more or less")
    async with Fetcher(policy(server.host_port)) as fetcher:
        first = await fetcher.fetch(at_url(url))
        assert isinstance(first, Fetched)
        second = await fetcher.fetch(at_url(url, etag=first.etag, last_modified=first.last_modified))
    assert second == Unchanged("W/no-quotes--gzip", "yesterday, more or less", None)
    asked = server.headers["/feed"][1]
    assert asked["If-None-Match"] == "W/no-quotes--gzip"
    assert asked["If-Modified-Since"] == "yesterday, more or less"
    assert "If-None-Match" not in server.headers["/feed"][0]


async def test_validators_do_not_follow_a_redirect(server: FeedServer) -> None:
    """The address that we are sent to never gave these validators, so it does not get them."""
    target = server.set("/new", FEED)
    url = server.set("/old", status=302, headers={"Location": target})
    async with Fetcher(policy(server.host_port)) as fetcher:
        await fetcher.fetch(at_url(url, etag='"x"', last_modified="then"))
    assert server.headers["/old"][0]["If-None-Match"] == '"x"'
    assert not {"If-None-Match", "If-Modified-Since"} & set(server.headers["/new"][0])


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
    ("contact", "ending"), [("", "/"), ("a@b.example\r\nX: y", "(+a@b.example X: y)"), ("Ünal", "(+nal)")]
)
def test_a_contact_cannot_break_the_header(contact: str, ending: str) -> None:
    """Whatever the setting holds, the header is one line of ASCII."""
    agent = user_agent(contact)
    assert agent.isascii()
    assert agent.isprintable()
    assert ending in agent


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
        ("http://127.0.0.1:{other}/", "127.0.0.1 is a private address; add 127.0.0.1:{other} to"),
        ("http://localhost:{other}/", "localhost is a private address; add localhost:{other} to"),
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
        assert "secret" not in result.error
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
    assert await fetch(server, url) == FetchFailed(f"127.0.0.1 answered {words}", gone=gone)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("Thu, 27 Aug 2026 11:10:00 GMT", 60.0),
        ("Thu, 27 Aug 2026 11:00:00 GMT", 0.0),
        ("Thu, 27 Aug 2026 11:10:00 -0000", 60.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("9" * 500, float("inf")),
    ],
)
async def test_retry_after_is_read_in_both_forms(
    server: FeedServer, header: str, seconds: float | None
) -> None:
    """Seconds and dates are understood, anything else says nothing."""
    url = server.set("/feed", status=429, headers={"Retry-After": header})
    assert failure(await fetch(server, url)).retry_after == seconds


async def test_a_body_may_be_just_as_large_as_allowed(server: FeedServer) -> None:
    """The cap is the largest size that passes."""
    url = server.set("/feed", b"x" * 1000)
    assert isinstance(await fetch(server, url, max_body_bytes=1000), Fetched)
    too_small = await fetch(server, url, max_body_bytes=999)
    assert failure(too_small).error == "127.0.0.1 sent more than 999 bytes"


async def test_a_gzip_bomb_costs_little_memory(server: FeedServer) -> None:
    """Decoded bytes are counted as they come: 200 MB packed into 200 KB are given up at the cap."""
    url = server.set("/feed", gzip.compress(bytes(200_000_000)), headers={"Content-Encoding": "gzip"})
    tracemalloc.start()
    try:
        result = await fetch(server, url, max_body_bytes=8 * 2**20)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert failure(result).error == "127.0.0.1 sent more than 8 MiB"
    assert peak < 40_000_000


async def test_packed_bodies_are_unpacked(server: FeedServer) -> None:
    """A gzipped feed arrives as it was written."""
    url = server.set("/feed", gzip.compress(FEED.encode()), headers={"Content-Encoding": "gzip"})
    result = await fetch(server, url)
    assert isinstance(result, Fetched)
    assert result.body == FEED.encode()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nshort", "cut off or damaged"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nnope", "not proper HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope", "cut off or damaged"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n", "not proper HTTP"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "not proper HTTP"),
        (b"", "closed the connection"),
    ],
)
async def test_broken_answers_are_failures_in_words(said: bytes, words: str) -> None:
    """Cut off, damaged, endless or foreign answers end as one sentence."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(said)

    async with raw_server(talk) as name, Fetcher(policy(name)) as fetcher:
        error = failure(await fetcher.fetch(at_url(f"http://{name}/feed"))).error
    assert error.startswith("127.0.0.1 ")
    assert error.endswith(words)


async def test_a_refused_connection_and_an_unknown_name_are_told_apart(server: FeedServer) -> None:
    """Whoever reads the error knows whether the name or the server is wrong."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Never reached: the server is closed before anybody asks."""

    async with raw_server(talk) as name:
        pass
    async with Fetcher(policy(name)) as fetcher:
        refused = await fetcher.fetch(at_url(f"http://{name}/"))
        unknown = await fetcher.fetch(at_url("http://no-such-host.invalid/"))
    assert failure(refused).error == "127.0.0.1 refused the connection"
    expected = "no-such-host.invalid was not found: no address is known for that name"
    assert failure(unknown).error == expected


async def test_no_certificate_no_talk(server: FeedServer) -> None:
    """A clear-text server behind an https address is a failure, not a downgrade."""
    error = failure(await fetch(server, f"https://{server.host_port}/feed")).error
    assert error == "127.0.0.1 could not agree with us on a secure connection"


async def test_a_server_that_never_answers_is_left(server: FeedServer) -> None:
    """The timeout ends a request that nobody answers."""
    url = server.set("/feed", FEED, delay=60)
    error = failure(await fetch(server, url, timeout_seconds=0.2)).error
    assert error == "127.0.0.1 did not answer within 0.2 seconds"


async def test_a_slow_drip_is_left() -> None:
    """The timeout is for the whole answer: a byte now and then does not keep us."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with raw_server(talk) as name, Fetcher(policy(name, timeout_seconds=0.3)) as fetcher:
        error = failure(await fetcher.fetch(at_url(f"http://{name}/feed"))).error
    assert error.endswith("did not answer within 0.3 seconds")


async def test_redirects_share_one_timeout(server: FeedServer) -> None:
    """Five slow hops do not get five times the time."""
    for number in range(5):
        server.set(f"/{number}", status=302, headers={"Location": f"/{number + 1}"}, delay=0.15)
    server.set("/5", FEED)
    assert "did not answer" in failure(await fetch(server, server.url("/0"), timeout_seconds=0.4)).error


async def test_one_host_is_never_asked_more_at_once_than_allowed() -> None:
    """With two slots, six fetches of one host run two at a time, and waiting is no timeout."""
    running = most = 0
    free = asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        nonlocal running, most
        running += 1
        most = max(most, running)
        if running == 2:
            free.set()
        await asyncio.wait_for(free.wait(), 10)
        await asyncio.sleep(0)
        running -= 1
        return web.Response(text=FEED)

    application = web.Application()
    application.router.add_get("/{path}", answer)
    async with serving(application) as port, Fetcher(policy(f"127.0.0.1:{port}")) as fetcher:
        urls = [f"http://127.0.0.1:{port}/{n}" for n in range(6)]
        results = await asyncio.gather(*(fetcher.fetch(at_url(url)) for url in urls))
    assert all(isinstance(result, Fetched) for result in results)
    assert most == 2


async def test_closing_twice_does_no_harm() -> None:
    """`close` can be called again."""
    fetcher = Fetcher(policy())
    await fetcher.close()
    await fetcher.close()
