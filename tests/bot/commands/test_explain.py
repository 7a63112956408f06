"""What the commands that give reasons answer, from a real store."""

import pytest

from bot.card import Card, Tone, plain
from bot.commands.desk import Desk
from bot.commands.model import Context
from bot.commands.table import COMMANDS
from bot.render import discord, slack
from claims.model import Reason, Silence
from tests.support.build import alert, claim, feed, member, outcome, source, visit
from tests.support.slack_blocks import pings

PAGE = "https://sample-herald.example/1"
OTHER_URL = "https://feeds.sample-courier.example/rss"
TITLE = "@everyone <@U0SAMPLE> North Korea ships Russia oil"


async def ask(context: Context, text: str) -> Card:
    """Return the answer to a typed line."""
    return await Desk(COMMANDS, context).answer_text(text)


@pytest.fixture
async def kept(context: Context) -> Context:
    """Keep a story of two feeds, told by the second."""
    store = context.store
    await store.sync_feeds([feed(), feed(OTHER_URL, source=source("Sample Courier"))])
    await store.sync_claims([claim()])
    silent = member(TITLE, [], url=PAGE)
    told = member(TITLE, url=PAGE, feed_url=OTHER_URL, source=source("Sample Courier"))
    await store.record_visit(visit(outcome(silent, Silence(Reason.NO_CLAIM))))
    await store.record_visit(visit(outcome(told, alert(told)), feed_url=OTHER_URL))
    return context


@pytest.mark.parametrize("typed", [PAGE, f"{PAGE}?utm_source=x#top", f"<{PAGE}>", f"<{PAGE}|sample page>"])
async def test_a_story_is_found_as_each_platform_writes_its_address(kept: Context, typed: str) -> None:
    """The told one of two feeds is shown, and the other is named."""
    card = await ask(kept, f"story why {typed.replace(' ', '')}")

    assert card.heading == "WHY · TOLD"
    assert [plain(field.value) for field in card.fields if field.name == "Also kept"] == [
        f"{member(TITLE, url=PAGE).story.id}, Sample Herald"
    ]


async def test_a_story_that_is_not_kept_says_where_to_look(kept: Context) -> None:
    """Nothing found is an answer with a way on."""
    card = await ask(kept, "story why https://elsewhere.example/1")

    assert (card.title, card.tone) == ("No story is kept under “https://elsewhere.example/1”", Tone.TROUBLE)
    assert "feed list" in plain(card.lines[0])


async def test_a_hostile_headline_stays_words(kept: Context) -> None:
    """Marked words and headline ping nobody on any platform."""
    card = await ask(kept, f"story why {PAGE}")

    assert "@everyone" not in str(discord.render(card)["embeds"])
    assert pings(slack.render(card)) == []
