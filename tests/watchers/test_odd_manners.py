"""The manners of a visit as a table: what a server says, and what a feed's visits make of it.

Every case is a path of one server on loopback, visited side by side by the real parts. A feed without wishes
and without pulse waits 15 minutes, the floor is 1 minute and the ceiling an hour.
"""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from claims.feeds import FeedState
from tests.support.feed_server import rss
from tests.support.odd_server import Answer, Asked, answer, conditional, moved
from tests.support.odd_visits import Case, Seen, visited

NONE = rss()
"""A feed without entries: it has no pulse, so that its wait is only what the row is about."""
DAY = 24 * 60.0
HOUR = "Tue, 27 Aug 2024 12:13:00 GMT"
"""An hour after the visit."""
LAST = "Mon, 26 Aug 2024 10:00:00 GMT"
HOST = "127.0.0.1"


def says(name: str, *headers: str, wait: float = 15, by: str = "interval") -> Case:
    """Return a case of one visit to an empty feed with these headers, and when it is asked again."""
    return Case(name, answer(NONE, *headers), {"wait": wait, "paced_by": by})


def wishes(name: str, elements: str, wait: float = 15, by: str = "interval") -> Case:
    """Return a case of one visit to a feed that says this of itself, and when it is asked again."""
    body = NONE.replace("<rss ", '<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" ')
    return Case(
        name, answer(body.replace("<language>", f"{elements}<language>")), {"wait": wait, "paced_by": by}
    )


def fails(name: str, status: str, *headers: str, wait: float = 30, by: str = "failures") -> Case:
    """Return a case of one visit that a server answers with a status, and when it is asked again."""
    expected = {
        "error": f"{HOST} answered {status}",
        "state": FeedState.FAILING,
        "wait": wait,
        "paced_by": by,
    }
    return Case(f"{status[:3]} {name}", answer(b"No feed here.", *headers, status=status), expected)


def sends_back(name: str, *validators: str, etag: str | None = None, date: str | None = None) -> Case:
    """Return a case of two visits: what comes back to a server that set these, byte for byte."""
    return Case(name, answer(NONE, *validators), {"sent": [etag, date]}, visits=2)


def skipped(*hours: int) -> str:
    """Return these hours to be skipped."""
    return f"<skipHours>{''.join(f'<hour>{hour}</hour>' for hour in hours)}</skipHours>"


def leads(name: str, code: int, *, to: str = "/feed", visits: int = 3, at: str | None = None) -> Case:
    """Return a case of three visits to an address that redirects to a feed, asked at `at` in the end."""
    place = f"/{code}{to}"
    expected = {"lives_at": at or place, "count": 0}
    return Case(name, moved(code, place), expected, visits, {place: answer(NONE)})


def _agent(asked: Asked) -> Answer:
    """Answer a feed to whoever asks as a model client does."""
    sent = asked.headers
    polite = (
        sent["user-agent"].startswith("Claimwatch/")
        and "(+https://watch.example/about)" in sent["user-agent"]
        and {"gzip", "br", "zstd"} <= {each.strip() for each in sent["accept-encoding"].split(",")}
        and "application/rss+xml" in sent["accept"]
        and not {"cookie", "referer", "cache-control", "pragma", "if-none-match"} & sent.keys()
    )
    return answer(NONE, "Set-Cookie: a=b; Path=/") if polite else answer(status="406 Not Acceptable")


def _spoilt(reply: Answer) -> Callable[[Asked], Answer]:
    """Return what says this to whoever sends a validator back, and a feed to the others."""
    return lambda asked: reply if "if-none-match" in asked.headers else answer(NONE, 'ETag: "1"')


VALIDATORS = [
    sends_back("weak etag", 'ETag: W/"a-1"', etag='W/"a-1"'),
    sends_back("etag with odd quotes", "ETag: 'a 1'", etag="'a 1'"),
    sends_back("etag without quotes", "ETag: a1", etag="a1"),
    sends_back("etag with quotes inside", 'ETag: "a\\"1"-gzip', etag='"a\\"1"-gzip'),
    sends_back("etag empty", "ETag:"),
    sends_back("etag not ascii", 'ETag: "й"'),
    sends_back("last modified odd", "Last-Modified: yesterday, 10 o'clock", date="yesterday, 10 o'clock"),
    sends_back(
        "last modified of year one",
        "Last-Modified: Mon, 01 Jan 0001 00:00:00 GMT",
        date="Mon, 01 Jan 0001 00:00:00 GMT",
    ),
    sends_back("both validators", 'ETag: "1"', f"Last-Modified: {LAST}", etag='"1"', date=LAST),
    sends_back("no validators"),
    Case("validators that go away", (answer(NONE, 'ETag: "1"'), answer(NONE)), {"sent": [None, None]}, 3),
    Case("304", conditional(NONE, 'ETag: "1"'), {"sent": ['"1"', None], "state": FeedState.OK}, 2),
    Case(
        "304 renews the etag",
        (conditional(NONE, 'ETag: "1"', renewed=('ETag: "2"',)),),
        {"sent": ['"2"', LAST]} | {"sent": ['"2"', None]},
        3,
    ),
    Case(
        "304 renews the date",
        conditional(NONE, 'ETag: "1"', renewed=(f"Last-Modified: {LAST}",)),
        {"sent": ['"1"', LAST]},
        3,
    ),
    Case(
        "304 brings freshness",
        conditional(NONE, 'ETag: "1"', renewed=("Cache-Control: max-age=2400",)),
        {"wait": 40.0, "paced_by": "max-age"},
        2,
    ),
    Case(
        "304 with a body",
        _spoilt(answer(b"junk", status="304 Not Modified")),
        {"sent": [None, None], "asked": ["/304-with-a-body"] * 5, "state": FeedState.OK, "wait": 15.0},
        3,
    ),
    Case(
        "304 with a body in chunks",
        _spoilt(answer(b"4\r\njunk\r\n0\r\n\r\n", "Transfer-Encoding: chunked", status="304 Not Modified")),
        {"sent": [None, None], "state": FeedState.OK, "wait": 15.0},
        2,
    ),
    Case(
        "304 with a body to whoever asks",
        (answer(NONE, 'ETag: "1"'), answer(b"junk", status="304 Not Modified")),
        {"sent": [None, None], "error": f"{HOST} sent an answer that is not proper HTTP"},
        2,
    ),
    Case(
        "204 with a body",
        _spoilt(answer(b"junk", status="204 No Content")),
        {"sent": [None, None], "state": FeedState.OK},
        2,
    ),
    Case(
        "304 to nothing asked",
        answer(status="304 Not Modified"),
        {"error": f"{HOST} answered 304 Not Modified", "state": FeedState.FAILING},
    ),
    Case("conditions ignored", answer(NONE, 'ETag: "1"'), {"count": 0, "state": FeedState.OK}, 3),
    Case(
        "failure keeps validators",
        (answer(NONE, 'ETag: "1"'), answer(status="500 Sample"), answer(NONE)),
        {"sent": ['"1"', None]},
        3,
    ),
    Case(
        "no feed keeps validators",
        (answer(NONE, 'ETag: "1"'), answer("<html></html>", 'ETag: "2"'), answer(NONE)),
        {"sent": ['"1"', None]},
        3,
    ),
    Case("who asks", _agent, {}),
    Case("no cookie goes back", (answer(NONE, "Set-Cookie: a=b"), _agent), {}, 2),
]

FRESHNESS = [
    says("no wishes"),
    says("max age", "Cache-Control: max-age=1800", wait=30, by="max-age"),
    says(
        "max age among others",
        "Cache-Control: public,Max-Age = 1800 , must-revalidate",
        wait=30,
        by="max-age",
    ),
    says("max age in quotes", 'Cache-Control: max-age="1800"', wait=30, by="max-age"),
    says(
        "max age in two headers",
        "Cache-Control: public",
        "Cache-Control: max-age=1800",
        wait=30,
        by="max-age",
    ),
    says("max age less than the interval", "Cache-Control: max-age=60"),
    says("max age of nothing", "Cache-Control: max-age=0"),
    says("max age of a year", "Cache-Control: max-age=31536000", wait=60, by="max-age"),
    says("max age absurd", f"Cache-Control: max-age={'9' * 400}", wait=60, by="max-age"),
    says("max age negative", "Cache-Control: max-age=-1800"),
    says("max age no number", "Cache-Control: max-age=soon"),
    says("s-maxage is for others", "Cache-Control: s-maxage=1800"),
    says("no-cache", "Cache-Control: no-cache, max-age=1800"),
    says("no-store", "Cache-Control: max-age=1800, no-store"),
    says("age", "Cache-Control: max-age=2400", "Age: 600", wait=30, by="max-age"),
    says("age beyond", "Cache-Control: max-age=1800", "Age: 4000"),
    says("age absurd", "Cache-Control: max-age=1800", f"Age: {'9' * 400}"),
    says("age no number", "Cache-Control: max-age=1800", "Age: old", wait=30, by="max-age"),
    says("expires", f"Expires: {HOUR}", wait=60, by="max-age"),
    says(
        "expires by a clock of its own",
        "Date: Mon, 01 Jan 2001 00:00:00 GMT",
        "Expires: Mon, 01 Jan 2001 00:30:00 GMT",
        wait=30,
        by="max-age",
    ),
    says("max age before expires", "Cache-Control: max-age=1800", f"Expires: {HOUR}", wait=30, by="max-age"),
    says("expires zero", "Expires: 0"),
    says("expires minus one", "Expires: -1"),
    says("expires past", "Expires: Thu, 01 Dec 1994 16:00:00 GMT"),
    says("expires far", "Expires: Fri, 31 Dec 9999 23:59:59 GMT", wait=60, by="max-age"),
    says("expires no date", "Expires: Thu, 99 Foo 2024 99:99:99 GMT"),
    says("retry after with a feed", "Retry-After: 5400", wait=90, by="Retry-After"),
    wishes("ttl", "<ttl>30</ttl>", 30, "ttl"),
    wishes("ttl short", "<ttl>1</ttl>"),
    wishes("ttl absurd", "<ttl>99999999999999999999</ttl>", 60, "ttl"),
    wishes("ttl infinite", "<ttl>1e400</ttl>"),
    wishes("ttl negative", "<ttl>-30</ttl>"),
    wishes("ttl words", "<ttl>half an hour</ttl>"),
    wishes(
        "sy twice an hour",
        "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>",
        30,
        "sy:updatePeriod",
    ),
    wishes("sy hourly", "<sy:updatePeriod>\n hourly \n</sy:updatePeriod>", 60, "sy:updatePeriod"),
    wishes("sy yearly", "<sy:updatePeriod>yearly</sy:updatePeriod>", 60, "sy:updatePeriod"),
    wishes(
        "sy absurd", "<sy:updatePeriod>always</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>"
    ),
    wishes("skip hours", skipped(11, 12), 15 + 120, "skipped hours"),
    wishes("skip other hours", skipped(1, 2)),
    wishes("skip all hours", skipped(*range(24))),
    wishes("skip hour 24", skipped(24, *range(12, 24)), wait=15),
    wishes("skip hours absurd", "<skipHours><hour>noon</hour><hour>-1</hour><hour>99</hour></skipHours>"),
    wishes("skip today", "<skipDays><day>Tuesday</day></skipDays>", 15 + 13 * 60, "skipped hours"),
    wishes("skip other days", "<skipDays><day>Sunday</day></skipDays>"),
    wishes(
        "skip three days",
        "<skipDays><day>tuesday</day><day>Wednesday</day><day>Thursday</day></skipDays>",
        15 + DAY,
        "skipped hours",
    ),
    Case(
        "wishes last over a 304",
        (
            answer(NONE.replace("<language>", "<ttl>40</ttl><language>"), 'ETag: "1"'),
            answer(status="304 Not Modified"),
        ),
        {"wait": 40.0, "paced_by": "ttl"},
        2,
    ),
]

STATUSES = [
    fails("bad request", "400 Bad Request"),
    fails("sign in", "401 Unauthorized", 'WWW-Authenticate: Basic realm="\x1b[31mred"'),
    fails("kept out", "403 Forbidden"),
    fails("lost", "404 Not Found"),
    fails("too many", "429 Too Many Requests"),
    fails("too many for seconds", "429 Too Many Requests", "Retry-After: 7200", wait=120, by="Retry-After"),
    fails("too many until", "429 Too Many Requests", f"Retry-After: {HOUR}", wait=60, by="Retry-After"),
    fails(
        "too many for ever", "429 Too Many Requests", f"Retry-After: {'9' * 30}", wait=DAY, by="Retry-After"
    ),
    fails("too many until past", "429 Too Many Requests", "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT"),
    fails("too many negative", "429 Too Many Requests", "Retry-After: -7200"),
    fails("too many words", "429 Too Many Requests", "Retry-After: soon"),
    fails("too many fractions", "429 Too Many Requests", "Retry-After: 7200.5"),
    fails("too many short", "429 Too Many Requests", "Retry-After: 5"),
    fails("busy", "503 Service Unavailable", "Retry-After: 7200", wait=120, by="Retry-After"),
    fails("broken", "500 Internal Server Error"),
    fails("gateway", "502 Bad Gateway"),
    fails("of nobody", "599"),
    fails("choices", "300 Multiple Choices", "Location: /elsewhere"),
    Case("204", answer(status="204 No Content"), {"error": f"{HOST} answered 204 No Content", "wait": 30.0}),
    Case(
        "410",
        answer(status="410 Gone"),
        {"error": f"{HOST} answered 410 Gone", "gone": True, "wait": None, "asked": ["/410"]},
        3,
    ),
    Case(
        "failures in a row",
        answer(status="404 Not Found"),
        {"error": f"{HOST} answered 404 Not Found", "wait": 120.0, "asked": ["/failures-in-a-row"] * 3},
        3,
    ),
    Case(
        "back at once",
        (answer(status="500 Sample"), answer(status="500 Sample"), answer(NONE)),
        {"wait": 15.0, "state": FeedState.OK},
        3,
    ),
]

REDIRECTS = [
    leads("301 lasting", 301),
    leads("308 lasting", 308),
    leads("302 for now", 302, at="/302-for-now"),
    leads("303 for now", 303, at="/303-for-now"),
    leads("307 for now", 307, at="/307-for-now"),
    Case("301 once", moved(301, "/once"), {"lives_at": "/301-once"}, 1, {"/once": answer(NONE)}),
    Case(
        "301 then 302",
        moved(301, "/then"),
        {"lives_at": "/301-then-302"},
        3,
        {"/then": moved(302, "/then-feed"), "/then-feed": answer(NONE)},
    ),
    Case(
        "301 then 308",
        moved(301, "/a1"),
        {"lives_at": "/a2"},
        3,
        {"/a1": moved(308, "/a2"), "/a2": answer(NONE)},
    ),
    Case(
        "301 to another each time",
        (moved(301, "/b1"), moved(301, "/b2"), moved(301, "/b1")),
        {"lives_at": "/301-to-another-each-time"},
        3,
        {"/b1": answer(NONE), "/b2": answer(NONE)},
    ),
    Case(
        "301 to the home page",
        moved(301, "/home"),
        {"lives_at": "/301-to-the-home-page", "error": "the answer is a web page, not a feed"},
        3,
        {"/home": answer("<!doctype html><html><title>Sample Herald</title></html>")},
    ),
    Case(
        "301 then gone",
        moved(301, "/c"),
        {"error": f"{HOST} answered 410 Gone", "gone": True},
        2,
        {"/c": answer(status="410 Gone")},
    ),
    Case(
        "302 then gone",
        moved(302, "/c3"),
        {"error": f"{HOST} answered 410 Gone", "gone": False},
        2,
        {"/c3": answer(status="410 Gone")},
    ),
    Case(
        "moved then lost",
        moved(301, "/d"),
        {"lives_at": "/moved-then-lost", "error": f"{HOST} answered 404 Not Found"},
        5,
        {"/d": (answer(NONE), answer(NONE), answer(status="404 Not Found"))},
    ),
    Case(
        "moved then gone",
        (moved(301, "/e"), moved(301, "/e"), answer(NONE)),
        {"lives_at": "/moved-then-gone"},
        4,
        {"/e": (answer(NONE), answer(NONE), answer(status="410 Gone"))},
    ),
    Case(
        "301 keeps its validators",
        moved(301, "/f", 'ETag: "hop"'),
        {"sent": [None, None]},
        2,
        {"/f": answer(NONE, 'ETag: "end"')},
    ),
    Case(
        "loop",
        moved(302, "/loop-b"),
        {"error": f"{HOST} redirected us more than 5 times"},
        1,
        {"/loop-b": moved(302, "/loop")},
    ),
    Case(
        "to itself",
        moved(301, "/to-itself"),
        {"error": f"{HOST} answered 301 Moved Permanently but named no other address"},
    ),
    Case(
        "to nowhere",
        answer(status="302 Found"),
        {"error": f"{HOST} answered 302 Found but named no other address"},
    ),
    Case(
        "five hops",
        moved(301, "/h1"),
        {"lives_at": "/five-hops", "state": FeedState.OK},
        1,
        {f"/h{n}": moved(301, f"/h{n + 1}") for n in range(1, 5)} | {"/h5": answer(NONE)},
    ),
    Case(
        "six hops",
        moved(301, "/i1"),
        {"error": f"{HOST} redirected us more than 5 times"},
        1,
        {f"/i{n}": moved(301, f"/i{n + 1}") for n in range(1, 6)} | {"/i6": answer(NONE)},
    ),
    *(
        Case(f"to {name}", moved(302, target), {"error": error, "state": FeedState.FAILING})
        for name, target, error in (
            (
                "a private address",
                "http://10.0.0.1/",
                "10.0.0.1 is a private address, and we were redirected there",
            ),
            (
                "metadata",
                "http://169.254.169.254/latest/",
                "169.254.169.254 is a private address, and we were redirected there",
            ),
            (
                "another port",
                "http://127.0.0.1:9/",
                "127.0.0.1 is a private address, and we were redirected there",
            ),
            (
                "loopback in one number",
                "http://2130706433:9/",
                "2130706433 is a private address, and we were redirected there",
            ),
            ("loopback of six", "http://[::1]:9/", "::1 is a private address, and we were redirected there"),
            (
                "mapped loopback",
                "http://[::ffff:127.0.0.1]:9/",
                "::ffff:7f00:1 is a private address, and we were redirected there",
            ),
            (
                "localhost",
                "http://localhost:9/",
                "localhost is a private address, and we were redirected there",
            ),
            ("a file", "file:///etc/passwd", "file:///etc/passwd is not a web address"),
            ("a file without host", "file:/etc/passwd", "file:///etc/passwd is not a web address"),
            ("ftp", "ftp://feeds.example/rss", "ftp://feeds.example/rss is not a web address"),
            ("data", "data:text/xml,<rss/>", "data:text/xml,%3Crss/%3E is not a web address"),
            ("javascript", "javascript:alert(1)", "javascript:alert(1) is not a web address"),
            (
                "gopher",
                "gopher://127.0.0.1:6379/_FLUSHALL",
                "gopher://127.0.0.1:6379/_FLUSHALL is not a web address",
            ),
            (
                "a name and password",
                "http://me:word@127.0.0.1:9/",
                "the address at 127.0.0.1 holds a name or password, which we do not send",
            ),
            (
                "no port",
                "http://feeds.example:99999/",
                f"{HOST} answered 302 Found but named no other address",
            ),
            (
                "a private address without scheme",
                "//10.0.0.1/rss",
                "10.0.0.1 is a private address, and we were redirected there",
            ),
        )
    ),
    Case(
        "a relative hop",
        moved(302, "rel/feed?a=1&b=%20"),
        {"asked": ["/a-relative-hop", "/rel/feed?a=1&b=%20"]},
        1,
        {"/rel/feed?a=1&b=%20": answer(NONE)},
    ),
    Case(
        "a listed file",
        answer(NONE),
        {"error": "file:///etc/passwd is not a web address", "asked": []},
        address="file:///etc/passwd",
    ),
    Case(
        "a listed private address",
        answer(NONE),
        {"error": "192.168.0.1 is a private address; add 192.168.0.1:80 to watch.allow_hosts to allow it"},
        address="http://192.168.0.1/rss",
    ),
]

CASES = [*VALIDATORS, *FRESHNESS, *STATUSES, *REDIRECTS]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Seen]:
    """Visit all cases side by side."""
    folder: Path = tmp_path_factory.mktemp("odd")
    return asyncio.run(visited(CASES, folder))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_visit_minds_what_a_server_says(case: Case, seen: Mapping[str, Seen]) -> None:
    """What is asked again, when and where is what the row says."""
    assert case.among(seen) == case.promised
