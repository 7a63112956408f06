"""Fetching as the settings have it, and one feed fetched on trial."""

from dataclasses import dataclass

from bot.settings import Settings
from claims.clock import Clock, utc_now
from claims.feeds import Checkpoint, Feed
from claims.model import Source, Story
from watchers.apart import ParserProcess
from watchers.fetch import Fetcher
from watchers.fetched import FetchFailed, FetchPolicy, Held, Unchanged
from watchers.pacing import Pace
from watchers.parse import ParseError


@dataclass(frozen=True, slots=True)
class TriedFeed:
    """What one fetch of a feed brought."""

    fine: bool
    words: str
    stories: tuple[Story, ...] = ()


async def try_feed(settings: Settings, url: str, clock: Clock = utc_now) -> TriedFeed:
    """Fetch one feed as the bot would, and keep nothing."""
    feed = Feed(url, url, Source(url, url), "und")
    async with Fetcher(fetch_policy(settings), clock) as fetcher:
        result = await fetcher.fetch(Checkpoint(feed_url=url, current_url=url))
    match result:
        case FetchFailed(error=error):
            return TriedFeed(False, f"{url}: {error}")
        case Unchanged() | Held():
            return TriedFeed(False, f"{url}: did not answer as to a first visit")
    async with ParserProcess() as parser:
        try:
            parsed = await parser.parse(
                result.body, feed, seen_at=clock(), content_type=result.content_type, base_url=result.url
            )
        except ParseError as error:
            return TriedFeed(False, f"{url}: {error}")
    moved = f", moved to {result.url}" if result.moved else ""
    words = f"{url}: {len(result.body)} bytes, {len(parsed.stories)} stories{moved}"
    return TriedFeed(True, words, parsed.stories)


def fetch_policy(settings: Settings) -> FetchPolicy:
    """Return what the settings say of fetching."""
    watch = settings.watch
    return FetchPolicy(
        contact=watch.contact,
        timeout_seconds=watch.timeout_seconds,
        max_body_bytes=watch.max_body_bytes,
        per_host=watch.per_host,
        allow_hosts=frozenset(watch.allow_hosts),
        connect_seconds=watch.connect_seconds,
        host_pause_seconds=watch.host_pause_seconds,
    )


def pace_of(settings: Settings) -> Pace:
    """Return what the settings say of how often feeds are asked."""
    watch = settings.watch
    return Pace(watch.interval_minutes, watch.floor_seconds, watch.ceiling_minutes)
