"""Who asks on Slack: answered by what the Web API on loopback says of people, groups and channels."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.card import Card
from bot.commands.model import Asker, Context, Needs
from bot.commands.rights import may, refuse, refuse_in
from bot.commands.table import COMMANDS
from bot.platforms import PlatformDown, SendError
from bot.platforms.slack import SlackPlatform, SlackPolicy
from bot.platforms.slack_askers import LASTING, Askers, channels_in
from bot.platforms.slack_remembering import Remembered
from bot.platforms.slack_web import SlackWeb
from claims.errors import UsageError
from claims.sqlite import SQLiteStore
from claims.workspaces import Workspace
from tests.support.build import NOW
from tests.support.slack_places import (
    ADMIN,
    EDITOR,
    EDITORS,
    GUEST,
    LONE_GUEST,
    MAKER,
    OTHER_BOT,
    OTHER_TEAM,
    OWNER,
    READER,
    STRANGER,
    TEAM,
    Channel,
    Member,
)
from tests.support.slack_server import Fault, SlackServer

ALERTS = "C0ALERTS"
"""A channel that MAKER created."""
DOWN = Fault(status=503, times=99)


class Hands:
    """A clock whose hands a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    """Run a workspace with somebody of each sort."""
    async with SlackServer() as running:
        yield running


@pytest.fixture
def clock() -> Hands:
    """Give a clock that stands."""
    return Hands()


@pytest.fixture
def askers(slack: SlackServer, books: SQLiteStore, clock: Hands) -> Askers:
    """Know whoever asks in that workspace, as an app that is installed there."""
    return made(slack, books, clock)


def made(slack: SlackServer, books: SQLiteStore, clock: Hands, **named: tuple[str, ...]) -> Askers:
    """Make askers of an app that is installed in the workspace."""
    askers = Askers(SlackWeb(slack.api_base, slack.bot_token, 5), books, clock, **named)
    askers.belong(TEAM)
    return askers


def powers(asker: Asker) -> str:
    """Return what somebody may do, in letters: look up, say what a channel is told, change, appoint."""
    needs = (Needs.NOTHING, Needs.CHANNEL, Needs.CHANGE, Needs.SHARED, Needs.APPOINT)
    return "".join(letter for letter, need in zip("-cesa", needs, strict=True) if may(asker, need))


def asked(slack: SlackServer, method: str) -> int:
    """Return how often the bot asked something."""
    return sum(called == method for called, _given in slack.calls)


async def test_members_look_up_and_those_who_are_named_change_things(
    slack: SlackServer, books: SQLiteStore, clock: Hands
) -> None:
    """Admins, owners and those of the settings appoint too, editors change, and a channel has its maker."""
    askers = made(slack, books, clock, managers=("U0LEAD", "S0LEADS"))
    slack.members |= {ident: Member(ident, ident.lower()) for ident in ("U0LEAD", "U0CHIEF")}
    slack.groups["S0LEADS"] = replace(slack.groups[EDITORS], ident="S0LEADS", users={"U0CHIEF"})
    await books.keep_workspace(Workspace(f"slack:{TEAM}", editors=(EDITORS, "U0WRITER", "S0GONE")))
    slack.members["U0WRITER"] = Member("U0WRITER", "writer")
    expected = {
        READER: "-",
        MAKER: "-c",
        EDITOR: "-ces",
        "U0WRITER": "-ces",
        ADMIN: "-cesa",
        OWNER: "-cesa",
        "U0LEAD": "-cesa",
        "U0CHIEF": "-cesa",
    }

    found = {each: await askers.asker(person=each, team=TEAM, channel=ALERTS) for each in expected}

    assert {each: powers(asker) for each, asker in found.items()} == expected
    reader = found[READER]
    assert (reader.reference, reader.workspace, reader.destination, reader.name, reader.language) == (
        f"slack:{READER}",
        f"slack:{TEAM}",
        f"slack:{ALERTS}",
        "reader",
        "en-US",
    )
    assert slack.violations == []


async def test_whoever_made_a_channel_may_in_that_one_alone(
    slack: SlackServer, askers: Askers, context: Context
) -> None:
    """Named in what they ask, it counts wherever they ask; another's does not, nor one that nobody shows."""
    slack.channels["C0MINE"] = Channel("C0MINE", "mine", creator=READER)

    async def changes(channel: str, *said: str) -> str:
        asker = await askers.asker(person=READER, channel=channel, said=said)
        try:
            refuse_in(replace(context, asker=asker), f"slack:{channels_in([*said, channel])[0]}")
        except UsageError as error:
            return str(error).splitlines()[-1][:26]
        return "yes"

    assert await changes("C0MINE") == "yes"
    assert await changes(ALERTS, "major", "<#C0MINE|mine>") == "yes"
    assert await changes("C0MINE", "slack:C0ALERTS") == "It takes whoever created t"
    assert await changes("C0SECRET") == "The bot is not in the chan"
    assert await changes(ALERTS, "C0SECRET") == "It takes whoever created t"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("C0123ABCD", ["C0123ABCD"]),
        ("watch add channel=<#C0123ABCD|alerts> claims=all", ["C0123ABCD"]),
        ("watch remove channel=slack:G0123ABCD sure=yes", ["G0123ABCD"]),
        ("unwatch:slack:C0123ABCD", ["C0123ABCD"]),
        ("watch add channel: C0123ABCD, channel=C0ALERTS", ["C0123ABCD", "C0ALERTS"]),
        ("watch add words=CONTAINERS AND G20 OR <@U0123ABCD> COVID-19 channel=#alerts", []),
    ],
)
def test_channels_are_found_in_what_is_asked(said: str, found: list[str]) -> None:
    """However they are named; words in capitals are none."""
    assert channels_in([said]) == found


@pytest.mark.parametrize("person", [GUEST, LONE_GUEST, STRANGER, OTHER_BOT, "U0NOBODY", "U0LEFT", "U0THERE"])
async def test_strangers_are_answered_nothing(person: str, slack: SlackServer, askers: Askers) -> None:
    """Guests, people of other workspaces, machines, and those who left: kindly refused, whatever they ask."""
    slack.members["U0LEFT"] = Member("U0LEFT", "left", admin=True, deleted=True)
    slack.members["U0THERE"] = Member("U0THERE", "there", "T0THERE", admin=True)
    with pytest.raises(UsageError) as refused:
        await askers.asker(person=person, channel=ALERTS)

    assert "you can read" in str(refused.value)


async def test_whoever_asks_from_another_workspace_is_not_looked_at(
    slack: SlackServer, askers: Askers
) -> None:
    """What Slack sent says that they are of another: nobody needs to ask."""
    with pytest.raises(UsageError, match="members of its own workspace"):
        await askers.asker(person=STRANGER, team=OTHER_TEAM, channel=ALERTS)

    assert slack.calls == []


async def test_what_is_known_is_not_asked_again(slack: SlackServer, askers: Askers, clock: Hands) -> None:
    """For some minutes, and not at all by those who want it at the same time; a change counts at once."""
    await asyncio.gather(*(askers.asker(person=READER, channel=ALERTS) for _ in range(5)))
    assert await askers.language(READER) == "en-US"
    assert (asked(slack, "users.info"), asked(slack, "conversations.info")) == (1, 1)

    slack.members[READER].admin = True
    assert not (await askers.asker(person=READER)).may_change
    askers.forget(READER)
    assert (await askers.asker(person=READER)).may_change
    slack.members[READER].admin = False
    clock.now += LASTING
    assert not (await askers.asker(person=READER)).may_change
    assert asked(slack, "users.info") == 3


async def test_where_slack_cannot_be_asked_nothing_is_allowed(
    slack: SlackServer, askers: Askers, clock: Hands, context: Context
) -> None:
    """Look-ups go on for people who were known as members; what they might change is refused with why."""
    before = await askers.asker(person=ADMIN, channel=ALERTS)
    clock.now += LASTING
    slack.fail("users.info", DOWN)
    now = await askers.asker(person=ADMIN, channel=ALERTS)

    assert (powers(before), powers(now)) == ("-cesa", "-")
    row = next(each for each in COMMANDS if each.name == "watch add")
    with pytest.raises(UsageError, match="cannot say right now what you may do"):
        refuse(replace(context, asker=now), row, "/claimwatch watch add")
    with pytest.raises(UsageError, match="Slack cannot say right now who you are"):
        await askers.asker(person=READER, channel=ALERTS)
    assert await askers.language(ADMIN) == "en-US"
    assert await askers.language(READER) is None


@pytest.mark.parametrize("method", ["usergroups.users.list", "conversations.info"])
async def test_what_slack_does_not_tell_of_is_not_allowed(
    method: str, slack: SlackServer, askers: Askers, books: SQLiteStore
) -> None:
    """An editor by a group and the maker of a channel are told that it cannot be asked; admins go on."""
    await books.keep_workspace(Workspace(f"slack:{TEAM}", editors=(EDITORS,)))
    slack.fail(method, DOWN)
    people = (EDITOR if "users" in method else MAKER, ADMIN)
    lost, admin = [await askers.asker(person=each, channel=ALERTS) for each in people]

    assert (powers(lost), powers(admin)) == ("-", "-cesa")
    assert "cannot say right now" in lost.needs[Needs.CHANNEL]


async def test_only_named_workspaces_are_served(slack: SlackServer, books: SQLiteStore, clock: Hands) -> None:
    """`slack.teams` may name the app's own or its organisation, whose people are members then."""
    elsewhere = made(slack, books, clock, teams=("T0THERE",))
    with pytest.raises(UsageError, match=r"slack\.teams"):
        await elsewhere.asker(person=ADMIN)
    assert not elsewhere.served
    assert made(slack, books, clock, teams=(TEAM, "T0THERE")).served

    across = made(slack, books, clock, teams=("E0",))
    across.belong(TEAM, "E0")
    user = {"id": "W0", "team_id": "T0SISTER", "enterprise_user": {"enterprise_id": "E0", "teams": []}}
    slack.fail("users.info", Fault(answer={"user": user}, times=2))
    assert powers(await across.asker(person="W0", team="T0SISTER")) == "-"
    sister = made(slack, books, clock)
    sister.belong(TEAM, "E0")
    with pytest.raises(UsageError, match="members of its own workspace"):
        await sister.asker(person="W0", team="T0SISTER")


async def test_only_named_workspaces_are_posted_to(slack: SlackServer) -> None:
    """Tokens of another workspace are told of, and nothing goes there; else posts wait until it is known."""
    policy = SlackPolicy(slack.bot_token, slack.app_token, slack.api_base, teams=frozenset({"T0THERE"}))
    elsewhere, here = SlackPlatform(policy, ()), SlackPlatform(replace(policy, teams=frozenset({TEAM})), ())
    with pytest.raises(PlatformDown, match=r"slack\.bot_token is of the workspace T0"):
        await elsewhere.check()
    for platform in (elsewhere, here):
        with pytest.raises(SendError) as refused:
            await platform.send(ALERTS, Card("Told"), "key", again=False)
        assert not refused.value.permanent

    assert slack.messages == []
    await here.check()
    assert await here.send(ALERTS, Card("Told"), "key", again=False)


async def test_answers_are_forgotten_oldest_first() -> None:
    """No crowd fills the memory; what was forgotten while it was on its way is not kept."""
    count, begun, gate = 0, asyncio.Event(), asyncio.Event()

    async def ask(ident: str) -> str:
        nonlocal count
        count += 1
        if ident == "slow":
            begun.set()
            await gate.wait()
        return ident.upper()

    book = Remembered(ask, lambda: NOW, lasting=timedelta(minutes=5), most=2)
    for ident in ("a", "b", "c", "c"):
        await book.of(ident)
    assert (book.last("a"), book.last("b"), book.last("c"), count) == (None, "B", "C", 3)

    asking = asyncio.create_task(book.of("slow"))
    await begun.wait()
    book.forget("slow")
    gate.set()
    assert (await asking, book.last("slow")) == ("SLOW", None)
