"""The article of a web page."""

import pytest

from tests.support.articles import PARAGRAPHS, article_page
from watchers.article import installed, read_article
from watchers.document import ParseError
from watchers.stories import MAX_SUMMARY, MAX_TITLE

pytestmark = pytest.mark.skipif(not installed(), reason="the extra full-text is not installed")

URL = "https://herald.example/n/77"


@pytest.mark.parametrize(
    ("language", "encoding"), [("en", "utf-8"), ("ko", "utf-8"), ("ko", "cp949"), ("ru", "cp1251")]
)
def test_the_article_is_read_without_what_surrounds_it(language: str, encoding: str) -> None:
    """All its paragraphs on one line, and nothing of navigation, other headlines or footer."""
    page = article_page("Sample & vessels", language=language).replace("utf-8", encoding)

    article = read_article(page.encode(encoding), content_type="text/html", url=URL, language="en")

    assert article.title == "Sample & vessels"
    assert all(paragraph in article.text for paragraph in PARAGRAPHS[language])
    assert "\n" not in article.text
    assert not any(word in article.text for word in ("Subscribe", "Weather", "rights"))


def test_a_page_may_name_its_own_address() -> None:
    """The canonical address of the page is the article's."""
    page = article_page(canonical="https://herald.example/news/sample-vessels")
    article = read_article(page.encode(), content_type=None, url=URL, language="en")

    assert article.url == "https://herald.example/news/sample-vessels"


def test_a_long_article_is_cut() -> None:
    """Title and text have the bounds of every story."""
    page = article_page("Rason " * 200).replace(
        "</article>", f"<p>{'many words follow ' * 2_000}</p></article>"
    )
    article = read_article(page.encode(), content_type=None, url=URL, language="en")

    assert MAX_SUMMARY - 20 < len(article.text) <= MAX_SUMMARY
    assert len(article.title) <= MAX_TITLE


@pytest.mark.parametrize("page", ["", "<html><body></body></html>", "<nav><a href='/'>Home</a></nav>"])
def test_a_page_without_an_article_says_so(page: str) -> None:
    """Where nothing is found the story keeps what the feed gave."""
    with pytest.raises(ParseError, match=r"no article|not a web page"):
        read_article(page.encode(), content_type=None, url=URL, language="en")
