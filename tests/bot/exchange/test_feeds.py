"""Alerts as Atom and RSS: what a feed reader gets."""

import re
from dataclasses import replace

import feedparser
import pytest

from bot.exchange.feeds import Channel, Told, atom, rss
from claims.model import Alert, Correction, Reason
from claims.outgoing import Briefing
from tests.support import build

CHANNEL = Channel("alerts", "Alerts", "What was told.", build.at(60))
HOSTILE = "<script>alert(1)</script> ]]> & \x00\x0b\ud800<b>A “quoted” ship</b> @everyone"


def told(title="Sample ship leaves Rason", *, page="", revised_at=None, url=None, **changes):
    """Return an alert about one story of that headline."""
    member = build.member(title, **({"url": url} if url else {}))
    event = build.event(member)
    alert = Alert(
        key=f"alert-{event.id}",
        event_id=event.id,
        reason=Reason.NEW_EVENT,
        headline=title,
        links=member.reading.evidence,
        raised_at=build.NOW,
    )
    alert = replace(alert, **changes)
    claims = (build.claim(),) if alert.links else ()
    return Told(Briefing(alert, event, claims), revised_at, page)


@pytest.mark.parametrize("write", [atom, rss])
def test_an_entry_keeps_its_id_and_says_when_it_changed(write):
    """A reader sees an alert once, with its dates, and as changed where its revision did."""
    first = feedparser.parse(write([told()], CHANNEL, "1"))
    later = feedparser.parse(write([told(revision=1, revised_at=build.at(5))], CHANNEL, "1"))

    assert not first.bozo, first.get("bozo_exception")
    (was,), (now,) = first.entries, later.entries
    assert was.id == now.id
    assert re.fullmatch(r"tag:claimwatch\.invalid,2026:alerts/alert-\w+", was.id)
    assert (was.published_parsed[3:5], was.updated_parsed[3:5]) == ((11, 13), (11, 13))
    assert (now.published_parsed[3:5], now.updated_parsed[3:5]) == ((11, 13), (11, 18))
    assert was.tags[0].term == "containers-2023"


@pytest.mark.parametrize("write", [atom, rss])
def test_what_a_feed_wrote_stays_words(write):
    """A hostile headline is text in every reader, and what XML cannot hold is left out."""
    body = write([told(HOSTILE, url="javascript:alert(1)")], CHANNEL, "1")
    (entry,) = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False).entries

    assert b"<script>" not in body
    assert "alert(1)" in entry.title
    assert "<script>" not in (entry.get("content") or [entry.summary_detail])[0].value
    assert "javascript:" not in entry.get("link", "")


@pytest.mark.parametrize("write", [atom, rss])
def test_corrections_and_ends_are_said(write):
    """What was taken back is said where it was told: in the same entry."""
    correction = Correction("story", was=build.figure(), now=build.figure(12_000))
    corrected = told(correction=correction, revision=1)
    withdrawn = told("Another sample", links=(), revision=2)
    first, second = feedparser.parse(write([corrected, withdrawn], CHANNEL, "1")).entries

    assert first.title.startswith("CORRECTED")
    assert second.title == "WITHDRAWN: Another sample"


@pytest.mark.parametrize(("write", "name"), [(atom, "alerts.atom"), (rss, "alerts.rss")])
def test_links_lead_to_the_site_where_it_has_an_address(write, name):
    """A published site's feed names itself and its pages; one that is read from files leads to stories."""
    home = "https://claims.sample.example/"
    channel = replace(CHANNEL, home=home, own=home + name)
    found = feedparser.parse(write([told(page=home + "events/1.html")], channel, "1"))
    bare = feedparser.parse(write([told()], CHANNEL, "1"))

    assert found.entries[0].link == home + "events/1.html"
    assert {each.rel: each.href for each in found.feed.links} == {"self": home + name, "alternate": home}
    assert found.entries[0].id.startswith("tag:claims.sample.example,2026:")
    assert bare.entries[0].link == told().briefing.event.members[0].story.url


@pytest.mark.parametrize("write", [atom, rss])
def test_an_empty_feed_is_a_feed(write):
    """Where nothing was told yet, a reader can follow already."""
    found = feedparser.parse(write([], CHANNEL, "1"))

    assert not found.bozo
    assert found.entries == []
    assert found.feed.updated_parsed[3] == 12
