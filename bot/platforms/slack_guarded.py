"""Work for people on Slack, in their language: whatever happens to it, there is something to show."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

from bot.card import Card, Tone
from bot.commands.model import Asker
from bot.platforms.guarding import guarded
from bot.platforms.slack_askers import Askers
from bot.platforms.slack_heard import Heard
from claims.store_workspaces import WorkspaceBook

QUICK_SECONDS = 2.0
"""For the work on what has to be answered within three seconds, so that the answer has its time
(https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response)."""

T = TypeVar("T")


class Guarded:
    """Does work for people; `seconds` bound all of it, `quick` what has to be answered within three."""

    def __init__(self, askers: Askers, books: WorkspaceBook, *, seconds: float, quick: float) -> None:
        """Keep who knows people and workspaces."""
        self._askers, self._books, self._seconds = askers, books, seconds
        self.quick = quick

    async def language(self, heard: Heard) -> str | None:
        """Return the language of whoever asks, or None where Slack does not say it soon enough."""
        try:
            async with asyncio.timeout(self.quick / 4):
                return await self._askers.language(heard.person)
        except TimeoutError:
            return None

    async def for_all(self, asker: Asker) -> Asker:
        """Return whoever asks for all who read along, in the language of their workspace."""
        workspace = await self._books.workspace(asker.workspace)
        return replace(asker.for_all(), language=workspace.speaks)

    async def among_ourselves(self, channel: str) -> bool:
        """Say whether nobody of another workspace reads a channel: no, where Slack does not tell."""
        return await self._askers.among_ourselves(channel)

    async def do(
        self,
        heard: Heard,
        what: str,
        work: Callable[[Asker], Awaitable[T]],
        failed: Callable[[Card], T],
        *,
        seconds: float | None = None,
    ) -> T:
        """Do work for whoever asks and return what came of it.

        Args:
            heard: who asks, and where.
            what: the work, for the log.
            work: gets who asks; may raise anything.
            failed: makes what is shown out of a card that says why there is nothing else.
            seconds: bound this work, where it has less time.

        """

        async def for_asker() -> T:
            asker = await self._askers.asker(
                person=heard.person, team=heard.team, channel=heard.where.channel, said=heard.said
            )
            return await work(asker)

        return await guarded(what, for_asker, failed, seconds=seconds or self._seconds)


def refuses(card: Card) -> bool:
    """Say whether a card tells of an error and nothing else: a look-up may tell of trouble too."""
    return card.tone is Tone.TROUBLE and not (card.fields or card.controls)
