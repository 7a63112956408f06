"""The sample feeds, served on loopback as they stood at a given moment.

The feeds are cut as text and never parsed, since one of them is broken on purpose: an item begins at its
start tag and ends where the next begins.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Self

from claims.feeds import Feed
from claims.seeding import read_feeds

OPENING = datetime(2025, 8, 25, 6, tzinfo=UTC)
"""When the first visit belongs: every feed then holds a story of backlog and all news is to come."""

_STOP_CHECK_SECONDS = 0.05
_STAND_IN = "http://samples.example"
_CONTENT_TYPES = {
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".rdf": "application/rdf+xml; charset=utf-8",
}
_ITEM = re.compile(r"^[ \t]*<(?:item|entry)[ >]", re.MULTILINE)
_END = re.compile(r".*</(?:item|entry)>\s*", re.DOTALL)
_DATE = re.compile(r"<(?:pubDate|dc:date|published|updated)>([^<]+)<")
_NAME = re.compile(r'<(?:guid|id)\b[^>]*>([^<]+)<|rdf:about="([^"]+)"')


def moments(folder: Path) -> list[datetime]:
    """Return `OPENING` and every later moment at which a sample story came out or was changed, in order."""
    dates = {_moment(item) for path in _files(folder) for item in _cut(path.read_text("utf-8"))[1]}
    return [OPENING, *sorted(date for date in dates if date > OPENING)]


def as_of(text: str, now: datetime) -> str:
    """Return a feed without the items dated after `now`, and with the later of two versions of one."""
    head, items, tail = _cut(text)
    newest: dict[str, str] = {}
    for item in sorted((item for item in items if _moment(item) <= now), key=_moment):
        newest[_name(item)] = item
    return head + "".join(item for item in items if newest.get(_name(item)) == item) + tail


class SampleServer:
    """Serves the sample feeds of a folder on 127.0.0.1 while its context lasts, in a thread of its own.

    `now` is asked at every request, from that thread, and returns an aware moment. A feed has an ETag and
    answers 304 to the one that asks with it.
    """

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(folder, now))
        self._thread = Thread(
            target=self._http.serve_forever, args=(_STOP_CHECK_SECONDS,), name="samples", daemon=True
        )

    @property
    def base(self) -> str:
        """Return the address under which the feeds lie, without a slash at its end."""
        return f"http://{self.host_port}"

    @property
    def host_port(self) -> str:
        """Return what `watch.allow_hosts` must hold for the feeds to be fetched."""
        host, port = self._http.server_address[:2]
        return f"{host!s}:{port}"

    def feeds(self) -> tuple[Feed, ...]:
        """Return the feeds of the folder's `feeds.toml`, at the address of this server.

        Raises:
            SeedError: the file holds mistakes.

        """
        listed = read_feeds(self._folder / "feeds.toml")
        return tuple(replace(feed, url=feed.url.replace(_STAND_IN, self.base, 1)) for feed in listed)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


def _handler(folder: Path, now: Callable[[], datetime]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths = {f"/{path.name}": path for path in _files(folder)}
            path = paths.get(self.path)
            if path is None:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            body = as_of(path.read_text("utf-8"), now()).encode()
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            known = self.headers.get("If-None-Match") == etag
            self.send_response(HTTPStatus.NOT_MODIFIED if known else HTTPStatus.OK)
            self.send_header("ETag", etag)
            if not known:
                self.send_header("Content-Type", _CONTENT_TYPES[path.suffix])
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if not known:
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as http.server has it
            """Keep quiet: the demo's terminal is for alerts."""

    return Handler


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in _CONTENT_TYPES)


def _cut(text: str) -> tuple[str, list[str], str]:
    """Return what stands before the items, the items as they are written, and what stands after them."""
    starts = [match.start() for match in _ITEM.finditer(text)]
    if not starts:
        return text, [], ""
    ends = [*starts[1:], len(text)]
    items = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    last = _END.match(items[-1])
    cut = last.end() if last else len(items[-1])
    return text[: starts[0]], [*items[:-1], items[-1][:cut]], items[-1][cut:]


def _moment(item: str) -> datetime:
    """Return the latest date of an item, in UTC: that of its last change, where it has two."""
    return max(_date(found) for found in _DATE.findall(item))


def _date(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return parsedate_to_datetime(text).astimezone(UTC)


def _name(item: str) -> str:
    found = _NAME.search(item)
    return (found.group(1) or found.group(2)) if found else item
