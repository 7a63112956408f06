"""A sweep: every due feed is fetched, parsed, matched, grouped, decided on and saved in one transaction."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from claims.clock import Clock
from claims.errors import StoreError
from claims.feeds import Checkpoint, Feed, FeedStatus, Visit
from claims.model import Alert, Story
from claims.store import Store
from watchers.chain import Chain
from watchers.checkpoints import after_visit
from watchers.fetch import Fetched, FetchFailed, FetchResult
from watchers.pacing import Pace, next_try
from watchers.parse import ParseError
from watchers.sift import sift

log = logging.getLogger(__name__)


class Parse(Protocol):
    """What makes stories of a document; see `watchers.apart.ParserProcess.parse`."""

    async def __call__(
        self, body: bytes, feed: Feed, *, seen_at: datetime, content_type: str | None, base_url: str
    ) -> tuple[Story, ...]:
        """Return the stories of a document, oldest first, or raise `ParseError`."""
        ...


@dataclass(frozen=True, slots=True)
class Sweep:
    """What one sweep did."""

    visited: int
    failed: int
    stories: int
    """New ones, backlog included."""
    alerts: int
    """Raised; updates are not counted."""


class Poller:
    """Visits due feeds; a feed that fails, however oddly, keeps its trouble to itself."""

    def __init__(
        self,
        store: Store,
        *,
        fetch: Callable[[Checkpoint], Awaitable[FetchResult]],
        parse: Parse,
        chain: Chain,
        clock: Clock,
        pace: Pace,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._store = store
        self._fetch = fetch
        self._parse = parse
        self._chain = chain
        self._clock = clock
        self._pace = pace
        self._jitter = jitter
        self._visiting: set[str] = set()
        # When feeds may be asked again whose own time the store has not kept.
        self._held: dict[str, datetime] = {}
        self._store_fails = False

    async def sweep(self, on_visit: Callable[[int, int], None] | None = None) -> Sweep:
        """Visit every due feed once; `on_visit` is told after each how many of how many are done.

        A feed that another sweep is visiting is left to that one. One whose visit the store could not keep
        counts as failed, and is asked again at its pace.

        Raises:
            StoreError: the store could not say which feeds are due.

        """
        now = self._clock()
        due = [
            status for status in await self._store.due_feeds(now) if self._may_be_asked(status.feed.url, now)
        ]
        self._visiting.update(status.feed.url for status in due)
        visits: list[Visit | None] = []

        async def visit(status: FeedStatus) -> None:
            try:
                visits.append(await self._guarded(status))
            finally:
                self._visiting.discard(status.feed.url)
            if on_visit:
                on_visit(len(visits), len(due))

        await asyncio.gather(*(visit(status) for status in due))
        outcomes = [outcome for visit in visits if visit for outcome in visit.outcomes]
        return Sweep(
            visited=len(visits),
            failed=sum(visit is None or visit.checkpoint.error is not None for visit in visits),
            stories=len(outcomes),
            alerts=sum(isinstance(outcome.decision, Alert) for outcome in outcomes),
        )

    def _may_be_asked(self, url: str, now: datetime) -> bool:
        return url not in self._visiting and self._held.get(url, now) <= now

    async def _guarded(self, status: FeedStatus) -> Visit | None:
        """Visit a feed, whatever happens; None where the store could not keep the visit."""
        url = status.feed.url
        self._held[url] = next_try(self._pace, status.feed, self._clock())
        try:
            visit = await self._visit_or_failure(status)
        except StoreError as error:
            if not self._store_fails:
                log.critical("visits cannot be kept: %s", error)
            self._store_fails = True
            return None
        except Exception:
            log.exception("visit not recorded feed=%s", url)
            return None
        del self._held[url]
        if self._store_fails:
            log.info("visits are kept again")
        self._store_fails = False
        _tell(status.checkpoint, visit.checkpoint)
        return visit

    async def _visit_or_failure(self, status: FeedStatus) -> Visit:
        """Visit a feed; what goes wrong, unless it is the store, is kept as a failure of that feed."""
        try:
            return await self._visit(status)
        except StoreError:
            raise
        except Exception as error:
            log.exception("visit broke off feed=%s", status.feed.url)
            failed = FetchFailed(f"something unforeseen went wrong ({type(error).__name__})")
        visit = Visit(self._after(status, failed))
        await self._store.record_visit(visit)
        return visit

    async def _visit(self, status: FeedStatus) -> Visit:
        result = await self._fetch(status.checkpoint)
        if isinstance(result, Fetched):
            try:
                stories = await self._parse(
                    result.body,
                    status.feed,
                    seen_at=self._clock(),
                    content_type=result.content_type,
                    base_url=result.url,
                )
            except ParseError as error:
                result = FetchFailed(str(error), retry_after=result.retry_after)
            else:
                return await self._take(status, result, stories)
        visit = Visit(self._after(status, result))
        await self._store.record_visit(visit)
        return visit

    async def _take(self, status: FeedStatus, result: Fetched, stories: Sequence[Story]) -> Visit:
        sifted = sift(stories, await self._store.known_stories(status.feed.url, stories))
        backlog = status.checkpoint.last_success_at is None
        members, revisions = await asyncio.gather(
            self._chain.read([replace(story, backlog=backlog) for story in sifted.new]),
            self._chain.read_again(sifted.revised),
        )
        async with self._chain.settled(members, revisions) as outcomes:
            visit = Visit(self._after(status, result), outcomes)
            await self._store.record_visit(visit)
        return visit

    def _after(self, status: FeedStatus, result: FetchResult) -> Checkpoint:
        return after_visit(status, result, self._pace, self._clock(), self._jitter())


def _tell(before: Checkpoint, after: Checkpoint) -> None:
    """Log a feed's trouble when it begins or changes, and its end: not every try in vain."""
    if after.error and after.error != before.error:
        log.warning("feed failed feed=%s error=%s", after.feed_url, after.error)
    elif before.error and not after.error:
        log.info("feed answers again feed=%s", after.feed_url)
