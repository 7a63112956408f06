"""What people say of an alert with a press is kept, shown with who and when, and taken back."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.card import Card, Moment, Person, Tone
from bot.delivery import Drained
from claims.model import Stance
from tests.support.build import at, claim, event_id, member, verdict
from tests.support.channels import EVENT, HERE, JUN, LEAD, READER, SECOND, STRANGER, THERE, Channels, words
from tests.support.chat import MINA, buttons, fields
from tests.support.stores import open_store

BAKERY = member("Sample bakery opens", ["shell-volume"])


def persons(card: Card) -> list[str]:
    """Return the people that the lines of a card name, each with a moment beside."""
    named = [span for line in card.lines for span in line if isinstance(span, Person | Moment)]
    assert len(named) % 2 == 0
    return [span.reference for span in named if isinstance(span, Person)]


async def test_right_is_kept_and_shown_with_who_and_when(channels: Channels) -> None:
    """The story that leads the claim is confirmed, and the message says by whom and when."""
    said = await channels.press(await channels.card(), "Right")
    assert said.title == "Noted: it is right about containers-2023"
    assert words(said) == ["It corrects what is shown here; only this workspace sees it"]
    kept = await channels.context.store.verdicts([LEAD.story.id, SECOND.story.id], HERE)
    meant = verdict(LEAD.story, "right", claim_id="containers-2023", stance=Stance.SUPPORTS)
    ((said_of_it,),) = kept.values()
    assert said_of_it == replace(meant, workspace=HERE, person="discord:901", at=said_of_it.at, shared=False)

    card = await channels.card()
    assert persons(card) == ["discord:901"]
    assert words(card)[0].startswith("Right about containers-2023: discord:901, 27 August 11:13 UTC")
    assert "Judged by" not in fields(card)
    assert list(buttons(card)) == list(buttons(await channels.card("700")))


async def test_not_relevant_withdraws_the_message_here_alone(channels: Channels) -> None:
    """Every story of the event is set aside; the other server's message stays as it is, also when edited."""
    before = await channels.card("700")
    said = await channels.press(await channels.card(), "Not relevant")
    assert said.title == "Noted: 2 stories are not relevant"

    card = await channels.card()
    assert (card.heading, persons(card)) == ("WITHDRAWN", ["discord:901"])
    assert list(buttons(card)) == ["Undo", "Details"]
    await channels.context.store.touch(THERE, EVENT)
    assert await channels.card("700") == before
    assert await channels.context.store.judged() == []


async def test_what_is_said_is_taken_back_after_a_restart(channels: Channels, tmp_path: Path) -> None:
    """The button under the answer names the occasion; another process takes back that one and no other."""
    first = await channels.card()
    said = await channels.press(first, "Right")
    await channels.press(await channels.card(), "Not relevant")
    assert (await channels.card()).heading == "WITHDRAWN"

    store = await open_store(tmp_path / "claimwatch.db")
    channels.context = replace(channels.context, store=store)
    taken = await channels.press(said, "Undo", JUN)
    assert taken.title == "Taken back"
    assert words(taken)[0].startswith("Right about containers-2023: discord:901")
    assert words(taken)[1:2] == ["What stands:"]
    assert (await channels.card()).heading == "WITHDRAWN"
    await channels.press(await channels.card(), "Undo")
    assert await channels.card() == first
    nothing = await channels.press(said, "Undo")
    assert (nothing.title, nothing.tone) == ("There is nothing to take back any more", Tone.TROUBLE)
    await store.close()


@pytest.mark.parametrize("label", ["Right", "Wrong claim", "Not relevant", "Snooze", "Track as new claim"])
async def test_who_may_not_change_things_is_refused_at_once(channels: Channels, label: str) -> None:
    """Verdicts, snoozes and claims are changes: a reader is told what it takes before anything is asked."""
    refused = await channels.press(await channels.card(), label, READER)
    assert refused.tone is Tone.TROUBLE
    assert refused.title.startswith(f"You may not use “{label}”: ")
    assert refused.lines == (("It takes Manage Channels",),)
    assert await channels.audited() == []
    assert await channels.drain() == Drained()


async def test_the_later_of_two_is_told_what_the_first_said(channels: Channels) -> None:
    """The same words are not kept twice; other words count, with the first person's beside them."""
    card = await channels.card()
    await channels.press(card, "Right", MINA)
    same = await channels.press(card, "Right", JUN)
    assert same.title == "That is said already"
    assert persons(same) == ["discord:901"]
    other = await channels.press(card, "Not relevant", JUN)
    assert other.title == "Noted: 2 stories are not relevant"
    assert persons(other) == ["discord:901"]
    late = await channels.press(card, "Right", MINA)
    assert (late.title, late.tone) == ("This alert is withdrawn already", Tone.TROUBLE)
    assert await channels.audited() == ["discord:902 not-relevant", "discord:901 right"]


async def test_two_servers_stay_strangers(channels: Channels) -> None:
    """What one said is neither shown nor told in the other, and nobody takes back another's words."""
    card = await channels.card()
    said = await channels.press(card, "Right", MINA)
    elsewhere = await channels.press(card, "Right", STRANGER)
    assert elsewhere.title == "Noted: it is right about containers-2023"
    assert persons(elsewhere) == []
    assert "discord:901" not in repr(await channels.card("700"))
    assert "discord:901" not in repr(await channels.details(EVENT, STRANGER))
    assert (await channels.press(said, "Undo", STRANGER)).title == "There is nothing to take back any more"
    assert persons(await channels.card()) == ["discord:901"]
    assert await channels.audited(THERE) == ["discord:904 right"]


async def test_a_shared_register_is_corrected_for_all(channels: Channels) -> None:
    """Where the operator says so a verdict teaches, all messages follow, and others learn no names."""
    channels.context = replace(channels.context, shared_register=True)
    said = await channels.press(await channels.card(), "Not relevant")
    assert words(said) == ["It corrects the record for all"]
    here, there = await channels.card(), await channels.card("700")
    assert [here.heading, there.heading] == ["WITHDRAWN", "WITHDRAWN"]
    assert words(there)[1].startswith("Not relevant: somebody elsewhere, ")
    assert "discord:901" not in repr(there)
    assert (list(buttons(here)), list(buttons(there))) == (["Undo", "Details"], ["Details"])

    details = await channels.press(here, "Details")
    assert [f.name for f in details.fields].count("Story") == 2
    await channels.press(here, "Undo")
    assert (await channels.card("700")).heading == "NEW EVENT · ▲ supports containers-2023"


async def test_what_is_judged_before_it_is_posted_is_not_posted(channels: Channels) -> None:
    """An alert that waits is left out once its own people said that it is not relevant."""
    await channels.told(BAKERY)
    await channels.act(f"not-relevant:{event_id(BAKERY)}")
    await channels.drain()
    assert [r.partition("/")[0] for r in channels.platform.posted] == ["600", "700", "700"]


async def test_a_verdict_that_names_another_server_s_claim_is_not_shown(channels: Channels) -> None:
    """The operator may speak of a server's own claim; to the others that was never said."""
    store = channels.context.store
    await store.keep_claim(claim("oil-k3f9", workspace=HERE))
    said = verdict(LEAD.story, "wrong-claim", claim_id="containers-2023", right_claim="oil-k3f9")
    await store.record_verdict(said)
    assert "oil-k3f9" in repr(await channels.card("600"))
    assert "oil-k3f9" not in repr(await channels.card("700"))


async def test_what_one_person_says_again_is_one_line(channels: Channels) -> None:
    """The same words of the stories that joined later stand once, and are taken back together."""
    first = await channels.card()
    await channels.press(first, "Right")
    later = verdict(SECOND.story, "right", claim_id="containers-2023", stance=Stance.SUPPORTS, at=at(90))
    await channels.context.store.record_verdict(
        replace(later, workspace=HERE, person="discord:901", shared=False)
    )
    await channels.context.store.touch(HERE, EVENT)
    card = await channels.card()
    assert persons(card) == ["discord:901"]
    assert len(words(await channels.press(card, "Right", JUN))) == 2
    assert words(await channels.press(await channels.details(EVENT), "Undo"))[1:] == []
    assert await channels.card() == first
