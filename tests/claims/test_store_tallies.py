"""What every store promises to those who watch over the bot (`claims.store_looks.LookBook`)."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from claims.lookups import Tallies, Waiting
from claims.model import Reason, Silence, Stance
from claims.outgoing import DeliveryState
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
    subscription,
    visit,
)
from tests.support.stores import open_store

LATER = NOW + timedelta(hours=8)


async def test_all_is_counted_and_no_channel_is_named(stocked: Store):
    """Links by stance, those that are only suggested apart; deliveries by platform and state."""
    await stocked.sync_subscriptions([subscription("discord:600"), subscription("discord:601")])
    told, joined = member("Shells"), member("Shells, again")
    against = evidence(joined.story, stance=Stance.DISPUTES)
    unsure = evidence(joined.story, "shell-volume", suggested=True)
    joined = replace(joined, reading=replace(joined.reading, evidence=(against, unsure)))
    await stocked.record_visit(
        visit(
            outcome(told, alert(told)),
            outcome(joined, Silence(Reason.ALREADY_TOLD), of=told),
            outcome(member("Bakery", claims=()), Silence(Reason.IRRELEVANT)),
        )
    )
    await stocked.record_delivery(
        delivery(alert(told).key, "discord:600", state=DeliveryState.SENT, receipt="1", sent_revision=0)
    )

    assert await stocked.tallies() == Tallies(
        claims=2,
        stories=3,
        events=1,
        alerts=1,
        links={Stance.SUPPORTS: 1, Stance.DISPUTES: 1},
        suggested=1,
        deliveries={("discord", DeliveryState.SENT): 1, ("discord", DeliveryState.PENDING): 1},
        newest_story=NOW,
    )


async def test_an_empty_store_has_nothing(store: Store):
    """Nor does anything wait."""
    assert await store.tallies() == Tallies()
    assert await store.waiting(NOW) == {}


async def test_what_waits_is_what_nothing_holds_back(stocked: Store):
    """Quiet hours hold a message back and then it waits from their end on; a refused one goes on waiting."""
    channels = ["discord:quiet", "discord:refused", "slack:paused", "console"]
    await stocked.sync_subscriptions([subscription(each) for each in channels])
    told = member("Shells")
    await stocked.record_visit(visit(outcome(told, alert(told))))
    key, put_off = alert(told).key, at(60)
    await stocked.record_delivery(delivery(key, "discord:quiet", next_try_at=put_off))
    await stocked.record_delivery(
        delivery(
            key, "discord:refused", attempts=3, error="it refuses", next_try_at=LATER + timedelta(hours=1)
        )
    )
    await stocked.record_delivery(delivery(key, state=DeliveryState.FAILED))
    await stocked.pause("slack:paused", "the bot was removed")

    assert await stocked.waiting(at(1)) == {"discord": Waiting(1, NOW)}
    assert await stocked.waiting(LATER) == {"discord": Waiting(2, NOW)}


async def test_what_others_write_is_noticed(tmp_path: Path):
    """The number changes with a write of another program, and by nothing else."""
    path = tmp_path / "claimwatch.db"
    ours, theirs = await open_store(path), await open_store(path)
    before = await ours.writings()
    await ours.sync_claims([claim()])
    own = await ours.writings()
    await theirs.sync_claims([claim("another")])
    after = await ours.writings()
    again = await ours.writings()
    await ours.close()
    await theirs.close()

    assert before == own
    assert own != after == again
