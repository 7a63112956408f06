"""The Discord on loopback is right where it is easy to get wrong, as the real discord.py client sees it."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from tests.support.discord_command_limits import choice_faults, command_faults
from tests.support.discord_components import V2, modal_faults
from tests.support.discord_http import Json
from tests.support.discord_limits import message_faults, thread_faults
from tests.support.discord_server import ASKER, DiscordServer, Fault, May, NotOffered, Rate

SHARDED = 7 << 22 | 500
"""A server of the second of two shards."""
COMMANDS: list[Json] = [
    {
        "name": "claim",
        "description": "Claims",
        "options": [
            {
                "type": 1,
                "name": "show",
                "description": "Show one",
                "options": [
                    {"type": 3, "name": "claim", "description": "Id", "required": True, "autocomplete": True},
                    {"type": 4, "name": "page", "description": "Page"},
                ],
            },
            {
                "type": 2,
                "name": "figures",
                "description": "Figures",
                "options": [{"type": 1, "name": "chart", "description": "Draw them"}],
            },
        ],
    },
    {"name": "watch", "description": "Watch", "default_member_permissions": str(1 << 4)},
    {"name": "Match to claims", "type": 3},
]
GUILDS = discord.Intents(guilds=True)
Heard = Callable[[discord.Interaction], Awaitable[None]]


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """Serve a Discord to which discord.py points; afterwards it points to the real one again."""
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    async with DiscordServer() as server:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = server.api_base, URL(server.gateway_url)
        yield server
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


async def nothing(interaction: discord.Interaction) -> None:
    """Answer nothing."""


class Bot(discord.Client):
    """A bot that hands interactions on, and remembers what it was told of servers."""

    def __init__(self, heard: Heard = nothing, *, intents: discord.Intents = GUILDS, **options: Any) -> None:
        quiet = discord.AllowedMentions.none()
        super().__init__(intents=intents, allowed_mentions=quiet, guild_ready_timeout=0.05, **options)
        self.heard = heard
        self.told: asyncio.Queue[tuple[str, int]] = asyncio.Queue()

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Hand it on."""
        await self.heard(interaction)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Remember it."""
        await self.told.put(("join", guild.id))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Remember it."""
        await self.told.put(("remove", guild.id))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Remember it."""
        await self.told.put(("delete", channel.id))


class ManyShards(Bot, discord.AutoShardedClient):
    """The same over several connections, which it does not space out as it must on the real gateway."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Begin the next session at once."""


@asynccontextmanager
async def running(server: DiscordServer, heard: Heard = nothing, kind: type[Bot] = Bot) -> AsyncIterator[Bot]:
    """Run a bot with its commands registered, from READY to its end."""
    async with kind(heard) as bot:
        await bot.login(server.token)
        await bot.http.bulk_upsert_global_commands(800, COMMANDS)  # type: ignore[arg-type]  # plain data
        task = asyncio.create_task(bot.connect())
        await bot.wait_until_ready()
        try:
            yield bot
        finally:
            await bot.close()
            await task


def texts(message: Json) -> list[str]:
    """Return the labels of a message's controls."""
    return [each.get("label", "") for row in message["components"] for each in row["components"]]


async def raw(server: DiscordServer, method: str, path: str, body: object = None) -> tuple[int, Any]:
    """Send a request as no library would; return its status and body."""
    headers = {"Authorization": f"Bot {server.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.request(method, server.api_base + path, json=body) as response,
    ):
        return response.status, await response.json() if response.status != 204 else None


def button(label: str, name: str, **more: Any) -> Json:
    """Return a button."""
    return {"type": 2, "style": 2, "label": label, "custom_id": name, **more}


def row(*components: Json) -> Json:
    """Return a row of components."""
    return {"type": 1, "components": list(components)}


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
        async with asyncio.timeout(5):
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


# ---- answers -------------------------------------------------------------------------------------


async def test_an_answer_is_put_off_shown_and_followed_up(server: DiscordServer) -> None:
    """A deferred answer stays as private as it was begun; a follow-up is private or not by itself."""

    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.edit_original_response(content="for you")
        await interaction.followup.send("for all")
        assert (await interaction.original_response()).content == "for you"

    async with running(server, answer):
        given = await server.slash("claim figures chart")
        await server.until(lambda: given.followups)
        await server.until(lambda: not server.underway)

    assert (given.original["content"], given.original["flags"]) == ("for you", 64)
    assert [message["content"] for message in server.messages[600]] == ["for all"]
    assert server.violations == []


async def test_the_first_follow_up_is_what_was_thought_about(server: DiscordServer) -> None:
    """After "thinking" the first follow-up takes its place, and is as private as that."""

    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.followup.send("first")

    async with running(server, answer):
        given = await server.slash("claim figures chart")

    assert (given.message["content"], given.ephemeral, given.followups) == ("first", True, [])


async def test_an_answer_can_be_taken_back(server: DiscordServer) -> None:
    """A deleted answer is gone from the channel."""

    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("oops")
        await interaction.delete_original_response()

    async with running(server, answer):
        await server.slash("claim figures chart")
        await server.until(lambda: server.count("answer-deleted"))

    assert server.messages[600] == []


async def test_options_arrive_as_their_types(server: DiscordServer) -> None:
    """Words, numbers, the language of the person and of the server, and what a member may do arrive."""
    heard: list[Any] = []

    async def note(interaction: discord.Interaction) -> None:
        heard.append(
            (interaction.data, interaction.locale, interaction.guild_locale, interaction.permissions)
        )
        await interaction.response.send_message("x")

    server.guilds[500].manager.locale = "uk"
    async with running(server, note):
        await server.slash("claim show", {"claim": "shells", "page": "2"}, by=server.guilds[500].manager)

    ((data, locale, guild_locale, permissions),) = heard
    (show,) = data["options"]
    assert (show["name"], [option["value"] for option in show["options"]]) == ("show", ["shells", 2])
    assert (locale, guild_locale) == (discord.Locale.ukrainian, discord.Locale.american_english)
    assert permissions.manage_channels


async def test_controls_and_forms_go_round(server: DiscordServer) -> None:
    """A button opens a form, which is filled in and answered; a menu redraws its message."""

    class Note(discord.ui.Modal, title="Track"):
        words: discord.ui.Label[Any] = discord.ui.Label(
            text="Title", component=discord.ui.TextInput(custom_id="title", max_length=20, default="kept")
        )

    heard: list[Any] = []

    async def answer(interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.application_command:
            view = discord.ui.View(timeout=None)
            view.add_item(discord.ui.Button(label="Track", custom_id="track:x"))
            view.add_item(discord.ui.ChannelSelect(custom_id="where", placeholder="Where"))
            await interaction.response.send_message("head", view=view)
        elif interaction.type is discord.InteractionType.modal_submit:
            heard.append(interaction.data)
            await interaction.response.send_message("thanks", ephemeral=True)
        elif (interaction.data or {}).get("custom_id") == "track:x":
            await interaction.response.send_modal(Note())
        else:
            await interaction.response.edit_message(content=str(interaction.data["values"]), view=None)  # type: ignore[index,typeddict-item]

    async with running(server, answer):
        head = await server.slash("claim figures chart")
        form = await server.press(head, "Track")
        with pytest.raises(NotOffered, match="20 characters"):
            await server.submit(form, {"Title": "x" * 21})
        sent = await server.submit(form, {"title": "shells"})
        kept = await server.submit(form, {})
        with pytest.raises(NotOffered, match="no \\['620'\\]"):
            await server.choose(head, "Where", [620])
        chosen = await server.choose(head, "Where", [601])
        with pytest.raises(NotOffered, match="no 'Track' here"):
            await server.press(head, "Track")

    values = [data["components"][0]["component"]["value"] for data in heard]
    assert values == ["shells", "kept"]
    assert (sent.message["content"], sent.ephemeral, kept.ephemeral) == ("thanks", True, True)
    assert chosen.message["id"] == head.message["id"]
    assert chosen.message["content"] == "['601']"
    assert server.violations == []


async def test_what_one_person_sees_no_other_can_press(server: DiscordServer) -> None:
    """An ephemeral message is there for its asker alone, and its button is theirs by default."""

    async def answer(interaction: discord.Interaction) -> None:
        view = discord.ui.View(timeout=None)
        view.add_item(discord.ui.Button(label="Share", custom_id="share:x"))
        view.add_item(discord.ui.Button(label="Off", custom_id="off", disabled=True))
        view.add_item(discord.ui.Button(label="Read", url="https://a.example"))
        await interaction.response.send_message("x", view=view, ephemeral=True)

    manager = server.guilds[500].manager
    async with running(server, answer):
        shown = await server.slash("claim figures chart", by=manager)
        pressed = await server.press(shown, "Share")
        for label in ("Off", "Read"):
            with pytest.raises(NotOffered):
                await server.press(shown, label)
        with pytest.raises(NotOffered, match="does not see"):
            await server.press(shown, "Share", by=server.guilds[500].reader)

    assert pressed.by is manager
    assert texts(shown.message) == ["Share", "Off", "Read"]
    assert server.messages == {}


async def test_what_is_typed_is_completed(server: DiscordServer) -> None:
    """Suggestions come for the option that is focused, and only for one that has them."""
    heard: list[Any] = []

    async def suggest(interaction: discord.Interaction) -> None:
        heard.append((interaction.data or {})["options"][0]["options"])  # type: ignore[typeddict-item]
        choices = [discord.app_commands.Choice(name="Shells", value="shells")]
        await interaction.response.autocomplete(choices)

    async with running(server, suggest):
        suggested = await server.autocomplete("claim show", "claim", "she", {"page": "2"})
        with pytest.raises(NotOffered):
            await server.autocomplete("claim show", "page", "2")

    assert suggested == [{"name": "Shells", "value": "shells"}]
    (options,) = heard
    assert [(option["name"], option.get("focused")) for option in options] == [
        ("page", None),
        ("claim", True),
    ]


async def test_a_message_has_a_menu(server: DiscordServer) -> None:
    """A menu command brings the message that it was used on, of whomever it is."""
    heard: list[Any] = []

    async def note(interaction: discord.Interaction) -> None:
        heard.append(interaction.data)
        await interaction.response.send_message("x", ephemeral=True)

    async with running(server, note):
        message = server.say(600, "Shells https://a.example/1", server.guilds[500].editor)
        shown = await server.menu_on(message, "Match to claims")

    (data,) = heard
    assert data["resolved"]["messages"][data["target_id"]]["content"] == "Shells https://a.example/1"
    assert shown.by.ident == int(ASKER["id"])


# ---- who may -------------------------------------------------------------------------------------


async def test_commands_are_offered_by_permission_and_override(server: DiscordServer) -> None:
    """A command's default permission holds until the server's own settings, which can be read, differ."""

    async def answer(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("x")

    guild = server.guilds[500]
    async with running(server, answer) as bot:
        with pytest.raises(NotOffered):
            await server.slash("watch", by=guild.reader)
        await server.slash("watch", by=guild.manager)
        await server.allow("watch", guild.editors)
        await server.slash("watch", by=guild.editor)
        await server.allow("watch", guild.manager, permission=False)
        with pytest.raises(NotOffered):
            await server.slash("watch", by=guild.manager)
        (told,) = await bot.http.get_guild_application_command_permissions(800, 500)
        with pytest.raises(discord.NotFound) as none:
            await bot.http.get_application_command_permissions(800, 500, 1)

    assert [(row["id"], row["type"], row["permission"]) for row in told["permissions"]] == [
        ("701", 1, True),
        ("902", 2, False),
    ]
    assert none.value.code == 10066


async def test_only_new_commands_count_towards_the_day(server: DiscordServer) -> None:
    """The same commands again create none and keep their ids; more than 200 new ones a day are refused."""
    again = {"name": "x", "description": "x"}
    _, first = await raw(server, "PUT", "/applications/800/commands", [again])
    _, second = await raw(server, "PUT", "/applications/800/commands", [{**again, "description": "y"}])
    for i in range(3):
        some = [{"name": f"{i}-{j}", "description": "x"} for j in range(80)]
        status, body = await raw(server, "PUT", "/applications/800/guilds/500/commands", some)

    assert first[0]["id"] == second[0]["id"]
    assert [e["created"] for e in server.seen if e["event"] == "commands"] == [1, 0, 80, 80]
    assert (status, body["code"]) == (400, 30034)
    assert "200" in server.violations[0]


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
    (said,) = server.violations
    assert said.startswith("POST /api/v10/channels/600/messages: allowed_mentions: not given")


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
    async with DiscordServer(clock=lambda: now[0]) as server:
        base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = server.api_base, URL(server.gateway_url)
        codes: list[int] = []
        answered = asyncio.Event()

        async def answer(interaction: discord.Interaction) -> None:
            token = interaction.token
            callback = f"/interactions/{interaction.id}/{token}/callback"
            for late, path in ((0, callback), (0, callback), (901, f"/webhooks/800/{token}")):
                now[0] += late
                _, body = await raw(server, "POST", path, {"type": 4, "data": said, **said})
                codes.append((body or {}).get("code", 0))
            answered.set()

        async def too_late(interaction: discord.Interaction) -> None:
            now[0] += 3.1
            with pytest.raises(discord.NotFound):
                await interaction.response.defer()

        said = {"content": "x", "allowed_mentions": {"parse": []}}
        try:
            async with running(server, answer) as bot:
                await server.slash("claim figures chart")
                await answered.wait()
                bot.heard = too_late
                with pytest.raises(TimeoutError):
                    await server.slash("claim figures chart", patience=0.5)
        finally:
            Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway

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


async def test_rates_are_told_and_enforced(server: DiscordServer) -> None:
    """The library keeps to a bucket by its headers; who does not is told to wait, and that is recorded."""
    server.rates.rates["POST /channels/{channel}/messages"] = Rate(2, 0.2)
    quiet = {"content": "x", "allowed_mentions": {"parse": []}}
    async with running(server) as bot:
        for _ in range(5):
            await bot.get_partial_messageable(600).send("x")
        kept = list(server.violations)
        answers = [await raw(server, "POST", "/channels/601/messages", quiet) for _ in range(3)]

    assert kept == []
    assert [status for status, _ in answers] == [200, 200, 429]
    assert 0 < answers[2][1]["retry_after"] <= 0.2
    assert len(server.violations) == 1


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


def options(count: int) -> list[Json]:
    """Return so many options of a menu."""
    return [{"label": str(i), "value": str(i)} for i in range(count)]


def select(**more: Any) -> Json:
    """Return a menu of one option."""
    return {"type": 3, "custom_id": "m", "options": options(1), **more}


@pytest.mark.parametrize(
    "over",
    [
        {"content": "x" * 2001},
        {"nonce": "x" * 26},
        {"embeds": [{"title": "t"}] * 11},
        {"embeds": [{"title": "t", "image": {"url": "attachment://none.png"}}]},
        {"components": [row(button("x", str(i))) for i in range(6)]},
        {"components": [row(*(button("x", str(i)) for i in range(6)))]},
        {"components": [row(button("x" * 81, "a"))]},
        {"components": [row(button("x", "a" * 101))]},
        {"components": [row(button("x", ""))]},
        {"components": [row(button("x", "a"), button("y", "a"))]},
        {"components": [row(button("", "a"))]},
        {"components": [row({"type": 2, "style": 5, "label": "x", "url": "https://a.example/" + "a" * 500})]},
        {"components": [row(select(), button("x", "a"))]},
        {"components": [row(select(options=options(26)))]},
        {"components": [row(select(options=[]))]},
        {"components": [row(select(options=[{"label": "x" * 101, "value": "v"}]))]},
        {"components": [row(select(options=[{"label": "x", "value": "v" * 101}]))]},
        {"components": [row(select(options=[{"label": "x", "value": "v", "description": "d" * 101}]))]},
        {"components": [row(select(options=[*options(1), *options(1)]))]},
        {"components": [row(select(placeholder="x" * 151))]},
        {"components": [row(select(max_values=2))]},
        {"components": [{"type": 10, "content": "x"}]},
        {"flags": V2, "components": [{"type": 10, "content": "x"}]},
        {"flags": V2, "content": "", "components": [{"type": 10, "content": "x"}] * 41},
        {"allowed_mentions": {"parse": ["roles"], "roles": ["1"]}},
        {"attachments": [{"id": 0, "filename": "a", "description": "x" * 1025}]},
        {"attachments": [{"id": i, "filename": "a"} for i in range(11)]},
    ],
    ids=str,
)
def test_a_message_over_a_limit_is_refused(over: Json) -> None:
    """One over each limit of messages and components is a fault, and without it there is none."""
    assert message_faults({"content": "x", **over})
    assert message_faults({"content": "x", "components": [row(select()), row(button("x", "a"))]}) == []


@pytest.mark.parametrize(
    "over",
    [
        {"title": "x" * 46},
        {"title": ""},
        {"custom_id": "x" * 101},
        {"components": []},
        {"components": 6},
        {"label": "x" * 46},
        {"description": "x" * 101},
        {"component": {"max_length": 4001}},
        {"component": {"value": "x" * 4001}},
        {"component": {"placeholder": "x" * 101}},
        {"component": {"type": 2}},
    ],
    ids=str,
)
def test_a_form_over_a_limit_is_refused(over: Json) -> None:
    """One over each limit of forms is a fault, and without it there is none."""
    changed = dict(over)
    count = changed.pop("components", 5)
    text = {"type": 4, "style": 1, **changed.pop("component", {})}
    label = {part: changed.pop(part) for part in ("label", "description") if part in changed}
    parts = [
        {"type": 18, "label": "x", **label, "component": {**text, "custom_id": str(i)}}
        for i in range(count or 0)
    ]
    form = {"title": "t", "custom_id": "c", "components": parts, **changed}

    assert modal_faults(form)
    plain = {"type": 18, "label": "x", "component": {"type": 4, "style": 1, "custom_id": "a"}}
    assert modal_faults({"title": "t", "custom_id": "c", "components": [plain]}) == []


@pytest.mark.parametrize(
    "command",
    [
        {"name": "Big"},
        {"name": "x" * 33},
        {"name": "two words"},
        {"description": "x" * 101},
        {"description_localizations": {"ko": "x" * 101}},
        {"name_localizations": {"kp": "x"}},
        {"options": [{"type": 3, "name": str(i), "description": "x"} for i in range(26)]},
        {"options": [{"type": 3, "name": "a", "description": "x", "choices": [{"name": "n", "value": 1}]}]},
        {"options": [{"type": 3, "name": "a", "description": "x", "choices": options(1) * 26}]},
        {
            "options": [
                {
                    "type": 2,
                    "name": "a",
                    "description": "x",
                    "options": [{"type": 2, "name": "a", "description": "x"}],
                }
            ]
        },
        {
            "options": [
                {"type": 1, "name": "a", "description": "x"},
                {"type": 3, "name": "b", "description": "x"},
            ]
        },
        {"type": 3, "description": "x"},
        {"default_member_permissions": 16},
    ],
    ids=str,
)
def test_a_command_over_a_limit_is_refused(command: Json) -> None:
    """One over each limit of commands is a fault, and the commands of these tests have none."""
    assert command_faults([{"name": "x", "description": "x", **command}])
    assert command_faults(COMMANDS) == []


def test_a_command_weighs_what_its_longest_language_does() -> None:
    """8,000 characters in all: names, descriptions, values; of translations only the longest counts."""
    option = {"type": 3, "name": "a", "description": "x" * 100, "description_localizations": {"ko": "y" * 99}}
    most = [{**option, "name": f"{i:02}"} for i in range(25)]
    subs = [{"type": 1, "name": f"{i}", "description": "x" * 31, "options": most} for i in range(3)]
    command = {"name": "x" * 6, "description": "x" * 48, "options": subs}

    assert 3 * (32 + 25 * 102) + 54 == 7800
    assert command_faults([command]) == []
    assert command_faults([{**command, "description": "x" * 100, "name": "x" * 32}]) == []
    heavy = {"type": 1, "name": "h", "description": "x" * 100}
    assert command_faults([{**command, "options": [*subs, heavy, {**heavy, "name": "i"}]}])


def test_suggestions_and_threads_have_limits() -> None:
    """26 suggestions, or one of 101 characters, are too many; a thread's name has 1 to 100 characters."""
    fine = [{"name": "x" * 100, "value": "y"}] * 25

    assert choice_faults(fine) == []
    assert choice_faults([*fine, *fine[:1]])
    assert choice_faults([{"name": "x" * 101, "value": "y"}])
    assert thread_faults({"name": "x" * 100}) == []
    assert thread_faults({"name": "x" * 101})
    assert thread_faults({"name": "x", "auto_archive_duration": 30})


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
