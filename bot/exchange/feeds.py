"""Alerts as feeds for feed readers: Atom 1.0 (RFC 4287) and RSS 2.0 (rssboard.org/rss-specification).

An entry is one alert for good: it keeps its id, and what becomes of the alert (another outlet, a correction,
its end) is told by the same entry, updated.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from lxml import etree

from bot.card import Card
from bot.exchange.markup import card_html, xml_text
from bot.exchange.model import MAKER, NOBODYS, iso, tag
from bot.language import spoken
from bot.present import alert_card
from bot.render.link import web_address
from claims.outgoing import Briefing

ATOM = "http://www.w3.org/2005/Atom"
ATOM_NAME = "alerts.atom"
RSS_NAME = "alerts.rss"
MOST = 100
"""Alerts that a feed need hold at most: readers come often, and ask for all of it each time."""


@dataclass(frozen=True, slots=True)
class Told:
    """An alert as a feed tells it."""

    briefing: Briefing
    """As whoever reads the feed sees it (`claims.visibility.briefing_seen`)."""
    revised_at: datetime | None = None
    """When it last changed, or None where it stands as it was raised."""
    page: str = ""
    """The http address of its happening's page; where there is none, the entry leads to the story."""

    @property
    def updated_at(self) -> datetime:
        """Return since when it reads as it does."""
        return self.revised_at or self.briefing.alert.raised_at


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed of alerts."""

    name: str
    """Of its own among all feeds, and never changed, since its id is made of it: `alerts`, `claims/ID`."""
    title: str
    about: str
    """One sentence."""
    updated_at: datetime
    """When it was last looked for alerts; says when the feed changed where it holds none."""
    home: str = ""
    """The http address of the page that shows the same; empty where it is read from files."""
    own: str = ""
    """The http address of the feed itself, or empty."""


def atom(told: Iterable[Told], channel: Channel, version: str) -> bytes:
    """Return alerts, newest first, as an Atom feed in the language that is spoken.

    Args:
        told: the alerts, the newest first.
        channel: the feed.
        version: of Claimwatch.

    """
    alerts = tuple(told)
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", spoken())
    _add(root, "id", _id(channel, channel.name))
    _add(root, "title", channel.title)
    _add(root, "subtitle", channel.about)
    _add(root, "updated", iso(_updated(alerts, channel)))
    _add(_add(root, "author"), "name", MAKER)
    _add(root, "generator", MAKER).set("version", version)
    for rel, url, kind in (
        ("self", channel.own, "application/atom+xml"),
        ("alternate", channel.home, "text/html"),
    ):
        if link := web_address(url):
            _add(root, "link").attrib.update({"rel": rel, "type": kind, "href": link})
    for each in alerts:
        alert, card = each.briefing.alert, _card(each)
        entry = _add(root, "entry")
        _add(entry, "id", _id(channel, f"alerts/{alert.key}"))
        _add(entry, "title", _title(card)).set("type", "text")
        _add(entry, "published", iso(alert.raised_at))
        _add(entry, "updated", iso(each.updated_at))
        if link := _leads(each, card):
            _add(entry, "link").attrib.update({"rel": "alternate", "href": link})
        for claim in dict.fromkeys(each.claim_id for each in alert.links):
            _add(entry, "category").set("term", xml_text(claim))
        _add(entry, "content", card_html(card)).set("type", "html")
    return _written(root)


def rss(told: Iterable[Told], channel: Channel, version: str) -> bytes:
    """Return the same alerts as RSS 2.0, which has no word for when an item was updated: Atom's stands in.

    The arguments are those of `atom`.
    """
    alerts = tuple(told)
    root = etree.Element("rss", {"version": "2.0"}, nsmap={"atom": ATOM})
    body = etree.SubElement(root, "channel")
    updated = format_datetime(_updated(alerts, channel).astimezone(UTC))
    for name, words in (
        ("title", channel.title),
        ("link", web_address(channel.home) or _id(channel, channel.name)),
        ("description", channel.about),
        ("language", spoken()),
        ("lastBuildDate", updated),
        ("generator", f"{MAKER} {version}"),
        ("docs", "https://www.rssboard.org/rss-specification"),
    ):
        etree.SubElement(body, name).text = xml_text(words)
    if own := web_address(channel.own):
        attributes = {"rel": "self", "type": "application/rss+xml", "href": own}
        _add(body, "link").attrib.update(attributes)
    for each in alerts:
        alert, card = each.briefing.alert, _card(each)
        item = etree.SubElement(body, "item")
        etree.SubElement(item, "title").text = xml_text(_title(card))
        if link := _leads(each, card):
            etree.SubElement(item, "link").text = link
        etree.SubElement(item, "description").text = xml_text(card_html(card))
        for claim in dict.fromkeys(each.claim_id for each in alert.links):
            etree.SubElement(item, "category").text = xml_text(claim)
        etree.SubElement(item, "guid", {"isPermaLink": "false"}).text = _id(channel, f"alerts/{alert.key}")
        etree.SubElement(item, "pubDate").text = format_datetime(alert.raised_at.astimezone(UTC))
        _add(item, "updated", iso(each.updated_at))
    return _written(root)


def _card(told: Told) -> Card:
    return alert_card(told.briefing, "UTC")


def _title(card: Card) -> str:
    return f"{card.heading}: {card.title}" if card.heading else card.title


def _leads(told: Told, card: Card) -> str | None:
    return web_address(told.page) or web_address(card.url or "")


def _id(channel: Channel, what: str) -> str:
    return tag(what, urlsplit(channel.home).hostname or NOBODYS)


def _updated(alerts: Sequence[Told], channel: Channel) -> datetime:
    return max((each.updated_at for each in alerts), default=channel.updated_at)


def _add(parent: etree._Element, name: str, words: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = None if words is None else xml_text(words)
    return element


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
