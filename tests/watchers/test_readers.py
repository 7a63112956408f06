"""The readers of the chain: the fast one, the tolerant one behind it, and the one for JSON."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.feeds import Wishes
from tests.support.build import NOW, feed
from tests.support.feed_server import item, rss
from watchers import fast, json_feed, tolerant
from watchers.document import Damaged, Document, Entry, ParseError
from watchers.markup import MAX_ENTRIES, mended, parted, prepared
from watchers.parse import checked, parse

WHOLE = rss(item("One", "https://outlet.example/1"), item("Two", "https://outlet.example/2"))
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{}"><channel/>{{}}</rdf:RDF>'


def read(text: str) -> Document:
    """Read a document as the chain does."""
    return checked(prepared(text))


def only(inside: str) -> Entry:
    """Return the entry that an RSS document with these children gives."""
    [entry] = read(f"<rss><channel><item>{inside}</item></channel></rss>").entries
    return entry


@pytest.mark.parametrize(
    "document",
    [
        '<rss version="0.91"><channel>{}</channel></rss>',
        '<rss version="0.92"><channel>{}</channel></rss>',
        '<rss version="2.0" xmlns="http://backend.userland.com/rss2"><channel>{}</channel></rss>',
        RDF.format("http://my.netscape.com/rdf/simple/0.9/"),
        RDF.format("http://purl.org/rss/1.0/"),
        "<rss><channel>{}</channel></rss>",
        "<RSS><CHANNEL>{}</CHANNEL></RSS>",
        '<rss xmlns:x="urn:sample"><x:channel>{}</x:channel></rss>',
    ],
)
def test_every_rss_is_read(document: str) -> None:
    """From 0.90 to 2.0, with and without namespaces: title, link and summary are found."""
    inside = "<title>Sample</title><link>https://outlet.example/1</link><description>Words.</description>"
    [entry] = read(document.format(f"<item>{inside}</item>")).entries
    assert (entry.title, entry.summary, entry.link) == ("Sample", "Words.", "https://outlet.example/1")


@pytest.mark.parametrize(
    ("space", "published", "updated"),
    [
        ("http://www.w3.org/2005/Atom", "published", "updated"),
        ("http://purl.org/atom/ns#", "issued", "modified"),
    ],
)
def test_atom_is_read(space: str, published: str, updated: str) -> None:
    """Atom 1.0 and 0.3: the alternate link, the id, the dates of either, and words within tags."""
    [entry] = read(
        f'<feed xmlns="{space}" xml:base="https://outlet.example/a/"><entry xml:lang="ko">'
        '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Sample <b>ship</b></div></title>'
        '<link rel="self" href="x"/><link href="1"/><link rel="enclosure" href="y"/><id>i</id>'
        f"<{updated}>D2</{updated}><{published}>D1</{published}>"
        "<content>Words.</content><source><title>Sample Wire</title></source></entry></feed>"
    ).entries
    assert "Sample <b>ship</b>" in entry.title
    assert (entry.link, entry.base, entry.guid) == ("1", "https://outlet.example/a/", "i")
    assert entry.dates == ("D1", "D2")
    assert (entry.summary, entry.language, entry.relayed_from) == ("Words.", "ko", "Sample Wire")


@pytest.mark.parametrize(
    ("inside", "link", "guid"),
    [
        ("<guid>https://outlet.example/1</guid>", "https://outlet.example/1", "https://outlet.example/1"),
        ('<guid isPermaLink="false">https://outlet.example/1</guid>', "", "https://outlet.example/1"),
        ("<guid>20260827</guid>", "", "20260827"),
        ("<link>/1</link><guid>https://outlet.example/x</guid>", "/1", "https://outlet.example/x"),
        ('<a:link xmlns:a="http://www.w3.org/2005/Atom" href="/2"/><link>/1</link>', "/1", ""),
        ("<link><![CDATA[/1?a=1&b=2]]></link>", "/1?a=1&b=2", ""),
    ],
)
def test_a_link_is_the_page_and_a_guid_is_one_only_if_it_says_so(inside: str, link: str, guid: str) -> None:
    """A guid that is an address stands in for a missing link, and a number in it is no date."""
    entry = only(f"<title>Sample</title>{inside}")
    assert (entry.link, entry.guid, entry.dates) == (link, guid, ())


@pytest.mark.parametrize(
    ("markup", "title", "link"),
    [
        ("<title>A & B</title><link>/1?a=1&b=2&c=3</link>", "A & B", "/1?a=1&b=2&c=3"),
        ("<title>A&nbsp;B&mdash;C</title><link>/1</link>", "A&nbsp;B&mdash;C", "/1"),
        ("<title>A\x08B</title><link>/1</link>", "AB", "/1"),
        ("<dc:date>x</dc:date><title>A</title><link>/1</link>", "A", "/1"),
        ("<title><![CDATA[A & <b>B</b>]]> &</title><link>/1</link>", "A & <b>B</b> &", "/1"),
    ],
)
def test_what_is_not_well_formed_loses_nothing(markup: str, title: str, link: str) -> None:
    """Bare ampersands, HTML's entities, control characters and unknown prefixes are no loss."""
    entry = only(markup)
    assert (entry.title, entry.link) == (title, link)


def test_the_fast_reader_says_what_it_lost() -> None:
    """Fewer entries than start tags go to the tolerant reader."""
    document = WHOLE.replace("item>", "ITEM>")
    with pytest.raises(Damaged):
        fast.read(prepared(document))
    assert len(read(document).entries) == 2


@pytest.mark.parametrize("tag", ["</title>", "</link>", "</guid>", "</description>"])
def test_a_missing_end_tag_costs_nothing(tag: str) -> None:
    """What stands behind it in its entry is not lost with it, nor are the entries that follow."""
    first = "<title>A</title><link>/1</link><guid>1</guid><description>Words.</description>"
    second = "<item><title>B</title></item>"
    document = rss(f"<item>{first.replace(tag, '')}</item>", second)
    entries = fast.read(prepared(document)).entries
    assert [each.title for each in entries] == ["A", "B"]
    assert (entries[0].link, entries[0].guid, entries[0].summary) == ("/1", "1", "Words.")


def test_both_readers_hand_on_the_same() -> None:
    """Where markup is whole, the tolerant reader gives the same entries, language and wishes of the head."""
    document = prepared(
        WHOLE.replace("<language>", "<ttl>30</ttl><language>").replace(
            "</item>", "<source url='u'>Sample Wire</source><description>Words.</description></item>"
        )
    )
    assert tolerant.read(document) == fast.read(document)
    assert fast.read(document).wishes == Wishes(ttl_minutes=30)


def test_wishes_stand_in_the_head() -> None:
    """`ttl`, the syndication module, `skipHours` and `skipDays` are read; an entry's words are no wish."""
    head = (
        '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">hourly</sy:updatePeriod>'
        "<skipHours><hour>1</hour><hour>2</hour></skipHours><skipDays><day>Sunday</day></skipDays><ttl>5</ttl>"
    )
    document = f"<rss><channel>{head}<item><title>A</title><ttl>9</ttl></item></channel></rss>"
    expected = Wishes(5.0, 3_600.0, frozenset({1, 2}), frozenset({6}))
    first = parse(document.encode(), feed(), seen_at=NOW)
    again = parse(document.replace("hourly", "daily").encode(), feed(), seen_at=NOW, known=first.entries)
    assert first.wishes == expected
    assert (again.stories, again.entries, again.wishes.update_seconds) == ((), first.entries, 86_400)


@pytest.mark.parametrize(
    "before",
    ["Warning: x in <b>f.php</b>\n", "<!-- <rss> -->", "<!-- not closed ", "\ufeff\n", "<?xml?xml ??>"],
)
def test_what_stands_before_the_root_is_cut(before: str) -> None:
    """Warnings, comments and broken declarations before the root are not read."""
    assert len(read(before + WHOLE).entries) == 2


def test_the_head_is_parted_from_the_entries() -> None:
    """What stands before the first entry and behind the last one is not among the entries."""
    head, entries = parted(b"<rss><a/><item>1</item><item>2</item></rss><!-- now -->")
    assert (head, entries) == (b"<rss><a/>", b"<item>1</item><item>2")
    assert parted(b"<rss><items/></rss>") == (b"<rss><items/></rss>", b"")
    assert parted(b"<feed><entry/></feed>") == (b"<feed>", b"<entry/></feed>")


def test_ampersands_inside_cdata_stay() -> None:
    """Only what is markup is mended, also where a section is never closed."""
    assert mended(b"&x &amp; &#38; <![CDATA[&y]]> &z;") == b"&amp;x &amp; &#38; <![CDATA[&y]]> &amp;z;"
    assert mended(b"<![CDATA[ & <![CDATA[ &") == b"<![CDATA[ & <![CDATA[ &"


def test_a_file_is_not_opened_by_an_entity(tmp_path: Path) -> None:
    """No entity of a declaration is expanded by either reader."""
    (tmp_path / "secret").write_text("the secret words", "utf-8")
    told = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    inner = "<rss><channel><item><title>&x;</title></item></channel></rss>"
    for reader in (fast.read, tolerant.read):
        [entry] = reader((told + inner).encode()).entries
        assert "secret words" not in entry.title


JSON_ITEM = {
    "id": 7,
    "url": "/1",
    "title": "5 < 6 & more",
    "content_html": "<p>Words.</p>",
    "date_published": "2026-08-27T11:00:00Z",
    "language": "ko",
}


@pytest.mark.parametrize("version", ["https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1"])
def test_json_feed_is_read(version: str) -> None:
    """Both versions become stories like any other; a number for an id is one."""
    document = {"version": version, "language": "en", "items": [JSON_ITEM]}
    body = ("\ufeff" + json.dumps(document)).encode()
    parsed = parse(body, feed(), seen_at=NOW, base_url="https://outlet.example/feed.json")
    [story] = parsed.stories
    assert (story.title, story.summary, story.url) == ("5 < 6 & more", "Words.", "https://outlet.example/1")
    assert (story.guid, story.language) == ("7", "ko")
    assert parse(body, feed(), seen_at=NOW, known=parsed.entries).stories == ()


@pytest.mark.parametrize("value", [None, 5, "x", [], {}, [[1]], True, 1e400])
def test_json_of_odd_shapes_is_no_crash(value: Any) -> None:
    """Whatever stands where a text is expected, the rest is read."""
    odd = [{**JSON_ITEM, key: value} for key in JSON_ITEM]
    assert len(json_feed.read(json.dumps({"items": [*odd, value], "language": value})).entries) >= len(odd)


def test_entries_beyond_the_first_are_left_out() -> None:
    """No reader hands on more than `MAX_ENTRIES`."""
    assert len(read(rss(*(item(f"{n}") for n in range(MAX_ENTRIES + 3)))).entries) == MAX_ENTRIES
    many = json.dumps({"items": [{"id": f"{n}"} for n in range(MAX_ENTRIES + 3)]})
    assert len(json_feed.read(many).entries) == MAX_ENTRIES


PIECES = st.sampled_from(
    [
        "<rss>",
        "<channel>",
        "<item>",
        "</item>",
        "<entry",
        "<title>",
        "</title>",
        "<link/>",
        "<link>",
        "</rss>",
        "<rdf:RDF>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "&x",
        "&amp;",
        "<guid>",
        "<pubDate>2026",
        "<title\txml:base='http://['",
        "<a:item>",
        '{"items":[{',
        "\x08",
        "가",
        "",
    ]
)
DOCUMENTS = st.lists(PIECES, max_size=25).map(lambda pieces: "".join(pieces).encode())


@given(st.binary(max_size=200) | DOCUMENTS)
def test_nothing_but_a_parse_error_is_raised(body: bytes) -> None:
    """Whatever the bytes, there are stories or a sentence."""
    with suppress(ParseError):
        parsed = parse(body, feed(), seen_at=NOW, base_url="https://outlet.example/feed")
        assert all(story.seen_at == NOW for story in parsed.stories)


@given(st.integers(WHOLE.index("<item>"), len(WHOLE)), st.integers(0, 12), PIECES)
def test_a_damaged_feed_is_read(at: int, length: int, piece: str) -> None:
    """Any cut and any graft behind the head leaves a feed that is read."""
    body = (WHOLE[:at] + piece + WHOLE[at + length :]).encode()
    assert len(parse(body, feed(), seen_at=NOW).stories) <= 4
