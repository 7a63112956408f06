"""Sweeps over real feeds on loopback into a real store."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from claims.alerting import decide
from claims.errors import StoreError
from claims.feeds import Feed, FeedState, FeedStatus, Visit
from claims.matching.matcher import Ranked
from claims.matching.meaning import Vector
from claims.matching.prototypes import Prototype
from claims.model import Alert, Claim, Decision, Event, Member, Reading, Story
from claims.sqlite import SQLiteStore
from claims.store import Store
from claims.vectors import Vectors
from tests.support.build import NOW, claim, evidence, feed, marks, reading, source, verdict
from tests.support.encoder import WordEncoder
from tests.support.feed_server import FeedServer, feed_server, item, rss, serving
from tests.support.grouping import by_title
from tests.support.stores import open_store
from watchers.apart import ParserProcess
from watchers.chain import Chain
from watchers.fetch import Fetcher
from watchers.fetched import FetchPolicy
from watchers.pacing import Pace
from watchers.parse import Parsed, parse
from watchers.spreading import Spreading
from watchers.sweep import Sweep, Sweeper
from watchers.visit import Visitor

MINUTE = timedelta(minutes=1)


class SampleReader:
    """Reads a story as relevant where its title speaks of shells.

    `trouble` in a title breaks it; `untracked` makes it name a claim that nobody keeps.
    """

    def read(self, story: Story) -> Reading:
        """Return a reading whose concepts are the words of the title."""
        words = story.title.casefold().split()
        if "trouble" in words:
            raise KeyError("sample trouble")
        if "shells" not in words:
            return reading(story, claims=[], relevant=False, concepts=())
        claim_id = "nobody-tracks-this" if "untracked" in words else "containers-2023"
        link = evidence(story, claim_id, why=marks("shells"))
        return reading(story, evidence=(link,), concepts=tuple((word, 1.0) for word in sorted(set(words))))

    def rank(self, story: Story) -> list[Ranked]:
        """Return no claim."""
        return []

    def group(
        self, member: Member, events: Sequence[Event], vectors: Mapping[str, Vector] | None = None
    ) -> Event | None:
        """Return the event that is worded alike."""
        return by_title(member, events, vectors)


@dataclass
class Rig:
    """A sweeper over a store and a server, with a clock that tests set."""

    store: SQLiteStore
    server: FeedServer
    fetcher: Fetcher
    now: datetime = NOW
    readers_made: int = 0
    poller: Sweeper = field(init=False)

    def __post_init__(self) -> None:
        self.poller = self.make_poller(self.store)

    def make_poller(self, store: Store, **changes: Any) -> Sweeper:
        """Return a sweeper with parts of the rig; `changes` name others, of its chain too."""
        of_chain: dict[str, Any] = {
            "make_reader": self.make_reader,
            "decide": decide,
            "vectors": Vectors(None, store, lambda: self.now),
        }
        of_chain |= {name: changes.pop(name) for name in of_chain if name in changes}
        parts: dict[str, Any] = {
            "fetch": self.fetcher.fetch,
            "parse": parse_here,
            "chain": Chain(store, clock=lambda: self.now, **of_chain),
            "clock": lambda: self.now,
            "pace": Pace(interval_minutes=15, floor_seconds=60),
            "jitter": lambda: 0.0,
        }
        parts |= changes
        return Sweeper(
            store, Visitor(store, **parts).visit, parts["clock"], parts["pace"], Spreading(), per_host=4
        )

    def make_reader(self, claims: Sequence[Claim], prototypes: Sequence[Prototype]) -> SampleReader:
        """Return a reader, and count it."""
        self.readers_made += 1
        return SampleReader()

    async def list_feeds(self, *feeds: Feed) -> None:
        """Keep these feeds in the book."""
        await self.store.sync_feeds(feeds)

    async def sweep_after(self, minutes: float) -> Sweep:
        """Sweep so many minutes later."""
        self.now += minutes * MINUTE
        return await self.poller.sweep()

    async def status(self, url: str) -> FeedStatus:
        """Return how a feed is doing."""
        [status] = [status for status in await self.store.feeds() if status.feed.url == url]
        return status

    async def titles(self) -> dict[str, str | None]:
        """Return the event of every kept story by its title."""
        return {story.title: event for story, event in await self.store.stories()}

    async def alerts(self) -> list[Alert]:
        """Return every alert there is."""
        events = await self.store.events_between(NOW - 9_000 * MINUTE * 60, NOW + 9_000 * MINUTE * 60)
        return list((await self.store.alerts([event.id for event in events])).values())


async def parse_here(body: bytes, feed: Feed, **about: Any) -> Parsed:
    """Parse on the spot: documents here are small and friendly."""
    return parse(body, feed, **about)


@asynccontextmanager
async def rigged(path: Path, *, busy_timeout: float = 5.0) -> AsyncIterator[Rig]:
    """Build a rig whose store holds one claim."""
    async with feed_server() as server:
        policy = FetchPolicy(
            contact="",
            timeout_seconds=20,
            max_body_bytes=1_000_000,
            per_host=4,
            allow_hosts=frozenset({server.host_port}),
        )
        async with Fetcher(policy, lambda: rig.now) as fetcher:
            store = await open_store(path, busy_timeout=busy_timeout)
            rig = Rig(store, server, fetcher)
            try:
                await store.sync_claims([claim()])
                yield rig
            finally:
                await store.close()


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    """Build a rig over a fresh database."""
    async with rigged(tmp_path / "claimwatch.db") as built:
        yield built


def outlet(url: str, name: str = "Sample Herald") -> Feed:
    """Return a feed of an outlet."""
    return feed(url, title=name, source=source(name))


def told(title: str, path: str = "", minutes: float = 0) -> str:
    """Return an item published so many minutes after `NOW`."""
    link = f"https://outlet.example/{path or title.replace(' ', '-')}"
    return item(title, link, published=NOW + minutes * MINUTE)


async def test_the_first_visit_is_backlog_and_silent(rig: Rig) -> None:
    """What stands in a feed at first sight is kept and never told; relevant stories have their event."""
    url = rig.server.set("/a", rss(told("Old sample of shells"), told("Weather sample")))
    await rig.list_feeds(outlet(url))
    assert await rig.poller.sweep() == Sweep(visited=1, failed=0, stories=2, alerts=0)
    kept = {story.title: (story.backlog, event) for story, event in await rig.store.stories()}
    assert kept["Weather sample"] == (True, None)
    assert kept["Old sample of shells"][0]
    assert kept["Old sample of shells"][1] is not None
    assert await rig.alerts() == []
    checkpoint = (await rig.status(url)).checkpoint
    assert (checkpoint.state, checkpoint.last_success_at) == (FeedState.OK, NOW)
    assert checkpoint.next_try_at == NOW + 15 * MINUTE


async def test_news_is_told_once(rig: Rig) -> None:
    """A story that comes later raises an alert; the next sweep, with the same document, raises none."""
    url = rig.server.set("/a", rss())
    await rig.list_feeds(outlet(url))
    await rig.poller.sweep()
    rig.server.set("/a", rss(told("Ship with shells leaves")))
    assert await rig.sweep_after(15) == Sweep(visited=1, failed=0, stories=1, alerts=1)
    assert await rig.sweep_after(15) == Sweep(visited=1, failed=0, stories=0, alerts=0)
    [alert] = await rig.alerts()
    assert alert.headline == "Ship with shells leaves"


async def test_a_feed_is_asked_only_when_it_is_due(rig: Rig) -> None:
    """Between two visits lies the interval."""
    url = rig.server.set("/a", rss())
    await rig.list_feeds(outlet(url))
    await rig.poller.sweep()
    assert (await rig.sweep_after(14.9)).visited == 0
    assert (await rig.sweep_after(0.1)).visited == 1
    assert rig.server.requests["/a"] == 2


async def test_a_document_that_did_not_change_is_not_sent_again(rig: Rig) -> None:
    """Validators survive in the store, and a 304 is a success without stories."""
    url = rig.server.set("/a", rss(told("Weather sample")), etag='"1"')
    await rig.list_feeds(outlet(url))
    await rig.poller.sweep()
    assert await rig.sweep_after(15) == Sweep(visited=1, failed=0, stories=0, alerts=0)
    assert rig.server.headers["/a"][1]["If-None-Match"] == '"1"'
    assert (await rig.status(url)).checkpoint.last_success_at == rig.now


async def test_what_the_last_document_held_is_not_read_again(rig: Rig) -> None:
    """The same body is not parsed at all; of another, entries that stood in the last one make no story."""
    parsed: list[int] = []

    async def counted(body: bytes, feed: Feed, **about: Any) -> Parsed:
        found = parse(body, feed, **about)
        parsed.append(len(found.stories))
        return found

    poller = rig.make_poller(rig.store, parse=counted)
    old, new = told("Old sample"), told("New sample", minutes=1)
    url = rig.server.set("/a", rss(old))
    await rig.list_feeds(outlet(url))
    for body in (rss(old), rss(old), rss(new, old)):
        rig.server.set("/a", body)
        await poller.sweep()
        rig.now += 15 * MINUTE
    assert parsed == [1, 1]
    assert (await rig.status(url)).checkpoint.error is None


async def test_two_outlets_of_one_happening_in_one_sweep_are_one_alert(rig: Rig) -> None:
    """Feeds fetched side by side are decided one after another, so the second joins the first."""
    feeds = [outlet(rig.server.set(f"/{n}", rss()), f"Sample outlet {n}") for n in range(6)]
    await rig.list_feeds(*feeds)
    await rig.poller.sweep()
    for n in range(6):
        rig.server.set(f"/{n}", rss(told("Ship with shells leaves Rason port", path=f"{n}", minutes=n)))
    swept = await rig.sweep_after(15)
    assert (swept.stories, swept.alerts) == (6, 1)
    [alert] = await rig.alerts()
    assert alert.revision == 5
    [(member_count, event_id)] = [
        (len(event.members), event.id) for event in await rig.store.events_between(NOW, NOW + 9 * MINUTE)
    ]
    assert (member_count, event_id) == (6, alert.event_id)


@pytest.mark.parametrize(("encoder", "events"), [(None, 2), (WordEncoder(("shells",)), 1)])
async def test_what_means_the_same_is_one_happening_where_there_is_an_encoder(
    rig: Rig, encoder: WordEncoder | None, events: int
) -> None:
    """A story joins one that the store already holds by meaning; without an encoder words alone decide."""
    url = rig.server.set("/a", rss())
    await rig.list_feeds(outlet(url))
    poller = rig.make_poller(rig.store, vectors=Vectors(encoder, rig.store, lambda: rig.now))
    await poller.sweep()
    for n, title in enumerate(
        ("A ship with shells leaves Rason", "포탄 shells 실은 열차 수백 량 국경 통과 목격")
    ):
        rig.server.set("/a", rss(told(title, path=f"{n}", minutes=n)))
        rig.now += 15 * MINUTE
        await poller.sweep()

    assert len(set((await rig.titles()).values())) == events


async def test_stories_of_one_visit_are_decided_oldest_first(rig: Rig) -> None:
    """The oldest story opens the event and names the alert, wherever it stands in the document."""
    url = rig.server.set("/a", rss())
    await rig.list_feeds(outlet(url))
    await rig.poller.sweep()
    newest_first = [told(f"Ship with shells leaves Rason part {n}", minutes=n) for n in (3, 2, 1)]
    rig.server.set("/a", rss(*newest_first))
    await rig.sweep_after(15)
    [alert] = await rig.alerts()
    assert alert.headline.endswith("part 1")


async def test_a_changed_headline_is_kept_and_not_told(rig: Rig) -> None:
    """A known story that reads otherwise is a revision, not news."""
    url = rig.server.set("/a", rss(told("First headline", path="1")))
    await rig.list_feeds(outlet(url))
    await rig.poller.sweep()
    rig.server.set("/a", rss(told("Second headline of shells", path="1")))
    assert await rig.sweep_after(15) == Sweep(visited=1, failed=0, stories=0, alerts=0)
    [(story, _)] = await rig.store.stories()
    assert (story.title, story.revisions) == ("Second headline of shells", 1)


@pytest.mark.parametrize(
    ("page", "error"),
    [
        ({"status": 503}, "127.0.0.1 answered 503 Service Unavailable"),
        ({"body": "<html><p>Sign in</p></html>"}, "the answer is a web page, not a feed"),
        ({"body": b""}, "the answer is empty"),
        ({"body": b"x" * 2_000_000}, "127.0.0.1 sent more than 1,000,000 bytes"),
        (
            {"body": rss(told("An untracked sample of shells"))},
            "something unforeseen went wrong (IntegrityError)",
        ),
    ],
)
async def test_trouble_is_kept_with_its_feed_and_the_neighbours_go_on(
    rig: Rig, page: dict[str, Any], error: str
) -> None:
    """One sentence stands at the feed in trouble; the others are read as if nothing had happened."""
    bad = rig.server.set("/bad", **page)
    good = rig.server.set("/good", rss(told("Weather sample")))
    await rig.list_feeds(outlet(bad, "Sample A"), outlet(good, "Sample B"))
    assert await rig.poller.sweep() == Sweep(visited=2, failed=1, stories=1, alerts=0)
    failing = (await rig.status(bad)).checkpoint
    assert (failing.state, failing.error, failing.failures) == (FeedState.FAILING, error, 1)
    assert failing.last_success_at is None
    assert (await rig.status(good)).checkpoint.state is FeedState.OK


async def test_many_slow_feeds_of_one_host_do_not_hold_up_another_host(rig: Rig) -> None:
    """Feeds that wait for their host's turn take nobody else's."""
    answered = asyncio.Event()

    async def answer(request: web.Request) -> web.Response:
        await answered.wait()
        return web.Response(status=503)

    application = web.Application()
    application.router.add_get("/{path}", answer)
    quick = rig.server.set("/quick", rss()).replace("127.0.0.1", "localhost")
    async with serving(application) as port:
        slow = [outlet(f"http://127.0.0.1:{port}/{n}", f"Sample {n}") for n in range(40)]
        await rig.list_feeds(*slow, outlet(quick, "The last sample"))
        allowed = frozenset({f"127.0.0.1:{port}", f"localhost:{rig.server.port}"})
        policy = FetchPolicy(
            contact="", timeout_seconds=20, max_body_bytes=1_000, per_host=2, allow_hosts=allowed
        )
        async with Fetcher(policy) as fetcher:
            sweeping = asyncio.create_task(rig.make_poller(rig.store, fetch=fetcher.fetch).sweep())
            try:
                await asyncio.wait_for(rig.server.asked("/quick", 1), 10)
            finally:
                answered.set()
                swept = await sweeping
    assert (swept.visited, swept.failed) == (41, 40)


async def test_trouble_is_logged_when_it_begins_and_when_it_ends(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever runs the bot reads of a failing feed once, not at every try, and that it is back."""
    url = rig.server.set("/a", status=503)
    await rig.list_feeds(outlet(url))
    with caplog.at_level(logging.INFO, logger="watchers.sweep"):
        for _ in range(3):
            await rig.sweep_after(24 * 60)
        rig.server.set("/a", rss())
        await rig.sweep_after(24 * 60)
    assert [record.getMessage() for record in caplog.records] == [
        f"feed failed feed={url} error=127.0.0.1 answered 503 Service Unavailable",
        f"feed answers again feed={url}",
    ]


async def test_a_feed_that_failed_at_first_still_begins_with_backlog(rig: Rig) -> None:
    """The first visit that succeeds is the first visit."""
    url = rig.server.set("/a", status=500)
    await rig.list_feeds(outlet(url))
    await rig.poller.sweep()
    rig.server.set("/a", rss(told("Old sample of shells")))
    assert await rig.sweep_after(30) == Sweep(visited=1, failed=0, stories=1, alerts=0)


async def test_a_feed_that_is_gone_is_asked_when_somebody_says_so(rig: Rig) -> None:
    """After a 410 it is left alone until it is resumed, and when it answers then it is watched as before."""
    url = rig.server.set("/a", status=410)
    await rig.list_feeds(outlet(url))
    await rig.poller.sweep()
    assert (await rig.status(url)).checkpoint.state is FeedState.GONE
    rig.server.set("/a", rss())
    assert (await rig.sweep_after(60 * 24 * 30)).visited == 0
    await rig.store.pause_feed(url, paused=False)
    assert (await rig.sweep_after(0)).visited == 1
    assert (await rig.status(url)).checkpoint.state is FeedState.OK
    assert (await rig.sweep_after(15)).visited == 1


async def test_a_move_is_adopted_only_to_a_feed(rig: Rig) -> None:
    """A permanent redirect to a web page changes nothing; one that led to a feed twice is remembered."""
    home = rig.server.set("/home", "<html>welcome</html>")
    url = rig.server.set("/a", status=301, headers={"Location": "/home"})
    await rig.list_feeds(outlet(url))
    await rig.poller.sweep()
    assert (await rig.status(url)).checkpoint.current_url == url
    rig.server.set("/home", rss(told("Weather sample")), etag='"h"')
    for adopted in (url, home):
        await rig.sweep_after(30)
        checkpoint = (await rig.status(url)).checkpoint
        assert (checkpoint.current_url, checkpoint.etag, checkpoint.feed_url) == (adopted, '"h"', url)
    assert rig.server.headers["/home"][-1]["If-None-Match"] == '"h"'
    await rig.sweep_after(30)
    assert (rig.server.requests["/a"], rig.server.requests["/home"]) == (3, 4)
    assert [story.feed_url for story, _ in await rig.store.stories()] == [url]


async def test_a_host_that_wants_quiet_is_left_alone_with_all_its_feeds(rig: Rig) -> None:
    """After one 429 the others of that host are put off: no request, no failure, and no fewer stories."""
    busy = rig.server.set("/busy", status=429, headers={"Retry-After": "3600"})
    others = [rig.server.set(f"/{n}", rss(told("Weather sample"))) for n in range(3)]
    await rig.list_feeds(outlet(busy, "Sample A"))
    assert (await rig.sweep_after(0)).failed == 1
    await rig.list_feeds(outlet(busy, "Sample A"), *(outlet(url, "Sample B") for url in others))
    assert await rig.sweep_after(1) == Sweep(visited=3, failed=0, stories=0, alerts=0)
    assert sum(rig.server.requests.values()) == 1
    for url in others:
        checkpoint = (await rig.status(url)).checkpoint
        assert (checkpoint.next_try_at, checkpoint.paced_by) == (NOW + 60 * MINUTE, "Retry-After")
        assert (checkpoint.state, checkpoint.last_try_at) == (FeedState.NEW, None)
    rig.server.set("/busy", rss())
    assert await rig.sweep_after(59) == Sweep(visited=4, failed=0, stories=3, alerts=0)


async def test_a_visit_is_saved_whole_or_not_at_all(rig: Rig) -> None:
    """Where a story cannot be kept nothing of its visit is, so the next visit finds all of it new."""
    url = rig.server.set("/a", rss())
    await rig.list_feeds(outlet(url))
    await rig.poller.sweep()
    document = rss(told("Ship with shells leaves"), told("An untracked sample of shells", minutes=1))
    rig.server.set("/a", document, etag='"1"')
    await rig.sweep_after(15)
    assert await rig.titles() == {}
    assert (await rig.status(url)).checkpoint.etag is None
    rig.server.set("/a", document.replace("untracked", "quiet"))
    swept = await rig.sweep_after(30)
    assert (swept.stories, swept.alerts) == (2, 2)


@pytest.mark.parametrize("backlog", [True, False])
async def test_a_story_that_cannot_be_read_costs_itself_alone(
    rig: Rig, caplog: pytest.LogCaptureFixture, *, backlog: bool
) -> None:
    """It is logged with its address and kept without a reading; its neighbours are told."""
    url = rig.server.set("/a", rss())
    await rig.list_feeds(outlet(url))
    if not backlog:
        await rig.poller.sweep()
    rig.server.set("/a", rss(told("Ship with shells leaves"), told("A trouble sample", path="odd")))
    with caplog.at_level(logging.ERROR):
        swept = await rig.sweep_after(15)
    assert swept == Sweep(visited=1, failed=0, stories=2, alerts=int(not backlog))
    assert "story not understood url=https://outlet.example/odd" in caplog.text
    assert (await rig.titles())["A trouble sample"] is None
    assert (await rig.sweep_after(15)).stories == 0


async def test_a_story_that_cannot_be_decided_costs_itself_alone(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    """It is kept without a reading and leaves no trace in the event that it would have joined."""

    def odd(member: Member, *known: Any) -> Decision:
        if "odd" in member.story.url:
            raise ZeroDivisionError
        return decide(member, *known)

    url = rig.server.set("/a", rss())
    await rig.list_feeds(outlet(url))
    poller = rig.make_poller(rig.store, decide=odd)
    await poller.sweep()
    paths = ("first", "odd", "last")
    stories = [told("Ship with shells leaves", path, minutes) for minutes, path in enumerate(paths)]
    rig.server.set("/a", rss(*stories))
    rig.now += 15 * MINUTE
    assert await poller.sweep() == Sweep(visited=1, failed=0, stories=3, alerts=1)
    assert "story not understood url=https://outlet.example/odd" in caplog.text
    [event] = await rig.store.events_between(NOW, rig.now)
    kept = [story.url.rpartition("/")[2] for story, event_id in await rig.store.stories() if event_id]
    assert kept == [member.story.url.rpartition("/")[2] for member in event.members] == ["first", "last"]


async def test_an_edit_that_cannot_be_recorded_costs_itself_alone(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged with its feed and its address, and its story stays as it was; the others are recorded."""
    url = rig.server.set("/a", rss(*(told(f"Sample {path}", path) for path in ("odd", "edited"))))
    await rig.list_feeds(outlet(url))
    await rig.poller.sweep()
    odd, edited = told("An untracked sample of shells", "odd"), told("Sample of maps", "edited")
    rig.server.set("/a", rss(odd, edited, told("Ship with shells leaves", minutes=1)))
    swept = await rig.sweep_after(15)

    assert swept == Sweep(visited=1, failed=0, stories=1, alerts=1)
    assert sorted(await rig.titles()) == ["Sample odd", "Sample of maps", "Ship with shells leaves"]
    assert f"edit not recorded feed={url} story=https://outlet.example/odd" in caplog.text


async def test_an_edit_that_a_locked_store_cannot_take_is_taken_at_the_next_visit(tmp_path: Path) -> None:
    """Trouble that concerns every story fails the visit: nothing of it counts as read."""
    path = tmp_path / "claimwatch.db"
    async with rigged(path, busy_timeout=0.0) as rig:
        url = rig.server.set("/a", rss(told("First headline", path="1")))
        await rig.list_feeds(outlet(url))
        await rig.poller.sweep()
        rig.server.set("/a", rss(told("Second headline", path="1")))
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("begin immediate")
            assert await rig.sweep_after(15) == Sweep(visited=1, failed=1)
            other.execute("rollback")
        assert await rig.sweep_after(15) == Sweep(visited=1)
        assert list(await rig.titles()) == ["Second headline"]


async def test_the_reader_is_made_anew_only_when_the_register_changes(rig: Rig) -> None:
    """Making one costs; visits share it until a claim is added or corrected and something new comes."""

    def publish(title: str) -> None:
        for n in range(3):
            rig.server.set(f"/{n}", rss(told(f"{title} {n}")))

    await rig.list_feeds(*(outlet(rig.server.url(f"/{n}"), f"Sample {n}") for n in range(3)))
    publish("Weather sample")
    await rig.poller.sweep()
    publish("Sports sample")
    await rig.sweep_after(15)
    assert rig.readers_made == 1
    await rig.store.sync_claims([replace(claim(), statement="Corrected.")])
    await rig.sweep_after(15)
    assert rig.readers_made == 1
    publish("Traffic sample")
    await rig.sweep_after(15)
    assert rig.readers_made == 2


async def test_the_reader_is_made_anew_when_a_person_taught_something(rig: Rig) -> None:
    """A verdict is heard from the next story on."""
    await rig.list_feeds(outlet(rig.server.set("/a", rss(told("Sample shells")))))
    await rig.poller.sweep()
    ((story, _),) = await rig.store.stories()
    await rig.store.record_verdict(verdict(story, "right", claim_id="containers-2023"))
    rig.server.set("/a", rss(told("More sample shells")))
    await rig.sweep_after(15)
    assert rig.readers_made == 2


async def test_others_get_their_turn_while_a_large_backlog_is_read(rig: Rig) -> None:
    """Between any two stories whoever waits for the event loop is served."""
    url = rig.server.set("/a", rss(*(told(f"Sample {n} of shells", minutes=-n) for n in range(200))))
    await rig.list_feeds(outlet(url))
    reads_between: list[int] = []
    reads = 0

    class Counting(SampleReader):
        def read(self, story: Story) -> Reading:
            nonlocal reads
            reads += 1
            return super().read(story)

    poller = rig.make_poller(rig.store, make_reader=lambda *_: Counting())
    sweeping = asyncio.create_task(poller.sweep())
    before = 0
    while not sweeping.done():
        await asyncio.sleep(0)
        reads_between.append(reads - before)
        before = reads
    assert (await sweeping).stories == 200
    assert max(reads_between) == 1


class Failing:
    """A store that raises `trouble` in place of recording visits, as long as there is any."""

    def __init__(self, store: Store, trouble: Exception) -> None:
        self._store = store
        self.trouble: Exception | None = trouble

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return a method of the store."""
        method: Callable[..., Any] = getattr(self._store, name)
        return method

    async def record_visit(self, visit: Visit) -> None:
        """Record a visit, or raise."""
        if self.trouble:
            raise self.trouble
        await self._store.record_visit(visit)


@pytest.mark.parametrize("trouble", [StoreError("sample.db cannot grow"), KeyError("sample bug")])
async def test_a_visit_that_cannot_be_kept_leaves_the_floor_and_the_feed_alone(
    rig: Rig, trouble: Exception
) -> None:
    """The feed is asked again at its pace, not at once, and stands in the book as it was."""
    url = rig.server.set("/a", rss(told("Weather sample")))
    await rig.list_feeds(outlet(url))
    before = await rig.status(url)
    store = Failing(rig.store, trouble)
    poller = rig.make_poller(store)
    assert await poller.sweep() == Sweep(visited=1, failed=1, stories=0, alerts=0)
    rig.now += 14.9 * MINUTE
    assert (await poller.sweep()).visited == 0
    assert rig.server.requests["/a"] == 1
    assert await rig.status(url) == before
    store.trouble = None
    rig.now += 0.1 * MINUTE
    assert await poller.sweep() == Sweep(visited=1, failed=0, stories=1, alerts=0)
    rig.now += 15 * MINUTE
    assert (await poller.sweep()).visited == 1


async def test_trouble_of_the_store_is_logged_when_it_begins_and_when_it_ends(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    """However many feeds and visits it costs, the log names the store once, and no feed."""
    await rig.list_feeds(*(outlet(rig.server.set(f"/{n}", rss()), f"Sample {n}") for n in range(3)))
    store = Failing(rig.store, StoreError("sample.db cannot grow"))
    poller = rig.make_poller(store)
    with caplog.at_level(logging.INFO, logger="watchers.sweep"):
        for _ in range(3):
            await poller.sweep()
            rig.now += 15 * MINUTE
        store.trouble = None
        await poller.sweep()
    assert [record.getMessage() for record in caplog.records] == [
        "visits cannot be kept: sample.db cannot grow",
        "visits are kept again",
    ]


async def test_no_surprise_ends_a_sweep(rig: Rig) -> None:
    """Even where it cannot be said when to ask a feed again the sweep ends well, and the floor holds."""
    await rig.list_feeds(*(outlet(rig.server.set(f"/{n}", rss()), f"Sample {n}") for n in range(2)))
    poller = rig.make_poller(rig.store, jitter=lambda: float("nan"))  # no moment can be reckoned with it
    assert await poller.sweep() == Sweep(visited=2, failed=2, stories=0, alerts=0)
    assert (await poller.sweep()).visited == 0


async def test_the_chain_runs_with_the_parser_apart(rig: Rig) -> None:
    """With the worker process in place of parsing on the spot the sweep does the same."""
    url = rig.server.set("/a", rss(told("Weather sample")))
    await rig.list_feeds(outlet(url))
    async with ParserProcess() as parser:
        swept = await rig.make_poller(rig.store, parse=parser.parse).sweep()
    assert swept == Sweep(visited=1, failed=0, stories=1, alerts=0)
