"""The one table of actions: what every control on every platform may ask for."""

from bot.actions import alerts, sharing, snoozing, tracking, verdicts, wrong_claim
from bot.actions.model import Action
from bot.commands.table import COMMANDS

ACTIONS: tuple[Action, ...] = (
    *sharing.actions({command.name: command for command in COMMANDS}),
    *alerts.ACTIONS,
    *verdicts.ACTIONS,
    *wrong_claim.ACTIONS,
    *snoozing.ACTIONS,
    *tracking.ACTIONS,
)
"""By verb."""
