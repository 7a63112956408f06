"""Tables of odd feeds: every case is visited by the real parts, side by side with all the others."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from claims.alerting import decide
from claims.clock import Clock
from claims.feeds import FeedState, FeedStatus
from claims.matching.events import Event
from claims.matching.matcher import Ranked
from claims.model import Member, Reading, Story
from claims.sqlite import SQLiteStore
from claims.vectors import Vectors
from tests.support.build import NOW, feed, source
from tests.support.fetching import policy
from tests.support.odd_server import OddServer, Reply, odd_server
from tests.support.stores import open_store
from watchers.apart import ParserProcess
from watchers.chain import Chain
from watchers.fetch import Fetcher
from watchers.full_text import FullText
from watchers.pacing import Pace
from watchers.robots import Robots
from watchers.spreading import Spreading
from watchers.sweep import Sweeper
from watchers.visit import Visitor

BETWEEN = timedelta(hours=3)
"""From one round of visits to the next: longer than any wait of a feed that is visited again here."""
Seen = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Case:
    """One odd feed, and what must come of so many visits to it.

    What `expected` does not name is not looked at, but that a feed without an expected `error` is well.
    """

    name: str
    replies: Reply | tuple[Reply, ...]
    """At `/name`, the spaces of which are hyphens; the last one stays."""
    expected: Mapping[str, Any]
    visits: int = 1
    beside: Mapping[str, Reply | tuple[Reply, ...]] = field(default_factory=dict)
    """What the server says at other paths."""
    about: Mapping[str, Any] = field(default_factory=dict)
    """Fields of the feed."""
    address: str = ""
    """Of the feed where that is not on the server."""

    @property
    def path(self) -> str:
        """Return where the case is served."""
        return "/" + quote(self.name.replace(" ", "-"))

    def __str__(self) -> str:
        """Return what tests call it."""
        return self.name

    @property
    def promised(self) -> Mapping[str, Any]:
        """Return what must have been seen."""
        return {"error": None, **self.expected}

    def among(self, seen: Mapping[str, Seen]) -> Seen:
        """Return what was seen of what is promised."""
        return {name: seen[self.name][name] for name in self.promised}

    def url(self, origin: str) -> str:
        """Return the address of its feed."""
        return self.address or origin + self.path

    def pages(self) -> dict[str, tuple[Reply, ...]]:
        """Return what is said where."""
        said = {self.path: self.replies, **self.beside}
        return {path: reply if isinstance(reply, tuple) else (reply,) for path, reply in said.items()}


class Indifferent:
    """Reads every story as one that bears on nothing."""

    def read(self, story: Story) -> Reading:
        """Return an empty reading."""
        return Reading(story.id, relevant=False, score=0.0, language=story.language)

    def rank(self, story: Story) -> list[Ranked]:
        """Return no claim."""
        return []

    def group(self, member: Member, events: Sequence[Event], vectors: object = None) -> Event | None:
        """Return no event."""
        return None


@dataclass(frozen=True)
class Rig:
    """The real parts over one server; the feeds of the cases are kept and due."""

    server: OddServer
    store: SQLiteStore
    sweeper: Sweeper

    async def status(self, case: Case) -> FeedStatus:
        """Return how the feed of a case is doing."""
        url = case.url(self.server.origin)
        [status] = [each for each in await self.store.feeds() if each.feed.url == url]
        return status


@asynccontextmanager
async def rigged(
    cases: Sequence[Case], folder: Path, clock: Clock = lambda: NOW, **bounds: Any
) -> AsyncIterator[Rig]:
    """Put the parts together.

    Args:
        cases: of one server.
        folder: for the store.
        clock: the time.
        bounds: of the policy of fetching.

    """
    async with AsyncExitStack() as stack:
        replies = {path: said for case in cases for path, said in case.pages().items()}
        server = await stack.enter_async_context(odd_server(replies))
        mine = frozenset({server.host_port})
        rules = policy(server.host_port, **{"per_host": 200, "bridges": mine, **bounds})
        fetcher = await stack.enter_async_context(Fetcher(rules, clock))
        parser = await stack.enter_async_context(ParserProcess())
        store = await open_store(folder / "odd.db")
        stack.push_async_callback(store.close)
        await store.sync_feeds(
            [
                feed(case.url(server.origin), title=case.name, source=source(case.name), **case.about)
                for case in cases
            ]
        )
        pace = Pace(interval_minutes=15, floor_seconds=60, ceiling_minutes=60)
        robots = Robots(fetcher.get, clock=clock)
        visitor = Visitor(
            store,
            fetch=fetcher.fetch,
            parse=parser.parse,
            chain=Chain(
                store,
                make_reader=lambda *_: Indifferent(),
                decide=decide,
                vectors=Vectors(None, store, clock),
                clock=clock,
            ),
            clock=clock,
            pace=pace,
            jitter=lambda: 0.0,
            refusal=robots.refusal,
            complete=FullText(get=partial(fetcher.get, refusal=robots.refusal), call=parser.call).complete,
        )
        sweeper = Sweeper(store, visitor.visit, clock, pace, Spreading(), per_host=200)
        stack.push_async_callback(sweeper.close)
        yield Rig(server, store, sweeper)


async def visited(cases: Sequence[Case], folder: Path, **bounds: Any) -> dict[str, Seen]:
    """Visit every case as often as it wants, all that are due in one sweep; return what was seen of it."""
    now = NOW
    async with rigged(cases, folder, lambda: now, **bounds) as rig:
        for visit in range(max(case.visits for case in cases)):
            now = NOW + visit * BETWEEN
            await rig.sweeper.sweep()
            for case in cases:
                if case.visits == visit + 1:
                    await rig.store.pause_feed(case.url(rig.server.origin), paused=True)
        statuses = {status.feed.url: status for status in await rig.store.feeds()}
        stories = sorted((story for story, _ in await rig.store.stories()), key=lambda story: story.title)
        urls = {case: case.url(rig.server.origin) for case in cases}
        return {
            case.name: _seen(case, rig.server, statuses[url], [s for s in stories if s.feed_url == url])
            for case, url in urls.items()
        }


def _seen(case: Case, server: OddServer, status: FeedStatus, stories: Sequence[Story]) -> Seen:
    found, origin = status.checkpoint, server.origin
    own = [asked for asked in server.asked if asked.path in case.pages()]
    sent = next((asked.headers for asked in reversed(own) if asked.path == case.path), {})
    return {
        "titles": [story.title for story in stories],
        "links": [story.url.replace(origin, "") for story in stories],
        "summaries": [story.summary for story in stories],
        "dates": [_date(story.published_at) for story in stories],
        "languages": [story.language for story in stories],
        "outlets": [story.relayed_from for story in stories],
        "revisions": [story.revisions for story in stories],
        "count": len(stories),
        "error": found.error,
        "state": found.state,
        "gone": found.state is FeedState.GONE,
        "wait": found.next_try_at and (found.next_try_at - (found.last_try_at or NOW)) / timedelta(minutes=1),
        "paced_by": found.paced_by,
        "lives_at": found.current_url.replace(origin, ""),
        "asked": [asked.path for asked in own],
        "sent": [sent.get("if-none-match"), sent.get("if-modified-since")],
    }


def _date(moment: datetime | None) -> str | None:
    return moment and moment.strftime("%Y-%m-%d %H:%M")
