"""Everything that people do with the bot on Slack, answered in one place.

Nothing is remembered from one to the next but what stands in the controls and modals themselves, so that they
work after a restart and come by any connection.
"""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any
from weakref import WeakValueDictionary

from bot.actions.model import Press
from bot.card import Card
from bot.commands.model import Asker, Command
from bot.commands.parse import Unfinished, parse
from bot.commands.rights import may
from bot.commands.spelling import spelling
from bot.controls import Option
from bot.language import speaking
from bot.platforms import Desk
from bot.platforms.slack_guarded import Guarded
from bot.platforms.slack_heard import Body, by_shortcut, in_view, said, typed, used
from bot.platforms.slack_home import Home
from bot.platforms.slack_showing import Blank, Later, Showing, Shown
from bot.render.slack_commands import ASKS, filled
from bot.render.slack_controls import Block, options, pressed
from bot.render.slack_views import submitted
from bot.replies import Reply
from claims.errors import UsageError

SLIP_SECONDS = 3.0
"""So long a second press of what posts for all is taken for a slip."""

_log = logging.getLogger(__name__)


class Interactions:
    """Answers commands, used controls, shortcuts, submitted forms and menus that look for options."""

    def __init__(self, commands: Sequence[Command], guarded: Guarded, showing: Showing, home: Home) -> None:
        """Keep what may be asked, who does the work, and what shows it."""
        self._commands = {command.name: command for command in commands}
        self._guarded, self._showing, self._home = guarded, showing, home
        self._at_it: set[tuple[str, ...]] = set()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        """By modal, as long as somebody waits for one."""

    async def command(self, desk: Desk, body: Body) -> None:
        """Answer what was typed, or open the form of what was not typed whole."""
        heard, name = typed(body), ""
        values: dict[str, str] = {}
        blank: Blank | None = None
        wrong: UsageError | None = None
        with speaking(await self._guarded.language(heard)):
            try:
                text = str(body.get("text") or "")
                name, values = parse(text, [*self._commands.values()], spelling("slack"))
            except Unfinished as error:
                name, values = error.command, error.values
                blank = Blank(self._commands[name], values)
            except UsageError as error:
                wrong = error

            async def work(asker: Asker) -> Shown:
                if wrong:
                    raise wrong
                if blank and may(asker, blank.command.needs):
                    return blank
                return Reply(await desk.answer(name, values, asker))

            show = self._showing.over if blank else self._showing.below
            await show(heard, f"/{name}", work, "")

    async def shortcut(self, desk: Desk, body: Body) -> None:
        """Show a command over the chat: answered, or its form where something is to be filled in."""
        heard, callback = by_shortcut(body), str(body["callback_id"])
        of_message = body["type"] == "message_action"
        values = said(body["message"]) if of_message else {}
        name = callback.removeprefix(ASKS)
        row = self._commands.get(name)

        async def work(asker: Asker) -> Shown:
            if not callback.startswith(ASKS):
                return await desk.act(callback, Press("", entries=values), asker)
            if row and of_message and row.form_of_message:
                return await desk.act(row.form_of_message, Press("", entries=values), asker)
            if row and not of_message and row.typed and may(asker, row.needs):
                return Blank(row, {})
            return Reply(await desk.answer(name, values, asker))

        with speaking(await self._guarded.language(heard)):
            await self._showing.over(heard, callback, work, "")

    async def use(self, desk: Desk, body: Body) -> None:
        """Answer a used control; one that is used twice in a moment is answered once.

        What is used in one modal is done and drawn in turn, so that the newest is what is seen in the end.
        """
        (used_one,) = body["actions"]
        name, press = pressed(used_one)
        heard = used(body)
        if not name:
            return

        row = self._commands.get(name.removeprefix(ASKS)) if name.startswith(ASKS) else None

        async def work(asker: Asker) -> Shown:
            if row:
                return (
                    Blank(row, {}) if may(asker, row.needs) else Reply(await desk.answer(row.name, {}, asker))
                )
            if desk.is_shared(name):
                answered = await desk.act(name, press, await self._guarded.for_all(asker))
                if isinstance(answered, Reply) and answered.shared:
                    return answered
            return await desk.act(name, press, asker)

        over = row or heard.modal or heard.home or desk.opens_form(name) or desk.asks(name)
        show = self._showing.over if over else self._showing.below
        container = body.get("container") or {}
        place = str(container.get("message_ts") or container.get("view_id"))
        deed = (heard.person, heard.where.channel, place, name, *press.chosen)
        with self._once(deed, slip=desk.is_shared(name)) as first:
            if first:
                turn = self._turns.setdefault(place, asyncio.Lock()) if heard.modal else nullcontext()
                async with turn:
                    with speaking(await self._guarded.language(heard)):
                        await show(heard, name, work, f"answer {heard.person} {used_one.get('action_ts')}")
                if heard.home:
                    await self._home.publish(desk, heard)

    async def submit(self, desk: Desk, body: Body) -> tuple[dict[str, Any], Later]:
        """Return the answer to a submitted form, and what is to be done after it."""
        heard, view = in_view(body), body["view"]
        callback, press = submitted(view)
        name = callback.removeprefix(ASKS)
        row = self._commands.get(name)

        async def work(asker: Asker) -> Shown:
            if callback.startswith(ASKS):
                return Reply(await desk.answer(name, filled(view, row) if row else {}, asker))
            return await desk.act(callback, press, asker)

        with speaking(await self._guarded.language(heard)):
            answer, later = await self._showing.within(heard, view, callback, work, f"answer {view['id']}")

        async def after() -> None:
            if later:
                await later
            if heard.home:
                await self._home.publish(desk, heard)

        return answer, after()

    async def suggest(self, desk: Desk, body: Body) -> list[Block]:
        """Return options for what is typed into a menu; nothing where that fails, it is asked at every key.

        At most 100, within three seconds
        (https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select).
        """
        name = str(body["view"]["callback_id"]).removeprefix(ASKS)
        param, typed_so_far = str(body["block_id"]), str(body.get("value") or "")

        async def work(asker: Asker) -> Sequence[Option]:
            return await desk.suggest(name, param, typed_so_far, asker)

        def nothing(_card: Card) -> Sequence[Option]:
            return ()

        seconds = self._guarded.quick
        return options(await self._guarded.do(in_view(body), f"/{name}", work, nothing, seconds=seconds))

    @contextmanager
    def _once(self, deed: tuple[str, ...], *, slip: bool) -> Iterator[bool]:
        """Say whether nobody is at this very thing already, or was a moment ago where that is a slip."""
        first = deed not in self._at_it
        self._at_it.add(deed)
        try:
            yield first
        finally:
            if first and slip:
                asyncio.get_running_loop().call_later(SLIP_SECONDS, self._at_it.discard, deed)
            elif first:
                self._at_it.discard(deed)
