"""Pages, sitemaps and full text over whole visits: a real server, a real fetcher, a real store."""

import gzip
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

from claims.alerting import decide
from claims.feeds import Feed, FeedKind
from claims.model import Event, Member, Reading, Story
from claims.sqlite import SQLiteStore
from claims.vectors import Vectors
from tests.support.articles import PARAGRAPHS, article_page
from tests.support.build import NOW, feed, reading
from tests.support.feed_server import FeedServer, feed_server, item, rss
from tests.support.fetching import policy
from tests.support.stores import open_store
from watchers.article import installed
from watchers.chain import Chain
from watchers.fetch import Fetcher
from watchers.full_text import FullText
from watchers.pacing import Pace
from watchers.parse import Parsed, parse
from watchers.robots import Robots
from watchers.visit import Visitor

NEEDS_THE_EXTRA = pytest.mark.skipif(not installed(), reason="the extra full-text is not installed")
HTML = {"Content-Type": "text/html"}
T = TypeVar("T")


class Uninterested:
    """Reads every story as none of ours: here it counts which stories there are."""

    def read(self, story: Story) -> Reading:
        """Return an empty reading."""
        return reading(story, claims=[], relevant=False)

    def rank(self, story: Story) -> list[Any]:
        """Return no claim."""
        return []

    def group(self, member: Member, events: Sequence[Event], vectors: object = None) -> Event | None:
        """Return no event."""
        return None


async def parse_here(body: bytes, feed: Feed, **about: Any) -> Parsed:
    """Parse on the spot: documents here are small and friendly."""
    return parse(body, feed, **about)


async def call_here(reader: Callable[[], T]) -> T:
    """Read on the spot: pages here are small and friendly."""
    return reader()


@dataclass
class World:
    """A server and one feed that is visited."""

    server: FeedServer
    store: SQLiteStore
    visitor: Visitor

    async def watch(self, watched: Feed) -> None:
        """Visit a feed for the first time."""
        await self.store.sync_feeds([watched])
        await self.visit()

    async def visit(self) -> None:
        """Visit the feed."""
        [status] = await self.store.feeds()
        await self.visitor.visit(status)

    async def stories(self) -> dict[str, Story]:
        """Return every kept story by the path of its address."""
        kept = [story for story, _ in await self.store.stories()]
        return {story.url.removeprefix(self.server.url("")): story for story in kept}

    async def error(self) -> str:
        """Return what is wrong with the feed, or nothing."""
        [status] = await self.store.feeds()
        return status.checkpoint.error or ""

    def set_article(self, path: str, language: str = "en", canonical: str = "") -> str:
        """Answer an article at a path; return its address."""
        page = article_page(f"Page of {path}", language=language, canonical=canonical)
        return self.server.set(path, page, headers=HTML)


@asynccontextmanager
async def watching(path: Path) -> AsyncIterator[World]:
    """Build a world whose visits read pages too."""
    async with (
        feed_server() as server,
        Fetcher(policy(server.host_port, max_body_bytes=100_000), lambda: NOW) as fetcher,
    ):
        store = await open_store(path)
        refusal = Robots(fetcher.get, clock=lambda: NOW).refusal
        visitor = Visitor(
            store,
            fetch=fetcher.fetch,
            parse=parse_here,
            chain=Chain(
                store,
                make_reader=lambda *_: Uninterested(),
                decide=decide,
                vectors=Vectors(None, store, lambda: NOW),
                clock=lambda: NOW,
            ),
            clock=lambda: NOW,
            pace=Pace(interval_minutes=15, floor_seconds=60),
            jitter=lambda: 0.0,
            refusal=refusal,
            complete=FullText(get=partial(fetcher.get, refusal=refusal), call=call_here).complete,
        )
        try:
            yield World(server, store, visitor)
        finally:
            await store.close()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Run a world over a store of its own."""
    async with watching(tmp_path / "claimwatch.db") as running:
        yield running


def listed(*rows: tuple[int, str, str]) -> bytes:
    """Return a ministry's list of press releases: number, headline and day of each."""
    inner = "".join(
        f'<tr><td>{number}</td><td><a href="view.do?seq={number}">{title}</a></td><td>{day}</td></tr>'
        for number, title, day in rows
    )
    menu = '<nav><a href="/about/12345">견본부 조직과 기능 소개</a></nav>'
    page = f'<html lang="ko"><meta charset="euc-kr"><body>{menu}<table>{inner}</table></body></html>'
    return page.encode("cp949")


async def test_a_page_is_watched_like_a_feed(world: World) -> None:
    """Its stories are backlog at first, then news one by one; a page made anew is trouble that says so."""
    first = (375432, "나진항 컨테이너 관련 대변인 브리핑", "2024. 08. 26.")
    second = (375433, "러시아 선박 입항에 관한 견본부 입장", "2024년 8월 27일")
    url = world.server.set("/press/list.do", listed(first), headers=HTML)
    await world.watch(feed(url, kind=FeedKind.PAGE, language="ko"))
    before = await world.stories()
    world.server.set("/press/list.do", listed(second, first), headers=HTML)
    await world.visit()
    after, fine = await world.stories(), await world.error()
    world.server.set("/press/list.do", "<html><body><div id='app'></div></body></html>", headers=HTML)
    await world.visit()
    trouble = await world.error()

    assert [(path, story.backlog) for path, story in before.items()] == [("/press/view.do?seq=375432", True)]
    assert fine == ""
    news = after["/press/view.do?seq=375433"]
    assert (news.title, news.language, news.backlog) == (second[1], "ko", False)
    assert news.published_at == datetime.fromisoformat("2024-08-27T00:00:00Z")
    assert len(after) == 2
    assert "no link on the page looks like a story" in trouble


async def test_a_page_that_robots_txt_forbids_is_not_watched(world: World) -> None:
    """A page was made for people: where programs are not wanted it is left alone, and that is told."""
    world.server.set("/robots.txt", "User-agent: *\nDisallow: /press/")
    url = world.server.set(
        "/press/list.do", listed((375432, "Sample statement", "2024. 08. 26.")), headers=HTML
    )
    await world.watch(feed(url, kind=FeedKind.PAGE))

    assert await world.error() == "the robots.txt of 127.0.0.1 keeps us from this page, or cannot be read"
    assert world.server.requests["/press/list.do"] == 0


@pytest.mark.parametrize("kind", FeedKind)
async def test_a_feed_of_a_quiet_host_is_put_off_whatever_its_kind(world: World, kind: FeedKind) -> None:
    """Where another feed was told 429, neither a document nor robots.txt is asked for, and nothing failed."""
    await world.watch(feed(world.server.set("/busy", status=429, headers={"Retry-After": "300"})))
    url = world.server.set("/press", "<html></html>", headers=HTML)
    await world.watch(feed(url, kind=kind))
    await world.visit()
    [status] = await world.store.feeds()

    assert (status.checkpoint.failures, status.checkpoint.error) == (0, None)
    assert status.checkpoint.next_try_at == NOW + timedelta(seconds=300)
    assert world.server.requests == {"/busy": 1}


async def test_a_packed_sitemap_is_watched_like_a_feed(world: World) -> None:
    """A `.xml.gz` is opened within the bounds of every body, and what no pattern stands for is no story."""
    urls = "".join(
        f"<url><loc>{world.server.url(path)}</loc><lastmod>2024-08-26T10:00:00+09:00</lastmod></url>"
        for path in ("/news/rason-port-reopens", "/about-the-herald")
    )
    url = world.server.set("/sitemap.xml.gz", gzip.compress(f"<urlset>{urls}</urlset>".encode()))
    await world.watch(feed(url, kind=FeedKind.SITEMAP, links="/news/*"))
    stories, fine = await world.stories(), await world.error()
    world.server.set("/sitemap.xml.gz", gzip.compress(b"<urlset>" + b" " * 2_000_000))
    await world.visit()
    too_large = await world.error()
    world.server.set("/sitemap.xml.gz", gzip.compress(b"<urlset/>")[:-9])
    await world.visit()
    damaged = await world.error()

    assert fine == ""
    assert {path: story.title for path, story in stories.items()} == {
        "/news/rason-port-reopens": "rason port reopens"
    }
    assert "sent more than" in too_large
    assert "cut off or damaged" in damaged


@NEEDS_THE_EXTRA
async def test_the_page_of_a_new_story_is_read(world: World) -> None:
    """The story has the words and the own address of its page, and is known by the link of its feed."""
    link = world.set_article("/n/1?from=feed", canonical="/news/sample-vessels")
    world.set_article("/n/1", canonical="/news/sample-vessels")
    url = world.server.set("/rss", rss(item("Sample headline", link, summary="Short.")))
    await world.watch(feed(url, full_text=True))
    first = await world.stories()
    world.set_article("/n/2")
    both = (
        item("Second headline", world.server.url("/n/2")),
        item("Sample headline", link, summary="Short."),
    )
    world.server.set("/rss", rss(*both))
    await world.visit()
    second = await world.stories()

    story = first["/news/sample-vessels"]
    assert story.title == "Sample headline"
    assert all(paragraph in story.summary for paragraph in PARAGRAPHS["en"])
    assert second["/news/sample-vessels"] == story
    assert PARAGRAPHS["en"][0] in second["/n/2"].summary
    assert world.server.requests["/n/1"] == 1


@NEEDS_THE_EXTRA
async def test_a_story_without_a_headline_has_that_of_its_page(world: World) -> None:
    """A plain sitemap gives addresses only: headline and words are the page's."""
    link = world.set_article("/news/rason-port", language="ru")
    url = world.server.set("/sitemap.xml", f"<urlset><url><loc>{link}</loc></url></urlset>")
    await world.watch(feed(url, kind=FeedKind.SITEMAP, full_text=True))
    world.server.set(
        "/sitemap.xml", f"<urlset><url><loc>{link}</loc><lastmod>2024-08-27</lastmod></url></urlset>"
    )
    await world.visit()
    [story] = (await world.stories()).values()

    assert (story.title, story.revisions) == ("Page of /news/rason-port", 0)
    assert PARAGRAPHS["ru"][0] in story.summary


@pytest.mark.parametrize(
    ("robots", "article", "asked"),
    [
        ("User-agent: *\nDisallow: /n/", True, 0),
        ("User-agent: Claimwatch\nDisallow: /", True, 0),
        ("User-agent: *\nDisallow: /admin/", False, 1),
    ],
    ids=["all are kept out", "we are kept out", "no such page"],
)
@NEEDS_THE_EXTRA
async def test_a_page_that_cannot_be_had_is_no_trouble_of_the_feed(
    world: World, robots: str, article: bool, asked: int
) -> None:
    """What robots.txt forbids is not fetched; the story goes on with what the feed gave."""
    world.server.set("/robots.txt", robots, headers={"Content-Type": "text/plain"})
    link = world.set_article("/n/1") if article else world.server.url("/n/1")
    url = world.server.set("/rss", rss(item("Sample headline", link, summary="Short.")))
    await world.watch(feed(url, full_text=True))
    stories, error = await world.stories(), await world.error()

    assert (stories["/n/1"].summary, error) == ("Short.", "")
    assert world.server.requests["/robots.txt"] == 1
    assert world.server.requests["/n/1"] == asked
