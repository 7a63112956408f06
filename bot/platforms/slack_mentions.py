"""Commands that are given by naming the bot, also in threads, where Slack knows no other way to type one.

Where people of other workspaces read along, whoever asks is answered alone: claims and verdicts are the
workspace's own.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.card import Card
from bot.commands.model import Asker, Command
from bot.commands.parse import Unfinished, parse
from bot.commands.spelling import spelling
from bot.controls import Button, Look, Row
from bot.language import _, speaking
from bot.platforms import Desk
from bot.platforms.slack_guarded import Guarded, refuses
from bot.platforms.slack_heard import Body, after_mention, mentioned
from bot.platforms.slack_surfaces import Surfaces
from bot.present import error_card
from bot.render.slack_commands import ASKS
from bot.render.slack_views import Asked
from claims.clock import Clock
from claims.store_workspaces import WorkspaceBook
from claims.text import digest_key
from claims.workspaces import Asked as Memo

_HEARD = "heard of by Slack"


class Mentions:
    """Answers `app_mention`: look-ups in the thread for all, mistakes and what is guarded to one person."""

    def __init__(
        self,
        commands: Sequence[Command],
        guarded: Guarded,
        surfaces: Surfaces,
        books: WorkspaceBook,
        clock: Clock,
    ) -> None:
        """Keep what may be asked, who does the work, where it is shown, and what was heard before."""
        self._commands = {command.name: command for command in commands}
        self._guarded, self._surfaces = guarded, surfaces
        self._books, self._clock = books, clock
        self._turn = asyncio.Lock()

    async def hear(self, desk: Desk, body: Body) -> None:
        """Answer a mention once, however often Slack tells of it."""
        event: Body = body["event"]
        if event.get("bot_id") or not event.get("user") or not await self._new(str(body["event_id"])):
            return
        heard = mentioned(body)
        with speaking(await self._guarded.language(heard)):
            card, for_all = await self._guarded.do(
                heard, "a mention", self._work(desk, after_mention(body)), lambda card: (card, False)
            )
            if not for_all:
                # In a thread that is none yet, nobody would see it.
                await self._surfaces.tell(heard, await self._surfaces.without_file(heard, card))
                return
            thread = replace(heard, where=Asked(heard.where.channel, heard.where.thread or str(event["ts"])))
            trouble = await self._surfaces.post(
                thread, _without_sharing(card, desk), f"answer {body['event_id']}"
            )
            if trouble:
                await self._surfaces.tell(heard, trouble)

    def _work(self, desk: Desk, text: str) -> Callable[[Asker], Awaitable[tuple[Card, bool]]]:
        """Return what answers a text, and whether that is for all."""

        async def work(asker: Asker) -> tuple[Card, bool]:
            try:
                name, values = parse(text, [*self._commands.values()], spelling("slack"))
            except Unfinished as error:
                fill_in = Button(_("Fill in"), f"{ASKS}{error.command}", Look.MAIN)
                return replace(error_card(error), controls=((fill_in,),)), False
            here = asker.destination.removeprefix("slack:")
            if not self._commands[name].guarded and await self._guarded.among_ourselves(here):
                card = await desk.answer(name, values, await self._guarded.for_all(asker))
                if not refuses(card):
                    return card, True
            return await desk.answer(name, values, asker), False

        return work

    async def _new(self, event_id: str) -> bool:
        """Say whether Slack tells of an event for the first time, and note that it did.

        It may tell again, also on another connection (https://docs.slack.dev/apis/events-api, retries).
        """
        memo = Memo(digest_key(_HEARD, event_id), _HEARD, {})
        async with self._turn:
            if await self._books.asked(memo.key):
                return False
            await self._books.remember(memo, self._clock())
            return True


def _without_sharing(card: Card, desk: Desk) -> Card:
    """Return a card that all see already."""
    rows: list[Row] = [
        tuple(each for each in row if not (isinstance(each, Button) and desk.is_shared(each.action)))
        for row in card.controls
    ]
    return replace(card, controls=tuple(row for row in rows if row))
