"""What the gateway tells of channels: those that are deleted, and those where the bot may post again."""

from collections.abc import Awaitable, Callable

import discord

from bot.language import N_
from bot.mending import Books, Mender
from bot.platforms import Platform
from bot.platforms.discord_askers import workspace_of
from bot.platforms.discord_places import missing

LEFT = N_("The bot was removed from the server")
DELETED = N_("The channel was deleted on Discord")


class Channels:
    """Hears of channels for one client."""

    def __init__(self, books: Books, mender: Mender, platform: Platform) -> None:
        """Keep what channels want, who pauses it, and where one is told of it."""
        self._books, self._mender, self._platform = books, mender, platform
        self._mute: set[str] = set()

    @property
    def handlers(self) -> tuple[Callable[..., Awaitable[None]], ...]:
        """Return what is to be called for an event, each named after its own."""
        return (
            self.on_guild_channel_delete,
            self.on_guild_channel_update,
            self.on_guild_role_update,
            self.on_guild_role_delete,
            self.on_member_update,
        )

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Pause what a channel wanted that is gone, and tell of it."""
        await self._mender.broken(self._platform, f"discord:{channel.id}", DELETED)

    async def on_guild_channel_update(
        self, _before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """Look what the bot may do by now."""
        await self.look(after.guild)

    async def on_guild_role_update(self, _before: discord.Role, after: discord.Role) -> None:
        """Look what the bot may do by now."""
        await self.look(after.guild)

    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Have no channel mention a role that is gone, and look what the bot may do by now."""
        await self._mender.unrole(workspace_of(role.guild.id), str(role.id))
        await self.look(role.guild)

    async def on_member_update(self, _before: discord.Member, after: discord.Member) -> None:
        """Look what the bot may do by now, where it was given or lost a role.

        Of itself a bot hears without a privileged intent
        (https://discord.com/developers/docs/events/gateway#list-of-intents).
        """
        if after == after.guild.me:
            await self.look(after.guild)

    async def left(self, workspace: str) -> None:
        """Pause what a server wants until the bot is invited again; all that people typed is kept."""
        for wanted in await self._books.subscriptions(workspace):
            await self._mender.pause(wanted, LEFT)

    async def look(self, guild: discord.Guild, *, anew: bool = False) -> None:
        """Have channels go on where the bot could not post and can by now.

        Where it could all the time, whatever Discord refused is not mended by a change of something else;
        only with `anew`, after a time in which nobody listened, that is tried.
        """
        can = {f"discord:{channel.id}" for channel in guild.text_channels if not missing(channel)}
        for wanted in await self._books.subscriptions(workspace_of(guild.id)):
            if wanted.destination not in can:
                self._mute.add(wanted.destination)
            elif anew or wanted.destination in self._mute:
                self._mute.discard(wanted.destination)
                await self._mender.mended(wanted)
