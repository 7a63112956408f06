"""Channels are told of what people say in chat, and no server sees or changes what another wants."""

from dataclasses import replace
from datetime import time

import pytest

from bot.actions.model import action
from bot.actions.table import ACTIONS
from bot.card import Tone
from bot.commands.desk import Desk
from bot.commands.model import OPERATOR, Context, Powers
from bot.commands.table import COMMANDS
from bot.controls import ACTION
from bot.places import Place
from claims.subscriptions import Importance, Subscription
from claims.workspaces import CONSOLE
from tests.support.build import NOW, claim, feed, subscription
from tests.support.chat import MINA, READER, STRANGER, buttons, desk, finder, say, shown, use, words


@pytest.fixture(autouse=True)
async def register(context: Context) -> None:
    """Keep three claims, one of them the second server's own, and a feed."""
    await context.store.sync_claims(
        [claim(tags=("shipments",)), claim("oil-over-cap", tags=("oil",), statement="Oil is over the cap")]
    )
    await context.store.keep_claim(claim("theirs-k3f9", workspace="discord:550", tags=("secret",)))
    await context.store.sync_feeds([feed()])


async def kept(context: Context, destination: str = "discord:600") -> Subscription | None:
    """Return what a channel wants."""
    found = await context.store.subscriptions()
    return next((each for each in found if each.destination == destination), None)


async def audited(context: Context, workspace: str = "discord:500") -> list[tuple[str, str, str]]:
    """Return who did what, newest first."""
    return [(each.person, each.action, each.details) for each in await context.store.audit(workspace, 9)]


async def test_a_role_is_called_oftener_by_those_alone_who_may_mention_it(context: Context) -> None:
    """Who may not choose it may have it called for less, but not for more."""
    await say(context, "watch add mention=<@&501> mention_from=notable")
    roles = Place("discord:600", "discord:500", roles={"501": False}, calls=True)
    there = Desk(COMMANDS, replace(context, find_place=finder({"discord:600": roles})), ACTIONS)
    may_not = replace(MINA, channels={"discord:600": Powers(manages=True)})
    more = await there.answer_text("watch edit mention_from=routine", may_not)
    less = await there.answer_text("watch edit mention_from=major", may_not)
    wanted = await kept(context)

    assert more.title == "mention: you may not mention that role in that channel yourself"
    assert less.title == "Changed"
    assert wanted is not None
    assert wanted.mention_from is Importance.MAJOR


async def test_everybody_is_no_role_to_mention(context: Context) -> None:
    """A server's own id is that of all its people; of another role nothing is asked where nobody can tell."""
    refused = await say(context, "watch add mention=<@&500>")
    assert refused.title == "mention: @everyone cannot be mentioned"
    assert await kept(context) is None

    await say(context, "watch add mention=<@&501>")
    wanted = await kept(context)
    assert wanted is not None
    assert wanted.mention == "501"


async def test_a_channel_that_only_the_settings_name_is_listed_as_such(context: Context) -> None:
    """It was removed in chat: who looks learns why nothing comes, in its own server alone."""
    named = replace(context, subscribed=["discord:601", "discord:650", "slack:C1"])
    await context.store.subscribe(subscription("discord:600", workspace="discord:500", by_people=True))

    ours = words(await say(named, "watch list"))
    theirs = words(await say(named, "watch list", STRANGER))

    gone = "the settings name it, but it was removed in chat and is told nothing"
    assert f"discord:601: {gone}" in ours
    assert f"discord:650: {gone}" in theirs
    assert [ours.count(gone), theirs.count(gone)] == [1, 1]
    assert words(await say(named, "watch list", OPERATOR)).count(gone) == 3


async def test_a_channel_is_told_of_what_was_said(context: Context) -> None:
    """Adding keeps the conditions for the channel of the asker, says them in words, and is noted."""
    card = await say(
        context,
        "watch add tags=oil stance=disputes least=notable languages=ko sources=sample herald words=oil -gas "
        "quiet=22:00-07:00 budget=5 digest=08:00 days=weekdays timezone=Asia/Seoul mention=<@&77> threads=no",
    )

    assert await kept(context) == Subscription(
        "discord:600",
        tags=frozenset({"oil"}),
        stances=(await kept(context) or subscription()).stances,
        least=Importance.NOTABLE,
        languages=frozenset({"ko"}),
        sources=frozenset({"Sample Herald"}),
        words="oil -gas",
        quiet=(time(22), time(7)),
        budget=5,
        digest=time(8),
        weekdays=frozenset(range(5)),
        hours_set_at=NOW,
        timezone="Asia/Seoul",
        mention="77",
        threads=False,
        workspace="discord:500",
        by_people=True,
        person="discord:901",
    )
    assert words(card).splitlines()[1:5] == [
        "Told of claims from now on",
        (
            "What is tagged oil, notable and above, only what disputes it, in Korean, by Sample Herald, with "
            "the words oil -gas."
        ),
        (
            "Digest at 08:00 on weekdays (Asia/Seoul); quiet from 22:00 to 07:00; at most 5 messages an "
            "hour; somebody is mentioned when it is major; updates show in the channel, not in a thread "
            "alone."
        ),
        "Channel: discord:600",
    ]
    assert "/watch test shows what the last 30 days would have brought" in card.footer
    person, done, details = (await audited(context))[0]
    assert (person, done) == ("discord:901", "watch add")
    assert "tags=oil" in details


async def test_a_channel_has_one_subscription(context: Context) -> None:
    """Adding a second time changes nothing and says how to change what there is."""
    await say(context, "watch add tags=oil")

    card = await say(context, "watch add")

    assert (card.title, card.tone) == ("That channel is told of claims already", Tone.TROUBLE)
    assert words(card).splitlines()[2] == "/watch edit changes what it is told of, /watch list shows it"
    assert (await kept(context) or subscription()).tags == {"oil"}


async def test_options_are_changed_one_by_one(context: Context) -> None:
    """What is not named stays, and a mistake changes nothing."""
    await say(context, "watch add tags=oil budget=5")

    await say(context, "watch edit budget=none digest=09:00")
    wrong = await say(context, "watch edit budget=7 digest=25:00")
    found = await kept(context)

    assert found == replace(
        subscription("discord:600", tags=frozenset({"oil"}), digest=time(9)),
        hours_set_at=NOW,
        workspace="discord:500",
        by_people=True,
        person="discord:901",
    )
    assert wrong.title.startswith("digest: “25:00” is not a time of day")


async def test_what_cannot_be_changed_is_said(context: Context) -> None:
    """Editing needs a subscription and an option; each answer says what to do."""
    nothing = await say(context, "watch edit budget=5")
    await say(context, "watch add")
    empty = await say(context, "watch edit")

    assert words(nothing).splitlines()[1:3] == [
        "This channel is told of nothing yet",
        "/watch add has it told of claims",
    ]
    assert words(empty).splitlines()[1].startswith("/watch edit needs at least one option")
    assert "mention_from" in words(empty)


@pytest.mark.parametrize("named", ["601", "<#601>", "discord:601", " <#601> "])
async def test_another_channel_of_the_server_can_be_named(context: Context, named: str) -> None:
    """A channel is named by mention, number or destination."""
    await say(context, f"watch add tags=oil channel={named}")

    assert (await kept(context, "discord:601") or subscription()).workspace == "discord:500"
    assert await kept(context) is None


@pytest.mark.parametrize("named", ["650", "699", "slack:C0OTHER", "console", "general", "discord:1; drop"])
@pytest.mark.parametrize("command", ["add", "edit budget=1", "pause", "resume", "remove sure=yes", "test"])
async def test_no_channel_of_another_server_can_be_named(context: Context, command: str, named: str) -> None:
    """What another server has reads as what nobody has, and stays as it is."""
    await say(context, "watch add digest=08:00", STRANGER)

    card = await say(context, f"watch {command} channel={named}")

    assert card.title == f"There is no channel “{named}” that the bot can see here"
    assert [each.destination for each in await context.store.subscriptions()] == ["discord:650"]
    assert (await kept(context, "discord:650") or subscription(digest=None)).paused is None


async def test_a_channel_where_the_bot_may_not_post_is_refused(context: Context) -> None:
    """The answer names what is missing and who can mend it; nothing is saved."""
    card = await say(context, "watch add channel=602")

    assert words(card).splitlines()[1:4] == [
        "The bot may not post in that channel",
        "It lacks: Send Messages, Embed Links",
        "Whoever manages the channel gives it that in its settings, under Permissions",
    ]
    assert await context.store.subscriptions() == []


async def test_another_servers_claims_and_tags_are_not_known(context: Context) -> None:
    """Neither by name nor as the nearest one does a server learn what another added."""
    card = await say(context, "watch add claims=theirs-k3f8 tags=secrets")

    assert card.title.startswith("claims: “theirs-k3f8” is not known here; write known names")
    assert "k3f9" not in words(card)
    assert "did you mean secret" not in words(card)
    assert (await say(context, "watch add claims=theirs-k3f9", STRANGER)).tone is Tone.ANSWER


@pytest.mark.parametrize("command", ["add", "edit budget=5", "pause", "resume", "remove", "remove sure=yes"])
async def test_who_may_not_change_things_changes_nothing(context: Context, command: str) -> None:
    """Readers are told what it takes, whatever the command."""
    await say(context, "watch add tags=oil")
    before = await kept(context)

    card = await say(context, f"watch {command}", READER)

    verb = command.partition(" ")[0]
    assert card.title == f"You may not use /watch {verb}: it is for those who may change what all see"
    assert words(card).splitlines()[2] == "It takes Manage Channels"
    assert await kept(context) == before


async def test_the_subscriptions_of_a_server_are_listed(context: Context) -> None:
    """Everybody there reads what each wants and why one is paused, and nothing of another server."""
    await say(context, "watch add tags=oil")
    await say(context, "watch add claims=containers-2023,oil-over-cap digest=08:00 days=mon,sun channel=601")
    await say(context, "watch pause channel=601")
    await say(context, "watch add claims=theirs-k3f9", STRANGER)

    card = await say(context, "watch list", READER)

    assert words(card).splitlines() == [
        "",
        "2 channels are told of claims",
        "discord:600: What is tagged oil.",
        "No digest.",
        "discord:601: Paused: Mina paused it on 2024-08-27",
        "containers-2023, oil-over-cap.",
        "Digest at 08:00 on Monday, Sunday (UTC).",
        "/watch edit changes what a channel wants",
    ]
    assert "Set up" not in buttons(card)
    assert "Set up" in buttons(await say(context, "watch list"))


async def test_a_long_list_is_turned_page_by_page(context: Context) -> None:
    """No subscription is left out, however many there are."""
    for number in range(10):
        await context.store.subscribe(subscription(f"discord:60{number}", workspace="discord:500"))

    first = await say(context, "watch list")
    second = shown(await use(context, buttons(first)["▶"].action))

    assert (first.page, second.page) == ((1, 2), (2, 2))
    assert "discord:607: Every claim." in words(first)
    assert "discord:609: Every claim." in words(second)


async def test_an_empty_list_says_how_to_begin(context: Context) -> None:
    """A server without subscriptions reads what to type."""
    assert words(await say(context, "watch list")).splitlines()[1:3] == [
        "No channel here is told of anything",
        "/watch add has a channel told of claims",
    ]


async def test_a_channel_is_paused_and_goes_on(context: Context) -> None:
    """A pause says who and when; what the channel wants stays as it was."""
    await say(context, "watch add tags=oil")
    before = await kept(context)

    paused = await say(context, "watch pause")
    assert (await kept(context) or subscription()).paused == "Mina paused it on 2024-08-27"
    assert "Paused: Mina paused it on 2024-08-27" in words(paused)

    resumed = await say(context, "watch resume")
    assert await kept(context) == before
    assert "Paused" not in words(resumed)
    assert [done for _, done, _ in await audited(context)] == ["watch resume", "watch pause", "watch add"]


async def test_a_channel_does_not_go_on_where_the_bot_may_not_post(context: Context) -> None:
    """Whoever resumes too early is told what is still missing."""
    await context.store.subscribe(subscription("discord:602", workspace="discord:500", paused="It lacks"))

    card = await say(context, "watch resume channel=602")

    assert card.title == "The bot may not post in that channel"
    assert (await kept(context, "discord:602") or subscription()).paused == "It lacks"


async def test_removing_asks_first(context: Context) -> None:
    """Nothing is removed before the button is pressed, also after a restart, and only that is noted."""
    await say(context, "watch add tags=oil")

    asked = await say(context, "watch remove")
    assert asked.title == "Tell this channel nothing any more?"
    assert await kept(context) is not None
    assert [command for _, command, _ in await audited(context)] == ["watch add"]

    done = shown(await use(context, buttons(asked)["Remove"].action))
    assert done.title == "Removed; this is what it was told of"
    assert await kept(context) is None
    assert (await audited(context))[0] == ("discord:901", "unwatch", "discord:600")
    again = shown(await use(context, buttons(asked)["Remove"].action))
    assert again.title == "This channel is told of nothing yet"


async def test_the_button_is_for_who_may_and_for_their_own_channels(context: Context) -> None:
    """Neither a reader nor somebody of another server removes what a manager asked about."""
    await say(context, "watch add")

    for asker in (READER, STRANGER):
        card = shown(await use(context, action("unwatch", "discord:600"), asker=asker))
        assert card.tone is Tone.TROUBLE
    assert await kept(context) is not None


async def test_removing_can_be_said_in_words(context: Context) -> None:
    """Where there are no buttons the answer names the words that do it."""
    await context.store.subscribe(subscription("console"))

    asked = await say(context, "watch remove", OPERATOR)
    assert buttons(asked) == {}
    assert "Without buttons: watch remove sure=yes channel=console" in words(asked)

    assert await context.store.audit(CONSOLE, 9) == []

    await say(context, "watch remove sure=yes channel=console", OPERATOR)
    assert await kept(context, "console") is None
    assert [each.action for each in await context.store.audit(CONSOLE, 9)] == ["watch remove"]


async def test_what_a_channel_wanted_that_is_gone_can_be_removed(context: Context) -> None:
    """A deleted channel, which the bot cannot see, is still listed and can be cleared away."""
    await context.store.subscribe(subscription("discord:699", workspace="discord:500"))

    await say(context, "watch remove sure=yes channel=discord:699")

    assert await context.store.subscriptions() == []


async def test_the_console_sees_and_changes_all(context: Context) -> None:
    """Whoever runs the bot names any channel, and it stays its server's."""
    await say(context, "watch add tags=oil")

    await say(context, "watch edit budget=3 channel=discord:600", OPERATOR)
    await say(context, "watch add claims=theirs-k3f9 channel=discord:650", OPERATOR)
    listed = words(await say(context, "watch list", OPERATOR))

    assert (await kept(context) or subscription()).budget == 3
    assert [each.workspace for each in await context.store.subscriptions()] == ["discord:500", "discord:550"]
    assert "discord:600: " in listed
    assert "discord:650: theirs-k3f9." in listed


async def test_another_part_of_the_settings_speaks_no_longer_for_it(context: Context) -> None:
    """What people changed in chat outlives the next start with the settings of before."""
    settings = [subscription("discord:600")]
    await context.store.sync_subscriptions(settings)
    await context.store.place(["discord:600"], "discord:500")

    await say(context, "watch edit tags=oil")
    await context.store.sync_subscriptions(settings)

    assert (await kept(context) or subscription()).tags == {"oil"}


def test_the_button_fits_where_platforms_keep_it() -> None:
    """The longest destination there is fits into what a button can hold."""
    assert len(action("unwatch", f"discord:{2**64}")) <= ACTION


async def test_suggestions_are_those_of_the_server(context: Context) -> None:
    """While somebody types, the last name of a list is completed from what their server sees."""
    at_desk = desk(context)

    async def offered(param: str, typed: str) -> list[str]:
        return [each.value for each in await at_desk.suggest("watch add", param, typed, MINA)]

    assert await offered("claims", "") == ["containers-2023", "oil-over-cap"]
    assert await offered("claims", "containers-2023, oil") == ["containers-2023,oil-over-cap"]
    assert await offered("claims", "cap oil") == ["oil-over-cap"]
    assert await offered("tags", "s") == ["shipments"]
    assert await offered("sources", "her") == ["Sample Herald"]
    assert await offered("languages", "engl") == ["en"]
    assert await offered("stance", "dis") == ["disputes"]
    assert await offered("days", "week") == ["weekdays", "weekends"]
    assert await offered("timezone", "seo") == ["Asia/Seoul"]
    assert await offered("timezone", "asia/seo") == ["Asia/Seoul"]
    assert len(await offered("timezone", "")) == 25
