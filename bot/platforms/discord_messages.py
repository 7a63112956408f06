"""What passes between our records and discord.py's: cards as embeds and files, members as askers."""

import io
from collections.abc import Collection

import discord

from bot.card import Card
from bot.commands.model import Asker
from bot.render.discord import render


def asker_of(interaction: discord.Interaction, channels: Collection[int]) -> Asker:
    """Return who asks; who may manage the server of a subscribed channel, or its channels, may change things.

    Anybody may take a public bot to a server of their own and manage that one: it must be one that whoever
    runs the bot named a channel of.
    """
    may, server = interaction.permissions, interaction.guild
    ours = server is not None and any(server.get_channel(channel) for channel in channels)
    return Asker(
        f"discord:{interaction.user.id}",
        ours and (may.manage_channels or may.manage_guild or may.administrator),
        "It takes the permission Manage Channels or Manage Server on a server with a subscribed channel",
    )


def files_of(card: Card) -> list[discord.File]:
    """Return the file that comes with a card, if there is one; each can be sent once."""
    if card.attachment is None:
        return []
    return [discord.File(io.BytesIO(card.attachment.content), card.attachment.name)]


def embed_of(card: Card) -> discord.Embed:
    """Return a card as an embed."""
    (embed,) = render(card)["embeds"]
    return discord.Embed.from_dict(embed)
