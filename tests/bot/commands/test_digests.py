"""Digests at any moment, and the hour at which they come by themselves."""

from datetime import time

import pytest

from bot.card import Tone
from bot.commands.model import OPERATOR, Context
from claims.outgoing import Period
from claims.subscriptions import Subscription
from tests.support.build import NOW, alert, at, claim, feed, figure, member, outcome, subscription, visit
from tests.support.chat import READER, STRANGER, buttons, say, words

TOLD = (
    member("Seoul counts", figures=[figure()]),
    member("Oil flows", ["oil-over-cap"]),
    member("Theirs alone", ["theirs-k3f9"]),
    member("Of nothing tracked", []),
    member("Too old", seen_at=at(-25 * 60)),
)


@pytest.fixture(autouse=True)
async def stories(context: Context) -> None:
    """Keep a day: happenings of two claims, of one of the second server alone, of none, and an old one."""
    await context.store.sync_feeds([feed()])
    await context.store.sync_claims([claim(), claim("oil-over-cap", tags=("oil",))])
    await context.store.keep_claim(claim("theirs-k3f9", workspace="discord:550"))
    for each in TOLD:
        await context.store.record_visit(visit(outcome(each, alert(each))))


async def kept(context: Context) -> Subscription:
    """Return what the one subscribed channel wants."""
    (found,) = await context.store.subscriptions()
    return found


@pytest.mark.parametrize("typed", ["digest", "digest now", "/claimwatch digest"])
async def test_a_digest_is_of_the_last_day(context: Context, typed: str) -> None:
    """Without a subscription it tells all that is everybody's, in the zone of the bot."""
    card = await say(context, typed, OPERATOR)

    assert card.title == "27 August 2024 · 4 happenings, told in 4 stories"
    assert "theirs-k3f9" not in words(card)
    assert card.footer == "From 26 August 20:13 KST to 27 August 20:13 KST"


async def test_a_digest_is_of_what_the_channel_follows(context: Context) -> None:
    """What the channel does not follow is not told, and its clocks are those of its subscription."""
    await say(context, "watch add tags=oil timezone=Europe/Kyiv")

    card = await say(context, "digest now", READER)

    assert card.title == "27 August 2024 · 1 happening, told in 1 story"
    assert "oil-over-cap: White House, 2023: " in words(card)
    assert "• “Oil flows” — Sample Herald\n" in words(card)
    assert card.footer.endswith("to 27 August 14:13 EEST")


async def test_a_digest_tells_no_server_of_anothers_claims(context: Context) -> None:
    """A happening that bears on another server's claim alone bears on none here; its owner reads of it."""
    ours, theirs = await say(context, "digest now"), await say(context, "digest now", STRANGER)

    assert "theirs-k3f9" not in words(ours)
    assert "theirs-k3f9: White House" in words(theirs)
    assert "• “Theirs alone”" in words(theirs)


async def test_a_digest_of_another_period(context: Context) -> None:
    """A week reaches back to what a day leaves out, and is compared only with one that was watched whole."""
    card = await say(context, "digest now period=week", OPERATOR)

    assert (card.heading, card.title) == (
        "DIGEST OF THE WEEK",
        "20–27 Aug 2024 · 5 happenings, told in 5 stories",
    )
    assert list(buttons(card)) == ["Details"]


async def test_a_digest_is_of_a_known_period(context: Context) -> None:
    """Another word is answered with those that there are."""
    card = await say(context, "digest now period=decade")

    assert card.title == "period: expected one of day, week, month, not decade"


async def test_the_hour_of_the_digest_is_set_and_taken_away(context: Context) -> None:
    """Hour, days and zone are kept for the channel of the asker, and what else it wants stays."""
    await say(context, "watch add tags=oil")

    card = await say(context, "digest set 7:30 days=weekdays timezone=Asia/Seoul")
    found = await kept(context)
    assert (found.digest, found.weekdays, found.timezone) == (time(7, 30), frozenset(range(5)), "Asia/Seoul")
    assert (found.tags, card.title) == (frozenset({"oil"}), "The digest is set")
    assert "Digest at 07:30 on weekdays (Asia/Seoul)." in words(card)

    assert found.hours_set_at == NOW

    card = await say(context, "digest set 8:00 days=none weekly=monday monthly=31 empty=skip")
    found = await kept(context)
    assert (found.periods, found.week_on, found.month_on) == ((Period.WEEK, Period.MONTH), 0, 31)
    assert (
        "Digest at 08:00 weekly on Monday, monthly on the last day (Asia/Seoul); no digest where there is "
        "nothing to tell."
    ) in words(card)

    card = await say(context, "digest off")
    assert ((await kept(context)).digest, card.title) == (None, "No digest any more")
    assert "No digest." in words(card)
    noted = [entry.action for entry in await context.store.audit("discord:500", 9)]
    assert noted == ["digest off", "digest set", "digest set", "watch add"]


async def test_an_hour_for_no_digest_says_how_to_have_one(context: Context) -> None:
    """Without one of the day, the week or the month nothing comes at it."""
    await say(context, "watch add tags=oil")

    card = await say(context, "digest set 8:00 days=none")

    assert (card.title, (await kept(context)).periods) == ("No digest any more", ())
    assert "/digest set 8:00 days=none weekly=mon has one of the week" in card.footer


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("digest set 25:00", "digest: “25:00” is not a time of day"),
        ("digest set 08:00 days=someday", "days: “someday” holds what is no day of the week"),
        ("digest set 08:00 weekly=someday", "weekly: “someday” is no day of the week"),
        ("digest set 08:00 monthly=40", "monthly: “40” is no day of a month"),
        ("digest set 08:00 empty=maybe", "empty: “maybe” is neither; write line or skip"),
        ("digest set 08:00 timezone=Mars", "timezone: “Mars” is no time zone"),
        ("digest set", "/digest set needs HOUR: such as 08:00"),
    ],
)
async def test_a_mistake_changes_nothing(context: Context, typed: str, said: str) -> None:
    """What is wrong is told with what to write."""
    await context.store.subscribe(subscription("discord:600", workspace="discord:500", digest=time(9)))

    card = await say(context, typed)

    assert card.title.startswith(said)
    assert (await kept(context)).digest == time(9)


@pytest.mark.parametrize("typed", ["digest set 08:00", "digest off"])
async def test_a_digest_needs_a_subscription_and_somebody_who_may(context: Context, typed: str) -> None:
    """A channel that is told of nothing says how to begin; readers and other servers change nothing."""
    assert (await say(context, typed)).title == "This channel is told of nothing yet"

    await context.store.subscribe(subscription("discord:600", workspace="discord:500", digest=time(9)))
    assert (await say(context, typed, READER)).tone is Tone.TROUBLE
    assert (await say(context, typed, STRANGER)).title == "This channel is told of nothing yet"
    assert (await kept(context)).digest == time(9)
