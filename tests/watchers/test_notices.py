"""Notices about feeds, raised from what a real store remembers."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from claims.feeds import FeedState, Trouble
from claims.sqlite import SQLiteStore
from tests.support.build import FEED_URL, NOW, at, feed, subscription, visit
from tests.support.stores import open_store
from watchers.notices import raise_notice

PATIENCE = timedelta(hours=6)
HOUR = 60.0


class Book:
    """A store with one feed, told of on the console, and a clock that is set by hand."""

    def __init__(self, store: SQLiteStore) -> None:
        self.store = store
        self.now = NOW

    async def fails(self, since: float, until: float) -> None:
        """Record that the feed failed for the first and the last time so many hours after `NOW`."""
        self.now = at(until * HOUR)
        await self.store.record_visit(
            visit(
                state=FeedState.FAILING,
                failing_since=at(since * HOUR),
                last_try_at=self.now,
                next_try_at=at(until * HOUR + 10),
                error="it refuses us (403)",
            )
        )

    async def answers(self, hours: float) -> None:
        """Record a visit that found the feed well, so many hours after `NOW`."""
        self.now = at(hours * HOUR)
        await self.store.record_visit(visit(last_try_at=self.now, last_success_at=self.now))

    async def raise_(self) -> bool:
        def clock() -> datetime:
            return self.now

        return await raise_notice(self.store, clock, PATIENCE)

    async def told(self) -> list[Trouble | None]:
        """Return what the notices said of the feed, oldest first."""
        due = await self.store.due_deliveries(self.now)
        notices = [await self.store.notice(each.key) for each in due]
        return [notice.changes[0].trouble for notice in notices if notice]


@pytest.fixture
async def book(tmp_path: Path) -> AsyncIterator[Book]:
    """Yield a book."""
    store = await open_store(tmp_path / "claimwatch.db")
    await store.sync_feeds([feed()])
    await store.sync_subscriptions([subscription()])
    yield Book(store)
    await store.close()


async def test_trouble_and_its_end_are_told_once_each(book: Book) -> None:
    """However often it is asked, a notice of trouble is one, and so is that of its end."""
    raised = []
    await book.fails(since=0, until=5)
    raised.append(await book.raise_())
    await book.fails(since=0, until=7)
    raised += [await book.raise_(), await book.raise_()]
    await book.answers(9)
    raised += [await book.raise_(), await book.raise_()]

    assert raised == [False, True, False, True, False]
    assert await book.told() == [Trouble.FAILING, None]


async def test_the_end_says_when_the_trouble_began(book: Book) -> None:
    """What a checkpoint forgets at a success is kept with what was told."""
    await book.fails(since=0, until=7)
    await book.raise_()
    await book.answers(9)
    await book.raise_()

    latest = (await book.store.due_deliveries(book.now))[-1]
    notice = await book.store.notice(latest.key)
    assert notice is not None
    assert (notice.changes[0].since, notice.changes[0].was, notice.answering) == (NOW, Trouble.FAILING, 1)


async def test_a_feed_that_comes_and_goes_is_told_of_daily_at_most(book: Book) -> None:
    """In three days of seven hours down and one up nobody reads of it more than twice a day."""
    for start in range(0, 72, 8):
        await book.fails(since=start, until=start + 6.5)
        await book.raise_()
        await book.answers(start + 7.9)
        await book.raise_()

    assert await book.told() == [Trouble.FAILING, None] * 3


async def test_trouble_that_comes_again_is_told_again(book: Book) -> None:
    """The same words of the same feed, days later, are another notice."""
    for start in (0, 100):
        await book.fails(since=start, until=start + 7)
        await book.raise_()
        await book.answers(start + 20)
        await book.raise_()

    assert await book.told() == [Trouble.FAILING, None] * 2


async def test_what_somebody_took_in_hand_is_told_anew(book: Book) -> None:
    """After a pause nothing is told of the time before; a feed that still fails is told of again."""
    await book.fails(since=0, until=7)
    await book.raise_()
    await book.store.pause_feed(FEED_URL, paused=True)
    book.now += timedelta(hours=2)
    paused = await book.raise_()
    await book.store.pause_feed(FEED_URL, paused=False)
    await book.fails(since=0, until=10)

    assert (paused, await book.raise_()) == (False, True)
