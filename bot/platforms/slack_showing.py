"""Work of people on Slack, done and shown: below what they did, in a modal over the chat, or in a form.

What opens a modal, and the answer to a form, has three seconds
(https://docs.slack.dev/interactivity/handling-user-interaction): where the work is late by then, a modal says
so, and shows the answer once it is there.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.card import Card, Tone, plain
from bot.commands.model import Asker, Command
from bot.controls import Form
from bot.language import _
from bot.lines import channel, filled
from bot.platforms import SendError
from bot.platforms.slack_guarded import Guarded, refuses
from bot.platforms.slack_heard import Body, Heard
from bot.platforms.slack_refusals import Refused
from bot.platforms.slack_surfaces import Surfaces
from bot.render.clip import clip
from bot.render.slack_commands import command_view
from bot.render.slack_views import REFUSAL, Asked, View, card_view, form_view, refilled, waiting_view
from bot.replies import Answered, Reply

CLOSED = "not_found"
"""What Slack says of a modal that its reader has closed
(https://docs.slack.dev/reference/methods/views.update)."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Blank:
    """The form of a command, with the values that are known of it."""

    command: Command
    values: Mapping[str, str]


Shown = Answered | Blank
Work = Callable[[Asker], Awaitable[Shown]]
Later = Coroutine[Any, Any, None]


class Showing:
    """Shows what work brings; whatever happens, whoever asked sees something."""

    def __init__(self, guarded: Guarded, surfaces: Surfaces) -> None:
        """Keep who does the work, and where it is shown."""
        self._guarded, self._surfaces = guarded, surfaces

    async def below(self, heard: Heard, what: str, work: Work, key: str) -> None:
        """Show it in the chat to whoever asked, or to all, once for each `key`."""
        shown = await self._guarded.do(heard, what, work, Reply)
        if not isinstance(shown, Reply):
            if await self._put(heard, view_of(shown, heard.where)) is None:
                await self._instead(heard, shown)
        elif not shown.shared:
            card = await self._surfaces.without_file(heard, shown.card)
            await self._surfaces.tell(heard, card, replacing=shown.redraws and heard.replaceable)
        elif trouble := await self._surfaces.post(heard, shown.card, key):
            await self._surfaces.tell(heard, trouble)

    async def over(self, heard: Heard, what: str, work: Work, key: str) -> None:
        """Show it in a modal: in the one that was used where it redraws that, else in one on top."""
        working = asyncio.ensure_future(self._worked(heard, what, work, key))
        try:
            await asyncio.wait({working}, timeout=self._guarded.quick / 2)
            early = working.result() if working.done() else None
            if early and await self._redrawn(heard, early):
                return
            first = view_of(early, heard.where) if early else waiting_view(heard.where)
            view_id = await self._put(heard, first)
            shown = early or await working
            if view_id is None:
                await self._instead(heard, shown)
            elif not early:
                await self._fill(heard, view_id, shown)
                if heard.modal and view_id != heard.modal.id:
                    await self._redrawn(heard, shown)
        finally:
            working.cancel()

    async def within(
        self, heard: Heard, form: Body, what: str, work: Work, key: str
    ) -> tuple[dict[str, Any], Later | None]:
        """Return how Slack is to go on with a submitted form, and what is to be done after that, if anything.

        A refusal and what is wrong are told in the form, so that what was typed stays. What redraws the modal
        below closes the form, and all else takes its place
        (https://docs.slack.dev/surfaces/modals#response_actions).
        """
        working = asyncio.ensure_future(self._worked(heard, what, work, key))
        try:
            await asyncio.wait({working}, timeout=self._guarded.quick)
        except asyncio.CancelledError:
            working.cancel()
            raise
        if not working.done():
            return _in_place(waiting_view(heard.where)), self._follow(heard, form, working)
        shown = working.result()
        if isinstance(shown, Reply):
            if errors := _errors(form, shown.card):
                return {"response_action": "errors", "errors": errors}, None
            if shown.redraws and heard.modal and heard.modal.below:
                return {}, self._fill(heard, heard.modal.below, shown)
        return _in_place(view_of(shown, heard.where)), None

    # ---- inside --------------------------------------------------------------------------------------

    async def _worked(self, heard: Heard, what: str, work: Work, key: str) -> Shown:
        """Return what a modal shows: of what was posted for all, that it was."""
        shown = await self._guarded.do(heard, what, work, Reply)
        if not isinstance(shown, Reply):
            return shown
        if not shown.shared:
            return replace(shown, card=await self._surfaces.without_file(heard, shown.card))
        if trouble := await self._surfaces.post(heard, shown.card, key):
            return Reply(trouble)
        where = channel(f"slack:{heard.where.channel}")
        return Reply(Card(_("Shared"), (filled(_("Everybody in {channel} sees it now"), channel=where),)))

    async def _follow(self, heard: Heard, form: Body, working: asyncio.Task[Shown]) -> None:
        """Fill a modal that says that the answer takes a moment, once Slack has shown it.

        What is wrong brings the form back.
        """
        try:
            await asyncio.sleep(self._guarded.quick / 4)
            shown = await working
            view = view_of(shown, heard.where)
            if isinstance(shown, Reply) and _errors(form, shown.card):
                view = refilled(form, _words(shown.card))
            if heard.modal:
                await self._fill(heard, heard.modal.id, shown, view)
        finally:
            working.cancel()

    async def _put(self, heard: Heard, view: View) -> str | None:
        """Show a modal and return its id, or None where that does not work."""
        try:
            return await self._surfaces.put(heard, view)
        except SendError as error:
            _log.warning("a modal was not opened: %s", error)
            return None

    async def _redrawn(self, heard: Heard, shown: Shown) -> bool:
        """Show in the modal that was used what redraws it; say whether it does."""
        if heard.modal is None or not (isinstance(shown, Reply) and shown.redraws):
            return False
        await self._fill(heard, heard.modal.id, shown)
        return True

    async def _fill(self, heard: Heard, view_id: str, shown: Shown, view: View | None = None) -> None:
        try:
            await self._surfaces.update(view_id, view or view_of(shown, heard.where))
        except Refused as error:
            if error.code != CLOSED:
                _log.warning("a modal was not filled: %s", error)
                await self._instead(heard, shown)
        except SendError as error:
            _log.warning("a modal was not filled: %s", error)
            await self._instead(heard, shown)

    async def _instead(self, heard: Heard, shown: Shown) -> None:
        """Tell in the chat what a modal does not show."""
        again = (_("Please try again."),)
        closed = Card(_("The form could not be opened"), (again,), tone=Tone.TROUBLE)
        await self._surfaces.tell(heard, shown.card if isinstance(shown, Reply) else closed)


def view_of(shown: Shown, where: Asked) -> View:
    """Return what came of work as a modal."""
    match shown:
        case Form():
            return form_view(shown, where)
        case Blank(command, values):
            return command_view(command, values, where)
        case Reply():
            return card_view(shown.card, where)


def _errors(form: Body, card: Card) -> dict[str, str]:
    """Return what is said below the fields of a form: what is wrong below each, a refusal below the first."""
    fields = [str(each["block_id"]) for each in form["blocks"] if each["type"] == "input"]
    wrong = card.wrong
    if not (wrong and set(wrong) <= set(fields)):
        wrong = {fields[0]: _words(card)} if fields and refuses(card) else {}
    return {name: clip(said, REFUSAL) for name, said in wrong.items()}


def _words(card: Card) -> str:
    return "\n".join([card.title, *map(plain, card.lines)])


def _in_place(view: View) -> dict[str, Any]:
    return {"response_action": "update", "view": view}
