"""What the store promises, by role: a signature then admits how little it needs.

The contract for every implementation: moments go in and come out aware and in UTC; lists are ordered and
the order is named; no row, cursor or dict leaves it; a method that writes does so in one transaction and
either all of it is kept or none; any method may raise `StoreError` where an operator can mend the trouble
(locked, full, damaged), and lets a bug through untouched.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from claims.care import ITSELF, ClaimEdit, Editor
from claims.model import Alert, Claim, Event, Evidence, Member, Rereading, Sighting
from claims.outgoing import Account, Activity, Briefing
from claims.store_archive import ArchiveBook
from claims.store_feeds import FeedBook, NoticeBook
from claims.store_looks import LookBook
from claims.store_opinions import OpinionBook
from claims.store_outbox import Outbox
from claims.store_workspaces import SubscriptionBook, WorkspaceBook
from claims.verdicts import Judged, Verdict

VECTOR_DAYS = 30
"""How long a vector is kept: some times the window of an event, and no longer than it is cheap."""


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

        One that is no longer listed is retired, its evidence kept. The seed file is who did so.
        """
        ...

    async def keep_claim(self, claim: Claim, by: Editor = ITSELF) -> None:
        """Add a claim at the end of the register, or change it; it is people's from here on.

        One that was retired is restored as `restore_claim` does, and says this.
        """
        ...

    async def keep_claims(self, claims: Sequence[Claim], by: Editor = ITSELF) -> None:
        """Keep several claims as `keep_claim` does, all or none; they may name each other."""
        ...

    async def retire_claim(self, claim_id: str, by: Editor = ITSELF) -> None:
        """Track a claim no longer, also where the seed file goes on listing it; its evidence is kept.

        Raises:
            NotFound: there is no listed claim of that id.

        """
        ...

    async def merge_claim(self, claim_id: str, into: str, by: Editor = ITSELF) -> int:
        """Retire a claim for another that says the same; return how many stories bear on that one anew.

        Its own evidence is kept, and linked to the other too, where that is not linked yet. From here on
        whatever names the claim names the other: subscriptions, parents and denials.

        Raises:
            NotFound: it, or the other, is no listed claim.

        """
        ...

    async def split_claim(
        self, claim_id: str, into: Sequence[str], links: Sequence[Evidence], by: Editor = ITSELF
    ) -> int:
        """Retire a claim for several as `merge_claim` does for one; `links` link its stories to them.

        Raises:
            NotFound: it, or one of the others, is no listed claim.

        """
        ...

    async def restore_claim(self, claim_id: str, by: Editor = ITSELF) -> None:
        """Track a retired claim again; what its merge or split linked, and nobody judged since, is undone.

        Raises:
            NotFound: there is no retired claim of that id.

        """
        ...

    async def edits(self, claim_id: str) -> list[ClaimEdit]:
        """Return what was done to a claim, newest first; every method that changes one keeps what it did."""
        ...

    async def register(self) -> Mapping[str, Claim]:
        """Return every claim by id, those of all workspaces and retired ones included."""
        ...

    async def claims(self) -> list[Claim]:
        """Return every listed claim of every workspace, in seed order, then as people added them.

        What they name is tracked too, or was retired without another in its place.
        """
        ...

    async def guest_claims(self) -> int:
        """Count the listed own claims of workspaces of which the settings subscribe no channel."""
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

    async def claims_in_news(self, since: datetime, limit: int) -> list[str]:
        """Return the ids of the claims that stories bear on whose `at` is `since` or later, newest first.

        Of links to listed claims at most `limit` are looked at, and none that is only suggested.
        """
        ...

    async def sightings(self, claim_ids: Collection[str]) -> Mapping[str, tuple[Sighting, ...]]:
        """Return, for each of these claims, the figures of stories that support it, oldest first.

        A story that is only suggested for a claim gives it none, and the figures a claim was seeded with
        are not among them. `said_by` is the figure's own body, else the name of the story's source.
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
        """Return what the stories seen in the span brought, backlog left out, and what was taken back in it.

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

        What is not shared changes what its own workspace is told, in the same way, and nothing elsewhere.

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


class Store(
    FeedBook,
    NoticeBook,
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
    ArchiveBook,
    Protocol,
):
    """All the roles at once."""

    async def close(self) -> None:
        """Close the database; calling it twice does no harm."""
        ...
