"""OPML, the list of feeds that feed readers give each other, in and out.

Versions 1.0 and 2.0 (https://opml.org/spec2.opml) and what readers make of them. What the two have no word
for, such as the reliability of a source, stands in attributes of a namespace of our own, which the second
allows and other readers pass over.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree

from claims.errors import OpmlError, UsageError
from claims.feeds import Feed, FeedStatus
from claims.seeding import feed_of_words, words_of_feed
from claims.text import canonical_url, one_line

MAX_BYTES = 4 * 1024 * 1024
"""Of a file: room for some 10,000 feeds with all that we write about them."""
MAX_FEEDS = 10_000
"""Of a file: as many as the bot is built for."""
NAMESPACE = "urn:x-claimwatch:feeds"
"""Of our own attributes."""

_OWN = ("source", "family", "reliability", "state_media", "interval_minutes", "kind", "full_text", "links")
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE)
# https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedList:
    """What a file lists."""

    feeds: tuple[Feed, ...]
    """In the order of the file, each address once."""
    skipped: tuple[str, ...]
    """What could not be used and why, a line each, in the order of the file."""


def read_opml(body: bytes, where: str) -> FeedList:
    """Return the feeds of an OPML file, those of folders within folders too.

    Args:
        body: the file.
        where: what it is called in errors.

    Raises:
        OpmlError: it is no OPML, it is larger than `MAX_BYTES`, or no feed of it can be used.

    """
    root = _root(body, where)
    feeds: dict[str, Feed] = {}
    skipped: list[str] = []
    for outline in root.iter("{*}outline"):
        values = {str(name).casefold(): str(value).strip() for name, value in outline.attrib.items()}
        place = f"{where}: line {outline.sourceline}"
        if not values.get("xmlurl"):
            # A folder, or what is no feed at all: a link, a note, another list.
            if not len(outline):
                skipped.append(f"{place}: {_called(values)} names no feed: it has no xmlUrl")
            continue
        try:
            feed = _feed(values, place)
        except UsageError as mistake:
            skipped.append(str(mistake))
            continue
        if feeds.setdefault(canonical_url(feed.url), feed) is not feed:
            skipped.append(f"{place}: {_called(values)} stands in the file before: {feed.url}")
        if len(feeds) > MAX_FEEDS:
            raise OpmlError(f"{where} lists more than {MAX_FEEDS:,} feeds\nGive them in several files")
    if not feeds:
        raise OpmlError("\n".join([f"{where} lists no feed that can be used", *skipped]))
    return FeedList(tuple(feeds.values()), tuple(skipped))


def write_opml(statuses: Sequence[FeedStatus]) -> str:
    """Return feeds as OPML 2.0, in the order given; read again, each is as it was."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"claimwatch": NAMESPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Feeds of Claimwatch"
    body = etree.SubElement(root, "body")
    for status in statuses:
        etree.SubElement(body, "outline", _attributes(status.feed))
    text: str = etree.tostring(root, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'


def _root(body: bytes, where: str) -> etree._Element:
    if len(body) > MAX_BYTES:
        raise OpmlError(f"{where} is larger than {MAX_BYTES // 2**20} MiB\nGive its feeds in several files")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        # Some readers write an empty line before the declaration, where XML allows none.
        root = etree.fromstring(body.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        told = one_line(error.msg or "it is empty").partition(", line ")[0]
        raise OpmlError(
            f"{where}: line {error.lineno or 1}: not well-formed XML: {told}\n"
            "Export it anew; an & in an address has to be written &amp;"
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise OpmlError(f"{where} brings a document type of its own\nTake the line <!DOCTYPE ...> out")
    if etree.QName(root).localname.casefold() != "opml":
        raise OpmlError(
            f"{where} is no OPML: it begins with <{one_line(etree.QName(root).localname)[:60]}>\n"
            "Name a list of feeds that a feed reader exported; a single feed is added by its own address"
        )
    return root


def _feed(values: Mapping[str, str], place: str) -> Feed:
    url = _address(values["xmlurl"])
    language = _LANGUAGE.fullmatch(values.get("language", ""))
    given = {
        "url": url,
        "title": values.get("title") or values.get("text") or _host(url),
        "language": language[1].lower() if language else "und",
    }
    own = {key: values[name] for key in _OWN if (name := f"{{{NAMESPACE}}}{key}") in values}
    return feed_of_words({**given, **own}, place)


def _address(url: str) -> str:
    """Return a web address out of one that asks to be opened in a reader: `feed://` or `feed:https://`."""
    bare = url.removeprefix("feed:")
    return f"http:{bare}" if bare.startswith("//") else bare


def _called(values: Mapping[str, str]) -> str:
    words = one_line(values.get("title") or values.get("text") or "")
    return f"“{words[:60]}”" if words else "an outline"


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


def _attributes(feed: Feed) -> dict[str, str]:
    words = words_of_feed(feed)
    plain = {
        "type": "rss",
        "text": feed.title,
        "title": feed.title,
        "xmlUrl": feed.url,
        "language": feed.language,
    }
    named = {**plain, **{f"{{{NAMESPACE}}}{key}": words[key] for key in _OWN}}
    return {name: _NOT_XML.sub("", value) for name, value in named.items() if value}
