"""Odd pages as a table: articles behind headlines, lists of press releases and sitemaps, and robots.txt."""

import asyncio
import gzip
from collections.abc import Mapping
from pathlib import Path

import pytest

from claims.feeds import FeedKind, FeedState
from tests.support.feed_server import item, rss
from tests.support.odd_server import Reply, answer, moved
from tests.support.odd_visits import Case, Seen, visited

TEXT = (
    "Three sample vessels left Rason with some 300 containers on Monday, a sample institute said after"
    " it had "
    "looked at pictures from space, and a fourth was seen at its berth the day after."
)
SHORT = "Short."
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NO_STORY = "no link on the page looks like a story; name its stories with links: was it made anew?"
KEPT_OUT = "the robots.txt of 127.0.0.1 keeps us from this page, or cannot be read"


def article(head: str = "", text: str = TEXT) -> str:
    """Return a web page with an article."""
    return (
        f"<!doctype html><html><head><title>Sample page</title>{head}</head><body><nav>Home News</nav>"
        f"<article><h1>Sample headline</h1><p>{text}</p></article><footer>Sample Herald</footer></body>"
        "</html>"
    )


def full(name: str, page: Reply, summary: str = SHORT, link: str | None = None, to: str = "") -> Case:
    """Return a case of a headline whose page is read too; `to` is where its link leads, if not to `page`."""
    address = f"/story/{name.replace(' ', '-')}"
    body = rss(item("Sample headline", to or f"{{origin}}{address}", summary=SHORT))
    expected = {"summaries": [summary], "links": [link or to or address], "titles": ["Sample headline"]}
    return Case(name, answer(body), expected, 1, {address: page}, {"full_text": True})


def page(name: str, body: str, *headers: str, pattern: str | None = None, **expected: object) -> Case:
    """Return a case of a watched page."""
    return Case(name, answer(body, *headers), expected, about={"kind": FeedKind.PAGE, "links": pattern})


def sitemap(name: str, body: str | bytes, *headers: str, **expected: object) -> Case:
    """Return a case of a watched sitemap."""
    return Case(name, answer(body, *headers), expected, about={"kind": FeedKind.SITEMAP})


def urls(*inside: str) -> str:
    """Return a sitemap of these entries."""
    return f"<urlset xmlns='{SITEMAP}'>{''.join(f'<url>{each}</url>' for each in inside)}</urlset>"


def releases(*headlines: str) -> str:
    """Return a page that lists these press releases."""
    rows = "".join(
        f'<li><a href="/press/{n + 100}">{words}</a> <span>2024-08-2{n}</span></li>'
        for n, words in enumerate(headlines)
    )
    menu = "<nav><a href='/about-us-and-more'>About us and more</a></nav>"
    return f"<html>{menu}<main><ul>{rows}</ul></main></html>"


LIST = releases("Statement on the sample summit", "Notice on sample exports")
LISTED = {
    "titles": ["Notice on sample exports", "Statement on the sample summit"],
    "links": ["/press/101", "/press/100"],
}

PAGES = [
    full("page", answer(article()), TEXT),
    full(
        "page with its own address", answer(article('<link rel="canonical" href="/own/1">')), TEXT, "/own/1"
    ),
    full(
        "page that gives another site",
        answer(article('<link rel="canonical" href="https://elsewhere.example/1">')),
        TEXT,
    ),
    full("page that gives the home page", answer(article('<link rel="canonical" href="/">')), TEXT),
    full("page that gives a script", answer(article('<link rel="canonical" href="javascript:x">')), TEXT),
    full("page that moved", moved(302, "/story/end"), TEXT),
    full("page lost", answer(status="404 Not Found")),
    full("page gone", answer(status="410 Gone")),
    full("page of a challenge", answer("<html><body>Just a moment...</body></html>")),
    full("page of nothing", answer(b"")),
    full("page of zeros", answer(bytes(9_000))),
    full("page that ends early", b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<html>"),
    full("page without end", answer(article(text="<div>" * 50_000))),
    full("page that is a picture", answer(b"\x89PNG" + bytes(range(256)) * 90, "Content-Type: image/png")),
    full("page that is a document", answer(b"%PDF-1.7\n" + b"<< /Length 3 >> stream of sample words\n" * 90)),
    full("page at home", answer(), to="http://127.0.0.1:9/admin"),
    full("page at the metadata", answer(), to="http://169.254.169.254/latest/meta-data/"),
    full(
        "page in korean",
        answer(
            article(
                text="나진항 컨테이너 반출 정황이 위성 사진에 잡혔다고 표본 연구소가 밝혔다. " * 4
            ).encode("cp949"),
            "Content-Type: text/html; charset=euc-kr",
        ),
        ("나진항 컨테이너 반출 정황이 위성 사진에 잡혔다고 표본 연구소가 밝혔다. " * 4).strip(),
    ),
    page("list", LIST, **LISTED, dates=["2024-08-21 00:00", "2024-08-20 00:00"]),
    page("list by its addresses", LIST, pattern="/press/101", titles=["Notice on sample exports"]),
    page(
        "list that fits nothing",
        LIST,
        pattern="/other/*",
        error="no link on the page fits its links: was it made anew?",
    ),
    page(
        "list of a challenge",
        "<html><body>Enable JavaScript</body></html>",
        error=NO_STORY,
        state=FeedState.FAILING,
    ),
    page("list that is empty", "", error="the answer is empty"),
    page("list that is a feed", rss(item("Sample headline", "https://outlet.example/1")), error=NO_STORY),
    page(
        "list of links that run",
        "<main><a href='javascript:alert(123)'>Statement on the sample summit</a><a"
        " href='file:///etc/123'>Notice on sample exports</a></main>",
        error=NO_STORY,
    ),
    page(
        "list of ten thousand",
        releases(*(f"Statement number {n} on samples" for n in range(10_000))),
        count=200,
    ),
    page("list without end tags", "<main>" + "<div>" * 20_000 + LIST, error=NO_STORY),
    sitemap(
        "map",
        urls("<loc>/news/rason-port</loc><lastmod>2024-08-26</lastmod>"),
        titles=["rason port"],
        links=["/news/rason-port"],
        dates=["2024-08-26 00:00"],
    ),
    sitemap(
        "map of news",
        urls(
            "<loc>{origin}/1</loc><news:news xmlns:news='n'><news:publication><news:name>S</news:name>"
            "<news:language>ko</news:language></news:publication>"
            "<news:publication_date>2024-08-26T10:00:00Z</news:publication_date><news:title>Sample"
            " headline</news:title></news:news>"
        ),
        titles=["Sample headline"],
        dates=["2024-08-26 10:00"],
        languages=["ko"],
    ),
    sitemap(
        "map in gzip", gzip.compress(urls("<loc>/news/rason-port</loc>").encode()), titles=["rason port"]
    ),
    sitemap(
        "map of maps",
        f"<sitemapindex xmlns='{SITEMAP}'><sitemap><loc>https://outlet.example/a.xml</loc></sitemap>"
        "</sitemapindex>",
        error="this sitemap lists other sitemaps; watch one of them: https://outlet.example/a.xml",
    ),
    sitemap(
        "map of an entity",
        "<!DOCTYPE urlset [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY y"
        f" 'port'>]>{urls('<loc>/news/rason&x;</loc>')}",
        titles=["rason"],
    ),
    sitemap(
        "map of laughs",
        "<!DOCTYPE urlset [<!ENTITY a 'ha'>"
        + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghij", strict=True))
        + f"]>{urls('<loc>/news/rason-port</loc><lastmod>&j;</lastmod>')}",
        titles=["rason port"],
    ),
    sitemap(
        "map of addresses that run",
        urls(
            "<loc>javascript:alert(1)</loc>", "<loc>file:///etc/passwd</loc>", "<loc>/news/rason-port</loc>"
        ),
        titles=["rason port"],
    ),
    sitemap("map of many", urls(*(f"<loc>/news/{n}</loc>" for n in range(12_000))), count=1_000),
    sitemap("map that is a page", article(), error="the answer is not a sitemap"),
    sitemap("map that is a feed", rss(), error="the answer is not a sitemap"),
    sitemap("map cut off", urls("<loc>/news/rason-port</loc>", "<loc>/news/second-one</loc>")[:-40], count=1),
]
KEPT = [full("article", answer(article())), page("release", LIST, error=KEPT_OUT, asked=[])]
FREE = [page("release", LIST, **LISTED)]
ROBOTS: Mapping[str, tuple[Reply, list[Case]]] = {
    "none": (answer(status="404 Not Found"), FREE),
    "refused": (answer(status="403 Forbidden"), FREE),
    "empty": (answer(b""), FREE),
    "allows": (answer("User-agent: *\nDisallow: /private/\n"), FREE),
    "keeps others out": (answer("User-agent: other\nDisallow: /\n"), FREE),
    "a web page": (answer(article()), FREE),
    "elsewhere": (moved(301, "/rules"), FREE),
    "keeps all out": (answer("User-agent: *\nDisallow: /\n"), KEPT),
    "keeps us out": (answer("User-agent: claimwatch\nDisallow: /\n\nUser-agent: *\nAllow: /\n"), KEPT),
    "broken": (answer(status="500 Internal Server Error"), KEPT),
    "busy": (answer(status="503 Service Unavailable"), KEPT),
    "too many": (answer(status="429 Too Many Requests"), KEPT),
    "closes": (b"", KEPT),
    "in a loop": (moved(302, "/robots.txt?again"), KEPT),
    "keeps all out in windows": (answer("\ufeffUser-agent: *\r\nDisallow: /\r\n"), KEPT),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for stores."""
    made: Path = tmp_path_factory.mktemp("odd")
    return made


@pytest.fixture(scope="module")
def seen(folder: Path) -> Mapping[str, Seen]:
    """Visit all cases side by side."""
    end = Case("end", answer(rss()), {}, beside={"/story/end": answer(article())})
    return asyncio.run(visited([*PAGES, end], folder))


@pytest.mark.parametrize("case", PAGES, ids=str)
def test_a_page_is_read_for_its_stories(case: Case, seen: Mapping[str, Seen]) -> None:
    """Articles, lists and sitemaps are read, and no headline is lost with its page."""
    assert case.among(seen) == case.promised


@pytest.mark.parametrize("says", ROBOTS)
async def test_robots_txt_is_kept_to(says: str, tmp_path: Path) -> None:
    """A page is read only where the site's rules let us, and not while it cannot tell them."""
    rules, cases = ROBOTS[says]
    beside = {"/robots.txt": rules, "/robots.txt?again": moved(302, "/robots.txt"), "/rules": answer("")}
    found = await visited([*cases, Case("rules", answer(rss()), {}, beside=beside)], tmp_path)
    for case in cases:
        assert case.among(found) == case.promised
