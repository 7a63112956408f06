"""A small bot of the real discord.py, to see what the Discord on loopback is like for one."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from tests.support.discord_http import Json
from tests.support.discord_server import DiscordServer

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


@asynccontextmanager
async def serving(**changes: Any) -> AsyncIterator[DiscordServer]:
    """Serve a Discord to which discord.py points; afterwards it points to the real one again."""
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    try:
        async with DiscordServer(**changes) as server:
            Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = server.api_base, URL(server.gateway_url)
            yield server
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


async def raw(server: DiscordServer, method: str, path: str, body: object = None) -> tuple[int, Any]:
    """Send a request as no library would; return its status and body."""
    headers = {"Authorization": f"Bot {server.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.request(method, server.api_base + path, json=body) as response,
    ):
        return response.status, await response.json() if response.status != 204 else None
