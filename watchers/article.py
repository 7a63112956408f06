"""The article of a web page, found by trafilatura.

That library takes half a second to import: this is done when the first page is read, in the process that
reads it (`watchers.apart`).
"""

from dataclasses import dataclass
from importlib.util import find_spec

from claims.text import one_line
from watchers import pages
from watchers.document import ParseError
from watchers.stories import MAX_SUMMARY, MAX_TITLE

SHORTEST = 100
"""Characters of an article; less is a notice (`Please enable JavaScript`) or what navigation says."""


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says."""

    title: str
    """At most `MAX_TITLE` characters; may be empty."""
    text: str
    """On one line, `SHORTEST` to `MAX_SUMMARY` characters."""
    url: str | None
    """The address that the page gives as its own (`watchers.pages.canonical`)."""


def installed() -> bool:
    """Say whether the extra `full-text` is."""
    return find_spec("trafilatura") is not None


def read_article(body: bytes, *, content_type: str | None, url: str, language: str) -> Article:
    """Return the article of a page.

    Args:
        body: the page.
        content_type: the whole header, of which only the charset counts.
        url: where the page came from.
        language: of its feed (ISO 639-1), for pages that declare no encoding.

    Raises:
        ParseError: it is no web page, or holds no article.

    """
    from trafilatura import extract

    tree = pages.page_tree(body, content_type, language)
    if tree is None:
        raise ParseError("the answer is not a web page")
    title, own = pages.title(tree), pages.canonical(tree, url)
    text = one_line(extract(tree, include_comments=False) or "").removeprefix(title).lstrip()
    if len(text) < SHORTEST:
        raise ParseError("the page holds no article")
    return Article(title[:MAX_TITLE].rstrip(), text[:MAX_SUMMARY].rstrip(), own)
