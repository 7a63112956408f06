"""What became of stories at each destination, as counts that add up. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from claims.model import Reason
from claims.outgoing import Delivery, DeliveryState

TOLD = (Reason.NEW_EVENT, Reason.NEW_FIGURE, Reason.DENIAL, Reason.ANOTHER_OUTLET)
"""What is decided on stories that raise an alert or change one."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What became of stories at one destination: each story counts once."""

    posted: int = 0
    """They brought a message."""
    edited: int = 0
    """They joined a happening whose message is there: it was edited, or is about to be."""
    to_digest: int = 0
    """Their alert was held for the digest."""
    filtered: int = 0
    """Their alert is not wanted there, was snoozed, or is older than the subscription."""
    silent: int = 0
    """They were not worth an alert, whoever listens."""
    waiting: int = 0
    """Their alert is still to be posted."""
    given_up: int = 0
    """Their alert could not be posted."""

    @property
    def stories(self) -> int:
        """Return how many stories that are in all."""
        return sum(getattr(self, field.name) for field in fields(self))


_BECAME = {
    DeliveryState.SENT: "edited",
    DeliveryState.HELD: "to_digest",
    DeliveryState.FILTERED: "filtered",
    DeliveryState.PENDING: "waiting",
    DeliveryState.SENDING: "waiting",
    DeliveryState.FAILED: "given_up",
}


def reckon(
    told: Iterable[str | None], deliveries: Iterable[Delivery], destinations: Collection[str], since: datetime
) -> dict[str, Reckoning]:
    """Return what became of stories, by destination.

    Args:
        told: for each story the key of the alert that it raised or changed, or None for a silent one.
        deliveries: those of these alerts, as they stand now.
        destinations: where; one that an alert was never routed to did not want it yet.
        since: the moment after which these stories came: a message that is older is edited by all of them.

    """
    alerts = Counter(told)
    silent = alerts.pop(None, 0)
    counts = {destination: Counter(silent=silent) for destination in destinations}
    routed = {(delivery.key, delivery.destination): delivery for delivery in deliveries}
    for destination, count in counts.items():
        for key, stories in alerts.items():
            delivery = routed.get((str(key), destination))
            count[_BECAME[delivery.state] if delivery else "filtered"] += stories
            if delivery and delivery.posted_at and delivery.posted_at > since:
                count["posted"] += 1
                count[_BECAME[delivery.state]] -= 1
    return {destination: Reckoning(**count) for destination, count in counts.items()}
