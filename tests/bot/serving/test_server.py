"""What the server answers, by real requests on loopback."""

import gzip
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from bot.serving.metrics import Exposed
from bot.serving.server import HEADERS, application, is_loopback, listening
from bot.serving.wellness import Finding
from claims.errors import OperatorError

PLAIN = {"Accept-Encoding": "identity"}
WELL = [Finding("store"), Finding("site")]
SECRET = "no page of the site"
LONG = "<!doctype html><title>여기</title>" + "<p>Shells from Rason</p>" * 200


class Served:
    """A folder that is served, and what is found and counted meanwhile."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "site"
        self.found: Sequence[Finding] = WELL
        self.accepted = ""
        self.address = ""
        outside = folder / "outside.html"
        outside.write_text(SECRET)
        self.write("index.html", LONG)
        self.write("claims/a.html", "<p>a</p>")
        self.write("assets/search/1.js", "search('포탄')")
        self.write("assets/mark.svg", "<svg/>")
        self.write("chart.png", "\x89PNG")
        self.write("alerts.atom", "<feed/>")
        self.write(".claimwatch-site.json", SECRET)
        self.write(".hidden/page.html", SECRET)
        (self.folder / "leak.html").symlink_to(outside)
        (self.folder / "up").symlink_to(folder)
        (self.folder / "first.html").symlink_to(self.folder / "index.html")

    def write(self, name: str, words: str) -> None:
        """Write a file into the folder."""
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(words, encoding="utf-8")

    async def findings(self) -> Sequence[Finding]:
        """Return what was found."""
        return self.found

    async def metrics(self, accept: str) -> Exposed:
        """Return one metric."""
        self.accepted = accept
        return Exposed(b"claimwatch_stories 3.0\n", "text/plain; version=1.0.0; charset=utf-8")


@pytest.fixture
def served(tmp_path: Path) -> Served:
    """Return a folder with a site, and what lies around it."""
    return Served(tmp_path)


@pytest.fixture
async def client(served: Served) -> AsyncIterator[aiohttp.ClientSession]:
    """Serve it, and yield what asks."""
    app = application(served.folder, served.findings, served.metrics)
    async with (
        listening(app, "127.0.0.1", 0) as address,
        aiohttp.ClientSession(address, auto_decompress=False, headers=PLAIN) as session,
    ):
        served.address = address
        yield session


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/first.html", "text/html; charset=utf-8"),
        ("/claims/a.html", "text/html; charset=utf-8"),
        ("/claims/a", "text/html; charset=utf-8"),
        ("/assets/search/1.js", "text/javascript; charset=utf-8"),
        ("/assets/mark.svg", "image/svg+xml; charset=utf-8"),
        ("/chart.png", "image/png"),
        ("/alerts.atom", "application/atom+xml; charset=utf-8"),
    ],
)
async def test_a_file_is_served_as_what_it_is(client: aiohttp.ClientSession, path: str, kind: str) -> None:
    """With its type, and with the headers that keep a browser from anything but showing it."""
    async with client.get(path) as answer:
        assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert "Server" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere.html",
        "/claims",
        "/claims/",
        "/leak.html",
        "/up/outside.html",
        "/../outside.html",
        "/%2e%2e/outside.html",
        "/..%2foutside.html",
        "/claims/../../outside.html",
        "/%2Fetc/passwd",
        "//etc/passwd",
        "/.claimwatch-site.json",
        "/.hidden/page.html",
        "/a%00b",
        "/" + "a" * 5_000,
    ],
)
async def test_nothing_else_is_served(client: aiohttp.ClientSession, served: Served, path: str) -> None:
    """No folder is listed, and nothing outside, hidden or linked to from inside is found."""
    async with client.get(URL(served.address.rstrip("/") + path, encoded=True)) as answer:
        words = await answer.text()
    assert answer.status == 404
    assert words == "There is no such page.\n"
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


async def test_what_is_not_there_has_the_page_of_the_site_for_it(
    client: aiohttp.ClientSession, served: Served
) -> None:
    """In the words of the site, at whatever depth it was asked for, and still as an error."""
    served.write("404.html", "<a href='/register.html'>등록부</a>")
    async with client.get("/claims/deep/nowhere.html") as answer:
        assert (answer.status, await answer.text()) == (404, "<a href='/register.html'>등록부</a>")
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/healthz", "/metrics", "/new.html"])
async def test_nothing_can_be_changed(
    client: aiohttp.ClientSession, served: Served, method: str, path: str
) -> None:
    """Whatever is sent is refused, and the folder is as it was."""
    async with client.request(method, path, data=b"x") as answer:
        assert answer.status == 405
    assert not (served.folder / "new.html").exists()


async def test_what_a_browser_has_is_not_sent_again(client: aiohttp.ClientSession, served: Served) -> None:
    """It asks by the entity tag, and gets the page once that has changed."""
    async with client.get("/") as first:
        tag = {"If-None-Match": first.headers["ETag"]}
    served.write("index.html", LONG)
    for headers in (
        tag,
        tag | {"Accept-Encoding": "gzip"},
        {"If-None-Match": f'"other", {first.headers["ETag"]}'},
    ):
        async with client.get("/", headers=headers) as same:
            assert (same.status, await same.read(), same.headers["ETag"]) == (304, b"", first.headers["ETag"])
    served.write("index.html", "<p>new</p>")
    async with client.get("/", headers=tag) as changed:
        assert (changed.status, await changed.read()) == (200, b"<p>new</p>")


async def test_words_are_packed_for_who_takes_that(client: aiohttp.ClientSession) -> None:
    """Pictures are sent as they are, and so is all to whoever cannot unpack it; a browser has one page."""
    takes = {"Accept-Encoding": "gzip, deflate, br"}
    async with client.get("/", headers=takes) as packed, client.get("/") as plain:
        assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
        assert gzip.decompress(await packed.read()).decode() == (await plain.read()).decode() == LONG
        assert packed.headers["ETag"] == plain.headers["ETag"]
        assert int(packed.headers["Content-Length"]) < int(plain.headers["Content-Length"])
    async with client.get("/chart.png", headers=takes) as picture:
        assert "Content-Encoding" not in picture.headers
    async with client.head("/", headers=takes) as headed:
        assert (headed.status, await headed.read()) == (200, b"")


async def test_before_the_first_build_one_is_told_to_wait(tmp_path: Path) -> None:
    """No page is there yet; how all fares is told nevertheless."""
    served = Served(tmp_path)
    app = application(tmp_path / "nothing", served.findings, served.metrics)
    async with listening(app, "127.0.0.1", 0) as address, aiohttp.ClientSession(address) as client:
        async with client.get("/") as page, client.get("/claims/a.html") as other:
            assert (page.status, other.status) == (503, 503)
            assert page.headers["Retry-After"].isdecimal()
        async with client.get("/healthz") as health:
            assert health.status == 200


async def test_health_is_told_with_reasons(client: aiohttp.ClientSession, served: Served) -> None:
    """200 while all is well; 503 as soon as something is not, and why."""
    async with client.get("/healthz") as well:
        fine = {"fine": True, "why": ""}
        assert await well.json() == {"status": "ok", "checks": {"store": fine, "site": fine}}
        assert well.status == 200
    served.found = [Finding("store"), Finding("feeds", "no feed was asked yet")]
    async with client.get("/healthz") as unwell:
        told = await unwell.json()
        assert unwell.status == 503
    assert told["status"] == "unwell"
    assert told["checks"]["feeds"] == {"fine": False, "why": "no feed was asked yet"}


async def test_metrics_come_in_the_format_that_is_asked_for(
    client: aiohttp.ClientSession, served: Served
) -> None:
    """What the scraper accepts is handed on, and the answer says which format it is."""
    async with client.get("/metrics", headers={"Accept": "application/openmetrics-text"}) as answer:
        assert await answer.read() == b"claimwatch_stories 3.0\n"
    assert answer.headers["Content-Type"] == "text/plain; version=1.0.0; charset=utf-8"
    assert served.accepted == "application/openmetrics-text"


async def test_an_address_that_is_taken_is_named(served: Served) -> None:
    """With the options that name another."""
    app = application(served.folder, served.findings, served.metrics)
    async with listening(app, "127.0.0.1", 0) as address:
        port = int(address.rstrip("/").rpartition(":")[2])
        with pytest.raises(OperatorError, match=f"127.0.0.1 port {port} cannot be had .*--host, --port"):
            async with listening(
                application(served.folder, served.findings, served.metrics), "127.0.0.1", port
            ):
                pass


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("192.168.1.5", False),
        ("::", False),
        ("bot.example", False),
    ],
)
def test_who_else_can_reach_an_address(host: str, alone: bool) -> None:
    """Nobody on loopback; elsewhere others can."""
    assert is_loopback(host) == alone


@pytest.mark.parametrize(
    ("names", "host", "status"),
    [
        ((), "127.0.0.1:1", 200),
        ((), "localhost", 200),
        ((), "[::1]:8000", 200),
        ((), "claims.example", 421),
        ((), "127.0.0.1.claims.example", 421),
        (("claims.example",), "claims.example", 200),
        (("claims.example",), "other.example", 421),
        (None, "other.example", 200),
    ],
)
async def test_a_name_that_is_nobodys_is_not_served(
    served: Served, names: Sequence[str] | None, host: str, status: int
) -> None:
    """A page that gives its own name the address of this machine reads nothing."""
    app = application(served.folder, served.findings, served.metrics, names)
    async with listening(app, "127.0.0.1", 0) as address, aiohttp.ClientSession() as session:
        for path in ("", "healthz", "metrics"):
            async with session.get(address + path, headers={"Host": host}) as answer:
                assert answer.status == status
                assert (answer.status == 200) == ("not served here" not in await answer.text())
