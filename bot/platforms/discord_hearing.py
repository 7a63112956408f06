"""All that is heard of Discord, put together: what people do, and what becomes of servers."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import discord

from bot.commands.model import Command
from bot.mending import Mender
from bot.platforms import Desk, Joined, Platform
from bot.platforms.discord_askers import Askers, Books
from bot.platforms.discord_channels import Channels
from bot.platforms.discord_interactions import Interactions
from bot.platforms.discord_registering import Registrar
from bot.platforms.discord_sending import DiscordMessages
from bot.platforms.discord_servers import Servers
from claims.clock import Clock


class Hearing:
    """Outlasts the clients that it attends."""

    def __init__(
        self,
        platform: Platform,
        books: Books,
        commands: Sequence[Command],
        guilds: Sequence[int],
        channels: Sequence[int],
        messages: DiscordMessages,
        clock: Clock,
        on_joined: Joined | None,
        *,
        answer_seconds: float,
        send_seconds: float,
    ) -> None:
        """Keep what hearing takes; `guilds` are those that may ask, empty for all, `channels` are named."""
        self._books, self._messages, self._clock, self._on_joined = books, messages, clock, on_joined
        self._platform, self._mender = platform, Mender(books, clock)
        self._events: set[str] = set()
        self._underway: set[asyncio.Future[None]] = set()
        self._registrar = Registrar(books, commands, guilds, send_seconds)
        self._askers = Askers(books, commands, guilds, channels)
        self._interactions = Interactions(
            commands, self._askers, answer_seconds=answer_seconds, send_seconds=send_seconds
        )

    async def attend(self, client: discord.Client, desk: Desk) -> None:
        """Register the commands with a client that is logged in, and listen to it."""
        channels = Channels(self._books, self._mender, self._platform)
        servers = Servers(
            client,
            self._books,
            self._registrar,
            self._askers,
            self._messages,
            channels,
            self._clock,
            self._on_joined,
        )

        async def on_interaction(interaction: discord.Interaction) -> None:
            await self._interactions.hear(desk, interaction)

        for handler in (on_interaction, *servers.handlers, *channels.handlers):
            self._listen(client, handler.__name__, handler)
        for scope in self._registrar.scopes:
            await self._registrar.bring(client, scope)

    async def finish(self, client: discord.Client, seconds: float) -> None:
        """Hear nothing new, let what is underway come to its end for some seconds, and break off the rest."""
        for event in self._events:
            # What discord.py puts off until it has heard of every server it would begin after the end.
            delattr(client, event)
        self._events.clear()
        if self._underway:
            _done, late = await asyncio.wait(self._underway, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _listen(self, client: discord.Client, event: str, handler: Callable[..., Awaitable[None]]) -> None:
        """Hand an event to whoever handles it, and know while that goes on: discord.py does not tell."""

        async def heard(*facts: Any) -> None:
            task = asyncio.ensure_future(handler(*facts))
            self._underway.add(task)
            task.add_done_callback(self._underway.discard)
            await task

        heard.__name__ = event
        client.event(heard)
        self._events.add(event)
