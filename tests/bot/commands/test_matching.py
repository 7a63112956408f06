"""Matching texts and messages to claims, from a real store with the lexicon that ships."""

from dataclasses import replace

import pytest

from bot.card import Card, plain
from bot.commands.desk import Desk
from bot.commands.model import OPERATOR, Asker, Context
from bot.commands.scout import Article
from bot.commands.table import COMMANDS
from tests.support.build import claim, feed, member, outcome, visit
from tests.support.scout import SampleScout

READER = Asker("discord:902", workspace="discord:1")
PAGE = "https://sample-herald.example/1"
TEXT = "North Korea has sent Russia more than 13,000 containers of shells by ship from Najin, Seoul says"


@pytest.fixture
async def register(context: Context) -> Context:
    """Keep a claim with a story that bears on it."""
    await context.store.sync_feeds([feed()])
    seeded = claim(
        statement="North Korea sent Russia 1,000 containers of munitions by ship from Najin to Dunay",
        items=("containers", "munitions"),
        places=("Najin", "Dunay"),
    )
    await context.store.sync_claims([seeded])
    await context.store.record_visit(visit(outcome(member("Kept story", url=PAGE))))
    return context


async def match(context: Context, asker: Asker = OPERATOR, **values: str) -> Card:
    """Return what a message is answered."""
    return await Desk(COMMANDS, context).answer("claim match", values, asker)


def told(card: Card) -> str:
    """Return all that a card says."""
    return "\n".join([card.title, *(f"{f.name}: {plain(f.value)}" for f in card.fields)])


async def test_a_text_is_matched_by_its_own_words(register: Context) -> None:
    """The claim comes with stance, score and words, the number, and the nearest happening."""
    words = told(await match(register, READER, text=TEXT))

    assert words.startswith("It bears on 1 claim\nClaim: supports containers-2023")
    assert "Figures: at least 13,000 containers" in words
    assert "Happening: Kept story" in words


async def test_a_link_that_is_kept_shows_as_the_record_has_it(register: Context, scout: SampleScout) -> None:
    """Nobody is asked for it, however the address is written."""
    words = told(await match(register, READER, text=f"look: <{PAGE}?utm_source=x>."))

    assert "Story: Kept story · kept, Sample Herald, 27 August 2024" in words
    assert "Claim: supports containers-2023 (0.90): containers · Najin" in words
    assert scout.asked == []


async def test_a_page_is_read_only_for_those_who_may_change_things(
    register: Context, scout: SampleScout
) -> None:
    """For others the words of the message count, and they are told why."""
    link = "https://sample-post.example/new"
    scout.articles[link] = Article(link, "Seoul counts containers", TEXT)

    ours = told(await match(register, text="", url=link))
    theirs = told(await match(register, READER, text=f"{TEXT} {link}"))
    nothing = await match(register, READER, text=link)

    assert "Story: Seoul counts containers · read now, not kept" in ours
    assert "Claim: supports containers-2023" in ours
    assert "Claim: supports containers-2023" in theirs
    assert f"Not read: {link} is not kept" in theirs
    assert nothing.title == "No link could be matched"


async def test_servers_that_nobody_named_have_no_page_read(register: Context, scout: SampleScout) -> None:
    """Anybody may invite the bot and be its manager there; what it can reach is not theirs to ask for."""
    link = "https://sample-post.example/new"
    scout.articles[link] = Article(link, "Seoul counts containers", TEXT)
    theirs = told(await match(register, replace(OPERATOR, named=False), text=f"{TEXT} {link}"))

    assert f"Not read: {link} is not kept" in theirs
    assert scout.asked == []


async def test_words_count_beside_a_link(register: Context) -> None:
    """What somebody says of a story is read as well as the story, where it says anything."""
    both = told(await match(register, READER, text=f"{TEXT} {PAGE}"))
    alone = told(await match(register, READER, text=f"see this: {PAGE}"))

    assert both.index(f"Text: {TEXT[:30]}") < both.index("Story: Kept story")
    assert both.count("Claim: supports containers-2023") == 2
    assert "Text: " not in alone


async def test_what_fits_no_claim_says_so(register: Context) -> None:
    """Small talk is answered kindly, an empty message with what to do."""
    assert (await match(register, text="The bakery opens at nine")).title == (
        "It bears on no claim that is tracked"
    )
    assert (await match(register, text=" ")).title == "There is nothing to match: give words or a link"


async def test_a_text_is_matched_to_the_claims_of_ones_own_workspace(register: Context) -> None:
    """Another's claim is not named, whatever the text says."""
    theirs = replace(await register.store.claim("containers-2023"), id="ours-k3f9", workspace="discord:2")
    await register.store.keep_claim(theirs)

    assert "ours-k3f9" not in told(await match(register, READER, text=TEXT))
    assert "ours-k3f9" in told(await match(register, replace(READER, workspace="discord:2"), text=TEXT))
