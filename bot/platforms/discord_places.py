"""What Discord says of a channel: whose it is, and what the bot lacks there."""

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
    may = found.permissions_for(found.guild.me)
    return Place(
        f"discord:{found.id}",
        f"discord:{found.guild.id}",
        lacks=tuple(name for name, needed in NEEDED.items() if not may >= needed),
        roles={str(role.id): role.mentionable for role in found.guild.roles if not role.is_default()},
        calls=may.mention_everyone,
    )
