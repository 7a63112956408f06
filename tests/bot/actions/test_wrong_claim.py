"""Whoever says that an alert is linked to the wrong claim is asked which is right, and can search for it."""

from bot.actions.model import action
from bot.card import Tone
from bot.commands.model import Context
from bot.controls import OPTIONS
from claims.matching import events as matching_events
from claims.model import Stance
from claims.seeding import MAX_ID
from tests.support.build import claim, member, outcome
from tests.support.channels import (
    EVENT,
    HERE,
    JUN,
    LEAD,
    READER,
    REGISTER,
    SECOND,
    STRANGER,
    THERE,
    Channels,
    answer,
    form,
    menu,
    words,
)
from tests.support.chat import MINA, buttons

TWO = member("Sample convoy crosses", ["shell-volume", "containers-2023"])


async def test_the_nearest_claims_are_offered_first(channels: Channels) -> None:
    """What the story comes nearest to leads, the claim it is linked to is left out, and none is last."""
    asked = await channels.press(await channels.card(), "Wrong claim")
    assert asked.title == "Where does it belong, if not to containers-2023?"
    options = menu(asked).options
    assert [each.value for each in options] == ["shell-volume", "oil-over-cap", "_"]
    assert (options[-1].label, options[0].about) == ("None of these", REGISTER[1].statement)
    assert list(buttons(asked)) == ["Search", "Track as new claim"]
    assert await channels.audited() == []


async def test_the_right_claim_is_kept_and_shown(channels: Channels) -> None:
    """Every story that bears on the wrong one is moved, and the message follows with who said so."""
    asked = await channels.press(await channels.card(), "Wrong claim")
    said = await channels.choose(asked, "oil-over-cap")
    assert said.title == "Noted: it is about oil-over-cap, not containers-2023"
    kept = await channels.context.store.verdicts([LEAD.story.id, SECOND.story.id], HERE)
    assert [(v.claim_id, v.right_claim, v.stance) for each in kept.values() for v in each] == [
        ("containers-2023", "oil-over-cap", Stance.SUPPORTS)
    ] * 2
    card = await channels.card()
    assert card.heading == "NEW EVENT · ▲ supports oil-over-cap"
    assert words(card)[0].startswith("About oil-over-cap, not containers-2023: discord:901, ")
    assert (await channels.card("700")).heading == "NEW EVENT · ▲ supports containers-2023"
    assert (await channels.context.store.audit(HERE, 1))[0].details.endswith(":containers-2023 oil-over-cap")


async def test_a_later_word_takes_the_place_of_an_earlier_one(channels: Channels) -> None:
    """Who said that it is right and then that it is not is shown with the latter; the audit has both."""
    await channels.press(await channels.card(), "Right")
    said = await channels.choose(await channels.press(await channels.card(), "Wrong claim"), "oil-over-cap")
    assert [line.partition(":")[0] for line in words(await channels.card())] == [
        "About oil-over-cap, not containers-2023"
    ]
    assert await channels.audited() == ["discord:901 right-claim", "discord:901 right"]
    await channels.press(said, "Undo")
    assert words(await channels.card())[0].startswith("Right about containers-2023: ")


async def test_none_of_these_leaves_it_with_no_claim(channels: Channels) -> None:
    """Where that was all it bore on the message is withdrawn, and can be brought back."""
    asked = await channels.press(await channels.card(), "Wrong claim")
    said = await channels.choose(asked, "_")
    assert said.title == "Noted: it is not about containers-2023"
    assert (await channels.card()).heading == "WITHDRAWN"
    await channels.press(said, "Undo", JUN)
    again = await channels.card()
    assert again.heading == "NEW EVENT · ▲ supports containers-2023"
    assert "Not about" not in "\n".join(words(again))


async def test_where_it_bears_on_several_the_wrong_one_is_asked_for(context: Context) -> None:
    """The claims of the alert are offered, then the right ones for the one that was chosen."""
    channels = await Channels.opened(context, REGISTER, outcome(TWO))
    which = await channels.press(await channels.card(), "Wrong claim")
    assert [each.value for each in menu(which).options] == ["shell-volume", "containers-2023"]
    asked = await channels.choose(which, "containers-2023")
    assert [each.value for each in menu(asked).options] == ["oil-over-cap", "_"]
    await channels.choose(asked, "oil-over-cap")
    assert (await channels.card()).heading == "NEW EVENT · ▲ supports shell-volume"


async def test_a_claim_is_searched_by_its_words(channels: Channels) -> None:
    """A form asks for words, and its answer is a menu of the claims that have them."""
    asked = await channels.press(await channels.card(), "Wrong claim")
    search = form(await channels.act(buttons(asked)["Search"].action))
    assert [(each.name, each.required) for each in search.entries] == [("words", True)]
    found = answer(await channels.act(search.action, entries={"words": "oil cap"}))
    assert found.title == "Claims with “oil cap”"
    assert [each.value for each in menu(found).options] == ["oil-over-cap", "_"]
    nothing = answer(await channels.act(search.action, entries={"words": "sample bakery"}))
    assert nothing.title == "No other claim has all of “sample bakery”"
    assert [each.value for each in menu(nothing).options] == ["_"]
    await channels.choose(found, "oil-over-cap")
    assert (await channels.card()).heading == "NEW EVENT · ▲ supports oil-over-cap"


async def test_another_server_s_claims_are_neither_offered_found_nor_taken(channels: Channels) -> None:
    """Its own claims are there for a workspace, and nowhere else, whatever id somebody sends."""
    await channels.context.store.keep_claim(claim("oil-k3f9", statement="Sample oil", workspace=THERE))
    asked = await channels.press(await channels.card(), "Wrong claim")
    assert "oil-k3f9" not in repr(asked)
    found = answer(
        await channels.act(f"found:{EVENT}:containers-2023", MINA, entries={"words": "sample oil"})
    )
    assert "oil-k3f9" not in repr(found)
    refused = await channels.choose(asked, "oil-k3f9")
    assert refused.title == "There is no claim “oil-k3f9”"
    assert "oil-k3f9" in repr(await channels.press(await channels.card("700"), "Wrong claim", STRANGER))


async def test_the_slower_of_two_learns_what_became_of_it(channels: Channels) -> None:
    """A menu that was opened before somebody else answered says that the alert reads otherwise now."""
    asked = await channels.press(await channels.card(), "Wrong claim")
    await channels.choose(asked, "oil-over-cap", JUN)
    late = await channels.choose(asked, "shell-volume", MINA)
    assert late.tone is Tone.TROUBLE
    assert late.title == "This alert does not bear on “containers-2023” any more"
    assert words(late) == ["Details tells who said so, and when"]


async def test_a_long_register_and_hostile_words_fit_a_menu(context: Context) -> None:
    """At most 25 options of at most 100 characters on one line, whatever a statement holds."""
    many = [claim(f"claim-{n}", statement=f"@everyone\n{n} " + "x" * 300) for n in range(40)]
    channels = await Channels.opened(context, [*REGISTER, *many], outcome(LEAD))
    options = menu(await channels.press(await channels.card(), "Wrong claim")).options
    assert len(options) == OPTIONS
    assert all(len(each.about) <= 100 and "\n" not in each.about for each in options)


async def test_the_longest_ids_fit_an_action(context: Context) -> None:
    """An event of the bot's own and a claim of the longest id are named in full."""
    longest = claim("c" * MAX_ID)
    told = member("Sample ship leaves", [longest.id])
    assert action("right-claim", matching_events.event_id(told.story), longest.id)
    channels = await Channels.opened(context, [longest, *REGISTER], outcome(told))
    asked = await channels.press(await channels.card(), "Wrong claim")
    assert (await channels.choose(asked, "oil-over-cap")).title.startswith("Noted")


async def test_a_reader_may_not_answer_a_menu_either(channels: Channels) -> None:
    """Each step is refused, not only the first."""
    asked = await channels.press(await channels.card(), "Wrong claim")
    assert (await channels.choose(asked, "oil-over-cap", READER)).tone is Tone.TROUBLE
    assert await channels.context.store.verdicts([LEAD.story.id], HERE) == {}
