"""Who wants to be told what: a channel's subscription, and how much an alert matters."""

from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import IntEnum

from claims.model import Stance
from claims.outgoing import Period
from claims.workspaces import CONSOLE


class Importance(IntEnum):
    """How much an alert matters; `claims.importance` decides."""

    ROUTINE = 1
    """One origin reports something that fits a claim."""
    NOTABLE = 2
    """Several independent origins do, or a party to the matter speaks of its own conduct."""
    MAJOR = 3
    """A number moved, somebody denies, or a stance turned."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a destination wants. Each condition narrows; None, empty or the least takes all."""

    destination: str
    """`discord:CHANNEL`, `slack:CHANNEL` or `console`."""
    claims: frozenset[str] | None = None
    """Claim ids, or None for every claim; with `tags` one of either is enough."""
    digest: time | None = None
    """Local time of the digests of a day, a week and a month, or None for no digest."""
    timezone: str = "UTC"
    """IANA name."""
    notices: bool = True
    """It is told when a feed fails for long, retires, falls silent or returns."""
    tags: frozenset[str] = frozenset()
    """Tags of claims."""
    stances: frozenset[Stance] | None = None
    least: Importance = Importance.ROUTINE
    languages: frozenset[str] | None = None
    """ISO 639-1, of the stories."""
    sources: frozenset[str] | None = None
    """Names of outlets or of their families."""
    words: str = ""
    """An expression of `claims.query`: which words a story must have, and must not."""
    mention: str | None = None
    """The platform's id of the role or user group that is mentioned from `mention_from` on."""
    mention_from: Importance = Importance.MAJOR
    threads: bool = True
    """What follows goes into a thread under the message; else it replies to it."""
    quiet: tuple[time, time] | None = None
    """From when to when, local time, nothing is posted, and what stands there may be edited; over midnight
    where the first is the later."""
    budget: int | None = None
    """Messages an hour; what is over goes to the next digest, or waits where there is none."""
    weekdays: frozenset[int] | None = None
    """Of the daily digest, Monday being 0; None for every day, empty for none."""
    week_on: int | None = None
    """On which weekday, Monday being 0, the digest of a week comes at the hour of `digest`; None for none."""
    month_on: int | None = None
    """On which day of the month, 1 to 31, the digest of a month comes at that hour, in a shorter month on its
    last; None for none."""
    skip_empty: bool = False
    """A digest with nothing to tell is left out; else it is one line."""
    hours_set_at: datetime | None = None
    """When people last set the hours of its digests: no digest is due for one that had passed by then. None:
    they are those of the settings."""
    paused: str | None = None
    """Why nothing is posted, a sentence, or None where all is well."""
    paused_by: str | None = None
    """Who paused it; `claims.workspaces.OURSELVES` where it goes on by itself once the channel is mended."""
    paused_until: datetime | None = None
    """When it goes on by itself, or None where nobody said."""
    workspace: str = CONSOLE
    """Whose it is: that of the destination, once the platform has said so."""
    by_people: bool = False
    """It was made or changed in chat: the settings no longer speak for it."""
    person: str | None = None
    """Who set it up in chat, as the platform has them: `discord:901`."""

    @property
    def sees_as(self) -> str:
        """Return as which workspace it is shown things: as nobody's until it is known whose a channel is."""
        unknown = self.workspace == CONSOLE and self.destination != CONSOLE
        return "" if unknown else self.workspace

    @property
    def periods(self) -> tuple[Period, ...]:
        """Return what digests come by themselves, the shortest first."""
        wants = {
            Period.DAY: self.weekdays is None or bool(self.weekdays),
            Period.WEEK: self.week_on is not None,
            Period.MONTH: self.month_on is not None,
        }
        return tuple(period for period, comes in wants.items() if comes and self.digest is not None)


def timed(wanted: Subscription, before: Subscription, now: datetime) -> Subscription:
    """Return a subscription that knows when its hours were set: now, where they are not as before."""
    if _hours(wanted) == _hours(before):
        return wanted
    return replace(wanted, hours_set_at=now)


def _hours(wanted: Subscription) -> tuple[object, ...]:
    return wanted.digest, wanted.weekdays, wanted.week_on, wanted.month_on, wanted.timezone
