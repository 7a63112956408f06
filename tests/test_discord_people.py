"""What people see of a real discord.py bot on the Discord on loopback: answers, controls, forms, refusals."""

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest

from tests.support.discord_bot import raw, running, serving
from tests.support.discord_http import Json
from tests.support.discord_server import ASKER, DiscordServer, NotOffered


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """Serve a Discord on loopback for the real client."""
    async with serving() as server:
        yield server


def texts(message: Json) -> list[str]:
    """Return the labels of a message's controls."""
    return [each.get("label", "") for row in message["components"] for each in row["components"]]


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
        stance: discord.ui.Label[Any] = discord.ui.Label(
            text="Stance",
            component=discord.ui.Select(
                custom_id="stance", required=False, options=[discord.SelectOption(label="For", value="for")]
            ),
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
        sent = await server.submit(form, {"title": "shells", "Stance": ["For"]})
        kept = await server.submit(form, {})
        with pytest.raises(NotOffered, match="no \\['620'\\]"):
            await server.choose(head, "Where", [620])
        chosen = await server.choose(head, "Where", [601])
        with pytest.raises(NotOffered, match="no 'Track' here"):
            await server.press(head, "Track")

    values = [data["components"][0]["component"]["value"] for data in heard]
    assert values == ["shells", "kept"]
    assert [data["components"][1]["component"]["values"] for data in heard] == [["for"], []]
    assert (sent.message["content"], sent.ephemeral, kept.ephemeral) == ("thanks", True, True)
    assert chosen.message["id"] == head.message["id"]
    assert chosen.message["content"] == "['601']"
    assert server.violations == []


async def test_a_button_is_acknowledged_without_a_word(server: DiscordServer) -> None:
    """After a silent acknowledgement the message is redrawn, and what is shared stands in the channel."""

    async def answer(interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.application_command:
            view = discord.ui.View(timeout=None)
            view.add_item(discord.ui.Button(label="Share", custom_id="share"))
            await interaction.response.send_message("mine", view=view, ephemeral=True)
            return
        await interaction.response.defer()
        await interaction.edit_original_response(view=None)
        await interaction.followup.send("ours")

    async with running(server, answer):
        shown = await server.slash("claim figures chart", channel=601)
        pressed = await server.press(shown, "Share")
        await server.until(lambda: pressed.followups)

    assert (shown.message["content"], shown.message["components"], shown.ephemeral) == ("mine", [], True)
    assert (pressed.message["content"], pressed.ephemeral, pressed.deferred) == ("ours", False, True)
    assert [message["content"] for message in server.messages[601]] == ["ours"]
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
