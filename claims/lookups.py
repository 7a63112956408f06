"""The frozen records of what people look up: what they search for, and what is counted for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from claims.model import Reason, Stance
from claims.outgoing import DeliveryState


@dataclass(frozen=True, slots=True)
class StorySearch:
    """Which kept stories are wanted; each condition narrows, and one that is empty takes all."""

    words: str = ""
    """Each begins a word of the headline or the summary, case aside; in a script that is written without
    spaces it may stand anywhere."""
    claim_id: str | None = None
    """The story bears on it, in whatever way."""
    sources: frozenset[str] = frozenset()
    """Names of outlets or of their families; of ASCII letters the case does not count."""
    language: str = ""
    """ISO 639-1, as the story was read."""
    since: datetime | None = None
    """`Story.at` is this or later."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What was decided on the stories of a span of time, counted so that it adds up, and what waits."""

    stories: Mapping[Reason | None, int] = field(default_factory=dict)
    """Stories seen in the span by what was decided on them, backlog left out; None: not written down."""
    alerts: int = 0
    """Raised in the span; what became of them where is in `claims.reckoning.Reckoning`."""
    developments: int = 0
    """Posted or to be posted under a message, in the span."""
    waiting: int = 0
    """Whatever is due or will be, of any time."""
    failing: int = 0
    """Of those that wait, how many were tried in vain."""
    newest_story: datetime | None = None
    """When the last story of all was seen."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits to be posted on a platform, though nothing holds it back any more."""

    messages: int
    since: datetime
    """When the first of them was due."""


@dataclass(frozen=True, slots=True)
class Tallies:
    """How much is kept in all: what those who watch over the bot look at. It names nobody and no channel."""

    claims: int = 0
    """Listed ones, of all workspaces."""
    stories: int = 0
    events: int = 0
    """Those with a story."""
    alerts: int = 0
    links: Mapping[Stance, int] = field(default_factory=dict)
    """Links of stories to claims, those left out that are only suggested."""
    suggested: int = 0
    """Links that wait for a review."""
    deliveries: Mapping[tuple[str, DeliveryState], int] = field(default_factory=dict)
    """By platform and state."""
    newest_story: datetime | None = None
    """When the last story of all was seen."""
