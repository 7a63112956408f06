"""Destinations are posted to side by side: one that is slow, limited or down holds up no other."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot.card import Card
from bot.delivery import SIDE_BY_SIDE, Drained
from bot.platforms import PLAINLY, How, SendError
from tests.support.build import NOW, member, subscription
from tests.support.delivering import OutboxDesk, outbox
from tests.support.platforms import ListPlatform, busy, refused

CHANNELS = tuple(str(each) for each in range(7, 7 + SIDE_BY_SIDE + 2))


@dataclass
class Channels(ListPlatform):
    """A platform whose channels fare differently."""

    errors: dict[str, SendError] = field(default_factory=dict)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    tried: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def send(self, channel: str, card: Card, key: str, *, again: bool, how: How = PLAINLY) -> str:
        """Post, or do what this channel does."""
        self.tried.append(channel)
        await self._count(1)
        try:
            if gate := self.gates.get(channel):
                await gate.wait()
            await asyncio.sleep(0)
            if error := self.errors.get(channel):
                raise error
            return await super().send(channel, card, key, again=again, how=how)
        finally:
            await self._count(-1)

    async def until(self, held: Callable[[], bool]) -> None:
        """Wait until something holds; it is asked again whenever a post begins or ends."""
        async with asyncio.timeout(20), self.changed:
            await self.changed.wait_for(held)

    async def _count(self, more: int) -> None:
        self.at_once += more
        self.most_at_once = max(self.most_at_once, self.at_once)
        async with self.changed:
            self.changed.notify_all()

    def posts(self, channel: str) -> int:
        """Count what stands in a channel."""
        return sum(receipt.startswith(f"{channel}/") for receipt in self.posted)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[OutboxDesk]:
    """Yield a desk with many channels."""
    async with outbox(tmp_path) as opened:
        await opened.store.sync_subscriptions([subscription(f"discord:{each}") for each in CHANNELS])
        yield opened


async def raise_alerts(desk: OutboxDesk, count: int) -> None:
    """Raise alerts for every channel."""
    for number in range(count):
        await desk.raise_alert(member(f"Sample story {number}"))


@pytest.mark.parametrize("error", [busy(300.0), busy(), refused()], ids=["429", "5xx", "refused"])
async def test_one_channel_that_fails_stops_no_other(desk: OutboxDesk, error: SendError) -> None:
    """Every other one gets all of its alerts in the same round."""
    platform = Channels(errors={"7": error})
    await raise_alerts(desk, 3)

    done = await desk.deliverer(platform).drain()

    assert done.posted == 3 * (len(CHANNELS) - 1)
    assert (platform.posts("7"), platform.posts("8")) == (0, 3)
    assert platform.tried.count("7") == (3 if error.permanent else 1)


async def test_each_channel_is_posted_to_in_order(desk: OutboxDesk) -> None:
    """Within a channel it is as it was raised, whatever happens beside it."""
    platform = Channels()
    await raise_alerts(desk, 3)

    await desk.deliverer(platform).drain()

    for channel in CHANNELS:
        titles = [
            card.title for receipt, card in platform.posted.items() if receipt.startswith(f"{channel}/")
        ]
        assert titles == ["Sample story 0", "Sample story 1", "Sample story 2"]


async def test_a_channel_is_told_in_order_in_spite_of_faults(desk: OutboxDesk) -> None:
    """What comes after a post that failed waits for it; where the platform says how long, that long."""
    platform = Channels(errors={"7": busy(30.0)})
    await raise_alerts(desk, 2)
    deliverer = desk.deliverer(platform)
    await deliverer.drain()
    platform.errors.clear()

    assert await deliverer.drain() == Drained()
    desk.now = NOW + timedelta(seconds=31)
    assert await deliverer.drain() == Drained(posted=2)
    titles = [card.title for receipt, card in platform.posted.items() if receipt.startswith("7/")]
    assert titles == ["Sample story 0", "Sample story 1"]


async def test_a_channel_that_hangs_does_not_hold_up_the_next_round(desk: OutboxDesk) -> None:
    """What is raised meanwhile reaches the others; the slow one gets it once it is free, each once."""
    gate = asyncio.Event()
    platform = Channels(gates={"7": gate})
    deliverer = desk.deliverer(platform)
    await raise_alerts(desk, 1)
    slow = asyncio.create_task(deliverer.drain())
    await platform.until(lambda: len(platform.posted) == len(CHANNELS) - 1)
    await desk.raise_alert(member("Meanwhile"))

    assert await deliverer.drain() == Drained(posted=len(CHANNELS) - 1)
    gate.set()
    assert (await slow).posted == len(CHANNELS)
    assert await deliverer.drain() == Drained(posted=1)
    assert all(platform.posts(channel) == 2 for channel in CHANNELS)


async def test_a_platform_that_is_down_is_left_alone(desk: OutboxDesk) -> None:
    """After as many calls in vain as go side by side, the rest stays due for the next round."""
    many = [str(each) for each in range(7, 7 + 2 * SIDE_BY_SIDE + 2)]
    await desk.store.sync_subscriptions([subscription(f"discord:{each}") for each in many])
    platform = Channels(errors=dict.fromkeys(many, busy()))
    await raise_alerts(desk, 2)
    deliverer = desk.deliverer(platform)

    done = await deliverer.drain()

    assert SIDE_BY_SIDE <= done.put_off < 2 * SIDE_BY_SIDE
    assert len(platform.tried) == done.put_off
    platform.errors.clear()
    assert (await deliverer.drain()).posted == 2 * (len(many) - done.put_off)


async def test_stopping_waits_for_what_is_being_posted(desk: OutboxDesk) -> None:
    """Of several rounds that go on, each message that was begun is recorded, and no other is begun."""
    gate = asyncio.Event()
    platform = Channels(gates=dict.fromkeys(CHANNELS, gate))
    deliverer = desk.deliverer(platform)
    await raise_alerts(desk, 2)
    rounds = [asyncio.create_task(deliverer.drain())]
    await platform.until(lambda: platform.at_once == SIDE_BY_SIDE)
    stopping = asyncio.create_task(deliverer.stop())
    await asyncio.sleep(0)
    gate.set()
    await stopping

    assert platform.most_at_once == SIDE_BY_SIDE
    assert (await rounds[0]).posted == SIDE_BY_SIDE
    assert await deliverer.drain() == Drained()


async def test_a_channel_with_much_to_tell_lets_others_in_between(desk: OutboxDesk) -> None:
    """Every channel is told its first before any is told a second: Slack takes one a second of each."""
    platform = Channels()
    await raise_alerts(desk, 3)
    assert (await desk.deliverer(platform).drain()).posted == 3 * len(CHANNELS)
    assert sorted(platform.tried[: len(CHANNELS)]) == sorted(CHANNELS)
