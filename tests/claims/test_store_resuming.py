"""What every store promises of a channel that goes on after a pause: no flood, and nothing is lost."""

from datetime import time, timedelta

from claims.model import Alert, Reason, Stance
from claims.outgoing import Delivery, DeliveryState, Notice
from claims.routing import Hold
from claims.store import Store
from tests.support.build import (
    NOW,
    alert,
    at,
    claim,
    delivery,
    evidence,
    member,
    outcome,
    source,
    subscription,
    update,
    visit,
)

DAY = 24 * 60


async def told(store: Store, name: str, minutes: float = 0) -> Alert:
    """Record a story with its alert."""
    first = member(name, seen_at=at(minutes))
    raised = alert(first, raised_at=at(minutes))
    await store.record_visit(visit(outcome(first, raised)))
    return raised


async def kept(store: Store, *alerts: Alert) -> list[Delivery | None]:
    """Return what became of alerts at the console."""
    return [await store.delivery(each.key, "console") for each in alerts]


async def test_what_waited_keeps_to_the_budget(stocked: Store) -> None:
    """Two an hour: of five alerts two are due at once, two an hour later and one after that."""
    await stocked.sync_subscriptions([subscription(budget=2)])
    await stocked.pause("console", "Sample pause")
    for number in range(5):
        await told(stocked, f"Story {number}")
    await stocked.resume("console", at(9))
    assert [each.paused for each in await stocked.subscriptions()] == [None]
    assert [len(await stocked.due_deliveries(at(9 + 60 * hour))) for hour in range(3)] == [2, 4, 5]


async def test_what_waited_keeps_to_quiet_hours(stocked: Store) -> None:
    """What came before the pause and in it waits for their end, or for the digest where there is one."""
    quiet = (time(11), time(12))
    await stocked.sync_subscriptions([subscription(quiet=quiet)])
    early = await told(stocked, "Early", -60)
    await stocked.pause("console", "Sample pause")
    late = await told(stocked, "Late")
    await stocked.resume("console", at(9))
    waits = {"reason": Hold.QUIET, "next_try_at": at(47)}
    assert await kept(stocked, early, late) == [delivery(each.key, **waits) for each in (early, late)]
    await stocked.pause("console", "Sample pause")
    await stocked.subscribe(subscription(quiet=quiet, digest=time(13), paused="Sample pause"))
    await stocked.resume("console", at(10))
    held = {"state": DeliveryState.HELD, "reason": Hold.QUIET}
    assert await kept(stocked, early, late) == [delivery(each.key, **held) for each in (early, late)]


async def test_what_is_older_than_a_day_goes_to_a_digest(stocked: Store) -> None:
    """Of old alerts one message tells, old notices are left out, and what is young is posted."""
    await stocked.pause("console", "Sample pause")
    old = await told(stocked, "Old")
    await stocked.raise_notice(Notice("notice:1", NOW, ()))
    young = await told(stocked, "Young", 1)
    await stocked.resume("console", at(DAY))
    assert await kept(stocked, old) == [delivery(old.key, state=DeliveryState.HELD, reason=Hold.PAUSED)]
    assert await stocked.due_deliveries(at(DAY)) == [delivery(young.key)]
    notice = await stocked.delivery("notice:1", "console")
    assert notice is not None
    assert (notice.state, notice.reason) == (
        DeliveryState.FILTERED,
        "It was more than a day old when the channel went on.",
    )


async def test_only_a_paused_channel_goes_on(stocked: Store) -> None:
    """Resuming what is not paused, or nobody's channel, changes nothing."""
    raised = await told(stocked, "Sample story")
    await stocked.resume("console", NOW + timedelta(days=3))
    await stocked.resume("slack:C9", NOW)
    assert await kept(stocked, raised) == [delivery(raised.key)]


async def test_what_followed_and_is_old_goes_to_a_digest_too(stocked: Store) -> None:
    """Of a week of denials the digest names the alert once; what followed within a day is posted."""
    first = await told(stocked, "Sample ship leaves")
    await stocked.record_delivery(
        delivery(first.key, state=DeliveryState.SENT, attempts=1, receipt="m-1", sent_revision=9)
    )
    await stocked.pause("console", "Sample pause")
    kept, days = first, (1, 2, 6.5)
    for number, day in enumerate(days):
        news = member(f"Sample denial {number}", seen_at=at(day * DAY), source=source(f"Sample {number}"))
        claim_id = f"claim-{number}"
        await stocked.keep_claim(claim(claim_id))
        link = evidence(news.story, claim_id, stance=Stance.DISPUTES)
        changed = update(kept, links=(*kept.links, link), reason=Reason.DENIAL)
        await stocked.record_visit(visit(outcome(news, changed, of=member("Sample ship leaves"))))
        kept = changed.alert

    await stocked.resume("console", at(7 * DAY))

    assert [each.alert.key for each in await stocked.held("console")] == [first.key]
    assert await stocked.held_since() == {"console": at(DAY)}
    due = [each.key for each in await stocked.due_deliveries(at(7 * DAY)) if each.head]
    assert due == [f"{first.key}#{kept.revision}"]
