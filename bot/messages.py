"""What a delivery says at its destination, and how it is posted, as the record has it now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.actions.digesting import digest_details
from bot.card import Card
from bot.commands.spelling import spelling
from bot.development_card import development_card
from bot.digest_card import digest_card
from bot.digest_picture import pictured
from bot.digesting import summed_up
from bot.happening import briefed
from bot.language import speaking, spoken
from bot.living_card import living_card
from bot.notice_card import notice_card
from bot.platforms import PLAINLY, How
from bot.seen import seen_by
from claims.clock import Clock
from claims.developing import development_seen
from claims.happenings import Scope
from claims.importance import importance
from claims.independence import Who
from claims.model import Alert, Claim, Reason
from claims.outgoing import Delivery, Development
from claims.showing import UNSEEN, taken_out
from claims.snoozing import snoozed
from claims.store import Store
from claims.subscriptions import Subscription
from claims.visibility import hidden

EMPTY = "There was nothing to tell."


@dataclass(frozen=True, slots=True)
class Message:
    """A card on its way."""

    card: Card
    revision: int = 0
    """The one of its delivery that it shows."""
    how: How = PLAINLY
    until: datetime | None = None
    """When it reads otherwise by itself; where it is snoozed, it is left alone until then."""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Nothing is to be said."""

    why: str
    """A sentence."""


class Composer:
    """Makes messages of deliveries, as each workspace sees the record."""

    def __init__(self, store: Store, register: Mapping[str, Claim], clock: Clock, who: Who) -> None:
        """Keep the store, every claim by id, the clock, and whom names mean (`claims.standing`)."""
        self._store = store
        self._register = register
        self._clock = clock
        self._who = who

    async def message(self, delivery: Delivery, wanted: Subscription) -> Message | Unsaid:
        """Return what a delivery says in its workspace's language, or why that is nothing.

        Raises:
            StoreError: the store cannot be read.

        """
        workspace = await self._store.workspace(wanted.workspace)
        with speaking(workspace.speaks):
            if delivery.head is not None:
                return await self._development(delivery, delivery.head, wanted)
            if notice := await self._store.notice(delivery.key):
                return Message(notice_card(notice, wanted.timezone, spelling(delivery.destination)))
            if digest := await self._store.digest(delivery.key):
                held = await self._store.held(digest.destination, digest.key)
                seen = seen_by(self._store, wanted.sees_as)
                summary = await summed_up(seen, Scope(digest, wanted, language=spoken()), self._who, held)
                if wanted.skip_empty and summary.is_empty:
                    return Unsaid(EMPTY)
                card = digest_card(digest, summary, digest.timezone, digest_details(digest))
                return Message(await pictured(card, digest, summary))
            return await self._alert(delivery, wanted)

    async def _alert(self, delivery: Delivery, wanted: Subscription) -> Message | Unsaid:
        told = await self._store.briefing(delivery.key)
        now = self._clock()
        seen = await briefed(self._store, told, wanted.sees_as, self._register, now)
        briefing = seen.briefing
        if not briefing.alert.links and delivery.sent_revision is None:
            return Unsaid(UNSEEN)
        followed = await self._developments(told.alert, briefing.alert, wanted)
        card = living_card(seen, wanted.timezone, followed[-1] if followed else None)
        called = importance(briefing.alert, briefing.event) >= wanted.mention_from
        how = How(mention=wanted.mention) if called else PLAINLY
        silence = snoozed(wanted, briefing, seen.snoozes, now)
        until = silence.until if silence else min((each.until for each in seen.snoozes), default=None)
        return Message(card, delivery.revision, how, until)

    async def _development(self, delivery: Delivery, head: str, wanted: Subscription) -> Message | Unsaid:
        head_now = await self._store.briefing(head)
        seen = await briefed(self._store, head_now, wanted.sees_as, self._register, self._clock())
        briefing = seen.briefing
        followed = await self._developments(head_now.alert, briefing.alert, wanted)
        found = next((each for each in followed if each.key == delivery.key), None)
        told = await self._store.delivery(head, delivery.destination)
        if found is None or told is None:
            return Unsaid(UNSEEN)
        if not (briefing.alert.links or found.reason is Reason.WITHDRAWN):
            return Unsaid(UNSEEN)
        called = importance(found, briefing.event) >= wanted.mention_from
        how = How(
            under=told.receipt,
            threaded=wanted.threads,
            topic=briefing.alert.headline,
            mention=wanted.mention if called else None,
        )
        return Message(development_card(found, briefing, wanted.timezone), how=how)

    async def _developments(self, alert: Alert, seen: Alert, wanted: Subscription) -> list[Development]:
        """Return what follows an alert as a workspace, to which the alert is told as `seen`, is told it."""
        kept = await self._store.developments(alert.key, wanted.destination)
        unseen = self._hidden(wanted) | taken_out(alert, seen)
        shown = (development_seen(each, self._register, unseen) for each in kept)
        return [each for each in shown if each is not None]

    def _hidden(self, wanted: Subscription) -> frozenset[str]:
        return hidden(self._register, wanted.sees_as)
