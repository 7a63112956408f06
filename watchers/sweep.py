"""A sweep: every due feed is visited, so many at a time, and hosts take turns."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from claims.clock import Clock
from claims.errors import StoreError
from claims.feeds import Checkpoint, FeedStatus, Visit
from claims.model import Alert
from claims.store_feeds import FeedBook
from watchers.pacing import Pace, next_try
from watchers.spreading import Spreading

log = logging.getLogger(__name__)

VISITS_AT_ONCE = 100
"""Nearly all of a visit is waiting for a server: at time-outs of 20 s a hundred places bear three thousand
feeds that never answer in ten minutes. Each may hold a body of `watch.max_body_bytes`."""
ASKED_AT_ONCE = 1_000
"""Feeds that the store names in one answer."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """What visits brought."""

    visited: int = 0
    failed: int = 0
    stories: int = 0
    """New ones, backlog included."""
    alerts: int = 0
    """Raised; updates are not counted."""

    def and_visit(self, visit: Visit | None) -> "Sweep":
        """Count one more visit, None where the store could not keep it."""
        outcomes = visit.outcomes if visit else ()
        return Sweep(
            visited=self.visited + 1,
            failed=self.failed + (visit is None or visit.checkpoint.error is not None),
            stories=self.stories + len(outcomes),
            alerts=self.alerts + sum(isinstance(outcome.decision, Alert) for outcome in outcomes),
        )


class Sweeper:
    """Visits due feeds; a feed that fails, however oddly, keeps its trouble to itself.

    Visits are tasks of their own, so that nobody waits for a slow feed; `close()` ends them. A host has
    `per_host` of the places at most: feeds that wait for its turn take no place from the others.
    """

    def __init__(
        self,
        store: FeedBook,
        visit: Callable[[FeedStatus], Awaitable[Visit]],
        clock: Clock,
        pace: Pace,
        spreading: Spreading,
        *,
        per_host: int,
    ) -> None:
        self._store = store
        self._visit = visit
        self._clock = clock
        self._pace = pace
        self._spreading = spreading
        self._per_host = per_host
        self._due: list[FeedStatus] = []
        self._more = False  # may be due than the store was asked for
        self._visiting: dict[str, asyncio.Task[None]] = {}
        self._hosts: Counter[str] = Counter()
        # When feeds may be asked again whose own time the store has not kept.
        self._held: dict[str, datetime] = {}
        self._store_fails = False
        self._one_ended = asyncio.Event()
        self._swept = Sweep()

    async def begin(self) -> None:
        """Begin visits to what is due as far as there are places, and let each that ends begin another.

        Raises:
            StoreError: the store could not say which feeds are due.

        """
        await self._ask_for_due(self._clock())

    async def sweep(self, on_visit: Callable[[int, int], None] | None = None) -> Sweep:
        """Visit every feed that is due now; `on_visit` is told how many of how many are done.

        A feed whose visit the store could not keep counts as failed, and is asked again at its pace.

        Raises:
            StoreError: the store could not say which feeds are due.

        """
        now = self._clock()
        while True:
            if not self._due and (self._more or not self._visiting):
                await self._ask_for_due(now)
            if on_visit and (done := self._swept.visited):
                on_visit(done, done + len(self._visiting) + len(self._due))
            if not self._visiting:
                return self._take_stock()
            self._one_ended.clear()
            await self._one_ended.wait()

    async def report(self) -> None:
        """Log what the visits brought that have ended since the last report, where there were any."""
        swept = self._take_stock()
        if swept.visited:
            counts = (swept.visited, swept.failed, swept.stories, swept.alerts)
            log.info("visits done=%d failed=%d new=%d alerts=%d", *counts)

    async def close(self) -> None:
        """Begin nothing more, break off what is under way and wait for its end."""
        self._due = []
        visiting = [*self._visiting.values()]
        for task in visiting:
            task.cancel()
        await asyncio.gather(*visiting, return_exceptions=True)

    def _take_stock(self) -> Sweep:
        swept, self._swept = self._swept, Sweep()
        return swept

    async def _ask_for_due(self, now: datetime) -> None:
        self._held = {url: until for url, until in self._held.items() if until > now}
        self._due = []  # nothing begins while the store is asked: what it names would begin twice
        besides = self._held.keys() | self._visiting.keys()
        self._due = await self._store.due_feeds(now, ASKED_AT_ONCE, besides=besides)
        self._more = len(self._due) == ASKED_AT_ONCE
        self._begin_due()

    def _begin_due(self) -> None:
        while len(self._visiting) < VISITS_AT_ONCE and (status := self._next()):
            self._hosts[_host(status)] += 1
            self._visiting[status.feed.url] = asyncio.create_task(self._in_its_place(status))
        self._spreading.due = len(self._due) + len(self._visiting)

    def _next(self) -> FeedStatus | None:
        """Take the first feed whose host has a place left."""
        for number, status in enumerate(self._due):
            if self._hosts[_host(status)] < self._per_host:
                return self._due.pop(number)
        return None

    async def _in_its_place(self, status: FeedStatus) -> None:
        try:
            visit = await self._guarded(status)
            self._swept = self._swept.and_visit(visit)
        finally:
            del self._visiting[status.feed.url]
            self._leave(_host(status))
            self._begin_due()
            self._one_ended.set()

    def _leave(self, host: str) -> None:
        self._hosts[host] -= 1
        if not self._hosts[host]:
            del self._hosts[host]

    async def _guarded(self, status: FeedStatus) -> Visit | None:
        """Visit a feed, whatever happens; None where the store could not keep the visit."""
        url = status.feed.url
        try:
            visit = await self._visit(status)
        except StoreError as error:
            if not self._store_fails:
                log.critical("visits cannot be kept: %s", error)
            self._store_fails = True
        except Exception:
            log.exception("visit not recorded feed=%s", url)
        else:
            if self._store_fails:
                log.info("visits are kept again")
            self._store_fails = False
            _tell(status.checkpoint, visit.checkpoint)
            return visit
        self._held[url] = next_try(self._pace, status.feed, self._clock()).at
        return None


def _host(status: FeedStatus) -> str:
    """Return the host and port of an address as written: enough to take turns by."""
    return status.checkpoint.current_url.partition("//")[2].partition("/")[0]


def _tell(before: Checkpoint, after: Checkpoint) -> None:
    """Log a feed's trouble when it begins or changes, and its end: not every try in vain."""
    if after.error and after.error != before.error:
        log.warning("feed failed feed=%s error=%s", after.feed_url, after.error)
    elif before.error and not after.error:
        log.info("feed answers again feed=%s", after.feed_url)
