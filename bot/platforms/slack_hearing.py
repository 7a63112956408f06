"""All that is heard of Slack from people, put together: acknowledged at once, and answered as it may take.

Whatever has to be answered within three seconds is; all else is a task of its own: slack-bolt 1.30 drops the
acknowledgement of a listener that raises soon after it.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.commands.model import Command
from bot.platforms import Desk
from bot.platforms.slack_askers import Askers
from bot.platforms.slack_guarded import Guarded
from bot.platforms.slack_heard import Body
from bot.platforms.slack_home import Home
from bot.platforms.slack_interactions import Interactions
from bot.platforms.slack_mentions import Mentions
from bot.platforms.slack_messages import SlackMessages
from bot.platforms.slack_showing import Showing
from bot.platforms.slack_surfaces import Surfaces
from bot.platforms.slack_unfurl import Unfurls
from bot.platforms.slack_web import SlackWeb
from claims.clock import Clock
from claims.store_workspaces import WorkspaceBook

ROOT_COMMAND = "/claimwatch"
ANY = re.compile("")
"""Fits every id: what a control asks for is the desk's to know."""

_log = logging.getLogger(__name__)

_Handler = Callable[[Desk, Body], Awaitable[object]]


class Hearing:
    """Hears what comes by Socket Mode; outlasts the apps that it listens to."""

    def __init__(
        self,
        web: SlackWeb,
        messages: SlackMessages,
        askers: Askers,
        commands: Sequence[Command],
        books: WorkspaceBook,
        clock: Clock,
        *,
        answer_seconds: float,
        quick_seconds: float,
        send_seconds: float,
    ) -> None:
        """Keep what it takes.

        `answer_seconds` bound the work on an answer, `quick_seconds` what cannot be put off, and
        `send_seconds` a try to show it.
        """
        surfaces = Surfaces(web, messages, seconds=send_seconds)
        guarded = Guarded(askers, books, seconds=answer_seconds, quick=quick_seconds)
        home = Home(askers.memberships, guarded, surfaces)
        self._interactions = Interactions(commands, guarded, Showing(guarded, surfaces), home)
        self._mentions = Mentions(commands, guarded, surfaces, books, clock)
        self._home, self._unfurls = home, Unfurls(web, askers, clock)
        self._underway: set[asyncio.Task[None]] = set()

    def listen(self, app: AsyncApp, desk: Desk) -> None:
        """Answer what people do, as it comes to an app."""
        does = self._interactions

        async def submit(ack: AsyncAck, body: Body) -> None:
            answer, later = await does.submit(desk, body)
            await ack(**answer)
            await later

        async def suggest(ack: AsyncAck, body: Body) -> None:
            await ack(options=await does.suggest(desk, body))

        app.command(ROOT_COMMAND)(self._later(desk, does.command))
        app.action(ANY)(self._later(desk, does.use))
        app.shortcut(ANY)(self._later(desk, does.shortcut))
        app.view(ANY)(self._soon("a form", submit))
        app.options(ANY)(self._soon("a menu", suggest))
        app.event("app_mention")(self._later(desk, self._mentions.hear))
        app.event("app_home_opened")(self._later(desk, self._home.opened))
        app.event("link_shared")(self._later(desk, self._unfurls.hear))

    async def finish(self, seconds: float) -> None:
        """Let what is underway come to its end for some seconds, and break off the rest."""
        if self._underway:
            _done, late = await asyncio.wait(self._underway, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _later(self, desk: Desk, handler: _Handler) -> Callable[..., Awaitable[None]]:
        """Return a listener that acknowledges, and leaves the work to a task."""

        async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
            await ack()
            self._start(str(body.get("type") or body.get("command")), handler(desk, body))

        return listen

    def _soon(
        self, what: str, answer: Callable[[AsyncAck, Body], Awaitable[None]]
    ) -> Callable[..., Awaitable[None]]:
        """Return a listener that leaves its acknowledgement to a task too: slack-bolt waits for it."""

        async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
            self._start(what, answer(ack, body))

        return listen

    def _start(self, what: str, work: Awaitable[object]) -> None:
        async def guarded() -> None:
            try:
                await work
            except Exception:  # noqa: BLE001  # what Slack sent does not read as its documentation says
                _log.exception("%s was not answered", what)

        task = asyncio.create_task(guarded())
        self._underway.add(task)
        task.add_done_callback(self._underway.discard)
