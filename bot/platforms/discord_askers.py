"""Who asks on Discord, where, and whether they may change things there."""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import discord

from bot.commands.model import Asker, Command, Needs, Powers
from bot.language import LANGUAGES, N_, _
from bot.platforms.discord_sending import UNSENT, reason
from bot.render.discord_commands import restricted
from claims.errors import UsageError
from claims.store_workspaces import SubscriptionBook, WorkspaceBook

_ROLE, _MEMBER = 1, 2
"""https://discord.com/developers/docs/interactions/application-commands#application-command-permissions-object"""


@dataclass(frozen=True, slots=True)
class _Override:
    """What a server says of a command under Integrations, in its settings, by ids of roles and members."""

    allowed: frozenset[int] = frozenset()
    denied: frozenset[int] = frozenset()


NEEDS = {
    Needs.CHANGE: N_("It takes the permission Manage Channels on the whole server, or to be an editor there"),
    Needs.CHANNEL: N_("It takes the permission Manage Channels in that channel, or to be an editor there"),
    Needs.SHARED: N_("Whoever runs the bot can name it in discord.guilds, or subscribe a channel of it"),
    Needs.APPOINT: N_("It takes the permission Manage Server"),
}
"""What it takes on Discord. An administrator has every permission
(https://discord.com/developers/docs/topics/permissions#permission-overwrites)."""

_log = logging.getLogger(__name__)


class Books(SubscriptionBook, WorkspaceBook, Protocol):
    """The part of the store that Discord reads and keeps by itself."""


class Askers:
    """Makes askers of interactions, and remembers what each server's own command permissions say."""

    def __init__(
        self, books: Books, commands: Sequence[Command], guilds: Collection[int], channels: Collection[int]
    ) -> None:
        """Keep what is for those who may change things, and whom the settings name.

        `guilds` are the servers that may ask, empty for every one; `channels` are those that are subscribed.
        """
        self._books = books
        self._restricted = restricted(commands)
        self._guilds, self._channels = frozenset(guilds), frozenset(channels)
        self._overrides: dict[int, Mapping[int, _Override]] = {}

    def forget(self, guild: int | None = None) -> None:
        """Ask for the command permissions of a server again, or of all."""
        if guild is None:
            self._overrides.clear()
        else:
            self._overrides.pop(guild, None)

    def serves(self, guild: int) -> bool:
        """Say whether a server is one of those that may ask."""
        return not self._guilds or guild in self._guilds

    async def asker(self, interaction: discord.Interaction, command: str = "") -> Asker:
        """Return who asks, for a command or, without one, by a control.

        Discord vouches for the member, their roles and what those allow on the whole server. What somebody
        may do in one channel alone says nothing of what all see: bots give people channels of their own.

        Raises:
            UsageError: nobody is answered there.

        """
        guild, member = interaction.guild_id, interaction.user
        if guild is None:
            raise UsageError(_("Please ask on a server: nothing is answered in direct messages"))
        if not self.serves(guild):
            raise UsageError(
                _("This bot answers on other servers alone\nWhoever runs it names them in discord.guilds")
            )
        workspace = await self._books.workspace(workspace_of(guild))
        roles = {role.id for role in member.roles} if isinstance(member, discord.Member) else set()
        names = {*roles - {guild}, member.id}
        can = member.guild_permissions if isinstance(member, discord.Member) else discord.Permissions.none()
        edits = can.manage_guild or any(str(each) in workspace.editors for each in names)
        may = edits or can.manage_channels
        if not may:
            may = edits = await self._chosen(interaction, command, guild, names)
        kept = {each.destination for each in await self._books.subscriptions(workspace.id)}
        kept |= {f"discord:{each}" for each in self._channels}
        asker = Asker(
            reference=f"discord:{member.id}",
            may_change=may,
            may_appoint=can.manage_guild,
            needs=NEEDS,
            channels=_powers(member, edits=edits) if isinstance(member, discord.Member) else {},
            named=guild in self._guilds or self._subscribed(interaction.guild),
            workspace=workspace.id,
            destination=f"discord:{_channel(interaction)}",
            name=member.display_name,
            language=language_of(interaction),
        )
        return _apart(asker, interaction.guild, kept, member if isinstance(member, discord.Member) else None)

    def _subscribed(self, guild: discord.Guild | None) -> bool:
        """Say whether the settings subscribe a channel of the server, whatever became of it in chat."""
        return guild is not None and any(guild.get_channel_or_thread(each) for each in self._channels)

    async def _chosen(
        self, interaction: discord.Interaction, command: str, guild: int, names: Collection[int]
    ) -> bool:
        """Say whether the server lets the member, or a role of theirs, change things by this command.

        Discord allows a whole group at once. Of one that only changes things every word counts. Where there
        are look-ups in it only a word for a role or a member does, and only where nobody is kept out, so that
        it can mean nothing else. Where Discord does not tell, it did not.
        """
        if not command:
            return False
        if guild not in self._overrides:
            try:
                http = interaction.client.http
                told = await http.get_guild_application_command_permissions(interaction.application_id, guild)
            except UNSENT as e:
                _log.warning("Command permissions of server %d not known: %s", guild, reason(e))
                return False
            self._overrides[guild] = {int(each["id"]): _override(each["permissions"]) for each in told}
        data: Mapping[str, Any] = interaction.data or {}
        said = self._overrides[guild]
        own, all_commands = (
            said.get(each, _Override()) for each in (int(data.get("id", 0)), interaction.application_id)
        )
        if command.partition(" ")[0] in self._restricted:
            return not own.allowed.isdisjoint({*names, guild})
        return not (own.denied or all_commands.denied or own.allowed.isdisjoint(names))


def _powers(member: discord.Member, *, edits: bool) -> dict[str, Powers]:
    """Return what a member may do in each text channel of the server, as the gateway told of them.

    Who edits, as a role or member that the server named or as one who manages it, may do so in all.
    """
    found = {}
    for place in member.guild.text_channels:
        can = place.permissions_for(member)
        found[f"discord:{place.id}"] = Powers(edits or can.manage_channels, can.mention_everyone)
    return found


def _apart(
    asker: Asker, guild: discord.Guild | None, destinations: Iterable[str], member: discord.Member | None
) -> Asker:
    """Return whoever asks with those of these channels that not all see, and that they do not see either.

    One that the gateway did not tell of is private.
    """
    everybody = guild.default_role if guild else None
    private = [each for each in destinations if not _sees(guild, each, everybody)]
    unseen = {each for each in private if not (asker.manages(each) or _sees(guild, each, member))}
    return replace(asker, private=frozenset(private), unseen=frozenset(unseen - {asker.destination}))


def _sees(guild: discord.Guild | None, destination: str, who: discord.Member | discord.Role | None) -> bool:
    place = guild and guild.get_channel(int(destination.partition(":")[2]))
    return bool(place and who and place.permissions_for(who).view_channel)


def workspace_of(guild: int) -> str:
    """Return the id of the workspace that a server is."""
    return f"discord:{guild}"


def language_of(interaction: discord.Interaction) -> str | None:
    """Return the language of the person, else of the server, of those that we speak."""
    said = (interaction.locale, interaction.guild_locale)
    return next((str(each) for each in said if each and str(each).partition("-")[0] in LANGUAGES), None)


def _channel(interaction: discord.Interaction) -> int | None:
    """Return the channel in which somebody asks; of a thread, the channel that it belongs to."""
    where = interaction.channel
    return where.parent_id if isinstance(where, discord.Thread) else interaction.channel_id


def _override(permissions: Iterable[Mapping[str, Any]]) -> _Override:
    said = [(int(each["id"]), each["permission"]) for each in permissions if each["type"] in (_ROLE, _MEMBER)]
    return _Override(
        frozenset(ident for ident, allows in said if allows),
        frozenset(ident for ident, allows in said if not allows),
    )
