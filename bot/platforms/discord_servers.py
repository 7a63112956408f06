"""What the gateway tells of servers: those that come and go, their channels, and whom they let use what."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

import discord

from bot.platforms import PLAINLY, Joined, SendError
from bot.platforms.discord_askers import Askers, Books, workspace_of
from bot.platforms.discord_channels import Channels
from bot.platforms.discord_places import place_to_speak
from bot.platforms.discord_registering import Registrar
from bot.platforms.discord_sending import DiscordMessages
from claims.clock import Clock
from claims.workspaces import Workspace

_log = logging.getLogger(__name__)


class Servers:
    """Hears of servers for one client, in turn."""

    def __init__(
        self,
        client: discord.Client,
        books: Books,
        registrar: Registrar,
        askers: Askers,
        messages: DiscordMessages,
        channels: Channels,
        clock: Clock,
        on_joined: Joined | None,
    ) -> None:
        """Keep what it takes."""
        self._client, self._books, self._clock = client, books, clock
        self._registrar, self._askers, self._messages = registrar, askers, messages
        self._channels = channels
        self._on_joined = on_joined
        self._turn = asyncio.Lock()

    @property
    def handlers(self) -> tuple[Callable[..., Awaitable[None]], ...]:
        """Return what is to be called for an event, each named after its own."""
        return (
            self.on_ready,
            self.on_guild_available,
            self.on_guild_join,
            self.on_guild_update,
            self.on_guild_remove,
            self.on_raw_app_command_permissions_update,
        )

    async def on_ready(self) -> None:
        """Catch up with what may have happened while nobody listened."""
        self._askers.forget()
        await self._registrar.bring(self._client, None)
        here = {workspace_of(guild.id) for guild in self._client.guilds}
        subscribed = {each.workspace for each in await self._books.subscriptions()}
        for workspace in sorted(subscribed - here):
            if workspace.startswith(workspace_of(0)[:-1]):
                await self._left(workspace)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Know a server that the bot is in."""
        async with self._turn:
            await self._seen(guild)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Know a server that the bot came to."""
        async with self._turn:
            await self._registrar.forget(self._client, guild.id)
            await self._seen(guild)

    async def on_guild_update(self, before: discord.Guild, after: discord.Guild) -> None:
        """Know the name and the language that a server has from now on."""
        if (before.name, before.preferred_locale) != (after.name, after.preferred_locale):
            await self.on_guild_available(after)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Know that the bot was removed from a server."""
        async with self._turn:
            self._askers.forget(guild.id)
            await self._registrar.forget(self._client, guild.id)
            await self._left(workspace_of(guild.id))

    async def on_raw_app_command_permissions_update(
        self, changed: discord.RawAppCommandPermissionsUpdateEvent
    ) -> None:
        """Ask again whom a server lets use what."""
        self._askers.forget(changed.guild.id)

    async def _seen(self, guild: discord.Guild) -> None:
        if self._client.get_guild(guild.id) is None:
            return  # left meanwhile: what is told of servers at the start is put off, what comes later is not
        channels = [f"discord:{channel.id}" for channel in (*guild.channels, *guild.threads)]
        await self._books.place(channels, workspace_of(guild.id))
        known = await self._books.workspace(workspace_of(guild.id))
        back = known.left_at is not None
        welcomed_at = None if back else known.welcomed_at
        locale = str(guild.preferred_locale)
        now = replace(known, name=guild.name, locale=locale, left_at=None, welcomed_at=welcomed_at)
        if now != known:
            await self._books.keep_workspace(now)
        await self._channels.look(guild, anew=True)
        await self._registrar.bring(self._client, guild.id)
        await self._greet(guild, now, back=back)

    async def _left(self, workspace: str) -> None:
        await self._channels.left(workspace)
        known = await self._books.workspace(workspace)
        if known.left_at is None:
            await self._books.keep_workspace(replace(known, left_at=self._clock()))

    async def _greet(self, guild: discord.Guild, workspace: Workspace, *, back: bool) -> None:
        """Greet a server that is new to us or invited us again, once, where that is allowed.

        One that is subscribed was greeted before welcomes were noted.
        """
        place = place_to_speak(guild)
        new = workspace.welcomed_at is None and self._askers.serves(guild.id)
        if self._on_joined is None or place is None or not new:
            return
        if not back and await self._books.subscriptions(workspace.id):
            return
        destination = f"discord:{place.id}"
        card = await self._on_joined(workspace.id, guild.name, workspace.speaks, destination)
        if card is None:
            return
        try:
            # `again`, since whoever was greeted just before a crash is not noted as such; who is back may
            # still have the first greeting there.
            key = f"welcome {workspace.id} {self._clock().isoformat() if back else ''}".rstrip()
            receipt = await self._messages.send(
                self._client, str(place.id), card, key, again=not back, how=PLAINLY
            )
        except SendError as e:
            _log.warning("Server %d was not greeted: %s", guild.id, e)
            return
        known = await self._books.workspace(workspace.id)
        greeting = f"{destination}/{receipt}"
        await self._books.keep_workspace(replace(known, welcomed_at=self._clock(), greeting=greeting))
