"""What every new story goes through, wherever it comes from: it is read, grouped and decided on."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Protocol

from claims.clock import Clock
from claims.errors import StoreError
from claims.feeds import Revision
from claims.matching.matcher import Ranked
from claims.matching.meaning import Vector
from claims.matching.prototypes import Prototype, prototypes_of
from claims.model import Claim, Event, Member, Outcome, Reading, Story
from claims.store import Store
from claims.vectors import Vectors
from watchers.happenings import Decide, Happenings
from watchers.second_opinion import Rank

log = logging.getLogger(__name__)


class StoryReader(Protocol):
    """What reads a story; see `claims.matching.matcher.Matcher`."""

    def read(self, story: Story) -> Reading:
        """Return all that can be read out of a story."""
        ...

    def rank(self, story: Story) -> Sequence[Ranked]:
        """Return the claims that a story might bear on, the nearest first."""
        ...

    def group(
        self, member: Member, events: Sequence[Event], vectors: Mapping[str, Vector] | None = None
    ) -> Event | None:
        """Return the event that a story joins, or None where it opens one of its own."""
        ...


Reconsider = Callable[[Sequence[Member], Sequence[Claim], Rank], Awaitable[Sequence[Member]]]
"""See `watchers.second_opinion.SecondOpinion.reconsider`."""


class Chain:
    """Reads and decides stories against the register and the happenings of the store.

    What is odd about one story costs its neighbours nothing: it is logged, and kept with an empty reading.
    """

    def __init__(
        self,
        store: Store,
        *,
        make_reader: Callable[[Sequence[Claim], Sequence[Prototype]], StoryReader],
        decide: Decide,
        vectors: Vectors,
        clock: Clock,
        reconsider: Reconsider | None = None,
    ) -> None:
        self._store = store
        self._make_reader = make_reader
        self._decide = decide
        self._vectors = vectors
        self._clock = clock
        self._reconsider = reconsider
        self._read_by: tuple[list[Claim], list[Prototype], StoryReader] | None = None
        self._lessons = 0
        # Stories read and extend the same events: from grouping to recording, one lot at a time.
        self._deciding = asyncio.Lock()

    async def read(self, stories: Sequence[Story]) -> list[Member]:
        """Return these stories, in their order, with what the matcher and a second opinion make of them."""
        if not stories:
            return []
        claims, reader = await self._reader()
        members = []
        for story in stories:
            read = await _read(reader, story)
            members.append(read or _not_understood(story))
        return await self._reconsidered(members, claims, reader)

    async def read_again(self, stories: Sequence[Story]) -> list[Revision]:
        """Return these kept stories, in their order, as they read since they were edited in place."""
        if not stories:
            return []
        claims, reader = await self._reader()
        read = [(story, await _read(reader, story)) for story in stories]
        first = [member for _, member in read if member]
        second = {again.story.id: again.reading for again in await self._reconsidered(first, claims, reader)}
        # A model that was not asked, or gave no answer, hands back the very reading.
        return [
            Revision(story, second[story.id], asked=second[story.id] is not member.reading)
            if member
            else Revision(story, None)
            for story, member in read
        ]

    @asynccontextmanager
    async def settled(
        self, members: Sequence[Member], revisions: Sequence[Revision] = ()
    ) -> AsyncIterator[tuple[Outcome, ...]]:
        """Hand out what becomes of these stories, in their order; the body of the `with` records it.

        Revisions are recorded before: what is new is decided against the record as it reads now.
        """
        if not members and not revisions:
            yield ()
            return
        claims, reader = await self._reader()
        async with self._deciding:
            for revision in revisions:
                await self._put_right(revision, reader)
            outcomes = []
            happenings = await Happenings.around(members, self._store, self._vectors, reader.group)
            for member in members:
                outcomes.append(self._settle(happenings, member, claims))
                await asyncio.sleep(0)
            yield tuple(outcomes)

    async def _put_right(self, revision: Revision, reader: StoryReader) -> None:
        """Record an edit; what is odd about it costs no other.

        Trouble of the store concerns them all, and nothing of the visit may then count as read.

        Raises:
            StoreError: the store cannot be read or written.

        """
        try:
            await self._store.record_revision(await self._placed(revision, reader), self._clock())
        except StoreError:
            raise
        except Exception:
            story = revision.story
            log.exception("edit not recorded feed=%s story=%s", story.feed_url, story.url or story.id)

    async def _placed(self, revision: Revision, reader: StoryReader) -> Revision:
        """Return an edit with the event that its story comes to, where it had none and is relevant now."""
        if not (revision.reading and revision.reading.relevant):
            return revision
        [(_, kept_in)] = await self._store.members([revision.story.id])
        if kept_in is not None:
            return revision
        member = Member(revision.story, revision.reading)
        happenings = await Happenings.around([member], self._store, self._vectors, reader.group)
        return replace(revision, event_id=happenings.place(member))

    async def _reconsidered(
        self, members: list[Member], claims: Mapping[str, Claim], reader: StoryReader
    ) -> list[Member]:
        if not self._reconsider:
            return members
        return list(await self._reconsider(members, list(claims.values()), reader.rank))

    def _settle(self, happenings: Happenings, member: Member, claims: Mapping[str, Claim]) -> Outcome:
        try:
            return happenings.settle(member, self._decide, claims, self._clock())
        except Exception:
            log.exception("story not understood url=%s", member.story.url)
            unread = _not_understood(member.story)
            return happenings.settle(unread, self._decide, claims, self._clock())

    async def _reader(self) -> tuple[Mapping[str, Claim], StoryReader]:
        """Return the register and what reads stories for it, made anew when it or what it learnt changed."""
        lessons = await self._store.lessons()
        if self._read_by is None or lessons != self._lessons:
            claims = await self._store.claims()
            taught = list(prototypes_of(await self._store.judged()))
            if self._read_by is None or self._read_by[:2] != (claims, taught):
                self._read_by = claims, taught, self._make_reader(claims, taught)
            self._lessons = lessons
        claims, _, reader = self._read_by
        return {claim.id: claim for claim in claims}, reader


async def _read(reader: StoryReader, story: Story) -> Member | None:
    """Return a story with its reading, or None where it cannot be read."""
    await asyncio.sleep(0)  # commands are answered between two stories
    try:
        return Member(story, reader.read(story))
    except Exception:
        log.exception("story not understood url=%s", story.url)
        return None


def _not_understood(story: Story) -> Member:
    return Member(story, Reading(story.id, relevant=False, score=0.0, language=story.language))
