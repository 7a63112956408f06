"""The scout, put together: what looks at an address for people with the manners of a visit."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

from bot.commands.scout import Found, Look, Scout
from bot.settings import Settings
from claims.clock import Clock, utc_now
from claims.errors import NotFound
from claims.feeds import Checkpoint, Feed, FeedStatus
from claims.text import one_line
from watchers.apart import ParserProcess
from watchers.checkpoints import after_visit
from watchers.fetch import Fetched, Fetcher, FetchFailed, FetchPolicy, FetchResult, Unchanged
from watchers.pacing import Pace
from watchers.parse import ParseError
from watchers.visit import Parse

_SHOWN = 300
"""Characters of an address in an error."""


class FeedScout:
    """A `Scout` over what fetches and parses for the visits."""

    def __init__(
        self, fetch: Callable[[Checkpoint], Awaitable[FetchResult]], parse: Parse, clock: Clock, pace: Pace
    ) -> None:
        self._fetch = fetch
        self._parse = parse
        self._clock = clock
        self._pace = pace

    async def look(self, feed: Feed) -> Look:
        """See `Scout.look`."""
        fetched = await self._fetched(feed.url)
        try:
            parsed = await self._parse(
                fetched.body,
                feed,
                seen_at=self._clock(),
                content_type=fetched.content_type,
                base_url=fetched.url,
                known=b"",
            )
        except ParseError as error:
            raise NotFound(f"{_shown(feed.url)}: {error}") from None
        status = FeedStatus(feed, Checkpoint(feed.url, feed.url))
        now = self._clock()
        after = after_visit(status, fetched, self._pace, now, jitter=0.0)
        return Look(
            url=fetched.url,
            moved=fetched.moved,
            size=len(fetched.body),
            title=parsed.title,
            language=parsed.language,
            stories=parsed.stories,
            wishes=parsed.wishes,
            wait=(after.next_try_at or now) - now,
            paced_by=after.paced_by,
        )

    async def discover(self, url: str) -> tuple[Found, ...]:  # noqa: ARG002 - until sites are read
        """See `Scout.discover`."""
        return ()

    async def read(self, url: str) -> bytes:
        """See `Scout.read`."""
        return (await self._fetched(url)).body

    async def _fetched(self, url: str) -> Fetched:
        match await self._fetch(Checkpoint(feed_url=url, current_url=url)):
            case Fetched() as fetched:
                return fetched
            case FetchFailed(error=error):
                raise NotFound(f"{_shown(url)}: {error}")
            case Unchanged():
                raise NotFound(f"{_shown(url)}: answered 304 Not Modified to a first visit")


def fetch_policy(settings: Settings) -> FetchPolicy:
    """Return what a fetch may cost and whom it may ask."""
    watch = settings.watch
    return FetchPolicy(
        contact=watch.contact,
        timeout_seconds=watch.timeout_seconds,
        max_body_bytes=watch.max_body_bytes,
        per_host=watch.per_host,
        allow_hosts=frozenset(watch.allow_hosts),
    )


def pace_of(settings: Settings) -> Pace:
    """Return how often feeds are asked."""
    return Pace(settings.watch.interval_minutes, settings.watch.floor_seconds)


@contextlib.asynccontextmanager
async def scouting(settings: Settings, clock: Clock = utc_now) -> AsyncIterator[Scout]:
    """Hand out a scout of its own, beside a bot that may be running, and close it at the end."""
    async with Fetcher(fetch_policy(settings), clock) as fetcher, ParserProcess() as parser:
        yield FeedScout(fetcher.fetch, parser.parse, clock, pace_of(settings))


def _shown(url: str) -> str:
    return one_line(url[:_SHOWN])
