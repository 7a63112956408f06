"""Views become pages: what is quoted stays text, and what is no address of the web no link."""

import pytest
from jinja2 import UndefinedError

from bot.site.pages import Frame, render
from bot.site.views import Anchor, ClaimLine, RegisterPage

LINE = ClaimLine("c", "claims/c.html", "S", "W, 2023", "asserted", "asserted", 0, "no story yet", None)


def page(words: str = "words", url: str = "") -> str:
    """Return a page of the register whose title is quoted, with a link in its trail."""
    frame = Frame("claims/page.html", words, (Anchor(words, url=url),))
    return render("register.html", frame, RegisterPage(words, "", "", (LINE,), (), ())).decode()


def test_what_is_quoted_stays_text() -> None:
    """A headline with markup in it is shown as it was written."""
    html = page('<script>alert("x")</script>')

    assert "<script>alert" not in html
    assert "<h1>&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;</h1>" in html


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://news.example/a?b=1&c=2", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//news.example/a", False),
        ("http://[", False),
    ],
)
def test_only_addresses_of_the_web_are_links(url: str, linked: bool) -> None:
    """Anything but http and https is shown as words, and a link vouches for nothing."""
    html = page(url=url)

    assert (f'href="{url.replace("&", "&amp;")}" rel="noopener noreferrer nofollow"' in html) is linked
    assert linked or "<li><span>words</span></li>" in html


def test_a_page_finds_the_root_from_where_it_stands() -> None:
    """Assets and other pages are found by the way up, so that a page opens from a file too."""
    assert 'href="../assets/site.css"' in page()


def test_a_view_without_a_field_is_a_mistake() -> None:
    """What a template names and a view does not have is an error, and not silently nothing."""
    with pytest.raises(UndefinedError):
        render("register.html", Frame("register.html", "Register"), Anchor("no page of the register"))
