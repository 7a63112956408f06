"""What the store promises of what is to be posted.

The contract is that of `claims.store`.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from claims.outgoing import Delivery, Development, Digest, Held, Period
from claims.reckoning import Reckoning


class Outbox(Protocol):
    """What is to be posted and how it went; used by `bot.delivery` and `watchers.daily`."""

    async def raise_digest(self, digest: Digest, raised_at: datetime) -> bool:
        """Keep a digest with its one delivery, and have it take what is held; return whether it was kept.

        It is not where its key is kept already or its destination has no subscription.
        """
        ...

    async def digest(self, key: str) -> Digest | None:
        """Return the digest of that key, or None where the key is an alert's or nobody's."""
        ...

    async def held(self, destination: str, digest: str | None = None) -> list[Held]:
        """Return the held alerts that a digest of a destination took, by its key; with None those that wait.

        They come in the order in which they were raised, each as its workspace is told it now, without those
        that were withdrawn meanwhile, that its people took out, or that the subscription no longer takes.
        One is among them also where what follows it is held. What a digest took waits again once the digest
        is given up.
        """
        ...

    async def held_since(self) -> Mapping[str, datetime]:
        """Return by subscribed destination when the first alert was raised that waits for a digest."""
        ...

    async def reckoned(
        self, since: datetime, until: datetime, silent: Collection[str] = ()
    ) -> Mapping[str, Reckoning]:
        """Return by destination what became of the stories seen in a span: the counts of each add up to all.

        `since` is excluded, `until` included, backlog left out. Stories of the ids in `silent` count as if
        they had not been worth an alert.
        """
        ...

    async def last_digest(self, destination: str) -> Digest | None:
        """Return the digest of a destination that ends last, or None where there is none.

        One that was left out, since it had nothing to tell, is passed over.
        """
        ...

    async def told_until(self) -> Mapping[tuple[str, Period], datetime]:
        """Return by destination and period the latest end of its digests, posted or not."""
        ...

    async def opened_at(self) -> datetime | None:
        """Return when the first story was seen, or None while there is none."""
        ...

    async def due_deliveries(self, now: datetime) -> list[Delivery]:
        """Return what is to be posted or edited now, oldest alert first, then by destination.

        That is: pending or sending ones, and sent ones whose alert has a newer revision; none whose
        `next_try_at` is still to come, and none to a destination that is paused or has no subscription. What
        follows an alert comes once the message is posted, and after what followed before it is done with.
        """
        ...

    async def delivery(self, key: str, destination: str) -> Delivery | None:
        """Return how a delivery stands, or None where there is none."""
        ...

    async def developments(self, alert_key: str, destination: str) -> list[Development]:
        """Return what was posted under an alert's message there, or is to be, in the order in which it came.

        It is kept with the update that brings it, for the destinations where the message is posted by then
        or may be (`claims.developing`); the others are told all at once by the message itself. After a
        withdrawal nothing that is still to be posted is, but for the withdrawal.
        """
        ...

    async def record_delivery(self, delivery: Delivery) -> bool:
        """Replace the kept delivery of that key and destination; return False where there is none.

        What was held or filtered since is not tried any more: it stays so unless it was posted meanwhile, and
        this returns False as well. What was posted waits for nothing where it has a newer revision by now.
        """
        ...
