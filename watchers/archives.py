"""Files of old stories: feed documents as they were saved, and JSON lines as `match` takes them."""

import html
import json
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from claims.errors import RowError
from claims.feeds import Feed, FeedKind
from claims.matching.rows import UNKNOWN, read_line
from claims.model import Story
from claims.tables import web_address
from claims.text import digest_key, plain_text, story_id
from watchers.decode import decode
from watchers.document import MAX_MARKUP, ParseError
from watchers.markup import MAX_ENTRIES, parted, starts
from watchers.outlets import Outlets
from watchers.stories import MAX_SUMMARY, MAX_TITLE, MAX_URL, OLDEST

ReadDocument = Callable[[bytes, Feed, datetime], Awaitable[Sequence[Story]]]
"""Returns the stories of a feed document, seen at a moment, or raises `ParseError`."""

_LINES = (".jsonl", ".ndjson")
_FIRST_LINE = 1_000_000  # bytes: a line of JSON is far shorter, and a whole feed may stand on one
_ITEMS = re.compile(r'"items"\s*:')
_ADDRESS = re.compile(r"https?:[^\s\"'<>]+")
_TITLE = re.compile(r"<title[^<>]*>(.*?)</title>|\"title\"\s*:\s*(\"(?:[^\"\\]|\\.)*\")", re.DOTALL)
_LANGUAGE = re.compile(r"[a-z]{2}")


class Why(StrEnum):
    """Why something of an archive is left out."""

    UNREADABLE = "unreadable"
    """A file."""
    NO_STORY = "no story"
    """A line."""
    UNDATED = "without a date"
    """A story, and one with a date before the web: it has no place in a history."""
    TO_COME = "dated in the future"


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something of an archive that is left out."""

    path: Path
    why: Why
    words: str
    """Names the file, the line where it has lines, and what is wrong."""


class Archives:
    """Archives in the order given, the files of a folder in that of their names, hidden ones left out."""

    def __init__(
        self,
        paths: Sequence[Path],
        *,
        read_document: ReadDocument,
        outlets: Outlets,
        feed: Feed | None,
        now: datetime,
        max_bytes: int,
    ) -> None:
        """Look which files there are.

        Args:
            paths: files and folders.
            read_document: reads a feed document.
            outlets: say which feed a story belongs to.
            feed: the feed of the stories that name neither a watched feed nor their outlet.
            now: when they are read: the moment at which every story is first seen.
            max_bytes: of a feed document; a longer one is not read.

        """
        self.files = [file for path in paths for file in _files(path)]
        self.bytes = sum(map(_size, self.files))
        self.bytes_read = 0
        """Of the files so far."""
        self._read_document = read_document
        self._outlets = outlets
        self._feed = feed
        self._now = now
        self._max_bytes = max_bytes

    async def stories(self) -> AsyncIterator[tuple[Story, Feed] | Skipped]:
        """Yield each story with its feed, in the order of the files, and what is left out."""
        for path in self.files:
            before = self.bytes_read
            try:
                if _has_lines(path):
                    for found in self._lines(path):
                        yield found
                else:
                    async for found in self._document(path):
                        yield found
            except OSError as error:
                yield Skipped(path, Why.UNREADABLE, f"{path}: {error.strerror or error}")
            except ParseError as error:
                words = str(error).replace("the answer", "the file", 1)  # of a server, as a rule
                yield Skipped(path, Why.UNREADABLE, f"{path}: {words}")
            self.bytes_read = before + _size(path)

    def about(self, stories: int) -> int:
        """Return how many stories there may be in all, when the files gave so many until now."""
        return round(stories * self.bytes / self.bytes_read) if self.bytes_read else stories

    def _lines(self, path: Path) -> Iterator[tuple[Story, Feed] | Skipped]:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                self.bytes_read += len(line)
                if line.strip():
                    yield self._line(path, f"{path}, line {number}", line)

    def _line(self, path: Path, where: str, line: bytes) -> tuple[Story, Feed] | Skipped:
        try:
            row = read_line(line.decode("utf-8-sig"), where, self._now)
        except RowError as error:
            return Skipped(path, Why.NO_STORY, str(error))
        except UnicodeDecodeError as error:
            return Skipped(path, Why.NO_STORY, f"{where}: {error}")
        language = row.language if _LANGUAGE.fullmatch(row.language) else "und"
        unnamed = row.source.name == UNKNOWN
        feed = self._feed if self._feed and unnamed else self._outlets.named(row.source.name, language)
        title = plain_text(row.title[:MAX_MARKUP])[:MAX_TITLE].rstrip()
        url = _page(row.url)
        # The ids of a file are its own: beside its headline such an id is as good as a guid.
        guid = None if url else digest_key(row.id, title)
        story = Story(
            id=story_id(feed.url, url, guid, title),
            feed_url=feed.url,
            url=url,
            title=title,
            summary=plain_text(row.summary[:MAX_MARKUP])[:MAX_SUMMARY].rstrip(),
            language=language if language != "und" else feed.language,
            source=feed.source,
            published_at=row.published_at,
            seen_at=self._now,
            guid=guid,
        )
        return self._dated(path, where, story, feed)

    async def _document(self, path: Path) -> AsyncIterator[tuple[Story, Feed] | Skipped]:
        body = self._body(path)
        feed = self._feed_of(path, decode(body, None, "und"))
        saved = replace(feed, kind=FeedKind.FEED)  # also of an outlet whose page or sitemap is watched
        for part in _parts(body, feed.language):
            for story in await self._read_document(part, saved, self._now):
                yield self._dated(path, f"{path}, “{story.title}”", story, feed)

    def _body(self, path: Path) -> bytes:
        if path.stat().st_size > self._max_bytes:
            raise ParseError(f"larger than watch.max_body_bytes, {self._max_bytes:,} bytes")
        return path.read_bytes()

    def _feed_of(self, path: Path, text: str) -> Feed:
        """Return the watched feed that the head of a document names, else the given one, else by title."""
        head = _head(text.lstrip())
        addresses = (html.unescape(each) for each in _ADDRESS.findall(head))
        return self._outlets.addressed(addresses) or self._feed or self._titled(head, path)

    def _titled(self, head: str, path: Path) -> Feed:
        return self._outlets.named(plain_text(_title(head)) or path.stem, "und")

    def _dated(self, path: Path, where: str, story: Story, feed: Feed) -> tuple[Story, Feed] | Skipped:
        if story.published_at is None or story.published_at < OLDEST:
            return Skipped(path, Why.UNDATED, f"{where}: it has no date, and so no place in the history")
        if story.published_at >= self._now:  # equal: the reader of feeds puts dates to come at the visit
            return Skipped(path, Why.TO_COME, f"{where}: its date is to come")
        return replace(story, backlog=True), feed


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder) / name for name in sorted(names) if not name.startswith("."))


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _title(head: str) -> str:
    found = _TITLE.search(head)
    if found and found[2]:
        with suppress(ValueError):
            return str(json.loads(found[2], strict=False))
    return found[1] or "" if found else ""


def _has_lines(path: Path) -> bool:
    """Say whether a file holds JSON lines: by its name, else by its first line.

    Raises:
        ParseError: it is no file that can be read to an end.

    """
    if not path.is_file():
        raise ParseError("neither a file nor a folder")
    if path.suffix.lower() in _LINES:
        return True
    with path.open("rb") as file:
        line = file.readline(_FIRST_LINE)
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and "items" not in row


def _head(text: str) -> str:
    """Return what a document says before its entries."""
    if text.startswith("{"):
        return _ITEMS.split(text, maxsplit=1)[0].replace("\\/", "/")
    return parted(text.encode("utf-8", "replace"))[0].decode()


def _parts(body: bytes, language: str) -> Iterator[bytes]:
    """Yield a document in parts of as many entries as are read of one: archives are longer than feeds."""
    text = decode(body, None, language).strip()
    if text.startswith("{"):
        yield from _json_parts(body, text)
        return
    data = text.encode("utf-8", "replace")
    begins = starts(data)
    if len(begins) <= MAX_ENTRIES:
        yield body
        return
    head, entries = parted(data)
    end = data.find(b">", len(head) + len(entries)) + 1
    for begin, stop in pairwise([*begins[::MAX_ENTRIES], end]):
        yield head + data[begin:stop] + data[end:]


def _json_parts(body: bytes, text: str) -> Iterator[bytes]:
    try:
        document = json.loads(text)
        items = document["items"]
        parts = [items[begin : begin + MAX_ENTRIES] for begin in range(0, len(items), MAX_ENTRIES)]
    except (ValueError, TypeError, KeyError, RecursionError):
        parts = []
    if len(parts) <= 1:
        yield body  # whatever it is, the parser says it
        return
    for part in parts:
        yield json.dumps({**document, "items": part}).encode()


def _page(url: str) -> str:
    """Return the address of a story's page, or an empty text where it is none that can be shown."""
    try:
        return web_address(url) if len(url) <= MAX_URL and url.isprintable() else ""
    except ValueError:
        return ""
