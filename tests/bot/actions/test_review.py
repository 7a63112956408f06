"""A link that waits for a person is chosen from the list, looked at closely, and judged as an alert is."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.actions.model import action
from bot.card import Card, Tone
from bot.commands.desk import Desk
from bot.commands.model import Asker, Context
from bot.commands.table import COMMANDS
from bot.happening import alone
from claims.model import Member, Reason, Silence, Stance
from claims.seeding import MAX_ID
from tests.support.build import claim, evidence, member, outcome, verdict, visit
from tests.support.channels import (
    EVENT,
    HERE,
    LEAD,
    READER,
    REGISTER,
    STRANGER,
    THERE,
    Channels,
    answer,
    menu,
    words,
)
from tests.support.chat import MINA, buttons, fields
from tests.support.stores import open_store


def waiting(title: str, *claims: str) -> Member:
    """Return a story whose links to these claims wait for a review."""
    told = member(title, [])
    links = tuple(evidence(told.story, claim_id, score=0.42, suggested=True) for claim_id in claims)
    return replace(told, reading=replace(told.reading, evidence=links))


UNSURE = waiting("Sample containers are seen", "containers-2023", "shell-volume")
CHOSEN = f"{UNSURE.story.id}:containers-2023"


@pytest.fixture
async def channels(channels: Channels) -> Channels:
    """Have two links of a story wait, beside the alert that both channels have."""
    await channels.context.store.record_visit(visit(outcome(UNSURE, Silence(Reason.SUGGESTED_ONLY))))
    return channels


async def listed(channels: Channels, asker: Asker = MINA) -> Card:
    """Return what waits."""
    return await Desk(COMMANDS, channels.context).answer("review", {}, asker)


async def looked_at(channels: Channels) -> Card:
    """Return the closer look at the first link."""
    return await channels.choose(await listed(channels), CHOSEN)


async def test_the_links_of_the_page_are_offered_to_those_who_may(channels: Channels) -> None:
    """Each with its claim, stance and headline; a reader reads the list, and has nothing to press."""
    offered = menu(await listed(channels))
    title = UNSURE.story.title
    assert offered.prompt == "Judge one"
    assert [(each.value, each.label, each.about) for each in offered.options] == [
        (CHOSEN, "▲ supports containers-2023", title),
        (f"{UNSURE.story.id}:shell-volume", "▲ supports shell-volume", title),
    ]
    seen = await listed(channels, READER)
    assert seen.lines == (await listed(channels)).lines
    assert "judge" not in repr(seen.controls)


async def test_one_is_looked_at_with_its_words_and_what_can_be_said(channels: Channels) -> None:
    """The claim stands above the story's words; nothing is changed or noted by looking."""
    card = await looked_at(channels)
    assert (card.heading, card.title) == ("TO REVIEW · ▲ supports containers-2023?", UNSURE.story.title)
    assert fields(card)["Claim"].startswith(REGISTER[0].statement)
    assert fields(card)["Text"] == UNSURE.story.summary
    assert list(buttons(card)) == ["Right", "Wrong claim", "Not relevant", "Why"]
    assert await channels.audited() == []


async def test_right_counts_here_and_says_that_no_alert_goes_out(channels: Channels) -> None:
    """What is a workspace's own is told nowhere else, and the link that was meant waits no more."""
    said = await channels.press(await looked_at(channels), "Right")
    assert said.title == "Noted: it is right about containers-2023"
    assert words(said) == [
        "It is counted here; no alert goes out, since that takes a verdict that is everybody's",
        "It corrects what is shown here; only this workspace sees it",
    ]
    ((kept,),) = (await channels.context.store.verdicts([UNSURE.story.id], HERE)).values()
    meant = verdict(UNSURE.story, "right", claim_id="containers-2023", stance=Stance.SUPPORTS)
    assert kept == replace(meant, workspace=HERE, person="discord:901", at=kept.at, shared=False)
    assert [each.value for each in menu(await listed(channels)).options] == [
        f"{UNSURE.story.id}:shell-volume"
    ]
    assert len(menu(await listed(channels, STRANGER)).options) == 2
    assert await channels.audited() == ["discord:901 right"]


async def test_right_raises_the_alert_where_verdicts_are_everybody_s(channels: Channels) -> None:
    """As at the console: both channels are told, and it is withdrawn once that is taken back."""
    channels.context = replace(channels.context, shared_register=True)
    said = await channels.press(await looked_at(channels), "Right")
    assert words(said) == [
        "It is told now: its alert goes to the channels that want it",
        "It corrects the record for all",
    ]
    for channel in ("600", "700"):
        told = await channels.card(channel, 2)
        assert (told.heading, told.title) == ("NEW EVENT · ▲ supports containers-2023", UNSURE.story.title)
    await channels.press(said, "Undo")
    assert (await channels.card("600", 2)).heading == "WITHDRAWN"
    assert len(menu(await listed(channels)).options) == 2


async def test_background_raises_no_alert_even_if_it_is_right(channels: Channels) -> None:
    """The answer says so, where a verdict is everybody's too."""
    channels.context = replace(channels.context, shared_register=True)
    told = waiting("Sample museum shows shells", "oil-over-cap")
    link = replace(told.reading.evidence[0], stance=Stance.BACKGROUND)
    told = replace(told, reading=replace(told.reading, evidence=(link,)))
    await channels.context.store.record_visit(visit(outcome(told, Silence(Reason.SUGGESTED_ONLY))))
    look = await channels.choose(await listed(channels), f"{told.story.id}:oil-over-cap")
    assert look.heading == "TO REVIEW · background to oil-over-cap?"
    said = await channels.press(look, "Right")
    assert words(said)[0] == "No alert goes out: it is too old, or background alone"


async def test_a_story_of_a_told_event_joins_its_message(channels: Channels) -> None:
    """A confirmed link is shown with the alert that its event has, here alone."""
    joined = waiting("Sample shells are seen too", "shell-volume")
    await channels.context.store.record_visit(visit(outcome(joined, Silence(Reason.SUGGESTED_ONLY), of=LEAD)))
    look = await channels.choose(await listed(channels), f"{joined.story.id}:shell-volume")
    said = await channels.press(look, "Right")
    assert words(said)[0] == "It is told now: its alert goes to the channels that want it"
    assert "shell-volume" in repr(await channels.card())
    assert "shell-volume" not in repr(await channels.card("700"))
    assert "shell-volume" in repr(await channels.details(EVENT))


async def test_the_wrong_claim_is_that_which_was_chosen(channels: Channels) -> None:
    """It is not asked for again; the right one is chosen or searched as under an alert."""
    asked = await channels.press(await looked_at(channels), "Wrong claim")
    assert asked.title == "Where does it belong, if not to containers-2023?"
    assert [each.value for each in menu(asked).options] == ["oil-over-cap", "_"]
    found = answer(await channels.act(f"found:{alone(CHOSEN)}", entries={"words": "oil cap"}))
    said = await channels.choose(found, "oil-over-cap")
    assert said.title == "Noted: it is about oil-over-cap, not containers-2023"
    ((kept,),) = (await channels.context.store.verdicts([UNSURE.story.id], HERE)).values()
    assert (kept.claim_id, kept.right_claim) == ("containers-2023", "oil-over-cap")


async def test_what_is_not_relevant_is_taken_back_after_a_restart(channels: Channels, tmp_path: Path) -> None:
    """Nothing of the story waits any more, until another process takes that back."""
    said = await channels.press(await looked_at(channels), "Not relevant")
    assert said.title == "Noted: 1 story is not relevant"
    assert (await listed(channels)).title == "No link waits for a review"
    store = await open_store(tmp_path / "claimwatch.db")
    channels.context = replace(channels.context, store=store)
    assert (await channels.press(said, "Undo")).title == "Taken back"
    assert len(menu(await listed(channels)).options) == 2
    await store.close()


async def test_the_slower_of_two_learns_that_it_bears_on_nothing(channels: Channels) -> None:
    """Buttons that were opened before another said that it is not relevant say so."""
    card, again = await looked_at(channels), await listed(channels)
    await channels.press(card, "Not relevant")
    for late in (await channels.press(card, "Right"), await channels.choose(again, CHOSEN)):
        assert (late.title, late.tone) == ("This story bears on no claim any more", Tone.TROUBLE)
    other = answer(await channels.act("judge", STRANGER, f"{UNSURE.story.id}:oil-over-cap"))
    assert other.title == "This story does not bear on “oil-over-cap” any more"
    gone = answer(await channels.act("judge", MINA, "no-such-story:oil-over-cap"))
    assert gone.title == "Nothing is known of this story any more"


@pytest.mark.parametrize("label", ["Right", "Wrong claim", "Not relevant"])
async def test_a_reader_is_refused_each_step(channels: Channels, label: str) -> None:
    """Whoever may not change things is told what it takes, whatever they press."""
    refused = [
        await channels.press(await looked_at(channels), label, READER),
        await channels.choose(await listed(channels), CHOSEN, READER),
    ]
    assert [card.lines for card in refused] == [(("It takes Manage Channels",),)] * 2
    assert await channels.context.store.verdicts([UNSURE.story.id], HERE) == {}


async def test_links_to_another_server_s_claims_are_not_offered(channels: Channels) -> None:
    """Neither in the list nor in a closer look, nor to whoever sends its id."""
    await channels.context.store.keep_claim(claim("oil-k3f9", statement="Sample oil", workspace=THERE))
    both = waiting("Sample oil is seen", "oil-k3f9", "shell-volume")
    await channels.context.store.record_visit(visit(outcome(both, Silence(Reason.SUGGESTED_ONLY))))
    assert "oil-k3f9" not in repr(await listed(channels))
    look = await channels.choose(await listed(channels), f"{both.story.id}:shell-volume")
    assert "oil-k3f9" not in repr(look)
    refused = answer(await channels.act("judge", MINA, f"{both.story.id}:oil-k3f9"))
    assert refused.title == "This story does not bear on “oil-k3f9” any more"
    assert "oil-k3f9" in repr(menu(await listed(channels, STRANGER)))


async def test_the_longest_words_fit_a_menu_and_its_actions(context: Context) -> None:
    """A claim of the longest id, and a hostile headline, stay within what a platform keeps."""
    longest = claim("c" * MAX_ID)
    told = waiting("@everyone\n" + "x" * 300, longest.id)
    channels = await Channels.opened(context, [longest, *REGISTER], outcome(LEAD))
    await context.store.record_visit(visit(outcome(told, Silence(Reason.SUGGESTED_ONLY))))
    (option,) = menu(await listed(channels)).options
    assert max(map(len, (option.label, option.value, option.about))) <= 100
    assert "\n" not in option.about
    asked = await channels.press(await channels.choose(await listed(channels), option.value), "Wrong claim")
    assert menu(asked).action == action("right-claim", alone(told.story.id), longest.id)
