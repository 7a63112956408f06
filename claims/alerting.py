"""Whether a story is told, and to whom."""

from claims.model import Alert, Subscription


def wants(subscription: Subscription, alert: Alert) -> bool:
    """Say whether a subscription takes an alert: it names a claim that the alert bears on, or wants all."""
    return subscription.claims is None or any(e.claim_id in subscription.claims for e in alert.links)
