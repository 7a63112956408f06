"""What the store promises of feeds, visits and notices.

The contract is that of `claims.store`.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from claims.feeds import Feed, FeedName, FeedStatus, Revision, Visit
from claims.model import Outcome, Story
from claims.outgoing import Notice, Watchlist

UNDATED = timedelta(days=1)
"""In which the same words without a date are one story: tomorrow's briefing has the same headline."""


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

        An `Alert` is routed here, once, to the subscriptions of this moment (`claims.routing.route`), as each
        workspace sees it (`claims.showing`): what becomes of it at each is kept with the reason, and a
        destination added later does not receive the history. An `Update` replaces the kept alert of its key
        and, where it shows otherwise, reaches those that were told, those that want it as it reads now, and
        of later ones those that follow a claim it newly bears on; nothing goes under a message that is
        snoozed. An update that is not of a higher revision changes nothing, and one
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

    async def stories(self) -> list[tuple[Story, str | None]]:
        """Return every kept story with the id of its event, by `Story.at`, then by id."""
        ...


class NoticeBook(Protocol):
    """Which feeds are in trouble, and who was told; used by `watchers.notices` and `bot.messages`."""

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
