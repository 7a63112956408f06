"""Quiet hours and budgets at the outbox: what is posted late keeps to them, and to what they are by then."""

from collections.abc import AsyncIterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivery import Drained
from claims.model import Stance
from claims.outgoing import Delivery, DeliveryState, Notice
from claims.routing import Hold
from tests.support.build import NOW, alert, at, digest, evidence, member, outcome, subscription, update, visit
from tests.support.delivering import FIRST, SECOND, OutboxDesk, outbox
from tests.support.platforms import ListPlatform, busy

NIGHT = (time(22), time(7))
"""It is 11:13 when these tests begin; from eleven hours later on it is night, which ends at `MORNING`."""
EVENING, MORNING = at(11 * 60), at(19 * 60 + 47)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[OutboxDesk]:
    """Yield a desk whose channel 7 is quiet at night."""
    async with outbox(tmp_path) as opened:
        await opened.store.sync_subscriptions([subscription("discord:7", quiet=NIGHT)])
        yield opened


async def posted_at(desk: OutboxDesk, platform: ListPlatform, moment: Any) -> Drained:
    """Return what a round at a moment does."""
    desk.now = moment
    return await desk.deliverer(platform).drain()


async def test_what_an_outage_put_off_waits_for_the_morning(desk: OutboxDesk) -> None:
    """A post that failed in the evening does not come at night, and then looks whether it is there."""
    platform = ListPlatform().will_refuse(busy(11 * 3600.0))
    await desk.raise_alert()

    assert await posted_at(desk, platform, NOW) == Drained(put_off=1)
    assert await posted_at(desk, platform, EVENING) == Drained(put_off=1)
    assert await posted_at(desk, platform, MORNING - timedelta(minutes=1)) == Drained()
    assert await posted_at(desk, platform, MORNING) == Drained(posted=1)
    assert platform.again == [False, True]


async def test_what_was_never_tried_goes_to_the_digest(desk: OutboxDesk) -> None:
    """An alert that no platform took before night fell is counted by the digest like one that came later."""
    await desk.store.sync_subscriptions([subscription("discord:7", quiet=NIGHT, digest=time(8))])
    await posted_at(desk, ListPlatform(), NOW)
    await desk.raise_alert()

    assert await posted_at(desk, ListPlatform(), EVENING) == Drained(put_off=1)
    kept = await desk.kept()
    assert (kept.state, kept.reason) == (DeliveryState.HELD, Hold.QUIET)


@pytest.mark.parametrize("kind", ["notice", "digest", "development"])
async def test_nothing_else_is_posted_at_night_either(desk: OutboxDesk, kind: str) -> None:
    """Neither what feeds do, nor a digest that was late, nor what follows a message."""
    platform = ListPlatform()
    match kind:
        case "notice":
            await desk.store.raise_notice(Notice("notice:1", EVENING, ()))
        case "digest":
            await desk.store.raise_digest(digest("discord:7"), EVENING)
        case _:
            await desk.raise_alert()
            await posted_at(desk, platform, NOW)
            denial = evidence(SECOND.story, stance=Stance.DISPUTES)
            later = update(alert(FIRST), links=(evidence(FIRST.story), denial))
            await desk.store.record_visit(visit(outcome(SECOND, later, of=FIRST)))
    before = len(platform.cards)

    await posted_at(desk, platform, EVENING)
    assert len(platform.cards) == before
    await posted_at(desk, platform, MORNING)
    assert len(platform.cards) == before + 1


async def test_what_is_posted_is_edited_at_night(desk: OutboxDesk) -> None:
    """An edit wakes nobody: the message goes on saying how things stand."""
    platform = ListPlatform()
    await desk.raise_alert()
    await posted_at(desk, platform, NOW)
    await desk.store.record_visit(visit(outcome(SECOND, update(alert(FIRST)), of=FIRST)))

    assert await posted_at(desk, platform, EVENING) == Drained(edited=1)


@pytest.mark.parametrize("by_people", [True, False])
async def test_what_waited_goes_out_when_quiet_hours_are_taken_away(
    desk: OutboxDesk, by_people: bool
) -> None:
    """Whoever takes them away, in chat or in the settings, need not wait for the old morning."""
    platform = ListPlatform()
    desk.now = EVENING
    await desk.raise_alert()
    await desk.store.raise_notice(Notice("notice:1", EVENING, ()))
    assert await posted_at(desk, platform, EVENING) == Drained(put_off=1)

    loud = subscription("discord:7")
    await (desk.store.subscribe(loud) if by_people else desk.store.sync_subscriptions([loud]))

    assert await posted_at(desk, platform, EVENING) == Drained(posted=2)


async def test_a_larger_budget_lets_more_out_at_once(desk: OutboxDesk) -> None:
    """Five waited for one an hour; with three an hour three go now, and the others an hour later."""
    platform = ListPlatform()
    await desk.store.sync_subscriptions([subscription("discord:7", budget=1)])
    for number in range(5):
        await desk.raise_alert(member(f"Sample story {number}"))
    assert await posted_at(desk, platform, NOW) == Drained(posted=1)

    await desk.store.subscribe(subscription("discord:7", budget=3))

    assert await posted_at(desk, platform, at(1)) == Drained(posted=2)
    assert await posted_at(desk, platform, at(59)) == Drained()
    assert await posted_at(desk, platform, at(61)) == Drained(posted=2)


async def test_what_changes_without_moving_hours_leaves_what_waits(desk: OutboxDesk) -> None:
    """Another word of a subscription does not send what waits for the morning."""
    desk.now = EVENING
    await desk.raise_alert()
    waiting: Delivery = await desk.kept()

    await desk.store.subscribe(subscription("discord:7", quiet=NIGHT, threads=False))

    assert await posted_at(desk, ListPlatform(), EVENING) == Drained()
    assert await desk.kept() == waiting
