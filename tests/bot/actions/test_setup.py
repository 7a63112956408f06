"""A channel is set up by whoever manages the server, step by step, and nothing is told before it is saved."""

from datetime import time

import pytest

from bot.actions.model import action
from bot.answers.setup import setup_card
from bot.card import Card
from bot.commands.model import Context, Needs
from bot.controls import OPTIONS, Choice, Form
from bot.places import Place
from bot.render.slack import CONTROLS
from bot.render.slack_controls import blocks
from bot.welcome import welcome
from claims.subscriptions import Importance, Subscription
from tests.support.build import NOW, claim, subscription
from tests.support.chat import READER, STRANGER, buttons, desk, menus, shown, use, words


@pytest.fixture(autouse=True)
async def register(context: Context) -> None:
    """Keep three claims, the last the second server's own."""
    await context.store.sync_claims([claim(tags=("shipments",)), claim("oil-over-cap", tags=("oil", "cap"))])
    await context.store.keep_claim(claim("theirs-k3f9", workspace="discord:550", tags=("secret",)))


async def begun(context: Context) -> Card:
    """Return the set-up as it opens."""
    return shown(await use(context, action("setup")))


async def chosen(context: Context, card: Card, prompt: str, *values: str) -> Card:
    """Return the set-up after something was chosen of a menu, by a desk that was started for it."""
    return shown(await use(context, menus(card)[prompt].action, *values))


async def saved(context: Context, card: Card) -> Card:
    """Return what saving answers."""
    return shown(await use(context, buttons(card)["Save"].action))


async def kept(context: Context) -> list[Subscription]:
    """Return every subscription."""
    return await context.store.subscriptions()


def marked(card: Card, prompt: str) -> list[str]:
    """Return what is chosen of a menu."""
    return [option.value for option in menus(card)[prompt].options if option.chosen]


async def test_from_the_welcome_to_what_is_saved(context: Context) -> None:
    """Each step is done by a bot that was started anew, and only saving keeps and notes something."""
    greeting = await welcome(context.store, "discord:500", "Sample Desk", None, "discord:600")
    assert greeting is not None

    card = shown(await use(context, buttons(greeting)["Set up"].action))
    card = await chosen(context, card, "Which channel", "601")
    card = await chosen(context, card, "What to follow", "all", "oil")
    card = await chosen(context, card, "Or claims one by one", "containers-2023")
    card = await chosen(context, card, "When the digest comes", "07:00")
    assert words(card).splitlines()[2:5] == [
        "containers-2023 and what is tagged oil.",
        "Digest at 07:00 every day (UTC).",
        "Channel: discord:601",
    ]
    assert await kept(context) == []
    assert await context.store.audit("discord:500", 9) == []

    done = await saved(context, card)

    assert await kept(context) == [
        subscription(
            "discord:601",
            "containers-2023",
            tags=frozenset({"oil"}),
            digest=time(7),
            hours_set_at=NOW,
            workspace="discord:500",
            by_people=True,
            person="discord:901",
        )
    ]
    assert (done.title, done.controls) == ("Told of claims from now on", ())
    assert done.footer.startswith("/watch test shows what the last 30 days would have brought")
    (entry,) = await context.store.audit("discord:500", 9)
    assert (entry.person, entry.action) == ("discord:901", "setup")
    said = "channel=discord:601 claims=containers-2023 tags=oil digest=07:00 weekly=none monthly=none"
    assert entry.details == f"{said} timezone=UTC"


async def test_it_opens_with_what_is_usual(context: Context) -> None:
    """Where nothing was set up it is all claims, no digest, in the channel where the button stands."""
    card = await begun(context)

    assert (card.title, card.footer) == (
        "Set up what a channel is told of",
        "Nothing is saved before you press Save",
    )
    assert words(card).splitlines()[2:5] == ["Every claim.", "No digest.", "Channel: discord:600"]
    assert menus(card)["Which channel"].choice is Choice.CHANNELS
    assert [option.value for option in menus(card)["What to follow"].options] == [
        "all",
        "shipments",
        "oil",
        "cap",
    ]
    assert len(menus(card)["When the digest comes"].options) == OPTIONS
    assert [marked(card, prompt) for prompt in ("What to follow", "When the digest comes")] == [
        ["all"],
        ["none"],
    ]
    assert len(card.controls) == 5


async def test_running_it_again_edits(context: Context) -> None:
    """It opens with what the channel wants; what it does not speak of stays, and dropped choices are gone."""
    before = subscription(
        "discord:600",
        "containers-2023",
        "retired-claim",
        tags=frozenset({"oil"}),
        least=Importance.NOTABLE,
        budget=5,
        digest=time(9, 30),
        timezone="Asia/Seoul",
        workspace="discord:500",
    )
    await context.store.subscribe(before)

    card = await begun(context)
    assert marked(card, "Or claims one by one") == ["containers-2023"]
    assert marked(card, "What to follow") == ["oil"]
    card = await chosen(context, card, "Or claims one by one")
    await saved(context, card)

    (after,) = await kept(context)
    assert (after.claims, after.tags) == (None, {"oil"})
    assert (after.least, after.budget, after.digest) == (Importance.NOTABLE, 5, time(9, 30))


@pytest.mark.parametrize(
    "wanted",
    [
        subscription("discord:600", "retired-claim", workspace="discord:500"),
        subscription("discord:600", tags=frozenset({"left"}), workspace="discord:500"),
    ],
    ids=["claim", "tag"],
)
async def test_what_is_not_known_any_more_does_not_become_everything(
    context: Context, wanted: Subscription
) -> None:
    """A channel whose one claim was retired is not told of all by a set-up in which nobody chose that."""
    await context.store.subscribe(wanted)

    card = await begun(context)
    assert "Every claim." not in words(card)
    assert marked(card, "What to follow") == []
    card = await chosen(context, card, "When the digest comes", "07:00")
    await saved(context, card)

    (after,) = await kept(context)
    assert (after.claims, after.tags, after.digest) == (wanted.claims, wanted.tags, time(7))


async def test_choosing_a_channel_shows_what_that_one_wants(context: Context) -> None:
    """Nothing that was chosen for one channel is saved over what another wants."""
    await context.store.subscribe(
        subscription("discord:601", "oil-over-cap", budget=3, workspace="discord:500")
    )

    card = await chosen(context, await begun(context), "What to follow", "shipments")
    card = await chosen(context, card, "Which channel", "601")
    assert words(card).splitlines()[2] == (
        "discord:601 is told of claims already: this is what it wants, in place of what was chosen before"
    )
    await saved(context, card)

    (after,) = await kept(context)
    assert (after.destination, after.claims, after.tags) == ("discord:601", {"oil-over-cap"}, frozenset())


async def test_choosing_the_channel_last_keeps_what_was_chosen(context: Context) -> None:
    """A channel that wants nothing yet gets all of it, but for names that nobody knows any more."""
    old = subscription("discord:600", "retired-claim", "oil-over-cap", workspace="discord:500")
    await context.store.subscribe(old)
    card = await chosen(context, await begun(context), "What to follow", "shipments")
    card = await chosen(context, card, "When the digest comes", "07:00")

    card = await chosen(context, card, "Which channel", "600")
    card = await chosen(context, card, "Which channel", "601")
    await saved(context, card)

    stays, new = await kept(context)
    assert stays.claims == {"oil-over-cap", "retired-claim"}
    assert (new.destination, new.claims, new.tags) == ("discord:601", {"oil-over-cap"}, {"shipments"})
    assert new.digest == time(7)


async def test_every_claim_wins_where_it_was_not_chosen(context: Context) -> None:
    """Beside a tag, the choice that is new is meant: the tag at first, all claims later."""
    card = await chosen(context, await begun(context), "What to follow", "all", "oil")
    assert marked(card, "What to follow") == ["oil"]

    card = await chosen(context, card, "What to follow", "all", "oil")
    assert marked(card, "What to follow") == ["all"]


async def test_hour_and_time_zone_are_filled_in(context: Context) -> None:
    """The form opens with what is chosen."""
    card = await chosen(context, await begun(context), "When the digest comes", "07:00")
    opens = buttons(card)["Other hour, weekly, time zone"].action
    assert desk(context).opens_form(opens)
    form = await use(context, opens)
    assert isinstance(form, Form)
    assert [(entry.name, entry.value) for entry in form.entries] == [
        ("digest", "07:00"),
        ("weekly", ""),
        ("monthly", ""),
        ("timezone", "UTC"),
    ]

    typed = {"digest": "7:45", "weekly": "mon", "monthly": "1", "timezone": "Asia/Seoul"}
    right = shown(await use(context, form.action, entries=typed))
    assert "Digest at 07:45 every day, weekly on Monday, monthly on day 1 (Asia/Seoul)." in words(right)
    none = shown(await use(context, form.action, entries={"digest": " ", "timezone": "Asia/Seoul"}))
    assert "No digest." in words(none)


async def test_a_mistake_in_the_form_is_told_and_can_be_mended(context: Context) -> None:
    """It is named as the form names it, changes nothing, and stands in the form when it is opened again."""
    card = await chosen(context, await begun(context), "When the digest comes", "07:00")
    opens = buttons(card)["Other hour, weekly, time zone"].action

    typed = {"digest": "8h30", "weekly": "someday", "monthly": "32", "timezone": "Seoul"}
    wrong = shown(await use(context, opens.replace("setup-hour:", "setup:hour:"), entries=typed))

    assert words(wrong).splitlines()[2:9] == [
        "Hour: “8h30” is not a time of day; did you mean 08:30?",
        "Weekly digest on: “someday” is no day of the week; write one of mon, tue, wed, thu, fri, sat, sun",
        "Monthly digest on day: “32” is no day of a month; write one from 1 to 31, or none",
        "Time zone: “Seoul” is no time zone; did you mean Asia/Seoul?",
        "What you typed is kept in the form: press Other hour, weekly, time zone to mend it",
        "Every claim.",
        "Digest at 07:00 every day (UTC).",
    ]
    assert [*wrong.wrong] == ["digest", "weekly", "monthly", "timezone"]
    form = await use(context, buttons(wrong)["Other hour, weekly, time zone"].action)
    assert isinstance(form, Form)
    assert [entry.value for entry in form.entries] == ["8h30", "someday", "32", "Seoul"]
    await saved(context, wrong)
    (entry,) = await context.store.audit("discord:500", 9)
    assert (
        entry.details
        == "channel=discord:600 claims=all tags=none digest=07:00 weekly=none monthly=none timezone=UTC"
    )

    right = shown(await use(context, form.action, entries={"digest": "8:30", "timezone": "Asia/Seoul"}))
    assert words(right).splitlines()[2:4] == ["Every claim.", "Digest at 08:30 every day (Asia/Seoul)."]


async def test_a_sample_is_shown_and_nothing_noted(context: Context) -> None:
    """The sample says that it is one, in the time zone of the draft."""
    card = await begun(context)

    sample = shown(await use(context, buttons(card)["Show a sample alert"].action))

    assert sample.heading.startswith("SAMPLE, NO NEWS · ")
    assert await context.store.audit("discord:500", 9) == []
    assert await kept(context) == []


async def test_a_channel_where_the_bot_may_not_post_is_refused(context: Context) -> None:
    """It is said at once, and saving is refused in words."""
    card = await chosen(context, await begun(context), "Which channel", "602")
    assert (
        words(card).splitlines()[2] == "The bot may not post there yet: it lacks Send Messages, Embed Links"
    )

    refused = await saved(context, card)

    assert refused.title == "The bot may not post in that channel"
    assert await kept(context) == []


async def test_a_channel_of_another_server_is_refused(context: Context) -> None:
    """A choice that Discord would not offer reads as no channel at all."""
    card = await chosen(context, await begun(context), "Which channel", "650")

    assert card.title == "There is no channel “650” that the bot can see here"


async def test_who_may_not_change_things_sees_no_set_up(context: Context) -> None:
    """Neither the first button nor one of a manager's own controls works for a reader."""
    card = await begun(context)

    hour = "Other hour, weekly, time zone"
    for used, label in (
        (action("setup"), "Set up"),
        (menus(card)["Which channel"].action, "Set up"),
        (buttons(card)["Save"].action, "Set up"),
        (buttons(card)[hour].action, hour),
    ):
        refused = shown(await use(context, used, "601", asker=READER))
        assert refused.title.startswith(f"You may not use “{label}”:")
        assert words(refused).splitlines()[2] == READER.needs[Needs.CHANGE]
    assert await kept(context) == []


async def test_servers_are_strangers(context: Context) -> None:
    """No server is offered what another added, and nobody saves anything into another's channel."""
    ours = await begun(context)
    theirs = shown(await use(context, action("setup"), asker=STRANGER))
    assert "theirs-k3f9" in [option.value for option in menus(theirs)["Or claims one by one"].options]
    assert "theirs-k3f9" not in [option.value for option in menus(ours)["Or claims one by one"].options]
    assert "secret" not in [option.value for option in menus(ours)["What to follow"].options]

    crossed = shown(await use(context, buttons(ours)["Save"].action, asker=STRANGER))

    assert crossed.title == "This set-up is too old"
    assert await kept(context) == []


async def test_what_is_chosen_before_the_card_is_drawn_anew_counts_too(context: Context) -> None:
    """Two menus that are used in a moment both stand on the card as it was."""
    first = await begun(context)
    await chosen(context, first, "What to follow", "oil")
    card = await chosen(context, first, "When the digest comes", "07:00")

    assert marked(card, "What to follow") == ["oil"]
    assert marked(card, "When the digest comes") == ["07:00"]


def test_a_platform_with_room_for_more_claims_offers_them() -> None:
    """As many as leave room for the buttons below."""
    claims = [claim(f"sample-{number:03}-{'x' * 20}") for number in range(120)]
    card = setup_card(subscription("slack:C0ALERTS"), claims, "k3f9", Place("slack:C0ALERTS"))
    made = str(blocks(card.controls, CONTROLS))

    assert "the first 50 of 120" in made
    assert (made.count("sample-"), made.count("Save")) == (100, 1)


async def test_claims_beyond_the_menu_are_kept(context: Context) -> None:
    """A register that is longer than a menu says so, and choosing there drops no other claim."""
    listed = [claim(f"sample-{number:02}") for number in range(30)]
    await context.store.sync_claims(listed)
    await context.store.subscribe(
        subscription("discord:600", "sample-00", "sample-29", workspace="discord:500")
    )

    prompt = "Or claims one by one: the first 25 of 30"
    card = await chosen(context, await begun(context), prompt, "sample-01")
    await saved(context, card)

    (after,) = await kept(context)
    assert after.claims == {"sample-01", "sample-29"}


@pytest.mark.parametrize(
    "used", ["setup:save:nobody-began", "setup:save", "setup:leap:nobody-began", "setup-hour:nobody-began"]
)
async def test_an_old_set_up_says_how_to_begin_again(context: Context, used: str) -> None:
    """What was forgotten is answered, not an error."""
    card = shown(await use(context, used))

    assert card.title == "This set-up is too old"
