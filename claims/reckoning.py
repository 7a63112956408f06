"""What became of stories at each destination, as counts that add up. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields

from claims.outgoing import Delivery, DeliveryState


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
    told: Iterable[str | None], deliveries: Iterable[Delivery], destinations: Collection[str]
) -> dict[str, Reckoning]:
    """Return what became of stories, by destination.

    Args:
        told: for each story the key of the alert that it raised or changed, or None for a silent one.
        deliveries: those of these alerts, as they stand now.
        destinations: where; one that an alert was never routed to did not want it yet.

    """
    alerts = Counter(told)
    silent = alerts.pop(None, 0)
    counts = {destination: Counter(silent=silent) for destination in destinations}
    states: Mapping[tuple[str, str], DeliveryState] = {(d.key, d.destination): d.state for d in deliveries}
    for destination, count in counts.items():
        for key, stories in alerts.items():
            state = states.get((str(key), destination), DeliveryState.FILTERED)
            count[_BECAME[state]] += stories
            if state is DeliveryState.SENT:
                count["posted"] += 1
                count["edited"] -= 1
    return {destination: Reckoning(**count) for destination, count in counts.items()}
