"""A subscription is tried over the last 30 days, before it is saved, and nobody is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.card import Card, Link, plain
from bot.commands.model import Context
from bot.commands.watch_trial import SPAN
from bot.delivery import Deliverer
from bot.parts import who
from claims.model import Member
from claims.outgoing import DeliveryState
from claims.store import Store
from claims.verdicts import Verdict, VerdictKind
from tests.support.build import NOW, alert, at, claim, feed, figure, member, outcome, visit
from tests.support.chat import READER, STRANGER, buttons, say, shown, use, words
from tests.support.platforms import ListPlatform
from tests.support.stores import open_store

HOUR = 60
DAY = 24 * HOUR

OIL = member("Oil flows", ["oil-over-cap"], seen_at=at(-3 * DAY))
TOLD = (
    OIL,
    member("Shells leave Rason", seen_at=at(-2 * DAY)),
    member("Shells arrive", seen_at=at(-2 * DAY + 10), language="ko"),
    member("Shells counted", seen_at=at(-2 * DAY + 20), figures=[figure()]),
    member("Oil stops", ["oil-over-cap"], seen_at=at(-DAY)),
)
"""Five happenings of three days, the first to come first."""


@pytest.fixture(autouse=True)
async def stories(context: Context) -> None:
    """Keep the happenings as they came, each with its alert, and nobody who was told."""
    await stock(context.store)
    await record(context.store)


async def stock(store: Store) -> None:
    """Keep the claims and the feed."""
    await store.sync_feeds([feed()])
    await store.sync_claims([claim(), claim("oil-over-cap", tags=("oil",))])


async def record(store: Store) -> None:
    """Record the visits that brought the happenings, and deliver each hour and after each of them."""
    told = {each.story.seen_at: each for each in TOLD}
    platform = ListPlatform()
    for now in sorted({*told, *(at(minutes) for minutes in range(-3 * DAY, 0, HOUR))}):
        if now in told:
            await store.record_visit(visit(outcome(told[now], alert(told[now], raised_at=now))))
        await Deliverer(store, {"discord": platform}, lambda now=now: now, who).drain()


async def test_nothing_is_told_by_a_trial(context: Context) -> None:
    """The counts come with reasons, what would be posted comes first, and no delivery is made."""
    card = await say(context, "watch test tags=oil")

    assert card.heading == "NOT SAVED YET"
    assert card.title == "5 alerts in 30 days: 2 posted, 0 to the digest, 3 filtered"
    assert words(card).splitlines()[2:] == [
        "What is tagged oil.",
        "No digest.",
        "posted 26 August 11:13 UTC · Oil stops",
        "posted 24 August 11:13 UTC · Oil flows",
        "filtered 25 August 11:33 UTC · Shells counted: It bears on no claim that is followed here.",
        "filtered 25 August 11:23 UTC · Shells arrive: It bears on no claim that is followed here.",
        "filtered 25 August 11:13 UTC · Shells leave Rason: It bears on no claim that is followed here.",
        "Channel: discord:600",
        "Filtered: 3 × It bears on no claim that is followed here",
        "Nothing is saved: /watch add or /watch edit with the same options does that",
    ]
    assert await context.store.subscriptions() == []
    assert await context.store.due_deliveries(NOW) == []


@pytest.mark.parametrize(
    "options",
    [
        "",
        "tags=oil",
        "languages=ko",
        "words=shells -counted",
        "stance=disputes",
        "least=major",
        "budget=1 digest=08:00",
        "budget=1",
        "quiet=11:20-11:30 digest=08:00",
        "quiet=11:20-11:30",
    ],
)
async def test_a_trial_before_saving_is_what_is_then_posted(
    context: Context, tmp_path: Path, options: str
) -> None:
    """The same stories, recorded after the subscription was saved, come to what the trial said."""
    before = await say(context, f"watch test {options}")

    other = await open_store(tmp_path / "other.db")
    try:
        await stock(other)
        await say(replace(context, store=other), f"watch add {options}")
        await record(other)
        kept = {each.story.title: await routed(other, each) for each in TOLD}
    finally:
        await other.close()

    assert tried(before) == kept


async def routed(store: Store, told: Member) -> tuple[DeliveryState, str]:
    """Return what became of a happening at the one destination, and why."""
    (account,) = await store.accounts(told.story.id)
    (delivery,) = account.deliveries
    sent = delivery.state is DeliveryState.SENT
    return DeliveryState.PENDING if sent else delivery.state, delivery.reason


def tried(card: Card) -> dict[str, tuple[DeliveryState, str]]:
    """Return what a trial says of each happening, by headline."""
    states = {"posted ": DeliveryState.PENDING, "to the digest ": DeliveryState.HELD}
    found = {}
    for state, _moment, _dot, title, why in (line for line in card.lines if len(line) > 1):
        assert isinstance(title, Link)
        found[title.words] = (
            states.get(plain((state,)), DeliveryState.FILTERED),
            plain((why,)).removeprefix(": "),
        )
    return found


async def test_what_is_saved_is_tried_with_and_without_options(context: Context) -> None:
    """Without options it is what the channel wants now, paused or not; with some it is what it would want."""
    await say(context, "watch add tags=oil")
    await say(context, "watch pause")

    saved = await say(context, "watch test", READER)
    wider = await say(context, "watch test claims=all", READER)

    assert (saved.heading, saved.title.partition(":")[2]) == (
        "AS IT IS SAVED",
        " 2 posted, 0 to the digest, 3 filtered",
    )
    assert (wider.heading, wider.title.partition(":")[2]) == (
        "NOT SAVED YET",
        " 5 posted, 0 to the digest, 0 filtered",
    )


async def test_a_wrong_option_is_told(context: Context) -> None:
    """A trial takes what adding takes, and refuses what that refuses."""
    assert (await say(context, "watch test quiet=late")).title.startswith(
        "quiet: “late” are no two times of day"
    )


async def test_older_alerts_are_left_out(context: Context) -> None:
    """Only the last 30 days count, from the moment of asking."""
    later = replace(context, clock=lambda: OIL.story.seen_at + SPAN + (at(1) - at(0)))

    assert (await say(later, "watch test")).title.startswith("4 alerts in 30 days")


async def test_many_titles_are_turned_page_by_page(context: Context) -> None:
    """Each alert has its line, and the conditions stand on the first page."""
    for number in range(12):
        told = member(f"More {number}", seen_at=at(-number))
        await context.store.record_visit(visit(outcome(told, alert(told, raised_at=told.story.seen_at))))

    first = await say(context, "watch test languages=en")
    second = shown(await use(context, buttons(first)["▶"].action))
    last = shown(await use(context, buttons(second)["▶"].action))

    assert [first.page, second.page, last.page] == [(1, 3), (2, 3), (3, 3)]
    assert "Every claim, in English." in words(first)
    assert "Every claim" not in words(second)
    assert words(last).splitlines()[2] == (
        "filtered 25 August 11:23 UTC · Shells arrive: No story of it is in en."
    )


async def test_a_server_tries_what_it_sees(context: Context) -> None:
    """An alert on a claim of another server is not there, not even as one that is left out."""
    await context.store.keep_claim(claim("theirs-k3f9", workspace="discord:550"))
    secret = member("Theirs alone", ["theirs-k3f9"], seen_at=at(-30))
    both = member("Of both", ["containers-2023", "theirs-k3f9"], seen_at=at(-20))
    for each in (secret, both):
        await context.store.record_visit(visit(outcome(each, alert(each, raised_at=each.story.seen_at))))

    ours, theirs = await say(context, "watch test"), await say(context, "watch test", STRANGER)

    assert ours.title.startswith("6 alerts in 30 days: 6 posted")
    assert theirs.title.startswith("7 alerts in 30 days: 7 posted")
    assert "Theirs alone" not in words(ours)
    assert "Of both" in words(ours)


async def test_a_servers_own_verdicts_count_for_itself(context: Context) -> None:
    """What its people said bears on nothing is not tried there, and elsewhere it is."""
    said = Verdict("discord:500", "Mina", NOW, OIL.story.id, VerdictKind.NOT_RELEVANT, shared=False)
    await context.store.record_verdict(said)

    assert "Oil flows" not in words(await say(context, "watch test"))
    assert "Oil flows" in words(await say(context, "watch test", STRANGER))
