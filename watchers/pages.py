"""Web pages as trees: broken markup is mended, nothing is loaded, and depth and sizes are libxml2's.

A hostile page can still take its time, so the bot reads pages in `watchers.apart`.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree, html
from lxml.html import HtmlElement

from claims.text import plain_text
from watchers.decode import decode
from watchers.stories import absolute

MAX_LINKS = 3_000
"""Links of one page that are looked at; the longest lists of press releases have some hundred."""
MAX_WORDS = 20_000
"""Characters of markup that are looked at for the words of one element."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_BINARY = re.compile("[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]")  # MIME Sniffing standard, 3: binary data bytes
_PDF = b"%PDF-"
_PRESCAN = 1_024  # bytes in which a page declares its encoding (HTML standard, 4.2.5.4)


def page_tree(body: bytes, content_type: str | None, language: str) -> HtmlElement | None:
    """Return the root of a page, or None where it holds no element, as a picture or a PDF does not.

    Args:
        body: the page.
        content_type: the whole header, of which only the charset counts; where it names none, the page's
            own `<meta charset>` does.
        language: ISO 639-1, for pages that declare nothing.

    """
    declared = _CHARSET.search(body[:_PRESCAN])
    if declared and "charset" not in (content_type or "").lower():
        content_type = f"text/html; charset={declared[1].decode('ascii', 'ignore')}"
    text = decode(body, content_type, language)
    if body.startswith(_PDF) or _BINARY.search(text, 0, _PRESCAN):
        return None
    text = text.replace("\0", "")
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return None


def base_of(tree: HtmlElement, url: str) -> str:
    """Return what the relative links of a page are relative to."""
    named = next((base.get("href", "") for base in tree.iter("base")), "")
    return absolute(url, named) or url


def links(tree: HtmlElement, base_url: str) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the first `MAX_LINKS` links of a page with their absolute addresses, in its order."""
    for number, element in enumerate(tree.iter("a", "area")):
        if number == MAX_LINKS:
            return
        if address := absolute(base_url, element.get("href", "")):
            yield element, address


def words(element: HtmlElement) -> str:
    """Return the words of an element on one line."""
    markup = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return plain_text(markup[:MAX_WORDS])


def title(tree: HtmlElement) -> str:
    """Return what a page is called: as it is shared, by its only main heading, or in its window."""
    for meta in tree.iter("meta"):
        if meta.get("property") == "og:title" and (shared := plain_text(meta.get("content", ""))):
            return shared
    headings = [heading for element in tree.iter("h1") if (heading := words(element))]
    if len(headings) == 1:
        return headings[0]
    return next((words(element) for element in tree.iter("title")), "")


def canonical(tree: HtmlElement, url: str) -> str | None:
    """Return the address that a page gives as its own (RFC 6596), or None.

    Only one of the same site counts, and the home page does not: templates name it on every page.
    """
    for element in tree.iter("link"):
        if "canonical" in element.get("rel", "").lower().split():
            named = absolute(base_of(tree, url), element.get("href", ""))
            if named and same_site(named, url) and urlsplit(named).path.strip("/"):
                return named
    return None


def same_site(one: str, other: str) -> bool:
    """Say whether two web addresses are of one site: the same host, or one within the other."""
    hosts = [(urlsplit(url).hostname or "").removeprefix("www.") for url in (one, other)]
    within, without = sorted(hosts, key=len, reverse=True)
    return within == without or within.endswith(f".{without}")
