"""A running bot that is brought up to date: its store of before workspaces is opened, and it goes on."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from bot.card import plain
from bot.commands.model import Context
from bot.commands.standing import show_health
from bot.delivery import Deliverer, Drained
from bot.parts import matcher_of, who
from claims.model import Member, Outcome, Reason, Update
from claims.outgoing import Delivery, DeliveryState
from claims.reckoning import Reckoning
from claims.sqlite import SQLiteStore
from claims.subscriptions import Subscription
from claims.workspaces import CONSOLE
from tests.support.build import alert, member, outcome, source, visit
from tests.support.old_store import (
    ALERTS,
    CHANNEL,
    CLAIM,
    DIGEST,
    DUE_DIGEST,
    NOON,
    NOTICE,
    OLD_STEPS,
    make_old_store,
    rows,
)
from tests.support.platforms import ListPlatform
from tests.support.scout import SampleScout
from watchers.daily import raise_digests

WANTED = Subscription(CHANNEL, digest=time(11, 55))
"""What the settings say, as they did before."""
NEW = member("Brand new sample ship", source=source("Sample Post"))


@dataclass
class Upgraded:
    """A bot over the store, whose clock is set by hand."""

    store: SQLiteStore
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.platform = ListPlatform()
        self.deliverer = Deliverer(self.store, {"discord": self.platform}, lambda: self.now, who)

    async def kept(self, key: str) -> Delivery:
        """Return what became of an alert."""
        found = await self.store.delivery(key, CHANNEL)
        assert found is not None
        return found

    async def tell(self, told: Member) -> None:
        """Have a story raise an alert now."""
        seen = replace(told, story=replace(told.story, seen_at=self.now))
        await self.store.record_visit(visit(outcome(seen, alert(seen, raised_at=self.now))))

    async def join(self, name: str, outlet: str) -> None:
        """Have another outlet tell now of the happening of an old alert."""
        event_id = f"event-{name}"
        told = (await self.store.alerts([event_id]))[event_id]
        more = member(f"{outlet} tells of {name}", source=source(outlet), seen_at=self.now)
        changed = replace(told, revision=told.revision + 1)
        update = Update(changed, Reason.ANOTHER_OUTLET)
        await self.store.record_visit(visit(Outcome(more, update, event_id)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a store of before stands."""
    path = tmp_path / "kept.db"
    make_old_store(path)
    return path


@pytest.fixture
async def bot(path: Path) -> AsyncIterator[Upgraded]:
    """Yield the bot that was started anew on it, with the settings that it had."""
    store = await SQLiteStore.open(path)
    await store.sync_subscriptions([WANTED])
    yield Upgraded(store)
    await store.close()


async def test_every_row_is_kept(path: Path):
    """What each table held is there after the step, in the columns that it had, but what the settings say."""
    before = rows(path)
    await (await SQLiteStore.open(path)).close()
    after = rows(path)
    assert all(was for name, was in before.items() if name != "lessons")
    before["subscriptions"].clear()
    for digest in before["digests"]:
        del digest["claims"]
    for name, was in before.items():
        assert after[name] == [{**now, **row} for now, row in zip(after[name], was, strict=True)], name


async def test_what_was_kept_is_read(bot: Upgraded):
    """Claims, happenings, verdicts, subscriptions and the words of stories are found as ever."""
    (claim,) = await bot.store.claims()
    assert (claim.id, claim.tags, claim.workspace) == (CLAIM, (), None)
    for told in ALERTS:
        briefing = await bot.store.briefing(told.key)
        assert [each.story.id for each in briefing.event.members] == [f"story-{told.name}"]
        assert briefing.claims == (claim,)
    (said,) = (await bot.store.verdicts(["story-posted"], "discord:5"))["story-posted"]
    assert (said.person, said.workspace) == ("Mina", CONSOLE)
    assert await bot.store.subscriptions() == [WANTED]
    assert await bot.store.titled_stories("refused", 5) == ["story-refused"]


async def test_the_copy_beside_it_holds_what_was(path: Path):
    """The store as it was before the step stands beside the new one, row for row."""
    before = rows(path)
    await (await SQLiteStore.open(path)).close()
    assert rows(path.with_name(f"{path.name}.v{len(OLD_STEPS)}.bak")) == before


async def test_what_was_posted_has_the_moment_of_its_alert(path: Path):
    """Whatever has a message was posted when it was raised, and what has none was not."""
    await (await SQLiteStore.open(path)).close()
    found = rows(path)["deliveries"]
    assert {row["key"]: row["posted_at"] for row in found} == {
        row["key"]: row["raised_at"] if row["receipt"] else None for row in found
    }


async def test_nothing_is_posted_again(bot: Upgraded):
    """What was posted is at most edited, what was given up stays so, and the rest is posted once."""
    assert await bot.deliverer.drain() == Drained(posted=3, edited=1)
    bot.now += timedelta(minutes=5)
    assert await bot.deliverer.drain() == Drained(posted=1)
    assert await bot.deliverer.drain() == Drained()
    posted = [key.partition(">")[0] for key in bot.platform.keys]
    assert posted == ["alert-sending", "alert-pending", DUE_DIGEST, "alert-put-off"]
    assert bot.platform.again == [True, False, False, True]
    states = {each.name: (await bot.kept(each.key)).state for each in ALERTS}
    assert {name for name, state in states.items() if state is DeliveryState.FAILED} == {"deleted", "refused"}
    for key in (DIGEST, NOTICE):
        assert (await bot.kept(key)).receipt == f"at-{key}"


async def test_no_digest_comes_twice(bot: Upgraded):
    """A day that was told is not told again, and the next digest begins where the last one ended."""
    assert await raise_digests(bot.store, lambda: bot.now) == 0
    bot.now += timedelta(days=1)
    assert await raise_digests(bot.store, lambda: bot.now) == 1
    last = await bot.store.last_digest(CHANNEL)
    assert last is not None
    assert last.until == NOON + timedelta(days=1, minutes=-5)


async def test_edits_of_old_messages_leave_the_budget_alone(bot: Upgraded):
    """However many messages of before are edited within an hour, a new alert is posted."""
    await bot.deliverer.drain()
    bot.now += timedelta(hours=3)
    await bot.deliverer.drain()
    bot.now += timedelta(hours=3)
    await bot.store.sync_subscriptions([replace(WANTED, budget=1)])
    for name in ("posted", "edited", "fresh"):
        await bot.join(name, "Sample Gazette")
    assert await bot.deliverer.drain() == Drained(edited=3)
    bot.now += timedelta(minutes=1)
    await bot.tell(NEW)
    assert await bot.deliverer.drain() == Drained(posted=1)


async def test_messages_of_the_last_hour_count_for_the_budget(bot: Upgraded):
    """A message that was posted just before the program was brought up to date is one of its hour."""
    # Four of the hour: one told, two that wait and one that may be there.
    for budget, state in ((4, DeliveryState.HELD), (5, DeliveryState.PENDING)):
        await bot.store.sync_subscriptions([replace(WANTED, budget=budget)])
        told = member(f"Sample ship for {budget}")
        await bot.tell(told)
        assert (await bot.kept(alert(told).key)).state is state


async def test_the_counts_of_a_day_are_right(bot: Upgraded):
    """Stories whose message was posted before count as posted; those that join an old one, as its edits."""
    await bot.deliverer.drain()
    for name in ("posted", "fresh"):
        await bot.join(name, "Sample Gazette")
    await bot.deliverer.drain()
    reckoned = await bot.store.reckoned(bot.now - timedelta(days=1), bot.now)
    assert reckoned == {CHANNEL: Reckoning(posted=3, edited=2, waiting=1)}
    context = Context(bot.store, lambda: bot.now, matcher_of, SampleScout(), who=who)
    card = await show_health(context, {})
    assert plain(card.lines[0]) == "discord:7: 6 = 3 posted + 2 edited + 1 waiting"
    assert {field.name: plain(field.value) for field in card.fields} == {
        "Newest story": "27 August 12:00 UTC",
        "Stories": "6 = 6 told",
        "Alerts": "4 alerts",
        "Waiting": "1 message, 1 of them refused so far",
        "Last digest": "27 August 11:55 UTC",
    }
