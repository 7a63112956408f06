"""Web pages as trees."""

import pytest
from lxml.html import HtmlElement

from watchers.pages import base_of, canonical, links, page_tree, same_site, title, words

URL = "https://herald.example/news/rason-port?id=7"
OLD = "<p>나진항</p>".encode("euc-kr")


def tree(markup: str | bytes, content_type: str | None = None, language: str = "en") -> HtmlElement:
    """Return the tree of a page."""
    root = page_tree(markup.encode() if isinstance(markup, str) else markup, content_type, language)
    assert root is not None
    return root


@pytest.mark.parametrize(
    ("body", "content_type", "language"),
    [
        ("<p>나진항</p>".encode(), None, "en"),
        (b'<meta charset="euc-kr">' + OLD, "text/html", "en"),
        (b'<meta http-equiv=Content-Type content="text/html; charset=euc-kr">' + OLD, None, "en"),
        (OLD, "text/html; charset=euc-kr", "en"),
        (OLD, "text/html", "ko"),
        ('<meta charset="utf-8"><p>나진항</p>'.encode("utf-16"), None, "en"),
    ],
)
def test_the_characters_are_those_that_were_written(
    body: bytes, content_type: str | None, language: str
) -> None:
    """A page is read in the encoding that it is in, as its bytes, its server, itself or its language say."""
    assert words(tree(body, content_type, language)) == "나진항"


@pytest.mark.parametrize("body", [b"", b"   ", b"<!-- -->", b"\0\0"])
def test_nothing_is_no_page(body: bytes) -> None:
    """A body without an element has no tree."""
    assert page_tree(body, None, "en") is None


def test_a_base_moves_the_links() -> None:
    """`<base href>` is what the relative links of a page are relative to; a bad one is ignored."""
    moved = tree('<base href="/kr/"><a href="a">A</a><area href="b"><a>C</a>')

    assert [address for _, address in links(moved, base_of(moved, URL))] == [
        "https://herald.example/kr/a",
        "https://herald.example/kr/b",
    ]
    assert base_of(tree('<base href="javascript:x"><p>'), URL) == URL


@pytest.mark.parametrize(
    ("page", "named"),
    [
        ('<meta property="og:title" content="Rason &amp; Dunay"><title>Herald</title>', "Rason & Dunay"),
        ("<title>Herald</title><h1>Rason <b>port</b></h1>", "Rason port"),
        ("<title>Herald: Rason</title><h1>Herald</h1><h1>Rason</h1>", "Herald: Rason"),
        ("<title>Herald</title><h1><img></h1>", "Herald"),
        ("<p>Rason</p>", ""),
    ],
)
def test_a_page_has_a_title(page: str, named: str) -> None:
    """As it is shared, else its only main heading, else what stands in its window."""
    assert title(tree(page)) == named


@pytest.mark.parametrize(
    ("href", "own"),
    [
        ("/news/rason-port", "https://herald.example/news/rason-port"),
        ("https://www.herald.example/news/rason-port", "https://www.herald.example/news/rason-port"),
        ("https://m.herald.example/news/rason-port", "https://m.herald.example/news/rason-port"),
        ("https://wire.example/news/rason-port", None),
        ("https://herald.example/", None),
        ("ftp://herald.example/news", None),
        ("", None),
    ],
)
def test_a_page_names_its_own_address(href: str, own: str | None) -> None:
    """A canonical address of the same site counts; another site's, or the home page, does not."""
    assert canonical(tree(f'<link rel="Canonical" href="{href}"><p>'), URL) == own


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("https://WWW.herald.example:8443/x", True),
        ("https://en.herald.example/x", True),
        ("https://herald.example.evil.example/x", False),
        ("https://badherald.example/x", False),
    ],
)
def test_a_site_is_a_host_and_those_within_it(other: str, same: bool) -> None:
    """What only ends alike is another site."""
    assert same_site(URL, other) is same
    assert same_site(other, URL) is same
