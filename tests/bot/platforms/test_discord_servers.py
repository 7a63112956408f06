"""Servers that come and go, who may change things there, and where commands are registered, over the wire."""

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import discord
import pytest
from discord.gateway import DiscordWebSocket, KeepAliveHandler

from bot.card import Card
from bot.commands.model import Asker, Needs
from bot.platforms.discord import let_go
from claims.sqlite import SQLiteStore
from claims.subscriptions import Subscription
from claims.workspaces import Workspace
from tests.support.build import NOW
from tests.support.discord_places import May
from tests.support.discord_platform import CARD, COMMANDS, echo, platform_for, running
from tests.support.discord_server import ASKER, DiscordServer, Fault


class Asking:
    """Notes who asks."""

    def __init__(self) -> None:
        self.askers: list[Asker] = []

    async def note(self, name: str, values: dict[str, str], asker: Asker) -> Card:
        """Note an asker."""
        self.askers.append(asker)
        return CARD


class Greeting:
    """Greets servers, and notes which."""

    def __init__(self) -> None:
        self.joined: list[tuple[str, str, str | None, str]] = []

    async def __call__(self, workspace: str, name: str, language: str | None, channel: str) -> Card:
        """Note a server."""
        self.joined.append((workspace, name, language, channel))
        return Card("Claimwatch is here")


@pytest.fixture(autouse=True)
async def _nothing_violated(server: DiscordServer) -> Any:
    """Whatever a test does, no limit, deadline or habit of Discord's is broken."""
    yield
    assert server.violations == []


# ---- who asks, and may ---------------------------------------------------------------------------


async def test_who_asks_is_known_with_their_place(server: DiscordServer, books: SQLiteStore) -> None:
    """Person, server, channel, name and language are Discord's; the server's language stands in."""
    asking = Asking()
    korean = server.add_guild(510, (610,), "ko")
    korean.reader.locale = "de"
    async with running(server, asking.note, books=books):
        await server.slash("claim list", channel=601)
        await server.slash("claim list", by=korean.reader)

    first, second = asking.askers
    assert (first.reference, first.workspace, first.destination) == (
        f"discord:{ASKER['id']}",
        "discord:500",
        "discord:601",
    )
    assert (first.name, first.language) == ("analyst", "en-US")
    assert (second.workspace, second.language) == ("discord:510", "ko")


@pytest.mark.parametrize(
    ("permissions", "may"),
    [
        (May(0), False),
        (May.SEND_MESSAGES, False),
        (May.MANAGE_CHANNELS, True),
        (May.MANAGE_GUILD, True),
        (May.ADMINISTRATOR, True),
    ],
)
async def test_who_may_manage_channels_or_the_server_may_change_things(
    server: DiscordServer, books: SQLiteStore, permissions: May, may: bool
) -> None:
    """Discord vouches for what a member's roles allow; who may post alone may not change things."""
    server.guilds[500].roles[500].may |= permissions
    asking = Asking()
    async with running(server, asking.note, books=books):
        await server.slash("watch add")

    assert [asker.may_change for asker in asking.askers] == [may]
    assert "Manage Channels" in asking.askers[0].needs[Needs.CHANGE]


async def test_rights_in_one_channel_are_none_on_the_server(
    server: DiscordServer, books: SQLiteStore
) -> None:
    """Whoever was given a channel of their own to manage may not change what the whole server sees."""
    own = May.VIEW_CHANNEL | May.SEND_MESSAGES | May.MANAGE_CHANNELS
    asking = Asking()
    async with running(server, asking.note, books=books):
        await server.slash("watch add", channel=601, permissions=int(own))

    assert [asker.may_change for asker in asking.askers] == [False]


async def test_a_workspace_names_roles_and_members_that_may_change_things(
    server: DiscordServer, books: SQLiteStore
) -> None:
    """A role of the workspace's editors is enough, and on that server alone."""
    guild, other = server.guilds[500], server.add_guild(510, (610,))
    await books.keep_workspace(Workspace("discord:500", editors=(str(guild.editors.ident), "913")))
    asking = Asking()
    async with running(server, asking.note, books=books):
        for member in (guild.reader, guild.editor, other.editor):
            await server.slash("watch add", by=member)

    assert [asker.may_change for asker in asking.askers] == [False, True, False]


async def test_channels_that_somebody_may_not_view_are_unseen(
    server: DiscordServer, books: SQLiteStore
) -> None:
    """But where they ask, or change what it is told; what the server does not tell of is private."""
    guild = server.guilds[500]
    guild.channels[601].denied = {guild.ident: May.VIEW_CHANNEL}
    for person in (guild.bot, guild.editor):
        guild.channels[601].allowed[person.ident] = May.VIEW_CHANNEL
    for each in ("600", "601", "699"):
        await books.subscribe(Subscription(f"discord:{each}", workspace="discord:500"))
    asking = Asking()
    async with running(server, asking.note, books=books):
        for member in (guild.reader, guild.editor, guild.manager):
            await server.slash("watch list", by=member, channel=600)

    gone, private = "discord:699", "discord:601"
    assert [set(each.private) for each in asking.askers] == [{gone, private}] * 3
    assert [set(each.unseen) for each in asking.askers] == [{gone, private}, {gone}, set()]


async def test_a_servers_own_command_permissions_count(server: DiscordServer, books: SQLiteStore) -> None:
    """Who was allowed a command that only changes things may do so until that is taken back."""
    guild = server.guilds[500]
    asking = Asking()
    async with running(server, asking.note, books=books):
        await server.until(lambda: server.commands.get(None))
        await server.allow("feed", guild.editors)
        await server.slash("feed pause", {"feed": "asia"}, by=guild.editor)
        await server.allow("feed", guild.editors, permission=False)
        await server.slash("watch add", by=guild.editor)
        await server.allow("feed", guild.editor)
        await server.slash("feed pause", {"feed": "asia"}, by=guild.editor)

    assert [asker.may_change for asker in asking.askers] == [True, False, True]


async def test_a_role_that_may_change_things_is_chosen_on_the_server(
    server: DiscordServer, books: SQLiteStore
) -> None:
    """Allowing somebody what all may look up says that they may change it, by that group and no other."""
    guild = server.guilds[500]
    asking = Asking()
    async with running(server, asking.note, books=books):
        await server.until(lambda: server.commands.get(None))
        await server.allow("watch", guild.editors)
        await server.slash("watch add", by=guild.editor)
        await server.slash("claim list", by=guild.editor)
        await server.slash("watch add", by=guild.reader)

    assert [asker.may_change for asker in asking.askers] == [True, False, False]
    assert asking.askers[0].channels["discord:601"].manages


@pytest.mark.parametrize("everybody", [True, False], ids=["named too", "kept out"])
async def test_letting_a_role_look_up_lets_it_change_nothing(
    server: DiscordServer, books: SQLiteStore, everybody: bool
) -> None:
    """Discord allows a whole group at once: who is let in again, or is everybody, may look up alone."""
    guild = server.guilds[500]
    asking = Asking()
    async with running(server, asking.note, books=books):
        await server.until(lambda: server.commands.get(None))
        await server.allow("watch", guild.roles[500], permission=everybody)
        if not everybody:
            await server.allow("watch", guild.editors)
        await server.slash("watch add", by=guild.editor)
        await server.slash("watch list", by=guild.editor)

    assert [asker.may_change for asker in asking.askers] == [False, False]


async def test_what_is_offered_to_managers_alone_can_be_opened_to_all(
    server: DiscordServer, books: SQLiteStore
) -> None:
    """Of `feed` every row changes things: where the server opens it to everybody, everybody may."""
    guild = server.guilds[500]
    asking = Asking()
    async with running(server, asking.note, books=books):
        await server.until(lambda: server.commands.get(None))
        await server.allow("feed", guild.roles[500])
        await server.slash("feed pause", {"feed": "asia"}, by=guild.reader)

    assert [asker.may_change for asker in asking.askers] == [True]


@pytest.mark.parametrize(
    ("guilds", "channels", "named"),
    [((), (), False), ((500,), (), True), ((), (601,), True), ((), (610,), False)],
    ids=["any server", "named", "subscribed by the settings", "another is subscribed"],
)
async def test_a_server_that_the_settings_name_is_known(
    server: DiscordServer,
    books: SQLiteStore,
    guilds: tuple[int, ...],
    channels: tuple[int, ...],
    named: bool,
) -> None:
    """Its people may change what all share, whatever is subscribed in chat; others may not."""
    await books.subscribe(Subscription("discord:601", workspace="discord:500"))
    server.add_guild(510, (610,))
    asking = Asking()
    async with running(server, asking.note, books=books, guilds=guilds, channels=channels):
        await server.slash("claim list")

    assert [asker.named for asker in asking.askers] == [named]


async def test_permissions_that_are_not_told_are_not_there(
    server: DiscordServer, books: SQLiteStore, caplog: pytest.LogCaptureFixture
) -> None:
    """Where Discord does not say what a server allowed, nobody may more; it is asked again the next time."""
    guild = server.guilds[500]
    asking = Asking()
    async with running(server, asking.note, books=books):
        await server.until(lambda: server.commands.get(None))
        await server.allow("feed", guild.editors)
        server.faults.append(Fault("GET", "/commands/permissions", 403, {"code": 50001, "message": "no"}))
        await server.slash("feed pause", {"feed": "asia"}, by=guild.editor)
        await server.slash("feed pause", {"feed": "asia"}, by=guild.editor)

    assert [asker.may_change for asker in asking.askers] == [False, True]
    assert "Command permissions of server 500 not known: 403" in caplog.text


async def test_other_servers_are_told_that_nobody_is_answered(
    server: DiscordServer, books: SQLiteStore
) -> None:
    """Where the settings name servers, another one that still has the commands gets a sentence."""
    stranger = server.add_guild(510, (610,))
    asking = Asking()
    async with running(server, asking.note, books=books):
        await server.slash("claim list", by=stranger.reader)
        assert server.commands[None]
    async with running(server, asking.note, books=books, guilds=(500,)):
        answer = await server.slash("claim list", by=stranger.reader, check=False)
        await server.slash("claim list")

    assert "answers on other servers alone" in answer.message["embeds"][0]["title"]
    assert [asker.workspace for asker in asking.askers] == ["discord:510", "discord:500"]


# ---- servers that come and go --------------------------------------------------------------------


async def test_subscribed_channels_are_placed_in_their_servers(
    server: DiscordServer, books: SQLiteStore
) -> None:
    """A channel that the settings subscribe is known with its server as soon as the gateway tells of it."""
    server.add_guild(510, (610,))
    await books.sync_subscriptions([Subscription("discord:601"), Subscription("discord:610")])
    async with running(server, books=books):
        await server.slash("claim list")

    assert {each.destination: each.workspace for each in await books.subscriptions()} == {
        "discord:601": "discord:500",
        "discord:610": "discord:510",
    }
    assert (await books.workspace("discord:510")).name == "Sample server 510"


async def test_the_language_of_a_server_is_known(server: DiscordServer, books: SQLiteStore) -> None:
    """As the gateway tells of it, and as it is changed later; what people chose stays."""
    home = server.add_guild(510, (610,), "ko")
    async with running(server, books=books):
        while (first := await books.workspace("discord:510")).locale is None:
            await server.slash("claim list", by=home.reader)
        await books.keep_workspace(replace(first, language="en"))
        await server.rename(510, "Sample office", "ru")
        while (later := await books.workspace("discord:510")).locale == first.locale:
            await server.slash("claim list", by=home.reader)

    assert (first.locale, first.speaks) == ("ko", "ko")
    assert (later.name, later.locale, later.speaks) == ("Sample office", "ru", "en")


async def test_a_server_that_is_left_is_known_as_such(server: DiscordServer, books: SQLiteStore) -> None:
    """Removed from a server, the bot remembers when; coming back, it is there again."""
    server.add_guild(510, (610,))
    async with running(server, books=books, clock=lambda: NOW):
        await server.leave(510)
        while (left := await books.workspace("discord:510")).left_at is None:
            await server.slash("claim list")
    async with running(server, books=books, clock=lambda: NOW):
        again = await server.join(510, (610,))
        while (back := await books.workspace("discord:510")).left_at is not None:
            await server.slash("claim list", by=again.reader)

    assert (left.left_at, back.left_at) == (NOW, None)


async def test_a_channel_that_is_deleted_pauses_its_subscription(
    server: DiscordServer, books: SQLiteStore
) -> None:
    """Nothing is posted to it any more, and why is told to whoever looks; other channels go on."""
    await books.sync_subscriptions([Subscription("discord:600"), Subscription("discord:601")])
    async with running(server, books=books):
        await server.delete_channel(601)
        await server.slash("claim list")

    gone, here = sorted(await books.subscriptions(), key=lambda each: each.paused is None)
    assert (gone.destination, gone.paused) == ("discord:601", "The channel was deleted on Discord")
    assert here.paused is None


async def test_what_happened_while_nobody_listened_is_caught_up_with(
    server: DiscordServer, books: SQLiteStore
) -> None:
    """A server that removed the bot meanwhile is left, and commands that were refused at first are there."""
    await books.subscribe(Subscription("discord:999", workspace="discord:777"))
    server.faults.append(Fault("PUT", "/commands", 400, {"code": 0, "message": "not now"}))
    async with running(server, books=books, clock=lambda: NOW):
        await server.until(lambda: server.commands.get(None))

    assert (await books.workspace("discord:777")).left_at == NOW


# ---- greeting ------------------------------------------------------------------------------------


async def test_a_new_server_is_greeted_once(server: DiscordServer, books: SQLiteStore) -> None:
    """In the channel for its news, and not again after a restart or a cut."""
    greeting = Greeting()
    async with running(server, books=books, on_joined=greeting, clock=lambda: NOW):
        await server.join(510, (610, 611), "uk")
        await server.until(lambda: server.messages.get(610))
        await server.cut()
        await server.slash("claim list")
    async with running(server, books=books, on_joined=greeting, clock=lambda: NOW + timedelta(days=1)):
        await server.slash("claim list")

    assert greeting.joined[-1:] == [("discord:510", "Sample server 510", "uk", "discord:610")]
    assert len(server.messages[610]) == 1
    assert (await books.workspace("discord:510")).welcomed_at == NOW


@pytest.mark.parametrize("subscribed", [False, True])
async def test_who_invites_the_bot_again_is_greeted_again(
    server: DiscordServer, books: SQLiteStore, subscribed: bool
) -> None:
    """Below the first greeting, also where what it wanted then goes on now; and that once."""
    server.add_guild(510, (610,))
    async with running(server, books=books, on_joined=Greeting(), clock=lambda: NOW):
        await server.until(lambda: server.messages.get(610))
        if subscribed:
            await books.subscribe(Subscription("discord:610", workspace="discord:510"))
        await server.leave(510)
        await server.slash("claim list")
    async with running(server, books=books, on_joined=Greeting(), clock=lambda: NOW + timedelta(days=1)):
        again = await server.join(510, (610,))
        await server.slash("claim list", by=again.reader)
        await server.cut()
        await server.slash("claim list", by=again.reader)

    assert len(server.messages[610]) == 2
    assert (await books.workspace("discord:510")).welcomed_at == NOW + timedelta(days=1)


async def test_a_greeting_goes_where_the_bot_may_post(server: DiscordServer, books: SQLiteStore) -> None:
    """A closed channel for news gives way to the first one that is open; a closed server hears nothing."""
    greeting = Greeting()
    closed = server.add_guild(510, (610,))
    closed.channels[610].denied[900] = May.SEND_MESSAGES
    half = server.add_guild(520, (620, 621))
    half.channels[620].denied[900] = May.VIEW_CHANNEL
    async with running(server, books=books, on_joined=greeting):
        await server.until(lambda: server.messages.get(621))
        await server.slash("claim list", by=half.reader, channel=621)

    assert {joined[3] for joined in greeting.joined} == {"discord:600", "discord:621"}


@pytest.mark.parametrize("why", ["subscribed", "not served", "refused"])
async def test_who_is_no_newcomer_is_not_greeted(server: DiscordServer, books: SQLiteStore, why: str) -> None:
    """Not a server that is told news already, nor one that is not answered; one that refuses waits."""
    greeting = Greeting()
    guilds = (510,) if why == "not served" else ()
    if why == "subscribed":
        await books.subscribe(Subscription("discord:601", workspace="discord:500"))
    if why == "refused":
        server.faults.append(Fault("POST", "/messages", 403, {"code": 50013, "message": "no"}))
    async with running(server, books=books, on_joined=greeting, guilds=guilds):
        await server.slash("claim list", check=False)

    assert server.messages == {}
    assert (await books.workspace("discord:500")).welcomed_at is None
    assert bool(greeting.joined) == (why == "refused")


# ---- registering ---------------------------------------------------------------------------------


async def test_unchanged_commands_are_registered_once(server: DiscordServer, books: SQLiteStore) -> None:
    """A restart and a cut ask Discord for nothing; a command that changed is registered again."""
    async with running(server, books=books):
        await server.cut()
        await server.slash("claim list")
    async with running(server, books=books):
        await server.slash("claim list")
    before = server.count("commands")
    async with running(server, books=books, commands=COMMANDS[:3]):
        await server.slash("claim list")

    assert (before, server.count("commands")) == (1, 2)
    assert [command["name"] for command in server.commands[None]] == ["claim"]


async def test_commands_stand_in_one_place(server: DiscordServer, books: SQLiteStore) -> None:
    """Naming servers removes the commands of all; naming none removes those of the servers."""
    async with running(server, books=books, guilds=(500,)):
        await server.slash("claim list")
    named = {scope: len(commands) for scope, commands in server.commands.items()}
    async with running(server, books=books):
        await server.slash("claim list")
        await server.until(lambda: server.commands[500] == [])
    everywhere = {scope: bool(commands) for scope, commands in server.commands.items()}

    assert (named[None], named[500] > 0) == (0, True)
    assert everywhere == {None: True, 500: False}


async def test_a_named_server_gets_its_commands_when_it_is_joined(
    server: DiscordServer, books: SQLiteStore
) -> None:
    """Discord drops them when the bot leaves, and refuses them before it comes."""
    async with running(server, books=books, guilds=(500, 510)):
        guild = await server.join(510, (610,))
        await server.slash("claim list", by=guild.reader)
        await server.leave(510)
        guild = await server.join(510, (610,))
        answer = await server.slash("claim list", by=guild.reader)

    assert answer.message["embeds"][0]["title"] == "claim list"
    assert [e["guild"] for e in server.seen if e["event"] == "commands"] == [None, 500, 510, 510]


# ---- many servers --------------------------------------------------------------------------------


async def test_many_servers_are_heard_in_parts(server: DiscordServer, books: SQLiteStore) -> None:
    """Where Discord recommends two connections there are two; the first answers before the second."""
    server.gateway.shards = 2  # discord.py leaves five seconds between them, and cannot well be stopped then
    async with running(server, echo, books=books):
        answer = await server.slash("claim list")
        early = server.count("ready")
        await server.until(lambda: server.count("ready") == 2)

    assert (answer.message["embeds"][0]["title"], early) == ("claim list", 1)
    assert [entry["shard"] for entry in server.seen if entry["event"] == "ready"] == [[0, 2], [1, 2]]


async def test_a_connection_that_is_cut_off_as_it_begins_leaves_nothing(server: DiscordServer) -> None:
    """Before its client knows of it a thread keeps it alive already, which stops with the client."""
    platform_for(server)
    client = discord.Client(intents=discord.Intents(guilds=True))
    await client.login(server.token)
    unknown = await DiscordWebSocket.from_client(client)
    beating = [each for each in threading.enumerate() if isinstance(each, KeepAliveHandler)]
    await let_go(client)
    for each in beating:
        each.join(5)

    assert [each.ws for each in beating] == [unknown]
    assert not beating[0].is_alive()
