"""A server of thousands of feeds in a process of its own, each on a loopback address that is its own host.

It closes each connection, as hosts that are asked every few minutes do.
"""

import asyncio
import gzip
import multiprocessing
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from http.client import HTTPConnection
from multiprocessing.connection import Connection

BEGUN = datetime(2026, 3, 2, tzinfo=UTC)
"""The date of the oldest entry."""
ETAG = '"sample"'
PROSE = (
    "The keepers of the sample zoo expect a crowd on Sunday, and the town runs two more trams. "
    "Tickets are sold at the gate alone; whoever comes by bicycle pays half. "
)


@dataclass
class Answers:
    """What every feed answers; it is changed by a request to `/set/WAY/NEWS/ENTRIES`."""

    way: str = "200"
    """`304`: validators are honoured. `200`: the body is sent whatever is asked. `touched`: another one each
    time, with the same entries."""
    news: int = 0
    """Entries that have come since the start; they stand at the top."""
    entries: int = 30
    edition: int = 0
    relevant: str = ""
    """The feed whose newest entry speaks of arms."""

    def answer(self, request: bytes) -> bytes:
        """Return the whole answer to one request."""
        path = request.split(b" ", 2)[1].decode()
        if path.startswith("/set/"):
            _, _, self.way, news, entries, self.relevant = path.split("/")
            self.news, self.entries = int(news), int(entries)
            return _response("200 OK", b"")
        if self.way == "304" and b"If-None-Match" in request:
            return _response("304 Not Modified", b"")
        number = path.removeprefix("/")
        self.edition += self.way == "touched"
        return _response("200 OK", packed(self, number))


@dataclass
class Wire(asyncio.Protocol):
    """One connection with one request, which has no body."""

    answers: Answers
    received: bytes = b""
    transport: asyncio.Transport = field(init=False)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer when a request is complete."""
        self.received += data
        if self.received.endswith(b"\r\n\r\n"):
            request, self.received = self.received, b""
            self.transport.write(self.answers.answer(request))
            self.transport.close()


def _response(status: str, body: bytes) -> bytes:
    coded = "Content-Encoding: gzip\r\nContent-Type: application/rss+xml\r\n" if body else ""
    head = f"HTTP/1.1 {status}\r\nETag: {ETAG}\r\n{coded}Content-Length: {len(body)}"
    return f"{head}\r\nConnection: close\r\n\r\n".encode() + body


@cache
def _old(entries: int) -> str:
    """Return the entries that every feed has, with `{feed}` where they differ: 1.1 KB each."""
    return "".join(_entry(f"Sample zoo, day {n}", f"old-{n}", n) for n in reversed(range(entries)))


def _entry(title: str, name: str, minutes: int) -> str:
    return (
        f"<item><title>{title} in {{feed}}</title><link>https://{{feed}}.example/{name}</link>"
        f"<guid isPermaLink='false'>{{feed}}-{name}</guid><description>{PROSE * 5}</description>"
        f"<pubDate>{format_datetime(BEGUN + timedelta(minutes=minutes))}</pubDate></item>\n"
    )


def packed(answers: Answers, number: str) -> bytes:
    """Return a feed's document, gzipped: 34 KB for thirty entries, as the news feeds that were measured."""
    news = answers.news
    new = "".join(_entry(f"Sample harbour, day {n}", f"new-{n}", 60 + n) for n in reversed(range(news)))
    if number == answers.relevant:
        new = _entry("Seoul counts 9,000 containers shipped from Rajin to Russia", f"hot-{news}", 90) + new
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Sample {feed}</title>'
    head = f"{head}<generator>edition {answers.edition}</generator>"
    document = f"{head}{new}{_old(answers.entries)}</channel></rss>".replace("{feed}", f"feed-{number}")
    return gzip.compress(document.encode(), 1)


async def _serve(ready: Connection) -> None:
    answers = Answers()
    listening = socket.create_server(("0.0.0.0", 0), backlog=1_000)  # noqa: S104 - every address of 127/8
    server = await asyncio.get_running_loop().create_server(lambda: Wire(answers), sock=listening)
    ready.send(listening.getsockname()[1])
    await server.serve_forever()


def _run(ready: Connection) -> None:
    asyncio.run(_serve(ready))


@dataclass(frozen=True)
class Loopback:
    """The running server."""

    port: int
    pid: int

    def url(self, number: int) -> str:
        """Return the address of a feed: 127.0.0.0/8 is this machine alone (RFC 1122, 3.2.1.3)."""
        return f"http://{self.host_port(number)}/{number}"

    def host_port(self, number: int) -> str:
        """Return the host and port of a feed."""
        return f"127.{1 + number // 62_500}.{number // 250 % 250}.{1 + number % 250}:{self.port}"

    def set(self, way: str, *, news: int = 0, entries: int = 30, relevant: str = "") -> None:
        """Say what feeds answer from now on."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", f"/set/{way}/{news}/{entries}/{relevant}", headers={"Accept-Encoding": ""})
        connection.getresponse().read()
        connection.close()


@contextmanager
def loopback() -> Iterator[Loopback]:
    """Run the server for the length of a block."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(theirs,), daemon=True)
    process.start()
    theirs.close()  # so that its end is seen here
    try:
        yield Loopback(ours.recv(), process.pid or 0)
    finally:
        process.terminate()
        process.join()
