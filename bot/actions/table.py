"""The one table of actions: what every control on every platform may ask for."""

from bot.actions import setup, sharing, watching
from bot.actions.model import Action
from bot.commands.table import COMMANDS

ACTIONS: tuple[Action, ...] = (
    *sharing.actions({command.name: command for command in COMMANDS}),
    *watching.ACTIONS,
    *setup.ACTIONS,
)
"""By verb."""
