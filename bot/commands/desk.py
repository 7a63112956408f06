"""Where questions are answered: a command in, a card out, whatever happens."""

import logging
import secrets
from collections.abc import Sequence

from bot.card import Card, Tone
from bot.commands.model import Command, Context
from bot.commands.parse import parse
from bot.present import error_card
from claims.errors import AskerError, NotFound

log = logging.getLogger(__name__)


class Desk:
    """Answers commands, and never raises but when it is cancelled."""

    def __init__(self, commands: Sequence[Command], context: Context) -> None:
        """Keep the table of commands and what they may use."""
        self._commands = {command.name: command for command in commands}
        self._context = context

    async def answer(self, name: str, args: dict[str, str]) -> Card:
        """Run a command by its name (`claim show`) with its values by parameter name."""
        command = self._commands.get(name)
        if command is None:
            return error_card(NotFound(f"There is no command “{name}”\nhelp lists what can be asked"))
        try:
            return await command.run(self._context, args)
        except AskerError as error:
            return error_card(error)
        except Exception:
            # The reference is all that leaves the house: an error's own words may hold a path or a secret.
            reference = secrets.token_hex(3)
            log.exception("command %s failed, reference %s", name, reference)
            return Card(
                title="Something went wrong on our side",
                lines=((f"Whoever runs the bot finds the cause in its log under {reference}.",),),
                tone=Tone.TROUBLE,
            )

    async def answer_text(self, text: str) -> Card:
        """Answer a typed line: `claim show containers-2023`."""
        try:
            name, args = parse(text, list(self._commands.values()))
        except AskerError as error:
            return error_card(error)
        return await self.answer(name, args)
