"""The server of the sample feeds: what it shows at which moment, and its manners."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

import pytest

from bot.samples import OPENING, SampleServer, as_of, moments

NOON = datetime(2025, 8, 25, 12, tzinfo=UTC)


def item(name: str, title: str, date: str) -> str:
    """Return an RSS item."""
    return f"""    <item>
      <title>{title}</title>
      <guid>{name}</guid>
      <pubDate>{date}</pubDate>
    </item>
"""


RSS = (
    "<rss><channel>\n<title>T</title>\n"
    + item("b", "new", "Mon, 25 Aug 2025 21:30:00 +0900")
    + item("a", "late", "Mon, 25 Aug 2025 11:30:00 GMT")
    + item("a", "early", "Mon, 25 Aug 2025 10:30:00 GMT")
    + "</channel></rss>\n"
)
BROKEN = RSS.replace("<title>new</title>", "<title>new&nbsp;<b>").replace("early</title>", "early<br>")
ATOM = """<feed>
  <updated>2025-08-25T00:00:00Z</updated>
  <entry>
    <title>one</title>
    <id>one</id>
    <published>2025-08-25T09:00:00Z</published>
    <updated>2025-08-25T08:30:00-04:00</updated>
  </entry>
</feed>
"""
RDF = """<rdf:RDF>
  <channel><items><rdf:Seq/></items></channel>
  <item rdf:about="http://a.example/1">
    <title>one</title>
    <dc:date>2025-08-25T12:30:00Z</dc:date>
  </item>
</rdf:RDF>
"""
FEEDS = '[[feed]]\nurl = "http://samples.example/one.rss"\ntitle = "T"\nsource = "S"\nlanguage = "en"\n'


class Clock:
    """A clock that tests put forward."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one feed of each kind, and what is not a feed."""
    files = {"one.rss": RSS, "two.atom": ATOM, "three.rdf": RDF, "feeds.toml": FEEDS, "secret.txt": "no"}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands at noon."""
    return Clock()


@pytest.fixture
def server(folder: Path, clock: Clock) -> Iterator[SampleServer]:
    """Return a running server."""
    with SampleServer(folder, clock) as running:
        yield running


def asked(server: SampleServer, path: str, etag: str | None = None) -> tuple[int, HTTPMessage, str]:
    """Return status, headers and text of one answer."""
    connection = HTTPConnection(server.host_port)
    try:
        connection.request("GET", path, headers={"If-None-Match": etag} if etag else {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    finally:
        connection.close()


def titles(text: str) -> list[str]:
    """Return which of the sample titles a feed shows."""
    return [title for title in ("new", "late", "early") if f"<title>{title}" in text]


@pytest.mark.parametrize("text", [RSS, BROKEN])
@pytest.mark.parametrize(
    ("minutes", "shown"),
    [(-91, []), (-90, ["early"]), (-31, ["early"]), (-30, ["late"]), (30, ["new", "late"])],
)
def test_a_feed_is_shown_as_it_stood(text: str, minutes: int, shown: list[str]) -> None:
    """Stories to come are left out and an edited headline replaces the first one, in broken markup too."""
    assert titles(as_of(text, NOON + timedelta(minutes=minutes))) == shown


@pytest.mark.parametrize("text", [RSS, BROKEN, ATOM, RDF])
def test_what_stands_round_the_items_is_kept(text: str) -> None:
    """Head and tail of a feed are the same at every moment, and nothing else is invented."""
    early = as_of(text, NOON - timedelta(days=1))
    head, tail = text.split("\n", 1)[0], text.rstrip().rsplit("\n", 1)[-1]
    assert early.startswith(head)
    assert early.rstrip().endswith(tail)
    assert "pubDate" not in early
    assert "<title>one" not in early


def test_an_entry_of_atom_appears_with_its_last_change() -> None:
    """Where an item has two dates the later one says when it read like this."""
    assert "one" not in as_of(ATOM, NOON)
    assert "one" in as_of(ATOM, NOON + timedelta(minutes=30))


def test_a_feed_without_items_is_left_alone() -> None:
    """An empty feed stays as it is."""
    assert as_of("<rss><channel></channel></rss>", NOON) == "<rss><channel></channel></rss>"


def test_moments_begin_at_the_opening_and_go_from_story_to_story(folder: Path) -> None:
    """The demo can step its clock: first over the backlog, then from happening to happening."""
    old = RSS.replace("25 Aug", "24 Aug").replace("Mon,", "Sun,")
    (folder / "old.rss").write_text(old, "utf-8")
    assert moments(folder) == [OPENING, *(NOON + timedelta(minutes=m) for m in (-90, -30, 30))]


def test_the_listed_feeds_lie_on_the_server(server: SampleServer) -> None:
    """The feeds of the folder are handed out with addresses that answer as of the clock's moment."""
    (feed,) = server.feeds()
    assert feed.url == f"{server.base}/one.rss" == f"http://{server.host_port}/one.rss"
    status, _, text = asked(server, "/one.rss")
    assert (status, titles(text)) == (200, ["late"])


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/one.rss", "application/rss+xml"),
        ("/two.atom", "application/atom+xml"),
        ("/three.rdf", "application/rdf+xml"),
    ],
)
def test_each_kind_of_feed_says_what_it_is(server: SampleServer, path: str, kind: str) -> None:
    """RSS, Atom and RDF come with their content types, in UTF-8."""
    _, headers, _ = asked(server, path)
    assert headers["Content-Type"] == f"{kind}; charset=utf-8"


def test_an_unchanged_feed_answers_304_until_it_changes(server: SampleServer, clock: Clock) -> None:
    """A conditional request costs nothing while no story came out, and brings the feed when one did."""
    etag = asked(server, "/one.rss")[1]["ETag"]
    status, headers, text = asked(server, "/one.rss", etag)
    assert (status, headers["ETag"], text) == (304, etag, "")
    clock.now += timedelta(hours=1)
    status, headers, text = asked(server, "/one.rss", etag)
    assert (status, titles(text)) == (200, ["new", "late"])
    assert headers["ETag"] != etag


@pytest.mark.parametrize("path", ["/", "/secret.txt", "/feeds.toml", "/../one.rss", "/none.rss"])
def test_nothing_but_the_feeds_is_served(server: SampleServer, path: str) -> None:
    """Every other path answers 404."""
    assert asked(server, path)[0] == 404
