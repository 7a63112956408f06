"""A visit: one feed is fetched, parsed, matched, grouped, decided on and saved in one transaction."""

import hashlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from claims.clock import Clock
from claims.errors import StoreError
from claims.feeds import Checkpoint, Feed, FeedKind, FeedStatus, Visit, Wishes
from claims.model import Story
from claims.store import Store
from watchers.chain import Chain
from watchers.checkpoints import after_visit
from watchers.document import ParseError
from watchers.fetched import Fetched, FetchFailed, FetchResult
from watchers.pacing import Pace
from watchers.parse import Parsed
from watchers.robots import Refusal
from watchers.sift import sift

log = logging.getLogger(__name__)


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


Fetch = Callable[[Checkpoint], Awaitable[FetchResult]]
"""See `watchers.fetch.Fetcher.fetch`."""
Complete = Callable[[Feed, Sequence[Story]], Awaitable[Sequence[Story]]]
"""See `watchers.full_text.FullText.complete`."""


class Visitor:
    """Visits one feed at a time, and several side by side."""

    def __init__(
        self,
        store: Store,
        *,
        fetch: Fetch,
        parse: Parse,
        chain: Chain,
        clock: Clock,
        pace: Pace,
        jitter: Callable[[], float],
        refusal: Refusal | None = None,
        complete: Complete | None = None,
    ) -> None:
        self._store = store
        self._fetch = fetch
        self._parse = parse
        self._chain = chain
        self._clock = clock
        self._pace = pace
        self._refusal = refusal
        self._complete = complete
        self._jitter = jitter

    async def visit(self, status: FeedStatus) -> Visit:
        """Visit a feed and record it; what goes wrong, unless it is the store, is a failure of that feed.

        Raises:
            StoreError: the store cannot keep the visit.

        """
        try:
            return await self._visit(status)
        except StoreError:
            raise
        except Exception as error:
            log.exception("visit broke off feed=%s", status.feed.url)
            failed = FetchFailed(f"something unforeseen went wrong ({type(error).__name__})", ours=True)
        visit = Visit(self._after(status, failed))
        await self._store.record_visit(visit)
        return visit

    async def _visit(self, status: FeedStatus) -> Visit:
        result = await fetched(status.feed, status.checkpoint, self._fetch, self._refusal)
        if isinstance(result, Fetched):
            body_key = _body_key(result.body)
            try:
                parsed = await self._parsed(status, result, body_key)
            except ParseError as error:
                result = FetchFailed(str(error), retry_after=result.retry_after)
            else:
                return await self._take(status, result, parsed, body_key)
        visit = Visit(self._after(status, result))
        await self._store.record_visit(visit)
        return visit

    async def _parsed(self, status: FeedStatus, result: Fetched, body_key: str) -> Parsed:
        """Return what is new in a body, which is not read again where the last one was the same."""
        last = status.checkpoint
        if body_key == last.body_key:
            return Parsed((), last.entries, last.wishes)
        return await self._parse(
            result.body,
            status.feed,
            seen_at=self._clock(),
            content_type=result.content_type,
            base_url=result.url,
            known=last.entries,
        )

    async def _take(self, status: FeedStatus, result: Fetched, parsed: Parsed, body_key: str) -> Visit:
        stories = parsed.stories
        known = await self._store.known_stories(status.feed.url, stories)
        sifted = sift(stories, known)
        backlog = status.checkpoint.last_success_at is None
        edited = len(sifted.revised)
        read: Sequence[Story] = [*sifted.revised, *(replace(story, backlog=backlog) for story in sifted.new)]
        if self._complete:
            read = await self._complete(status.feed, read)
        members = await self._chain.read(read[edited:])
        revisions = await self._chain.read_again(read[:edited])
        async with self._chain.settled(members, revisions) as outcomes:
            checkpoint = replace(
                self._after(status, result, dates=[story.at for story in sifted.new], wishes=parsed.wishes),
                body_key=body_key,
                entries=parsed.entries,
            )
            visit = Visit(checkpoint, outcomes)
            await self._store.record_visit(visit)
        return visit

    def _after(
        self,
        status: FeedStatus,
        result: FetchResult,
        *,
        dates: Sequence[datetime] = (),
        wishes: Wishes | None = None,
    ) -> Checkpoint:
        now, jitter = self._clock(), self._jitter()
        return after_visit(status, result, self._pace, now, jitter, dates=dates, wishes=wishes)


async def fetched(feed: Feed, checkpoint: Checkpoint, fetch: Fetch, refusal: Refusal | None) -> FetchResult:
    """Ask for a document; a page, which was made for people, only where robots.txt lets us."""
    asked = refusal if feed.kind is FeedKind.PAGE else None
    return (asked and await asked(checkpoint.current_url)) or await fetch(checkpoint)


def _body_key(body: bytes) -> str:
    """Return what two equal bodies share and, but for odds of 1 in 10^38, no others."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()
