"""History: stories of archives go through the chain with their own dates, and nothing is told."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import count

from claims.feeds import Feed
from claims.model import Outcome, Story
from claims.store import Store
from claims.text import story_id
from watchers.archives import Archives, Skipped, Why
from watchers.chain import Chain
from watchers.outlets import Outlets, is_archive

BATCH = 250
"""Stories of one transaction: a quarter of a second of work."""
REACH = 10_000
"""Stories that wait to be put in the order of their dates: some 30 megabytes. Smaller archives are decided
wholly in that order, and larger ones where no story stands more than so many places from its own."""


@dataclass(slots=True)
class Filled:
    """How far it is."""

    read: int = 0
    """Stories met in the files so far, those that were skipped left out."""
    new: int = 0
    known: int = 0
    """Kept before, or met twice."""
    relevant: int = 0
    """Of the new ones."""
    linked: int = 0
    """Of the new ones, those that bear on a claim."""
    claims: set[str] = field(default_factory=set)
    """Ids of these claims."""
    skipped: Counter[Why] = field(default_factory=Counter)

    @property
    def done(self) -> int:
        """Return how many stories were decided and kept, or found to be kept."""
        return self.new + self.known


class Backfill:
    """Keeps the stories of archives. Each is backlog: decided on, grouped and counted, and never told.

    `seen_at` is the moment of the run and not the story's date: we did not see it then, so that the first
    digest does not reach back over a time in which nobody watched.
    """

    def __init__(
        self, store: Store, *, chain: Chain, outlets: Outlets, on_skip: Callable[[Skipped], None]
    ) -> None:
        self._store = store
        self._chain = chain
        self._outlets = outlets
        self._on_skip = on_skip

    async def run(self, archives: Archives) -> AsyncGenerator[Filled, None]:
        """Keep the stories, and yield how far it is now and then.

        What was kept stays kept where the caller goes no further; run again, it is known.

        Raises:
            StoreError: the store cannot be read or written.

        """
        filled = Filled()
        waiting: list[tuple[object, int, Story, Feed]] = []
        number = count()
        async for found in archives.stories():
            if isinstance(found, Skipped):
                filled.skipped[found.why] += 1
                self._on_skip(found)
                yield filled
                continue
            story, feed = found
            filled.read += 1
            heappush(waiting, (story.at, next(number), story, feed))
            if filled.read % BATCH == 0:
                if len(waiting) >= REACH:
                    await self._take(_oldest(waiting), filled)
                await asyncio.sleep(0)  # a signal is heard
                yield filled
        while waiting:
            await self._take(_oldest(waiting), filled)
            yield filled

    async def _take(self, batch: Sequence[tuple[Story, Feed]], filled: Filled) -> None:
        feeds = {feed.url: feed for _, feed in batch}
        new = await self._unknown([story for story, _ in batch], feeds)
        members = await self._chain.read(new)
        async with self._chain.settled(members) as outcomes:
            used = {story.feed_url for story in new}
            archives = [feed for url, feed in feeds.items() if url in used and is_archive(feed)]
            await self._store.record_history(outcomes, archives)
        filled.new += len(new)
        filled.known += len(batch) - len(new)
        _count(outcomes, filled)

    async def _unknown(self, stories: Sequence[Story], feeds: dict[str, Feed]) -> list[Story]:
        """Return those that no feed of their outlet has brought, each once, in their order.

        The same id or guid is the same story: an archive is whole, so that the same words elsewhere in it
        are another one.
        """
        new = {story.id: story for story in reversed(stories)}
        by_feed: defaultdict[str, list[Story]] = defaultdict(list)
        for story in new.values():
            by_feed[story.feed_url].append(story)
        for url, brought in by_feed.items():
            for home in self._outlets.homes(feeds[url]):
                there = {story.id: _at(home, story) for story in brought}
                known = await self._store.known_stories(home, list(there.values()))
                named = {kept.id for kept in known} | {kept.guid for kept in known if kept.guid}
                for key, story in there.items():
                    if story.id in named or story.guid in named:
                        new.pop(key, None)
        return [story for story in stories if new.get(story.id) is story]


def _oldest(waiting: list[tuple[object, int, Story, Feed]]) -> list[tuple[Story, Feed]]:
    batch = [heappop(waiting) for _ in range(min(BATCH, len(waiting)))]
    return [(story, feed) for _, _, story, feed in batch]


def _at(home: str, story: Story) -> Story:
    """Return a story as it would be kept under another feed."""
    if story.feed_url == home:
        return story
    return replace(story, id=story_id(home, story.url, story.guid, story.title), feed_url=home)


def _count(outcomes: Sequence[Outcome], filled: Filled) -> None:
    for outcome in outcomes:
        reading = outcome.member.reading
        borne = {link.claim_id for link in reading.evidence if not link.suggested}
        filled.relevant += reading.relevant
        filled.linked += bool(borne)
        filled.claims |= borne
