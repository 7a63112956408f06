"""The one table of actions: what every control on every platform may ask for."""

from bot.actions import (
    alerts,
    care,
    claims,
    digesting,
    exchange,
    review,
    setup,
    sharing,
    snoozing,
    tracking,
    verdicts,
    watching,
    wrong_claim,
)
from bot.actions.model import Action
from bot.commands.table import COMMANDS

ACTIONS: tuple[Action, ...] = (
    *sharing.actions({command.name: command for command in COMMANDS}),
    *alerts.ACTIONS,
    *care.ACTIONS,
    *claims.ACTIONS,
    *digesting.ACTIONS,
    *verdicts.ACTIONS,
    *wrong_claim.ACTIONS,
    *review.ACTIONS,
    *snoozing.ACTIONS,
    *tracking.ACTIONS,
    *watching.ACTIONS,
    *setup.ACTIONS,
    *exchange.ACTIONS,
)
"""By verb."""
