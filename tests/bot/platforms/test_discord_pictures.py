"""Pictures in messages on Discord, by the real discord.py to a Discord on loopback."""

from collections.abc import AsyncIterator

import discord
import pytest

from bot.card import Card
from bot.platforms import PLAINLY, SendError
from bot.platforms.discord import API_BASE, point_library
from bot.platforms.discord_sending import DiscordMessages
from tests.support.discord_http import Json
from tests.support.discord_server import DiscordServer, Fault, May
from tests.support.pictured import BARE, DIGEST, PICTURE, REVISED

CHANNEL = 600


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """Serve a Discord on loopback, which at the end has seen no limit or deadline broken."""
    async with DiscordServer() as server:
        point_library(server.api_base, server.gateway_url)
        yield server
        assert server.violations == []
    point_library(API_BASE, None)


@pytest.fixture
async def client(server: DiscordServer) -> AsyncIterator[discord.Client]:
    """Log a bot in that only posts."""
    client = discord.Client(
        intents=discord.Intents(guilds=True), allowed_mentions=discord.AllowedMentions.none()
    )
    await client.login(server.token)
    yield client
    await client.close()


async def post(
    client: discord.Client, card: Card = DIGEST, *, again: bool = False, seconds: float = 5.0
) -> str:
    """Post a card under the one key."""
    messages = DiscordMessages(seconds)
    return await messages.send(client, str(CHANNEL), card, "digest-1", again=again, how=PLAINLY)


def picture(server: DiscordServer, message: Json) -> bytes | None:
    """Return the picture in the embed of a message, which is the only file of it."""
    shown, files = message["embeds"][0].get("image"), message["attachments"]
    assert bool(shown) == bool(files)
    if not shown:
        return None
    (file,) = files
    assert (file["filename"], file["description"]) == (PICTURE.name, PICTURE.about)
    assert PICTURE.name in shown["url"]
    return server.files[file["id"]]


async def test_a_picture_comes_with_its_message(server: DiscordServer, client: discord.Client) -> None:
    """Inside the embed, with words for those who do not see it; the nonce is there as always."""
    receipt = await post(client)

    (message,) = server.messages[CHANNEL]
    assert message["id"] == receipt
    assert picture(server, message) == PICTURE.content


async def test_a_picture_whose_answer_was_lost_is_there_once(
    server: DiscordServer, client: discord.Client
) -> None:
    """The nonce comes with every try, and where Discord has forgotten it the message is looked for."""
    server.faults.append(Fault("POST", f"/channels/{CHANNEL}/messages", after=True))
    with pytest.raises(SendError):
        await post(client, seconds=0.2)
    known = await post(client, BARE)
    server.nonces.clear()

    assert await post(client, again=True) == known
    assert [message["id"] for message in server.messages[CHANNEL]] == [known]


async def test_an_edit_shows_the_picture_as_it_is_now(server: DiscordServer, client: discord.Client) -> None:
    """It takes the place of the one before, and goes where the card has none."""
    receipt = await post(client)
    (message,) = server.messages[CHANNEL]
    messages = DiscordMessages(5.0)

    await messages.edit(client, str(CHANNEL), receipt, REVISED)
    assert picture(server, message) == b"\x89PNG, once more"

    await messages.edit(client, str(CHANNEL), receipt, BARE)
    assert picture(server, message) is None


async def test_without_the_permission_to_attach_the_words_are_posted(
    server: DiscordServer, client: discord.Client
) -> None:
    """They say that the picture is missing; an edit fares the same."""
    await server.take(May.ATTACH_FILES, channel=CHANNEL)

    receipt = await post(client)
    (message,) = server.messages[CHANNEL]
    assert picture(server, message) is None
    assert PICTURE.instead in message["embeds"][0]["description"]

    await DiscordMessages(5.0).edit(client, str(CHANNEL), receipt, REVISED)
    assert picture(server, message) is None
    assert message["embeds"][0]["title"] == REVISED.title


async def test_a_channel_that_is_shut_is_not_mended_by_leaving_the_picture_out(
    server: DiscordServer, client: discord.Client
) -> None:
    """What is wrong with the channel is told."""
    await server.take(May.SEND_MESSAGES, channel=CHANNEL)

    with pytest.raises(SendError) as failed:
        await post(client)

    assert failed.value.mendable
    assert server.messages.get(CHANNEL, []) == []
