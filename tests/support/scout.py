"""A scout that knows some addresses and finds nothing elsewhere."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.commands.scout import Article, Found, Look
from claims.errors import NotThere
from claims.feeds import Feed, FeedKind, Wishes
from tests.support.build import story


def look(url: str, **changes: object) -> Look:
    """Return what a feed with one story brings."""
    usual = Look(
        url=url,
        moved=False,
        size=2_048,
        title="Sample Herald: Asia",
        language="ko",
        stories=(story(),),
        wishes=Wishes(),
        wait=timedelta(minutes=5),
        paced_by=None,
    )
    return replace(usual, **changes)  # type: ignore[arg-type]  # a test may change any field


@dataclass
class SampleScout:
    """Answers what a test put in, by address; `asked` has the feeds that were looked at, in order."""

    looks: dict[str, Look] = field(default_factory=dict)
    sitemaps: dict[str, Look] = field(default_factory=dict)
    sites: dict[str, tuple[Found, ...]] = field(default_factory=dict)
    documents: dict[str, bytes] = field(default_factory=dict)
    articles: dict[str, Article] = field(default_factory=dict)
    asked: list[Feed] = field(default_factory=list)

    async def look(self, feed: Feed) -> Look:
        self.asked.append(feed)
        known = self.sitemaps if feed.kind is FeedKind.SITEMAP else self.looks
        if feed.url not in known:
            raise NotThere(f"{feed.url}: the answer is a web page, not a feed")
        return known[feed.url]

    async def discover(self, url: str) -> tuple[Found, ...]:
        if url not in self.sites:
            raise NotThere(f"no feed was found at {url}")
        return self.sites[url]

    async def article(self, url: str) -> Article:
        if url not in self.articles:
            raise NotThere(f"{url}: the page holds no article")
        return self.articles[url]

    async def read(self, url: str) -> bytes:
        if url not in self.documents:
            raise NotThere(f"{url}: the sample server answered 404 Not Found")
        return self.documents[url]
