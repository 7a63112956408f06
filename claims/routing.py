"""What becomes of an alert at a destination, and when: pure decisions, always with a reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from claims.outgoing import Briefing, DeliveryState, Period
from claims.snoozing import snoozed, snoozed_by
from claims.subscriptions import Subscription
from claims.wanting import refusal
from claims.when import moment_of
from claims.workspaces import Snooze

HOUR = timedelta(hours=1)
"""What a budget is for."""
STALE = timedelta(days=1)
"""How old what waited through a pause may be to be posted by itself."""
_DAY = timedelta(days=1)


class Hold(StrEnum):
    """Why an alert that is wanted is not posted now: it goes to the daily digest, or waits without one."""

    QUIET = "It came in quiet hours."
    BUDGET = "It was over the budget of messages an hour."
    PAUSED = "It came while the channel was paused."


@dataclass(frozen=True, slots=True)
class Route:
    """What becomes of an alert at one destination."""

    state: DeliveryState
    """`PENDING`, `HELD` or `FILTERED`."""
    reason: str = ""
    """A sentence; empty where it is posted at once."""
    next_try_at: datetime | None = None
    """Until when a pending one waits, or a filtered one was snoozed."""


def route(
    wanted: Subscription, telling: Briefing, snoozes: Iterable[Snooze], spent: int, now: datetime
) -> Route:
    """Decide what becomes of an alert at one destination.

    Args:
        wanted: what the destination wants.
        telling: the alert as it stands now.
        snoozes: those of its workspace count.
        spent: messages that were posted there in the last hour, or wait to be.
        now: when it is decided.

    """
    if why := refusal(wanted, telling):
        return Route(DeliveryState.FILTERED, why)
    if snooze := snoozed(wanted, telling, snoozes, now):
        return hushed(snooze, wanted)
    free, hold = _earliest(wanted, spent, now)
    if hold is None:
        return Route(DeliveryState.PENDING)
    if Period.DAY in wanted.periods:
        return Route(DeliveryState.HELD, hold)
    return Route(DeliveryState.PENDING, hold, free)


def route_development(
    wanted: Subscription, telling: Briefing, snoozes: Iterable[Snooze], now: datetime
) -> Route:
    """Decide what becomes of what follows a posted alert: it keeps to snoozes and quiet hours alone.

    The arguments are those of `route`.
    """
    if snooze := snoozed(wanted, telling, snoozes, now):
        return hushed(snooze, wanted)
    quiet = quiet_until(wanted, now)
    return Route(DeliveryState.PENDING, Hold.QUIET, quiet) if quiet else Route(DeliveryState.PENDING)


def hushed(snooze: Snooze, wanted: Subscription) -> Route:
    """Return what becomes of what a snooze keeps from being told."""
    return Route(DeliveryState.FILTERED, snoozed_by(snooze, wanted.timezone), snooze.until)


def quiet_until(wanted: Subscription, now: datetime) -> datetime | None:
    """Return when the quiet hours of now end, or None outside of them.

    They last from the local moment of their beginning to that of their end, so that an hour that clocks
    repeat or skip begins them neither twice nor never (`claims.when.moment_of`).
    """
    if wanted.quiet is None:
        return None
    since, until = wanted.quiet
    today = now.astimezone(ZoneInfo(wanted.timezone)).date()
    for day in (today - _DAY, today):
        end = moment_of(day + _DAY if until < since else day, until, wanted.timezone)
        if moment_of(day, since, wanted.timezone) <= now < end:
            return end
    return None


def _earliest(wanted: Subscription, spent: int, now: datetime) -> tuple[datetime | None, Hold | None]:
    """Return until when an alert has to wait, and why; what waits already takes its share of later hours."""
    if wanted.paused:
        return None, Hold.PAUSED
    quiet = quiet_until(wanted, now)
    hold = Hold.QUIET if quiet else None
    free = quiet or now
    if wanted.budget is not None and spent >= wanted.budget:
        free += HOUR * (spent // wanted.budget)
        hold = hold or Hold.BUDGET
    return quiet_until(wanted, free) or free, hold
