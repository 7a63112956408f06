"""What passes between our records and discord.py's: cards as embeds and files, members as askers."""

import io
from collections.abc import Collection

import discord

from bot.card import Card
from bot.commands.model import Asker
from bot.platforms import How
from bot.render.discord import render

LOOK_BACK = 50
"""Messages in which a card that may have been posted is looked for."""


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


def mentions(how: How) -> discord.AllowedMentions:
    """Return whom a message may call: the role that was chosen, and nobody else."""
    roles: list[discord.abc.Snowflake] = [discord.Object(how.mention)] if how.mention else []
    return discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)


def files_of(card: Card) -> list[discord.File]:
    """Return the file that comes with a card, if there is one; each can be sent once."""
    if card.attachment is None:
        return []
    return [discord.File(io.BytesIO(card.attachment.content), card.attachment.name)]


def embed_of(card: Card) -> discord.Embed:
    """Return a card as an embed."""
    (embed,) = render(card)["embeds"]
    return discord.Embed.from_dict(embed)


async def posted(
    place: discord.PartialMessageable, embed: discord.Embed, author: discord.ClientUser | None
) -> discord.Message | None:
    """Return the author's latest message about the same thing, if it is among the channel's latest.

    What answers a command is none: `feed show` shows the feed that a notice is about.
    Where the history may not be read nothing is found: posting twice is better than not at all, and within
    some minutes the nonce prevents even that.
    """
    try:
        async for message in place.history(limit=LOOK_BACK):
            ours = message.author == author and message.interaction_metadata is None
            if ours and [_mark(shown) for shown in message.embeds] == [_mark(embed)]:
                return message
    except (discord.Forbidden, discord.NotFound):
        return None
    return None


def _mark(embed: discord.Embed) -> object:
    """Return what tells an embed from others and stays while the news in it goes on.

    That is the address of an alert's story; of a digest its heading and the span in its footer; of a notice
    the address of its feed, or its heading, and the moment in its footer.
    """
    if embed.url:
        return embed.url, embed.footer.text
    return embed.author.name, embed.footer.text or embed.title
