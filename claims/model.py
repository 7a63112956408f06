"""The frozen records of the chain, in the order in which it makes them.

Every moment is an aware `datetime` in UTC. Tuples are ordered, and each says how.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from claims.admiralty import Reliability
from claims.when import Day

# ---- who publishes ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Who publishes. A family is the outlets of one publisher: its members never count twice."""

    name: str
    family: str
    reliability: Reliability = Reliability.F
    state_media: bool = False


# ---- what we read ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Story:
    """One feed item, as plain text."""

    id: str
    """A key made from content (`claims.text.story_id`)."""
    feed_url: str
    url: str
    title: str
    summary: str
    language: str
    source: Source
    published_at: datetime | None
    seen_at: datetime
    guid: str | None = None
    relayed_from: str | None = None
    """The outlet that an RSS `<source>` element names."""
    revisions: int = 0
    """How often its headline, its summary or its address changed since it was first seen."""
    backlog: bool = False
    """It was there at the first visit to its feed, so it is known but never told."""
    feed_summary: str | None = None
    """What its feed says of it, where `summary` is the text of its page; else None."""

    @property
    def at(self) -> datetime:
        """Return when it was published, or first seen where the feed does not say."""
        return self.published_at or self.seen_at

    @property
    def said(self) -> str:
        """Return the summary that its feed gives."""
        return self.summary if self.feed_summary is None else self.feed_summary

    @property
    def text(self) -> str:
        """Return its words: headline, a line break, summary. The offsets of a `Mark` count its characters."""
        return f"{self.title}\n{self.summary}"


# ---- what we track -----------------------------------------------------------------------------------


class Direction(StrEnum):
    """Which way the goods of a claim go."""

    TO_RUSSIA = "dprk-to-russia"
    TO_DPRK = "russia-to-dprk"


class Bound(StrEnum):
    """How a number was meant."""

    EXACT = "exact"
    AT_LEAST = "at-least"
    ABOUT = "about"
    UP_TO = "up-to"
    CAPACITY = "capacity"
    """So many would fit."""
    PLANNED = "planned"
    """So many are to come, as somebody decided, announced or expects."""


UNITS = (
    "containers", "shells", "tonnes", "missiles", "troops", "workers", "ships", "railcars", "usd", "percent",
    "other",
)  # fmt: skip
"""What a figure can count."""
LOOSE_UNITS = frozenset(("percent", "other", "usd"))
"""Units that say too little to count as a figure of a claim of which no unit is known."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity that somebody stated. A range has `low < high`; otherwise they are equal."""

    unit: str
    """One of `UNITS`."""
    low: float
    high: float
    bound: Bound = Bound.EXACT
    period: str | None = None
    """The span of time it covers, as stated; `a day`, `a week`, `a month` or `a year` makes it a rate."""
    body: str | None = None
    """Who said it, where known."""
    quote: str = ""
    """The words it was read from."""
    direction: Direction | None = None
    """Which way the goods that it counts went, where its clause says so."""

    @property
    def uncounted(self) -> Bound | None:
        """Return why nothing was counted: so many would fit, or are planned; None of a count."""
        return self.bound if self.bound in (Bound.CAPACITY, Bound.PLANNED) else None


@dataclass(frozen=True, slots=True)
class Reference:
    """A report in which a claim was published."""

    title: str
    outlet: str
    day: Day | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What a fact-checker published of a claim (schema.org ClaimReview); theirs, and never ours."""

    reviewer: str
    """Who published it."""
    rating: str
    """Their verdict in their own words (`reviewRating.alternateName`)."""
    url: str
    day: Day | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """How a claim is recognised, in concepts of the lexicon; derived, or corrected by hand.

    A story fits when it has a concept of every group of `need`; `boost` raises and `minus` lowers the
    score. `since` and `until` are a soft window in which the claim was news. One of `against`, in the
    headline or the first sentence, disputes it; so does a denial that names nothing, on a day within one of
    the spans `accused`: the time in which this was what was denied.
    """

    need: tuple[tuple[str, ...], ...] = ()
    boost: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    since: Day | None = None
    until: Day | None = None
    against: tuple[str, ...] = ()
    accused: tuple[tuple[Day, Day], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that we track: `said_by` said it on `said_on`, and it is never just 'X happened'."""

    id: str
    statement: str
    said_by: str
    said_on: Day
    direction: Direction | None = None
    items: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    vessels: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    """The figures stated with the claim itself; later ones come from stories."""
    resolutions: tuple[str, ...] = ()
    disputed_by: tuple[str, ...] = ()
    """Ids of the denial claims that answer this one."""
    denial: bool = False
    """The claim itself is a denial."""
    parent: str | None = None
    """Id of the general claim that this one makes more specific."""
    sources: tuple[Reference, ...] = ()
    profile: Profile | None = None
    """Set only where somebody corrected the derived one."""
    tags: tuple[str, ...] = ()
    """Of its matter, in lower case: `munitions`, `troops`; a subscription may name them."""
    workspace: str | None = None
    """The only one that sees it, where people added it in chat; None: everybody does."""
    disputes: tuple[str, ...] = ()
    """Of a denial that people added: ids of the claims that it answers, beside those that name it."""
    reviews: tuple[Review, ...] = ()
    """What fact-checkers published of it, oldest first."""
    superseded_by: tuple[str, ...] = ()
    """Of a retired claim: the ids of the one that it was merged into, or of those that it was split into."""

    @property
    def units(self) -> frozenset[str]:
        """Return what it counts: units of its figures, else those that its items name in English."""
        stated = {figure.unit for figure in self.figures}
        words = {word for item in self.items for word in item.casefold().split()}
        return frozenset(stated or words.intersection(UNITS) - LOOSE_UNITS)


# ---- what the matcher says ---------------------------------------------------------------------------


class Stance(StrEnum):
    """What a story does to a claim."""

    SUPPORTS = "supports"
    DISPUTES = "disputes"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a story that something was read from: `start` to `end` of `Story.text`."""

    start: int
    end: int
    words: str
    concept: str = ""
    """What they stand for: a concept of the lexicon, or empty where a person or a model quoted them."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A story bears on a claim (a STIX sighting)."""

    story_id: str
    claim_id: str
    stance: Stance
    score: float
    """0 to 1."""
    why: tuple[Mark, ...] = ()
    """The words of the story that made the link, most telling first."""
    suggested: bool = False
    """Too unsure to be told: it raises no alert and waits for a person's review."""
    judge: str | None = None
    """Who said so in place of the matcher: a person, or a model with its version."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who really said it: the chain that a story relays, from the root to the wire nearest to us."""

    chain: tuple[str, ...]
    party: bool = False
    """The root is a party to the matter, speaking of its own conduct."""
    unsure: tuple[str, ...] = ()
    """Who does not confirm it or denies it, by the headline or the first sentence: names and actors of the
    lexicon."""
    by_outlet: bool = False
    """The root is an outlet: nobody is named as having told it."""

    @property
    def root(self) -> str:
        """Return the body that said it first."""
        return self.chain[0]

    @property
    def text(self) -> str:
        """Return the chain in words: `C4ADS, by Washington Post, by Reuters`."""
        return ", by ".join(self.chain)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the matcher read out of one story."""

    story_id: str
    relevant: bool
    score: float
    """Of relevance, 0 to 1."""
    language: str
    evidence: tuple[Evidence, ...] = ()
    """Best first."""
    figures: tuple[Figure, ...] = ()
    """In the order of the text."""
    origin: Origin | None = None
    concepts: tuple[tuple[str, float], ...] = ()
    """Concepts of the lexicon, by name; the weight is that of their best place times how much they tell."""
    actors: tuple[str, ...] = ()
    """Concepts of those whom the headline names, in its order: who acts, or speaks, comes first."""
    lead_actors: tuple[str, ...] = ()
    """The same of the first sentence."""
    by_itself: bool = True
    """It is of the matter whatever claims single workspaces track; false where only those make it so."""


# ---- what happened -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Member:
    """A story with what was read out of it, as a part of an event."""

    story: Story
    reading: Reading


@dataclass(frozen=True, slots=True)
class Event:
    """The stories that report one happening. Its id is made from its first story and never changes."""

    id: str
    members: tuple[Member, ...]
    """In the order in which they were added."""


class Reason(StrEnum):
    """Why something was told, or was not."""

    NEW_EVENT = "new-event"
    NEW_FIGURE = "new-figure"
    DENIAL = "denial"
    ANOTHER_OUTLET = "another-outlet"
    BACKLOG = "backlog"
    IRRELEVANT = "irrelevant"
    NO_CLAIM = "no-claim"
    SUGGESTED_ONLY = "suggested-only"
    BACKGROUND_ONLY = "background-only"
    ALREADY_TOLD = "already-told"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A number moved: what is said now, beside the last like figure, or None where there was none."""

    claim_id: str
    now: Figure
    before: "Sighting | None" = None
    told_by: str | None = None
    """The outlet that gives `before` for the same happening, where another gives `now`; else None."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A figure of a claim as it was once stated."""

    figure: Figure
    said_by: str
    said_on: Day
    story_id: str | None = None
    """None for a figure that the claim itself was seeded with."""


@dataclass(frozen=True, slots=True)
class Turn:
    """How a story bears on a claim now, and how it did; None where it does not."""

    claim_id: str
    was: Stance | None
    now: Stance | None


@dataclass(frozen=True, slots=True)
class Correction:
    """What an alert no longer says as it was told, because a story was edited in place."""

    story_id: str
    was: Figure | None = None
    """The number that was taken back; None, as `now` then may be, where none was."""
    now: Figure | None = None
    """The number in its stead."""
    turns: tuple[Turn, ...] = ()
    """By claim."""

    @property
    def takes_back(self) -> bool:
        """Say whether something that was told is not so any more; else the story only says more."""
        return self.was is not None or any(turn.was is not None for turn in self.turns)


@dataclass(frozen=True, slots=True)
class Alert:
    """Something worth telling a channel once. Its key is made from its event."""

    key: str
    event_id: str
    reason: Reason
    headline: str
    """Of the story that raised it."""
    links: tuple[Evidence, ...]
    """The claims it bears on, the lead first, one each; empty once it is withdrawn."""
    raised_at: datetime
    change: FigureChange | None = None
    revision: int = 0
    """Goes up with every update; what was sent before is then edited."""
    correction: Correction | None = None
    """The last one, or None where it stands as it was told."""


@dataclass(frozen=True, slots=True)
class Update:
    """A told alert, as it reads now."""

    alert: Alert
    reason: Reason


@dataclass(frozen=True, slots=True)
class Silence:
    """A story that is not told."""

    reason: Reason


Decision = Alert | Update | Silence


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one story."""

    member: Member
    decision: Decision
    event_id: str | None = None
    """None where it belongs to no event: it is not relevant."""


@dataclass(frozen=True, slots=True)
class Rereading:
    """What a kept story says to the matcher of today, and the event that it belongs to now."""

    reading: Reading
    event_id: str | None
