"""An alert's message carries its controls, and Details tells what stands behind it."""

from dataclasses import replace

from bot.card import Marked, Moment, Person
from bot.commands.model import Context
from bot.controls import Button
from claims.model import FigureChange, Reason
from tests.support.build import alert, claim, figure, member, outcome
from tests.support.channels import HERE, READER, STRANGER, Channels
from tests.support.chat import MINA, buttons, fields

OWN = claim("oil-k3f9", statement="A claim of their own", workspace=HERE)


async def test_an_alert_has_two_rows_of_controls(channels: Channels) -> None:
    """Three verdicts, then what can be done with it, each with the id of the event alone."""
    card = await channels.card()
    labels = [[each.label for each in row if isinstance(each, Button)] for row in card.controls]
    assert labels == [["Right", "Wrong claim", "Not relevant"], ["Snooze", "Track as new claim", "Details"]]
    event_id = alert(member("Sample ship leaves Rason with shells")).event_id
    assert {each.action.partition(":")[2] for each in buttons(card).values()} == {event_id}


async def test_details_tell_what_stands_behind_an_alert(channels: Channels) -> None:
    """Anybody may look: the words in place, every story with its outlet, tellers, and where it was posted."""
    card = await channels.press(await channels.card(), "Details", READER)
    shown = fields(card)
    assert (card.heading, card.title) == ("DETAILS", "Sample ship leaves Rason with shells")
    assert shown["Why"] == "▲ supports containers-2023 (0.90)"
    assert [f.value[1] for f in card.fields if f.name == "Story"] == [
        " · Sample Herald, ",
        " · Sample Post, ",
    ]
    assert shown["Told by"] == "2 outlets of 2 families, 2 independent origins"
    assert shown["Posted"] == "discord:600: posted, edited"
    assert list(buttons(card)) == ["Why"]
    assert "discord:700" not in repr(card)


async def test_details_lead_to_why_it_was_told(channels: Channels) -> None:
    """The button answers as the command does."""
    details = await channels.press(await channels.card(), "Details", READER)
    assert (await channels.press(details, "Why", READER)).heading == "WHY · TOLD"


async def test_details_mark_the_words_and_set_figures_side_by_side(context: Context) -> None:
    """What made the link stands out in the text, and a number is beside the one before."""
    told = member("Sample convoy", figures=[figure(13_000)], origin="Sample Ministry")
    why = tuple(replace(m, start=0, end=6, words="Sample") for m in told.reading.evidence[0].why[:1])
    told = replace(
        told, reading=replace(told.reading, evidence=(replace(told.reading.evidence[0], why=why),))
    )
    change = FigureChange("containers-2023", figure(13_000, body="Sample Ministry"))
    raised = alert(told, reason=Reason.NEW_FIGURE, change=change)
    channels = await Channels.opened(context, [claim()], outcome(told, raised))
    card = await channels.press(await channels.card(), "Details")
    assert next(f.value[0] for f in card.fields if f.name == "Headline") == Marked("Sample")
    shown = fields(card)
    assert (shown["Figure now"], shown["Figure before"]) == (
        "13,000 containers, Sample Ministry",
        "none to compare",
    )
    assert "origin Sample Ministry; figures 13,000 containers" in shown["Story"]


async def test_details_name_who_said_and_snoozed_what(channels: Channels) -> None:
    """Both can be taken back from there, with the moments as each reader sees them."""
    await channels.press(await channels.card(), "Right")
    await channels.press(await channels.press(await channels.card(), "Snooze"), "1 day")
    card = await channels.press(await channels.card(), "Details")
    judged = next(f.value for f in card.fields if f.name == "Judged")
    assert [type(span) for span in judged if isinstance(span, Person | Moment)] == [Person, Moment]
    assert fields(card)["Snoozed"].startswith("Snoozed by discord:901; ends ")
    assert list(buttons(card)) == ["Undo", "Wake this story", "Why"]


async def test_what_was_never_told_has_no_details(channels: Channels) -> None:
    """An id that somebody makes up is answered like one that is forgotten."""
    await channels.context.store.keep_claim(OWN)
    hidden = member("Sample tanker docks", ["oil-k3f9"])
    await channels.told(hidden)
    unknown = await channels.details("e-none", STRANGER)
    assert unknown.title == "Nothing is known of this message any more"
    assert await channels.details(alert(hidden).event_id, STRANGER) == unknown
    assert (await channels.details(alert(hidden).event_id, MINA)).heading == "DETAILS"


async def test_what_others_may_not_see_is_not_told_to_them(channels: Channels) -> None:
    """An alert on another workspace's claim is posted there alone."""
    await channels.context.store.keep_claim(OWN)
    await channels.told(member("Sample tanker docks", ["oil-k3f9"]))
    assert "oil-k3f9" in (await channels.card("600", 2)).heading
    assert [receipt for receipt in channels.platform.posted if receipt.startswith("700/")] == ["700/2"]
