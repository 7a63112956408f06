"""Fetching as the settings have it, and the scout: addresses looked at on trial, with nothing kept."""

import contextlib
from collections.abc import AsyncIterator
from functools import partial

from bot.commands.scout import Article, Found, Look, Scout
from bot.settings import Settings
from claims.clock import Clock, utc_now
from claims.errors import NotThere
from claims.feeds import Checkpoint, Feed, FeedStatus
from claims.text import one_line
from watchers.apart import ParserProcess
from watchers.article import installed, read_article
from watchers.checkpoints import after_visit
from watchers.discover import discover
from watchers.document import ParseError
from watchers.fetch import Fetcher
from watchers.fetched import Fetched, FetchFailed, FetchPolicy, FetchResult, Held, Unchanged
from watchers.pacing import Pace
from watchers.robots import Robots
from watchers.visit import fetched

NO_PAGES = "whoever runs the bot installs the extra, pip install 'claimwatch[full-text]'"
_SHOWN = 300
"""Characters of an address in an error."""


class FeedScout:
    """A `Scout` over what fetches and parses for the visits."""

    def __init__(
        self, fetcher: Fetcher, robots: Robots, parser: ParserProcess, clock: Clock, pace: Pace
    ) -> None:
        self._fetcher = fetcher
        self._robots = robots
        self._parser = parser
        self._clock = clock
        self._pace = pace

    async def look(self, feed: Feed) -> Look:
        """See `Scout.look`."""
        before = Checkpoint(feed.url, feed.url)
        found = _found(feed.url, await fetched(feed, before, self._fetcher.fetch, self._robots.refusal))
        now = self._clock()
        try:
            parsed = await self._parser.parse(
                found.body, feed, seen_at=now, content_type=found.content_type, base_url=found.url
            )
        except ParseError as error:
            raise NotThere(f"{_shown(feed.url)}: {error}") from None
        after = after_visit(
            FeedStatus(feed, before),
            found,
            self._pace,
            now,
            jitter=0.0,
            dates=[story.at for story in parsed.stories],
            wishes=parsed.wishes,
        )
        return Look(
            url=found.url,
            moved=found.moved,
            size=len(found.body),
            title=parsed.title,
            language=parsed.language,
            stories=parsed.stories,
            wishes=parsed.wishes,
            wait=(after.next_try_at or now) - now,
            paced_by=after.paced_by,
        )

    async def discover(self, url: str) -> tuple[Found, ...]:
        """See `Scout.discover`."""
        found = await discover(self._fetcher.get, self._parser.call, url)
        if not found.feeds:
            raise NotThere(found.trouble)
        return tuple(Found(each.url, each.title, each.kind) for each in found.feeds)

    async def read(self, url: str) -> bytes:
        """See `Scout.read`."""
        return _found(url, await self._fetcher.get(url)).body

    async def article(self, url: str) -> Article:
        """See `Scout.article`."""
        if not installed():
            raise NotThere(f"{_shown(url)}: pages cannot be read here: {NO_PAGES}")
        found = _found(url, await self._fetcher.get(url, refusal=self._robots.refusal))
        read = partial(
            read_article, found.body, content_type=found.content_type, url=found.url, language="und"
        )
        try:
            article = await self._parser.call(read)
        except ParseError as error:
            raise NotThere(f"{_shown(url)}: {error}") from None
        return Article(article.url or found.url, article.title, article.text)


def _found(url: str, result: FetchResult) -> Fetched:
    match result:
        case Fetched():
            return result
        case FetchFailed(error=error):
            raise NotThere(f"{_shown(url)}: {error}")
        case Unchanged():
            raise NotThere(f"{_shown(url)}: answered 304 Not Modified to a first visit")
        case Held(until=until):
            raise NotThere(f"{_shown(url)}: its host asked not to be asked before {until:%H:%M} UTC")


def _shown(url: str) -> str:
    return one_line(url[:_SHOWN])


def fetch_policy(settings: Settings) -> FetchPolicy:
    """Return what the settings say of fetching."""
    watch = settings.watch
    return FetchPolicy(
        contact=watch.contact,
        timeout_seconds=watch.timeout_seconds,
        max_body_bytes=watch.max_body_bytes,
        per_host=watch.per_host,
        # Whoever serves feeds on a private address is the operator's own and makes them of many sites.
        bridges=frozenset(host.lower() for host in watch.allow_hosts),
        allow_hosts=frozenset(watch.allow_hosts),
        connect_seconds=watch.connect_seconds,
        host_pause_seconds=watch.host_pause_seconds,
    )


def pace_of(settings: Settings) -> Pace:
    """Return what the settings say of how often feeds are asked."""
    watch = settings.watch
    return Pace(watch.interval_minutes, watch.floor_seconds, watch.ceiling_minutes)


@contextlib.asynccontextmanager
async def scouting(settings: Settings, clock: Clock = utc_now) -> AsyncIterator[Scout]:
    """Hand out a scout of its own, beside a bot that may be running, and close it at the end."""
    async with Fetcher(fetch_policy(settings), clock) as fetcher, ParserProcess() as parser:
        yield FeedScout(fetcher, Robots(fetcher.get, clock=clock), parser, clock, pace_of(settings))
