"""Odd entries as a table: which stories are kept after one visit or several, under which names and dates."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.feed_server import rss
from tests.support.odd_server import answer, moved
from tests.support.odd_visits import Case, Seen, visited

SITE = "https://outlet.example"
NEWS = "https://news.google.com/rss/articles/CBMiSample"
SEEN = "2024-08-27 11:13"


def entry(title: str = "Sample", link: str = "", guid: str = "", date: str = "", text: str = "") -> str:
    """Return an item of RSS, as raw as it is given; what is empty is left out."""
    said = {"title": title, "link": link, "guid": guid, "pubDate": date, "description": text}
    return f"<item>{''.join(f'<{name}>{text}</{name}>' for name, text in said.items() if text)}</item>"


def over(name: str, *documents: str, **expected: object) -> Case:
    """Return a case of visits to these documents in turn."""
    return Case(name, tuple(answer(document) for document in documents), expected, len(documents))


def dated(name: str, date: str, at: str | None) -> Case:
    """Return a case of an entry with a date, and the moment of it that is kept."""
    return over(name, rss(entry(date=date)), dates=[at])


def linked(name: str, link: str, to: str, about: str = "") -> Case:
    """Return a case of an entry with a link, and the address that is kept; `about` stands in the root."""
    return over(name, rss(entry(link=link)).replace("<rss ", f"<rss {about} "), links=[to])


def same(name: str, *links: str) -> Case:
    """Return a case of visits that bring one story under these addresses in turn."""
    documents = [
        rss(entry("Sample of one story", link, date=f"Mon, 26 Aug 2024 {n:02}:00:00 GMT"))
        for n, link in enumerate(links)
    ]
    return over(name, *documents, count=1, revisions=[0])


def atom(inside: str, about: str = "") -> str:
    """Return an Atom 1.0 feed of one entry."""
    told = f"<entry><title>Sample</title>{inside}</entry>"
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {about}>{told}</feed>'


DATES = [
    dated("date of rss", "Mon, 26 Aug 2024 10:00:00 +0900", "2024-08-26 01:00"),
    dated("date with a name of a zone", "Mon, 26 Aug 2024 10:00:00 KST", "2024-08-26 01:00"),
    dated("date of iso", "2024-08-26T10:00:00+09:00", "2024-08-26 01:00"),
    dated("date of Korea", "2024년 8월 26일 오후 3:00", "2024-08-26 06:00"),
    dated("date alone", "2024-08-26", "2024-08-26 00:00"),
    dated("date without a zone", "Mon, 26 Aug 2024 10:00:00", "2024-08-26 10:00"),
    dated("date a little ahead", "Tue, 27 Aug 2024 11:20:00 GMT", "2024-08-27 11:20"),
    dated("date tomorrow", "Wed, 28 Aug 2024 11:13:00 GMT", SEEN),
    dated("date of the far future", "Fri, 31 Dec 9999 23:59:59 GMT", SEEN),
    dated("date of the first of days", "Thu, 01 Jan 1970 00:00:00 GMT", None),
    dated("date of year one", "Mon, 01 Jan 0001 00:00:00 +0000", None),
    dated("date before the web", "Mon, 02 Jan 1956 15:04:05 GMT", None),
    dated("date of words", "yesterday", None),
    dated("date of digits", "9" * 60, None),
    dated("date of a stamp", "1724666400", None),
    dated("no date", "", None),
]
LINKS = [
    linked("link", f"{SITE}/1", f"{SITE}/1"),
    linked("link from the root", "/a/1", "/a/1"),
    linked("link from here", "a/1", "/a/1"),
    linked("link of a query", "?id=1", "/link-of-a-query?id=1"),
    linked("link without scheme", "//outlet.example/1", "http://outlet.example/1"),
    linked("link from a base", "a/1", f"{SITE}/news/a/1", f'xml:base="{SITE}/news/"'),
    linked("link from a base of nothing", "/a/1", "/a/1", 'xml:base=""'),
    linked("link from a base of no web", "/a/1", "", 'xml:base="file:///etc/"'),
    linked("link in lines", f"\n  {SITE}/a\n/1  \n", f"{SITE}/a/1"),
    linked("link with blanks", f"{SITE}/a b", f"{SITE}/a%20b"),
    linked("link of a script", "javascript:alert(1)", ""),
    linked("link of a file", "file:///etc/passwd", ""),
    linked("link of nothing", "http://", ""),
    linked("link of a broken host", "http://[::1/x", ""),
    linked("link of two thousand", f"{SITE}/{'x' * 2_000}", ""),
    linked("link of words", f"{SITE}/новости/1", f"{SITE}/новости/1"),
    Case(
        "link from where a redirect led",
        moved(302, "/deep/er/feed"),
        {"links": ["/deep/er/1"]},
        1,
        {"/deep/er/feed": answer(rss(entry(link="1")))},
    ),
    over("link is the guid", rss(entry(guid=f"{SITE}/1")), links=[f"{SITE}/1"]),
    over(
        "guid is no link",
        rss(entry(guid=f"{SITE}/1")).replace("<guid>", '<guid isPermaLink="false">'),
        links=[""],
    ),
    over(
        "link of atom among others",
        atom(f"<link rel='self' href='/s'/><link rel='enclosure' href='/e'/><link href='{SITE}/1'/>"),
        links=[f"{SITE}/1"],
    ),
    over(
        "link of atom from two bases",
        atom("<link xml:base='b/' href='1'/>", f'xml:base="{SITE}/a/"'),
        links=[f"{SITE}/a/b/1"],
    ),
    over("link of atom alone", atom(f"<id>{SITE}/1</id>"), links=[f"{SITE}/1"]),
]
NAMELESS = [
    over("nothing but a title", rss(entry()), rss(entry()), count=1),
    over(
        "nothing but a text",
        rss(entry("", text="Sample words of a report.")),
        titles=["Sample words of a report."],
    ),
    over("nothing but a long text", rss(entry("", text="sample " * 90)), titles=["sample " * 16 + "sample…"]),
    over("nothing but a link", rss(entry("", f"{SITE}/news/rason-port-1.html")), titles=["rason port 1"]),
    over("nothing but a number", rss(entry("", f"{SITE}/1")), titles=[""], links=[f"{SITE}/1"]),
    over("nothing", rss("<item/><item></item><item> </item>"), count=0),
    over("guid of nothing", rss(entry("One", f"{SITE}/1", " "), entry("Two", f"{SITE}/2", " ")), count=2),
    over("guid without end", rss(entry("One", guid="x" * 90_000), entry("Two", guid="x" * 90_000)), count=2),
    over(
        "guid of all",
        rss(entry("One", f"{SITE}/1", "0"), entry("Two", f"{SITE}/2", "0")),
        rss(entry("Three", f"{SITE}/3", "0"), entry("One", f"{SITE}/1", "0")),
        count=3,
    ),
    over("link of all", rss(entry("One", SITE, "1"), entry("Two", SITE, "2")), count=2),
    over("link of all without guid", rss(entry("One", SITE), entry("Two", SITE)), count=2),
    over("one entry twice", rss(entry("One", f"{SITE}/1", "1"), entry("One", f"{SITE}/1", "1")), count=1),
    over(
        "link twice with two headlines",
        rss(entry("One", f"{SITE}/1", "1"), entry("One more", f"{SITE}/1", "1")),
        count=1,
    ),
]
AGAIN = [
    over("same document", rss(entry("One", f"{SITE}/1")), rss(entry("One", f"{SITE}/1")), count=1),
    over("something new", rss(entry("One", "/1")), rss(entry("Two", "/2"), entry("One", "/1")), count=2),
    over("something gone", rss(entry("One", "/1"), entry("Two", "/2")), rss(entry("Two", "/2")), count=2),
    over(
        "all gone and back", rss(entry("One", "/1")), rss(), rss(entry("One", "/1")), count=1, revisions=[0]
    ),
    over(
        "undated in another order",
        rss(*(entry(f"S{n}", f"/{n}") for n in range(9))),
        rss(*(entry(f"S{n}", f"/{n}") for n in reversed(range(9)))),
        count=9,
        revisions=[0] * 9,
    ),
    over(
        "edited headline",
        rss(entry("One", "/1")),
        rss(entry("One, updated", "/1")),
        titles=["One, updated"],
        revisions=[1],
    ),
    over(
        "edited text",
        rss(entry("One", "/1", text="a")),
        rss(entry("One", "/1", text="b")),
        summaries=["b"],
        revisions=[1],
    ),
    over(
        "edited and back",
        rss(entry("One", "/1")),
        rss(entry("Two", "/1")),
        rss(entry("One", "/1")),
        titles=["One"],
        revisions=[2],
    ),
    over(
        "edited by guid",
        rss(entry("One", "/1", "g")),
        rss(entry("One, updated", "/1-updated", "g")),
        titles=["One, updated"],
        revisions=[1],
    ),
    over("edited to nothing", rss(entry("One", "/1")), rss(entry("", "/1")), count=1),
    over("edited white space", rss(entry("One  two", "/1")), rss(entry("One two ", "/1")), revisions=[0]),
    over(
        "edited date",
        rss(entry("One", "/1", date="Mon, 26 Aug 2024 10:00:00 GMT")),
        rss(entry("One", "/1", date="Mon, 26 Aug 2024 12:00:00 GMT")),
        count=1,
        revisions=[0],
    ),
    over("guid churn", *(rss(entry("One", "/1", f"g{n}")) for n in range(4)), count=1, revisions=[0]),
    over(
        "guid churn without links",
        *(rss(entry("One", guid=f"g{n}", date="Mon, 26 Aug 2024 10:00:00 GMT")) for n in range(3)),
        count=1,
    ),
    over(
        "guid and link churn",
        *(rss(entry("One", f"/{n}", f"g{n}", "Mon, 26 Aug 2024 10:00:00 GMT")) for n in range(3)),
        count=1,
    ),
    over(
        "guid and link churn of many",
        *(
            rss(
                *(
                    entry(f"S{m}", f"/{n}/{m}", f"{n}-{m}", f"Mon, 26 Aug 2024 10:00:{m:02} GMT")
                    for m in range(9)
                )
            )
            for n in range(3)
        ),
        count=9,
    ),
    over(
        "guid churn of a column",
        rss(entry("Daily column", "/1", "1", "Mon, 26 Aug 2024 10:00:00 GMT")),
        rss(
            entry("Daily column", "/2", "2", "Tue, 27 Aug 2024 10:00:00 GMT"),
            entry("Daily column", "/1", "1", "Mon, 26 Aug 2024 10:00:00 GMT"),
        ),
        count=2,
    ),
    over(
        "guid flips its scheme",
        rss(entry("One", guid="http://outlet.example/1")),
        rss(entry("One", guid="https://outlet.example/1")),
        count=1,
    ),
    same("trackers", f"{SITE}/1", f"{SITE}/1?utm_source=rss&amp;utm_medium=feed", f"{SITE}/1?fbclid=abc#top"),
    same("tracker of an outlet", f"{SITE}/1?a=1&amp;b=2", f"{SITE}/1?a=1&amp;b=2&amp;at_medium=RSS"),
    same(
        "amp",
        f"{SITE}/news/1",
        f"{SITE}/news/1/amp",
        "https://amp.outlet.example/news/1",
        f"{SITE}/news/1?amp=1",
    ),
    same(
        "amp cache", f"{SITE}/news/1", "https://outlet-example.cdn.ampproject.org/c/s/outlet.example/news/1"
    ),
    same("mobile", "https://www.outlet.example/1", "https://m.outlet.example/1", "http://outlet.example/1/"),
    same("redirects of a search engine", f"{SITE}/1", f"https://www.google.com/url?q={SITE}/1&amp;sa=x"),
    over(
        "articles apart by number",
        rss(entry("One", f"{SITE}/v.asp?no=1"), entry("Two", f"{SITE}/v.asp?no=2")),
        count=2,
    ),
    over(
        "google news",
        rss(
            f"<item><title>Sample - Sample Herald</title><link>{NEWS}?oc=5</link><guid"
            f" isPermaLink='false'>CBMi</guid><source url='{SITE}'>Sample Herald</source></item>"
        ),
        links=[f"{NEWS}?oc=5"],
        outlets=["Sample Herald"],
    ),
    over("google news of two", rss(entry("One", f"{NEWS}1?oc=5"), entry("Two", f"{NEWS}2?oc=5")), count=2),
]
CASES = [*DATES, *LINKS, *NAMELESS, *AGAIN]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Seen]:
    """Visit all cases side by side."""
    folder: Path = tmp_path_factory.mktemp("odd")
    return asyncio.run(visited(CASES, folder))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_story_is_itself(case: Case, seen: Mapping[str, Seen]) -> None:
    """Each story is kept once, under its address and date, however oddly it is told of."""
    assert case.among(seen) == case.promised
