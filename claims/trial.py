"""What a subscription would have brought: the router over alerts that were raised before. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from claims.outgoing import Briefing, DeliveryState
from claims.routing import HOUR, Route, route
from claims.subscriptions import Subscription


@dataclass(frozen=True, slots=True)
class Tried:
    """What would have become of one alert."""

    telling: Briefing
    route: Route

    @property
    def at(self) -> datetime:
        """Return when it would have been posted, or was raised where it would not."""
        return self.route.next_try_at or self.telling.alert.raised_at


def try_out(wanted: Subscription, tellings: Sequence[Briefing]) -> list[Tried]:
    """Return what would have become of alerts, oldest first, had a destination wanted this all the time.

    Each is taken as it stands now. Nothing is snoozed, and the destination is not paused.

    Args:
        wanted: what the destination is to want, saved or not.
        tellings: alerts as the workspace sees them, in any order; withdrawn ones are passed over.

    """
    asked = replace(wanted, paused=None)
    tried: list[Tried] = []
    posted: list[datetime] = []
    for telling in sorted(_told(tellings), key=lambda each: (each.alert.raised_at, each.alert.key)):
        now = telling.alert.raised_at
        posted = [moment for moment in posted if moment > now - HOUR]
        one = Tried(telling, route(asked, telling, (), len(posted), now))
        if one.route.state is DeliveryState.PENDING:
            posted.append(one.at)
        tried.append(one)
    return tried


def _told(tellings: Iterable[Briefing]) -> Iterable[Briefing]:
    return (each for each in tellings if each.alert.links)
