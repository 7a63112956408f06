"""Pages, sitemaps and full text through the whole bot: a real server, a real store, a real worker process."""

import gzip
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import app, parts
from bot.settings import load
from claims.feeds import Feed, FeedKind
from claims.model import Story
from tests.support.articles import PARAGRAPHS, article_page
from tests.support.build import NOW, claim, feed
from tests.support.feed_server import FeedServer, feed_server, item, rss
from watchers.article import installed

ROOT = Path(__file__).resolve().parents[2]
NEEDS_THE_EXTRA = pytest.mark.skipif(not installed(), reason="the extra full-text is not installed")
HTML = {"Content-Type": "text/html"}


@dataclass
class World:
    """A server and a bot that watches it, an hour later at every step."""

    server: FeedServer
    folder: Path
    now: datetime = NOW
    built: app.App = field(init=False)

    @asynccontextmanager
    async def watching(self, *feeds: Feed) -> AsyncIterator[None]:
        """Run the bot over these feeds, first visit included."""
        settings = load(
            None,
            {
                "CLAIMWATCH_STORE__PATH": str(self.folder / "claimwatch.db"),
                "CLAIMWATCH_WATCH__ALLOW_HOSTS": f'["{self.server.host_port}"]',
                "CLAIMWATCH_WATCH__HOST_PAUSE_SECONDS": "0",
                "CLAIMWATCH_WATCH__MAX_BODY_BYTES": "100000",
                "CLAIMWATCH_MATCHING__ENCODER": "off",
            },
        )
        seeds = parts.Seeds((claim(),), feeds)
        async with app.opened(settings, clock=lambda: self.now, seeds=seeds, platforms={}) as self.built:
            await self.built.step()
            yield

    async def later(self) -> None:
        """Do everything that is due an hour from now."""
        self.now += timedelta(hours=1)
        await self.built.step()

    async def stories(self) -> dict[str, Story]:
        """Return every kept story by the path of its address."""
        kept = [story for story, _ in await self.built.store.stories()]
        return {story.url.removeprefix(self.server.url("")): story for story in kept}

    async def error(self) -> str | None:
        """Return what is wrong with the only feed."""
        [status] = await self.built.store.feeds()
        return status.checkpoint.error

    def set_article(self, path: str, language: str = "en", canonical: str = "") -> str:
        """Answer an article at a path; return its address."""
        page = article_page(f"Page of {path}", language=language, canonical=canonical)
        return self.server.set(path, page, headers=HTML)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Run a server."""
    async with feed_server() as server:
        yield World(server, tmp_path)


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
    async with world.watching(feed(url, kind=FeedKind.PAGE, language="ko")):
        before = await world.stories()
        world.server.set("/press/list.do", listed(second, first), headers=HTML)
        await world.later()
        after, fine = await world.stories(), await world.error()
        world.server.set("/press/list.do", "<html><body><div id='app'></div></body></html>", headers=HTML)
        await world.later()
        trouble = await world.error()

    assert [(path, story.backlog) for path, story in before.items()] == [("/press/view.do?seq=375432", True)]
    assert fine is None
    news = after["/press/view.do?seq=375433"]
    assert (news.title, news.language, news.backlog) == (second[1], "ko", False)
    assert news.published_at == datetime.fromisoformat("2024-08-27T00:00:00Z")
    assert len(after) == 2
    assert trouble is not None
    assert "no link on the page looks like a story" in trouble


async def test_a_packed_sitemap_is_watched_like_a_feed(world: World) -> None:
    """A `.xml.gz` is opened within the bounds of every body, and what no pattern stands for is no story."""
    urls = "".join(
        f"<url><loc>{world.server.url(path)}</loc><lastmod>2024-08-26T10:00:00+09:00</lastmod></url>"
        for path in ("/news/rason-port-reopens", "/about-the-herald")
    )
    url = world.server.set("/sitemap.xml.gz", gzip.compress(f"<urlset>{urls}</urlset>".encode()))
    async with world.watching(feed(url, kind=FeedKind.SITEMAP, links="/news/*")):
        stories, fine = await world.stories(), await world.error()
        world.server.set("/sitemap.xml.gz", gzip.compress(b"<urlset>" + b" " * 50_000_000))
        await world.later()
        too_large = await world.error()
        world.server.set("/sitemap.xml.gz", gzip.compress(b"<urlset/>")[:-9])
        await world.later()
        damaged = await world.error()

    assert fine is None
    assert {path: story.title for path, story in stories.items()} == {
        "/news/rason-port-reopens": "rason port reopens"
    }
    assert too_large is not None
    assert "sent more than" in too_large
    assert damaged is not None
    assert "cut off or damaged" in damaged


@NEEDS_THE_EXTRA
async def test_the_page_of_a_new_story_is_read(world: World) -> None:
    """The story has the words and the own address of its page, and is known by the link of its feed."""
    link = world.set_article("/n/1?from=feed", canonical="/news/sample-vessels")
    world.set_article("/n/1", canonical="/news/sample-vessels")
    url = world.server.set("/rss", rss(item("Sample headline", link, summary="Short.")))
    async with world.watching(feed(url, full_text=True)):
        first = await world.stories()
        world.set_article("/n/2")
        both = (
            item("Second headline", world.server.url("/n/2")),
            item("Sample headline", link, summary="Short."),
        )
        world.server.set("/rss", rss(*both))
        await world.later()
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
    async with world.watching(feed(url, kind=FeedKind.SITEMAP, full_text=True)):
        world.server.set(
            "/sitemap.xml", f"<urlset><url><loc>{link}</loc><lastmod>2024-08-27</lastmod></url></urlset>"
        )
        await world.later()
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
    async with world.watching(feed(url, full_text=True)):
        stories, error = await world.stories(), await world.error()

    assert (stories["/n/1"].summary, error) == ("Short.", None)
    assert world.server.requests["/robots.txt"] == 1
    assert world.server.requests["/n/1"] == asked


def test_without_the_extra_the_stories_go_on() -> None:
    """The bot works without the library, and says what to install where a feed asks for it."""
    program = (
        "import sys; sys.modules['trafilatura'] = None\n"
        "from bot.app_full_text import full_text, full_text_words\n"
        "from tests.support.build import feed\n"
        "feeds = [feed(), feed(full_text=True)]\n"
        "print(full_text(None, None, None, feeds), full_text_words(feeds))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert run.stdout.startswith("None (False, ")
    for said in (run.stdout, run.stderr):
        assert "1 of 2 feeds ask for it: the extra is not installed" in said
        assert "pip install 'claimwatch[full-text]'" in said


def test_the_extractor_is_not_loaded_into_the_bot() -> None:
    """It takes half a second and twenty megabytes, and only the worker process needs it."""
    program = "import sys; import bot.cli; print('trafilatura' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert run.stdout.strip() == "False"
