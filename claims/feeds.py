"""The frozen records of what we poll: feeds, how they are doing, and what a visit brought.

Every moment is an aware `datetime` in UTC. Tuples are ordered, and each says how.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from claims.model import Outcome, Reading, Source, Story
from claims.text import former_id, story_id


class FeedKind(StrEnum):
    """How an address is read."""

    FEED = "feed"
    """RSS, RDF, Atom or JSON Feed."""
    PAGE = "page"
    """A web page whose links are stories: a ministry's list of press releases."""
    SITEMAP = "sitemap"
    """A sitemap (sitemaps.org), with or without the dates and headlines of the news extension."""


@dataclass(frozen=True, slots=True)
class Feed:
    """An address that we poll."""

    url: str
    title: str
    source: Source
    language: str
    """ISO 639-1 code, or `und`."""
    interval_minutes: float | None = None
    """The feed's own interval, or None for the one of the settings."""
    kind: FeedKind = FeedKind.FEED
    full_text: bool = False
    """The page of each new story is read too: the feed gives little more than headlines."""
    links: str | None = None
    """Of a page or a sitemap: which addresses are stories, `*` for any characters, leading `/`: its site.
    None for all of a sitemap, and for those of a page that look like one."""


class FeedState(StrEnum):
    """How a feed is doing."""

    NEW = "new"
    OK = "ok"
    FAILING = "failing"
    GONE = "gone"
    """Its server said that it will never be back (410): retired, asked again only when somebody says so."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How often a publisher wants to be asked, as the document says; kept, since a 304 brings none."""

    ttl_minutes: float | None = None
    """RSS 2.0 `<ttl>`."""
    update_seconds: float | None = None
    """The period of the syndication module (`sy:updatePeriod`) divided by its frequency."""
    skip_hours: frozenset[int] = frozenset()
    """RSS `<skipHours>`: 0 to 23, GMT."""
    skip_days: frozenset[int] = frozenset()
    """RSS `<skipDays>`: 0 for Monday to 6 for Sunday, GMT."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """How often a feed brings something new."""

    last_new_at: datetime
    """The date of the newest story, and never in the future."""
    items_a_day: float
    """As of `last_new_at`: a mean in which older days weigh less."""
    longest_gap_seconds: float
    """The longest silence between two stories that is known of."""


class FeedName(NamedTuple):
    """What a feed can be called, where ten thousand are looked through for one."""

    url: str
    current_url: str
    title: str
    outlet: str
    """The name of its source."""
    family: str
    language: str
    """As for `Feed.language`."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What the next visit to a feed must remember."""

    feed_url: str
    current_url: str
    """Where the feed answers now; differs from `feed_url` after a permanent redirect."""
    state: FeedState = FeedState.NEW
    etag: str | None = None
    last_modified: str | None = None
    validators_of: str | None = None
    """The address that gave `etag` and `last_modified`, which are sent to no other."""
    moved_to: str | None = None
    """Where permanent redirects led at the last visit."""
    moved_times: int = 0
    """At how many visits in a row."""
    body_key: str | None = None
    """A digest of the last body: the same body again brings nothing."""
    entries: bytes = b""
    """Digests of the entries of the last document, by which its unchanged entries are known."""
    wishes: Wishes = Wishes()
    pulse: Pulse | None = None
    """None until a document with an entry came."""
    last_try_at: datetime | None = None
    last_success_at: datetime | None = None
    """None until the first visit that succeeded, whose stories are backlog."""
    next_try_at: datetime | None = None
    paced_by: str | None = None
    """What decided `next_try_at`, in a word or two for people."""
    failures: int = 0
    """Failures in a row."""
    failing_since: datetime | None = None
    """When the first of them was, or None after a success."""
    error: str | None = None
    """One sentence that a person can read, or None after a success."""


class Trouble(StrEnum):
    """What people are told of a feed."""

    FAILING = "failing"
    """It has failed for long."""
    GONE = "gone"
    SILENT = "silent"
    """It answers and has brought nothing new for longer than is usual for it."""


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """A feed and how it is doing."""

    feed: Feed
    checkpoint: Checkpoint
    paused: bool = False
    """Somebody said that it is not to be asked."""
    added_by: str | None = None
    """Who added it, or None where the seed file lists it."""
    told: Trouble | None = None
    """The trouble that channels were last told of, or None where they think it well."""
    told_since: datetime | None = None
    """When that trouble began."""
    told_at: datetime | None = None
    """When they were last told of the feed, of trouble or its end; None where never."""


def kept_as(story: Story) -> tuple[str, ...]:
    """Return the ids under which a story may be kept: its own, and the one of an older release."""
    by_address = story.url and story.id == story_id(story.feed_url, story.url, None, "")
    return (story.id, former_id(story.feed_url, story.url)) if by_address else (story.id,)


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything that one visit to a feed produced, saved in one transaction."""

    checkpoint: Checkpoint
    outcomes: tuple[Outcome, ...] = ()
    """In the order in which they were decided."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A kept story that its outlet edited in place, as it reads now."""

    story: Story
    """With the words and the address of now; `revisions` says which edit it is."""
    reading: Reading | None
    """The matcher's own; None where it could not be read, and what was read before then stays."""
    asked: bool = False
    """A model gave its opinion of these words, so that what one said of the earlier ones is over."""
    event_id: str | None = None
    """The event that a story comes to that had none and is relevant now."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a story said before it was edited in place."""

    title: str
    summary: str
    replaced_at: datetime
