"""A web page whose links are stories: a ministry's list of press releases."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from lxml.html import HtmlElement

from claims.feeds import Feed, Wishes
from claims.text import canonical_url, plain_text
from watchers import pages
from watchers.dates import moment
from watchers.document import Document, Entry, ParseError
from watchers.kinds.days import day_in, day_of_address
from watchers.kinds.links import looks_like_story, matches

MAX_STORIES = 200
"""The first of a page, the newest as such pages have it; a list shows 10 to 50."""
SHORTEST_HEADLINE = 10
"""Characters of a headline where no `links` say which addresses are stories: `Contact`, `2025` are none."""
SHORTEST_LEAD = 40
"""Characters of a paragraph that says more than a day or an office."""

# What stands on every page: by HTML-AAM 1.0, and by the names that sites give it.
_SECTIONS = ("article", "aside", "main", "nav", "section")
_NAVIGATION_ROLES = frozenset(("banner", "contentinfo", "menu", "menubar", "navigation", "search"))
_NAVIGATION_NAMES = frozenset(
    (
        "breadcrumb", "breadcrumbs", "footer", "gnb", "lnb", "menu", "nav", "navbar", "navigation",
        "pager", "pagination", "paging", "sidebar", "snb",
    )
)  # fmt: skip
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NO_ROWS = frozenset(("body", "dl", "html", "main", "ol", "table", "tbody", "ul"))
_CUT = ("...", "…")


@dataclass(slots=True)
class _Found:
    """A story: every link of the page to its address."""

    address: str
    links: list[HtmlElement] = field(default_factory=list)


def read_page(body: bytes, feed: Feed, *, content_type: str | None, base_url: str) -> Document:
    """Return the stories that a page lists, in its order.

    Stories are the addresses that `Feed.links` stands for, or else those that look like one
    (`looks_like_story`, with a headline of `SHORTEST_HEADLINE`); links of navigation never are. The headline
    is a heading's where there is one, else the longest words of its links.

    Raises:
        ParseError: no link of it is a story; a page that was made anew must not pass for a silent one.

    """
    tree = pages.page_tree(body, content_type, feed.language)
    if tree is None:
        raise ParseError("the answer is not a web page")
    language, name = tree.get("lang", ""), pages.title(tree)
    base = pages.base_of(tree, base_url)
    _drop_navigation(tree)
    found = _found(tree, base, feed.links)
    rows = _Rows(found)
    entries = tuple(_entry(story, rows, feed.language) for story in found)
    if feed.links is None:
        entries = tuple(entry for entry in entries if len(entry.title) >= SHORTEST_HEADLINE)
    if not entries:
        which = "looks like a story; name its stories with links" if feed.links is None else "fits its links"
        raise ParseError(f"no link on the page {which}: was it made anew?")
    return Document(entries, language, Wishes(), name)


def _drop_navigation(tree: HtmlElement) -> None:
    for element in list(tree.iter()):
        if element.getparent() is not None and _navigates(element):
            element.drop_tree()


def _navigates(element: HtmlElement) -> bool:
    """Say whether an element is what HTML-AAM calls a landmark other than the content."""
    if element.tag in ("body", "main", "article"):
        return False
    if element.tag in ("header", "footer"):
        return next(element.iterancestors(*_SECTIONS), None) is None
    name = element.get("id", "").lower()
    names = {*element.get("class", "").lower().split(), name}
    return (
        element.tag == "nav"
        or name == "header"  # as a class it is often that of a headline
        or element.get("role", "").lower() in _NAVIGATION_ROLES
        or not names.isdisjoint(_NAVIGATION_NAMES)
    )


def _found(tree: HtmlElement, base_url: str, pattern: str | None) -> list[_Found]:
    found: dict[str, _Found] = {}
    own = canonical_url(base_url)
    for element, address in pages.links(tree, base_url):
        key = canonical_url(address)
        wanted = matches(pattern, address, base_url) if pattern else looks_like_story(address, base_url)
        if wanted and key != own and (key in found or len(found) < MAX_STORIES):
            found.setdefault(key, _Found(address)).links.append(element)
    return list(found.values())


class _Rows:
    """Which part of the page is about which story alone."""

    def __init__(self, found: list[_Found]) -> None:
        self._about: dict[HtmlElement, _Found | None] = {}
        for story in found:
            for link in story.links:
                for element in chain((link,), link.iterancestors()):
                    if self._about.setdefault(element, story) is not story:
                        self._about[element] = None

    def row(self, story: _Found) -> HtmlElement:
        """Return the largest element round a story's first link that leads to no other."""
        row = story.links[0]
        for element in row.iterancestors():
            if self._about[element] is not story or element.tag in _NO_ROWS:
                break
            row = element
        return row

    def beside(self, row: HtmlElement) -> Iterator[HtmlElement]:
        """Yield what follows a row up to the next story; before a `<dd>`, what it is the description of."""
        for element in row.itersiblings(preceding=row.tag == "dd"):
            if element in self._about:
                return
            yield element


def _entry(story: _Found, rows: _Rows, language: str) -> Entry:
    row = rows.row(story)
    title = _headline(story, row)
    leads = (pages.words(paragraph) for paragraph in row.iter("p"))
    day = _day([row, *rows.beside(row)], title, language) or day_of_address(story.address)
    return Entry(
        title=title,
        summary=" ".join(lead for lead in leads if len(lead) >= SHORTEST_LEAD and lead != title),
        link=story.address,
        dates=(day.isoformat(),) if day else (),
    )


def _day(places: list[HtmlElement], title: str, language: str) -> datetime | None:
    """Return the date that a page marks as one, else the first that stands in it outside of the headline."""
    for time in chain.from_iterable(place.iter("time") for place in places):
        if marked := moment(time.get("datetime", "")):
            return marked
    texts = (pages.words(place).replace(title, " ") for place in places)
    return next(filter(None, (day_in(text, language) for text in texts)), None)


def _headline(story: _Found, row: HtmlElement) -> str:
    """Return the words of the heading in or round a link, else in the row, else the longest of the links."""
    headings = (
        heading
        for link in story.links
        for heading in chain(link.iter(*_HEADINGS), link.iterancestors(*_HEADINGS))
    )
    for heading in chain(headings, row.iter(*_HEADINGS)):
        if text := pages.words(heading):
            return text
    return max((_said(link) for link in story.links), key=len)


def _said(link: HtmlElement) -> str:
    """Return the words of a link, in full where they are cut and its title is not."""
    text, title = pages.words(link), plain_text(link.get("title", ""))
    return title if not text or (text.endswith(_CUT) and len(title) > len(text)) else text
