"""Channels of Slack over the wire: those that are shut pause, who can mend that is told, and they go on."""

from dataclasses import replace
from functools import partial

import pytest

from bot.card import Card
from bot.commands.model import Asker
from bot.places import Place
from bot.platforms.slack_channels import EVENTS
from bot.platforms.slack_places import shut
from bot.platforms.slack_refusals import ABSENT, ARCHIVED, DELETED, RESTRICTED, UNINSTALLED
from bot.welcome import welcome
from claims.sqlite import SQLiteStore
from claims.workspaces import CONSOLE, OURSELVES, Workspace
from tests.support.build import subscription
from tests.support.slack_blocks import seen
from tests.support.slack_places import ADMIN, EDITORS, MAKER, READER, UserGroup
from tests.support.slack_platform import running, slack_platform
from tests.support.slack_server import Fault, SlackServer

DESK, ALERTS, DIGEST = "slack:T0", "slack:C0ALERTS", "slack:C0DIGEST"


class Team:
    """A workspace whose channel was set up by a reader, and what the bot makes of it."""

    def __init__(self, slack: SlackServer, books: SQLiteStore) -> None:
        self.slack, self.books = slack, books
        self.platform = slack_platform(slack, books, on_joined=partial(welcome, books))

    async def becomes(self, why: str | None, destination: str = ALERTS) -> None:
        """Wait until a channel is paused for a reason, or for none."""

        async def now() -> str | None:
            kept = await self.books.subscriptions()
            return next(each.paused for each in kept if each.destination == destination)

        while await now() != why:
            await self.slack.slash("help", channel="C0DIGEST")

    async def looked(self) -> None:
        """Wait until the bot has looked at its channels."""
        await self.slack.until(lambda: sum(name == "conversations.info" for name, _ in self.slack.calls) > 1)

    async def hears(self, event: dict[str, object]) -> None:
        """Tell the bot of something."""
        payload = {"type": "event_callback", "team_id": "T0", "event_id": "Ev0", "event": event}
        await self.slack.deliver("events_api", payload)

    def told(self, channel: str) -> list[str]:
        """Return what was posted in a channel about one that is broken."""
        here = [seen(each) for each in self.slack.messages if each["channel"] == channel]
        return [each for each in here if each.startswith("Claimwatch cannot post")]


@pytest.fixture
async def team(slack: SlackServer, books: SQLiteStore) -> Team:
    """Return a team with two subscribed channels."""
    for destination in (ALERTS, DIGEST):
        await books.subscribe(subscription(destination, workspace=DESK, person=f"slack:{READER}"))
    return Team(slack, books)


def test_every_event_that_the_app_is_told_of_is_handled(books: SQLiteStore) -> None:
    """And no other, so that the manifest asks for what is used."""
    team = Team(SlackServer(), books)
    assert team.platform._channels is not None
    assert set(team.platform._channels.handlers) == set(EVENTS)


@pytest.mark.parametrize(
    ("happens", "why"), [("remove_bot", ABSENT), ("archive_channel", ARCHIVED), ("delete_channel", DELETED)]
)
async def test_a_channel_that_is_shut_pauses_and_goes_on_by_itself(
    team: Team, happens: str, why: str
) -> None:
    """Who set it up is told directly, once; the other channel is left alone."""
    alerts = team.slack.channels["C0ALERTS"]
    direct = f"D{READER[1:]}"
    async with running(team.platform):
        await team.looked()
        await getattr(team.slack, happens)("C0ALERTS")
        await team.slack.until(lambda: team.told(direct))
        await team.becomes(why)
        alerts.archived, team.slack.channels["C0ALERTS"] = False, alerts
        await team.slack.invite_bot("C0ALERTS")
        await team.becomes(None)
    (told,) = team.told(direct)
    assert why in told
    assert team.told("C0DIGEST") == []
    actions = [each.action for each in await team.books.audit(DESK, 9)]
    assert actions == ["watch resume", "watch pause"]


async def test_what_happened_while_nobody_listened_is_found_at_the_start(team: Team) -> None:
    """A channel that was archived meanwhile pauses; one that is open again goes on, as direct messages do."""
    direct = f"slack:{READER}"
    await team.books.subscribe(subscription(direct, workspace=DESK))
    await team.books.pause(direct, UNINSTALLED)
    team.slack.channels["C0ALERTS"].archived = True
    await team.books.pause(DIGEST, ABSENT)
    async with running(team.platform):
        await team.becomes(ARCHIVED)
        await team.becomes(None, DIGEST)
        await team.becomes(None, direct)
    known = await team.books.workspace(DESK)
    assert known.name == "Loopback"


async def test_what_is_told_while_slack_wants_a_pause_counts_at_once(team: Team) -> None:
    """Else whoever lost a right would keep it, while the channels are looked at one after the other."""
    asked: list[bool] = []

    async def note(name: str, values: dict[str, str], asker: Asker) -> Card:
        asked.append(asker.may_change)
        return Card("noted")

    pause = Fault(status=429, headers={"Retry-After": "60"}, channel="C0ALERTS")
    team.slack.fail("conversations.info", pause)
    async with running(team.platform, note):
        while pause.times:
            await team.slack.slash("help", by=ADMIN, channel="C0DIGEST")
        await team.slack.change_member(ADMIN, admin=False)
        await team.slack.delete_channel("C0ALERTS")
        await team.becomes(DELETED)
        await team.slack.slash("help", by=ADMIN, channel="C0DIGEST")
    assert (asked[0], asked[-1]) == (True, False)


async def test_channels_that_the_settings_subscribe_are_the_team_s(
    slack: SlackServer, books: SQLiteStore
) -> None:
    """Once connected it is known whose its channels are, and those of others are left alone."""
    await books.sync_subscriptions([subscription(ALERTS), subscription("discord:600")])
    async with running(slack_platform(slack, books)):
        await slack.until(lambda: any(method == "conversations.info" for method, _ in slack.calls))
    found = {each.destination: each.workspace for each in await books.subscriptions()}
    assert found == {ALERTS: DESK, "discord:600": CONSOLE}


async def test_a_workspace_is_greeted_once_where_the_bot_was_invited_first(
    slack: SlackServer, books: SQLiteStore
) -> None:
    """By a message with Set up; whoever is back after a restart is not greeted again."""
    greeted = partial(welcome, books)
    slack.members[MAKER].locale = "uk-UA"
    for channel in ("C0OTHER", "C0ALERTS"):
        async with running(slack_platform(slack, books, on_joined=greeted)):
            await slack.connected(2)
            await slack.invite_bot(channel)
            await slack.slash("help")
            await slack.until(lambda: slack.messages)
    (message,) = slack.messages
    assert message["channel"] == "C0OTHER"
    assert seen(message).startswith("Claimwatch тепер")
    known = await books.workspace(DESK)
    assert known.greeting == f"slack:C0OTHER/{message['ts']}"


async def test_trouble_of_slack_is_waited_out_where_nobody_tells_again(team: Team) -> None:
    """A channel goes on, and a workspace is greeted, though the first tries fail."""
    await team.books.unsubscribe(DIGEST)
    await team.books.unsubscribe(ALERTS)
    async with running(team.platform):
        await team.slack.connected(2)
        team.slack.fail("chat.postMessage", Fault(status=503))
        await team.slack.invite_bot("C0OTHER")
        await team.slack.until(lambda: team.slack.messages)
        await team.books.subscribe(subscription(ALERTS, workspace=DESK))
        await team.books.pause(ALERTS, ARCHIVED)
        team.slack.fail("conversations.info", Fault(status=503), Fault(status=503))
        await team.hears({"type": "channel_unarchive", "channel": "C0ALERTS", "user": MAKER})
        await team.becomes(None)


async def test_what_people_change_while_a_greeting_is_posted_stays(
    slack: SlackServer, books: SQLiteStore
) -> None:
    """Only that it was greeted, and where, is added to what they chose."""
    chosen = Workspace(DESK, "Loopback", language="ko", editors=("U0EDITOR",))

    async def joined(*about: object) -> Card:
        await books.keep_workspace(chosen)
        return Card("Hello")

    async with running(slack_platform(slack, books, on_joined=joined)):
        await slack.connected(2)
        await slack.invite_bot("C0ALERTS")
        while (known := await books.workspace(DESK)).greeting is None:
            await slack.slash("help")
    assert replace(known, welcomed_at=None, greeting=None) == chosen


async def test_an_app_that_is_removed_pauses_all_and_ends_the_run(team: Team) -> None:
    """Nothing is lost: once it is installed again, the channels go on."""
    before = team.slack.bot_token
    async with running(team.platform):
        await team.looked()
        team.slack.bot_token = "xoxb-2-new"
        await team.hears({"type": "app_uninstalled"})
        await team.slack.connected(0)
    kept = await team.books.subscriptions()
    assert {each.paused for each in kept} == {UNINSTALLED}
    assert {each.paused_by for each in kept} == {OURSELVES}
    team.slack.bot_token = before
    async with running(slack_platform(team.slack, team.books)):
        await team.becomes(None)
        await team.becomes(None, DIGEST)


async def test_a_user_group_that_is_gone_is_mentioned_no_more(team: Team) -> None:
    """What people chose is forgotten with it, and the log says why."""
    await team.books.subscribe(subscription(ALERTS, workspace=DESK, mention=EDITORS, by_people=True))
    group = {"id": EDITORS, "handle": "editors", "date_delete": 1_700_000_000}
    async with running(team.platform):
        await team.slack.deliver(
            "events_api",
            {
                "type": "event_callback",
                "event_id": "Ev9",
                "event": {"type": "subteam_updated", "subteam": group},
            },
        )
        while (await team.books.subscriptions())[0].mention:
            await team.slack.slash("help")


async def test_a_place_says_whose_it_is_and_what_is_in_the_way(
    slack: SlackServer, books: SQLiteStore
) -> None:
    """With the user groups that can be called; of what the bot cannot see there is none."""
    slack.groups["S0DESK"] = UserGroup("S0DESK", "desk")
    groups = {EDITORS: True, "S0DESK": True}
    platform = slack_platform(slack, books)
    async with running(platform):
        await slack.connected(2)
        found = [
            await platform.place(each) for each in ("C0ALERTS", "C0OTHER", "C0OLD", "C0SECRET", "C0NONE")
        ]
        asked = len(slack.calls)
        assert await platform.place("C0ALERTS") == found[0]
        assert len(slack.calls) == asked
    assert found == [
        Place(ALERTS, DESK, roles=groups, calls=True),
        Place("slack:C0OTHER", DESK, shut=ABSENT, roles=groups, calls=True),
        Place("slack:C0OLD", DESK, shut=ARCHIVED, roles=groups, calls=True),
        None,
        None,
    ]


def test_a_channel_for_a_few_says_so() -> None:
    """As the conversation tells that only some may post."""
    assert shut({"is_member": True, "is_read_only": True}) == RESTRICTED
    assert shut({"is_member": True}) == ""


async def test_who_can_mend_a_channel_is_told_first_directly(slack: SlackServer) -> None:
    """Then in the other channels; in the broken one nobody is."""
    elsewhere = await slack_platform(slack).elsewhere(DESK, "C0ALERTS", f"slack:{READER}", [ALERTS, DIGEST])
    assert elsewhere == [READER, "C0DIGEST"]
    assert await slack_platform(slack).elsewhere(DESK, "C0ALERTS", None, ()) == []
