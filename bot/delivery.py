"""The outbox drained: what is due is presented, posted or edited, and the receipt recorded.

The attempt is written before the call and corrected after it, so a process that dies in between knows at
its next start that the message may be there, and lets the platform look before it posts again.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.messages import Composer, Message
from bot.platforms import Platform, SendError
from claims.clock import Clock
from claims.errors import StoreError
from claims.outgoing import Delivery, DeliveryState
from claims.showing import UNSEEN
from claims.store import Store
from claims.subscriptions import Subscription
from claims.workspaces import OURSELVES, AuditEntry

log = logging.getLogger(__name__)

LONGEST_WAIT = timedelta(minutes=5)
"""Between tries where the platform did not answer."""
REFUSED_WAIT = timedelta(hours=1)
"""Between tries where the platform refused: somebody may yet invite the bot or mend its rights. Discord
counts refusals towards 10,000 in ten minutes (discord.com/developers/docs/topics/rate-limits)."""
REFUSALS = 24
"""Tries after which a refused delivery is given up: a day, in which somebody reads the log."""


@dataclass(frozen=True, slots=True)
class Drained:
    """What one round did."""

    posted: int = 0
    edited: int = 0
    put_off: int = 0
    given_up: int = 0

    def __add__(self, other: "Drained") -> "Drained":
        """Return both together."""
        return Drained(
            self.posted + other.posted,
            self.edited + other.edited,
            self.put_off + other.put_off,
            self.given_up + other.given_up,
        )


class Deliverer:
    """Posts what the store says is due, one message at a time on each platform."""

    def __init__(self, store: Store, platforms: Mapping[str, Platform], clock: Clock) -> None:
        """Keep the store, and the platforms by name."""
        self._store = store
        self._platforms = platforms
        self._clock = clock
        self._one_round = asyncio.Lock()
        self._stopping = False

    async def drain(self) -> Drained:
        """Deliver all that is due now. A platform that is slow or down does not hold up another.

        A delivery to a platform that is not running stays due.

        Raises:
            StoreError: what became of a delivery could not be recorded.

        """
        async with self._one_round:
            if self._stopping:
                return Drained()
            due = await self._store.due_deliveries(self._clock())
            wanted = {each.destination: each for each in await self._store.subscriptions()} if due else {}
            queues: dict[str, list[Delivery]] = {}
            for delivery in due:
                name = delivery.destination.partition(":")[0]
                if name in self._platforms and delivery.destination in wanted:
                    queues.setdefault(name, []).append(delivery)
            if not queues:
                return Drained()
            composer = Composer(self._store, await self._store.register(), self._clock)
            rounds = await asyncio.gather(
                *(
                    self._drain_one(self._platforms[name], queue, wanted, composer)
                    for name, queue in queues.items()
                ),
                # Without it the first to fail would let the next round begin while others are still posting.
                return_exceptions=True,
            )
        done = Drained()
        for round_ in rounds:
            if isinstance(round_, BaseException):
                raise round_
            done += round_
        return done

    async def stop(self) -> None:
        """Let the messages that are being posted be recorded, and post no other."""
        self._stopping = True
        async with self._one_round:
            pass

    async def _drain_one(
        self,
        platform: Platform,
        queue: list[Delivery],
        subscriptions: Mapping[str, Subscription],
        composer: Composer,
    ) -> Drained:
        done = Drained()
        paused: set[str] = set()
        for delivery in queue:
            if self._stopping:
                break
            if delivery.destination in paused:
                continue
            wanted = subscriptions[delivery.destination]
            trying = _trying(delivery)
            try:
                message = await composer.message(delivery, wanted)
                if message and trying.sent_revision is None:
                    # Where a later try finds the message there, this is what it shows.
                    trying = replace(trying, sent_revision=message.revision)
                done += await self._deliver(platform, trying, message)
            except SendError as error:
                if error.mendable:
                    paused.add(delivery.destination)
                    done += await self._pause(delivery, wanted, error)
                    continue
                done += await self._refused(trying, error)
                if not error.permanent:
                    break  # the platform is in trouble: the rest stays due for the next round
            except StoreError:
                raise
            except Exception:  # one delivery's surprise must not hold up its neighbours
                log.exception("delivery surprised destination=%s key=%s", delivery.destination, delivery.key)
                surprise = SendError("something unforeseen went wrong; see the log", permanent=True)
                done += await self._refused(trying, surprise)
        return done

    async def _deliver(self, platform: Platform, trying: Delivery, message: Message | None) -> Drained:
        if message is None:
            unseen = replace(trying, state=DeliveryState.FILTERED, reason=UNSEEN)
            await self._store.record_delivery(unseen)
            return Drained()
        if not await self._store.record_delivery(trying):
            return Drained()  # dropped since this round began: nobody wants it any more
        channel = trying.destination.partition(":")[2]
        if _is_posted(trying) and trying.receipt is not None:
            await platform.edit(channel, trying.receipt, message.card)
            receipt, shown = trying.receipt, message.revision
        else:
            key, again = f"{trying.key}>{trying.destination}", trying.attempts > 1
            receipt = await platform.send(channel, message.card, key, again=again, how=message.how)
            shown = trying.sent_revision or 0
        sent = replace(
            trying,
            state=DeliveryState.SENT,
            receipt=receipt,
            sent_revision=shown - (message.until is not None),
            attempts=0,
            next_try_at=message.until,
            error=None,
            posted_at=trying.posted_at or self._clock(),
        )
        await self._store.record_delivery(sent)
        log.info("delivered destination=%s key=%s revision=%s", trying.destination, trying.key, shown)
        return Drained(edited=1) if _is_posted(trying) else Drained(posted=1)

    async def _pause(self, delivery: Delivery, wanted: Subscription, error: SendError) -> Drained:
        """Post nothing more to a destination until somebody mends it; what is due waits as it was."""
        log.warning("paused destination=%s key=%s error=%s", delivery.destination, delivery.key, error)
        await self._store.record_delivery(replace(delivery, next_try_at=None, error=str(error)))
        await self._store.pause(delivery.destination, str(error))
        details = f"{delivery.destination}: {error}"
        note = AuditEntry(wanted.workspace, self._clock(), OURSELVES, "watch pause", details)
        await self._store.note(note)
        return Drained(put_off=1)

    async def _refused(self, trying: Delivery, error: SendError) -> Drained:
        log.warning("not delivered destination=%s key=%s error=%s", trying.destination, trying.key, error)
        if error.gone or (error.permanent and trying.attempts >= REFUSALS):
            given_up = replace(trying, state=DeliveryState.FAILED, next_try_at=None, error=str(error))
            await self._store.record_delivery(given_up)
            return Drained(given_up=1)
        wait = REFUSED_WAIT if error.permanent else _backoff(trying.attempts)
        if error.retry_after is not None:
            wait = max(wait, timedelta(seconds=error.retry_after))
        put_off = replace(trying, next_try_at=self._clock() + wait, error=str(error))
        await self._store.record_delivery(put_off)
        return Drained(put_off=1)


def _is_posted(delivery: Delivery) -> bool:
    return delivery.state is DeliveryState.SENT


def _trying(delivery: Delivery) -> Delivery:
    state = delivery.state if _is_posted(delivery) else DeliveryState.SENDING
    return replace(delivery, state=state, attempts=delivery.attempts + 1)


def _backoff(attempts: int) -> timedelta:
    """Return 1, 2, 4 ... seconds after the first, second, third try in vain, up to `LONGEST_WAIT`."""
    return min(LONGEST_WAIT, timedelta(seconds=2.0 ** min(attempts - 1, 16)))
