"""A channel where the bot may not post is paused, those who can mend it are told, and then it goes on."""

import logging
from typing import Protocol

from bot.answers.watch import broken_card
from bot.commands.spelling import spelling
from bot.language import speaking
from bot.platforms import Platform, SendError
from claims.clock import Clock
from claims.store_workspaces import SubscriptionBook, WorkspaceBook
from claims.subscriptions import Subscription
from claims.workspaces import OURSELVES, AuditEntry

log = logging.getLogger(__name__)


class Books(SubscriptionBook, WorkspaceBook, Protocol):
    """The part of the store that knows of channels and their people."""


class Mender:
    """Pauses channels that cannot be posted to, and has them go on once they can."""

    def __init__(self, books: Books, clock: Clock) -> None:
        """Keep the store and the clock."""
        self._books, self._clock = books, clock

    async def broken(self, platform: Platform, destination: str, why: str) -> None:
        """Pause a destination and tell of it, unless it is paused already or has no subscription.

        Args:
            platform: the destination's own.
            destination: where the bot may not post.
            why: a sentence that says what is missing.

        """
        kept = await self._books.subscriptions()
        wanted = next((each for each in kept if each.destination == destination), None)
        if wanted is None or not await self.pause(wanted, why):
            return
        try:
            await self._tell(platform, wanted, why)
        except SendError as error:
            log.warning("nobody told of paused destination=%s error=%s", destination, error)

    async def pause(self, wanted: Subscription, why: str) -> bool:
        """Pause a destination, and return whether nobody had paused it before."""
        if not await self._books.pause(wanted.destination, why):
            return False
        log.warning("paused destination=%s why=%s", wanted.destination, why)
        await self._note(wanted, "watch pause", f"{wanted.destination}: {why}")
        return True

    async def mended(self, wanted: Subscription) -> None:
        """Have a destination go on where it was we who paused it."""
        if wanted.paused_by == OURSELVES:
            log.info("goes on destination=%s", wanted.destination)
            await self._books.resume(wanted.destination, self._clock())
            await self._note(wanted, "watch resume", wanted.destination)

    async def _tell(self, platform: Platform, wanted: Subscription, why: str) -> None:
        channel = wanted.destination.partition(":")[2]
        elsewhere = await platform.elsewhere(wanted.workspace, channel, wanted.person)
        if elsewhere is None:
            log.warning("nobody to tell of paused destination=%s", wanted.destination)
            return
        workspace = await self._books.workspace(wanted.workspace)
        with speaking(workspace.speaks):
            card = broken_card(wanted, why, spelling(wanted.destination))
        key = f"paused {wanted.destination} {self._clock().isoformat()}"
        await platform.send(elsewhere, card, key, again=False)

    async def _note(self, wanted: Subscription, action: str, details: str) -> None:
        await self._books.note(AuditEntry(wanted.workspace, self._clock(), OURSELVES, action, details))
