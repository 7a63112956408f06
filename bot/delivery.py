"""The outbox drained: what is due is presented, posted or edited, and the receipt recorded.

The attempt is written before the call and corrected after it, so a process that dies in between knows at
its next start that the message may be there, and lets the platform look before it posts again.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.mending import Mender
from bot.messages import Composer, Message, Unsaid
from bot.platforms import Platform, SendError
from claims.clock import Clock
from claims.errors import StoreError
from claims.independence import Who
from claims.model import Claim
from claims.outgoing import Delivery, DeliveryState
from claims.routing import quiet_until
from claims.store import Store
from claims.subscriptions import Subscription

log = logging.getLogger(__name__)

LONGEST_WAIT = timedelta(minutes=5)
"""Between tries where the platform did not answer."""
IN_ORDER_WAIT = timedelta(minutes=1)
"""How long what comes after it waits for such a try, so that a channel is told in order; longer only where
the platform says so."""
REFUSED_WAIT = timedelta(hours=1)
"""Between tries where the platform refused: somebody may yet invite the bot or mend its rights. Discord
counts refusals towards 10,000 in ten minutes (discord.com/developers/docs/topics/rate-limits)."""
SIDE_BY_SIDE = 8
"""Destinations of a platform that are posted to at once. As many calls in vain, one after another, mean that
the platform is down: the rest of it stays due for the next round."""
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


@dataclass(slots=True)
class _Trouble:
    """How a platform fares in a round."""

    in_a_row: int = 0
    """Calls in vain since the last one that it answered, of all destinations."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """What one delivery came to."""

    done: Drained
    goes_on: bool = True
    """Whether the next one to this destination may come."""
    answered: bool = True
    """Whether the platform said yes or no, and did not merely fail."""


_Queue = tuple[Subscription, list[Delivery]]
"""What is due at one destination, in order."""


class Deliverer:
    """Posts what the store says is due: destinations side by side, in order within each."""

    def __init__(self, store: Store, platforms: Mapping[str, Platform], clock: Clock, who: Who) -> None:
        """Keep the store, the platforms by name, and whom names mean (`claims.standing`)."""
        self._store = store
        self._platforms = platforms
        self._clock = clock
        self._who = who
        self._mender = Mender(store, clock)
        self._free = {name: asyncio.Semaphore(SIDE_BY_SIDE) for name in platforms}
        self._busy: set[str] = set()
        self._waits: dict[str, datetime] = {}
        self._choosing = asyncio.Lock()
        self._rounds = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._stopping = False

    async def drain(self) -> Drained:
        """Deliver all that is due now, but to destinations that an earlier round is still busy with.

        So rounds may overlap, and one destination that is slow or refuses holds up no other. A delivery to a
        platform that is not running stays due.

        Raises:
            StoreError: what became of a delivery could not be recorded.

        """
        self._rounds += 1
        self._idle.clear()
        try:
            queues, register = await self._choose()
            composer = Composer(self._store, register, self._clock, self._who)
            trouble = {name: _Trouble() for name in self._platforms}
            rounds = await asyncio.gather(
                *(self._drain_one(wanted, queue, composer, trouble) for wanted, queue in queues),
                # Without it the first to fail would end the round while others are still posting.
                return_exceptions=True,
            )
        finally:
            self._rounds -= 1
            if not self._rounds:
                self._idle.set()
        done = Drained()
        for round_ in rounds:
            if isinstance(round_, BaseException):
                raise round_
            done += round_
        return done

    async def stop(self) -> None:
        """Let the messages that are being posted be recorded, and post no other."""
        self._stopping = True
        await self._idle.wait()

    async def _choose(self) -> tuple[list[_Queue], Mapping[str, Claim]]:
        """Return what is due by destination, which are busy from now on, and the register to tell it from."""
        async with self._choosing:
            if self._stopping:
                return [], {}
            now = self._clock()
            self._waits = {each: until for each, until in self._waits.items() if until > now}
            # Whoever ends meanwhile may have posted what is read as due.
            busy = self._busy | self._waits.keys()
            await self._store.catch_up(now)
            due = await self._store.due_deliveries(now)
            queues = defaultdict[str, list[Delivery]](list)
            for delivery in due:
                if delivery.destination not in busy and _platform(delivery.destination) in self._platforms:
                    queues[delivery.destination].append(delivery)
            if not queues:
                return [], {}
            wanted, register = await self._store.subscriptions(), await self._store.register()
            chosen = [(each, queues[each.destination]) for each in wanted if each.destination in queues]
            self._busy.update(each.destination for each, _ in chosen)
            return chosen, register

    async def _drain_one(
        self,
        wanted: Subscription,
        queue: Sequence[Delivery],
        composer: Composer,
        troubles: Mapping[str, "_Trouble"],
    ) -> Drained:
        """Deliver to one destination until it fails; the rest of it stays due."""
        name = _platform(wanted.destination)
        platform, trouble = self._platforms[name], troubles[name]
        done = Drained()
        try:
            for delivery in queue:
                # For each anew, as Slack takes one a second: who has much to tell keeps nobody waiting.
                async with self._free[name]:
                    if self._stopping or trouble.in_a_row >= SIDE_BY_SIDE:
                        break
                    tried = await self._try(platform, delivery, wanted, composer)
                    done += tried.done
                    trouble.in_a_row = 0 if tried.answered else trouble.in_a_row + 1
                    if not tried.goes_on:
                        break
        finally:
            self._busy.discard(wanted.destination)
        return done

    async def _try(
        self, platform: Platform, delivery: Delivery, wanted: Subscription, composer: Composer
    ) -> "_Tried":
        now = self._clock()
        if not _is_posted(delivery) and quiet_until(wanted, now):
            await self._store.postpone(delivery, now)
            return _Tried(Drained(put_off=1))
        trying = _trying(delivery)
        try:
            message = await composer.message(delivery, wanted)
            if isinstance(message, Message) and trying.sent_revision is None:
                # Where a later try finds the message there, this is what it shows.
                trying = replace(trying, sent_revision=message.revision)
            return _Tried(await self._deliver(platform, trying, message))
        except SendError as error:
            if error.mendable:
                return _Tried(await self._pause(platform, delivery, error), goes_on=False)
            done = await self._refused(trying, error)
            return _Tried(done, goes_on=error.permanent, answered=error.permanent)
        except StoreError:
            raise
        except Exception:  # one delivery's surprise must not hold up its neighbours
            log.exception("delivery surprised destination=%s key=%s", delivery.destination, delivery.key)
            surprise = SendError("something unforeseen went wrong; see the log", permanent=True)
            return _Tried(await self._refused(trying, surprise))

    async def _deliver(self, platform: Platform, trying: Delivery, message: Message | Unsaid) -> Drained:
        if isinstance(message, Unsaid):
            unsaid = replace(trying, state=DeliveryState.FILTERED, reason=message.why)
            await self._store.record_delivery(unsaid)
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

    async def _pause(self, platform: Platform, delivery: Delivery, error: SendError) -> Drained:
        """Post nothing more to a destination until somebody mends it; what is due waits as it was."""
        log.warning("refused destination=%s key=%s error=%s", delivery.destination, delivery.key, error)
        await self._store.record_delivery(replace(delivery, next_try_at=None, error=str(error)))
        await self._mender.broken(platform, delivery.destination, str(error))
        return Drained(put_off=1)

    async def _refused(self, trying: Delivery, error: SendError) -> Drained:
        log.warning("not delivered destination=%s key=%s error=%s", trying.destination, trying.key, error)
        if error.gone or (error.permanent and trying.attempts >= REFUSALS):
            given_up = replace(trying, state=DeliveryState.FAILED, next_try_at=None, error=str(error))
            await self._store.record_delivery(given_up)
            return Drained(given_up=1)
        now, asked = self._clock(), timedelta(seconds=error.retry_after or 0)
        wait = max(asked, REFUSED_WAIT if error.permanent else _backoff(trying.attempts))
        if not error.permanent:
            self._waits[trying.destination] = now + max(asked, min(wait, IN_ORDER_WAIT))
        put_off = replace(trying, next_try_at=now + wait, error=str(error))
        await self._store.record_delivery(put_off)
        return Drained(put_off=1)


def _platform(destination: str) -> str:
    return destination.partition(":")[0]


def _is_posted(delivery: Delivery) -> bool:
    return delivery.state is DeliveryState.SENT


def _trying(delivery: Delivery) -> Delivery:
    state = delivery.state if _is_posted(delivery) else DeliveryState.SENDING
    return replace(delivery, state=state, attempts=delivery.attempts + 1)


def _backoff(attempts: int) -> timedelta:
    """Return 1, 2, 4 ... seconds after the first, second, third try in vain, up to `LONGEST_WAIT`."""
    return min(LONGEST_WAIT, timedelta(seconds=2.0 ** min(attempts - 1, 16)))
