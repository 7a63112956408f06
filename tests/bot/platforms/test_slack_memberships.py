"""Of which channels somebody may know, by what the Web API on loopback says, and what they are shown then."""

import pytest

from bot.commands.desk import Desk
from bot.commands.model import Context
from bot.commands.table import COMMANDS
from bot.parts import matcher_of, who
from bot.platforms.slack_askers import Askers
from bot.platforms.slack_web import SlackWeb
from claims.sqlite import SQLiteStore
from tests.support.build import NOW, claim, subscription
from tests.support.scout import SampleScout
from tests.support.slack_places import ADMIN, BOT, EDITOR, MAKER, READER, TEAM, Channel, Kind
from tests.support.slack_platform import running, slack_platform
from tests.support.slack_server import Fault, SlackServer
from tests.support.slack_shown import words

ALERTS, DESK, OTHER, OURS = "slack:C0ALERTS", "slack:C0DESK", "slack:C0FAR", f"slack:{READER}"
"""A public channel, a private one of MAKER, EDITOR and ADMIN, a public one with nobody, direct messages."""
ASKED = "users.conversations"


@pytest.fixture(autouse=True)
async def kept(slack: SlackServer, books: SQLiteStore) -> None:
    """Have them told of something, the private one of a claim that nobody else follows."""
    slack.channels["C0FAR"] = Channel("C0FAR", "far", members={BOT})
    await books.sync_claims([claim("quiet-claim", statement="Nothing")])
    for each in (ALERTS, OTHER, OURS):
        await books.subscribe(subscription(each, workspace=f"slack:{TEAM}", by_people=True))
    await books.subscribe(subscription(DESK, "quiet-claim", workspace=f"slack:{TEAM}", by_people=True))


def askers_of(slack: SlackServer, books: SQLiteStore) -> Askers:
    """Return askers of an app that is installed in the workspace, and remembers nothing yet."""
    askers = Askers(SlackWeb(slack.api_base, slack.bot_token, 5), books, lambda: NOW)
    askers.belong(TEAM)
    return askers


@pytest.mark.parametrize(
    ("person", "channel", "unseen"),
    [
        (READER, "", {DESK}),
        (READER, "C0DESK", set()),
        (EDITOR, "C0ALERTS", {OURS}),
        (MAKER, "", {OURS}),
        (ADMIN, "", set()),
    ],
)
async def test_private_channels_are_for_those_in_them_and_those_who_change_them(
    slack: SlackServer, books: SQLiteStore, person: str, channel: str, unseen: set[str]
) -> None:
    """Public ones are open to all; whoever asks in one is in it, and direct messages are their person's."""
    asker = await askers_of(slack, books).asker(person=person, channel=channel)

    assert (set(asker.unseen), set(asker.private)) == (unseen, {DESK, OURS})
    assert asker.for_all().unseen == {DESK, OURS} - {f"slack:{channel}"}


@pytest.mark.parametrize(
    ("person", "channel", "unseen"),
    [(MAKER, "C0ALERTS", {DESK, OTHER, OURS}), (MAKER, "C0DESK", {ALERTS, OTHER, OURS}), (ADMIN, "", set())],
)
async def test_what_slack_does_not_tell_is_not_shown(
    slack: SlackServer, books: SQLiteStore, person: str, channel: str, unseen: set[str]
) -> None:
    """But where they ask, and to those who change things in all channels; it is asked again the next time."""
    askers = askers_of(slack, books)
    slack.fail(ASKED, Fault(status=503))

    assert set((await askers.asker(person=person, channel=channel)).unseen) == unseen
    assert DESK not in (await askers.asker(person=person, channel=channel)).unseen


async def test_a_channel_that_the_bot_joins_is_known_of_at_once(
    slack: SlackServer, books: SQLiteStore
) -> None:
    """What is remembered of where people are is asked anew then."""
    askers = askers_of(slack, books)
    slack.channels["C0NEW"] = Channel("C0NEW", "new", Kind.PRIVATE, members={READER})
    await books.subscribe(subscription("slack:C0NEW", workspace=f"slack:{TEAM}", by_people=True))
    assert "slack:C0NEW" in (await askers.asker(person=READER)).unseen
    slack.channels["C0NEW"].members.add(BOT)
    assert "slack:C0NEW" in (await askers.asker(person=READER)).unseen

    askers.memberships.forget()

    assert "slack:C0NEW" not in (await askers.asker(person=READER)).unseen


async def test_whoever_is_not_in_a_private_channel_reads_nothing_of_it(
    slack: SlackServer, books: SQLiteStore
) -> None:
    """Neither in an answer nor in App Home, where whoever is in it does; nor while Slack does not tell."""
    desk = Desk(COMMANDS, Context(books, lambda: NOW, matcher_of, SampleScout(), who=who))
    found = {}
    async with running(slack_platform(slack, books, commands=COMMANDS), desk):
        for person in (READER, MAKER):
            listed = words(await slack.slash("watch list", by=person))
            home = words(await slack.open_home(by=person))
            found[person] = ("quiet-claim" in listed, "C0DESK" in home)
        slack.fail(ASKED, Fault(status=503, times=9))
        untold = words(await slack.open_home(by=EDITOR))

    assert found == {READER: (False, False), MAKER: (True, True)}
    assert "C0DESK" not in untold
