"""What Discord says of a channel: whose it is, and what the bot lacks there."""

from collections.abc import Sequence

import discord

from bot.places import Place

NEEDED = {
    "View Channel": discord.Permissions(view_channel=True),
    "Send Messages": discord.Permissions(send_messages=True),
    "Embed Links": discord.Permissions(embed_links=True),
}
"""What it takes to post a card, as the settings of a channel call it
(https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags)."""


def place_of(client: discord.Client, channel: int) -> Place | None:
    """Return a channel of a server as the gateway told of it, or None where the bot sees none of that id."""
    found = client.get_channel(channel)
    if not isinstance(found, discord.TextChannel):
        return None
    return Place(
        f"discord:{found.id}",
        f"discord:{found.guild.id}",
        lacks=missing(found),
        roles={str(role.id): role.mentionable for role in found.guild.roles if not role.is_default()},
        calls=found.permissions_for(found.guild.me).mention_everyone,
    )


def place_to_speak(guild: discord.Guild, besides: int | None = None) -> discord.TextChannel | None:
    """Return the channel for the server's news, else the first text channel, where the bot may post cards."""
    for channel in (guild.system_channel, *guild.text_channels):
        if channel is not None and channel.id != besides and not missing(channel):
            return channel
    return None


def places_to_speak(guild: discord.Guild, besides: int, wanted: Sequence[int]) -> list[discord.TextChannel]:
    """Return those of the `wanted` channels where the bot may post cards, then `place_to_speak`."""
    named = [each for each in guild.text_channels if each.id in wanted and each.id != besides]
    last = place_to_speak(guild, besides)
    return [*(each for each in named if not missing(each)), *([last] if last else [])]


def missing(channel: discord.TextChannel) -> tuple[str, ...]:
    """Return which of `NEEDED` the bot lacks in a channel."""
    may = channel.permissions_for(channel.guild.me)
    return tuple(name for name, needed in NEEDED.items() if not may >= needed)
