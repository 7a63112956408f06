"""The outbox drained, over a real store and a platform that posts into a list."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.card import plain
from bot.delivery import REFUSALS, REFUSED_WAIT, Deliverer, Drained
from bot.platforms import How, SendError
from claims.errors import StoreError
from claims.feeds import Trouble
from claims.model import Reason, Stance
from claims.outgoing import DeliveryState, FeedChange, Notice, Period
from claims.showing import UNSEEN
from claims.workspaces import CONSOLE, Workspace
from tests.support.build import (
    NOW,
    alert,
    at,
    claim,
    digest,
    evidence,
    feed,
    member,
    outcome,
    source,
    subscription,
    update,
    verdict,
    visit,
)
from tests.support.delivering import FIRST, SECOND, OutboxDesk, outbox
from tests.support.platforms import ListPlatform, busy, closed, refused

Desk = OutboxDesk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """Yield a desk whose channel 7 of Discord wants everything."""
    async with outbox(tmp_path) as opened:
        yield opened


async def test_alert_is_posted_once(desk: Desk) -> None:
    """An alert is posted to its destination, and a second round has nothing to do."""
    platform = ListPlatform()
    await desk.raise_alert()

    first = await desk.deliverer(platform).drain()
    second = await desk.deliverer(platform).drain()

    assert (first, second) == (Drained(posted=1), Drained())
    assert [card.title for card in platform.cards] == [FIRST.story.title]


async def test_a_notice_is_posted_in_the_time_of_its_destination(desk: Desk) -> None:
    """A notice about feeds goes out once like an alert, moments and commands as its readers know them."""
    platform = ListPlatform()
    await desk.store.sync_subscriptions([subscription("discord:7", timezone="Asia/Seoul")])
    change = FeedChange(feed().url, "Sample Wire", Trouble.FAILING, at(-420), "It refuses us (403)")
    await desk.store.raise_notice(Notice("notice:1", NOW, (change,), 73))

    assert await desk.deliverer(platform).drain() == Drained(posted=1)
    assert await desk.deliverer(platform).drain() == Drained()
    assert [card.title for card in platform.cards] == [
        "Sample Wire has failed since 27 August 13:13 KST, for 7 hours"
    ]
    assert platform.cards[0].footer.endswith(", /feed test shows what it answers")


async def test_second_outlet_edits_the_alert(desk: Desk) -> None:
    """An update edits the message that is there."""
    platform = ListPlatform()
    await desk.raise_alert()
    await desk.deliverer(platform).drain()
    await desk.store.record_visit(visit(outcome(SECOND, update(alert(FIRST)), of=FIRST)))

    done = await desk.deliverer(platform).drain()

    assert done == Drained(edited=1)
    assert len(platform.cards) == 1
    told_by = next(f.value for f in platform.cards[0].fields if f.name == "Told by")
    assert "Sample Post" in str(told_by)


async def test_death_between_save_and_send_loses_nothing(desk: Desk) -> None:
    """An alert that was saved and never tried is posted by the next process."""
    await desk.raise_alert()
    platform = ListPlatform()

    done = await desk.deliverer(platform).drain()

    assert done == Drained(posted=1)
    assert platform.again == [False]


async def test_death_during_the_call_asks_the_platform_first(desk: Desk) -> None:
    """A process that died while sending leaves word, so that the next one asks before it posts again."""
    await desk.raise_alert()
    dying = ListPlatform().will_refuse(asyncio.CancelledError())
    with pytest.raises(asyncio.CancelledError):
        await desk.deliverer(dying).drain()
    platform = ListPlatform()

    await desk.deliverer(platform).drain()

    assert platform.again == [True]
    assert platform.keys == dying.keys


async def test_an_alert_that_is_withdrawn_during_a_round_is_not_posted(desk: Desk) -> None:
    """What a person takes out while another message is on its way does not go out behind it."""
    await desk.raise_alert()
    await desk.raise_alert(SECOND)
    gate = asyncio.Event()
    platform = ListPlatform(gate=gate)
    round_ = asyncio.create_task(desk.deliverer(platform).drain())
    await platform.called.wait()

    waiting = next(m for m in (FIRST, SECOND) if alert(m).key not in platform.keys[0])
    await desk.store.record_verdict(verdict(waiting.story, "not-relevant"))
    gate.set()

    assert await round_ == Drained(posted=1)
    assert len(platform.keys) == 1


@pytest.mark.parametrize(
    ("refusal", "wait"),
    [
        (busy(), timedelta(seconds=1)),
        (busy(retry_after=30), timedelta(seconds=30)),
        (refused(), REFUSED_WAIT),
        (RuntimeError("a surprise"), REFUSED_WAIT),
    ],
)
async def test_refused_delivery_waits_and_comes_again(
    desk: Desk, refusal: BaseException, wait: timedelta
) -> None:
    """A delivery that did not work is tried again after its wait, not before, and then posted once."""
    platform = ListPlatform().will_refuse(refusal)
    await desk.raise_alert()
    deliverer = desk.deliverer(platform)

    assert await deliverer.drain() == Drained(put_off=1)
    desk.now = NOW + wait - timedelta(milliseconds=1)
    assert await deliverer.drain() == Drained()
    desk.now = NOW + wait
    assert await deliverer.drain() == Drained(posted=1)
    assert platform.again == [False, True]


async def test_refusals_come_to_an_end(desk: Desk) -> None:
    """A channel that refuses for a day is given up."""
    platform = ListPlatform().will_refuse(*[refused()] * REFUSALS)
    await desk.raise_alert()
    deliverer = desk.deliverer(platform)
    done = Drained()
    for hour in range(REFUSALS + 2):
        desk.now = NOW + hour * REFUSED_WAIT
        done += await deliverer.drain()

    assert done == Drained(put_off=REFUSALS - 1, given_up=1)
    assert platform.cards == []


async def test_edit_of_a_message_that_is_gone_is_given_up(desk: Desk) -> None:
    """A message that somebody deleted is not edited again, and not posted anew."""
    platform = ListPlatform()
    await desk.raise_alert()
    deliverer = desk.deliverer(platform)
    await deliverer.drain()
    await desk.store.record_visit(visit(outcome(SECOND, update(alert(FIRST)), of=FIRST)))
    platform.will_refuse(SendError("the message is gone", permanent=True, gone=True))

    assert await deliverer.drain() == Drained(given_up=1)
    desk.now = at(60 * 24)
    assert await deliverer.drain() == Drained()
    assert len(platform.posted) == 1


async def test_round_ends_only_when_every_platform_has(desk: Desk) -> None:
    """Where one platform's receipt cannot be kept, the other's message is not posted a second time."""
    await desk.store.sync_subscriptions([subscription("discord:7"), subscription("slack:C1")])
    await desk.raise_alert()
    slow, broken = ListPlatform(), ListPlatform("slack").will_refuse(StoreError("the disk is full"))
    slow.gate = asyncio.Event()
    deliverer = desk.deliverer(slow, broken)
    first = asyncio.create_task(deliverer.drain())
    await slow.called.wait()
    await broken.called.wait()
    second = asyncio.create_task(deliverer.drain())
    slow.gate.set()

    with pytest.raises(StoreError):
        await first
    await second
    assert len(slow.keys) == 1


async def test_trouble_of_one_platform_leaves_the_other_alone(desk: Desk) -> None:
    """While one platform is down, the other posts, and the first is spared the rest of the round."""
    await desk.store.sync_subscriptions([subscription("discord:7"), subscription("slack:C1")])
    await desk.raise_alert()
    await desk.raise_alert(member("Sample sappers arrive in Kursk"))
    down, fine = ListPlatform().will_refuse(busy(), busy()), ListPlatform("slack")

    done = await desk.deliverer(down, fine).drain()

    assert done == Drained(posted=2, put_off=1)
    assert (len(down.keys), len(fine.cards)) == (1, 2)


async def test_platform_that_does_not_run_keeps_its_deliveries(desk: Desk) -> None:
    """What is due to a platform that is switched off waits until it is switched on."""
    await desk.raise_alert()

    assert await desk.deliverer(ListPlatform("slack")).drain() == Drained()
    assert await desk.deliverer(ListPlatform()).drain() == Drained(posted=1)


async def test_digest_is_posted_once(desk: Desk) -> None:
    """A digest goes through the same outbox, once."""
    platform = ListPlatform()
    await desk.store.raise_digest(digest("discord:7"), NOW)
    deliverer = desk.deliverer(platform)

    assert await deliverer.drain() == Drained(posted=1)
    assert not await desk.store.raise_digest(digest("discord:7"), at(1))
    assert await deliverer.drain() == Drained()
    assert platform.cards[0].title.startswith("DIGEST")


async def test_an_empty_digest_is_left_out_where_that_is_wanted(desk: Desk) -> None:
    """It is told all the same: the next begins after it. One with something to tell is posted."""
    await desk.store.sync_subscriptions([subscription("discord:7", digest=time(8), skip_empty=True)])
    platform, empty = ListPlatform(), digest("discord:7")
    full = replace(empty, key="full", since=empty.until, until=at(24 * 60))
    deliverer = desk.deliverer(platform)
    await desk.store.raise_digest(empty, NOW)

    assert await deliverer.drain() == Drained()
    kept = await desk.store.delivery(empty.key, "discord:7")
    assert kept is not None
    assert (kept.state, kept.reason) == (DeliveryState.FILTERED, "There was nothing to tell.")
    assert await desk.store.told_until() == {("discord:7", Period.DAY): empty.until}

    await desk.raise_alert(member(seen_at=at(5)))
    await desk.store.raise_digest(full, at(24 * 60))
    await deliverer.drain()
    assert [card.heading for card in platform.cards if "DIGEST" in card.heading] == ["DIGEST"]


async def test_stop_lets_the_running_post_be_recorded(desk: Desk) -> None:
    """A stop waits for the message that is being posted, and the rest stays due."""
    platform = ListPlatform()
    platform.gate = asyncio.Event()
    await desk.raise_alert()
    await desk.raise_alert(member("Sample sappers arrive in Kursk"))
    deliverer = desk.deliverer(platform)
    round_ = asyncio.create_task(deliverer.drain())
    await platform.called.wait()
    stop = asyncio.create_task(deliverer.stop())
    platform.gate.set()

    await stop

    assert await round_ == Drained(posted=1)
    assert len(await desk.store.due_deliveries(desk.now)) == 1
    assert await deliverer.drain() == Drained()


# ---- what follows ------------------------------------------------------------------------------------

LATER = member("Sample envoy denies it", source=source("Sample Post"), seen_at=at(5))
DENIED = update(alert(FIRST), links=(evidence(LATER.story, stance=Stance.DISPUTES),), reason=Reason.DENIAL)


@pytest.fixture
async def posted(desk: Desk) -> tuple[Desk, ListPlatform, Deliverer]:
    """Return a desk whose one alert is posted, by a deliverer."""
    platform = ListPlatform()
    deliverer = desk.deliverer(platform)
    await desk.raise_alert()
    await deliverer.drain()
    desk.now = at(5)
    return desk, platform, deliverer


async def test_a_denial_goes_under_the_message(posted: tuple[Desk, ListPlatform, Deliverer]) -> None:
    """The message is edited and says that something followed; that is posted under it, once."""
    desk, platform, deliverer = posted
    await desk.store.record_visit(visit(outcome(LATER, DENIED, of=FIRST)))

    assert await deliverer.drain() == Drained(posted=1, edited=1)
    assert await deliverer.drain() == Drained()
    head, follows = platform.cards
    assert "▼ denial by Sample Post" in plain(head.fields[0].value)
    assert (follows.heading, follows.title) == ("▼ DENIAL", "Sample envoy denies it")
    assert platform.hows[1] == How(under="7/1", threaded=True, topic=FIRST.story.title)


async def test_where_threads_are_off_what_follows_replies(desk: Desk) -> None:
    """The subscription decides."""
    await desk.store.sync_subscriptions([subscription("discord:7", threads=False)])
    platform = ListPlatform()
    await desk.raise_alert()
    await desk.deliverer(platform).drain()
    await desk.store.record_visit(visit(outcome(LATER, DENIED, of=FIRST)))
    await desk.deliverer(platform).drain()

    assert [how.threaded for how in platform.hows if how.under] == [False]


async def test_what_follows_comes_in_its_order(posted: tuple[Desk, ListPlatform, Deliverer]) -> None:
    """The second waits for the first, also where the first is put off."""
    desk, platform, deliverer = posted
    more = update(DENIED.alert, links=(*DENIED.alert.links, evidence(LATER.story, "shell-volume")))
    again = member("Sample envoy denies it again", source=source("Sample Times"), seen_at=at(6))
    await desk.store.sync_claims([claim(), claim("shell-volume")])
    await desk.store.record_visit(visit(outcome(LATER, DENIED, of=FIRST), outcome(again, more, of=FIRST)))
    platform.will_refuse(None, busy())

    assert await deliverer.drain() == Drained(edited=1, put_off=1)
    assert await deliverer.drain() == Drained()
    desk.now = at(10)
    done = Drained()
    for _round in range(3):
        done += await deliverer.drain()

    assert done == Drained(posted=2)
    assert [card.heading for card in platform.cards[1:]] == ["▼ DENIAL", "ANOTHER CLAIM"]


async def test_what_people_took_out_is_not_followed_up(
    posted: tuple[Desk, ListPlatform, Deliverer],
) -> None:
    """Where a workspace said that both stories are irrelevant, nothing goes under its message."""
    desk, platform, deliverer = posted
    await desk.store.place(["discord:7"], "discord:500")
    await desk.store.record_visit(visit(outcome(LATER, DENIED, of=FIRST)))
    for told in (FIRST, LATER):
        own = verdict(told.story, "not-relevant", workspace="discord:500", shared=False)
        await desk.store.record_verdict(own)

    await deliverer.drain()

    kept = await desk.store.delivery(f"{alert(FIRST).key}#1", "discord:7")
    assert kept
    assert (kept.state, kept.reason) == (DeliveryState.FILTERED, UNSEEN)
    assert [card.heading for card in platform.cards] == ["WITHDRAWN"]


async def test_a_message_found_after_a_lost_answer_is_brought_up_to_date(desk: Desk) -> None:
    """What was posted before an update came shows what it showed then, and so is edited."""
    platform = ListPlatform().will_refuse(busy())
    await desk.raise_alert()
    deliverer = desk.deliverer(platform)
    await deliverer.drain()
    await desk.store.record_visit(visit(outcome(SECOND, update(alert(FIRST)), of=FIRST)))
    desk.now = at(1)

    assert await deliverer.drain() == Drained(posted=1)
    assert await deliverer.drain() == Drained(edited=1)
    assert await deliverer.drain() == Drained()


@pytest.mark.parametrize(("chosen", "field"), [(None, "주장"), ("uk", "Твердження"), ("en", "Claim")])
async def test_an_alert_speaks_the_language_of_its_server(desk: Desk, chosen: str | None, field: str) -> None:
    """The one that its people chose, else that of the server as its platform says."""
    await desk.store.place(["discord:7"], "discord:5")
    await desk.store.keep_workspace(Workspace("discord:5", language=chosen, locale="ko"))
    platform = ListPlatform()
    await desk.raise_alert()
    await desk.deliverer(platform).drain()

    assert field in [each.name for each in platform.cards[0].fields]


async def test_the_important_call_the_chosen_role(desk: Desk) -> None:
    """A role is called from the chosen importance on, and for nothing less."""
    await desk.store.sync_subscriptions([subscription("discord:7", mention="77")])
    platform = ListPlatform()
    await desk.raise_alert()
    denial = member("Sample denial", source=source("Sample Post"))
    against = alert(denial, reason=Reason.DENIAL, links=(evidence(denial.story, stance=Stance.DISPUTES),))
    await desk.store.record_visit(visit(outcome(denial, against)))
    await desk.deliverer(platform).drain()

    called = dict(zip((card.title for card in platform.cards), platform.hows, strict=True))
    assert {title: how.mention for title, how in called.items()} == {
        FIRST.story.title: None,
        "Sample denial": "77",
    }


async def test_a_denial_calls_the_chosen_role_where_its_message_did_not(
    posted: tuple[Desk, ListPlatform, Deliverer],
) -> None:
    """An alert that was routine is important once somebody denies: who asked for that is called."""
    desk, platform, deliverer = posted
    await desk.store.sync_subscriptions([subscription("discord:7", mention="77")])
    await desk.store.record_visit(visit(outcome(LATER, DENIED, of=FIRST)))
    await deliverer.drain()

    assert [how.mention for how in platform.hows] == [None, "77"]


# ---- what people can mend ----------------------------------------------------------------------------


async def test_a_channel_that_somebody_has_to_mend_is_paused(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """The subscription, the log and the audit log say why nothing comes; nothing is tried in vain."""
    await desk.store.sync_subscriptions([subscription("discord:7"), subscription("discord:8")])
    await desk.raise_alert()
    await desk.raise_alert(SECOND)
    platform = ListPlatform().will_refuse(closed())

    assert await desk.deliverer(platform).drain() == Drained(posted=2, put_off=1)
    assert await desk.deliverer(platform).drain() == Drained()
    paused, other = await desk.store.subscriptions()
    [noted] = await desk.store.audit(CONSOLE, 5)
    why = "the bot may not post there: give it Send Messages"
    assert (paused.paused, other.paused) == (why, None)
    assert (noted.action, noted.details) == ("watch pause", f"discord:7: {why}")
    assert why in caplog.text


async def test_what_waited_goes_out_when_it_is_mended(desk: Desk) -> None:
    """Nothing is lost, and nothing counts as a try that may have been posted."""
    await desk.raise_alert()
    platform = ListPlatform().will_refuse(closed())
    await desk.deliverer(platform).drain()
    await desk.store.resume("discord:7", NOW)

    assert await desk.deliverer(platform).drain() == Drained(posted=1)
    assert platform.again == [False, False]


@pytest.mark.parametrize(
    "refusal",
    [closed(), SendError("the message is not there", permanent=True, gone=True)],
    ids=["mendable", "gone"],
)
async def test_what_was_filtered_while_it_was_refused_stays_filtered(desk: Desk, refusal: SendError) -> None:
    """An edit of the subscription that comes during a call outlasts the refusal that the call brings."""
    await desk.raise_alert()
    platform = ListPlatform(gate=asyncio.Event()).will_refuse(refusal)
    round_ = asyncio.create_task(desk.deliverer(platform).drain())
    await platform.called.wait()
    await desk.store.subscribe(subscription("discord:7", "another"))
    assert platform.gate
    platform.gate.set()
    await round_
    await desk.store.resume("discord:7", NOW)

    assert await desk.deliverer(ListPlatform()).drain() == Drained()
    kept = await desk.store.delivery(alert(FIRST).key, "discord:7")
    assert kept
    assert (kept.state, kept.reason) == (
        DeliveryState.FILTERED,
        "It bears on no claim that is followed here.",
    )


async def test_what_a_workspace_does_not_see_is_not_posted_there(desk: Desk) -> None:
    """An alert that its own people took out is filtered, with the reason."""
    await desk.raise_alert()
    own = verdict(FIRST.story, "not-relevant", workspace="discord:500", shared=False)
    await desk.store.place(["discord:7"], "discord:500")
    await desk.store.record_verdict(own)
    platform = ListPlatform()

    assert await desk.deliverer(platform).drain() == Drained()
    kept = await desk.store.delivery(alert(FIRST).key, "discord:7")
    assert kept
    assert (kept.state, kept.reason) == (DeliveryState.FILTERED, UNSEEN)
    assert platform.cards == []
