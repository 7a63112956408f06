"""What is put off stands on the message until when and by whom, and can be woken."""

from datetime import timedelta

import pytest

from bot.card import Card, Moment, Person, Tone, plain
from bot.commands.desk import Desk
from bot.commands.model import Asker, Context
from bot.commands.table import COMMANDS
from bot.delivery import Drained
from claims.workspaces import Snooze, SnoozeKind
from tests.support.build import NOW, member, outcome, source
from tests.support.channels import EVENT, HERE, JUN, READER, REGISTER, STRANGER, THERE, Channels, menu, words
from tests.support.chat import MINA, buttons

THIRD = member("Sample ship once more", ["containers-2023"], source=source("Sample Times"))


async def snooze(
    channels: Channels, span: str = "1 hour", what: str = "this story", asker: Asker = MINA
) -> Card:
    """Snooze something from the message of the asker's channel, and return the answer."""
    asked = await channels.press(await channels.card(asker.destination.partition(":")[2]), "Snooze", asker)
    value = next(each.value for each in menu(asked).options if each.label == what)
    return await channels.press(await channels.choose(asked, value, asker), span, asker)


async def listed(channels: Channels, asker: Asker = MINA) -> Card:
    """Return the answer to `snooze list`."""
    return await Desk(COMMANDS, channels.context).answer("snooze list", {}, asker)


async def test_the_story_its_claims_and_its_sources_can_be_put_off(channels: Channels) -> None:
    """The menu names each once, and the story is chosen at first."""
    asked = await channels.press(await channels.card(), "Snooze")
    assert [(each.label, each.chosen) for each in menu(asked).options] == [
        ("this story", True),
        ("claim containers-2023", False),
        ("source Sample Herald", False),
        ("source Sample Post", False),
    ]
    assert list(buttons(asked)) == ["1 hour", "1 day", "1 week"]
    assert await channels.audited() == []


@pytest.mark.parametrize(
    ("span", "what", "kind", "name", "length"),
    [
        ("1 hour", "this story", SnoozeKind.EVENT, EVENT, timedelta(hours=1)),
        ("1 day", "claim containers-2023", SnoozeKind.CLAIM, "containers-2023", timedelta(days=1)),
        ("1 week", "source Sample Post", SnoozeKind.SOURCE, "Sample Post", timedelta(weeks=1)),
    ],
)
async def test_a_snooze_is_kept_and_stands_on_the_message(
    channels: Channels, span: str, what: str, kind: SnoozeKind, name: str, length: timedelta
) -> None:
    """Its end and who asked for it are on the message of that server alone."""
    before = await channels.card("700")
    assert (await snooze(channels, span, what)).title == "Snoozed"
    (kept,) = await channels.context.store.snoozes(HERE, NOW)
    assert (kept.kind, kept.what, kept.until - kept.at, kept.person) == (kind, name, length, "discord:901")
    (line,) = (await channels.card()).lines
    assert [s.at for s in line if isinstance(s, Moment)] == [kept.until]
    assert [s.reference for s in line if isinstance(s, Person)] == ["discord:901"]
    assert "snoozed by discord:901; ends " in plain(line).casefold()
    assert await channels.card("700") == before
    assert await channels.context.store.snoozes(THERE, NOW) == []


async def test_a_snoozed_message_is_left_alone_until_the_end(channels: Channels) -> None:
    """Meanwhile nothing is edited there; at the end it is brought up to date, and the line is gone."""
    await snooze(channels)
    shown = await channels.card()
    await channels.joined(THIRD)
    assert await channels.drain() == Drained(edited=1)
    assert await channels.card() == shown
    channels.clock.now += timedelta(hours=1)
    card = await channels.card()
    assert card.lines == ()
    assert "Sample Times" in repr(card)
    assert await channels.drain() == Drained()


async def test_whoever_wakes_it_lets_it_go_on(channels: Channels) -> None:
    """The button under the answer, in the details and of the list do the same, for anybody who may."""
    said = await snooze(channels)
    await channels.drain()
    await channels.joined(THIRD)
    woken = await channels.press(said, "Wake", JUN)
    assert woken.title == "Awake again"
    assert words(woken) == ["This story is told of again; discord:901 had snoozed it"]
    card = await channels.card()
    assert (card.lines, "Sample Times" in repr(card)) == ((), True)
    again = await channels.press(said, "Wake", MINA)
    assert (again.title, again.tone) == ("It is not snoozed any more", Tone.TROUBLE)
    await snooze(channels, "1 day", "claim containers-2023")
    await channels.press(await channels.details(EVENT), "Wake claim containers-2023")
    assert (await channels.card()).lines == ()
    assert (await channels.audited())[:2] == ["discord:901 wake", "discord:901 snooze-for"]


async def test_what_is_snoozed_is_listed_and_woken_by_a_menu(channels: Channels) -> None:
    """The list is of the asker's own workspace."""
    assert (await listed(channels)).title == "Nothing is snoozed"
    await snooze(channels, "1 week", "source Sample Post")
    await snooze(channels, "1 day", "claim containers-2023")
    card = await listed(channels)
    assert card.title == "2 things are snoozed"
    assert all(each.about.startswith("ends ") for each in menu(card).options)
    assert "discord:901" not in repr(menu(card))
    assert [line.partition(" by ")[0] for line in words(card)] == [
        "Claim containers-2023 snoozed",
        "Source Sample Post snoozed",
    ]
    assert (await listed(channels, STRANGER)).title == "Nothing is snoozed"
    await snooze(channels)
    story = words(await listed(channels))[0]
    assert story.startswith("Snoozed by discord:901; ends ")
    assert story.endswith(" · Sample ship leaves Rason with shells")
    await channels.choose(await listed(channels), menu(await listed(channels)).options[0].value)
    await channels.choose(card, menu(card).options[0].value)
    assert (await listed(channels)).title == "1 thing is snoozed"
    assert (await channels.choose(card, menu(card).options[1].value, STRANGER)).tone is Tone.TROUBLE
    assert (await channels.choose(card, menu(card).options[1].value, READER)).tone is Tone.TROUBLE
    assert (await listed(channels)).title == "1 thing is snoozed"


async def test_a_part_that_is_snoozed_does_not_still_the_rest(channels: Channels) -> None:
    """One source of two is put off: the end is shown, and what the other tells still edits the message."""
    await snooze(channels, "1 day", "source Sample Post")
    await channels.drain()
    await channels.joined(THIRD)
    card = await channels.card()
    assert words(card)[0].startswith("Source Sample Post snoozed by discord:901; ends ")
    assert "Sample Times" in repr(card)


async def test_the_end_of_a_part_is_taken_off_when_it_comes(channels: Channels) -> None:
    """The line of one source of two leaves the message with its end, also where nothing else is told."""
    await snooze(channels, "1 hour", "source Sample Post")
    assert len((await channels.card()).lines) == 1
    assert await channels.drain() == Drained()
    channels.clock.now += timedelta(hours=1)
    assert await channels.drain() == Drained(edited=1)
    assert (await channels.card()).lines == ()
    assert await channels.drain() == Drained()


async def test_a_source_is_snoozed_by_any_of_its_names(channels: Channels) -> None:
    """What keeps later alerts of a source silent is shown on its message too, however it was typed."""
    until = NOW + timedelta(days=1)
    kept = Snooze(HERE, SnoozeKind.SOURCE, "sample post", until, "discord:901", NOW)
    await channels.context.store.snooze(kept)
    await channels.context.store.touch(HERE, EVENT)
    assert words(await channels.card())[0].startswith("Source sample post snoozed by discord:901; ends ")


async def test_hostile_names_fit_a_menu(context: Context) -> None:
    """A source of any name is one option on one line, and is put off by that very name."""
    name = "@everyone\n" + "x" * 200
    told = member("Sample ship leaves", source=source(name))
    channels = await Channels.opened(context, REGISTER, outcome(told))
    asked = await channels.press(await channels.card(), "Snooze")
    option = menu(asked).options[-1]
    assert (len(option.label) <= 100, "\n" in option.label) == (True, False)
    await channels.press(await channels.choose(asked, option.value), "1 day")
    (kept,) = await context.store.snoozes(HERE, NOW)
    assert kept.what == name
