"""A sweep: every due feed is visited once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from claims.clock import Clock
from claims.errors import StoreError
from claims.feeds import Checkpoint, FeedStatus, Visit
from claims.model import Alert
from claims.store import FeedBook
from watchers.pacing import Pace, next_try

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sweep:
    """What one sweep did."""

    visited: int
    failed: int
    stories: int
    """New ones, backlog included."""
    alerts: int
    """Raised; updates are not counted."""


class Sweeper:
    """Visits due feeds; a feed that fails, however oddly, keeps its trouble to itself."""

    def __init__(
        self, store: FeedBook, visit: Callable[[FeedStatus], Awaitable[Visit]], clock: Clock, pace: Pace
    ) -> None:
        self._store = store
        self._visit = visit
        self._clock = clock
        self._pace = pace
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
            visit = await self._visit(status)
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


def _tell(before: Checkpoint, after: Checkpoint) -> None:
    """Log a feed's trouble when it begins or changes, and its end: not every try in vain."""
    if after.error and after.error != before.error:
        log.warning("feed failed feed=%s error=%s", after.feed_url, after.error)
    elif before.error and not after.error:
        log.info("feed answers again feed=%s", after.feed_url)
