"""What passes between our records and discord.py's: cards as embeds, files and components, forms too."""

import io
from typing import Any

import discord

from bot.card import Card
from bot.controls import Form
from bot.render.clip import clip
from bot.render.discord import render
from bot.render.discord_controls import components, modal

ALT_TEXT = 1024
"""https://discord.com/developers/docs/resources/message#attachment-object"""


class _Controls(discord.ui.View):
    """Components that are plain data. discord.py keeps no view without items: uses come by custom id."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        super().__init__(timeout=None)
        self._rows = rows

    def to_components(self) -> list[dict[str, Any]]:
        return self._rows


class _Modal(discord.ui.Modal):
    """A form that is plain data, and never kept."""

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__(title=data["title"], custom_id=data["custom_id"])
        self._data = data
        self.stop()

    def to_dict(self) -> dict[str, Any]:
        return self._data


def controls_of(card: Card) -> discord.ui.View:
    """Return what can be pressed or chosen below a card; of a card without controls, nothing at all."""
    return _Controls(components(card.controls))


def modal_of(form: Form) -> discord.ui.Modal:
    """Return a form as a modal; needs a running event loop."""
    return _Modal(modal(form))


def files_of(card: Card) -> list[discord.File]:
    """Return the file that comes with a card, if there is one; each can be sent once."""
    if card.attachment is None:
        return []
    about = clip(card.attachment.about, ALT_TEXT) or None
    return [discord.File(io.BytesIO(card.attachment.content), card.attachment.name, description=about)]


def embed_of(card: Card) -> discord.Embed:
    """Return a card as an embed."""
    (embed,) = render(card)["embeds"]
    return discord.Embed.from_dict(embed)
