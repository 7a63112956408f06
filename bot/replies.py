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
    noted: str | None = None
    """What the audit log says was changed, nothing where nothing was yet; None for the control's argument."""


Answered = Reply | Form
