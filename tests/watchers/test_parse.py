"""Reading feed documents; the outlets and their stories are samples."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from claims.feeds import Feed
from claims.model import Story
from tests.support.build import feed
from tests.support.feed_server import item, rss
from watchers.document import DIGEST, ParseError
from watchers.markup import MAX_ENTRIES
from watchers.parse import parse
from watchers.stories import MAX_SUMMARY, MAX_TITLE

SEEN_AT = datetime(2026, 8, 27, 12, 0, tzinfo=UTC)
URL = "https://outlet.example/feeds/world.xml"


def read(body: str | bytes, *, content_type: str | None = None, **changes: object) -> tuple[Story, ...]:
    """Parse a document as the answer of a sample feed; `changes` are of the feed."""
    data = body.encode() if isinstance(body, str) else body
    return parse(data, sample(**changes), seen_at=SEEN_AT, content_type=content_type, base_url=URL).stories


def sample(**changes: object) -> Feed:
    """Return the feed that the documents here answer for."""
    return feed(URL, **changes)


def titles(stories: tuple[Story, ...]) -> list[str]:
    """Return what is compared most often."""
    return [story.title for story in stories]


def channel(*items: str, head: str = "") -> str:
    """Return an RSS 2.0 document around raw items."""
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'


ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru">
  <title>Образец</title>
  <entry xml:lang="uk"><title type="html">Sample &lt;b&gt;ship&lt;/b&gt; leaves</title>
    <id>tag:outlet.example,2026:1</id>
    <link rel="alternate" href="/news/1"/><published>2026-08-27T18:00:00+09:00</published>
    <updated>2026-08-27T11:00:00Z</updated>
    <content type="xhtml">
      <div xmlns="http://www.w3.org/1999/xhtml">Twelve <i>sample</i> crates.</div></content>
    <source><title>Sample Wire</title></source></entry>
  <entry><title>Second</title><id>tag:outlet.example,2026:2</id><link href="https://outlet.example/news/2"/>
    <updated>2026-08-27T10:00:00Z</updated></entry>
</feed>"""

RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="https://outlet.example/"><title>Sample</title><dc:language>ja</dc:language></channel>
  <item rdf:about="https://outlet.example/1"><title>Sample one</title><link>https://outlet.example/1</link>
    <description>Words.</description><dc:date>2026-08-27T18:00+09:00</dc:date></item>
</rdf:RDF>"""


@pytest.mark.parametrize(
    ("document", "title", "language"),
    [
        (
            channel(head="<title>Sample &amp;amp; outlet</title><language>ko-KR</language>"),
            "Sample & outlet",
            "ko",
        ),
        (ATOM, "Образец", "ru"),
        (RDF, "Sample", "ja"),
        (channel(), "", "en"),
    ],
)
def test_a_document_says_what_it_is(document: str, title: str, language: str) -> None:
    """Its name is plain text; its language is the feed's where it names none."""
    parsed = parse(document.encode(), sample(), seen_at=SEEN_AT)

    assert (parsed.title, parsed.language) == (title, language)


def test_rss_gives_every_part_of_a_story() -> None:
    """An RSS 2.0 item becomes a story with all that the chain needs."""
    document = channel(
        "<item><title>Sample &amp;amp; ship &lt;b&gt;leaves&lt;/b&gt;</title>"
        "<link>/news/1?utm_source=rss</link>"
        "<description>&lt;p&gt;Twelve crates.&lt;/p&gt;&lt;p&gt;More.&lt;/p&gt;</description>"
        '<guid isPermaLink="false">abc-1</guid><pubDate>Thu, 27 Aug 2026 18:00:00 +0900</pubDate>'
        '<source url="https://wire.example/">Sample &lt;i&gt;Wire&lt;/i&gt;</source></item>',
        head="<language>ko-KR</language>",
    )
    [story] = read(document)
    assert story.title == "Sample & ship leaves"
    assert story.summary == "Twelve crates. More."
    assert story.url == "https://outlet.example/news/1?utm_source=rss"
    assert story.guid == "abc-1"
    assert story.published_at == datetime(2026, 8, 27, 9, 0, tzinfo=UTC)
    assert story.seen_at == SEEN_AT
    assert story.language == "ko"
    assert story.relayed_from == "Sample Wire"
    assert (story.feed_url, story.source) == (URL, sample().source)
    assert not story.backlog


def test_atom_is_read() -> None:
    """Atom gives stories oldest first, with the language of the entry or feed and the text of its content."""
    by_title = {story.title: story for story in read(ATOM)}
    ship = by_title["Sample ship leaves"]
    assert ship.url == "https://outlet.example/news/1"
    assert ship.summary == "Twelve sample crates."
    assert ship.guid == "tag:outlet.example,2026:1"
    assert ship.published_at == datetime(2026, 8, 27, 9, 0, tzinfo=UTC)
    assert (ship.language, by_title["Second"].language) == ("uk", "ru")
    assert (ship.relayed_from, by_title["Second"].relayed_from) == ("Sample Wire", None)
    assert titles(read(ATOM)) == ["Sample ship leaves", "Second"]


def test_rdf_is_read() -> None:
    """RSS 1.0 is read, with the Dublin Core date and language."""
    [story] = read(RDF)
    assert (story.title, story.url, story.language) == ("Sample one", "https://outlet.example/1", "ja")
    assert story.published_at == datetime(2026, 8, 27, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "body",
    [
        rss(item("Sample ship", "https://outlet.example/1")).replace("Sample ship", "Sample &nbsp; ship"),
        rss(item("Sample ship", "https://outlet.example/1")).replace("Sample ship", "Sample\x08 ship"),
        rss(item("Sample ship", "https://outlet.example/1")).replace("</channel></rss>", ""),
        "\n\n  " + rss(item("Sample ship", "https://outlet.example/1")),
        "Warning: sample in <b>feed.php</b> on line 3\n"
        + rss(item("Sample ship", "https://outlet.example/1")),
        rss(item("Sample ship", "https://outlet.example/1")) + "<script>track()</script>",
        rss(item("Sample ship", "https://outlet.example/1"), title="A & B").replace("&amp;", "&"),
        rss("<item><x:y>1</x:y><title>Sample ship</title><link>https://outlet.example/1</link></item>"),
    ],
)
def test_broken_markup_is_read_all_the_same(body: str) -> None:
    """What is not well-formed still gives its story."""
    [story] = read(body)
    assert story.title.startswith("Sample ship")
    assert story.url == "https://outlet.example/1"


@pytest.mark.parametrize("tag", ["</title>", "</link>", "</description>", "</item>"])
def test_a_missing_end_tag_costs_at_most_its_own_story(tag: str) -> None:
    """The stories after the damage are read."""
    first, *others = (item(f"Sample {n}", f"https://outlet.example/{n}", summary="Words.") for n in range(4))
    assert titles(read(rss(first.replace(tag, ""), *others)))[:3] == ["Sample 3", "Sample 2", "Sample 1"]


KOREAN = channel("<item><title>북한 표본 선박 출항</title></item>")
RUSSIAN = channel("<item><title>Образец: судно вышло из порта</title></item>")


def declared(document: str, encoding: str) -> str:
    """Return a document that declares an encoding, truly or not."""
    return document.replace('<?xml version="1.0"?>', f'<?xml version="1.0" encoding="{encoding}"?>')


@pytest.mark.parametrize(
    ("body", "content_type", "language", "title"),
    [
        (declared(KOREAN, "euc-kr").encode("euc-kr"), None, "en", "북한 표본 선박 출항"),
        (declared(KOREAN, "utf-8").encode("euc-kr"), None, "ko", "북한 표본 선박 출항"),
        (KOREAN.encode("euc-kr"), "text/xml; charset=EUC-KR", "en", "북한 표본 선박 출항"),
        (declared(KOREAN, "euc-kr").encode(), "text/xml; charset=euc-kr", "ko", "북한 표본 선박 출항"),
        (
            declared(RUSSIAN, "windows-1251").encode("cp1251"),
            "text/xml",
            "en",
            "Образец: судно вышло из порта",
        ),
        (declared(RUSSIAN, "us-ascii").encode(), "text/xml", "en", "Образец: судно вышло из порта"),
        (RUSSIAN.encode("cp1251"), None, "ru", "Образец: судно вышло из порта"),
        (declared(RUSSIAN, "no-such-code").encode("cp1251"), None, "ru", "Образец: судно вышло из порта"),
        (declared(RUSSIAN, "hex").encode("cp1251"), None, "ru", "Образец: судно вышло из порта"),
        (declared(RUSSIAN, "utf-16").encode("utf-16"), None, "en", "Образец: судно вышло из порта"),
        (declared(RUSSIAN, "utf-16").encode("utf-16-be"), None, "en", "Образец: судно вышло из порта"),
        (b"\xef\xbb\xbf" + RUSSIAN.encode(), None, "en", "Образец: судно вышло из порта"),
        (
            RUSSIAN.encode().replace(b"</title>", b"\xd0</title>"),
            None,
            "en",
            "Образец: судно вышло из порта\ufffd",
        ),
        (channel("<item><title>Café sample</title></item>").encode("latin-1"), None, "en", "Café sample"),
    ],
)
def test_encodings_are_found_out(body: bytes, content_type: str | None, language: str, title: str) -> None:
    """Marks, declarations and headers are believed only where the bytes agree."""
    assert titles(read(body, content_type=content_type, language=language)) == [title]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "the answer is empty"),
        (b" \r\n ", "the answer is empty"),
        (b"<!DOCTYPE html><html><body><h1>Attention required</h1></body></html>", "a web page, not a feed"),
        (b"<html lang=en><p>moved</html>", "a web page, not a feed"),
        (b"/etc/passwd", "the answer is not a feed"),
        (b"http://127.0.0.1:9/feed", "the answer is not a feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "the answer is JSON without items, not a feed"),
        (b'{"items": 5}', "the answer is JSON without items, not a feed"),
        (b"{" + b"[" * 100_000, "the answer is broken JSON, not a feed"),
        (b"<?xml version='1.0'?><opml/>", "the answer is not a feed"),
        (bytes(range(256)), "the answer is not a feed"),
    ],
)
def test_what_is_no_feed_is_said(body: bytes, words: str) -> None:
    """A web page, an empty answer or garbage is an error with a sentence, never an empty feed."""
    with pytest.raises(ParseError, match=words):
        read(body)


def test_a_body_that_names_a_file_or_address_opens_nothing(tmp_path: Path) -> None:
    """The body is only ever read as bytes: the feed that it points at is not found."""
    kept = tmp_path / "feed.xml"
    kept.write_text(rss(item("Secret")), encoding="utf-8")
    for body in (str(kept), kept.as_uri()):
        with pytest.raises(ParseError):
            read(body)


def test_an_empty_feed_is_a_feed() -> None:
    """A channel without items has no stories, and that is no error."""
    assert read(rss()) == ()


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("Thu, 27 Aug 2026 11:00:00 GMT", datetime(2026, 8, 27, 11, tzinfo=UTC)),
        ("Thu, 27 Aug 2026 11:00:00", datetime(2026, 8, 27, 11, tzinfo=UTC)),
        ("Thu, 27 Aug 2026 20:00:00 KST", datetime(2026, 8, 27, 11, tzinfo=UTC)),
        ("Thu, 27 Aug 2026 14:00:00 msk", datetime(2026, 8, 27, 11, tzinfo=UTC)),
        ("27 Aug 2026 07:00:00 EDT", datetime(2026, 8, 27, 11, tzinfo=UTC)),
        ("2026-08-27T20:00:00+09:00", datetime(2026, 8, 27, 11, tzinfo=UTC)),
        ("2026-08-27 11:00:00", datetime(2026, 8, 27, 11, tzinfo=UTC)),
        ("Thu, 27 Aug 2026 12:09:00 GMT", SEEN_AT + timedelta(minutes=9)),
        ("Thu, 27 Aug 2026 12:11:00 GMT", SEEN_AT),
        ("Thu, 27 Aug 2099 12:11:00 GMT", SEEN_AT),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Sat, 31 Dec 1994 23:59:59 GMT", None),
        ("0000-00-00 00:00:00", None),
        ("this morning", None),
        ("", None),
    ],
)
def test_dates_are_made_sober(stamp: str, expected: datetime | None) -> None:
    """Naive is UTC, the future is now, before the web is unknown."""
    [story] = read(channel(f"<item><title>Sample</title><pubDate>{stamp}</pubDate></item>"))
    assert story.published_at == expected


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://outlet.example/1", "https://outlet.example/1"),
        ("/1", "https://outlet.example/1"),
        ("1.html", "https://outlet.example/feeds/1.html"),
        ("//other.example/1", "https://other.example/1"),
        ("?id=1", "https://outlet.example/feeds/world.xml?id=1"),
        ("\n https://outlet.example/a b \n", "https://outlet.example/a%20b"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("data:text/html,x", ""),
        ("http://[", ""),
        ("https://outlet.example/" + "x" * 2_000, ""),
    ],
)
def test_only_web_links_are_kept(link: str, url: str) -> None:
    """Relative links are resolved against where the document came from; other schemes are dropped."""
    [story] = read(channel(f"<item><title>Sample</title><link>{link}</link></item>"))
    assert story.url == url


def test_a_guid_stays_as_it_is_when_the_feed_moves() -> None:
    """A guid that looks like a relative address is not resolved: it must survive a redirect."""
    document = channel("<item><title>Sample</title><guid>1234</guid></item>").encode()
    for base in ("http://a.example/f", "https://b.example/f"):
        [story] = parse(document, sample(), seen_at=SEEN_AT, base_url=base).stories
        assert story.guid == "1234"


@pytest.mark.parametrize(
    ("head", "attribute", "language"),
    [
        ("", "", "en"),
        ("<language>ru</language>", "", "ru"),
        ("<language>ru-RU</language>", ' xml:lang="ko"', "ko"),
        ("<language>Korean</language>", "", "en"),
        ("<language></language>", "", "en"),
    ],
)
def test_the_language_nearest_to_the_story_counts(head: str, attribute: str, language: str) -> None:
    """The item's own tag, else the document's, else what the feed list says."""
    [story] = read(channel(f"<item{attribute}><title>Sample</title></item>", head=head))
    assert story.language == language


def test_oldest_come_first_and_undated_ones_last() -> None:
    """Stories come in the order of time; undated ones, as new as the visit, in reverse order."""
    day = datetime(2026, 8, 27, 8, tzinfo=UTC)
    document = rss(
        item("newest", published=day + timedelta(hours=2)),
        item("undated, printed first", published=None),
        item("oldest", published=day),
        item("undated, printed second", published=None),
        item("middle", published=day + timedelta(hours=1)),
    )
    expected = ["oldest", "middle", "newest", "undated, printed second", "undated, printed first"]
    assert titles(read(document)) == expected


def items_of_duplicates() -> Iterator[tuple[list[str], list[str]]]:
    """Yield items of one document, first printed first, and the titles that remain."""
    home, one, two = "https://outlet.example/", "https://outlet.example/1", "https://outlet.example/2"
    yield [item("a", one), item("a", one + "?utm_source=x")], ["a"]
    yield [item("a", one, guid="g"), item("b", one, guid="g")], ["a"]
    yield [item("a", one, guid="g"), item("b", two, guid="g")], ["b", "a"]
    yield [item("a", home, guid="1"), item("b", home, guid="2")], ["b", "a"]
    yield [item("a", home), item("b", home)], ["b", "a"]
    yield [item("a", one, guid="1"), item("a", one, guid="2")], ["a"]
    yield [item("a"), item("A ")], ["a"]
    yield [item("", summary="neither title nor link"), item("", one)], ["", "neither title nor link"]
    yield [item("<script>x</script>", summary="no words in the title")], ["no words in the title"]
    yield [item("", guid="neither title, link nor words")], []


@pytest.mark.parametrize(("items", "expected"), list(items_of_duplicates()))
def test_a_story_is_kept_once_and_only_if_it_is_one(items: list[str], expected: list[str]) -> None:
    """Addresses and guids tell duplicates, unless the document uses one for several stories."""
    stories = read(rss(*items))
    assert titles(stories) == expected
    assert len({story.id for story in stories}) == len(stories)


def test_a_guid_that_names_several_pages_is_not_kept() -> None:
    """Such a guid would make the next story of the feed look known."""
    document = rss(
        item("a", "https://outlet.example/1", guid="g"), item("b", "https://outlet.example/2", guid="g")
    )
    assert [story.guid for story in read(document)] == [None, None]


def test_texts_and_documents_are_capped() -> None:
    """Nobody's document fills the database: titles, summaries and the number of stories have limits."""
    newest = datetime(2026, 8, 27, 11, tzinfo=UTC)
    document = rss(
        item("t" * 10_000, summary="s" * 100_000, published=newest),
        *(item(f"{n}", published=newest - timedelta(minutes=n)) for n in range(1, MAX_ENTRIES + 5)),
    )
    stories = read(document)
    assert len(stories) == MAX_ENTRIES
    assert stories[0].title == f"{MAX_ENTRIES - 1}"
    assert (len(stories[-1].title), len(stories[-1].summary)) == (MAX_TITLE, MAX_SUMMARY)


@pytest.mark.parametrize("end", ["</channel></rss>", "", "</rss>"])
@pytest.mark.parametrize("entry", ["item", "a:item", "item rank='1'"])
def test_what_follows_the_first_entries_is_not_read(entry: str, end: str) -> None:
    """Newest come first in feeds: of a document of very many the parser sees the head, cut off or not."""
    first = datetime(2026, 8, 20, tzinfo=UTC)
    dates = (first + timedelta(minutes=n) for n in range(MAX_ENTRIES + 5))
    items = "".join(
        item(f"{n}", published=date)
        .replace("<item>", f"<{entry}>")
        .replace("/item", f"/{entry.partition(' ')[0]}")
        for n, date in enumerate(dates)
    )
    document = f"<rss version='2.0' xmlns:a='http://purl.org/rss/1.0/'><channel>{items}{end}"
    assert [story.title for story in read(document)] == [f"{n}" for n in range(MAX_ENTRIES)]


def test_entities_are_not_expanded_without_end() -> None:
    """The billion laughs stay a short text."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    document = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{entities}]>' + rss(
        item("LAUGH")
    ).replace("LAUGH", "&l9;").removeprefix('<?xml version="1.0" encoding="utf-8"?>')
    assert all(len(story.title) <= MAX_TITLE for story in read(document))


def test_outer_entities_are_not_fetched(tmp_path: Path) -> None:
    """An entity that names a file does not bring its words into a story."""
    kept = tmp_path / "secret.txt"
    kept.write_text("the secret words", encoding="utf-8")
    document = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{kept.as_uri()}">]>' + channel(
        "<item><title>Sample &x;</title></item>"
    ).removeprefix('<?xml version="1.0"?>')
    assert all("secret" not in title for title in titles(read(document)))


def test_what_could_ping_or_hide_is_plain_text() -> None:
    """Control and direction characters are gone; words that could ping stay words for the renderers."""
    [story] = read(rss(item("@everyone \u202e<img src=x onerror=y>ship\u200b")))
    assert story.title == "@everyone ship"


def test_known_entries_make_no_story() -> None:
    """An entry that stood in the last document word for word is not news; a new or edited one is."""
    one, two = item("One", "https://outlet.example/1"), item("Two", "https://outlet.example/2")
    first = parse(rss(one, two).encode(), sample(), seen_at=SEEN_AT)
    assert len(first.entries) == 3 * DIGEST
    again = parse(rss(two, one).encode(), sample(), seen_at=SEEN_AT, known=first.entries)
    assert again.stories == ()
    edited = rss(item("Three", "https://outlet.example/3"), one.replace("One", "One edited"), two)
    later = parse(edited.encode(), sample(), seen_at=SEEN_AT + timedelta(hours=1), known=first.entries)
    assert titles(later.stories) == ["One edited", "Three"]
    assert later.entries[-DIGEST:] == first.entries[-DIGEST:]


def test_known_entries_count_for_what_a_guid_or_address_names() -> None:
    """A guid that a known entry has beside another address names neither; the first of one story stays."""
    kept = item("a", "https://outlet.example/1", guid="g")
    known = parse(rss(kept).encode(), sample(), seen_at=SEEN_AT).entries
    other = item("b", "https://outlet.example/2", guid="g")
    [story] = parse(rss(other, kept).encode(), sample(), seen_at=SEEN_AT, known=known).stories
    assert (story.title, story.guid) == ("b", None)
    same = item("b", "https://outlet.example/1", guid="g")
    assert parse(rss(kept, same).encode(), sample(), seen_at=SEEN_AT, known=known).stories == ()
