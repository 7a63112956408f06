"""The commands about feeds, in a process of their own beside nothing or a bot."""

import io
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from claims.feeds import FeedState, Pulse
from tests.support.build import NOW
from tests.support.cli import CommandLine
from tests.support.feed_server import item, rss

URL = "https://feeds.sample-herald.example/world.xml"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as its base has it
        """Say nothing."""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, claimwatch: CommandLine) -> Iterator[str]:
    """Serve the feed `asia.xml` on loopback, which may be asked without a pause; yield the site's address."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "asia.xml").write_text(rss(item("Sample one"), title="Sample Herald: Asia", language="ko"))
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        name = f"127.0.0.1:{server.server_port}"
        monkeypatch.setenv("CLAIMWATCH_WATCH__ALLOW_HOSTS", name)
        monkeypatch.setenv("CLAIMWATCH_WATCH__HOST_PAUSE_SECONDS", "0")
        yield f"http://{name}"
        server.shutdown()


def urls(claimwatch: CommandLine) -> list[str]:
    """Return the addresses that are watched."""
    (listed,) = claimwatch("feeds", "list", "--json").rows
    return [row["url"] for row in listed]


def test_feeds_are_listed_for_people_and_for_programs(claimwatch: CommandLine) -> None:
    """A feed that was never visited has no moments and no error."""
    read, parsed = claimwatch("feeds", "list"), claimwatch("feeds", "list", "--json")

    assert (read.code, parsed.code) == (0, 0)
    assert "Sample Herald: world" in read.out
    assert parsed.rows == [
        [
            {
                "url": URL,
                "title": "Sample Herald: world",
                "kind": "feed",
                "current_url": URL,
                "state": "new",
                "last_success": None,
                "last_new": None,
                "items_a_day": None,
                "failing_since": None,
                "failures": 0,
                "error": None,
                "next_try": None,
                "paced_by": None,
                "added_by": None,
            }
        ]
    ]


def test_a_feed_in_trouble_is_listed_first_with_its_error(claimwatch: CommandLine) -> None:
    """What fails is told in words, and each feed has a line of 80 columns at most, the worst first."""
    claimwatch.fill(
        state=FeedState.FAILING,
        failures=3,
        error="feeds.sample-herald.example answered 403 Forbidden",
        pulse=Pulse(NOW, 40.2, 3_600),
        paced_by="failures",
    )
    read = claimwatch("feeds", "list").out.splitlines()
    ((row,),) = claimwatch("feeds", "list", "--json").rows

    assert read[0] == "1 feed: 1 failing"
    assert "failing: feeds.sample-herald.example answered 403" in " ".join(read[1].split())
    assert read[-1].split()[:4] == ["failing", "Sample", "Herald:", "world"]
    assert max(map(len, read)) <= 80
    assert (row["state"], row["items_a_day"], row["paced_by"]) == ("failing", 40.2, "failures")


def test_one_feed_is_shown_for_people_and_for_programs(claimwatch: CommandLine) -> None:
    """Words of its title name it; what fits none is told."""
    claimwatch.fill(paced_by="ttl")
    read, parsed = claimwatch("feeds", "show", "herald"), claimwatch("feeds", "show", "herald", "--json")

    assert read.out.startswith("FEED · answering\nSample Herald: world\n")
    assert "(ttl)" in read.out
    assert [(row["state"], row["paced_by"]) for row in parsed.rows] == [("ok", "ttl")]
    assert claimwatch("feeds", "show", "nobody").code != 0


@pytest.mark.parametrize("command", ["test", "add"])
def test_a_feed_that_is_not_to_be_had_is_exit_code_1(claimwatch: CommandLine, command: str) -> None:
    """Why is told on stderr: it is the address, or what stands there, that has to be mended."""
    ran = claimwatch("feeds", command, "http://127.0.0.1:9/feed.xml")

    assert (ran.code, ran.out) == (1, "")
    assert "127.0.0.1 is a private address; add 127.0.0.1:9 to watch" in ran.err


def test_a_feed_is_tested_added_paused_and_removed(claimwatch: CommandLine, site: str) -> None:
    """A look keeps nothing; what is added is described by the document and by the options."""
    url = f"{site}/asia.xml"

    tested, after_test = claimwatch("feeds", "test", url), urls(claimwatch)
    added = claimwatch("feeds", "add", url, "--reliability", "C", "--interval", "30", "--state-media")
    paused, resumed = claimwatch("feeds", "pause", "asia"), claimwatch("feeds", "resume", "herald:", "Asia")
    watched = urls(claimwatch)
    removed = claimwatch("feeds", "remove", url)

    assert [ran.code for ran in (tested, added, paused, resumed, removed)] == [0] * 5
    assert after_test == [URL]
    assert "Sample one" in tested.out
    assert "Sample Herald: Asia (rated C, state media)" in added.out
    assert "1 story in" in added.out
    assert "PAUSED\nSample Herald: Asia\n" in paused.out
    assert watched == [url, URL]
    assert urls(claimwatch) == [URL]


@pytest.mark.parametrize(
    ("args", "advice"),
    [
        (("feeds", "pause", "world"), "it is not asked until claimwatch feeds resume"),
        (("feeds", "remove", "world"), "its stories are kept; claimwatch feeds add takes it back"),
        (("claims", "list"), "claimwatch claims show CLAIM tells more"),
    ],
)
def test_answers_name_commands_as_the_command_line_has_them(
    claimwatch: CommandLine, args: tuple[str, ...], advice: str
) -> None:
    """A reader can type what an answer says, though a chat calls it otherwise."""
    assert claimwatch(*args).out.strip().endswith(advice)


@pytest.mark.parametrize(
    ("args", "advice"),
    [
        (("feeds", "show", "qqqq"), "claimwatch feeds list names all feeds"),
        (("feeds", "show", "qqqq", "--json"), "claimwatch feeds list names all feeds"),
        (("feeds", "add", URL), "claimwatch feeds show FEED shows how it does"),
        (("claims", "show", "zzzz"), "claimwatch claims list names all claims"),
    ],
)
def test_errors_name_commands_as_the_command_line_has_them(
    claimwatch: CommandLine, args: tuple[str, ...], advice: str
) -> None:
    """What is wrong and what to type then stand on lines of their own."""
    ran = claimwatch(*args)

    assert (ran.code, ran.err.strip().splitlines()[-1]) == (2, advice)


def test_what_is_removed_stays_away_though_the_seed_file_lists_it(claimwatch: CommandLine) -> None:
    """Somebody's word counts more than the file, until they say otherwise."""
    claimwatch("feeds", "remove", URL)
    claimwatch("seed")
    before = urls(claimwatch)
    claimwatch("feeds", "add", URL, "--untried")

    assert (before, urls(claimwatch)) == ([], [URL])


def test_what_is_exported_is_imported_again(claimwatch: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """To and from a file, and a pipe."""
    file = claimwatch.folder / "feeds.opml"
    printed = claimwatch("feeds", "export")
    wrote = claimwatch("feeds", "export", file)
    claimwatch("feeds", "remove", URL)
    read = claimwatch("feeds", "import", file)
    claimwatch("feeds", "remove", URL)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(printed.out.encode())))
    piped = claimwatch("feeds", "import", "-")

    assert file.read_text(encoding="utf-8") == printed.out
    assert (wrote.out, wrote.err) == ("", f"1 feed in {file}\n")
    assert read.out.startswith("1 feed added\n")
    assert piped.out.startswith("1 feed added\n")
    assert urls(claimwatch) == [URL]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("import", "missing.opml"), "missing.opml: cannot be read (No such file or directory)"),
        (("export", "missing/feeds.opml"), "missing/feeds.opml: cannot be written (No such file"),
        (("import", "claims.toml"), "claims.toml: line 1: not well-formed XML"),
    ],
)
def test_a_file_that_is_not_to_be_had_is_exit_code_2(
    claimwatch: CommandLine, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, str], told: str
) -> None:
    """It is named, with what to do."""
    monkeypatch.chdir(claimwatch.folder)

    ran = claimwatch("feeds", *arguments)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"claimwatch: {told}")


def test_without_the_extra_a_wish_for_pages_is_told_of(
    claimwatch: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once where it is added, and later in the list, of the feed, and by `check` and `seed`."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    before = claimwatch("feeds", "list")
    added = claimwatch("feeds", "add", "https://wire.example/rss", "--untried", "--full-text")
    listed, shown = claimwatch("feeds", "list"), claimwatch("feeds", "show", "wire")
    checked, seeded = claimwatch("check"), claimwatch("seed")
    mend = "pip install 'claimwatch[full-text]'"

    assert [mend in " ".join(ran.out.split()) for ran in (before, added, listed, shown)] == [False] + [
        True
    ] * 3
    assert checked.code == 2
    assert "1 of 2 feeds ask for it: the extra is not installed" in " ".join(checked.out.split())
    assert mend not in seeded.err


def test_seeding_feeds_whose_pages_nothing_reads_says_so(
    claimwatch: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the seed file wants and cannot be done is told beside what was done."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    path = claimwatch.folder / "feeds.toml"
    path.write_text(f"{path.read_text()}full_text = true\n")

    ran = claimwatch("seed")

    assert ran.code == 0
    assert ran.err.strip() == (
        "note: full text: 1 of 1 feeds ask for it: the extra is not installed, and stories go on without; "
        "pip install 'claimwatch[full-text]'"
    )


@pytest.mark.parametrize("verb", ["test", "add"])
@pytest.mark.parametrize(
    ("address", "code", "told"),
    [
        ("{site}/asia.xml", 0, ""),
        ("{site}/none.xml", 1, "answered 404 Not Found"),
        ("{site}/plain.txt", 1, "/plain.txt"),
        ("http://127.0.0.1:9/", 1, "127.0.0.1"),
        ("file:///etc/passwd", 2, "url: expected an http or https address"),
        ("{site}/asia.xml --kind film", 2, "kind: expected one of feed, page, sitemap"),
        ("{site}/asia.xml --colour", 2, "No such option"),
    ],
)
def test_an_address_is_no_wrong_usage(
    claimwatch: CommandLine, site: str, verb: str, address: str, code: int, told: str
) -> None:
    """A script can tell what does not answer, which may pass, from what was typed wrongly."""
    claimwatch.write("site/plain.txt", "Sample words")

    ran = claimwatch("feeds", verb, *address.format(site=site).split())

    assert ran.code == code
    assert told in " ".join(ran.err.split())


def test_a_site_that_names_several_feeds_can_be_tested_and_not_added(
    claimwatch: CommandLine, site: str
) -> None:
    """The look found something; which of them is meant has to be typed."""
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{name}" href="/{name}.xml">'
        for name in ("asia", "europe")
    )
    claimwatch.write("site/europe.xml", rss(item("Sample two"), title="Sample Herald: Europe"))
    claimwatch.write("site/index.html", f"<html><head>{links}</head><body>Sample</body></html>")

    tested, added = claimwatch("feeds", "test", f"{site}/"), claimwatch("feeds", "add", f"{site}/")

    assert (tested.code, added.code) == (0, 2)
    assert "add one, or the first (--first)" in added.err
