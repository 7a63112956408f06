"""What every store promises of routing: what becomes of an alert at each destination, and why, is kept."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from claims.model import Alert, FigureChange, Member, Reason, Silence
from claims.outgoing import Delivery, DeliveryState, Held
from claims.reckoning import Reckoning
from claims.routing import Hold
from claims.store import Store
from claims.subscriptions import Importance
from claims.workspaces import CONSOLE, Snooze, SnoozeKind
from tests.support.build import (
    NOW,
    alert,
    at,
    claim,
    delivery,
    digest,
    evidence,
    figure,
    member,
    outcome,
    source,
    subscription,
    update,
    verdict,
    visit,
)

FIRST = member("First")
SECOND = member("Second", source=source("Sample Post"), seen_at=at(5))
KEY = alert(FIRST).key
MAJOR = {"reason": Reason.NEW_FIGURE, "change": FigureChange("containers-2023", figure())}


async def told(store: Store, first: Member = FIRST, **changes: object) -> Alert:
    """Record a story with its alert."""
    raised = alert(first, **changes)
    await store.record_visit(visit(outcome(first, raised)))
    return raised


async def routed(store: Store) -> list[Delivery]:
    """Return what became of the first story's alert, by destination."""
    (account,) = await store.accounts(FIRST.story.id)
    return list(account.deliveries)


async def posted(store: Store, *due: Delivery, minutes: float = 0) -> None:
    """Record that deliveries were posted."""
    for each in due:
        sent = replace(each, state=DeliveryState.SENT, receipt="m-1", sent_revision=0, posted_at=at(minutes))
        assert await store.record_delivery(replace(sent, next_try_at=None))


async def test_every_destination_has_its_reason(stocked: Store):
    """Posted at once, held, waiting or filtered: each has one row, and only what is wanted now is due."""
    await stocked.sync_subscriptions(
        [
            subscription("console"),
            subscription("discord:1", least=Importance.MAJOR),
            subscription("discord:2", quiet=(time(11), time(12)), digest=time(8)),
            subscription("discord:3", quiet=(time(11), time(12))),
        ]
    )
    await told(stocked)
    waiting = delivery(KEY, "discord:3", reason=Hold.QUIET, next_try_at=at(47))
    assert await routed(stocked) == [
        delivery(KEY),
        delivery(
            KEY,
            "discord:1",
            state=DeliveryState.FILTERED,
            reason="It is routine; wanted is what is major at least.",
        ),
        delivery(KEY, "discord:2", state=DeliveryState.HELD, reason=Hold.QUIET),
        waiting,
    ]
    assert await stocked.due_deliveries(NOW) == [delivery(KEY)]
    assert await stocked.due_deliveries(at(47)) == [delivery(KEY), waiting]


async def test_what_was_filtered_is_routed_anew_by_an_update(stocked: Store):
    """An alert that came to matter is told then; what was held stays for the digest."""
    await stocked.sync_subscriptions(
        [
            subscription("console", least=Importance.MAJOR),
            subscription("discord:2", least=Importance.MAJOR, words="train"),
            subscription("discord:3", quiet=(time(11), time(12)), digest=time(13)),
        ]
    )
    raised = await told(stocked)
    assert await stocked.due_deliveries(NOW) == []
    await stocked.record_visit(visit(outcome(SECOND, update(raised, **MAJOR), of=FIRST)))
    console, filtered, held = await routed(stocked)
    assert await stocked.due_deliveries(NOW) == [console] == [delivery(KEY, revision=1)]
    assert filtered.reason == "The words of the subscription do not fit: train is missing."
    assert held.state is DeliveryState.HELD


async def test_what_waits_and_is_no_longer_wanted_is_filtered(stocked: Store):
    """A person's word narrows an alert before it is posted; a later word undoes it."""
    await told(stocked)
    wrong = verdict(FIRST.story, "wrong-claim", claim_id="containers-2023", right_claim="shell-volume")
    await stocked.sync_subscriptions([subscription("console", "containers-2023")])
    await stocked.record_verdict(wrong)
    (filtered,) = await routed(stocked)
    assert filtered.reason == "It bears on no claim that is followed here."
    assert await stocked.due_deliveries(NOW) == []
    await stocked.record_verdict(replace(wrong, undone=True))
    assert [each.key for each in await stocked.due_deliveries(NOW)] == [KEY]


async def test_what_was_filtered_since_is_not_posted(stocked: Store):
    """Whoever was about to post it is told that nobody wants it any more; a receipt is still taken."""
    await told(stocked)
    await stocked.sync_subscriptions([subscription("console", "shell-volume")])
    assert not await stocked.record_delivery(delivery(KEY, state=DeliveryState.SENDING, attempts=1))
    assert [each.state for each in await routed(stocked)] == [DeliveryState.FILTERED]
    await posted(stocked, delivery(KEY, attempts=1))
    assert [each.state for each in await routed(stocked)] == [DeliveryState.SENT]


async def test_a_budget_counts_what_was_posted_in_the_last_hour_and_what_waits(stocked: Store):
    """Two an hour: the third waits for an hour, the fifth for two; then there is room again."""
    await stocked.sync_subscriptions([subscription(budget=2)])
    for number in range(5):
        await told(stocked, member(f"Story {number}"))
    due = await stocked.due_deliveries(NOW)
    assert len(due) == 2
    await posted(stocked, *due, minutes=1)
    later = await stocked.due_deliveries(at(60))
    assert [each.reason for each in later] == [Hold.BUDGET, Hold.BUDGET]
    await posted(stocked, *later, minutes=60)
    await posted(stocked, *(await stocked.due_deliveries(at(120))), minutes=120)
    await told(stocked, FIRST, raised_at=at(121))
    assert [each.key for each in await stocked.due_deliveries(at(121))] == [KEY]


async def test_what_is_snoozed_is_not_told(stocked: Store):
    """The reason says until when and by whom; other workspaces are told, and so is who hears of it later."""
    await stocked.sync_subscriptions([subscription(), subscription("discord:1", workspace="discord:500")])
    await stocked.snooze(Snooze(CONSOLE, SnoozeKind.CLAIM, "containers-2023", at(4), "console", NOW))
    raised = await told(stocked)
    assert [each.reason for each in await routed(stocked)] == [
        "Its claim was snoozed until 2024-08-27 11:17 UTC by console.",
        "",
    ]
    assert [each.destination for each in await stocked.due_deliveries(NOW)] == ["discord:1"]
    await stocked.record_visit(visit(outcome(SECOND, update(raised), of=FIRST)))
    assert {each.destination for each in await stocked.due_deliveries(at(5))} == {"console", "discord:1"}


async def test_nothing_follows_a_message_that_is_snoozed(stocked: Store):
    """A new number goes under the message of those who did not snooze it alone."""
    await stocked.sync_subscriptions([subscription(), subscription("discord:1", workspace="discord:500")])
    raised = await told(stocked)
    await posted(stocked, *(await stocked.due_deliveries(NOW)))
    await stocked.snooze(Snooze(CONSOLE, SnoozeKind.EVENT, raised.event_id, at(60), "console", NOW))
    await stocked.record_visit(visit(outcome(SECOND, update(raised, **MAJOR), of=FIRST)))
    following = [each for each in await stocked.due_deliveries(at(99)) if each.head]
    assert [(each.destination, each.head) for each in following] == [("discord:1", KEY)]


async def test_what_waits_is_filtered_by_a_snooze(stocked: Store):
    """An alert that waits for the end of quiet hours is not posted to those who snoozed it meanwhile."""
    quiet = (time(10), time(12))
    await stocked.sync_subscriptions(
        [subscription(quiet=quiet), subscription("discord:1", workspace="discord:500", quiet=quiet)]
    )
    await told(stocked)
    await stocked.snooze(Snooze(CONSOLE, SnoozeKind.CLAIM, "containers-2023", at(600), "console", NOW))
    assert [(each.state, each.reason) for each in await routed(stocked)] == [
        (DeliveryState.FILTERED, "Its claim was snoozed until 2024-08-27 21:13 UTC by console."),
        (DeliveryState.PENDING, Hold.QUIET),
    ]
    assert [each.destination for each in await stocked.due_deliveries(at(90))] == ["discord:1"]


async def test_what_follows_and_waits_is_filtered_by_a_snooze(stocked: Store):
    """A new number that waits to go under its message does not go there once the story is snoozed."""
    raised = await told(stocked)
    await posted(stocked, *(await stocked.due_deliveries(NOW)))
    await stocked.record_visit(visit(outcome(SECOND, update(raised, **MAJOR), of=FIRST)))
    assert any(each.head for each in await stocked.due_deliveries(at(5)))
    await stocked.snooze(Snooze(CONSOLE, SnoozeKind.EVENT, raised.event_id, at(60), "console", at(5)))
    assert not any(each.head for each in await stocked.due_deliveries(at(99)))


@pytest.mark.parametrize("waited", [False, True])
async def test_what_was_snoozed_is_not_told_later_as_if_it_were_new(stocked: Store, *, waited: bool):
    """The next outlet after the end of the snooze brings nothing; a number that moves then does."""
    snooze = Snooze(CONSOLE, SnoozeKind.CLAIM, "containers-2023", at(4), "console", NOW)
    first, second, third = (
        member(name, origin="Seoul", source=source(f"Sample {name}"), seen_at=at(minutes))
        for name, minutes in (("Herald", 0), ("Post", 5), ("Wire", 9))
    )
    if not waited:
        await stocked.snooze(snooze)
    raised = await told(stocked, first)
    if waited:
        await stocked.snooze(snooze)
    again = update(raised)
    await stocked.record_visit(visit(outcome(second, again, of=first)))
    assert await stocked.due_deliveries(at(99)) == []
    await stocked.record_visit(visit(outcome(third, update(again.alert, **MAJOR), of=first)))
    assert [each.key for each in await stocked.due_deliveries(at(99))] == [raised.key]


async def test_what_came_to_matter_while_it_was_snoozed_stays_untold(stocked: Store):
    """A number that moved meanwhile is no news after the end."""
    await stocked.snooze(Snooze(CONSOLE, SnoozeKind.CLAIM, "containers-2023", at(8), "console", NOW))
    counted = update(await told(stocked), **MAJOR)
    await stocked.record_visit(visit(outcome(SECOND, counted, of=FIRST)))
    third = member("Third", source=source("Sample Wire"), seen_at=at(9))
    await stocked.record_visit(visit(outcome(third, update(counted.alert), of=FIRST)))
    assert await stocked.due_deliveries(at(99)) == []


async def test_a_snoozed_alert_that_comes_to_matter_more_is_told(stocked: Store):
    """A second origin after the end makes it notable, where that is news by itself."""
    await stocked.snooze(Snooze(CONSOLE, SnoozeKind.CLAIM, "containers-2023", at(4), "console", NOW))
    first = member("First", origin="Seoul")
    raised = await told(stocked, first)
    second = member("Second", origin="Kyiv", source=source("Sample Post"), seen_at=at(5))
    await stocked.record_visit(visit(outcome(second, update(raised), of=first)))
    assert [each.key for each in await stocked.due_deliveries(at(99))] == [raised.key]


async def test_a_withdrawn_alert_that_may_be_there_outlasts_a_snooze(stocked: Store):
    """What is being sent while it is withdrawn goes on, so that a message that got out says so."""
    raised = await told(stocked)
    await stocked.record_delivery(delivery(KEY, state=DeliveryState.SENDING, attempts=1))
    await stocked.record_verdict(verdict(FIRST.story, "not-relevant"))
    await stocked.snooze(Snooze(CONSOLE, SnoozeKind.EVENT, raised.event_id, at(60), "console", NOW))
    assert [each.state for each in await stocked.deliveries(KEY)] == [DeliveryState.SENDING]


async def test_a_claim_of_a_workspace_is_told_there_alone(stocked: Store):
    """What people of one server added raises no alert elsewhere, not even at the console."""
    own = claim("oil-k3f9", workspace="discord:500")
    await stocked.sync_claims([claim(), own])
    await stocked.sync_subscriptions(
        [subscription(), *(subscription(f"discord:{n}", workspace=f"discord:{n}00") for n in (5, 6))]
    )
    await told(stocked, links=(evidence(FIRST.story, "oil-k3f9"),))
    assert [each.destination for each in await stocked.due_deliveries(NOW)] == ["discord:5"]


async def test_each_held_alert_is_in_one_digest(stocked: Store):
    """The next that is raised takes what waits, whenever it was raised, but nothing withdrawn meanwhile."""
    hold = {"quiet": (time(11), time(12)), "digest": time(13)}
    await stocked.sync_subscriptions([subscription(**hold), subscription("slack:C1", **hold)])
    late = await told(stocked, member("Late"), raised_at=at(2))
    early = await told(stocked, FIRST, raised_at=at(1))
    await told(stocked, gone := member("Gone"), raised_at=at(3))
    await stocked.record_verdict(verdict(gone.story, "not-relevant"))
    waiting = [Held(early, Hold.QUIET), Held(late, Hold.QUIET)]
    assert await stocked.held("console") == waiting
    assert await stocked.held_since() == {"console": at(1), "slack:C1": at(1)}
    first, second = digest(), digest(key="digest:console:2", since=at(5), until=at(9))
    assert await stocked.raise_digest(first, at(5))
    slow = await told(stocked, member("Slow"), raised_at=at(4))
    assert await stocked.held("console", first.key) == waiting
    assert await stocked.held("console") == [Held(slow, Hold.QUIET)]
    assert await stocked.held_since() == {"console": at(4), "slack:C1": at(1)}
    assert await stocked.raise_digest(second, at(9))
    assert not await stocked.raise_digest(second, at(9))
    assert await stocked.held("console", second.key) == [Held(slow, Hold.QUIET)]
    assert await stocked.held("console") == await stocked.held("slack:C2") == []


async def test_a_day_adds_up_at_every_destination(stocked: Store):
    """Each story is posted, an edit, in the digest, filtered or silent, and none is counted twice."""
    await stocked.sync_subscriptions(
        [
            subscription("console"),
            subscription("discord:1", least=Importance.MAJOR),
            subscription("discord:2", quiet=(time(11), time(12)), digest=time(13)),
        ]
    )
    raised = await told(stocked)
    await stocked.record_visit(
        visit(
            outcome(SECOND, update(raised), of=FIRST),
            outcome(member("Dull", []), Silence(Reason.NO_CLAIM)),
            outcome(member("Other")),
            outcome(member("Was there", backlog=True), Silence(Reason.BACKLOG)),
        )
    )
    await posted(stocked, *(await stocked.due_deliveries(at(9))))
    day = NOW - timedelta(hours=1)
    assert await stocked.reckoned(day, at(60)) == {
        "console": Reckoning(posted=2, edited=1, silent=1),
        "discord:1": Reckoning(filtered=3, silent=1),
        "discord:2": Reckoning(to_digest=3, silent=1),
    }
    assert (await stocked.reckoned(NOW, at(60)))["console"] == Reckoning(edited=1)
    unseen = await stocked.reckoned(day, at(60), [SECOND.story.id])
    assert unseen["console"] == Reckoning(posted=2, silent=2)


@pytest.mark.parametrize("state", [DeliveryState.HELD, DeliveryState.FILTERED])
async def test_what_was_not_told_leaves_with_its_subscription(stocked: Store, state: DeliveryState):
    """Subscribing again brings nothing of the time before, not even by an update."""
    held = subscription(quiet=(time(11), time(12)), digest=time(13))
    narrow = subscription(least=Importance.MAJOR)
    await stocked.sync_subscriptions([held if state is DeliveryState.HELD else narrow])
    raised = await told(stocked)
    assert [each.state for each in await routed(stocked)] == [state]
    await stocked.sync_subscriptions([])
    await stocked.sync_subscriptions([subscription()])
    await stocked.record_visit(visit(outcome(SECOND, update(raised, **MAJOR), of=FIRST)))
    assert await routed(stocked) == []
