"""`claimwatch backfill`, put together: the store for itself, the chain, and a parser for feed documents."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot import parts
from bot.app_chain import chain
from bot.app_signals import asked_to_stop
from bot.commands.spelling import COMMAND_LINE
from bot.settings import Settings
from claims.clock import Clock, utc_now
from claims.errors import NotFound
from claims.feeds import Feed, FeedStatus
from claims.model import Story
from watchers.apart import ParserProcess
from watchers.archives import Archives, Skipped
from watchers.backfill import Backfill, Filled
from watchers.outlets import Outlets


@dataclass(frozen=True, slots=True)
class History:
    """What became of archives."""

    files: int
    filled: Filled
    stopped: bool
    """Somebody asked for the end before the last story was kept."""


async def backfill(
    settings: Settings,
    paths: Sequence[Path],
    feed_url: str | None,
    *,
    on_step: Callable[[int, int], None],
    on_skip: Callable[[Path, str], None],
    clock: Clock = utc_now,
) -> History:
    """Keep the stories of archives, and tell none, until all are kept or a signal asks for the end.

    Args:
        settings: where the store is, and how stories are matched.
        paths: files and folders.
        feed_url: the watched feed of the stories that name neither a watched feed nor an outlet, or None.
        on_step: told after each batch how many stories of about how many are kept.
        on_skip: told of each thing that is left out: its file, and a sentence.
        clock: the time.

    Raises:
        NotFound: no feed of that address is watched.
        OperatorError: a seed file or the store is not usable, or another process holds the store.

    """
    seeds = parts.read_seeds(settings)

    def skip(skipped: Skipped) -> None:
        on_skip(skipped.path, skipped.words)

    async def read(body: bytes, feed: Feed, seen_at: datetime) -> Sequence[Story]:
        return (await parser.parse(body, feed, seen_at=seen_at)).stories

    with parts.only_one(settings.store.path):
        async with parts.opened_store(settings) as store, ParserProcess() as parser:
            await parts.seed(store, seeds)
            watched = await store.feeds()
            outlets = Outlets(watched, await store.former_feeds())
            archives = Archives(
                paths,
                read_document=read,
                outlets=outlets,
                feed=_watched(outlets, watched, feed_url) if feed_url else None,
                now=clock(),
                max_bytes=settings.watch.max_body_bytes,
            )
            filling = Backfill(store, chain=chain(settings, store, clock), outlets=outlets, on_skip=skip)
            filled, stopped = Filled(), False
            async with contextlib.aclosing(filling.run(archives)) as steps:
                with asked_to_stop() as asked:
                    async for filled in steps:
                        on_step(filled.done, archives.about(filled.read))
                        if asked.is_set() and filled.done < archives.about(filled.read):
                            stopped = True
                            break
            return History(len(archives.files), filled, stopped)


def _watched(outlets: Outlets, watched: Sequence[FeedStatus], url: str) -> Feed:
    feed = outlets.addressed([url])
    if feed is None or all(feed != status.feed for status in watched):
        raise NotFound(f"--feed: no feed {url!r} is watched; {COMMAND_LINE('feed list')} names them")
    return feed
