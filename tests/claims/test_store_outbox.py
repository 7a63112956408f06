"""What every store promises of alerts on their way out: routing, updates, deliveries and digests."""

from dataclasses import replace
from datetime import time

import pytest

from claims.model import Alert, FigureChange, Member, Reason, Sighting, Silence, Update
from claims.outgoing import DeliveryState, Period
from claims.store import Store
from claims.when import Day
from claims.workspaces import CONSOLE, Snooze, SnoozeKind
from tests.support.build import (
    NOW,
    alert,
    at,
    claim,
    delivery,
    digest,
    evidence,
    feed,
    figure,
    member,
    outcome,
    source,
    subscription,
    update,
    visit,
)

FIRST = member("First")
SECOND = member("Second", source=source("Sample Post"))
KEY = alert(FIRST).key
SENT = delivery(KEY, state=DeliveryState.SENT, attempts=1, receipt="m-1", sent_revision=0)


async def told(store: Store, first: Member = FIRST, **changes: object) -> Alert:
    """Record a story with its alert."""
    raised = alert(first, **changes)
    await store.record_visit(visit(outcome(first, raised)))
    return raised


async def updated(store: Store, changed: Update, another: Member = SECOND) -> None:
    """Record another story of the first one's event, with an update."""
    await store.record_visit(visit(outcome(another, changed, of=FIRST)))


async def destinations(store: Store) -> list[str]:
    """Return where deliveries are due now."""
    return [due.destination for due in await store.due_deliveries(NOW)]


async def test_an_alert_goes_to_those_who_want_it(stocked: Store):
    """An alert is due at each destination that wants one of its claims, and nowhere else."""
    await stocked.sync_subscriptions(
        [
            subscription("slack:C1", "shell-volume"),
            subscription("discord:1", "containers-2023", "shell-volume"),
            subscription("console"),
        ]
    )
    await told(stocked)
    assert await stocked.due_deliveries(NOW) == [delivery(KEY, "console"), delivery(KEY, "discord:1")]


async def test_silence_is_not_delivered(stocked: Store):
    """A story that is kept in silence leaves the outbox empty."""
    await stocked.record_visit(visit(outcome(FIRST, Silence(Reason.BACKLOG))))
    assert await stocked.due_deliveries(NOW) == []


async def test_a_visit_recorded_twice_is_kept_once(stocked: Store):
    """Doing the work again says it once: no story, alert or delivery is doubled or reset."""
    twice = visit(outcome(FIRST), outcome(SECOND, update(alert(FIRST)), of=FIRST))
    await stocked.record_visit(twice)
    await stocked.record_delivery(replace(SENT, sent_revision=1))
    before = (await stocked.stories(), await stocked.briefing(KEY), await stocked.due_deliveries(NOW))
    await stocked.record_visit(twice)
    assert (await stocked.stories(), await stocked.briefing(KEY), await stocked.due_deliveries(NOW)) == before
    assert before[2] == []


async def test_a_later_destination_does_not_receive_the_history(stocked: Store):
    """Subscribing after an alert was raised brings neither it nor an update that bears no new claim."""
    await told(stocked)
    await stocked.sync_subscriptions([subscription("console"), subscription("slack:C1")])
    assert await destinations(stocked) == ["console"]
    await updated(stocked, update(alert(FIRST)))
    assert await destinations(stocked) == ["console"]


async def test_an_update_reaches_those_who_want_a_newly_borne_claim(stocked: Store):
    """A claim that the alert newly bears on brings it to those that want that claim, once each."""
    await stocked.sync_subscriptions(
        [
            subscription("console"),
            subscription("slack:C1", "shell-volume"),
            subscription("slack:C2", "another"),
        ]
    )
    raised = await told(stocked)
    links = (*raised.links, evidence(SECOND.story, "shell-volume"))
    await updated(stocked, update(raised, links=links))
    assert await stocked.due_deliveries(NOW) == [
        delivery(KEY, "console", revision=1),
        delivery(KEY, "slack:C1", revision=1),
    ]


async def test_an_update_replaces_what_the_alert_says(stocked: Store):
    """Revision, links, headline, change and reason follow the update; event and time of raising stay."""
    raised = await told(stocked)
    before = Sighting(figure(6_700), "Seoul", Day(2024, 2), SECOND.story.id)
    changed = update(
        raised,
        links=(evidence(SECOND.story, "shell-volume"), *raised.links),
        headline="13,000 containers, 6,700 before",
        change=FigureChange("containers-2023", figure(13_000), before),
        reason=Reason.NEW_FIGURE,
        raised_at=at(60),
    )
    await updated(stocked, changed)
    kept = (await stocked.briefing(KEY)).alert
    assert kept == replace(changed.alert, raised_at=NOW)


async def test_an_update_of_no_higher_revision_changes_nothing(stocked: Store):
    """An update that comes late leaves the alert as it is, and is not routed; its story is kept."""
    raised = await told(stocked, revision=1)
    await stocked.sync_subscriptions([subscription("console"), subscription("slack:C1", "shell-volume")])
    late = replace(raised, headline="Late", links=(evidence(SECOND.story, "shell-volume"),))
    await updated(stocked, Update(late, Reason.ANOTHER_OUTLET))
    briefing = await stocked.briefing(KEY)
    assert briefing.alert == raised
    assert briefing.event.members == (FIRST, SECOND)
    assert await destinations(stocked) == ["console"]


async def test_an_update_whose_alert_is_not_kept_is_an_alert(stocked: Store):
    """An update of an unknown alert is kept as it reads and routed like a new one."""
    lone = update(alert(FIRST))
    await stocked.record_visit(visit(outcome(FIRST, lone)))
    assert (await stocked.briefing(KEY)).alert == lone.alert
    assert await stocked.due_deliveries(NOW) == [delivery(KEY, revision=1)]


async def test_a_sent_alert_is_due_again_when_it_is_revised(stocked: Store):
    """What was posted is edited once per newer revision, and rests once the message shows it."""
    raised = await told(stocked)
    await stocked.record_delivery(SENT)
    assert await stocked.due_deliveries(NOW) == []
    await updated(stocked, update(raised))
    assert await stocked.due_deliveries(NOW) == [replace(SENT, revision=1)]
    await stocked.record_delivery(replace(SENT, sent_revision=1))
    assert await stocked.due_deliveries(NOW) == []


async def test_a_revision_that_comes_while_sending_is_not_lost(stocked: Store):
    """A delivery under way when its alert is revised is due again after its receipt of the older revision."""
    raised = await told(stocked)
    sending = delivery(KEY, state=DeliveryState.SENDING, attempts=1)
    await stocked.record_delivery(sending)
    await updated(stocked, update(raised))
    assert await stocked.due_deliveries(NOW) == [replace(sending, revision=1)]
    await stocked.record_delivery(SENT)
    assert await stocked.due_deliveries(NOW) == [replace(SENT, revision=1)]


@pytest.mark.parametrize(
    ("state", "next_try", "due"),
    [
        (DeliveryState.PENDING, None, True),
        (DeliveryState.PENDING, 0, True),
        (DeliveryState.PENDING, 0.001, False),
        (DeliveryState.SENDING, None, True),
        (DeliveryState.SENDING, 1, False),
        (DeliveryState.SENT, None, True),
        (DeliveryState.SENT, 1, False),
        (DeliveryState.FAILED, None, False),
    ],
)
async def test_what_is_due_by_state(stocked: Store, state: DeliveryState, next_try: float | None, due: bool):
    """With a newer revision waiting, all but failed deliveries are due once their next try has come."""
    raised = await told(stocked)
    kept = replace(SENT, state=state, next_try_at=None if next_try is None else at(next_try), error="busy")
    await stocked.record_delivery(kept)
    await updated(stocked, update(raised))
    assert await stocked.due_deliveries(NOW) == ([replace(kept, revision=1)] if due else [])


async def test_due_deliveries_are_the_oldest_alert_first(stocked: Store):
    """Deliveries are ordered by when their alert was raised, then by destination."""
    await stocked.sync_subscriptions([subscription("slack:C1"), subscription("console")])
    newer = await told(stocked, SECOND, raised_at=at(-1))
    older = await told(stocked, FIRST, raised_at=at(-2))
    assert [(due.key, due.destination) for due in await stocked.due_deliveries(NOW)] == [
        (older.key, "console"),
        (older.key, "slack:C1"),
        (newer.key, "console"),
        (newer.key, "slack:C1"),
    ]


async def test_a_delivery_that_is_not_kept_is_not_made(stocked: Store):
    """Recording a delivery that was dropped meanwhile brings it not back, and says so."""
    raised = await told(stocked)
    assert await stocked.record_delivery(delivery(raised.key, state=DeliveryState.SENT, sent_revision=0))
    assert not await stocked.record_delivery(delivery("unknown"))
    assert await stocked.due_deliveries(NOW) == []


async def test_subscriptions_are_exactly_the_synced_ones(store: Store):
    """Every field of a subscription comes back, by destination, and those not listed are gone."""
    digested = subscription("slack:C1", "a", "b", digest=time(7, 30), timezone="Asia/Seoul")
    nothing = replace(subscription("discord:1"), claims=frozenset())
    await store.sync_subscriptions([subscription("left"), digested])
    await store.sync_subscriptions([digested, nothing, subscription("console", digest=time(0))])
    assert await store.subscriptions() == [subscription("console", digest=time(0)), nothing, digested]


async def test_what_is_not_sent_leaves_with_its_destination(stocked: Store):
    """Unsubscribing drops what is pending or was tried; subscribing again does not bring it back."""
    names = ("a", "b", "c", "d")
    await stocked.sync_subscriptions([subscription(name) for name in names])
    await told(stocked)
    await stocked.record_delivery(replace(SENT, destination="b"))
    await stocked.record_delivery(replace(SENT, destination="c", state=DeliveryState.SENDING))
    await stocked.sync_subscriptions([subscription("d")])
    assert await destinations(stocked) == ["d"]
    await stocked.sync_subscriptions([subscription(name) for name in names])
    assert await destinations(stocked) == ["d"]


async def test_nothing_is_edited_where_nobody_subscribes(stocked: Store):
    """A message stays as it was when its destination left, and is brought up to date when it is back."""
    raised = await told(stocked)
    await stocked.record_delivery(SENT)
    await stocked.sync_subscriptions([])
    await updated(stocked, update(raised))
    assert await stocked.due_deliveries(NOW) == []
    await stocked.sync_subscriptions([subscription("console")])
    assert await stocked.due_deliveries(NOW) == [replace(SENT, revision=1)]


@pytest.mark.parametrize("state", [DeliveryState.PENDING, DeliveryState.SENDING])
async def test_an_alert_that_is_no_longer_wanted_is_dropped(stocked: Store, state: DeliveryState):
    """Narrowing a subscription drops the alerts it no longer takes, unless they are posted; digests stay."""
    await stocked.sync_subscriptions([subscription(name) for name in ("a", "b", "c", "d")])
    await told(stocked)
    for name in ("a", "b"):
        await stocked.record_delivery(delivery(KEY, name, state=state))
    await stocked.record_delivery(replace(SENT, destination="c"))
    await stocked.raise_digest(digest("d"), at(1))
    await stocked.sync_subscriptions(
        [
            subscription("a", "shell-volume"),
            subscription("b", "containers-2023", "shell-volume"),
            subscription("c", "shell-volume"),
            subscription("d", "shell-volume"),
        ]
    )
    due = await stocked.due_deliveries(NOW)
    assert due == [delivery(KEY, "b", state=state), delivery(digest("d").key, "d")]
    await updated(stocked, update(alert(FIRST)))
    assert await destinations(stocked) == ["b", "c", "d"]


async def test_no_digest_goes_where_nobody_subscribes(store: Store):
    """A digest for a destination without a subscription is not kept; a pending one leaves with it."""
    assert not await store.raise_digest(digest("slack:C1"), NOW)
    assert await store.digest(digest("slack:C1").key) is None
    await store.sync_subscriptions([subscription("slack:C1")])
    assert await store.raise_digest(digest("slack:C1"), NOW)
    await store.sync_subscriptions([])
    assert await store.due_deliveries(NOW) == []


async def test_the_last_digest_is_known_by_destination(store: Store):
    """It is the one that ends last, whoever else has some, but none that was left out as empty."""
    await store.sync_subscriptions([subscription("a"), subscription("b")])
    assert await store.last_digest("a") is None
    for name, key, until in (("a", "1", 5), ("a", "2", 0), ("b", "3", 9)):
        await store.raise_digest(digest(name, key=key, until=at(until)), NOW)
    assert await store.last_digest("a") == digest("a", key="1", until=at(5), raised_at=NOW)
    empty = delivery("1", "a", state=DeliveryState.FILTERED, reason="There was nothing to tell.")
    await store.record_delivery(empty)
    assert await store.last_digest("a") == digest("a", key="2", until=at(0), raised_at=NOW)
    await store.sync_subscriptions([])
    assert await store.last_digest("b") == digest("b", key="3", until=at(9), raised_at=NOW)


async def test_how_far_a_destination_was_told_is_known_by_period(store: Store):
    """It is the latest end of the digests of that destination and period, a week's apart from a day's."""
    await store.sync_subscriptions([subscription("a"), subscription("b")])
    assert await store.told_until() == {}
    told = (("a", Period.DAY, 5), ("a", Period.DAY, 0), ("a", Period.WEEK, 3), ("b", Period.MONTH, 9))
    for number, (name, period, until) in enumerate(told):
        await store.raise_digest(digest(name, key=f"{number}", period=period, until=at(until)), NOW)
    assert await store.told_until() == {
        ("a", Period.DAY): at(5),
        ("a", Period.WEEK): at(3),
        ("b", Period.MONTH): at(9),
    }


async def test_a_digest_is_raised_once(store: Store):
    """A digest is kept with one delivery; raising its key again changes nothing, even once it is sent."""
    await store.sync_subscriptions([subscription("slack:C1")])
    day = digest("slack:C1", timezone="Asia/Seoul")
    assert await store.raise_digest(day, NOW)
    assert not await store.raise_digest(replace(day, timezone="UTC"), at(5))
    assert await store.digest(day.key) == replace(day, raised_at=NOW)
    assert await store.due_deliveries(NOW) == [delivery(day.key, "slack:C1")]
    await store.record_delivery(delivery(day.key, "slack:C1", state=DeliveryState.SENT, sent_revision=0))
    assert not await store.raise_digest(day, at(10))
    assert await store.due_deliveries(at(10)) == []


async def test_what_a_digest_took_waits_for_the_next_where_that_failed(stocked: Store):
    """A digest that is given up takes no alert with it."""
    await stocked.sync_subscriptions([subscription(digest=time(8), quiet=(time(0), time(23)))])
    await stocked.record_visit(visit(outcome(FIRST)))
    held = await stocked.held("console")
    await stocked.raise_digest(digest(), NOW)
    assert await stocked.held("console") == []

    await stocked.record_delivery(delivery(digest().key, state=DeliveryState.FAILED, attempts=24))

    assert await stocked.held("console") == held != []
    later = replace(digest(), key="digest:console:later", until=at(24 * 60))
    await stocked.raise_digest(later, at(24 * 60))
    assert await stocked.held("console", later.key) == held


async def test_only_a_digest_is_a_digest(stocked: Store):
    """The key of an alert, or of nothing, is no digest's; a digest for every claim comes back as such."""
    await told(stocked)
    assert await stocked.digest(KEY) is None
    assert await stocked.digest("unknown") is None
    await stocked.raise_digest(digest(), NOW)
    assert await stocked.digest(digest().key) == replace(digest(), raised_at=NOW)


async def test_digests_and_alerts_share_one_order(stocked: Store):
    """A digest waits its turn among the alerts, by when it was raised."""
    await stocked.raise_digest(digest(), at(-1))
    await told(stocked, FIRST, raised_at=at(-2))
    await told(stocked, SECOND, raised_at=at(0))
    keys = [due.key for due in await stocked.due_deliveries(NOW)]
    assert keys == [KEY, digest().key, alert(SECOND).key]


async def test_the_store_opens_with_its_first_story(stocked: Store):
    """The first story that was ever seen, backlog or not, says since when the store watches."""
    assert await stocked.opened_at() is None
    late, early = member("Late", seen_at=at(5)), member("Early", seen_at=at(-5), backlog=True)
    await stocked.record_visit(visit(outcome(late), outcome(early, Silence(Reason.BACKLOG))))
    assert await stocked.opened_at() == at(-5)


async def test_closing_twice_does_no_harm(store: Store):
    """A store can be closed by whoever is last to hold it."""
    await store.sync_feeds([feed()])
    await store.sync_claims([claim()])
    await store.close()
    await store.close()


async def test_the_messages_of_a_workspace_are_edited_anew(stocked: Store):
    """Where a workspace says something of an event its own messages are due, also those that waited."""
    await stocked.sync_subscriptions([subscription("discord:1"), subscription("discord:2")])
    await stocked.place(["discord:1"], "discord:500")
    raised = await told(stocked)
    for name in ("discord:1", "discord:2"):
        await stocked.record_delivery(replace(SENT, destination=name, next_try_at=at(60)))
    await stocked.touch("discord:501", raised.event_id)
    assert await destinations(stocked) == []
    await stocked.touch("discord:500", raised.event_id)
    assert await destinations(stocked) == ["discord:1"]
    await stocked.touch(CONSOLE, raised.event_id)
    assert await destinations(stocked) == ["discord:1", "discord:2"]


async def test_what_is_said_while_a_message_is_edited_is_not_lost(stocked: Store):
    """What was touched while it was posted is due again, and an update decided before is kept."""
    raised = await told(stocked)
    (trying,) = await stocked.due_deliveries(NOW)
    await stocked.touch(CONSOLE, raised.event_id)
    await stocked.record_delivery(replace(trying, state=DeliveryState.SENT, sent_revision=trying.revision))
    assert await destinations(stocked) == ["console"]
    await updated(stocked, update(raised))
    assert (await stocked.briefing(KEY)).alert.revision == 1


async def test_what_came_while_it_was_posted_does_not_wait_for_what_was_posted(stocked: Store):
    """A message that is to be left alone for a while is not where it was touched meanwhile."""
    raised = await told(stocked)
    (trying,) = await stocked.due_deliveries(NOW)
    await stocked.touch(CONSOLE, raised.event_id)
    posted = replace(trying, state=DeliveryState.SENT, sent_revision=-1, next_try_at=at(60))
    await stocked.record_delivery(posted)
    assert await destinations(stocked) == ["console"]
    (trying,) = await stocked.due_deliveries(NOW)
    await stocked.record_delivery(replace(trying, sent_revision=0, next_try_at=at(60)))
    assert await destinations(stocked) == []


async def test_a_snooze_that_is_ended_lets_edits_go(stocked: Store):
    """An edit that waited for the end of a snooze waits no longer, in its own workspace."""
    await stocked.place(["console"], "discord:500")
    await updated_while_put_off(stocked)
    snooze = Snooze("discord:500", SnoozeKind.EVENT, alert(FIRST).event_id, at(60), "discord:901", NOW)
    await stocked.snooze(replace(snooze, workspace="discord:501"))
    await stocked.snooze(snooze)
    await stocked.wake("discord:501", snooze.kind, snooze.what)
    assert await destinations(stocked) == []
    await stocked.wake("discord:500", snooze.kind, snooze.what)
    assert await destinations(stocked) == ["console"]


async def updated_while_put_off(store: Store) -> None:
    """Record an update to an alert that is posted and not to be edited for an hour."""
    raised = await told(store)
    await store.record_delivery(replace(SENT, next_try_at=at(60)))
    await updated(store, update(raised))
