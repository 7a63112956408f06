"""Claims of people: added, changed and retired in chat, by those whose they are."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.card import Tone, plain
from bot.commands.model import OPERATOR, Asker, Context
from bot.commands.track import GUEST_CLAIMS, OWN_CLAIMS
from bot.platforms.discord_askers import NEEDS
from claims.model import Claim
from claims.seeding import read_claims
from claims.sqlite import SQLiteStore
from claims.when import Day
from tests.support.build import at, claim, feed, member, outcome, visit
from tests.support.chat import MINA, fields, say

SHIPPED = next(
    c for c in read_claims(Path(__file__).parents[3] / "seeds/claims.toml") if c.id == "containers-2023"
)
STRANGER = replace(MINA, reference="discord:902", workspace="discord:501")
OIL = "claim track Tankers bring refined oil to Chongjin above the cap said_by=Sample Panel"
TOLD = member(
    "Sample tankers bring refined oil to Chongjin above the cap",
    [],
    summary="North Korea took oil from Russia.",
)


async def tracked(context: Context, text: str = OIL, asker: Asker = MINA) -> Claim:
    """Return the claim that a line tracks."""
    before = set(await context.store.register())
    card = await say(context, text, asker)
    assert card.tone is not Tone.TROUBLE, card
    (new,) = set(await context.store.register()) - before
    return (await context.store.register())[new]


@pytest.fixture(autouse=True)
async def kept(context: Context) -> None:
    """Keep a shared claim, and a story of what nobody tracks yet."""
    await context.store.sync_feeds([feed()])
    await context.store.sync_claims([claim()])
    await context.store.record_visit(visit(outcome(TOLD)))


async def test_a_claim_is_tracked_for_its_workspace(context: Context) -> None:
    """It is kept as it was typed, with the words that link stories to it and what they would have matched."""
    card = await say(context, f"{OIL} tags=oil,sanctions items=refined oil places=Chongjin said_on=2024-03")
    (own,) = [each for each in await context.store.claims() if each.workspace == "discord:500"]

    assert (own.statement, own.said_by, own.said_on) == (
        "Tankers bring refined oil to Chongjin above the cap",
        "Sample Panel",
        Day(2024, 3),
    )
    assert (own.tags, own.items, own.places) == (("oil", "sanctions"), ("refined oil",), ("Chongjin",))
    assert card.heading == f"TRACKED FROM NOW ON · {own.id}"
    assert fields(card)["Seen"] == "here alone"
    assert fields(card)["Lately"] == "1 of 1 story of the last 30 days would have matched"
    assert TOLD.story.title in plain(card.lines[0])
    assert fields(card)["Said by"] == "Sample Panel, March 2024"
    assert card.footer == (
        f"/claim show {own.id} tells what comes, /claim profile {own.id} how it is recognised"
    )


async def test_the_answer_to_tracking_is_a_few_lines(context: Context) -> None:
    """It names the claim whose words it is recognised by; words of the lexicon are for who asks for them."""
    card = await say(
        context, f"claim track {SHIPPED.statement} said_by=Sample Panel tags=a,b items=arms places=Najin"
    )

    assert list(fields(card)) == ["Said by", "Seen", "Recognised", "Lately"]
    assert len(card.fields) == 4
    assert fields(card)["Recognised"] == f"like {SHIPPED.id}"
    assert len(card.lines) <= 3


async def test_what_is_too_old_is_not_tried(context: Context) -> None:
    """Only the last 30 days tell what a claim would bring."""
    later = replace(context, clock=lambda: at(31 * 24 * 60))

    assert fields(await say(later, OIL))["Lately"].startswith("0 of 0")


async def test_what_whoever_runs_the_bot_tracks_is_everybodys(context: Context) -> None:
    """So is what anybody tracks where the register is shared."""
    of_console = await tracked(context, asker=OPERATOR)
    shared = replace(context, shared_register=True)
    of_all = await tracked(shared, "claim track Sample rockets reach Dunay by rail said_by=Sample Body")

    assert (of_console.workspace, of_all.workspace) == (None, None)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("claim track Oil is shipped from Rason", "said_by: expected a text"),
        (f"{OIL} said_on=soon", "said_on: expected a day"),
        (f"{OIL} parent=zzz", "parent: expected the id of another claim"),
        ("claim track It is so said_by=Nobody", "No word of it is known, so no story could fit it"),
        (
            f"claim track {claim().statement.upper()}. said_by=Me",
            "containers-2023 says the same and is tracked",
        ),
    ],
)
async def test_what_cannot_be_tracked_says_which_field_to_mend(
    context: Context, text: str, title: str
) -> None:
    """Nothing is kept then."""
    card = await say(context, text)

    assert card.title.startswith(title)
    assert card.tone is Tone.TROUBLE
    assert len(await context.store.register()) == 1


async def test_a_workspace_has_no_endless_register(context: Context) -> None:
    """Every story of everybody is read against every claim."""
    for number in range(OWN_CLAIMS):
        own = claim(f"own-{number}", statement=f"Sample {number}", workspace="discord:500")
        await context.store.keep_claim(own)

    refused = await say(context, OIL)

    assert refused.title == "200 claims of your own are tracked, which is the most"
    assert refused.lines == (("/claim retire CLAIM makes room",),)
    assert await tracked(context, asker=STRANGER)


class Crowded(SQLiteStore):
    """A store in which servers that nobody named have as many claims as they may."""

    async def guest_claims(self) -> int:
        """Return how many they have."""
        return GUEST_CLAIMS


@pytest.fixture
async def crowded(context: Context, tmp_path: Path) -> AsyncIterator[Context]:
    """Yield the context with such a store."""
    store = await Crowded.open(tmp_path / "crowded.db")
    yield replace(context, store=store)
    await store.close()


async def test_servers_that_nobody_named_share_a_limit(crowded: Context) -> None:
    """Inviting the bot to many servers burdens it no further; named ones and the console are not touched."""
    refused = await say(crowded, OIL, replace(MINA, named=False, needs=NEEDS))
    assert refused.title.endswith("track 1,000 claims of their own, which is the most")
    assert "discord.guilds" in plain(refused.lines[0])
    assert await tracked(crowded)
    assert await tracked(crowded, OIL.replace("oil", "coal"), OPERATOR)


async def test_an_edit_shows_before_and_after(context: Context) -> None:
    """The fields that changed, each with what it was; the rest stays."""
    own = await tracked(context, f"{OIL} tags=oil")
    card = await say(context, f"claim edit {own.id} said_by=Sample Council tags=none places=Chongjin, Rason")
    now = await context.store.claim(own.id)

    assert now == replace(own, said_by="Sample Council", tags=(), places=("Chongjin", "Rason"))
    assert card.heading == f"CHANGED · {own.id}"
    assert fields(card)["said_by"] == "Sample Council (was Sample Panel)"
    assert fields(card)["tags"] == "nothing (was oil)"
    assert fields(card)["places"] == "Chongjin, Rason (was nothing)"
    assert "statement" not in fields(card)


async def test_an_edit_of_nothing_is_told(context: Context) -> None:
    """Whoever named no field learns which there are."""
    own = await tracked(context)

    card = await say(context, f"claim edit {own.id} said_by={own.said_by}")

    assert card.title == "Nothing would change"
    assert "tags=" in plain(card.lines[0])


async def test_a_retired_claim_is_gone_and_its_evidence_kept(context: Context) -> None:
    """It is in no list, and still known to the record."""
    own = await tracked(context)
    card = await say(context, f"claim retire {own.id.upper()} said twice")

    assert fields(card)["Why"] == "said twice"
    assert card.heading == f"NO LONGER TRACKED · {own.id}"
    assert own.id not in {each.id for each in await context.store.claims()}
    assert own.id in await context.store.register()
    again = await say(context, f"claim retire {own.id} again")
    assert again.title.startswith(f"{own.id} is tracked no longer since")


@pytest.mark.parametrize("what", ["edit containers-2023 said_by=Me", "retire containers-2023 why=old"])
async def test_a_shared_claim_is_changed_by_whoever_runs_the_bot(context: Context, what: str) -> None:
    """Or by all who may change things, where the register is shared."""
    refused = await say(context, f"claim {what}")
    shared = await say(replace(context, shared_register=True), f"claim {what}")

    assert refused.title == "containers-2023 is everybody's, and whoever runs the bot changes it"
    assert refused.lines == (("/claim track adds one of your own",),)
    assert shared.tone is not Tone.TROUBLE


@pytest.mark.parametrize(
    "what", ["edit {} said_by=Me", "retire {} why=old", "restore {}", "history {}", "show {}", "profile {}"]
)
async def test_a_claim_of_others_is_none(context: Context, what: str) -> None:
    """Its id is answered as one that nobody has, and is not suggested."""
    own = await tracked(context)

    card = await say(context, f"claim {what.format(own.id)}", STRANGER)

    assert card.title == f"There is no claim “{own.id}”"
    assert own.id not in plain(card.lines[0])


async def test_a_denial_of_ones_own_stands_beside_the_claim_it_answers(context: Context) -> None:
    """There alone: to others the shared claim is as it was."""
    before = fields(await say(context, "claim show containers-2023", STRANGER))
    own = await tracked(
        context,
        "claim track North Korea denies sending containers of munitions to Russia said_by=Sample Ministry"
        " denial=yes disputes=containers-2023",
    )

    assert own.id in fields(await say(context, "claim show containers-2023"))["Denied"]
    assert fields(await say(context, "claim show containers-2023", STRANGER)) == before
