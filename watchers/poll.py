"""A sweep: every due feed is fetched, parsed, matched, grouped, decided on and saved in one transaction."""

import asyncio
import hashlib
import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from claims.clock import Clock
from claims.errors import StoreError
from claims.feeds import Checkpoint, Feed, FeedStatus, Visit
from claims.matching.matcher import Ranked
from claims.matching.meaning import Vector
from claims.matching.prototypes import Prototype, prototypes_of
from claims.model import Alert, Claim, Event, Member, Outcome, Reading, Story
from claims.store import Store
from claims.vectors import Vectors
from watchers.checkpoints import after_visit
from watchers.document import ParseError
from watchers.fetch import Fetched, FetchFailed, FetchResult
from watchers.happenings import Decide, Happenings
from watchers.pacing import Pace, next_try
from watchers.parse import Parsed
from watchers.second_opinion import Rank
from watchers.sift import sift

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


class Parse(Protocol):
    """What makes stories of a document; see `watchers.apart.ParserProcess.parse`."""

    async def __call__(
        self,
        body: bytes,
        feed: Feed,
        *,
        seen_at: datetime,
        content_type: str | None,
        base_url: str,
        known: bytes,
    ) -> Parsed:
        """Return what is new in a document, or raise `ParseError`."""
        ...


@dataclass(frozen=True, slots=True)
class Sweep:
    """What one sweep did."""

    visited: int
    failed: int
    stories: int
    """New ones, backlog included."""
    alerts: int
    """Raised; updates are not counted."""


class Poller:
    """Visits due feeds; a feed that fails, however oddly, keeps its trouble to itself."""

    def __init__(
        self,
        store: Store,
        *,
        fetch: Callable[[Checkpoint], Awaitable[FetchResult]],
        parse: Parse,
        make_reader: Callable[[Sequence[Claim], Sequence[Prototype]], StoryReader],
        decide: Decide,
        vectors: Vectors,
        clock: Clock,
        pace: Pace,
        reconsider: Reconsider | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._store = store
        self._fetch = fetch
        self._parse = parse
        self._make_reader = make_reader
        self._decide = decide
        self._vectors = vectors
        self._clock = clock
        self._pace = pace
        self._reconsider = reconsider
        self._jitter = jitter
        self._read_by: tuple[list[Claim], list[Prototype], StoryReader] | None = None
        self._visiting: set[str] = set()
        # When feeds may be asked again whose own time the store has not kept.
        self._held: dict[str, datetime] = {}
        self._store_fails = False
        # Visits read and extend the same events: from grouping to recording, one at a time.
        self._deciding = asyncio.Lock()

    async def sweep(self, on_visit: Callable[[int, int], None] | None = None) -> Sweep:
        """Visit every due feed once; `on_visit` is told after each how many of how many are done.

        A feed that another sweep is visiting is left to that one. One whose visit the store could not keep
        counts as failed, and is asked again at its pace.

        Raises:
            StoreError: the store could not say which feeds are due.

        """
        now = self._clock()
        due = [
            status for status in await self._store.due_feeds(now) if self._may_be_asked(status.feed.url, now)
        ]
        self._visiting.update(status.feed.url for status in due)
        visits: list[Visit | None] = []

        async def visit(status: FeedStatus) -> None:
            try:
                visits.append(await self._guarded(status))
            finally:
                self._visiting.discard(status.feed.url)
            if on_visit:
                on_visit(len(visits), len(due))

        await asyncio.gather(*(visit(status) for status in due))
        outcomes = [outcome for visit in visits if visit for outcome in visit.outcomes]
        return Sweep(
            visited=len(visits),
            failed=sum(visit is None or visit.checkpoint.error is not None for visit in visits),
            stories=len(outcomes),
            alerts=sum(isinstance(outcome.decision, Alert) for outcome in outcomes),
        )

    def _may_be_asked(self, url: str, now: datetime) -> bool:
        return url not in self._visiting and self._held.get(url, now) <= now

    async def _guarded(self, status: FeedStatus) -> Visit | None:
        """Visit a feed, whatever happens; None where the store could not keep the visit."""
        url = status.feed.url
        self._held[url] = next_try(self._pace, status.feed, self._clock())
        try:
            visit = await self._visit_or_failure(status)
        except StoreError as error:
            if not self._store_fails:
                log.critical("visits cannot be kept: %s", error)
            self._store_fails = True
            return None
        except Exception:
            log.exception("visit not recorded feed=%s", url)
            return None
        del self._held[url]
        if self._store_fails:
            log.info("visits are kept again")
        self._store_fails = False
        _tell(status.checkpoint, visit.checkpoint)
        return visit

    async def _visit_or_failure(self, status: FeedStatus) -> Visit:
        """Visit a feed; what goes wrong, unless it is the store, is kept as a failure of that feed."""
        try:
            return await self._visit(status)
        except StoreError:
            raise
        except Exception as error:
            log.exception("visit broke off feed=%s", status.feed.url)
            failed = FetchFailed(f"something unforeseen went wrong ({type(error).__name__})")
        visit = Visit(self._after(status, failed))
        await self._store.record_visit(visit)
        return visit

    async def _visit(self, status: FeedStatus) -> Visit:
        result = await self._fetch(status.checkpoint)
        if isinstance(result, Fetched):
            try:
                parsed = await self._parsed(status, result)
            except ParseError as error:
                result = FetchFailed(str(error), retry_after=result.retry_after)
            else:
                return await self._take(status, result, parsed)
        visit = Visit(self._after(status, result))
        await self._store.record_visit(visit)
        return visit

    async def _parsed(self, status: FeedStatus, result: Fetched) -> Parsed:
        """Return what is new in a body, which is not read again where the last one was the same."""
        last = status.checkpoint
        if _body_key(result.body) == last.body_key:
            return Parsed((), last.entries, last.wishes)
        return await self._parse(
            result.body,
            status.feed,
            seen_at=self._clock(),
            content_type=result.content_type,
            base_url=result.url,
            known=last.entries,
        )

    async def _take(self, status: FeedStatus, result: Fetched, parsed: Parsed) -> Visit:
        stories = parsed.stories
        sifted = sift(stories, await self._store.known_stories(status.feed.url, stories))
        claims, reader = await self._reader()
        backlog = status.checkpoint.last_success_at is None
        new = [replace(story, backlog=backlog) for story in sifted.new]
        members = []
        for story in new:
            members.append(_read(reader, story))
            await asyncio.sleep(0)  # commands are answered between two stories
        if self._reconsider:
            members = list(await self._reconsider(members, list(claims.values()), reader.rank))
        async with self._deciding:
            outcomes = []
            happenings = await Happenings.around(members, self._store, self._vectors, reader.group)
            for member in members:
                outcomes.append(self._settle(happenings, member, claims))
                await asyncio.sleep(0)
            checkpoint = replace(
                self._after(status, result),
                body_key=_body_key(result.body),
                entries=parsed.entries,
                wishes=parsed.wishes,
            )
            visit = Visit(checkpoint, tuple(outcomes), sifted.revised)
            await self._store.record_visit(visit)
        return visit

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

    def _after(self, status: FeedStatus, result: FetchResult) -> Checkpoint:
        return after_visit(status, result, self._pace, self._clock(), self._jitter())


def _body_key(body: bytes) -> str:
    """Return what two equal bodies share and, but for odds of 1 in 10^38, no others."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def _read(reader: StoryReader, story: Story) -> Member:
    try:
        return Member(story, reader.read(story))
    except Exception:
        log.exception("story not understood url=%s", story.url)
        return _not_understood(story)


def _not_understood(story: Story) -> Member:
    """Return a story with an empty reading: what is odd about it costs its neighbours nothing."""
    return Member(story, Reading(story.id, relevant=False, score=0.0, language=story.language))


def _tell(before: Checkpoint, after: Checkpoint) -> None:
    """Log a feed's trouble when it begins or changes, and its end: not every try in vain."""
    if after.error and after.error != before.error:
        log.warning("feed failed feed=%s error=%s", after.feed_url, after.error)
    elif before.error and not after.error:
        log.info("feed answers again feed=%s", after.feed_url)
