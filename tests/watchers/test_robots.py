"""What a site's robots.txt lets us fetch."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from tests.support.build import NOW
from tests.support.feed_server import feed_server
from tests.support.fetching import policy
from watchers.fetch import Fetcher
from watchers.fetched import Fetched, FetchFailed, FetchResult, Held
from watchers.robots import MAX_BYTES, MAX_ORIGINS, Robots

SITE = "https://outlet.example"
PAGE = f"{SITE}/news/1"
NO = "User-agent: *\nDisallow: /"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Site:
    """Answers every robots.txt alike, counts who asks, and has a clock that tests set."""

    answer: FetchResult
    now: datetime = NOW
    asked: list[str] = field(default_factory=list)

    async def fetch(self, url: str) -> FetchResult:
        """Answer after a moment in which others may ask."""
        self.asked.append(url)
        await asyncio.sleep(0)
        return self.answer

    def robots(self) -> Robots:
        """Return what is tested."""
        return Robots(self.fetch, clock=lambda: self.now)


def says(body: bytes | str) -> Fetched:
    """Return a robots.txt."""
    data = body.encode() if isinstance(body, str) else body
    return Fetched(data, f"{SITE}/robots.txt", False, "text/plain", None, None)


@pytest.mark.parametrize(
    ("body", "allowed"),
    [
        ("", True),
        (NO, False),
        ("User-agent: *\nDisallow: /news/", False),
        ("User-agent: *\nDisallow: /sport/", True),
        ("User-agent: *\nDisallow: /\nAllow: /news/", True),
        ("User-agent: *\nDisallow: /*/1$", False),
        ("User-agent: claimwatch\nDisallow: /", False),
        ("User-agent: Claimwatch\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: Claimwatch # news\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: GPTBot\nDisallow: /", True),
        ("User-agent: GPTBot\nUser-agent: Claimwatch\nDisallow: /", False),
        ("User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nDisallow: /sport", True),
        ("User-agent: claim\nDisallow: /", True),
        ("User-agent: Claimwatch*\nDisallow: /", False),
        ("\ufeffUser-agent: *\nDisallow: /", False),
        ("user agent: *\ndisallow: /", False),
        ("<html>Not found</html>", True),
        (b"\xff\xfe\x00User-agent", True),
        (b"#" * (MAX_BYTES - 1) + b"\n" + NO.encode(), True),
        (NO.encode() + b"\n" + b"#" * MAX_BYTES, False),
    ],
)
async def test_a_page_is_fetched_where_the_rules_let_us(body: bytes | str, allowed: bool) -> None:
    """Our own group counts before that of all, and what stands beyond 500 KiB is not read."""
    site = Site(says(body))
    assert (await site.robots().refusal(PAGE) is None) is allowed
    assert site.asked == [f"{SITE}/robots.txt"]


@pytest.mark.parametrize(
    ("answer", "allowed", "kept"),
    [
        (FetchFailed("x", 404), True, DAY),
        (FetchFailed("x", 403), True, DAY),
        (FetchFailed("x", 410), True, DAY),
        (FetchFailed("x", 429), False, HOUR),
        (FetchFailed("x", 500), False, HOUR),
        (FetchFailed("x", 503), False, HOUR),
        (FetchFailed("sent more than 8 MiB", 200), False, HOUR),
        (FetchFailed("x", ours=True), False, HOUR),
        (Held(NOW + timedelta(minutes=5)), False, timedelta(minutes=5)),
        (says(""), True, DAY),
        (says(NO), False, DAY),
    ],
)
async def test_what_a_site_answers_is_remembered(answer: FetchResult, allowed: bool, kept: timedelta) -> None:
    """No rules means all is allowed; a site that cannot say keeps us out, and is asked again sooner."""
    site = Site(answer)
    robots = site.robots()
    for later, asked in ((timedelta(), 1), (kept - timedelta(seconds=1), 1), (kept, 2)):
        site.now = NOW + later
        assert (await robots.refusal(PAGE) is None) is allowed
        assert len(site.asked) == asked


async def test_a_site_that_wants_quiet_is_no_refusal_of_its_own() -> None:
    """Whoever asks learns until when to wait, also the second time, when the site is not asked anew."""
    site = Site(Held(NOW + timedelta(minutes=5)))
    robots = site.robots()
    assert [await robots.refusal(PAGE), await robots.refusal(PAGE)] == [site.answer] * 2
    assert len(site.asked) == 1


async def test_each_site_is_asked_once_however_many_ask() -> None:
    """Pages of one site share its rules, also while they are on their way; another port is another site."""
    site = Site(says(NO))
    robots = site.robots()
    pages = [f"{SITE}/{number}" for number in range(20)] + [f"{SITE}:8443/1", "http://outlet.example/1"]
    assert all(await asyncio.gather(*(robots.refusal(page) for page in pages)))
    assert sorted(site.asked) == [
        "http://outlet.example/robots.txt",
        f"{SITE}/robots.txt",
        f"{SITE}:8443/robots.txt",
    ]


async def test_only_so_many_sites_are_remembered() -> None:
    """Of more, those that were asked about last are."""
    site = Site(says(""))
    robots = site.robots()
    await robots.refusal(PAGE)
    for number in range(MAX_ORIGINS - 1):
        await robots.refusal(f"https://{number}.example/")
    await robots.refusal(PAGE)
    await robots.refusal("https://one-more.example/")
    site.asked.clear()
    await robots.refusal(PAGE)
    assert site.asked == []
    await robots.refusal("https://0.example/")
    assert site.asked == ["https://0.example/robots.txt"]


@pytest.mark.parametrize("url", ["", "news/1", "mailto:a@outlet.example", "http://[", "http://a:99999/"])
async def test_what_is_no_web_address_is_not_allowed(url: str) -> None:
    """Nonsense is refused without a request."""
    site = Site(says(""))
    assert await site.robots().refusal(url)
    assert site.asked == []


@pytest.mark.parametrize("agent", ["User-agent: {}", "user agent {}", "Useragent: x{}*", "user   agent {}"])
async def test_a_crowd_of_agents_costs_nothing(agent: str) -> None:
    """A group of 10,000 agents with 10,000 rules is read as one: each rule for each would fill the memory."""
    crowd = [agent.format(number) for number in range(10_000)]
    rules = [f"Disallow: /{number}" for number in range(10_000)]
    site = Site(says("\n".join([*crowd, *rules, "User-agent: *", "Disallow: /news"])))
    assert await site.robots().refusal(PAGE)


async def test_it_asks_as_polite_as_ever() -> None:
    """With the real fetcher a robots.txt behind a redirect counts for the site that was asked about."""
    async with feed_server() as server, Fetcher(policy(server.host_port)) as fetcher:
        server.set("/robots.txt", status=301, headers={"Location": "/rules"})
        server.set("/rules", NO)
        robots = Robots(fetcher.get)
        assert await robots.refusal(server.url("/news/1"))
        assert server.headers["/rules"][0]["User-Agent"].startswith("Claimwatch/")
        assert server.requests["/news/1"] == 0
