"""What every store promises of what follows a told alert (`claims.store_outbox.Outbox.developments`)."""

from dataclasses import replace
from datetime import time

import pytest

from claims.model import Correction, FigureChange, Reason, Sighting, Stance
from claims.outgoing import Delivery, DeliveryState, Development
from claims.store import Store
from claims.when import Day
from claims.workspaces import CONSOLE, Snooze, SnoozeKind
from tests.support.build import (
    NOW,
    alert,
    at,
    claim,
    delivery,
    evidence,
    figure,
    member,
    outcome,
    revision,
    source,
    subscription,
    update,
    verdict,
    visit,
)

FIRST = member(figures=[figure(13_000)])
SECOND = member("Sample envoy answers", source=source("Sample Post"), seen_at=at(5))
THIRD = member("Sample ship is seen again", source=source("Sample Times"), seen_at=at(9))
TOLD = alert(FIRST)
KEY = TOLD.key
DENIAL = evidence(SECOND.story, stance=Stance.DISPUTES)
MOVED = FigureChange(
    "containers-2023", figure(15_000), Sighting(figure(13_000), "Seoul", Day(2024, 8), FIRST.story.id)
)
DENIED = update(TOLD, links=(DENIAL,), reason=Reason.DENIAL)
COUNTED = update(DENIED.alert, change=MOVED)


async def deliver(store: Store, key: str = KEY, destination: str = "console", **changes: object) -> None:
    """Note how the delivery of a message went: posted, unless changes say otherwise."""
    sent = {"state": DeliveryState.SENT, "attempts": 1, "receipt": f"m-{key}", "sent_revision": 9, **changes}
    assert await store.record_delivery(delivery(key, destination, **sent))


async def due(store: Store, minutes: float = 60) -> list[Delivery]:
    """Return what is due that follows something."""
    return [each for each in await store.due_deliveries(at(minutes)) if each.head]


@pytest.fixture
async def posted(stocked: Store) -> Store:
    """Return a store whose one alert is posted to the console."""
    await stocked.record_visit(visit(outcome(FIRST, TOLD)))
    await deliver(stocked)
    return stocked


async def test_a_denial_follows_what_was_posted(posted: Store) -> None:
    """It is kept with the update and due under the message."""
    await posted.record_visit(visit(outcome(SECOND, DENIED, of=FIRST)))

    assert await posted.developments(KEY, "console") == [
        Development(f"{KEY}#1", KEY, at(5), Reason.DENIAL, SECOND.story.id, (DENIAL,))
    ]
    assert await due(posted) == [delivery(f"{KEY}#1", head=KEY)]


async def test_a_number_comes_back_as_it_was_kept(posted: Store) -> None:
    """A number that moved survives the store with what it is set beside."""
    await posted.record_visit(visit(outcome(SECOND, update(TOLD, change=MOVED), of=FIRST)))

    [moved] = await posted.developments(KEY, "console")

    assert (moved.reason, moved.change) == (Reason.NEW_FIGURE, MOVED)


async def test_a_correction_comes_back_as_it_was_kept(posted: Store) -> None:
    """What an outlet took back is kept with the moment and the story of the edit."""
    await posted.record_revision(revision(FIRST, figures=(figure(12_000),)), at(30))

    [corrected] = await posted.developments(KEY, "console")

    assert corrected.correction == Correction(FIRST.story.id, figure(13_000), figure(12_000))
    assert (corrected.at, corrected.story_id) == (at(30), FIRST.story.id)


async def test_another_outlet_only_edits(posted: Store) -> None:
    """The message is due to be edited, and nothing follows it."""
    await deliver(posted, sent_revision=0)
    await posted.record_visit(visit(outcome(SECOND, update(TOLD), of=FIRST)))

    assert [each.key for each in await posted.due_deliveries(at(60))] == [KEY]
    assert await posted.developments(KEY, "console") == []


@pytest.mark.parametrize("state", [DeliveryState.PENDING, DeliveryState.HELD, DeliveryState.FILTERED])
async def test_where_nothing_was_posted_nothing_follows(stocked: Store, state: DeliveryState) -> None:
    """A message that is still to come says all at once, and one that never comes is not followed up."""
    await stocked.record_visit(visit(outcome(FIRST, TOLD)))
    await deliver(stocked, state=state, receipt=None, sent_revision=None)

    await stocked.record_visit(visit(outcome(SECOND, DENIED, of=FIRST)))

    assert await stocked.developments(KEY, "console") == []
    await deliver(stocked)
    assert await due(stocked) == []


async def test_what_follows_waits_for_the_receipt(stocked: Store) -> None:
    """A message that may have been posted is followed up once its receipt is known."""
    await stocked.record_visit(visit(outcome(FIRST, TOLD)))
    await deliver(stocked, state=DeliveryState.SENDING, receipt=None, sent_revision=None)
    await stocked.record_visit(visit(outcome(SECOND, DENIED, of=FIRST)))

    assert await due(stocked) == []
    await deliver(stocked)
    assert [each.key for each in await due(stocked)] == [f"{KEY}#1"]


async def test_what_follows_comes_in_order(posted: Store) -> None:
    """A second development waits until the first is posted or given up."""
    await posted.record_visit(visit(outcome(SECOND, DENIED, of=FIRST), outcome(THIRD, COUNTED, of=FIRST)))
    first, second = f"{KEY}#1", f"{KEY}#2"

    assert [each.key for each in await due(posted)] == [first]
    await deliver(posted, first, state=DeliveryState.SENDING, next_try_at=at(90), head=KEY)
    assert await due(posted) == []
    await deliver(posted, first, head=KEY)
    assert [each.key for each in await due(posted)] == [second]


async def test_only_those_who_were_told_are_followed_up(posted: Store) -> None:
    """A destination that subscribes later, or takes the alert for its new claim, sees all in the message."""
    await posted.sync_subscriptions([subscription(), subscription("slack:C1", "shell-volume")])
    more = update(TOLD, links=(*TOLD.links, evidence(SECOND.story, "shell-volume")))
    await posted.record_visit(visit(outcome(SECOND, more, of=FIRST)))

    assert [(each.destination, each.head) for each in await posted.due_deliveries(at(60))] == [
        ("console", KEY),
        ("slack:C1", None),
    ]


async def test_a_workspace_is_not_told_of_what_it_does_not_see(posted: Store) -> None:
    """A development of a claim that one workspace added follows in no other."""
    await posted.sync_subscriptions([subscription(), subscription("slack:C1")])
    await posted.place(["slack:C1"], "slack:T1")
    await posted.keep_claim(claim("oil-k3f9", workspace="slack:T2"))
    await posted.record_visit(visit(outcome(THIRD, alert(THIRD))))
    for each in ("console", "slack:C1"):
        await deliver(posted, alert(THIRD).key, each)
    more = update(alert(THIRD), links=(*alert(THIRD).links, evidence(SECOND.story, "oil-k3f9")))

    await posted.record_visit(visit(outcome(SECOND, more, of=THIRD)))

    assert [each.destination for each in await due(posted)] == ["console"]


async def test_a_withdrawal_follows_alone(posted: Store) -> None:
    """What is not yet posted when a person takes the story out does not go out before it."""
    await posted.record_visit(visit(outcome(SECOND, DENIED, of=FIRST)))
    for told in (FIRST, SECOND):
        await posted.record_verdict(verdict(told.story, "not-relevant", at=at(20)))

    developments = await posted.developments(KEY, "console")

    assert [each.reason for each in developments] == [Reason.WITHDRAWN]
    assert developments[0].story_id is None
    assert developments[0].at == at(20)


async def test_a_message_that_is_given_up_is_not_followed_up(posted: Store) -> None:
    """Where somebody deleted the message, what waits to go under it says why it does not."""
    await posted.record_visit(visit(outcome(SECOND, DENIED, of=FIRST)))
    await deliver(posted, state=DeliveryState.FAILED)

    assert await due(posted) == []
    assert await posted.developments(KEY, "console") == []


async def test_nothing_follows_twice(posted: Store) -> None:
    """A visit that is recorded again brings its development once."""
    again = visit(outcome(SECOND, DENIED, of=FIRST))
    await posted.record_visit(again)
    await deliver(posted, f"{KEY}#1", head=KEY)
    await posted.record_visit(again)

    assert await due(posted) == []
    assert len(await posted.developments(KEY, "console")) == 1


async def test_a_dropped_subscription_is_not_followed_up(posted: Store) -> None:
    """What waits goes with the subscription, and what comes later does not begin."""
    await posted.record_visit(visit(outcome(SECOND, DENIED, of=FIRST)))
    await posted.sync_subscriptions([])
    await posted.record_visit(visit(outcome(THIRD, COUNTED, of=FIRST)))
    await posted.sync_subscriptions([subscription()])

    assert await due(posted) == []


async def test_what_is_snoozed_is_not_followed_up(posted: Store) -> None:
    """What comes meanwhile is filtered, with whose snooze it was, and does not come later."""
    snooze = Snooze(CONSOLE, SnoozeKind.EVENT, TOLD.event_id, at(30), "Mina", NOW)
    await posted.snooze(snooze)
    await posted.record_visit(visit(outcome(SECOND, DENIED, of=FIRST)))

    kept = await posted.delivery(f"{KEY}#1", "console")

    assert kept
    assert kept.state is DeliveryState.FILTERED
    assert kept.reason.startswith("It was snoozed until ")
    assert await posted.developments(KEY, "console") == []
    assert await due(posted) == []


async def test_what_comes_in_quiet_hours_waits(posted: Store) -> None:
    """It goes under its message when they end."""
    await posted.sync_subscriptions([subscription(quiet=(time(11), time(12)))])
    await posted.record_visit(visit(outcome(SECOND, DENIED, of=FIRST)))

    assert await due(posted, 46) == []
    assert [each.key for each in await due(posted, 47)] == [f"{KEY}#1"]


async def test_what_was_taken_back_is_of_the_day_on_which_it_was(posted: Store):
    """However long before it was told; what is merely new is not taken back."""
    await posted.record_visit(visit(outcome(SECOND, DENIED)))
    (before,) = [(await posted.activity(at(-60), at(10))).taken_back]
    assert before == ()

    wrong = verdict(FIRST.story, "not-relevant", at=at(20))
    await posted.record_verdict(wrong)
    await posted.record_verdict(replace(wrong, story_id=SECOND.story.id, at=at(21)))
    (taken,) = (await posted.activity(at(10), at(60))).taken_back

    assert (taken.development.reason, taken.alert.key) == (Reason.WITHDRAWN, KEY)
    assert (await posted.activity(at(30), at(60))).taken_back == ()
