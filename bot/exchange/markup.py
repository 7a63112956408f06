"""A card as HTML, and text as XML can hold it: readers of feeds show what a feed brings as a page."""

import re
from collections.abc import Iterator

from lxml import etree

from bot.card import Card, Line, Link, Marked, Quote, Strong
from bot.render.link import web_address

# https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAGS: dict[type, str] = {Strong: "strong", Quote: "q", Marked: "mark"}


def xml_text(words: str) -> str:
    """Return words without the characters that XML cannot hold."""
    return _NOT_XML.sub("", words)


def card_html(card: Card) -> str:
    """Return the lines and the fields of a card as HTML; its title stands elsewhere."""
    parts = [_line("p", line) for line in card.lines]
    if card.fields:
        listed = etree.Element("dl")
        for each in card.fields:
            etree.SubElement(listed, "dt").text = xml_text(each.name)
            listed.append(_line("dd", each.value))
        parts.append(listed)
    return "".join(etree.tostring(part, method="html", encoding="unicode") for part in parts)


def _line(tag: str, line: Line) -> etree._Element:
    element = etree.Element(tag)
    last: etree._Element | None = None
    for words, inner in _spans(line):
        if inner is not None:
            element.append(inner)
            last = inner
        elif last is None:
            element.text = (element.text or "") + words
        else:
            last.tail = (last.tail or "") + words
    return element


def _spans(line: Line) -> Iterator[tuple[str, etree._Element | None]]:
    for span in line:
        words = xml_text(span if isinstance(span, str) else span.words)
        url = web_address(span.url) if isinstance(span, Link) else None
        tag = "a" if url else _TAGS.get(type(span))
        if tag is None:
            yield words, None
            continue
        inner = etree.Element(tag, {"href": url} if url else {})
        inner.text = words
        yield words, inner
