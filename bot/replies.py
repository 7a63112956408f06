"""What comes back when somebody uses a command or a control."""

from dataclasses import dataclass

from bot.card import Card
from bot.controls import Form


@dataclass(frozen=True, slots=True)
class Reply:
    """A card for whoever used a control."""

    card: Card
    shared: bool = False
    """Everybody in the channel sees it; else the asker alone."""
    redraws: bool = False
    """It takes the place of the answer that the control stands on."""
    changed: bool = True
    """Of an action that may change things: it did, and is noted; else it only asks further, or tells."""


Answered = Reply | Form
