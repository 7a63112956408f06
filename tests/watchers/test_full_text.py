"""New stories with what their pages say."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

import pytest

from claims.model import Story
from tests.support.build import NOW, feed, story
from watchers.article import Article
from watchers.document import ParseError
from watchers.fetched import Fetched, FetchFailed, FetchResult, Held
from watchers.full_text import GIVE_UP_AFTER, MAX_PAGES, MOST_EDITS, FullText, as_on_page

SITE = "https://herald.example"
ABOUT = feed(f"{SITE}/rss", full_text=True, language="ko")
TEXT = "Three sample vessels left Rason with some 300 containers, an institute said on Thursday."
HEADLESS = story("rason port", url=f"{SITE}/rason-port")


@dataclass
class Site:
    """Pages that answer, and what was asked of them; `trouble` by path is told in place of a page."""

    trouble: dict[str, FetchResult] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def get(self, url: str) -> FetchResult:
        """Return a page whose body is its address."""
        path = url.removeprefix(SITE)
        self.asked.append(path)
        return self.trouble.get(path) or Fetched(url.encode(), f"{url}?moved", False, "text/html", None, None)

    async def call(self, read: Callable[[], Article]) -> Article:
        """Return an article that names the page; a page of menus holds none."""
        assert isinstance(read, partial)
        url = read.args[0].decode()
        assert read.keywords == {"content_type": "text/html", "url": f"{url}?moved", "language": "ko"}
        if url.endswith("trouble"):
            raise KeyError("sample trouble")
        if url.endswith("menu"):
            raise ParseError("the page holds no article")
        return Article("Title of the page", f"{TEXT} {url}", None)

    def full_text(self) -> FullText:
        """Return what completes stories from here."""
        return FullText(get=self.get, call=self.call)


def at(path: str, **changes: object) -> Story:
    """Return a story of a page of the site."""
    return story(f"Story at {path}", feed_url=ABOUT.url, url=SITE + path, summary="Short.", **changes)


def completed(stories: Iterable[Story]) -> list[str]:
    """Return the paths of the stories that have the text of their page."""
    return [each.url.removeprefix(SITE) for each in stories if TEXT in each.summary]


async def test_a_story_has_the_text_of_its_page() -> None:
    """Its summary is the article, its headline stays that of the feed, and so does its id."""
    [read] = await Site().full_text().complete(ABOUT, [at("/n/1")])

    assert read.summary == f"{TEXT} {SITE}/n/1"
    assert (read.title, read.id) == ("Story at /n/1", at("/n/1").id)


async def test_a_feed_that_did_not_ask_for_it_is_left_alone() -> None:
    """Without `full_text` no page is fetched."""
    site = Site()

    assert await site.full_text().complete(feed(), [at("/n/1")]) == [at("/n/1")]
    assert site.asked == []


async def test_the_newest_come_first_and_a_visit_reads_so_many_pages() -> None:
    """Of a backlog the newest get their text, the others keep their summary, and none changes its place."""
    site = Site()
    stories = [at(f"/n/{number}") for number in range(MAX_PAGES + 5)]
    read = await site.full_text().complete(ABOUT, stories)

    assert [each.id for each in read] == [each.id for each in stories]
    assert completed(read) == [f"/n/{number}" for number in range(5, MAX_PAGES + 5)]
    assert site.asked[0] == f"/n/{MAX_PAGES + 4}"


@pytest.mark.parametrize(
    "site",
    [
        Site(trouble={"/n/1": FetchFailed("herald.example answered 403 Forbidden", 403)}),
        Site(trouble={"/n/1": Held(NOW)}),
    ],
    ids=["refused", "held"],
)
async def test_trouble_with_a_page_costs_that_page_only(site: Site) -> None:
    """The story goes on with what the feed gave, and its neighbours have their text."""
    read = await site.full_text().complete(ABOUT, [at("/n/0"), at("/n/1"), at("/menu"), at("/n/2")])

    assert completed(read) == ["/n/0", "/n/2"]
    assert read[1] == at("/n/1")
    assert read[2] == at("/menu")


async def test_a_surprise_in_a_page_costs_that_page_only() -> None:
    """Whatever is odd about one page, the visit goes on."""
    read = await Site().full_text().complete(ABOUT, [at("/n/0"), at("/trouble"), at("/n/1")])

    assert completed(read) == ["/n/0", "/n/1"]


async def test_a_site_that_refuses_is_left_alone_for_the_visit() -> None:
    """After some refusals in a row no further page is asked for."""
    site = Site(trouble={f"/n/{number}": FetchFailed("refused", 403) for number in range(9)})
    await site.full_text().complete(ABOUT, [at(f"/n/{number}") for number in range(9)])

    assert len(site.asked) == GIVE_UP_AFTER


async def test_a_visit_does_not_wait_for_pages_without_end() -> None:
    """When its patience is over, the stories that were read have their text and the others go on."""
    site = Site()
    never = asyncio.Event()

    async def get(url: str) -> FetchResult:
        if url.endswith("/n/1"):
            await never.wait()
        return await site.get(url)

    full_text = FullText(get=get, call=site.call, patience_seconds=0.05)

    assert completed(await full_text.complete(ABOUT, [at("/n/0"), at("/n/1"), at("/n/2")])) == ["/n/2"]


async def test_a_story_without_an_address_has_no_page() -> None:
    """It stays as it is, and nothing is asked."""
    site = Site()
    bare = story("Sample", feed_url=ABOUT.url, url="", guid="7")

    assert await site.full_text().complete(ABOUT, [bare]) == [bare]
    assert site.asked == []


async def test_trouble_is_told_once_for_each_feed(caplog: pytest.LogCaptureFixture) -> None:
    """The log has a line when it begins, not one for every page, and again when it comes back."""
    refused: FetchResult = FetchFailed("herald.example answered 403 Forbidden", 403)
    site = Site(trouble={"/n/1": refused, "/n/2": refused})
    full_text = site.full_text()
    with caplog.at_level(logging.WARNING):
        await full_text.complete(ABOUT, [at("/n/1"), at("/n/2")])
        await full_text.complete(ABOUT, [at("/n/1")])
        first = len(caplog.records)
        await full_text.complete(ABOUT, [at("/n/0")])
        await full_text.complete(ABOUT, [at("/n/1")])

    assert (first, len(caplog.records)) == (1, 2)
    assert "403 Forbidden" in caplog.text


@pytest.mark.parametrize(
    ("given", "article", "title", "summary", "url"),
    [
        (at("/n/1"), Article("Of the page", TEXT, None), "Story at /n/1", TEXT, "/n/1"),
        (at("/n/1"), Article("", TEXT, f"{SITE}/news/rason"), "Story at /n/1", TEXT, "/news/rason"),
        (
            HEADLESS,
            Article("Of the page", TEXT, None),
            "Of the page",
            TEXT,
            "/rason-port",
        ),
        (
            HEADLESS,
            Article("", TEXT, None),
            "rason port",
            TEXT,
            "/rason-port",
        ),
        (story("S", url=f"{SITE}/n/1", summary=TEXT * 2), Article("", TEXT, None), "S", TEXT * 2, "/n/1"),
    ],
    ids=["text", "address", "headline of the address", "no headline at all", "more in the feed"],
)
def test_the_page_gives_what_the_feed_lacks(
    given: Story, article: Article, title: str, summary: str, url: str
) -> None:
    """The longer text counts; a headline made of an address gives way to that of the page."""
    read = as_on_page(given, article)

    assert (read.title, read.summary, read.url) == (title, summary, SITE + url)
    assert (read.id, read.said) == (given.id, given.summary)


def test_a_page_that_says_less_than_it_did_is_heard() -> None:
    """What it said before counts no more; what the feed says does where it is longer."""
    read = as_on_page(at("/n/1"), Article("", TEXT, None))
    assert as_on_page(read, Article("", TEXT[:50], None)).summary == TEXT[:50]
    assert as_on_page(read, Article("", "-", None)) == at("/n/1")


async def test_the_page_of_a_story_that_is_edited_for_ever_is_left_alone() -> None:
    """Some feeds count readers in their summaries: no page is read again for each of them."""
    site = Site()
    edited = [at("/n/0", revisions=MOST_EDITS), at("/n/1", revisions=MOST_EDITS + 1)]
    read = await site.full_text().complete(ABOUT, edited)

    assert completed(read) == site.asked == ["/n/0"]
    assert read[1] == edited[1]
