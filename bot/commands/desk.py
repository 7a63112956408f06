"""Where questions are answered: a command in, a card out, whatever happens."""

import logging
import re
import secrets
from collections.abc import Sequence
from dataclasses import replace

from bot.card import Card, Tone
from bot.commands.model import Asker, Command, Context
from bot.commands.parse import parse
from bot.commands.spelling import spelling
from bot.phrases import shorten
from bot.present import error_card
from claims.errors import AskerError, NotFound, UsageError
from claims.text import one_line

log = logging.getLogger(__name__)

_LOGGED = 200
"""Characters of each value of a command that changed something."""


class Desk:
    """Answers commands, and never raises but when it is cancelled."""

    def __init__(self, commands: Sequence[Command], context: Context) -> None:
        """Keep the table of commands and what they may use."""
        self._commands = {command.name: command for command in commands}
        self._context = context

    async def answer(self, name: str, args: dict[str, str], asker: Asker) -> Card:
        """Run a command by its name (`claim show`) with its values by parameter name, for whoever asks."""
        command, spelled = self._commands.get(name), spelling(asker.reference)
        if command is None:
            return error_card(
                NotFound(f"There is no command “{name}”\n{spelled('help')} lists what can be asked")
            )
        if command.changes and not asker.may_change:
            return error_card(
                UsageError(f"You may not use {spelled(command.name)}: it changes what all see\n{asker.needs}")
            )
        try:
            card = await command.run(replace(self._context, asker=asker, spelled=spelled), args)
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
        if command.changes:
            said = " ".join(f"{key}={_without_secrets(value)}" for key, value in args.items())
            log.info("changed by=%s command=%s %s", asker.reference, command.name, said)
        return card

    async def answer_text(self, text: str, asker: Asker) -> Card:
        """Answer a typed line: `claim show containers-2023`."""
        try:
            name, args = parse(text, list(self._commands.values()), spelling(asker.reference))
        except AskerError as error:
            return error_card(error)
        return await self.answer(name, args, asker)


def _without_secrets(words: str) -> str:
    """Return words on one line without what may be a key: the query of an address."""
    return shorten(re.sub(r"\?\S+", "?…", one_line(words)), _LOGGED)
