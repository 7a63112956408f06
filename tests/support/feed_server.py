"""A small real HTTP server on loopback, whose feeds are set from tests, and a builder of RSS."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Page:
    """What one path answers, after `delay` seconds."""

    body: bytes
    status: int
    headers: dict[str, str]
    delay: float


PATIENCE = 45.0
"""Seconds that a test waits for a visit, also of a bot that starts slowly; never waited out without need."""


@dataclass
class FeedServer:
    """Answers what was `set`, honours validators, and keeps what it was asked.

    `requests` counts by path; `headers` has the headers of every request of a path, in order.
    """

    port: int = 0
    requests: Counter[str] = field(default_factory=Counter)
    headers: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    _asked: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def host_port(self) -> str:
        """Return what stands in `watch.allow_hosts`."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://{self.host_port}{path}"

    def set(
        self,
        path: str,
        body: bytes | str = b"",
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        status: int = 200,
        delay: float = 0.0,
        headers: dict[str, str] | None = None,
    ) -> str:
        """Answer this at a path from now on; return its address. A `Location` goes into `headers`."""
        all_headers = {"Content-Type": "application/rss+xml", **(headers or {})}
        if etag is not None:
            all_headers["ETag"] = etag
        if last_modified is not None:
            all_headers["Last-Modified"] = last_modified
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = Page(data, status, all_headers, delay)
        return self.url(path)

    async def asked(self, path: str, times: int) -> None:
        """Wait until a path was asked so often in all."""
        async with asyncio.timeout(PATIENCE), self._asked:
            await self._asked.wait_for(lambda: self.requests[path] >= times)

    async def answer(self, request: web.Request) -> web.Response:
        """Answer one request; 404 for a path that was never set."""
        async with self._asked:
            self.requests[request.path] += 1
            self._asked.notify_all()
        self.headers.setdefault(request.path, []).append(dict(request.headers))
        page = self.pages.get(request.path)
        if page is None:
            return web.Response(status=404)
        if page.delay:
            await asyncio.sleep(page.delay)
        if page.status == 200 and _unchanged(request, page):
            return web.Response(status=304, headers=page.headers)
        return web.Response(body=page.body, status=page.status, headers=page.headers)


def _unchanged(request: web.Request, page: Page) -> bool:
    """RFC 9110, section 13.2.2: If-None-Match is looked at first, If-Modified-Since only without it."""
    if "If-None-Match" in request.headers:
        return request.headers["If-None-Match"] == page.headers.get("ETag")
    since = request.headers.get("If-Modified-Since")
    return since is not None and since == page.headers.get("Last-Modified")


@asynccontextmanager
async def serving(application: web.Application) -> AsyncIterator[int]:
    """Serve an application on a free port of loopback; yield the port."""
    runner = web.AppRunner(application, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@asynccontextmanager
async def feed_server() -> AsyncIterator[FeedServer]:
    """Run a `FeedServer` for the length of a block."""
    server = FeedServer()
    application = web.Application()
    application.router.add_get("/{path:.*}", server.answer)
    async with serving(application) as port:
        server.port = port
        yield server


def item(
    title: str,
    link: str = "",
    *,
    summary: str = "",
    guid: str = "",
    published: datetime | None = datetime(2026, 8, 27, 11, 9, tzinfo=UTC),
) -> str:
    """Return an RSS 2.0 item; what is empty is left out."""
    parts = [
        f"<title>{escape(title)}</title>" if title else "",
        f"<link>{escape(link)}</link>" if link else "",
        f"<description>{escape(summary)}</description>" if summary else "",
        f'<guid isPermaLink="false">{escape(guid)}</guid>' if guid else "",
        f"<pubDate>{format_datetime(published)}</pubDate>" if published else "",
    ]
    return f"<item>{''.join(parts)}</item>"


def rss(*items: str, title: str = "Sample outlet", language: str = "en") -> str:
    """Return an RSS 2.0 document with these items, in the order given."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{escape(title)}</title><language>{language}</language>{''.join(items)}</channel></rss>"
    )
