"""What every new story goes through, wherever it comes from: it is read, grouped and decided on."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from claims.clock import Clock
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
        # Stories read and extend the same events: from grouping to recording, one lot at a time.
        self._deciding = asyncio.Lock()

    async def read(self, stories: Sequence[Story]) -> list[Member]:
        """Return these stories, in their order, with what the matcher and a second opinion make of them."""
        if not stories:
            return []
        claims, reader = await self._reader()
        members = []
        for story in stories:
            members.append(_read(reader, story))
            await asyncio.sleep(0)  # commands are answered between two stories
        if self._reconsider:
            members = list(await self._reconsider(members, list(claims.values()), reader.rank))
        return members

    @asynccontextmanager
    async def settled(self, members: Sequence[Member]) -> AsyncIterator[tuple[Outcome, ...]]:
        """Hand out what becomes of these stories, in their order; the body of the `with` records it."""
        if not members:
            yield ()
            return
        claims, reader = await self._reader()
        async with self._deciding:
            outcomes = []
            happenings = await Happenings.around(members, self._store, self._vectors, reader.group)
            for member in members:
                outcomes.append(self._settle(happenings, member, claims))
                await asyncio.sleep(0)
            yield tuple(outcomes)

    def _settle(self, happenings: Happenings, member: Member, claims: Mapping[str, Claim]) -> Outcome:
        try:
            return happenings.settle(member, self._decide, claims, self._clock())
        except Exception:
            log.exception("story not understood url=%s", member.story.url)
            unread = _not_understood(member.story)
            return happenings.settle(unread, self._decide, claims, self._clock())

    async def _reader(self) -> tuple[Mapping[str, Claim], StoryReader]:
        """Return the register and what reads stories for it, made anew when it or what it learnt changed."""
        claims = await self._store.claims()
        taught = list(prototypes_of(await self._store.judged()))
        if self._read_by is None or self._read_by[:2] != (claims, taught):
            self._read_by = claims, taught, self._make_reader(claims, taught)
        return {claim.id: claim for claim in claims}, self._read_by[2]


def _read(reader: StoryReader, story: Story) -> Member:
    try:
        return Member(story, reader.read(story))
    except Exception:
        log.exception("story not understood url=%s", story.url)
        return _not_understood(story)


def _not_understood(story: Story) -> Member:
    return Member(story, Reading(story.id, relevant=False, score=0.0, language=story.language))
