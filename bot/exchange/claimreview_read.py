"""Claims and reviews of schema.org's ClaimReview, as fact-checkers publish it and as an export writes it.

It is read in the compact form with schema.org's own names, as search engines want it (JSON-LD with another
`@context` is not). A tracked claim gets the reports and the reviews that a file brings; the rest of it stays.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from bot.exchange.brought import Brought, Register, claims_of_documents
from bot.exchange.claimreview_file import CLAIMS, OURS, STORIES
from claims.errors import ExchangeError
from claims.seeding import tag
from claims.text import fold, one_line

_Node = Mapping[str, object]


def read_claimreview(root: object, where: str, register: Register) -> Brought:
    """Return the claims of a document of JSON-LD; see `bot.exchange.brought.Read`."""
    nodes = list(_nodes(root))
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    reading = _Reading(by_id)
    for node in nodes:
        if _is(node, "ClaimReview"):
            reading.review(node)
        elif _is(node, "Claim"):
            reading.claim(node)
    if not reading.found:
        named = "Name JSON-LD as fact-checkers publish it; STIX is written, never read"
        raise ExchangeError(f"{where}: holds no ClaimReview\n{named}")
    documents = [(f"{where}: claim {n}", values) for n, values in enumerate(reading.found.values(), start=1)]
    claims = claims_of_documents(documents, register, [])
    lost = tuple(dict.fromkeys(reading.lost))
    return Brought(claims, carries=frozenset(), adds=frozenset(("sources", "reviews")), lost=lost)


class _Reading:
    """The claims of a document by what they say, so that two reviews of one claim are of one."""

    def __init__(self, by_id: Mapping[str, _Node]) -> None:
        self._by_id = by_id
        self.found: dict[str, dict[str, object]] = {}
        self.lost: list[str] = []

    def claim(self, node: _Node, said: str = "", day: str = "") -> dict[str, object]:
        """Return the document of a claim; what its node does not say is `said` on `day`."""
        statement = one_line(_text(node.get("text")) or said or _text(node.get("name")))
        known = self.found.get(fold(statement))
        if known is not None:
            return known
        values: dict[str, object] = {"statement": statement}
        on = _text(node.get("datePublished"))
        if not on and day:
            self.lost.append(f"“{statement[:60]}”: the day of its review stands for the day it was said")
        reports = [self._node(each) for key in ("firstAppearance", "appearance") for each in _each(node, key)]
        given = {
            "id": _text(node.get("identifier")) if str(node.get("@id", "")).startswith(CLAIMS) else "",
            "said_by": _text(self._node(_first(node, "author")).get("name")),
            "said_on": on or day,
            "tags": list(self._tags(node)),
            "source": [found for each in reports if (found := self._report(each))],
        }
        values |= {key: value for key, value in given.items() if value}
        self.found[fold(statement)] = values
        return values

    def review(self, node: _Node) -> None:
        """Keep what a fact-checker says of a claim; what we say of one is not a fact-checker's."""
        item = self._node(_first(node, "itemReviewed"))
        day = _text(node.get("datePublished"))
        claim = self.claim(item, _text(node.get("claimReviewed")), day)
        author = _first(node, "author")
        if isinstance(author, Mapping) and author.get("@id") == OURS:
            return
        rating = self._node(_first(node, "reviewRating"))
        given = {
            "reviewer": _text(self._node(author).get("name")) or (author if isinstance(author, str) else ""),
            "rating": _text(rating.get("alternateName")) or _rated(rating),
            "url": _text(node.get("url")),
            "day": day,
            "title": _text(node.get("name")) or _text(node.get("headline")),
        }
        reviews = claim.setdefault("review", [])
        if isinstance(reviews, list):
            reviews.append({key: value for key, value in given.items() if value})
        if _text(node.get("reviewBody")):
            self.lost.append("reviewBody: of a review its rating, title and address are kept")

    def _report(self, node: _Node) -> dict[str, object]:
        """Return a report in which a claim appeared; a story of an export is evidence, which feeds bring."""
        if str(node.get("@id", "")).startswith(STORIES):
            self.lost.append("appearance: stories come from feeds alone")
            return {}
        url = _text(node.get("url")) or (
            str(node["@id"]) if str(node.get("@id", "")).startswith("http") else ""
        )
        by = self._node(_first(node, "publisher") or _first(node, "author"))
        given = {
            "title": _text(node.get("headline")) or _text(node.get("name")) or url,
            "outlet": _text(by.get("name")) or _host(url),
            "day": _text(node.get("datePublished")),
            "url": url,
        }
        return {key: value for key, value in given.items() if value}

    def _tags(self, node: _Node) -> Iterator[str]:
        for each in _each(node, "keywords"):
            for words in _text(each).split(","):
                word = fold(words).replace(" ", "-")
                try:
                    if word:
                        yield tag(word)
                except ValueError:
                    self.lost.append(f"keywords: “{words[:60]}” is no tag: letters a to z, digits, hyphens")

    def _node(self, value: object) -> _Node:
        """Return a node where it is written, or the one that its `@id` or the address in its place names."""
        if isinstance(value, Mapping):
            return self._by_id.get(str(value.get("@id")), value)
        if isinstance(value, str):
            return self._by_id.get(value, {"url": value} if value.startswith("http") else {"name": value})
        return {}


def _nodes(root: object) -> Iterator[_Node]:
    if isinstance(root, list):
        for each in root:
            yield from _nodes(each)
    elif isinstance(root, dict):
        if "@graph" in root:
            yield from _nodes(root["@graph"])
        else:
            yield root


def _is(node: _Node, kind: str) -> bool:
    return kind in _each(node, "@type")


def _each(node: _Node, key: str) -> list[object]:
    value = node.get(key)
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(node: _Node, key: str) -> object:
    return next(iter(_each(node, key)), None)


def _text(value: object) -> str:
    if isinstance(value, list):
        value = next(iter(value), "")
    if isinstance(value, Mapping):
        value = value.get("@value")
    return one_line(str(value)) if isinstance(value, str | int | float) else ""


def _rated(rating: _Node) -> str:
    """Return a rating that has no words: `2 of 1 to 5`."""
    value, best, worst = (_text(rating.get(key)) for key in ("ratingValue", "bestRating", "worstRating"))
    return f"{value} of {worst or '1'} to {best}" if value and best else value


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
