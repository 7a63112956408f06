"""Lists of feeds in and out: what this project writes, what other readers write, and what is hostile."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.admiralty import Reliability
from claims.errors import OpmlError
from claims.feeds import Checkpoint, Feed, FeedKind, FeedStatus
from claims.model import Source
from claims.opml import MAX_BYTES, MAX_FEEDS, read_opml, write_opml
from claims.text import one_line
from tests.support.build import feed

HERALD = '<outline type="rss" text="Sample Herald" xmlUrl="https://herald.example/rss"/>'


def opml(*outlines: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    """Return an OPML file with these outlines."""
    body = "\n".join(outlines)
    return f'{head}\n<opml version="1.0"><head/><body>\n{body}\n</body></opml>'.encode()


def written(*feeds: Feed) -> bytes:
    """Return these feeds as the project writes them."""
    return write_opml([FeedStatus(each, Checkpoint(each.url, each.url)) for each in feeds]).encode()


_words = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cn", "Co")), min_size=1, max_size=30)
    .map(one_line)
    .filter(bool)
)
_feeds = st.builds(
    Feed,
    url=st.integers(0, 9_999).map(lambda n: f"https://sample-{n}.example/rss?a={n}&b=<"),
    title=_words,
    source=st.builds(
        Source, _words, _words, reliability=st.sampled_from(Reliability), state_media=st.booleans()
    ),
    language=st.sampled_from(["ko", "en", "und"]),
    interval_minutes=st.none() | st.floats(0.01, 525_600),
    kind=st.sampled_from(FeedKind),
    full_text=st.booleans(),
    links=st.none() | _words,
).filter(lambda each: not each.links or each.kind is not FeedKind.FEED)


@settings(max_examples=15)
@given(st.lists(_feeds, min_size=1, max_size=4, unique_by=lambda each: each.url))
def test_what_is_written_is_read_again(feeds: list[Feed]) -> None:
    """Every field of a feed survives, in any script and with any mark that XML or an address may hold."""
    found = read_opml(written(*feeds), "feeds.opml")

    assert (list(found.feeds), found.skipped) == (feeds, ())


def test_what_xml_cannot_hold_is_left_out() -> None:
    """A title with a character that no XML may have does not keep the others from being written."""
    found = read_opml(written(feed(title="Sample\ufffe Herald\x00")), "feeds.opml")

    assert found.feeds[0].title == "Sample Herald"


def test_other_readers_see_what_they_need() -> None:
    """An outline has the type, both names and the address that the format asks for."""
    text = written(feed("https://herald.example/rss")).decode()

    assert 'type="rss" text="Sample Herald: world" title="Sample Herald: world"' in text
    assert 'xmlUrl="https://herald.example/rss" language="en"' in text


@pytest.mark.parametrize(
    ("outline", "title", "url", "language"),
    [
        (HERALD, "Sample Herald", "https://herald.example/rss", "und"),
        ('<outline title="T" text="t" xmlUrl="https://a.example/"/>', "T", "https://a.example/", "und"),
        ('<outline xmlUrl="https://a.example/f"/>', "a.example", "https://a.example/f", "und"),
        ('<outline text="t" xmlurl="https://a.example/" />', "t", "https://a.example/", "und"),
        ('<outline text="t" XMLURL=" https://a.example/ "/>', "t", "https://a.example/", "und"),
        ('<outline text="t" xmlUrl="feed://a.example/"/>', "t", "http://a.example/", "und"),
        ('<outline text="t" xmlUrl="feed:https://a.example/"/>', "t", "https://a.example/", "und"),
        (
            '<outline text="t" xmlUrl="https://a.example/" language="ko-KR"/>',
            "t",
            "https://a.example/",
            "ko",
        ),
        (
            '<outline text="t" xmlUrl="https://a.example/" language="unknown"/>',
            "t",
            "https://a.example/",
            "und",
        ),
        (
            '<outline text="t" xmlUrl="https://a.example/" category="/News" a:b="c" xmlns:a="urn:another"/>',
            "t",
            "https://a.example/",
            "und",
        ),
        (f'<outline text="News"><outline text="Asia">{HERALD}</outline></outline>', "Sample Herald", "", ""),
    ],
)
def test_an_outline_of_another_reader_is_read(outline: str, title: str, url: str, language: str) -> None:
    """Names, addresses and languages are found as other readers write them, in folders too."""
    (found,) = read_opml(opml(outline), "theirs.opml").feeds

    assert (found.title, found.source.name, found.source.family) == (title, title, title)
    assert found.source.reliability is Reliability.F
    assert url in ("", found.url)
    assert language in ("", found.language)


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf" + opml(HERALD),
        b"\n\n  " + opml(HERALD),
        opml(HERALD, head="<!-- theirs -->"),
        opml(HERALD, head='<?xml version="1.0" encoding="utf-16"?>').decode().encode("utf-16"),
        opml(HERALD).replace(b"<opml", b'<opml xmlns="http://opml.org/spec2"'),
        b"<opml>" + HERALD.encode() + b"</opml>",
    ],
)
def test_a_file_of_another_reader_is_read(body: bytes) -> None:
    """Marks and lines before the declaration, other encodings, namespaces and a missing body do no harm."""
    assert [each.title for each in read_opml(body, "theirs.opml").feeds] == ["Sample Herald"]


@pytest.mark.parametrize(
    ("outline", "told"),
    [
        ('<outline text="A note"/>', "“A note” names no feed: it has no xmlUrl"),
        (
            '<outline text="t" xmlUrl="file:///etc/passwd"/>',
            "url: expected an http or https address without a user name, not 'file:///etc/passwd'",
        ),
        (
            '<outline text="t" xmlUrl="https://u:p@a.example/"/>',
            "url: expected an http or https address without a user name, not 'https://u:p@a.example/'",
        ),
        (HERALD, "“Sample Herald” stands in the file before: https://herald.example/rss"),
        (
            '<outline xmlUrl="http://a.co/" c:interval_minutes="often" xmlns:c="urn:x-claimwatch:feeds"/>',
            "interval_minutes: expected a number above 0, not 'often'",
        ),
    ],
)
def test_what_cannot_be_used_is_told_and_the_rest_is_taken(outline: str, told: str) -> None:
    """Each has its line in the file."""
    found = read_opml(opml(HERALD, outline), "theirs.opml")

    assert len(found.feeds) == 1
    assert found.skipped == (f"theirs.opml: line 4: {told}",)


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
BOMB = opml(
    '<outline text="&e11;" xmlUrl="https://a.example/"/>',
    head=f'<!DOCTYPE opml [<!ENTITY e0 "aaaaaaaaaa">{ENTITIES}]>',
)
OUTSIDE = opml(HERALD, head='<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>')


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", r"theirs\.opml: line 1: not well-formed XML"),
        (b"\x00\xff", r"theirs\.opml: line 1: not well-formed XML"),
        (opml(HERALD)[:-10], r"theirs\.opml: line 4: not well-formed XML"),
        (
            opml('<outline xmlUrl="https://a.example/?a=1&b=2"/>'),
            r"line 3: not well-formed XML.*\n.*written &amp;",
        ),
        (BOMB, r"theirs\.opml: line 3: not well-formed XML: Maximum entity amplification factor exceeded"),
        (OUTSIDE, r"theirs\.opml brings a document type of its own\n"),
        (opml(HERALD, head='<!DOCTYPE opml SYSTEM "http://127.0.0.1:9/x.dtd">'), "document type of its own"),
        (opml("<outline>" * 300 + "</outline>" * 300), "Excessive depth"),
        (b"<rss><channel/></rss>", r"is no OPML: it begins with <rss>\n.*by its own address"),
        (opml(), r"theirs\.opml lists no feed that can be used$"),
        (opml('<outline text="x"/>'), r"lists no feed that can be used\ntheirs\.opml: line 3: “x” names no"),
        (b" " * (MAX_BYTES + 1), r"theirs\.opml is larger than 4 MiB\n"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(body: bytes, told: str) -> None:
    """The error names the file and, where there is one, the line; nothing is fetched and nothing blows up."""
    with pytest.raises(OpmlError, match=told):
        read_opml(body, "theirs.opml")


def test_a_file_of_too_many_feeds_is_refused() -> None:
    """More than the bot can watch is not taken in part."""
    outlines = (f'<outline text="t" xmlUrl="https://a.example/{n}"/>' for n in range(MAX_FEEDS + 1))

    with pytest.raises(OpmlError, match="lists more than 10,000 feeds"):
        read_opml(opml(*outlines), "theirs.opml")
