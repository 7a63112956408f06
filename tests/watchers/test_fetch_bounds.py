"""What a fetch costs at most, whatever a server does."""

import asyncio
import gzip
import sys
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable

import brotli
import pytest

from tests.support.build import checkpoint
from tests.support.feed_server import FeedServer, feed_server, item, rss
from tests.support.fetching import endless, failure, policy, raw_server, saying
from watchers.fetch import Fetcher
from watchers.fetched import Fetched, FetchResult

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

FEED = rss(item("Sample headline", "https://outlet.example/1")).encode()
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda body: gzip.compress(body, 1),
    "deflate": lambda body: zlib.compress(body, 1),
    "br": lambda body: brotli.compress(body, quality=1),
    "zstd": zstd.compress,
}
OK = b"HTTP/1.1 200 OK\r\n"


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    """Serve feeds on loopback."""
    async with feed_server() as running:
        yield running


async def fetch(name: str, url: str = "", **changes: object) -> FetchResult:
    """Fetch an address of an allowed host once; `changes` are of the policy."""
    async with Fetcher(policy(name, **changes)) as fetcher:
        return await fetcher.fetch(checkpoint(url or f"http://{name}/feed"))


async def test_a_body_may_be_just_as_large_as_allowed(server: FeedServer) -> None:
    """The cap is the largest size that passes."""
    url = server.set("/feed", b"x" * 1000)
    assert isinstance(await fetch(server.host_port, url, max_body_bytes=1000), Fetched)
    too_large = "127.0.0.1 sent more than 999 bytes"
    assert failure(await fetch(server.host_port, url, max_body_bytes=999)).error == too_large


@pytest.mark.parametrize("packing", PACKERS)
async def test_packed_bodies_are_unpacked(server: FeedServer, packing: str) -> None:
    """What we say that we take arrives as it was written."""
    packed = PACKERS[packing](FEED)
    url = server.set("/feed", packed, headers={"Content-Encoding": packing})
    result = await fetch(server.host_port, url)
    assert isinstance(result, Fetched)
    assert result.body == FEED
    assert packing in server.headers["/feed"][0]["Accept-Encoding"].split(", ")


async def test_the_old_name_of_gzip_is_taken_for_it(server: FeedServer) -> None:
    """`x-gzip` is gzip (RFC 9110, 8.4.1.3)."""
    url = server.set("/feed", gzip.compress(FEED), headers={"Content-Encoding": "x-gzip"})
    result = await fetch(server.host_port, url)
    assert isinstance(result, Fetched)
    assert result.body == FEED


@pytest.mark.parametrize("packing", PACKERS)
async def test_a_bomb_costs_little_memory(server: FeedServer, packing: str) -> None:
    """Unpacked bytes are counted as they come: 20 MB packed into a few KB are given up at the cap."""
    bomb = PACKERS[packing](bytes(20_000_000))
    url = server.set("/feed", bomb, headers={"Content-Encoding": packing})
    tracemalloc.start()
    try:
        result = await fetch(server.host_port, url, max_body_bytes=2**20)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert failure(result).error == "127.0.0.1 sent more than 1 MiB"
    assert peak < 6_000_000


@pytest.mark.parametrize(
    ("archive", "words"),
    [
        (gzip.compress(bytes(20_000_000)), "sent more than 1 MiB"),
        (gzip.compress(FEED)[:-9], "sent an answer that is cut off or damaged"),
    ],
)
async def test_an_archive_is_opened_within_the_same_bounds(
    server: FeedServer, archive: bytes, words: str
) -> None:
    """A body that is gzip itself, as a `.xml.gz` is, arrives as what it holds, or is trouble in words."""
    whole = await fetch(server.host_port, server.set("/sitemap.xml.gz", gzip.compress(FEED)))
    failed = await fetch(server.host_port, server.set("/other.xml.gz", archive), max_body_bytes=2**20)

    assert isinstance(whole, Fetched)
    assert whole.body == FEED
    assert failure(failed).error == f"127.0.0.1 {words}"


@pytest.mark.parametrize("packing", ["gzip, br", "compress", "gzip, gzip", "br, x"])
async def test_a_packing_that_nobody_asked_for_is_said(server: FeedServer, packing: str) -> None:
    """What cannot be unpacked is not handed on as if it were a feed."""
    url = server.set("/feed", FEED, headers={"Content-Encoding": packing})
    error = failure(await fetch(server.host_port, url)).error
    assert error == "127.0.0.1 packed its answer in a way that we do not read"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (OK + b"Content-Length: 500\r\n\r\nshort", "cut off or damaged"),
        (OK + b"Content-Length: soon\r\n\r\nfeed", "not proper HTTP"),
        (OK + b"Content-Length: 4\r\n\r\nfeed and more", "not proper HTTP"),
        (OK + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nfeed", "not proper HTTP"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nnope", "not proper HTTP"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhalf", "cut off or damaged"),
        *(
            (
                OK + f"Content-Encoding: {packing}\r\nContent-Length: 4\r\n\r\nnope".encode(),
                "cut off or damaged",
            )
            for packing in PACKERS
        ),
        (OK + b"X: " + b"x" * 100_000 + b"\r\n\r\n", "not proper HTTP"),
        (OK + b"X: y\r\n" * 1_000 + b"\r\n", "not proper HTTP"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "not proper HTTP"),
        (b"\x00\xff" * 500, "not proper HTTP"),
        (b"HTTP/1.1 200", "closed the connection"),
        (b"", "closed the connection"),
    ],
)
async def test_broken_answers_are_failures_in_words(said: bytes, words: str) -> None:
    """Cut off, damaged, endless or foreign answers end as one sentence, and are not taken for our trouble."""
    async with saying(said) as name:
        result = failure(await fetch(name))
    assert result.error.startswith("127.0.0.1 ")
    assert result.error.endswith(words)
    assert not result.ours


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (OK + b"\r\nfeed", b"feed"),
        (b"HTTP/1.0 200\r\n\r\nfeed", b"feed"),
    ],
)
async def test_what_is_sloppy_but_plain_is_read(head: bytes, body: bytes) -> None:
    """Without a Content-Type, a Content-Length or a phrase beside the status, what came is handed on."""
    async with saying(head) as name:
        result = await fetch(name)
    assert isinstance(result, Fetched)
    assert (result.body, result.content_type) == (body, None)


@pytest.mark.parametrize(
    ("head", "again", "words"),
    [
        (OK + b"Content-Length: 100000\r\n\r\n", b"x", "did not answer within 0.3 seconds"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n", "did not answer within 0.3 seconds"),
        (OK, b"X: y\r\n", "did not answer within 0.3 seconds"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n", "did not answer within 0.3 seconds"),
        (OK + b"\r\n", b"x" * 100_000, "sent more than 1,000,000 bytes"),
    ],
)
async def test_an_answer_without_end_is_left(head: bytes, again: bytes, words: str) -> None:
    """The timeout is for the whole answer: a byte now and then does not keep us, nor do endless headers."""
    async with endless(head, again) as name:
        error = failure(await fetch(name, timeout_seconds=0.3)).error
    assert error.endswith(words)


async def test_a_refused_connection_and_an_unknown_name_are_told_apart() -> None:
    """Whoever reads the error knows whether the name or the server is wrong; either may be our network."""
    async with saying(b"") as name:
        pass
    refused = failure(await fetch(name))
    unknown = failure(await fetch(name, "http://no-such-host.invalid/"))
    assert refused.error == "127.0.0.1 refused the connection"
    assert unknown.error == "no-such-host.invalid was not found: no address is known for that name"
    assert refused.ours
    assert unknown.ours


async def test_no_certificate_no_talk(server: FeedServer) -> None:
    """A clear-text server behind an https address is a failure, not a downgrade."""
    result = failure(await fetch(server.host_port, f"https://{server.host_port}/feed"))
    assert result.error == "127.0.0.1 could not agree with us on a secure connection"
    assert not result.ours


async def test_a_server_that_never_answers_is_left(server: FeedServer) -> None:
    """The timeout ends a request that nobody answers."""
    url = server.set("/feed", FEED, delay=60)
    result = failure(await fetch(server.host_port, url, timeout_seconds=0.2))
    assert result.error == "127.0.0.1 did not answer within 0.2 seconds"
    assert result.ours


async def test_a_server_that_never_takes_the_call_is_left_sooner() -> None:
    """Connecting has a timeout of its own, which holds until a secure connection stands."""

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with raw_server(silent) as name:
        result = failure(await fetch(name, f"https://{name}/feed", connect_seconds=0.2))
    assert result.error == "127.0.0.1 did not take our call within 0.2 seconds"
    assert result.ours


async def test_redirects_share_one_timeout(server: FeedServer) -> None:
    """Five slow hops do not get five times the time."""
    for number in range(5):
        server.set(f"/{number}", status=302, headers={"Location": f"/{number + 1}"}, delay=0.15)
    server.set("/5", FEED)
    result = await fetch(server.host_port, server.url("/0"), timeout_seconds=0.4)
    assert failure(result).error == "127.0.0.1 did not answer within 0.4 seconds"
