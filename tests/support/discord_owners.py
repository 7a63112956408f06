"""What those who run a server, and Discord itself, do around the bot on the Discord on loopback."""

from tests.support.discord_http import Json
from tests.support.discord_places import NOTHING, Guild, May, Member, Role, sample_guild
from tests.support.discord_state import APPLICATION, BOT, DiscordState


class DiscordOwners(DiscordState):
    """Invitations, channels and permissions; the bot hears of each over the gateway."""

    def add_guild(self, ident: int, channels: tuple[int, ...], locale: str = "en-US") -> Guild:
        """Let the bot be in one more server from the start; it shares nobody with the others."""
        self.guilds[ident] = guild = sample_guild(
            ident, channels, BOT, name=f"Sample server {ident}", locale=locale
        )
        return guild

    async def join(self, ident: int, channels: tuple[int, ...], locale: str = "en-US") -> Guild:
        """Invite the bot to a server while it runs: a GUILD_CREATE without `unavailable`."""
        guild = self.add_guild(ident, channels, locale)
        self.left -= set(channels)
        await self.gateway.dispatch("GUILD_CREATE", guild.shown(), ident)
        return guild

    async def leave(self, ident: int) -> None:
        """Remove the bot from a server."""
        guild = self.guilds.pop(ident)
        self.left |= {*guild.channels, *guild.threads}
        self.commands.pop(ident, None)
        await self.gateway.dispatch("GUILD_DELETE", {"id": str(ident)}, ident)

    async def delete_channel(self, ident: int) -> None:
        """Delete a channel with its threads and messages."""
        guild = self._home(ident)
        channel = guild.channels.pop(ident)
        for place in (ident, *(t.ident for t in guild.threads.values() if t.parent == ident)):
            guild.threads.pop(place, None)
            for message in self.messages.pop(place, []):
                self.by_id.pop(message["id"], None)
        shown = channel.shown(guild.ident, guild.bot.ident)
        await self.gateway.dispatch("CHANNEL_DELETE", shown, guild.ident)

    async def delete_message(self, message: Json) -> None:
        """Delete a message as a moderator; the bot, which reads no messages, hears nothing of it."""
        self.drop(message)

    async def take(self, may: May, *, channel: int | None = None, guild: int | None = None) -> None:
        """Take permissions from the bot, in a channel or else in a whole server."""
        if channel is not None:
            home = self._home(channel)
            place = home.channels[channel]
            place.denied[home.bot.ident] = place.denied.get(home.bot.ident, NOTHING) | may
            await self._changed_channel(home, channel)
            return
        home = self.guilds[guild or self.guild]
        for role in (home.roles[ident] for ident in (home.ident, *home.bot.roles)):
            role.may &= ~may
            await self._changed_role(home, role)

    async def give(self, may: May, *, channel: int | None = None, guild: int | None = None) -> None:
        """Give permissions back to the bot."""
        if channel is not None:
            home = self._home(channel)
            place = home.channels[channel]
            place.denied[home.bot.ident] = place.denied.get(home.bot.ident, NOTHING) & ~may
            await self._changed_channel(home, channel)
            return
        home = self.guilds[guild or self.guild]
        role = home.roles[home.bot.roles[0]]
        role.may |= may
        await self._changed_role(home, role)

    async def allow(self, command: str, who: Role | Member, *, permission: bool = True) -> None:
        """Set in a server's settings that a role or a member may use a command (`/watch`), or may not."""
        kind, home = self._whose(who)
        both = [*self.commands.get(home.ident, []), *self.commands.get(None, [])]
        ident = next(each["id"] for each in both if each["name"] == command)
        rows = self.overrides.setdefault(home.ident, {}).setdefault(ident, [])
        rows[:] = [row for row in rows if row["id"] != str(who.ident)]
        rows.append({"id": str(who.ident), "type": kind, "permission": permission})
        if len(rows) > 100:
            raise ValueError("a command has at most 100 overrides")
        about = {"id": ident, "application_id": APPLICATION["id"], "guild_id": str(home.ident)}
        changed = {**about, "permissions": rows}
        await self.gateway.dispatch("APPLICATION_COMMAND_PERMISSIONS_UPDATE", changed, home.ident)

    async def archive(self, thread: int, *, locked: bool = False) -> None:
        """Archive a thread, as Discord does after a while; a moderator may also lock it."""
        home = self._home(thread)
        place = home.threads[thread]
        place.archived, place.locked = True, locked
        shown = place.shown(home.ident, home.bot.ident)
        await self.gateway.dispatch("THREAD_UPDATE", shown, home.ident)

    async def rename(self, guild: int, name: str, locale: str) -> None:
        """Give a server another name and language, and tell of it."""
        home = self.guilds[guild]
        home.name, home.locale = name, locale
        await self.gateway.dispatch("GUILD_UPDATE", home.shown(), guild)

    async def cut(self) -> None:
        """Cut the gateway: the bot resumes, and is told what happened meanwhile."""
        await self.gateway.cut()

    def _home(self, channel: int) -> Guild:
        guild = self.home(channel)
        if guild is None:
            raise LookupError(f"there is no channel {channel}")
        return guild

    def _whose(self, who: Role | Member) -> tuple[int, Guild]:
        kind = 1 if isinstance(who, Role) else 2
        for guild in self.guilds.values():
            if any(each is who for each in (*guild.roles.values(), *guild.members.values())):
                return kind, guild
        raise LookupError(f"{who.name} is on no server of the bot")

    async def _changed_channel(self, home: Guild, channel: int) -> None:
        shown = home.channels[channel].shown(home.ident, home.bot.ident)
        await self.gateway.dispatch("CHANNEL_UPDATE", shown, home.ident)

    async def _changed_role(self, home: Guild, role: Role) -> None:
        changed = {"guild_id": str(home.ident), "role": role.shown()}
        await self.gateway.dispatch("GUILD_ROLE_UPDATE", changed, home.ident)
