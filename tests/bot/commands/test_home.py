"""What somebody sees before they ask anything: their own, and what they may do with it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.card import Card, Link, plain
from bot.commands.home import CHANNELS, SNOOZES
from bot.commands.model import Asker, Context, Needs, Powers
from bot.language import speaking
from bot.parts import message_finder
from bot.render.slack_home import home_view
from bot.replies import Reply
from claims.outgoing import Delivery, DeliveryState
from claims.workspaces import Snooze, SnoozeKind
from tests.support.build import (
    NOW,
    at,
    claim,
    digest,
    feed,
    figure,
    member,
    outcome,
    source,
    subscription,
    visit,
)
from tests.support.chat import MINA, READER, buttons, desk, menus, shown, use, words
from tests.support.platforms import ListPlatform
from tests.support.slack_blocks import seen
from tests.support.slack_view_limits import view_refusal

OURS = {"workspace": "discord:500", "by_people": True}
ABROAD = replace(MINA, destination="")
"""She opens it outside of any channel."""
OLD = member("Sample ship leaves", ["containers-2023"], figures=[figure(9_000)], published_at=at(-90))
NEW = member(
    "Sample minister denies it", ["denial-moscow"], source=source("Sample Post"), published_at=at(-30)
)


@pytest.fixture(autouse=True)
async def kept(context: Context) -> None:
    """Keep three claims, news of two of them, and what three channels of one server want."""
    await context.store.sync_feeds([feed()])
    await context.store.sync_claims([claim("quiet", statement="Nothing"), claim(), claim("denial-moscow")])
    await context.store.record_visit(visit(outcome(OLD), outcome(NEW)))
    for name in ("600", "601"):
        await context.store.subscribe(subscription(f"discord:{name}", **OURS))
    await context.store.subscribe(subscription("discord:650", workspace="discord:550", by_people=True))


async def opened(context: Context, asker: Asker = ABROAD, channels: set[str] | None = None) -> list[Card]:
    """Return what somebody sees, which App Home takes."""
    cards = list(await desk(context).home(asker, channels))
    assert (refusal := view_refusal(home_view(cards))) is None, refusal
    return cards


def sections(cards: list[Card]) -> dict[str, list[Card]]:
    """Return the cards by the title that they follow."""
    found: dict[str, list[Card]] = {}
    for card in cards:
        if card.title:
            found[card.title] = []
        found[[*found][-1]].append(card)
    return found


async def test_it_has_all_of_ones_own_with_what_can_be_done(context: Context) -> None:
    """The button that sets up comes first, then channels, claims, what is snoozed, feeds and the digest."""
    until = NOW + timedelta(days=1)
    snooze = Snooze("discord:500", SnoozeKind.CLAIM, "denial-moscow", until, "discord:901", NOW)
    await context.store.snooze(snooze)
    await context.store.raise_digest(digest("discord:601"), NOW)
    cards = sections(await opened(context))

    assert list(cards) == ["Claimwatch", "Your channels", "Claims", "Snoozed", "Feeds", "Last digest"]
    assert list(buttons(cards["Claimwatch"][0])) == ["Set up"]
    assert [[*buttons(each)] for each in cards["Your channels"]] == [[], *[["Edit", "Pause"]] * 2]
    assert list(buttons(cards["Snoozed"][0])) == ["Wake"]
    assert words(cards["Feeds"][0]).split("\n")[2] == "1 feed is asked, none is in trouble"
    assert words(cards["Last digest"][0]).split("\n")[2] == (
        "27 August 20:13 KST · discord:601 · 2 happenings, told in 2 stories"
    )


async def test_the_last_digest_leads_to_its_message(context: Context) -> None:
    """Once it is posted there, and where its platform says where that is."""
    last = digest("discord:601")
    await context.store.raise_digest(last, NOW)
    platform = ListPlatform(posted={"601/1": Card("a digest")})
    placed = replace(context, find_message=message_finder({"discord": platform}))
    (unposted,) = sections(await opened(placed))["Last digest"]

    posted = Delivery(last.key, last.destination, DeliveryState.SENT, receipt="601/1")
    await context.store.record_delivery(posted)
    (there,) = sections(await opened(placed))["Last digest"]
    platform.posted.clear()
    (gone,) = sections(await opened(placed))["Last digest"]

    found = [
        [s.url for line in card.lines for s in line if isinstance(s, Link)]
        for card in (unposted, there, gone)
    ]
    assert found == [[], ["https://chat.example/601/1"], []]
    assert words(there) == words(gone)


async def test_claims_come_newest_evidence_first_with_their_last_number(context: Context) -> None:
    """Those without news follow, in the order of the register."""
    first, *claims = sections(await opened(context))["Claims"]
    lines = [[plain(line) for line in card.lines] for card in claims]

    assert plain(first.lines[0]) == "3 claims tracked"
    assert [each[0].partition(":")[0] for each in lines] == ["denial-moscow", "containers-2023", "quiet"]
    assert lines[1][1] == "Last number: 9,000 containers (Sample Herald, 27 August 2024)"
    assert lines[1][2].startswith("▲ supports · Sample Herald · Sample ship leaves · ")


async def test_channels_are_those_that_somebody_is_in(context: Context) -> None:
    """And only whoever may change what a channel is told of can do so from here."""
    one = {**READER.channels, "discord:601": Powers(manages=True)}
    mine = sections(await opened(context, replace(ABROAD, may_change=False, channels=one)))
    theirs = sections(await opened(context, channels={"discord:600"}))
    needs = {Needs.CHANNEL: "It takes Manage Channels, or {editors}"}
    none = sections(await opened(context, replace(READER, destination="", needs=needs), set()))

    assert [list(buttons(each)) for each in mine["Your channels"][1:]] == [[], ["Edit", "Pause"]]
    assert [plain(each.lines[0]).partition(":")[2][:3] for each in theirs["Your channels"][1:]] == ["600"]
    assert "Your channels" not in none
    assert words(none["Claimwatch"][0]).endswith(
        "No channel of yours is told of claims yet.\nIt takes Manage Channels, or /workspace editors\n"
    )
    assert buttons(none["Claimwatch"][0]) == {}


async def test_a_channel_is_paused_resumed_and_edited_from_here(context: Context) -> None:
    """Each answer has the button that takes it back, and the audit log has who did it."""
    there = sections(await opened(context))["Your channels"][1]
    paused = shown(await use(context, buttons(there)["Pause"].action, asker=ABROAD))
    again = sections(await opened(context))["Your channels"][1]
    resumed = shown(await use(context, buttons(paused)["Resume"].action, asker=ABROAD))
    edited = shown(await use(context, buttons(there)["Edit"].action, asker=ABROAD))

    assert (paused.title, resumed.title) == ("Paused", "Goes on")
    assert list(buttons(again)) == ["Edit", "Resume"]
    assert list(buttons(resumed)) == ["Pause"]
    assert edited.title == "Set up what a channel is told of"
    assert [(e.action, e.details) for e in await context.store.audit("discord:500", 9)] == [
        ("resume", "discord:600"),
        ("pause", "discord:600"),
    ]


async def test_nobody_edits_a_channel_who_may_not(context: Context) -> None:
    """What a button of another's home asks for is refused."""
    refused = shown(await use(context, "setup:in:discord:600", asker=replace(MINA, channels={
        "discord:600": Powers(), "discord:601": Powers(manages=True),
    })))  # fmt: skip
    strange = shown(await use(context, "setup:in:discord:650", asker=ABROAD))

    assert refused.title == "You may not change what that channel is told"
    assert strange.title == "There is no channel “discord:650” that the bot can see here"


async def test_outside_of_a_channel_it_is_asked_which_one_to_set_up(context: Context) -> None:
    """What is chosen takes the place of the question."""
    asked = shown(await use(context, "setup", asker=ABROAD))
    chosen = await use(context, menus(asked)["Which channel"].action, "601", asker=ABROAD)

    assert isinstance(chosen, Reply)
    assert chosen.redraws
    assert "discord:601" in words(chosen.card)


async def test_all_of_a_list_is_a_button_away(context: Context) -> None:
    """Outside of a channel its pages can be turned, and there is nobody to share it with."""
    for n in range(30):
        await context.store.keep_claim(claim(f"more-{n}", workspace="discord:500"))
    cards = sections(await opened(context))
    first = shown(await use(context, buttons(cards["Claims"][0])["All claims"].action, asker=ABROAD))
    health = shown(await use(context, buttons(cards["Feeds"][0])["Health"].action, asker=ABROAD))
    day = shown(
        await use(context, buttons(cards["Last digest"][0])["The last 24 hours"].action, asker=ABROAD)
    )

    assert first.title == "33 claims tracked"
    assert list(buttons(first)) == ["◀", "▶"]
    assert health.heading == "HEALTH · the last 24 hours"
    assert day.heading == "DIGEST"


async def test_it_fits_however_much_there_is(context: Context) -> None:
    """Some of each are shown, and how many more there are is said."""
    for n in range(30):
        await context.store.subscribe(subscription(f"discord:7{n:02}", **OURS))
        until = NOW + timedelta(days=n + 1)
        await context.store.snooze(
            Snooze("discord:500", SnoozeKind.SOURCE, f"Sample {n} " * 40, until, "discord:901", NOW)
        )
        await context.store.keep_claim(claim(f"more-{n}", workspace="discord:500", statement="word " * 400))
    cards = sections(await opened(context))

    assert len(cards["Your channels"]) == 1 + CHANNELS
    assert words(cards["Your channels"][0]).split("\n")[2] == "24 more"
    assert list(buttons(cards["Your channels"][0])) == ["All channels"]
    assert len(cards["Snoozed"]) == SNOOZES


async def test_it_speaks_the_language_of_who_reads_it(context: Context) -> None:
    """Like every answer."""
    cards = await desk(context).home(replace(ABROAD, language="ko"), None)
    made: Any = home_view(cards)
    with speaking("en"):
        assert "내 채널" in seen(made)
