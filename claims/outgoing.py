"""The frozen records of what is told: what it shows, and how each delivery went.

Every moment is an aware `datetime` in UTC. Tuples are ordered, and each says how.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.feeds import FeedStatus, Trouble, Wording
from claims.inquiry import Inquiry
from claims.model import Alert, Claim, Correction, Event, Evidence, FigureChange, Member, Reason
from claims.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Briefing:
    """An alert with all that its card shows, as things stand now."""

    alert: Alert
    event: Event
    claims: tuple[Claim, ...]
    """Those of `alert.links`, in that order."""

    @property
    def borne(self) -> tuple[tuple[Evidence, Claim], ...]:
        """Return each link of the alert with its claim."""
        return tuple(zip(self.alert.links, self.claims, strict=True))


class Period(StrEnum):
    """What a digest sums up."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    """Of one that somebody asks for: none comes by itself."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What a span adds up to for one destination, raised once: its key is made from these and `until`."""

    key: str
    destination: str
    since: datetime
    until: datetime
    """Stories seen from `since` (excluded) to `until` (included)."""
    timezone: str = "UTC"
    period: Period = Period.DAY
    raised_at: datetime | None = None
    """When it was, which is late where nothing ran at `until`; None for one that somebody asked for."""


@dataclass(frozen=True, slots=True)
class Held:
    """An alert that was not posted, for the next digest to count."""

    alert: Alert
    reason: str
    """Why, a sentence: one of `claims.routing.Hold`."""


@dataclass(frozen=True, slots=True)
class FeedChange:
    """What became of one feed since people were last told of it."""

    url: str
    title: str
    trouble: Trouble | None
    """None: it is well again."""
    since: datetime | None = None
    """When the trouble that is, or is over, began."""
    error: str | None = None
    """The feed's own last one, a sentence."""
    was: Trouble | None = None
    """The trouble that people were told of before."""
    items_a_day: float | None = None
    """What is usual for a feed that fell silent."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What became of feeds, told once to every destination that wants notices."""

    key: str
    raised_at: datetime
    changes: tuple[FeedChange, ...]
    """By title, then by URL."""
    answering: int = 0
    """How many feeds do not fail: where nearly all began to, it is our own network."""


@dataclass(frozen=True, slots=True)
class Watchlist:
    """What a notice is made from."""

    feeds: tuple[FeedStatus, ...]
    """Those that may be in trouble, and those that people think are; by title, then by URL."""
    asked: int
    """How many feeds are asked in all: listed ones, neither paused nor gone."""
    last_notice_at: datetime | None = None
    """When the latest notice was raised, or None for none yet."""


class DeliveryState(StrEnum):
    """How a delivery stands."""

    PENDING = "pending"
    SENDING = "sending"
    """Written before the call; found at start-up, it means that it may have been posted."""
    SENT = "sent"
    FAILED = "failed"
    """Given up: trying again cannot help."""
    HELD = "held"
    """Not posted: the next digest counts it."""
    FILTERED = "filtered"
    """Not posted: the subscription does not take it, or somebody snoozed it."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One alert, digest or notice to one destination, and how it went."""

    key: str
    """Of the alert, digest or notice."""
    destination: str
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0
    next_try_at: datetime | None = None
    """None for at once. Of a filtered one: until when it was snoozed, where that alone is why."""
    receipt: str | None = None
    """The platform's id of the message."""
    revision: int = 0
    """Goes up whenever the message should read otherwise: with its alert, and where `touch` says so."""
    sent_revision: int | None = None
    """The revision that the message shows, if it is there, or None before the first try."""
    error: str | None = None
    reason: str = ""
    """Why it is held or filtered, or waits: a sentence."""
    head: str | None = None
    """Of a development: the key of the alert under whose message it goes."""
    posted_at: datetime | None = None
    """When the message was posted; edits leave it as it is."""


@dataclass(frozen=True, slots=True)
class Development:
    """What a told alert says beyond its first telling; it goes under the message, whose head is edited."""

    key: str
    """That of the alert, `#`, and the revision of the alert that it came with."""
    alert_key: str
    at: datetime
    reason: Reason
    """`NEW_FIGURE`, `DENIAL`, `NEW_EVENT` where another claim is touched, or `WITHDRAWN` where `links` and
    `change` are told no longer."""
    story_id: str | None
    """The story that brought it, or None where a person did."""
    links: tuple[Evidence, ...] = ()
    """Those that came or turned, or that were taken back."""
    change: FigureChange | None = None
    correction: Correction | None = None
    """What an outlet changed in its story."""

    @property
    def takes_back(self) -> bool:
        """Say whether something that was told is not so any more."""
        return self.reason is Reason.WITHDRAWN or (self.correction is not None and self.correction.takes_back)


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was told and is not so any more: withdrawn, or corrected by an outlet."""

    development: Development
    alert: Alert
    """As it stands now."""


@dataclass(frozen=True, slots=True)
class Activity:
    """What a span of time brought: the stuff of a digest."""

    events: tuple[Event, ...] = ()
    """Those with a member seen in the span, oldest first; each with all its members."""
    alerts: tuple[Alert, ...] = ()
    """Those of these events, in the same order."""
    taken_back: tuple[TakenBack, ...] = ()
    """What was taken back in the span of alerts that were told before or in it, oldest first."""
    troubled: tuple[FeedStatus, ...] = ()
    """Feeds that fail now, are gone or silent, by title."""


@dataclass(frozen=True, slots=True)
class Account:
    """What became of a kept story."""

    member: Member
    reason: Reason | None
    """What was decided when it came, or None for a story that is older than such notes."""
    event: Event | None = None
    alert: Alert | None = None
    """That of its event."""
    deliveries: tuple[Delivery, ...] = ()
    """Of that alert, by destination."""
    verdicts: tuple[Verdict, ...] = ()
    """The shared ones on the story, oldest first."""
    opinions: tuple[Inquiry, ...] = ()
    """Those of a language model that changed the story's reading, oldest first."""
    earlier: tuple[Wording, ...] = ()
    """What the story said before, oldest first: its first words and the last ones kept."""

    @property
    def settled(self) -> bool:
        """Say whether a person or a model changed the reading, so that it is not made anew."""
        return bool(self.verdicts or self.opinions)
