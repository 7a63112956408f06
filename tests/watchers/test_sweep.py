"""Many feeds, few places: what is visited when, over a real store and with visits that tests let go."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from claims.feeds import FeedState, FeedStatus, Visit
from claims.sqlite import SQLiteStore
from tests.support.build import NOW, feed
from tests.support.stores import open_store
from watchers.pacing import Pace
from watchers.spreading import Spreading
from watchers.sweep import VISITS_AT_ONCE, Sweep, Sweeper

MINUTE = timedelta(minutes=1)


@dataclass
class Round:
    """A sweeper whose visits wait while their host is among `slow`, and are due again in ten minutes."""

    store: SQLiteStore
    now: datetime = NOW
    slow: dict[str, asyncio.Event] = field(default_factory=dict)
    begun: Counter[str] = field(default_factory=Counter)
    """By URL."""
    at_once: Counter[str] = field(default_factory=Counter)
    """By host."""
    most: int = 0
    spreading: Spreading = field(default_factory=Spreading)
    crowds: set[int] = field(default_factory=set)
    """How many feeds were due whenever a visit began."""
    sweeper: Sweeper = field(init=False)

    def __post_init__(self) -> None:
        pace = Pace(interval_minutes=10, floor_seconds=60)
        self.sweeper = Sweeper(self.store, self.visit, lambda: self.now, pace, self.spreading, per_host=2)

    async def visit(self, status: FeedStatus) -> Visit:
        """Visit a feed, and hold while its host is slow."""
        url = status.feed.url
        host = url.split("/")[2]
        self.begun[url] += 1
        self.crowds.add(self.spreading.due)
        self.at_once[host] += 1
        self.most = max(self.most, self.at_once.total())
        assert self.at_once[host] <= 2
        try:
            if host in self.slow:
                await self.slow[host].wait()
            done = replace(status.checkpoint, state=FeedState.OK, next_try_at=self.now + 10 * MINUTE)
            await self.store.record_visit(Visit(done))
            return Visit(done)
        finally:
            self.at_once[host] -= 1

    async def until_begun(self, *urls: str, times: int = 1) -> None:
        """Go on beginning until these were begun so often."""
        async with asyncio.timeout(20):
            while any(self.begun[url] < times for url in urls):
                await self.sweeper.begin()


@pytest.fixture
async def rounds(tmp_path: Path) -> AsyncIterator[Round]:
    """Build a round over a fresh database."""
    store = await open_store(tmp_path / "claimwatch.db")
    built = Round(store)
    try:
        yield built
    finally:
        await built.sweeper.close()
        await store.close()


def urls(host: str, count: int) -> list[str]:
    """Return the addresses of so many feeds of one host."""
    return [f"https://{host}/{n}" for n in range(count)]


async def listed(rounds: Round, *addresses: str) -> None:
    """Keep feeds of these addresses in the book."""
    await rounds.store.sync_feeds([feed(url) for url in addresses])


async def test_a_sweep_visits_every_due_feed_once(rounds: Round) -> None:
    """More feeds than places are visited all the same, and never more at a time than there are places."""
    due = [f"https://{n}.example/rss" for n in range(2 * VISITS_AT_ONCE + 7)]
    await listed(rounds, *due)
    seen: list[tuple[int, int]] = []
    swept = await rounds.sweeper.sweep(lambda done, of: seen.append((done, of)))

    assert swept == Sweep(visited=len(due))
    assert rounds.begun == dict.fromkeys(due, 1)
    assert rounds.most == VISITS_AT_ONCE
    assert max(rounds.crowds) == len(due)
    assert seen == sorted(seen)
    assert {of for _, of in seen} == {len(due)}
    assert seen[-1][0] == len(due)


async def test_a_visit_that_ends_while_the_store_is_asked_begins_none_twice(rounds: Round) -> None:
    """What waited for its turn is named by the store once more."""
    waiting = urls("slow.example", 3)
    rounds.slow["slow.example"] = asyncio.Event()
    await listed(rounds, *waiting)
    await rounds.until_begun(*waiting[:2])
    rounds.slow["slow.example"].set()
    await asyncio.sleep(0)  # the visits are being recorded, and the question comes after that
    await rounds.sweeper.begin()
    await rounds.sweeper.sweep()

    assert rounds.begun == dict.fromkeys(waiting, 1)


async def test_a_slow_feed_holds_up_nobody(rounds: Round) -> None:
    """While one feed is waited for, others come due and are visited, and the slow one not a second time."""
    slow, quick = "https://slow.example/rss", "https://quick.example/rss"
    rounds.slow["slow.example"] = asyncio.Event()
    await listed(rounds, slow, quick)
    for times in (1, 2, 3):
        await rounds.until_begun(slow, quick, times=1)
        await rounds.until_begun(quick, times=times)
        rounds.now += 15 * MINUTE

    assert rounds.begun[slow] == 1


async def test_many_feeds_of_a_slow_host_leave_the_places_to_others(rounds: Round) -> None:
    """A host with more feeds than there are places takes as many as it may be asked at once."""
    crowd = urls("crowd.example", VISITS_AT_ONCE + 50)
    others = [f"https://{n}.example/rss" for n in range(VISITS_AT_ONCE)]
    rounds.slow["crowd.example"] = asyncio.Event()
    await listed(rounds, *crowd)
    await rounds.until_begun(*crowd[:2])
    await listed(rounds, *crowd, *others)
    await rounds.until_begun(*others)

    assert sum(rounds.begun[url] for url in crowd) == 2
    rounds.slow["crowd.example"].set()
    await rounds.until_begun(*crowd)


async def test_what_is_under_way_ends_with_the_sweeper(rounds: Round) -> None:
    """Closing breaks off visits that wait for a server, and begins no other in their place."""
    crowd = urls("slow.example", 5)
    rounds.slow["slow.example"] = asyncio.Event()
    await listed(rounds, *crowd)
    await rounds.sweeper.begin()
    await asyncio.sleep(0)
    await rounds.sweeper.close()

    assert rounds.at_once.total() == 0
    assert rounds.begun.total() == 2


async def test_a_report_counts_what_ended_since_the_last(
    rounds: Round, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever runs the bot reads a line about what was visited, and none where nothing was."""
    await listed(rounds, "https://a.example/rss")
    async with asyncio.timeout(20):
        with caplog.at_level(logging.INFO, logger="watchers.sweep"):
            while not caplog.messages:
                await rounds.sweeper.begin()
                await rounds.sweeper.report()
            await rounds.sweeper.report()
    assert caplog.messages == ["visits done=1 failed=0 new=0 alerts=0"]
