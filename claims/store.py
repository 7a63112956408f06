"""What the store promises, by role: a signature then admits how little it needs.

The contract for every implementation: moments go in and come out aware and in UTC; lists are ordered and
the order is named; no row, cursor or dict leaves it; a method that writes does so in one transaction and
either all of it is kept or none; any method may raise `StoreError` where an operator can mend the trouble
(locked, full, damaged), and lets a bug through untouched.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from claims.feeds import Feed, FeedName, FeedStatus, Revision, Visit
from claims.model import Alert, Claim, Event, Evidence, Member, Outcome, Rereading, Sighting, Story
from claims.outgoing import (
    Account,
    Activity,
    Briefing,
    Delivery,
    Development,
    Digest,
    Held,
    Notice,
    Watchlist,
)
from claims.reckoning import Reckoning
from claims.store_looks import LookBook
from claims.store_opinions import OpinionBook
from claims.store_workspaces import SubscriptionBook, WorkspaceBook
from claims.verdicts import Judged, Verdict

UNDATED = timedelta(days=1)
"""In which the same words without a date are one story: tomorrow's briefing has the same headline."""
VECTOR_DAYS = 30
"""How long a vector is kept: some times the window of an event, and no longer than it is cheap."""


class FeedBook(Protocol):
    """Feeds, their checkpoints and their stories; used by the watchers and `claimwatch feeds`."""

    async def sync_feeds(self, feeds: Sequence[Feed]) -> None:
        """Keep exactly these feeds in the book, beside those that people added, without those they removed.

        A new one is due at once; one that is no longer listed is retired: not polled and not shown, its
        stories and its checkpoint kept, and it goes on where it stopped when it is listed again. One that
        was gone when it left is then due at once. One whose kind or links changed begins anew.
        """
        ...

    async def add_feeds(self, feeds: Sequence[Feed], by: str) -> list[Feed]:
        """List feeds that somebody adds, due at once: all or none; return them, but for those listed already.

        One that was listed before begins anew: its next visit is a first one.
        """
        ...

    async def remove_feed(self, url: str) -> None:
        """Retire a feed, also where the seed file goes on listing it; its stories are kept.

        Raises:
            NotFound: no feed of that address is listed.

        """
        ...

    async def pause_feed(self, url: str, *, paused: bool) -> None:
        """Keep a feed from being asked, or have it asked at once, also where it was gone.

        Raises:
            NotFound: no feed of that address is listed.

        """
        ...

    async def feeds(self) -> list[FeedStatus]:
        """Return every listed feed, by title, then by URL."""
        ...

    async def former_feeds(self) -> list[FeedStatus]:
        """Return every feed that is kept and not listed, by title, then by URL.

        Those were watched once, or are for archives of outlets that were not: their stories are kept.
        """
        ...

    async def feed_names(self) -> list[FeedName]:
        """Return what every listed feed can be called, by title, then by URL."""
        ...

    async def feed(self, url: str) -> FeedStatus:
        """Return one feed.

        Raises:
            NotFound: no feed of that address is listed.

        """
        ...

    async def due_feeds(
        self, now: datetime, limit: int = 1_000, *, besides: Collection[str] = ()
    ) -> list[FeedStatus]:
        """Return the feeds whose `next_try_at` is None, past or `now`: hosts take turns.

        First comes of each host the feed that is the longest overdue, then of each the next, so that a host
        with many feeds keeps no other from its turn; of one turn the longest overdue first. At most `limit`
        of them: only listed ones, none that is paused, none that is gone, and none whose URL is in `besides`.
        """
        ...

    async def known_stories(self, feed_url: str, stories: Sequence[Story]) -> list[Story]:
        """Return the kept stories of that feed that one of these may be, by id.

        That is: those that share an id or a guid with one, and those with the title of one whose id and guid
        are unknown and that came out at the same moment, or without a date within `UNDATED` before it.
        """
        ...

    async def record_visit(self, visit: Visit) -> None:
        """Save one visit: checkpoint, stories, readings, events, alerts, and their deliveries.

        An `Alert` is routed here, once, to the subscriptions of this moment (`claims.routing.route`): what
        becomes of it at each is kept with the reason, and a destination added later does not receive the
        history. An `Update` replaces the kept alert of its key and reaches those that were told, those that
        want it as it reads now, and of later ones those that follow a claim it newly bears on; nothing goes
        under a message that is snoozed. An update that is not of a higher revision changes nothing, and one
        whose alert is not kept is kept and routed as an alert. An event or alert whose key is kept already is
        left as it is, and so is a story, whose decision was then kept with it: recording a visit twice keeps
        it once. The feed must have been listed once, and so must every claim of the evidence.
        """
        ...

    async def record_revision(self, revision: Revision, now: datetime) -> None:
        """Save how a kept story reads, and where it is, since it was edited; tell its event again.

        The record is then as if it had always read so. The story keeps its event, also where it is no longer
        relevant; one that had none and is relevant now comes to `event_id` as its newest. What a person said
        stands, and so does what a model said, unless it was `asked` again. An alert gets a new revision where
        a reader sees a difference (`claims.corrections.amended`); one that is now deserved is raised as by
        `record_verdict`. A revision whose count is not above the kept one changes nothing, nor does one to
        words that the story left too often.
        """
        ...

    async def record_history(self, outcomes: Sequence[Outcome], archives: Sequence[Feed]) -> None:
        """Save stories of archives as `record_visit` does those of a visit, and no checkpoint.

        `archives` are the feeds of such stories that may not be kept yet: they are then kept unlisted, so
        that they are neither polled nor shown.
        """
        ...

    async def watchlist(self) -> Watchlist:
        """Return what a notice is made from, without reading every feed.

        In doubt are the listed and unpaused feeds that fail, are gone or were told of, and those that at
        their last success had brought nothing new for longer than a day and than ever before.
        """
        ...

    async def raise_notice(self, notice: Notice) -> bool:
        """Keep a notice, its deliveries, and for each feed what was told; return whether it was kept.

        It is not where its key is kept already. It goes to the subscriptions of now that want notices.
        """
        ...

    async def notice(self, key: str) -> Notice | None:
        """Return the notice of that key, or None where the key is another's or nobody's."""
        ...

    async def stories(self) -> list[tuple[Story, str | None]]:
        """Return every kept story with the id of its event, by `Story.at`, then by id."""
        ...


class StoryBook(Protocol):
    """Kept stories one by one; used by `claimwatch why` and `claimwatch rematch`."""

    async def accounts(self, named: str) -> list[Account]:
        """Return what became of the stories of an id or an address, by `Story.at`, then by id.

        Addresses compare as `claims.text.canonical_url` has them; several feeds may bring one page.
        """
        ...

    async def story_ids(self, since: datetime) -> list[str]:
        """Return the ids of the stories whose `at` is `since` or later, by `at`, then by id."""
        ...

    async def members(self, story_ids: Collection[str]) -> list[tuple[Member, str | None]]:
        """Return these stories as they are kept with the ids of their events, by `at`, then by id."""
        ...

    async def reread(self, rereadings: Sequence[Rereading]) -> None:
        """Replace what was read out of kept stories, and the events they belong to, in one transaction.

        What was decided on them, the alerts and their deliveries stay as they are, and nothing is routed. An
        event that is not kept is opened by its story. Every claim of the evidence must have been listed once.
        """
        ...


class ClaimBook(Protocol):
    """The register and what bears on it; used by commands, the watchers and the digest."""

    async def sync_claims(self, claims: Sequence[Claim]) -> None:
        """Keep exactly these claims in the register, beside those that people added, changed or retired.

        One that is no longer listed is retired, its evidence kept.
        """
        ...

    async def keep_claim(self, claim: Claim) -> None:
        """Add a claim at the end of the register, or change it; it is people's from here on."""
        ...

    async def retire_claim(self, claim_id: str) -> None:
        """Track a claim no longer, also where the seed file goes on listing it; its evidence is kept.

        Raises:
            NotFound: there is no listed claim of that id.

        """
        ...

    async def register(self) -> Mapping[str, Claim]:
        """Return every claim by id, those of all workspaces and retired ones included."""
        ...

    async def claims(self) -> list[Claim]:
        """Return every listed claim of every workspace, in seed order, then as people added them."""
        ...

    async def claim(self, claim_id: str) -> Claim:
        """Return one listed claim.

        Raises:
            NotFound: there is none of that id.

        """
        ...

    async def search_claims(self, words: str) -> list[Claim]:
        """Return the listed claims in which every word occurs, in seed order.

        Words are case folded and may be parts of words. Id, statement, sayer, items, places and
        vessels are searched. No words at all find nothing.
        """
        ...

    async def evidence(self, claim_id: str, limit: int) -> list[tuple[Member, Evidence]]:
        """Return the newest stories that bear on a claim, newest first, at most `limit`."""
        ...

    async def sightings(self, claim_ids: Collection[str]) -> Mapping[str, tuple[Sighting, ...]]:
        """Return, for each of these claims, the figures of stories that support it, oldest first.

        A story that is only suggested for a claim gives it none, and the figures a claim was seeded with
        are not among them. `said_by` is the figure's own body, else the root of the story's origin, else the
        name of its source.
        """
        ...


class EventBook(Protocol):
    """Happenings; used by the watchers and by cards."""

    async def events_between(self, since: datetime, until: datetime) -> list[Event]:
        """Return the events with a story whose `at` lies in the span, ends included.

        Ordered by the `at` of their first member, then by id.
        """
        ...

    async def alerts(self, event_ids: Collection[str]) -> Mapping[str, Alert]:
        """Return the alert of each of these events that has one, by event id."""
        ...

    async def briefing(self, key: str) -> Briefing:
        """Return an alert with its event and claims as they stand now; retired claims included.

        An alert that a person's verdict withdrew bears on no claim, and its event may have no member left.

        Raises:
            NotFound: there is no alert of that key.

        """
        ...

    async def activity(self, since: datetime, until: datetime) -> Activity:
        """Return what the stories seen in the span brought, backlog left out.

        `since` is excluded, `until` included.
        """
        ...


class ReviewBook(Protocol):
    """What people said of stories, and what waits for them to say it; used by commands and the matcher."""

    async def find_story(self, words: str) -> tuple[Member, str | None]:
        """Return the kept story of this id or address, or the one that alone begins so, and its event's id.

        Raises:
            NotFound: there is none, or several; names some of those.

        """
        ...

    async def suggestions(self, limit: int) -> list[tuple[Member, Evidence]]:
        """Return the links to listed claims that wait for a review, newest story first, at most `limit`."""
        ...

    async def record_verdict(self, verdict: Verdict) -> None:
        """Add a verdict, and where it is shared correct the record by it.

        The story's relevance, evidence and event are then what `claims.verdicts.corrected` and `placed` say.
        Of the event that it left and the one that it came to, the alert gets a new revision, as if the
        record had always read so (`claims.alerting.retell`): what was posted is edited, what is no longer
        wanted is not posted, and an alert that nothing bears out is withdrawn. An event without an alert
        that deserves one gets it while its news is not older than `claims.matching.events.WINDOW`. Ids of
        events never change, and one that is left empty is not shown.

        Raises:
            NotFound: no such story, claim or event is kept.

        """
        ...

    async def verdicts(self, story_ids: Collection[str], workspace: str) -> Mapping[str, tuple[Verdict, ...]]:
        """Return what was said of each of these stories, oldest first: what is shared or this workspace's.

        Stories of which nothing was said are left out.
        """
        ...

    async def private_verdicts(self, workspace: str) -> Mapping[str, tuple[Verdict, ...]]:
        """Return by story what was said in this workspace that is not shared, oldest first."""
        ...

    async def judged(self) -> list[Judged]:
        """Return the stories with shared verdicts, that with the newest verdict first."""
        ...

    async def lessons(self) -> int:
        """Return a number that goes up whenever `claims` or `judged` may give another answer than before."""
        ...


class VectorBook(Protocol):
    """What sentence encoders made of texts, so that none is encoded twice; used by `claims.vectors`."""

    async def vectors(self, model: str, texts: Collection[str]) -> Mapping[str, bytes]:
        """Return what this model made of those of these texts that are kept, by text."""
        ...

    async def keep_vectors(self, model: str, made: Mapping[str, bytes], now: datetime) -> None:
        """Keep what a model made of texts, by text; a text that is kept already stays as it is.

        Forgotten is then what other models made, and what was kept more than `VECTOR_DAYS` days ago.
        """
        ...


class Outbox(Protocol):
    """What is to be posted and how it went; used by `bot.delivery` and `watchers.daily`."""

    async def raise_digest(self, digest: Digest, raised_at: datetime) -> bool:
        """Keep a digest with its one delivery, and have it take what is held; return whether it was kept.

        It is not where its key is kept already or its destination has no subscription.
        """
        ...

    async def digest(self, key: str) -> Digest | None:
        """Return the digest of that key, or None where the key is an alert's or nobody's."""
        ...

    async def held(self, destination: str, digest: str | None = None) -> list[Held]:
        """Return the held alerts that a digest of a destination took, by its key; with None those that wait.

        They come as they were raised, without those that were withdrawn meanwhile.
        """
        ...

    async def held_since(self) -> Mapping[str, datetime]:
        """Return by subscribed destination when the first alert was raised that waits for a digest."""
        ...

    async def reckoned(self, since: datetime, until: datetime) -> Mapping[str, Reckoning]:
        """Return by destination what became of the stories seen in a span: the counts of each add up to all.

        `since` is excluded, `until` included.
        """
        ...

    async def last_digest(self, destination: str) -> datetime | None:
        """Return the latest `until` of the digests kept for a destination, or None where there is none."""
        ...

    async def opened_at(self) -> datetime | None:
        """Return when the first story was seen, or None while there is none."""
        ...

    async def due_deliveries(self, now: datetime) -> list[Delivery]:
        """Return what is to be posted or edited now, oldest alert first, then by destination.

        That is: pending or sending ones, and sent ones whose alert has a newer revision; none whose
        `next_try_at` is still to come, and none to a destination that is paused or has no subscription. What
        follows an alert comes once the message is posted, and after what followed before it is done with.
        """
        ...

    async def delivery(self, key: str, destination: str) -> Delivery | None:
        """Return how a delivery stands, or None where there is none."""
        ...

    async def developments(self, alert_key: str, destination: str) -> list[Development]:
        """Return what was posted under an alert's message there, or is to be, in the order in which it came.

        It is kept with the update that brings it, for the destinations where the message is posted by then
        or may be (`claims.developing`); the others are told all at once by the message itself. After a
        withdrawal nothing that is still to be posted is, but for the withdrawal.
        """
        ...

    async def record_delivery(self, delivery: Delivery) -> bool:
        """Replace the kept delivery of that key and destination; return False where there is none.

        What was held or filtered since is not tried any more: this returns False as well. What was posted
        waits for nothing where it has a newer revision by now.
        """
        ...


class Store(
    FeedBook,
    StoryBook,
    ClaimBook,
    EventBook,
    ReviewBook,
    VectorBook,
    SubscriptionBook,
    WorkspaceBook,
    Outbox,
    OpinionBook,
    LookBook,
    Protocol,
):
    """All the roles at once."""

    async def close(self) -> None:
        """Close the database; calling it twice does no harm."""
        ...
