"""Details of a digest: all that it tells of, page by page, also after a restart."""

import pytest

from bot.actions.digesting import digest_details
from bot.card import Card, plain
from bot.commands.model import Asker, Context
from bot.controls import ACTION
from tests.support.build import NOW, alert, at, claim, digest, feed, member, outcome, subscription, visit
from tests.support.chat import MINA, READER, STRANGER, buttons, say, shown, use, words

KEY = "digest:discord:600:2024-08-27T11:13Z"


async def press(context: Context, action: str, asker: Asker = MINA) -> Card:
    """Return the card that a button answers with, by a desk that was started for it."""
    return shown(await use(context, action, asker=asker))


@pytest.fixture(autouse=True)
async def happened(context: Context) -> None:
    """Keep a day of twelve happenings and one that only the second server sees, and the digest of it."""
    store = context.store
    await store.sync_feeds([feed()])
    await store.sync_claims([claim()])
    await store.keep_claim(claim("theirs-k3f9", workspace="discord:550"))
    for number in range(12):
        told = member(f"Ship {number} leaves Rason", published_at=at(-number - 1))
        await store.record_visit(visit(outcome(told, alert(told))))
    theirs = member("Theirs alone", ["theirs-k3f9"])
    await store.record_visit(visit(outcome(theirs, alert(theirs))))
    for channel, workspace in (("discord:600", "discord:500"), ("discord:650", "discord:550")):
        await store.subscribe(subscription(channel, workspace=workspace))
    await store.raise_digest(digest("discord:600", key=KEY), NOW)


async def test_a_posted_digest_shows_all_of_it_page_by_page(context: Context) -> None:
    """To whoever presses, whatever the desk remembers; the first and the last page say so."""
    first = await press(context, digest_details(digest("discord:600", key=KEY)), READER)

    assert (first.heading, first.page) == ("DETAILS", (1, 2))
    assert first.title == "DIGEST · 27 August 2024 · 13 happenings, told in 13 stories"
    turns = buttons(first)
    assert (turns["◀"].disabled, turns["▶"].disabled) == (True, False)
    second = await press(context, turns["▶"].action, READER)
    assert second.page == (2, 2)
    told = {plain(line) for page in (first, second) for line in page.lines}
    assert len([line for line in told if "“Ship " in line]) == 12
    assert "theirs-k3f9" not in words(first) + words(second)


async def test_a_digest_that_somebody_asked_for_shows_all_of_its_own_span(context: Context) -> None:
    """Its button says which period and until when, in few enough characters."""
    asked = await say(context, "digest now period=week")
    (action,) = [each.action for each in buttons(asked).values() if each.label == "Details"]

    assert action == f"digest:now:week:{NOW.timestamp():.0f}"
    card = await press(context, action)
    assert card.title == "DIGEST OF THE WEEK · 20–27 Aug 2024 · 13 happenings, told in 13 stories"
    longest = digest("discord:" + "9" * 20, key="digest:discord:" + "9" * 20 + ":month:2024-08-27T11:13Z")
    assert len(digest_details(longest)) < ACTION - len("-page:99")


async def test_nobody_sees_the_digest_of_another_server(context: Context) -> None:
    """Its key opens nothing there, as little as one that nobody knows."""
    for key in (KEY, "digest:discord:600:2020-01-01T00:00Z"):
        refused = await press(context, f"digest:{key}", STRANGER)
        assert refused.title == "This digest is too old, or of a channel that you do not see"
