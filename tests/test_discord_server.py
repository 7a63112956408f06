"""The Discord on loopback is right where it is easy to get wrong, as the real discord.py client sees it."""

import asyncio
import io
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import discord
import pytest

from tests.support.discord_bot import Bot, ManyShards, raw, running, serving
from tests.support.discord_http import GLOBAL, Json
from tests.support.discord_server import DiscordServer, Fault, May, Rate

ROOT = Path(__file__).resolve().parent.parent
SHARDED = 7 << 22 | 500
"""A server of the second of two shards."""


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """Serve a Discord on loopback for the real client."""
    async with serving() as server:
        yield server


# ---- servers and sessions ------------------------------------------------------------------------


async def test_a_client_sees_the_servers_and_what_it_may(server: DiscordServer) -> None:
    """Servers, channels, roles, languages and its own permissions arrive as the real client reads them."""
    server.add_guild(510, (610,), locale="ko")
    async with running(server) as bot:
        first, second = (bot.get_guild(500), bot.get_guild(510))
        assert first is not None
        assert second is not None
        may = first.text_channels[0].permissions_for(first.me)

    assert [channel.id for channel in first.text_channels] == [600, 601]
    assert first.system_channel is not None
    assert first.system_channel.id == 600
    assert (second.preferred_locale, second.get_role(711)) == (discord.Locale.korean, second.get_role(711))
    assert (may.send_messages, may.create_public_threads, may.manage_channels) == (True, True, False)
    assert set(server.guilds[500].members).isdisjoint(server.guilds[510].members)
    assert server.violations == []


async def test_shards_divide_the_servers(server: DiscordServer) -> None:
    """The many-shard client asks how many there are, and each shard hears of its own servers alone."""
    server.gateway.shards = 2
    other = server.add_guild(SHARDED, (620,))
    heard: list[tuple[int, int]] = []

    async def note(interaction: discord.Interaction) -> None:
        assert interaction.guild is not None
        heard.append((interaction.guild.id, interaction.guild.shard_id))
        await interaction.response.send_message("x")

    async with running(server, note, ManyShards) as bot:
        assert isinstance(bot, ManyShards)
        assert sorted(bot.shards) == [0, 1]
        await server.slash("claim figures chart")
        await server.slash("claim figures chart", by=other.reader)

    assert heard == [(500, 0), (SHARDED, 1)]
    assert [entry["shard"] for entry in server.seen if entry["event"] == "ready"] == [[0, 2], [1, 2]]


async def test_invitations_and_removals_are_told(server: DiscordServer) -> None:
    """A server that the bot newly joins is no server that came back; leaving and deleting are told too."""
    async with running(server) as bot:
        await server.join(510, (610,))
        await server.delete_channel(601)
        await server.leave(510)
        with pytest.raises(discord.Forbidden):
            await bot.get_partial_messageable(610).send("x")
        with pytest.raises(discord.NotFound):
            await bot.get_partial_messageable(601).send("x")
        told = [await bot.told.get() for _ in range(3)]

    assert told == [("join", 510), ("delete", 601), ("remove", 510)]
    assert server.violations == []


async def test_what_happens_while_the_gateway_is_cut_is_told_afterwards(server: DiscordServer) -> None:
    """A session that resumes gets the events that it missed, in order and once."""
    async with running(server) as bot:
        await server.cut()
        await server.join(510, (610,))
        await server.leave(510)
        await server.ready(2)
        async with asyncio.timeout(20):
            told = [await bot.told.get() for _ in range(2)]

    assert told == [("join", 510), ("remove", 510)]
    assert server.count("resumed") == 1


async def test_a_permission_that_is_taken_away_is_missed(server: DiscordServer) -> None:
    """The client sees that it may no longer post, posting is refused, and no limit was broken by that."""
    async with running(server) as bot:
        guild = bot.get_guild(500)
        assert guild is not None
        await server.take(May.SEND_MESSAGES, channel=600)
        with pytest.raises(discord.Forbidden) as refused:
            await guild.text_channels[0].send("x")
        seen = guild.text_channels[0].permissions_for(guild.me).send_messages
        await guild.text_channels[1].send("x")
        await server.give(May.SEND_MESSAGES, channel=600)
        await guild.text_channels[0].send("x")
        await server.take(May.VIEW_CHANNEL)
        with pytest.raises(discord.Forbidden) as hidden:
            await guild.text_channels[1].send("x")

    assert (refused.value.code, seen, hidden.value.code) == (50013, False, 50001)
    assert server.violations == []


# ---- messages and threads ------------------------------------------------------------------------


async def test_a_thread_is_started_written_and_archived(server: DiscordServer) -> None:
    """A thread has its message's id, one a message; archived, it takes messages but no edits."""
    async with running(server) as bot:
        place = bot.get_partial_messageable(600, guild_id=500)
        head = await place.send("head")
        thread = await head.create_thread(name="Shells", auto_archive_duration=1440)
        with pytest.raises(discord.HTTPException) as again:
            await head.create_thread(name="Shells")
        first = await thread.send("first")
        await server.archive(thread.id)
        with pytest.raises(discord.HTTPException) as archived:
            await first.edit(content="second")
        await bot.get_partial_messageable(thread.id).send("third")
        await first.edit(content="second")
        await server.take(May.SEND_MESSAGES_IN_THREADS)
        with pytest.raises(discord.Forbidden):
            await thread.send("x")
        await server.take(May.CREATE_PUBLIC_THREADS)
        with pytest.raises(discord.Forbidden):
            await (await place.send("other")).create_thread(name="x")

    assert thread.id == head.id
    assert (again.value.code, archived.value.code) == (160004, 50083)
    assert [message["content"] for message in server.messages[thread.id]] == ["second", "third"]
    assert server.violations == []


async def test_pictures_and_texts_come_with_messages(server: DiscordServer) -> None:
    """A picture keeps its name and its words for those who do not see it, and can be fetched again."""
    png = b"\x89PNG\xff\x00"

    async def answer(interaction: discord.Interaction) -> None:
        picture = discord.File(io.BytesIO(png), "chart.png", description="A rising line")
        shown = discord.Embed(title="Figures").set_image(url="attachment://chart.png")
        files = [picture, discord.File(io.BytesIO(b"a,b"), "figures.csv")]
        await interaction.response.send_message(embed=shown, files=files)

    async with running(server, answer) as bot:
        given = await server.slash("claim figures chart")
        message = await bot.get_partial_messageable(600).fetch_message(int(given.message["id"]))
        content = await message.attachments[0].read()

    assert (given.pictures, given.files) == ({"chart.png": png}, {"figures.csv": "a,b"})
    assert message.attachments[0].description == "A rising line"
    assert content == png
    assert server.violations == []


async def test_only_the_chosen_role_is_called(server: DiscordServer) -> None:
    """A role is called that was chosen and lets itself be called; to leave it open is recorded."""
    roles = server.guilds[500].roles
    text = "<@&701> <@&702> @everyone"
    async with running(server) as bot:
        place = bot.get_partial_messageable(600)
        chosen: list[Any] = [discord.Object(701), discord.Object(702)]
        await place.send(text, allowed_mentions=discord.AllowedMentions(roles=chosen, everyone=False))
        await raw(server, "POST", "/channels/600/messages", {"content": text})

    first, second = server.messages[600]
    assert (first["mention_roles"], first["mention_everyone"]) == (["701"], False)
    assert second["mention_everyone"]
    assert not roles[702].mentionable
    path = "POST /api/v10/channels/600/messages"
    assert [said.split(",")[0] for said in server.violations] == [
        f"{path}: nonce: not given or not enforced",
        f"{path}: allowed_mentions: not given",
    ]


async def test_history_edits_and_deletions(server: DiscordServer) -> None:
    """History is read from either end; of others no message can be edited, nor deleted without permission."""
    theirs = server.say(600, "theirs")
    async with running(server) as bot:
        place = bot.get_partial_messageable(600)
        sent = [await place.send(str(i)) for i in range(3)]
        newest = [message.content async for message in place.history(limit=2)]
        after = [message.content async for message in place.history(limit=2, after=sent[0])]
        with pytest.raises(discord.Forbidden):
            await place.get_partial_message(int(theirs["id"])).edit(content="x")
        with pytest.raises(discord.Forbidden):
            await place.get_partial_message(int(theirs["id"])).delete()
        await sent[0].delete()
        await server.delete_message(server.by_id[str(sent[1].id)])
        with pytest.raises(discord.NotFound):
            await sent[1].edit(content="x")
        await sent[2].reply("answer")

    assert (newest, after) == (["2", "1"], ["1", "2"])
    assert [message["content"] for message in server.messages[600]] == ["theirs", "2", "answer"]


# ---- limits and deadlines ------------------------------------------------------------------------


async def test_deadlines_are_kept_by_the_clock_that_is_handed_in() -> None:
    """The first answer has three seconds and comes once, the rest 15 minutes; each breach is recorded."""
    now = [0.0]
    codes: list[int] = []
    answered = asyncio.Event()
    said = {"content": "x", "allowed_mentions": {"parse": []}}

    async def answer(interaction: discord.Interaction) -> None:
        callback = f"/interactions/{interaction.id}/{interaction.token}/callback"
        webhook = f"/webhooks/800/{interaction.token}"
        for late, path in ((0, callback), (0, callback), (901, webhook)):
            now[0] += late
            _, body = await raw(server, "POST", path, {"type": 4, "data": said, **said})
            codes.append((body or {}).get("code", 0))
        answered.set()

    async def too_late(interaction: discord.Interaction) -> None:
        now[0] += 3.1
        with pytest.raises(discord.NotFound):
            await interaction.response.defer()

    async with serving(clock=lambda: now[0]) as server, running(server, answer) as bot:
        await server.slash("claim figures chart")
        await answered.wait()
        bot.heard = too_late
        with pytest.raises(TimeoutError):
            await server.slash("claim figures chart", patience=0.5)

    assert codes == [0, 40060, 50027]
    words = [sentence.split(": ", 1)[-1] for sentence in server.violations]
    assert words[:3] == [
        "Interaction has already been acknowledged.",
        "Invalid Webhook Token",
        "Unknown interaction",
    ]
    assert "never answered" in words[3]


async def test_an_answer_that_does_not_fit_is_refused(server: DiscordServer) -> None:
    """Only some answers fit what was asked; Discord refuses the others, and that is recorded."""

    async def wrong(interaction: discord.Interaction) -> None:
        path = f"/interactions/{interaction.id}/{interaction.token}/callback"
        await raw(server, "POST", path, {"type": 6})
        await interaction.response.send_message("x")

    async with running(server, wrong):
        await server.slash("claim figures chart")

    (said,) = server.violations
    assert said.endswith("type: 6 does not answer an interaction of the type 2")


def quiet(number: int) -> Json:
    """Return a message with manners."""
    named = {"nonce": str(number), "enforce_nonce": True}
    return {"content": "x", "allowed_mentions": {"parse": []}, **named}


async def test_rates_are_told_and_enforced(server: DiscordServer) -> None:
    """The library keeps to a bucket by its headers; who does not is told to wait, and that is recorded."""
    server.rates.rates["POST /channels/{channel}/messages"] = Rate(2, 0.2)
    async with running(server) as bot:
        for _ in range(5):
            await bot.get_partial_messageable(600).send("x")
        kept = list(server.violations)
        answers = [await raw(server, "POST", "/channels/601/messages", quiet(i)) for i in range(3)]

    assert kept == []
    assert [status for status, _ in answers] == [200, 200, 429]
    assert 0 < answers[2][1]["retry_after"] <= 0.2
    assert len(server.violations) == 1


async def test_a_bots_requests_in_all_are_limited(server: DiscordServer) -> None:
    """Too many requests of any kind are refused for the whole bot, but answers to people are not counted."""
    server.rates.rates[GLOBAL] = Rate(2, 60)
    statuses = [(await raw(server, "GET", "/gateway/bot"))[0] for _ in range(2)]
    status, body = await raw(server, "GET", "/channels/600")
    apart, _ = await raw(server, "POST", "/webhooks/800/none", {"content": "x"})

    assert statuses == [200, 200]
    assert (status, body["global"], apart) == (429, True, 404)


async def test_some_of_many_requests_go_wrong(server: DiscordServer) -> None:
    """A fault can strike each third request, as often as it is told to."""
    server.faults.append(Fault("GET", "/gateway/bot", 503, times=2, every=3))
    statuses = [(await raw(server, "GET", "/gateway/bot"))[0] for _ in range(9)]

    assert statuses == [200, 200, 503, 200, 200, 503, 200, 200, 200]


async def test_a_limit_that_was_imposed_is_nobodys_breach(server: DiscordServer) -> None:
    """What a test lets go wrong is waited out by the client and is not recorded."""
    limit = {"retry_after": 0.01, "message": "slow"}
    server.faults.append(Fault("POST", "/messages", 429, limit, times=2))
    async with running(server) as bot:
        await bot.get_partial_messageable(600).send("x")

    assert len(server.messages[600]) == 1
    assert server.violations == []


@pytest.mark.parametrize("data", [{"token": "wrong"}, {"intents": 1 << 15}])
async def test_the_gateway_refuses(server: DiscordServer, data: Json) -> None:
    """A wrong token and an intent that was not switched on end the connection for good."""
    async with Bot() as bot:
        await bot.login(server.token)
        if "token" in data:
            bot.http.token = data["token"]
        else:
            bot._connection._intents = discord.Intents(message_content=True)
        with pytest.raises((discord.ConnectionClosed, discord.PrivilegedIntentsRequired)):
            await bot.connect(reconnect=False)


# ---- by itself -----------------------------------------------------------------------------------


async def test_orders_do_what_people_do(server: DiscordServer) -> None:
    """The stand-alone form gives commands, presses, gets in the way, and tells what was not kept."""

    async def answer(interaction: discord.Interaction) -> None:
        view = discord.ui.View(timeout=None)
        view.add_item(discord.ui.Button(label="Again", custom_id="again"))
        await interaction.response.send_message("x", view=view, ephemeral=True)

    async with running(server, answer) as bot:
        shown = await server.obey({"slash": "claim figures chart", "by": 902})
        pressed = await server.obey({"press": "Again", "message": shown["message"]["id"]})
        done = await server.obey({"take": "SEND_MESSAGES", "channel": 600})
        with pytest.raises(discord.Forbidden):
            await bot.get_partial_messageable(600).send("x")

    assert (shown["event"], shown["ephemeral"], pressed["message"]["content"]) == ("shown", True, "x")
    assert done == {"event": "done", "violations": []}


async def test_it_runs_by_itself() -> None:
    """As a program it says where it listens, takes orders on its standard input, and ends with that."""
    program = (sys.executable, "-m", "tests.support.discord_server")
    process = await asyncio.create_subprocess_exec(
        *program, cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    printed, _ = await process.communicate(b'{"say": "x", "channel": 600}\n{"violations": true}\n')

    listening, shown, done = map(json.loads, printed.splitlines())
    assert listening["api_base"].startswith("http://127.0.0.1:")
    assert shown["message"]["content"] == "x"
    assert done == {"event": "done", "violations": []}
    assert process.returncode == 0
