"""From the invitation to a channel that is set up, over the wire and across restarts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import pytest

from bot.actions.table import ACTIONS
from bot.commands.desk import Desk
from bot.commands.model import Context
from bot.commands.table import COMMANDS
from bot.parts import card_editor, matcher_of, place_finder, who
from bot.places import Place
from bot.platforms.discord import DiscordPlatform
from bot.welcome import welcome
from claims.errors import UsageError
from claims.sqlite import SQLiteStore
from claims.workspaces import OURSELVES
from tests.support.build import NOW, claim
from tests.support.discord_places import May
from tests.support.discord_platform import running
from tests.support.discord_server import DiscordServer
from tests.support.platforms import ListPlatform, busy
from tests.support.scout import SampleScout


@pytest.fixture(autouse=True)
async def _nothing_violated(server: DiscordServer) -> Any:
    """Whatever a test does, no limit, deadline or habit of Discord's is broken."""
    yield
    assert server.violations == []


@asynccontextmanager
async def bot(server: DiscordServer, books: SQLiteStore) -> AsyncIterator[DiscordPlatform]:
    """Run the bot as it is after each start: every command and action over the store."""
    seen: dict[str, DiscordPlatform] = {}
    context = Context(
        books,
        lambda: NOW,
        matcher_of,
        SampleScout(),
        find_place=place_finder(seen),
        edit=card_editor(seen),
        who=who,
    )
    desk = Desk(COMMANDS, context, ACTIONS)
    greeting = partial(welcome, books)
    async with running(server, desk, books=books, commands=COMMANDS, on_joined=greeting) as platform:
        seen["discord"] = platform
        yield platform


async def test_a_new_server_is_set_up_from_its_welcome(server: DiscordServer, books: SQLiteStore) -> None:
    """The bot starts anew after each step; who may not change things is refused, and so is a mute channel."""
    await books.sync_claims([claim(), claim("oil-over-cap", tags=("oil",))])
    async with bot(server, books):
        guild = await server.join(510, (610, 611, 612))
        await server.until(lambda: server.messages.get(610))
        (greeting,) = server.messages[610]
        refused = await server.press(greeting, "Set up", by=guild.reader)
        card = await server.press(greeting, "Set up", by=guild.manager)
    await server.take(May.EMBED_LINKS, channel=612)
    async with bot(server, books):
        card = await server.choose(card, "Which channel", [612])
        mute = await server.press(card, "Save")
        card = await server.choose(card, "Which channel", [611])
    async with bot(server, books):
        card = await server.choose(card, "What to follow", ["oil"])
        card = await server.choose(card, "When the digest comes", ["07:00"])
        form = await server.press(card, "Other hour, weekly, time zone")
        card = await server.submit(form, {"digest": "7:45", "timezone": "Asia/Seoul"})
        sample = await server.press(card, "Show a sample alert")
    async with bot(server, books):
        done = await server.press(card, "Save")

    (greeting,) = server.messages[610]
    welcomed = greeting["embeds"][0]
    assert welcomed["description"].endswith(f"Set up by <@{guild.manager.ident}> for <#611>")
    assert "footer" not in welcomed
    assert [each["label"] for each in greeting["components"][0]["components"]] == ["Change set-up"]

    assert "You may not use “Set up”" in refused.message["embeds"][0]["title"]
    assert mute.message["embeds"][0]["title"] == "The bot may not post in that channel"
    assert sample.message["embeds"][0]["author"]["name"].startswith("SAMPLE, NO NEWS")
    assert done.message["embeds"][0]["title"] == "Told of claims from now on"
    assert all(each.ephemeral for each in (refused, mute, sample))
    (kept,) = await books.subscriptions()
    assert (kept.destination, kept.workspace, kept.tags) == ("discord:611", "discord:510", {"oil"})
    assert (f"{kept.digest:%H:%M}", kept.timezone) == ("07:45", "Asia/Seoul")


async def test_a_subscription_is_added_listed_and_removed(server: DiscordServer, books: SQLiteStore) -> None:
    """The channel is picked, the trial is turned and shown, and removing asks by a button."""
    await books.sync_claims([claim()])
    manager = server.guilds[500].manager
    async with bot(server, books):
        added = await server.slash("watch add", {"channel": "601", "digest": "08:00"}, by=manager)
        listed = await server.slash("watch list")
        tried = await server.slash("watch test", {"words": "shells"})
    async with bot(server, books):
        asked = await server.slash("watch remove", {"channel": "discord:601"}, by=manager)
        removed = await server.press(asked, "Remove")

    assert added.message["embeds"][0]["title"] == "Told of claims from now on"
    assert "<#601>: Every claim" in listed.message["embeds"][0]["description"]
    assert tried.message["embeds"][0]["title"].startswith("0 alerts in 30 days")
    assert removed.message["embeds"][0]["title"] == "Removed; this is what it was told of"
    assert await books.subscriptions() == []


async def test_a_channel_of_ones_own_is_no_right_to_another(
    server: DiscordServer, books: SQLiteStore
) -> None:
    """Wherever it is typed: the channel that is meant counts, and the server for what all of it see."""
    owner = server.guilds[500].editor
    server.guilds[500].channels[601].allowed[owner.ident] = May.MANAGE_CHANNELS
    async with bot(server, books):
        refused = [
            await server.slash("watch add", {"channel": "600"}, by=owner, channel=601),
            await server.slash("digest set", {"hour": "08:00"}, by=owner, channel=600),
            await server.slash("claim track", {"statement": "x"}, by=owner, channel=601),
            await server.slash("workspace language", {"language": "ko"}, by=owner, channel=601),
        ]
        added = await server.slash("watch add", {"channel": "601"}, by=owner, channel=600)
        listed = await server.slash("watch list", by=owner, channel=600)
        begun = await server.press(listed, "Set up", by=owner)
        refused.append(await server.press(begun, "Save", by=owner))

    titles = [each.message["embeds"][0]["title"] for each in (added, *refused)]
    not_there = "You may not change what that channel is told"
    assert titles[:3] == ["Told of claims from now on", not_there, not_there]
    assert [each.startswith("You may not use /") for each in titles[3:5]] == [True, True]
    assert titles[5] == not_there
    assert [each.destination for each in await books.subscriptions()] == ["discord:601"]


async def test_a_right_on_the_server_ends_where_a_channel_takes_it_away(
    server: DiscordServer, books: SQLiteStore
) -> None:
    """Who manages channels does not manage the one that is closed to them, and names no editors."""
    guild = server.guilds[500]
    guild.editors.may |= May.MANAGE_CHANNELS
    guild.channels[601].denied[guild.editors.ident] = May.VIEW_CHANNEL
    async with bot(server, books):
        closed = await server.slash("watch add", {"channel": "601"}, by=guild.editor)
        opened = await server.slash("watch add", by=guild.editor)
        named = await server.slash("workspace editors", {"add": "<@402>"}, by=guild.editor)
    guild.editors.may |= May.MANAGE_GUILD
    async with bot(server, books):
        await server.slash("workspace editors", {"add": f"<@{guild.editor.ident}>"}, by=guild.editor)

    shut, told, refused = (each.message["embeds"][0] for each in (closed, opened, named))
    assert (shut["title"], told["title"]) == (
        "You may not change what that channel is told",
        "Told of claims from now on",
    )
    assert refused["description"] == "It takes the permission Manage Server"
    assert (await books.workspace("discord:500")).editors == (str(guild.editor.ident),)


async def test_discord_says_what_it_lacks_in_a_channel(server: DiscordServer, books: SQLiteStore) -> None:
    """A channel is found with its server; where nothing may be sent, nothing may be embedded either."""
    server.add_guild(510, (610,))
    await server.take(May.SEND_MESSAGES, channel=601)
    async with running(server, books=books) as platform:
        found = [await platform.place(each) for each in ("600", "601", "610", "699", "general", "")]

    assert [each and (each.destination, each.workspace, each.lacks) for each in found] == [
        ("discord:600", "discord:500", ()),
        ("discord:601", "discord:500", ("Send Messages", "Embed Links")),
        ("discord:610", "discord:510", ()),
        None,
        None,
        None,
    ]


async def test_a_role_is_called_that_the_bot_and_whoever_asks_may_mention(
    server: DiscordServer, books: SQLiteStore
) -> None:
    """Else the reason is said and nothing is kept: a ping that never comes is no ping that anybody wanted."""
    guild = server.guilds[500]
    closed, manager = guild.roles[500 + 202], guild.editor
    guild.editors.may |= May.MANAGE_CHANNELS
    titles = []

    async def ask(name: str, role: int) -> None:
        answered = await server.slash(name, {"mention": f"<@&{role}>"}, by=manager)
        titles.append(answered.message["embeds"][0]["title"])

    async with bot(server, books):
        await ask("watch add", 500)
        await ask("watch add", 599)
        await ask("watch add", closed.ident)
        await ask("watch add", guild.editors.ident)
    guild.roles[500 + 203].may |= May.MENTION_EVERYONE
    async with bot(server, books):
        await ask("watch edit", closed.ident)
        guild.editors.may |= May.MENTION_EVERYONE | May.SEND_MESSAGES
    async with bot(server, books):
        await ask("watch edit", closed.ident)
    guild.roles[500 + 203].may &= ~May.MENTION_EVERYONE
    async with bot(server, books):
        listed = await server.slash("watch list", by=manager)
        begun = await server.press(listed, "Set up", by=manager)
        refused = await server.press(begun, "Save", by=manager)

    assert titles == [
        "mention: @\u200beveryone cannot be mentioned",
        "mention: there is no role or user group “599” here",
        "mention: the bot may not mention that role in that channel",
        "Told of claims from now on",
        "mention: you may not mention that role in that channel yourself",
        "Changed",
    ]
    assert refused.message["embeds"][0]["title"] == titles[2]
    assert [each.mention for each in await books.subscriptions()] == [str(closed.ident)]


async def test_a_role_that_is_lost_is_told_and_taken_off(server: DiscordServer, books: SQLiteStore) -> None:
    """Who reads what channels want learns that nobody is called; a deleted role is mentioned no more."""
    guild = server.guilds[500]
    role = guild.editors
    role.mentionable = True
    async with bot(server, books):
        await server.slash("watch add", {"mention": f"<@&{role.ident}>"}, by=guild.manager)
        fine = await server.slash("watch list", by=guild.manager)
        role.mentionable = False
        await server.gateway.dispatch("GUILD_ROLE_UPDATE", {"guild_id": "500", "role": role.shown()}, 500)
        told = await server.slash("watch list", by=guild.manager)
        await server.gateway.dispatch(
            "GUILD_ROLE_DELETE", {"guild_id": "500", "role_id": str(role.ident)}, 500
        )
        gone = await server.slash("watch list", by=guild.manager)

    said = "Whom it should mention can no longer be mentioned there: nobody is notified"
    shown = [each.message["embeds"][0]["description"] for each in (fine, told, gone)]
    assert [said in each for each in shown] == [False, True, False]
    assert [each.mention for each in await books.subscriptions()] == [None]
    newest = (await books.audit("discord:500", 9))[0]
    assert (newest.person, newest.action) == (OURSELVES, "watch edit")
    assert newest.details == "discord:600: mention=none, as that is gone"


async def test_a_platform_that_cannot_be_asked_says_so() -> None:
    """What runs is asked, what does not sees nothing, and trouble is told in words."""
    find = place_finder({"discord": ListPlatform()})
    assert await find("discord:600") == Place("discord:600")
    assert await find("slack:C1") is None

    class Busy(ListPlatform):
        async def place(self, channel: str) -> Place | None:
            raise busy()

    with pytest.raises(UsageError, match="the platform is busy"):
        await place_finder({"discord": Busy()})("discord:600")
