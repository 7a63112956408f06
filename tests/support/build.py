"""Short builders of the chain's records: each has sensible defaults, and a test names only what it is about.

Any field of the record may be named: `story("Shells leave Rason", language="ko")`. Outlets are plainly
samples. `at(5)` is five minutes after `NOW`, the moment at which things happen unless a test says otherwise.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from claims.admiralty import Reliability
from claims.feeds import Checkpoint, Feed, FeedState, Revision, Visit
from claims.inquiry import Inquiry
from claims.model import (
    Alert,
    Claim,
    Decision,
    Event,
    Evidence,
    Figure,
    Mark,
    Member,
    Origin,
    Outcome,
    Reading,
    Reason,
    Silence,
    Source,
    Stance,
    Story,
    Update,
)
from claims.outgoing import Delivery, Digest
from claims.subscriptions import Subscription
from claims.text import digest_key, story_id
from claims.verdicts import Verdict, VerdictKind
from claims.when import Day
from claims.workspaces import CONSOLE

NOW = datetime(2024, 8, 27, 11, 13, tzinfo=UTC)
FEED_URL = "https://feeds.sample-herald.example/world.xml"


def at(minutes: float) -> datetime:
    """Return the moment so many minutes after `NOW` (before it where negative)."""
    return NOW + timedelta(minutes=minutes)


def source(name: str = "Sample Herald", **changes: Any) -> Source:
    """Return an outlet, a family of its own unless named otherwise, of reliability B."""
    return replace(Source(name=name, family=name, reliability=Reliability.B), **changes)


def feed(url: str = FEED_URL, **changes: Any) -> Feed:
    """Return an English feed of the Sample Herald."""
    return replace(Feed(url=url, title="Sample Herald: world", source=source(), language="en"), **changes)


def checkpoint(feed_url: str = FEED_URL, **changes: Any) -> Checkpoint:
    """Return the memory of a feed that was visited with success at `NOW` and is due 15 minutes later."""
    usual = Checkpoint(
        feed_url=feed_url,
        current_url=feed_url,
        state=FeedState.OK,
        last_try_at=NOW,
        last_success_at=NOW,
        next_try_at=at(15),
    )
    return replace(usual, **changes)


def story(title: str = "Sample ship leaves Rason with shells", **changes: Any) -> Story:
    """Return a story seen at `NOW` and published four minutes before; address and id follow its title."""
    feed_url = changes.get("feed_url", FEED_URL)
    url = changes.get("url", f"https://sample-herald.example/{digest_key(title)}")
    usual = Story(
        id=story_id(feed_url, url, changes.get("guid"), title),
        feed_url=feed_url,
        url=url,
        title=title,
        summary="A sample summary of what the ship carried.",
        language="en",
        source=source(),
        published_at=at(-4),
        seen_at=NOW,
    )
    return replace(usual, **changes)


def figure(value: float = 13_000, unit: str = "containers", **changes: Any) -> Figure:
    """Return an exact figure, in containers unless another unit is named."""
    return replace(Figure(unit=unit, low=value, high=value), **changes)


def claim(claim_id: str = "containers-2023", **changes: Any) -> Claim:
    """Return a claim with only what a claim must have."""
    usual = Claim(
        id=claim_id,
        statement="At least 1,000 containers of munitions went from Najin to Dunay",
        said_by="White House",
        said_on=Day(2023, 10, 13),
    )
    return replace(usual, **changes)


def evidence(story: Story, claim_id: str = "containers-2023", **changes: Any) -> Evidence:
    """Return the link from a story to a claim that it supports."""
    why = marks("containers", "Najin")
    usual = Evidence(story_id=story.id, claim_id=claim_id, stance=Stance.SUPPORTS, score=0.9, why=why)
    return replace(usual, **changes)


def marks(*words: str) -> tuple[Mark, ...]:
    """Return these words as the reasons of a link, wherever they stand."""
    return tuple(Mark(0, len(each), each) for each in words)


def reading(story: Story, claims: Sequence[str] = ("containers-2023",), **changes: Any) -> Reading:
    """Return a relevant reading of a story that supports these claims."""
    usual = Reading(
        story_id=story.id,
        relevant=True,
        score=0.9,
        language=story.language,
        evidence=tuple(evidence(story, claim_id) for claim_id in claims),
        concepts=(("item:containers", 1.0), ("place:najin", 0.5)),
    )
    return replace(usual, **changes)


def member(
    title: str = "Sample ship leaves Rason with shells",
    claims: Sequence[str] = ("containers-2023",),
    *,
    origin: str | None = None,
    figures: Sequence[Figure] = (),
    **story_changes: Any,
) -> Member:
    """Return a story with its reading; `origin` is the body that the story relays."""
    told = story(title, **story_changes)
    read = reading(told, claims, figures=tuple(figures), origin=Origin((origin,)) if origin else None)
    return Member(told, read)


def event(*members: Member) -> Event:
    """Return the event of these stories, named after the first."""
    kept = members or (member(),)
    return Event(event_id(kept[0]), kept)


def event_id(first: Member) -> str:
    """Return the id that these builders give the event whose first story this is."""
    return digest_key("event", first.story.id)


def alert(first: Member, **changes: Any) -> Alert:
    """Return the alert of the event that this story began, with the story's links."""
    usual = Alert(
        key=digest_key("alert", event_id(first)),
        event_id=event_id(first),
        reason=Reason.NEW_EVENT,
        headline=first.story.title,
        links=first.reading.evidence,
        raised_at=NOW,
    )
    return replace(usual, **changes)


def outcome(told: Member, decision: Decision | None = None, *, of: Member | None = None) -> Outcome:
    """Return what became of a story: an alert of its own event unless a decision is given.

    `of` is the first story of the event that it joined. A story that is not relevant joins none.
    """
    irrelevant = decision == Silence(Reason.IRRELEVANT)
    return Outcome(told, decision or alert(told), None if irrelevant else event_id(of or told))


def update(told: Alert, **changes: Any) -> Update:
    """Return the update that another outlet makes: the next revision of an alert."""
    changed = {"revision": told.revision + 1, **changes}
    return Update(replace(told, **changed), Reason.ANOTHER_OUTLET)


def visit(*outcomes: Outcome, feed_url: str = FEED_URL, **changes: Any) -> Visit:
    """Return a visit that brought these outcomes; `changes` are of its checkpoint."""
    return Visit(checkpoint(feed_url, **changes), outcomes)


def revision(told: Member, title: str | None = None, **changes: Any) -> Revision:
    """Return the next edit of a kept story: another headline, and `changes` of its reading."""
    words = told.story.title if title is None else title
    edited = replace(told.story, title=words, revisions=told.story.revisions + 1)
    return Revision(edited, replace(told.reading, **changes))


def verdict(story: Story, kind: str, **changes: Any) -> Verdict:
    """Return what Mina said of a story at the console, at `NOW`."""
    return replace(Verdict(CONSOLE, "Mina", NOW, story.id, VerdictKind(kind)), **changes)


def subscription(destination: str = "console", *claims: str, **changes: Any) -> Subscription:
    """Return a subscription to these claims, or to all where none is named."""
    return replace(Subscription(destination, frozenset(claims) if claims else None), **changes)


def delivery(key: str, destination: str = "console", **changes: Any) -> Delivery:
    """Return a pending delivery."""
    return replace(Delivery(key, destination), **changes)


def digest(destination: str = "console", **changes: Any) -> Digest:
    """Return the digest of the day that ended at `NOW`."""
    usual = Digest(
        key=digest_key("digest", destination, NOW.date().isoformat()),
        destination=destination,
        since=NOW - timedelta(days=1),
        until=NOW,
    )
    return replace(usual, **changes)


def inquiry(**changes: Any) -> Inquiry:
    """Return an inquiry at `NOW` that was answered and changed a stance."""
    usual = Inquiry(
        key="k-1",
        story_id="s-1",
        asked_at=NOW,
        model="sample-model-2026",
        rules="r1",
        requests=1,
        tokens=900,
        answer='{"claims": "포탄"}',
        changed=("containers-2023: disputes (was supports)",),
        dropped=("claims 2: has no stance of ours", "origin 1: is no chain of names"),
    )
    return replace(usual, **changes)
