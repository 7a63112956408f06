"""What the store promises of look-ups: stories by words, single happenings, and counts.

The contract is that of `claims.store`.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from claims.activity import Week
from claims.changes import Voice
from claims.lookups import Counts, StorySearch, Tallies, Waiting
from claims.model import Event, Member
from claims.outgoing import Delivery


class LookBook(Protocol):
    """What is looked up; used by commands and by what is suggested while somebody types."""

    async def found_stories(self, search: StorySearch, limit: int) -> list[str]:
        """Return the ids of the stories that are wanted, newest `at` first, then by id, at most `limit`."""
        ...

    async def titled_stories(self, words: str, limit: int) -> list[str]:
        """Return the ids of stories found by words as `found_stories` does, those kept last first.

        It is for suggestions: among 100,000 stories it takes a few milliseconds, whatever the words.
        """
        ...

    async def event(self, event_id: str) -> Event:
        """Return an event whole.

        Raises:
            NotFound: no story belongs to it.

        """
        ...

    async def deliveries(self, key: str) -> list[Delivery]:
        """Return how an alert, a digest or a notice went, by destination."""
        ...

    async def counts(self, since: datetime, destinations: Collection[str] | None) -> Counts:
        """Return what was decided on what was seen after a moment, and what waits.

        What waits is counted for these destinations, or for all where None is given.
        """
        ...

    async def voices(
        self, claim_ids: Collection[str], before: datetime, *, published: bool = False
    ) -> Mapping[str, tuple[Member, ...]]:
        """Return by claim which bodies supported or disputed it in stories seen up to a moment.

        A backlog counts as seen long before; with `published` it goes by when stories came out instead. One
        story, the newest, stands for all in which one family told the same of one origin, and as surely; they
        come oldest first. Stories that name no origin, and what is only suggested, are left out; so are
        figures, concepts and the words behind links.
        """
        ...

    async def bodies(
        self,
        claim_ids: Collection[str],
        before: datetime,
        *,
        published: bool = False,
        but: Collection[str] = (),
    ) -> Mapping[str, tuple[Voice, ...]]:
        """Return by claim which bodies did so, without their stories; `but` are ids of stories left out."""
        ...

    async def weeks(
        self, claim_ids: Collection[str], since: datetime, until: datetime
    ) -> Mapping[str, tuple[Week, ...]]:
        """Return by claim how many stories bore on it in each week of a span, ends included, oldest first.

        Weeks in which nothing came are there too, and what is only suggested is not counted. The last one is
        marked where it is not over at the end of the span.
        """
        ...

    async def tallies(self) -> Tallies:
        """Return how much is kept in all; among 100,000 stories it takes a tenth of a second or two."""
        ...

    async def waiting(self, now: datetime) -> Mapping[str, Waiting]:
        """Return by platform what is due and not posted.

        Quiet hours hold back, and so does a pause; a refusal does not.
        """
        ...

    async def writings(self) -> int:
        """Return a number that is another one whenever others wrote into the store since it was asked last.

        What this program itself wrote by the same connection does not count.
        """
        ...
