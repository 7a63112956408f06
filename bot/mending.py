"""A channel where the bot may not post is paused, those who can mend it are told, and then it goes on."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.answers.watch import broken_card
from bot.commands.spelling import spelling
from bot.language import speaking
from bot.platforms import Platform, SendError
from claims.clock import Clock
from claims.store_workspaces import SubscriptionBook, WorkspaceBook
from claims.subscriptions import Subscription
from claims.text import digest_key
from claims.workspaces import OURSELVES, Asked, AuditEntry

log = logging.getLogger(__name__)

AGAIN = timedelta(days=1)
"""From one message of a broken channel to the next: one that is shut over and over is known."""
_TOLD = "told of a broken channel"


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
            if not await self._tell(platform, wanted, why):
                log.warning("nobody told of paused destination=%s", destination)
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

    async def unrole(self, workspace: str, role: str) -> None:
        """Take a role that is gone off what people had channels want; what the settings say is theirs."""
        for wanted in await self._books.subscriptions(workspace):
            if wanted.mention == role and wanted.by_people:
                await self._books.subscribe(replace(wanted, mention=None))
                await self._note(wanted, "watch edit", f"{wanted.destination}: mention=none, as that is gone")

    async def _tell(self, platform: Platform, wanted: Subscription, why: str) -> bool:
        """Tell of a channel where it can be told first; return whether it is, or was within a day."""
        now, memo = self._clock(), digest_key(_TOLD, wanted.destination)
        before = await self._books.asked(memo)
        if before is not None and now - datetime.fromisoformat(before.values["at"]) < AGAIN:
            return True
        channel = wanted.destination.partition(":")[2]
        beside = await self._books.subscriptions(wanted.workspace)
        others = [each.destination for each in beside if each.paused is None]
        workspace = await self._books.workspace(wanted.workspace)
        with speaking(workspace.speaks):
            card = broken_card(wanted, why, spelling(wanted.destination))
        key = f"paused {wanted.destination} {now.isoformat()}"
        for where in await platform.elsewhere(wanted.workspace, channel, wanted.person, others):
            try:
                await platform.send(where, card, key, again=False)
            except SendError as error:
                log.info("not told of destination=%s in=%s error=%s", wanted.destination, where, error)
                continue
            await self._books.remember(Asked(memo, _TOLD, {"at": now.isoformat()}), now)
            return True
        return False

    async def _note(self, wanted: Subscription, action: str, details: str) -> None:
        await self._books.note(AuditEntry(wanted.workspace, self._clock(), OURSELVES, action, details))
