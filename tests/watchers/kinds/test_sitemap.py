"""Sitemaps, with and without the news extension."""

from xml.sax.saxutils import escape

import pytest

from claims.feeds import FeedKind
from tests.support.build import feed
from watchers.document import Document, ParseError
from watchers.kinds.sitemap import MAX_ADDRESSES, MAX_MARKS, MAX_STORIES, newest_children, read_sitemap

URL = "https://herald.example/sitemap.xml"
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def urlset(*urls: str) -> bytes:
    """Return a sitemap of these `<url>` contents."""
    inner = "".join(f"<url>{url}</url>" for url in urls)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {SPACES}>{inner}</urlset>'.encode()


def loc(path: str, lastmod: str = "") -> str:
    """Return the elements of an address."""
    when = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<loc>https://herald.example{escape(path)}</loc>{when}"


def read(body: bytes, **changes: object) -> Document:
    """Read a sitemap as a feed of its kind."""
    return read_sitemap(body, feed(URL, kind=FeedKind.SITEMAP, **changes), content_type=None, base_url=URL)


def test_a_news_sitemap_has_headlines_dates_and_languages() -> None:
    """What the news extension says is what the story is; its date goes before that of the last change."""
    news = """<news:news><news:publication><news:name>Sample Herald</news:name>
        <news:language>ru</news:language></news:publication>
        <news:publication_date>2026-11-20T10:00:00+03:00</news:publication_date>
        <news:title>Порт Раджин &amp; контейнеры</news:title></news:news>"""
    [entry] = read(urlset(loc("/n/1", "2026-11-21") + news)).entries

    assert (entry.title, entry.link) == ("Порт Раджин & контейнеры", "https://herald.example/n/1")
    assert entry.dates == ("2026-11-20T10:00:00+03:00", "2026-11-21")
    assert entry.language == "ru"


def test_pictures_are_not_the_story() -> None:
    """What other extensions say of an address, a picture's address and title, is not taken for its own."""
    image = f"<image:image xmlns:image='i'>{loc('/x.jpg')}<image:title>Picture</image:title></image:image>"
    [entry] = read(urlset(loc("/news/rason-port") + image)).entries

    assert (entry.title, entry.link) == ("rason port", "https://herald.example/news/rason-port")


def test_a_plain_sitemap_has_the_words_of_its_addresses() -> None:
    """Without a headline the last words of the address stand for one; the newest comes first."""
    entries = read(
        urlset(
            loc("/old-port-news.html"),
            loc("/rason-port", "2026-11-19"),
            loc("/2026/containers", "2026-11-20"),
        )
    ).entries

    assert [entry.title for entry in entries] == ["containers", "rason port", "old port news"]


def test_links_leave_out_what_is_no_story() -> None:
    """Of a sitemap of a whole site only the addresses that `links` stands for are stories."""
    entries = read(urlset(loc("/about"), loc("/news/port"), loc("/shop?a=1&b=2")), links="/news/*").entries

    assert [entry.link for entry in entries] == ["https://herald.example/news/port"]


def test_a_large_sitemap_is_cut_to_its_newest() -> None:
    """Of very many addresses those that changed last are read."""
    urls = [loc(f"/news/a-{n}", f"2026-11-{1 + n % 28:02d}") for n in range(MAX_STORIES + 500)]
    entries = read(urlset(*urls, loc("/news/latest", "2026-11-30"))).entries

    assert len(entries) == MAX_STORIES
    assert entries[0].title == "latest"


def test_a_sitemap_of_sitemaps_names_what_to_watch() -> None:
    """It is no list of stories: the sentence names the newest of those that it lists."""
    children = "".join(
        f"<sitemap>{loc(f'/sitemap-{n}.xml.gz', f'2026-{n:02d}-01')}</sitemap>" for n in (3, 11, 9, 10)
    )
    index = f"<sitemapindex {SPACES}>{children}</sitemapindex>".encode()

    assert newest_children(index, URL) == tuple(
        f"https://herald.example/sitemap-{n}.xml.gz" for n in (11, 10, 9)
    )
    with pytest.raises(ParseError, match=r"watch one of them: https://herald\.example/sitemap-11\.xml\.gz"):
        read(index)


@pytest.mark.parametrize(
    "body",
    [b"", b"not xml", b"<html><body>503</body></html>", b"<rss><channel/></rss>", b"\x1f\x8bpacked"],
)
def test_what_is_no_sitemap_is_refused(body: bytes) -> None:
    """Another document is named as what it is not."""
    with pytest.raises(ParseError, match="not a sitemap"):
        read(body)


def test_an_empty_sitemap_is_a_sitemap() -> None:
    """A news sitemap holds two days: after a quiet weekend there is nothing in it."""
    assert read(urlset()).entries == ()


def test_no_entity_is_expanded_and_no_file_read() -> None:
    """A declared entity is not replaced, whatever it stands for."""
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    document = (
        f'<!DOCTYPE urlset [{bomb}<!ENTITY file SYSTEM "file:///etc/hostname">]>'
        f"<urlset {SPACES}><url>{loc('/a-b')}<lastmod>&file;&e9;</lastmod></url></urlset>"
    )
    entries = read(document.encode()).entries

    assert [(entry.title, entry.dates) for entry in entries] in ([("a b", ())], [])


def test_broken_xml_keeps_what_can_be_read() -> None:
    """A sitemap cut in the middle still has its first addresses."""
    whole = urlset(loc("/news/first-story"), loc("/news/second-story"))
    entries = read(whole[: whole.index(b"second")]).entries

    assert entries[0].title == "first story"


def test_no_more_addresses_are_looked_at_than_a_sitemap_may_have() -> None:
    """Of a million that say nothing the first are passed over, and what stands behind them is not read."""
    nothing = ["" for _ in range(MAX_ADDRESSES - 1)]
    entries = read(urlset(*nothing, loc("/the-last-one"), loc("/one-too-many"))).entries

    assert [entry.title for entry in entries] == ["the last one"]


@pytest.mark.parametrize("mark", [b"<a/>", b"<url>", b"&e;"])
def test_a_sitemap_of_nothing_but_marks_is_not_parsed(mark: bytes) -> None:
    """Each would become an object in memory: no list of addresses has as many tags or entities."""
    body = b"<sitemapindex><sitemap>" + mark * MAX_MARKS
    with pytest.raises(ParseError, match=r"more than 1,000,000 tags and entities"):
        read(body)
    with pytest.raises(ParseError, match=r"more than 1,000,000 tags and entities"):
        newest_children(body, URL)


def test_long_names_cost_nothing() -> None:
    """A namespace of megabytes belongs to every element in it, and is handed on with none."""
    urls = f"<url><loc>{URL}</loc></url>" * (5 * MAX_STORIES)
    body = f"<urlset xmlns='{'x' * 8_000_000}'>{urls}</urlset>".encode()

    assert len(read(body).entries) == MAX_STORIES
