"""Where questions are answered: a command or a used control in, a card out, whatever happens."""

import logging
import secrets
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.actions.model import Action, Press
from bot.actions.sharing import with_controls
from bot.card import Card, Tone
from bot.commands.home import home
from bot.commands.model import Asker, Command, Context
from bot.commands.noting import note_change
from bot.commands.parse import parse
from bot.commands.rights import refuse
from bot.commands.spelling import spelling
from bot.commands.unfurling import unfurl
from bot.controls import Option
from bot.language import _, speaking
from bot.places import among_seen
from bot.present import error_card
from bot.replies import Answered, Reply
from bot.seen import seen_by
from claims.errors import AskerError, NotFound, UsageError

log = logging.getLogger(__name__)

T = TypeVar("T")


class Desk:
    """Answers commands and controls, and never raises but when it is cancelled."""

    def __init__(self, commands: Sequence[Command], context: Context, actions: Sequence[Action] = ()) -> None:
        """Keep the tables of commands and actions, and what they may use."""
        self._commands = {command.name: command for command in commands}
        self._actions = {action.verb: action for action in actions}
        self._context = context

    async def answer(self, name: str, args: dict[str, str], asker: Asker) -> Card:
        """Run a command by its name (`claim show`) with its values by parameter name, for whoever asks."""

        async def run(context: Context) -> Card:
            command = self._commands.get(name)
            if command is None:
                unknown = _("There is no command “{name}”").format(name=name)
                listed = _("{help} lists what can be asked").format(help=context.spelled("help"))
                raise NotFound(f"{unknown}\n{listed}")
            refuse(context, command, context.spelled(command.name))
            card = await command.run(context, args)
            if command.is_noted(args):
                await note_change(context, command.name, args)
            return card if command.changes else await with_controls(context, card, command.name, args)

        return await self._guarded(name, run, asker, lambda card: card)

    async def answer_text(self, text: str, asker: Asker) -> Card:
        """Answer a typed line: `claim show containers-2023`."""
        with speaking(asker.language):
            try:
                name, args = parse(text, list(self._commands.values()), spelling(asker.reference))
            except AskerError as error:
                return error_card(error)
        return await self.answer(name, args, asker)

    async def suggest(self, name: str, param: str, typed: str, asker: Asker) -> Sequence[Option]:
        """Return what a parameter of a command could be, the best first; nothing where that fails."""
        command = self._commands.get(name)
        params = {each.name: each for each in command.params} if command else {}
        suggest = params[param].suggest if param in params else None
        if command is None or suggest is None:
            return ()
        context = self._for(asker)
        try:
            with speaking(asker.language):
                refuse(context, command, name)
                return await suggest(context, typed)
        except UsageError:
            return ()
        except Exception:
            log.exception("nothing suggested command=%s param=%s", name, param)
            return ()

    async def act(self, action: str, press: Press, asker: Asker) -> Answered:
        """Do what a used control asks for: `page:k3f9:2`, with what was chosen or filled in."""
        verb, _colon, argument = action.partition(":")

        async def run(context: Context) -> Answered:
            row = self._actions.get(verb)
            if row is None:
                raise NotFound(_("This button is of an older version and does nothing any more"))
            refuse(context, row, f"“{_(row.label)}”")
            answered = await row.run(context, replace(press, argument=argument))
            if row.changes and isinstance(answered, Reply) and answered.noted != "":
                said = {"": " ".join((argument, *press.chosen)), **press.entries}
                await note_change(context, verb, {"": answered.noted} if answered.noted else said)
            return answered

        return await self._guarded(verb, run, asker.for_all() if self.is_shared(action) else asker, Reply)

    async def home(self, asker: Asker, channels: Collection[str] | None = None) -> Sequence[Card]:
        """Return what somebody sees before they ask anything; see `bot.commands.home`."""

        async def run(context: Context) -> Sequence[Card]:
            return await home(context, channels)

        return await self._guarded("home", run, asker, lambda card: (card,))

    async def unfurl(self, url: str, asker: Asker) -> Card | None:
        """Return what all of a channel see of a link, in the language of what is posted; None for no story.

        `asker` posted it.
        """
        context = self._for(asker)
        try:
            workspace = await context.store.workspace(context.workspace)
            with speaking(workspace.speaks):
                return await unfurl(context, url)
        except Exception:
            log.exception("nothing shown of a link")
            return None

    def opens_form(self, action: str) -> bool:
        """Say whether an action answers with a form, which must be its first answer."""
        row = self._actions.get(action.partition(":")[0])
        return row is not None and row.form

    def asks(self, action: str) -> bool:
        """Say whether an action answers with something further to choose, best shown over the chat."""
        row = self._actions.get(action.partition(":")[0])
        return row is not None and row.asks

    def is_shared(self, action: str) -> bool:
        """Say whether what an action answers is for all, unless it fails."""
        row = self._actions.get(action.partition(":")[0])
        return row is not None and row.shared

    def _for(self, asker: Asker) -> Context:
        """Return what a command may use of what whoever asks may see."""
        return replace(
            self._context,
            asker=asker,
            store=seen_by(self._context.store, asker.workspace, asker.unseen),
            find_place=among_seen(self._context.find_place, asker.unseen),
            spelled=spelling(asker.reference),
        )

    async def _guarded(
        self,
        name: str,
        run: Callable[[Context], Awaitable[T]],
        asker: Asker,
        shown: Callable[[Card], T],
    ) -> T:
        with speaking(asker.language):
            try:
                return await run(self._for(asker))
            except AskerError as error:
                return shown(error_card(error))
            except Exception:
                # The reference is all that leaves the house: an error's words may hold a path or a secret.
                reference = secrets.token_hex(3)
                log.exception("command %s failed, reference %s", name, reference)
                words = _("Whoever runs the bot finds the cause in its log under {reference}.")
                return shown(
                    Card(
                        title=_("Something went wrong on our side"),
                        lines=((words.format(reference=reference),),),
                        tone=Tone.TROUBLE,
                    )
                )
