"""What addresses say."""

import pytest

from watchers.kinds.links import looks_like_story, matches, words_of

PAGE = "https://ministry.example/news/"


@pytest.mark.parametrize(
    ("links", "path", "fits"),
    [
        ("https://ministry.example/news/*", "/news/3351", True),
        ("https://ministry.example/news/*", "/events/3351", False),
        ("/news/*/view.do?seq=*", "/news/kr/view.do?seq=1", True),
        ("/news/*/view.do?seq=*", "/news/kr/list.do?seq=1", False),
        ("*/view.do*", "/news/kr/view.do?seq=1", True),
        ("*[0-9]", "/news/3351", False),
        ("*.html", "/a.html?b", False),
        ("/news/7", "/news/7", True),
        ("/news/7", "/news/77", False),
        ("/aba*aba", "/aba", False),
        ("*", "/anything", True),
    ],
)
def test_a_pattern_has_one_sign(links: str, path: str, fits: bool) -> None:
    """`*` is any characters and everything else is itself; a leading `/` is the site's own."""
    assert matches(links, f"https://ministry.example{path}", PAGE) is fits


def test_a_pattern_of_many_stars_is_quick() -> None:
    """A pattern that would keep a backtracking matcher busy for years is answered at once."""
    assert not matches("*a" * 50 + "*b", "https://ministry.example/" + "a" * 1_900, PAGE)


@pytest.mark.parametrize(
    ("address", "story"),
    [
        ("https://ministry.example/news/3351", True),
        ("https://ministry.example/news/3351/", True),
        ("https://ministry.example/view.do?seq=375432", True),
        ("https://ministry.example/news/rason-port-statement", True),
        ("https://ministry.example/news/заявление_о_порте.html", True),
        ("https://ministry.example/news/", False),
        ("https://ministry.example/about-us", False),
        ("https://ministry.example/news/?page=2", False),
        ("https://elsewhere.example/news/3351", False),
    ],
)
def test_a_story_is_known_by_its_address(address: str, story: bool) -> None:
    """A number of three digits or three words at the end, on the host of the page."""
    assert looks_like_story(address, PAGE) is story


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://herald.example/2026/rason-port_reopens.html", "rason port reopens"),
        ("https://herald.example/news/rason-port-7/", "rason port 7"),
        ("https://herald.example/port-reopens/1234567.html", "port reopens"),
        ("https://herald.example/%EB%82%98%EC%A7%84-%ED%95%AD", "나진 항"),
        ("https://herald.example/порт-Раджин", "порт Раджин"),
        ("https://herald.example/2026/11/", ""),
        ("https://herald.example", ""),
    ],
)
def test_an_address_has_words(url: str, words: str) -> None:
    """The last part of a path that is more than numbers stands in for a headline."""
    assert words_of(url) == words
