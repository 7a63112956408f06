"""What the commands that give reasons answer, from a real store."""

import pytest

from bot.card import Tone, plain
from bot.commands.model import Context
from bot.render import discord, slack
from claims.model import Reason, Silence
from tests.support.build import alert, at, claim, feed, member, outcome, source, visit
from tests.support.chat import ask
from tests.support.slack_blocks import pings

PAGE = "https://sample-herald.example/1"
OTHER_URL = "https://feeds.sample-courier.example/rss"
TITLE = "@everyone <@U0SAMPLE> North Korea ships Russia oil"


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

    assert (card.title, card.tone) == ("There is no story “https://elsewhere.example/1”", Tone.TROUBLE)
    assert "feed list" in plain(card.lines[1])


async def test_a_hostile_headline_stays_words(kept: Context) -> None:
    """Marked words and headline ping nobody on any platform."""
    card = await ask(kept, f"story why {PAGE}")

    assert "@everyone" not in str(discord.render(card)["embeds"])
    assert pings(slack.render(card)) == []


async def test_a_claim_shows_how_it_is_recognised(kept: Context) -> None:
    """Its groups stand first, then a few English words of each concept."""
    card = await ask(kept, "claim profile Containers-2023")
    shown = {field.name: plain(field.value) for field in card.fields}

    assert card.heading == "PROFILE · containers-2023"
    assert shown["Recognised"] == "like containers-2023"
    assert "containers" in shown["Needs"] or "containers" in shown["Raised by"]
    assert "container" in shown["containers"]
    assert "컨테이너" not in shown["containers"]


async def test_a_sentence_shows_how_it_would_be_recognised(kept: Context) -> None:
    """What is typed is kept nowhere; one of which no word is known says so."""
    card = await ask(kept, "claim profile North Korea ships @everyone to Russia by rail")

    assert card.heading == "PROFILE · of a sentence, not kept"
    assert [claim.id for claim in await kept.store.claims()] == ["containers-2023"]
    assert "@everyone" not in str(discord.render(card)["embeds"])
    strange = await ask(kept, "claim profile of the a")
    assert strange.footer.startswith("No word of it is known")


async def test_a_mistyped_claim_has_no_profile(kept: Context) -> None:
    """A single word that looks like an id is looked up, and the nearest is named."""
    card = await ask(kept, "claim profile container-2023")

    assert card.title == "There is no claim “container-2023”"


async def test_happenings_of_the_last_week_without_a_claim_are_listed(kept: Context) -> None:
    """What two families tell and no claim covers is offered; what is older is not."""
    for outlet, minutes in (("Sample Herald", -4), ("Sample Courier", -3), ("Old Herald", -60 * 24 * 8)):
        told = member(f"Oil, says {outlet}", [], source=source(outlet), published_at=at(minutes))
        first = member("Oil, says Sample Herald", []) if minutes > -60 else told
        await kept.store.record_visit(visit(outcome(told, Silence(Reason.NO_CLAIM), of=first)))

    card = await ask(kept, "claim candidates")

    assert card.title == "1 happening without a claim, told by two families or more"
    assert "Oil, says Sample Herald" in plain(card.lines[0])
