"""A store with one claim, one feed and a clock that is set by hand, whose outbox is drained."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot.delivery import Deliverer
from bot.parts import who
from claims.model import Member
from claims.outgoing import Delivery
from claims.sqlite import SQLiteStore
from tests.support.build import NOW, alert, claim, feed, member, outcome, source, subscription, visit
from tests.support.platforms import ListPlatform
from tests.support.stores import open_store

FIRST = member(source=source("Sample Herald"))
SECOND = member("The ship again", source=source("Sample Post"))


class OutboxDesk:
    """What is due is delivered when a test says so."""

    def __init__(self, store: SQLiteStore) -> None:
        self.store = store
        self.now = NOW

    def clock(self) -> datetime:
        """Return the moment that was set."""
        return self.now

    def deliverer(self, *platforms: ListPlatform) -> Deliverer:
        """Return what drains the outbox to these platforms."""
        return Deliverer(self.store, {p.name: p for p in platforms}, self.clock, who)

    async def raise_alert(self, told: Member = FIRST) -> None:
        """Have a story raise an alert."""
        await self.store.record_visit(visit(outcome(told, alert(told, raised_at=self.now))))

    async def kept(self, told: Member = FIRST, destination: str = "discord:7") -> Delivery:
        """Return what became of the alert of a story."""
        found = await self.store.delivery(alert(told).key, destination)
        assert found is not None
        return found


@asynccontextmanager
async def outbox(folder: Path) -> AsyncIterator[OutboxDesk]:
    """Open a desk whose channel 7 of Discord wants everything."""
    store = await open_store(folder / "claimwatch.db")
    await store.sync_claims([claim()])
    await store.sync_feeds([feed()])
    await store.sync_subscriptions([subscription("discord:7")])
    yield OutboxDesk(store)
    await store.close()
