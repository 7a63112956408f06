"""A claim is tracked from an alert, by a form that is filled in as far as the alert tells."""

import re
from dataclasses import replace

import pytest

from bot.card import Tone
from bot.commands.model import Context
from bot.commands.track import OWN_CLAIMS
from claims.model import Claim
from claims.visibility import visible
from claims.when import Day
from tests.support.build import at, claim, member, outcome, source
from tests.support.channels import EVENT, HERE, JUN, REGISTER, STRANGER, THERE, Channels, answer, form, words
from tests.support.chat import MINA, buttons, fields

FILLED = {
    "statement": "Russia ships oil to North Korea far above the cap of the United Nations each month",
    "said_by": "Sample Centre",
    "said_on": "2024-08",
    "items": "fuel oil, diesel",
    "tags": "Oil, Sea Route",
}


async def own(channels: Channels, asker_workspace: str = HERE) -> list[Claim]:
    """Return the claims that a workspace has of its own."""
    return [c for c in await channels.context.store.claims() if c.workspace == asker_workspace]


async def test_the_form_is_filled_in_from_the_alert(channels: Channels) -> None:
    """Headline, who says so, the day and the tags of its claims stand in it, within every limit of a form."""
    shown = form(await channels.act(f"track:{EVENT}"))
    assert {each.name: each.value for each in shown.entries} == {
        "statement": "Sample ship leaves Rason with shells",
        "said_by": "Sample Herald",
        "said_on": "2024-08-27",
        "items": "",
        "tags": "munitions",
    }
    assert len(shown.title) <= 45
    assert all(len(each.label) <= 45 and len(each.hint) <= 100 for each in shown.entries)
    assert all(len(each.value) <= each.most <= 4_000 for each in shown.entries)
    assert await channels.audited() == []


async def test_a_hostile_alert_still_fits_the_form(context: Context) -> None:
    """A headline of any length or shape is one line that is cut where it can be seen."""
    told = member("@everyone " + "x" * 2_000, origin="y" * 500)
    channels = await Channels.opened(context, REGISTER, outcome(told))
    card = await channels.card()
    shown = form(await channels.act(buttons(card)["Track as new claim"].action))
    assert all(len(each.value) <= each.most for each in shown.entries)
    assert shown.entries[0].value.endswith("…")


async def test_the_form_is_filled_in_from_a_message(channels: Channels) -> None:
    """Its words stand in it on one line without links, and what is filled in is tracked and noted."""
    said = {
        "text": "Russia ships oil\nto North Korea: https://a.example/1?b=c",
        "url": "https://a.example/1?b=c",
    }
    shown = form(await channels.act("track", entries=said))
    assert {each.name: each.value for each in shown.entries if each.value} == {
        "statement": "Russia ships oil to North Korea:"
    }
    assert form(await channels.act("track")).entries[0].value == ""
    answer(await channels.act(shown.action, entries=FILLED))
    assert (len(await own(channels)), await channels.audited()) == (1, ["discord:901 tracked"])


async def test_a_claim_is_tracked_for_the_own_workspace(channels: Channels) -> None:
    """It is kept with all that was filled in, under an id that tells nothing of others, and noted."""
    shown = form(await channels.act(f"track:{EVENT}"))
    card = answer(await channels.act(shown.action, entries=FILLED))
    (kept,) = await own(channels)
    assert re.fullmatch(r"russia-ships-oil-north-[a-z0-9]{4}", kept.id)
    assert kept == Claim(
        id=kept.id,
        statement=FILLED["statement"],
        said_by="Sample Centre",
        said_on=Day(2024, 8),
        items=("fuel oil", "diesel"),
        tags=("oil", "sea-route"),
        workspace=HERE,
    )
    assert card.heading == f"TRACKED FROM NOW ON · {kept.id}"
    assert fields(card)["Seen"] == "here alone"
    assert await channels.audited() == ["discord:901 tracked"]


async def test_another_server_neither_sees_nor_is_told_of_it(channels: Channels) -> None:
    """It can track the same in the same words, and learns nothing of the other."""
    for asker in (MINA, STRANGER):
        card = answer(await channels.act(f"tracked:{EVENT}", asker, entries=FILLED))
        assert card.tone is not Tone.TROUBLE
    (here,), (there,) = await own(channels), await own(channels, THERE)
    assert here.id != there.id
    assert here not in visible(await channels.context.store.claims(), THERE)
    again = answer(await channels.act(f"tracked:{EVENT}", JUN, entries=FILLED))
    assert again.title == f"{here.id} says the same and is tracked"


async def test_a_shared_register_gets_it_for_all(channels: Channels) -> None:
    """Where the operator says so everybody sees it."""
    channels.context = replace(channels.context, shared_register=True)
    card = answer(await channels.act(f"tracked:{EVENT}", entries=FILLED))
    assert fields(card)["Seen"] == "by all"
    assert (await channels.context.store.claims())[-1].workspace is None


async def test_it_is_tried_on_the_last_month(channels: Channels) -> None:
    """The answer names stories that would have matched, newest first, and on how many it was tried."""
    oil = [
        member(
            f"{title} North Korea above the United Nations cap",
            [],
            published_at=at(-60 * n),
            source=source(title),
        )
        for n, title in enumerate(["Russia ships oil to", "Russian tankers deliver oil to"])
    ]
    old = member("Russia sends oil to North Korea", [], published_at=at(-60 * 24 * 40))
    for each in (*oil, old):
        await channels.told(each)
    card = answer(await channels.act(f"tracked:{EVENT}", entries=FILLED))
    assert fields(card)["Lately"] == "2 of 4 stories of the last 30 days would have matched"
    assert ["Russia ships oil" in line for line in words(card)] == [True, False]


@pytest.mark.parametrize(
    ("entries", "title"),
    [
        ({"statement": "  "}, "statement: expected"),
        ({"said_by": ""}, "said_by: expected"),
        ({"said_on": "yesterday"}, "said_on: expected a day"),
        ({"statement": "Zzz qqq", "items": ""}, "No word of it is known, so no story could fit it"),
        ({"statement": REGISTER[1].statement + "."}, "shell-volume says the same and is tracked"),
    ],
)
async def test_what_cannot_be_tracked_says_what_to_do(
    channels: Channels, entries: dict[str, str], title: str
) -> None:
    """Nothing is kept, and nothing is noted."""
    card = answer(await channels.act(f"tracked:{EVENT}", entries=FILLED | entries))
    assert (card.title.startswith(title), card.tone) == (True, Tone.TROUBLE)
    assert (await own(channels), await channels.audited()) == ([], [])


async def test_a_workspace_cannot_burden_all(channels: Channels) -> None:
    """Every story is read against every claim, so that there is a most; it is said what makes room."""
    for n in range(OWN_CLAIMS):
        await channels.context.store.keep_claim(claim(f"own-{n}", statement=f"Sample {n}", workspace=HERE))
    card = answer(await channels.act(f"tracked:{EVENT}", entries=FILLED))
    assert (card.title, card.tone) == (
        f"{OWN_CLAIMS} claims of your own are tracked, which is the most",
        Tone.TROUBLE,
    )
    assert answer(await channels.act(f"tracked:{EVENT}", STRANGER, entries=FILLED)).tone is not Tone.TROUBLE
