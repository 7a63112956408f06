"""Workspaces, what they want and what people did there: the promises that any store keeps."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from claims.errors import NotFound
from claims.model import Stance
from claims.store import Store
from claims.store_workspaces import ASKED_DAYS
from claims.subscriptions import Importance, Subscription
from claims.workspaces import OURSELVES, Asked, AuditEntry, Snooze, SnoozeKind, Workspace
from tests.support.build import NOW, at, claim, feed, member, outcome, subscription, visit
from tests.support.stores import open_store

DESK = "discord:500"
FULL = Subscription(
    destination="discord:600",
    claims=frozenset({"containers-2023"}),
    digest=time(8),
    timezone="Asia/Seoul",
    notices=False,
    tags=frozenset({"munitions"}),
    stances=frozenset({Stance.DISPUTES}),
    least=Importance.NOTABLE,
    languages=frozenset({"ko", "en"}),
    sources=frozenset({"Sample Wire"}),
    words="oil NOT coal",
    mention="77",
    mention_from=Importance.NOTABLE,
    threads=False,
    quiet=(time(22), time(7)),
    budget=6,
    weekdays=frozenset({0, 4}),
    week_on=0,
    month_on=31,
    skip_empty=True,
    hours_set_at=NOW,
    workspace=DESK,
    by_people=True,
)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """Return a store of each kind there is."""
    opened = await open_store(tmp_path / "kept.db")
    yield opened
    await opened.close()


async def test_a_subscription_comes_back_as_it_went_in(store: Store):
    """Every condition is kept, and each workspace is told of its own alone."""
    await store.subscribe(FULL)
    await store.subscribe(Subscription("slack:C1", workspace="slack:T1"))
    assert await store.subscriptions(DESK) == [FULL]
    assert [each.destination for each in await store.subscriptions()] == ["discord:600", "slack:C1"]


async def test_what_people_say_of_a_destination_outlasts_the_settings(store: Store):
    """Changed or removed in chat, it stays so at the next start; the others are as the settings have them."""
    named = [Subscription("discord:600"), Subscription("discord:601"), Subscription("console")]
    await store.sync_subscriptions(named)
    await store.subscribe(FULL)
    await store.unsubscribe("discord:601")
    await store.sync_subscriptions([Subscription("discord:600"), Subscription("discord:601")])
    assert await store.subscriptions() == [FULL]
    with pytest.raises(NotFound, match="discord:601 has no subscription"):
        await store.unsubscribe("discord:601")


async def test_a_destination_stays_where_its_platform_found_it(store: Store):
    """The settings name a channel; whose it is is kept from start to start."""
    await store.sync_subscriptions([Subscription("discord:600")])
    await store.place(["discord:600", "discord:999"], DESK)
    await store.sync_subscriptions([Subscription("discord:600", digest=time(9))])
    assert await store.subscriptions(DESK) == [Subscription("discord:600", digest=time(9), workspace=DESK)]


async def test_nothing_goes_to_a_paused_destination_and_nothing_is_lost(store: Store):
    """What is due waits until the destination goes on."""
    await store.sync_feeds([feed()])
    await store.sync_claims([claim()])
    await store.subscribe(subscription())
    await store.record_visit(visit(outcome(member())))
    await store.pause("console", "The channel was deleted")
    await store.pause("slack:C9", "nobody")
    assert await store.due_deliveries(NOW) == []
    assert [each.paused for each in await store.subscriptions()] == ["The channel was deleted"]
    await store.resume("console", NOW)
    assert len(await store.due_deliveries(NOW)) == 1


@pytest.mark.parametrize("person", [False, True], ids=["settings", "people"])
async def test_a_pause_outlasts_a_restart(store: Store, person: bool):
    """The settings say what a channel wants, never that it goes on."""
    named = [Subscription("discord:600", digest=time(9))]
    await store.sync_subscriptions([Subscription("discord:600")])
    if person:
        await store.subscribe(Subscription("discord:600", digest=time(9)))
    await store.pause("discord:600", "The channel was deleted")
    await store.sync_subscriptions(named)
    assert await store.subscriptions() == [
        Subscription(
            "discord:600",
            digest=time(9),
            paused="The channel was deleted",
            paused_by=OURSELVES,
            by_people=person,
        )
    ]
    await store.resume("discord:600", NOW)
    await store.sync_subscriptions(named)
    assert [each.paused for each in await store.subscriptions()] == [None]


async def test_a_workspace_is_kept_as_it_is_now(store: Store):
    """One that is new has nothing but its id."""
    assert await store.workspace(DESK) == Workspace(DESK)
    kept = Workspace(DESK, "Sample desk", "ko", "en-GB", ("77", "78"), NOW, at(5), "discord:600/9")
    await store.keep_workspace(kept)
    await store.keep_workspace(replace(kept, left_at=None))
    assert await store.workspace(DESK) == replace(kept, left_at=None)


async def test_the_audit_log_is_told_newest_first_and_to_its_workspace_alone(store: Store):
    """Who, what and when stay, page by page."""
    entries = [AuditEntry(DESK, at(n), "discord:901", "watch edit", f"n={n}") for n in range(3)]
    for entry in (*entries, AuditEntry("discord:501", NOW, "discord:902", "watch add")):
        await store.note(entry)
    assert await store.audit(DESK, 2) == [entries[2], entries[1]]
    assert await store.audit(DESK, 2, skip=2) == [entries[0]]
    assert len(await store.audit(None, 9)) == 4


async def test_a_snooze_ends_by_itself_or_by_hand(store: Store):
    """The first to end comes first, a later one of the same thing counts, and others do not see it."""
    claim_ = Snooze(DESK, SnoozeKind.CLAIM, "containers-2023", at(60), "discord:901", NOW)
    event = Snooze(DESK, SnoozeKind.EVENT, "e-1", at(30), "discord:901", NOW)
    for each in (replace(claim_, until=at(10)), claim_, event):
        await store.snooze(each)
    assert await store.snoozes(DESK, NOW) == [event, claim_]
    assert await store.snoozes(DESK, at(30)) == [claim_]
    assert await store.snoozes("discord:501", NOW) == []
    assert await store.wake(DESK, SnoozeKind.CLAIM, "containers-2023")
    assert not await store.wake(DESK, SnoozeKind.CLAIM, "containers-2023")
    assert await store.snoozes(DESK, NOW) == [event]


async def test_what_was_asked_is_remembered_for_its_buttons(store: Store):
    """It comes back by its key until its time is over."""
    asked = Asked("k-1", "claim show", {"claim": "containers-2023"})
    await store.remember(asked, NOW)
    assert await store.asked("k-1") == asked
    await store.remember(Asked("k-2", "help", {}), NOW + timedelta(days=ASKED_DAYS + 1))
    assert await store.asked("k-1") is None


async def test_what_is_registered_is_known_by_scope(store: Store):
    """Commands that did not change need no registering again."""
    assert await store.registered("discord:global") is None
    await store.keep_registered("discord:global", "a")
    await store.keep_registered("discord:global", "b")
    assert await store.registered("discord:global") == "b"
