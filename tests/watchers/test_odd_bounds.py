"""Hostile and broken servers as a table: each is given up in a sentence, and nobody waits for it."""

import asyncio
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path

import brotli
import pytest

from claims.feeds import FeedState
from tests.support.feed_server import item, rss
from tests.support.odd_server import Answer, Asked, Reply, answer, forever, moved
from tests.support.odd_visits import Case, Seen, rigged, visited

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

HOST = "127.0.0.1"
FEED = rss(item("Sample headline", "https://outlet.example/1"))
OK = b"HTTP/1.1 200 OK\r\n"
MB = 2**20
IMPROPER = f"{HOST} sent an answer that is not proper HTTP"
DAMAGED = f"{HOST} sent an answer that is cut off or damaged"
CLOSED = f"{HOST} closed the connection"
LARGE = f"{HOST} sent more than 1 MiB"
LATE = f"{HOST} did not answer within 0.5 seconds"
READ = {"titles": ["Sample headline"]}


def late(name: str, reply: Reply) -> Case:
    """Return a case of a server that never comes to an end."""
    return Case(name, reply, {"error": LATE, "wait": 30.0})


def bad(name: str, reply: Reply, error: str) -> Case:
    """Return a case of an answer that is given up."""
    return Case(name, reply, {"error": error, "state": FeedState.FAILING, "wait": 30.0, "count": 0})


def read(name: str, reply: Reply) -> Case:
    """Return a case of an answer that is odd and read all the same."""
    return Case(name, reply, READ)


async def _silent(_: Asked, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


async def _closes(_: Asked, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def _stops(_: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(OK + b"Content-Length: 500\r\n\r\n<rss>")
    await asyncio.sleep(60)


def _gzip_bomb() -> bytes:
    """Return 500 MB in half a MB: one block, which depends on no other, again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    first = packer.compress(bytes(MB)) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(MB)) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + block * 499


def _deflate_bomb() -> bytes:
    packer = zlib.compressobj(9)
    first = packer.compress(bytes(MB)) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + (packer.compress(bytes(MB)) + packer.flush(zlib.Z_FULL_FLUSH)) * 499


def _packed(name: str, body: bytes) -> Answer:
    return answer(body, f"Content-Encoding: {name}")


def _twice() -> bytes:
    return _gz(_gz(bytes(20 * MB)))


def _gz(body: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


UNENDING = [
    late("never answers", _silent),
    late("slow headers", forever(OK, b"X: y\r\n", 0.05)),
    late("one header drips", forever(OK + b"X: ", b"y", 0.05)),
    late("status line drips", forever(b"H", b"", 0.05)),
    late("body drips", forever(OK + b"Content-Length: 5000\r\n\r\n", b"<", 0.05)),
    late("chunks drip", forever(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n<\r\n", 0.05)),
    late("body stops", _stops),
    late("interim answers", forever(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 50, 0.001)),
    late("interim answers drip", forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.05)),
    Case(
        "slow at the end of a redirect",
        moved(302, "/slow-end"),
        {"error": LATE},
        beside={"/slow-end": _silent},
    ),
]
HTTP = [
    bad("closes at once", _closes, CLOSED),
    bad("says nothing", b"", CLOSED),
    bad("says no http", b"SSH-2.0-OpenSSH_9.6\r\n\r\n", IMPROPER),
    bad("headers end early", OK + b"Content-Type: text/xml", CLOSED),
    bad("body ends early", OK + b"Content-Length: 5000\r\n\r\n" + FEED.encode(), DAMAGED),
    bad("body too long", OK + b"Connection: close\r\nContent-Length: 40\r\n\r\n" + FEED.encode(), IMPROPER),
    bad("length negative", OK + b"Content-Length: -5\r\n\r\n" + FEED.encode(), IMPROPER),
    bad("length no number", OK + b"Content-Length: many\r\n\r\n" + FEED.encode(), IMPROPER),
    bad("length absurd", OK + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n" + FEED.encode(), IMPROPER),
    bad("two lengths", OK + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\n<rss>", IMPROPER),
    bad("chunk broken", OK + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n<rss>\r\n", IMPROPER),
    bad("chunk absurd", OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"F" * 40 + b"\r\n<rss>", IMPROPER),
    bad("chunks end early", OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n", DAMAGED),
    bad("endless header", forever(OK + b"X: ", b"y" * 65_536), IMPROPER),
    bad("endless headers", forever(OK, b"X: y\r\n" * 1_000), IMPROPER),
    bad("endless status line", forever(b"HTTP/1.1 200 ", b"O" * 65_536), IMPROPER),
    bad("endless body", forever(OK + b"\r\n", b" " * 65_536), LARGE),
    bad(
        "endless chunks",
        forever(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b" " * 65_536 + b"\r\n"),
        LARGE,
    ),
    bad(
        "endless body of an error",
        forever(b"HTTP/1.1 500 Sample\r\n\r\n", b" " * 65_536),
        f"{HOST} answered 500 Internal Server Error",
    ),
    bad(
        "endless body of a redirect",
        forever(b"HTTP/1.1 302 Found\r\n\r\n", b" " * 65_536),
        f"{HOST} answered 302 Found but named no other address",
    ),
    bad(
        "switches protocols",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
        f"{HOST} answered 101 Switching Protocols",
    ),
    bad("a null in a header", OK + b"X: a\0b\r\nContent-Length: 0\r\n\r\n", IMPROPER),
    read("no length", OK + b"\r\n" + FEED.encode()),
    read("http 1.0", b"HTTP/1.0 200 OK\r\n\r\n" + FEED.encode()),
    read("no reason", b"HTTP/1.1 200\r\n\r\n" + FEED.encode()),
    read("bare line feeds", b"HTTP/1.1 200 OK\nContent-Type: text/xml\n\n" + FEED.encode()),
    read("a header not ascii", OK + "X-Name: Заголовок\xff\r\n\r\n".encode() + FEED.encode()),
    read("an interim answer", b"HTTP/1.1 103 Early Hints\r\n\r\n" + OK + b"\r\n" + FEED.encode()),
    read("a bad cookie", answer(FEED, 'Set-Cookie: a\x1b[31m="; \tforged', "Set-Cookie: =;;;")),
]
PACKED = [
    bad("bomb of gzip", _packed("gzip", _gzip_bomb()), LARGE),
    bad("bomb of deflate", _packed("deflate", _deflate_bomb()), LARGE),
    bad("bomb of br", _packed("br", brotli.compress(bytes(64 * MB), quality=1)), LARGE),
    bad("bomb of zstd", _packed("zstd", zstd.compress(bytes(64 * MB), 1)), LARGE),
    bad("bomb of gzip in gzip", _packed("gzip", _twice()), LARGE),
    bad("bomb in a file", answer(_gzip_bomb()), LARGE),
    bad("says gzip and is not", _packed("gzip", FEED.encode()), DAMAGED),
    bad("says br and is not", _packed("br", FEED.encode()), DAMAGED),
    bad("says zstd and is not", _packed("zstd", FEED.encode()), DAMAGED),
    bad("gzip and then nothing but zeros", _packed("gzip", _gz(b"") + bytes(100)), DAMAGED),
    bad(
        "packed by two",
        _packed("gzip, br", FEED.encode()),
        f"{HOST} packed its answer in a way that we do not read",
    ),
    bad(
        "packed as in old times",
        _packed("compress", FEED.encode()),
        f"{HOST} packed its answer in a way that we do not read",
    ),
    read("gzip", _packed("gzip", _gz(FEED.encode()))),
    read("gzip by its old name", _packed("x-gzip", _gz(FEED.encode()))),
    read("gzip cut at its end", _packed("gzip", _gz(FEED.encode())[:-8])),
    read("gzip in capitals", _packed("GZIP", _gz(FEED.encode()))),
    read("gzip that nobody says", answer(_gz(FEED.encode()))),
    read("gzip twice and said once", _packed("gzip", _gz(_gz(FEED.encode())))),
    read("raw deflate", _packed("deflate", zlib.compress(FEED.encode())[2:-4])),
    read("deflate", _packed("deflate", zlib.compress(FEED.encode()))),
    read("br", _packed("br", brotli.compress(FEED.encode()))),
    read("zstd", _packed("zstd", zstd.compress(FEED.encode()))),
    read("identity", _packed("identity", FEED.encode())),
    read("utf-8 for a packing", _packed("utf-8", FEED.encode())),
    read("none for a packing", _packed("none", FEED.encode())),
]
CASES = [*HTTP, *PACKED, read("a healthy neighbour", answer(FEED))]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Seen]:
    """Visit all cases side by side, those without end with little patience."""
    folder: Path = tmp_path_factory.mktemp("odd")
    found = asyncio.run(visited(CASES, folder, max_body_bytes=MB))
    other: Path = tmp_path_factory.mktemp("unending")
    return found | asyncio.run(visited(UNENDING, other, max_body_bytes=MB, timeout_seconds=0.5))


@pytest.mark.parametrize("case", [*CASES, *UNENDING], ids=str)
def test_a_visit_has_bounds(case: Case, seen: Mapping[str, Seen]) -> None:
    """What is too much, too long or no HTTP is said in a sentence, and what is only odd is read."""
    assert case.among(seen) == case.promised


async def test_hostile_feeds_delay_no_neighbour(tmp_path: Path) -> None:
    """While others hold their answers back, drip and blow up, a healthy feed is read and kept."""
    free = asyncio.Event()

    async def held(_: Asked, writer: asyncio.StreamWriter) -> None:
        await free.wait()
        writer.write(answer(FEED).wire(""))

    healthy = Case("healthy", answer(FEED), READ)
    holding = [Case(f"held {n}", held, READ) for n in range(20)]
    drips = Case("drips", forever(OK + b"Content-Length: 5000\r\n\r\n", b"<", 0.05), {})
    bomb = Case("bomb", _packed("gzip", _gzip_bomb()), {})
    async with rigged([*holding, drips, bomb, healthy], tmp_path) as rig, asyncio.timeout(20):
        while (await rig.status(healthy)).checkpoint.state is FeedState.NEW:
            await rig.sweeper.begin()
        waiting = [(await rig.status(case)).checkpoint.state for case in (*holding, drips)]
        free.set()
        while (await rig.status(holding[-1])).checkpoint.state is FeedState.NEW:
            await rig.sweeper.begin()
    assert waiting == [FeedState.NEW] * 21
