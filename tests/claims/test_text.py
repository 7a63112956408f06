"""Words made plain and addresses made comparable."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text import (
    canonical_url,
    digest_key,
    fold,
    former_id,
    is_plain,
    one_line,
    plain_text,
    story_id,
    without_keys,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()))
MARKUP = st.lists(
    st.sampled_from(
        ["<", ">", "<!", "<![", "]]>", "<!--", "-->", "</", "<b>", "<p", "&lt;", "&amp;", "&#x", " ", "x"]
    )
    | st.characters(),
    max_size=30,
).map("".join)
ADDRESSES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["http://", "HTTPS://", "ftp://", "//", ""]),
    st.sampled_from(
        [
            "Sample.Example",
            "www.m.amp.Sample.Example",
            "google.com",
            "sample.example.:443",
            "[::1]:80",
            "u:p@h:8080",
            "h:x",
            "[",
            "",
        ]
    ),
    st.sampled_from(["", "/", "//a/../b", "/기사/%ed%95", "/a;b", "/amp/amp//", "/a.amp/amp.amp", "/url"]),
    st.sampled_from(["", "?", "?#x", "?utm_source=rss&id=1&id=2", "?12345", "?q=a+b%20c&e=", "#top"])
    | ANY_TEXT,
)


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("Plain words", "Plain words"),
        ("<p>One</p><p>two <b>bold</b>ly</p>", "One two boldly"),
        ("line<br/>break\n\tand   space\u2028end", "line break and space end"),
        ("AT&amp;T &lt;b&gt;twice&lt;/b&gt; &quot;q&quot;", 'AT&T twice "q"'),
        ("5 < 6 & 7 > 3", "5 < 6 & 7 > 3"),
        ("a<script>alert(1)</script>b<style>p{}</style>c", "abc"),
        ("<![CDATA[Inside <i>of</i> it]]> after", "Inside of it after"),
        ("<![if IE]>kept<![endif]> and <![odd[words]]> too", "kept and too"),
        ("<p>for x<y", "for x<y"),
        ("<p>Two<br>lines<ul><li>one<li>two</ul>", "Two lines one two"),
        ("<Script>unseen &amp; <b>so</b></sCRIPT ><template>too</template>seen", "seen"),
        ("<b>not closed <p", "not closed <p"),
        ("<!-- unseen --><?php unseen ?>seen", "seen"),
        ("<title>A head</title> and <textarea>a field</textarea>", "A head and a field"),
        ("&#8;<b>&#8;control</b>\x08", "control"),
        ("&#xD800;x&#0;y", "\ufffdx\ufffdy"),
        ("", ""),
    ],
)
def test_markup_becomes_words(markup: str, plain: str):
    """Tags, entities, scripts and marked sections go, words that a reader sees stay."""
    assert plain_text(markup) == plain


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("pass\u200bword \u202egnp.exe\u202c", "password gnp.exe"),
        ("a \u200b b", "a b"),
        ("\ufeff\x00 a\x1fb\x85c\u00a0d \ud800", "a b c d"),
        ("soft\u00adhyphen", "softhyphen"),
        ("북한 — Россия", "북한 — Россия"),
    ],
)
def test_what_hides_words_is_taken_out(text: str, line: str):
    """Control, direction, zero-width and surrogate characters go, and white space is single."""
    assert one_line(text) == line


@given(ANY_TEXT)
def test_one_line_is_one_line(text: str):
    """No character that breaks or hides is left, no space is doubled, and a second pass changes nothing."""
    line = one_line(text)
    assert line.splitlines() in ([], [line])
    assert not {unicodedata.category(c) for c in line} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert "  " not in line
    assert one_line(line) == line
    line.encode()


@given(MARKUP | ANY_TEXT)
def test_no_markup_is_too_broken_to_read(markup: str):
    """Whatever a feed sends becomes one line of text."""
    plain = plain_text(markup)
    assert plain == one_line(plain)


@given(st.text("<!-/[]&#;ab= '", min_size=1, max_size=4))
def test_hostile_markup_is_read_in_time(unit: str):
    """One piece of markup repeated to the length of an article is read within the suite's timeout."""
    plain_text(unit * 2000)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ｋｉｍ  JONG", "kim jong"), ("Straße", "STRASSE"), ("ﬁgure\u00a01", "Figure 1"), ("Ё", "ё")],
)
def test_folding_unifies_what_reads_the_same(one: str, other: str):
    """Width, case, ligatures and spaces do not keep two words apart."""
    assert fold(one) == fold(other)


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str):
    """A folded text is as folded as it can be."""
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://Sample.Example", "https://sample.example/"),
        ("https://sample.example:443/a?utm_source=x&id=7&at_medium=rss#top", "https://sample.example/a?id=7"),
        ("http://sample.example:8080/a?idxno=12&b=", "https://sample.example:8080/a?idxno=12&b="),
        ("https://user:secret@sample.example./a", "https://sample.example/a"),
        ("http://[2001:DB8::1]/x", "https://[2001:db8::1]/x"),
        (" https://sample.example/기사?q=탄약 ", "https://sample.example/기사?q=%ED%83%84%EC%95%BD"),
        ("mailto:desk@sample.example", "mailto:desk@sample.example"),
        ("http://[broken", "http://[broken"),
        ("/relative?utm_source=x", "/relative?utm_source=x"),
        ("https://www.sample.example/a/", "https://sample.example/a"),
        ("https://m.sample.example/a?idxno=1", "https://sample.example/a?idxno=1"),
        ("https://mobile.sample.example/a", "https://sample.example/a"),
        ("https://amp.sample.example/a", "https://sample.example/a"),
        ("https://m.example/a", "https://m.example/a"),
        ("https://sample.example/a/amp/", "https://sample.example/a"),
        ("https://sample.example/a/amp", "https://sample.example/a"),
        ("https://sample.example/a.amp", "https://sample.example/a"),
        ("https://sample.example/a.amp.html?amp", "https://sample.example/a.html"),
        ("https://sample.example/a?outputType=amp&id=1", "https://sample.example/a?id=1"),
        ("https://sample.example/amp", "https://sample.example/amp"),
        ("https://sample.example/lamp", "https://sample.example/lamp"),
        ("https://sample.example/a?amp=volts", "https://sample.example/a?amp=volts"),
        ("https://sample-example.cdn.ampproject.org/c/s/sample.example/a/amp", "https://sample.example/a"),
        (
            "https://sample-example.cdn.ampproject.org/v/s/www.sample.example/a?id=1",
            "https://sample.example/a?id=1",
        ),
        ("https://www.google.com/amp/s/amp.sample.example/a", "https://sample.example/a"),
        (
            "https://www.google.co.kr/url?sa=t&url=https%3A%2F%2Fm.sample.example%2Fa%3Fid%3D1",
            "https://sample.example/a?id=1",
        ),
        ("https://www.google.com/url?q=https://sample.example/a&sa=D", "https://sample.example/a"),
        ("https://news.google.com/news/url?sa=t&url=http://sample.example/a", "https://sample.example/a"),
        (
            "https://www.google.com/url?q=javascript:alert(1)",
            "https://google.com/url?q=javascript%3Aalert%281%29",
        ),
        (
            "https://news.google.com/rss/articles/CBMiSample?oc=5",
            "https://news.google.com/rss/articles/CBMiSample?oc=5",
        ),
        (
            "http://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fsample.example%2fa&c=1",
            "https://sample.example/a",
        ),
        (
            "https://evil.example/url?q=https://sample.example/a",
            "https://evil.example/url?q=https%3A%2F%2Fsample.example%2Fa",
        ),
        ("", ""),
    ],
)
def test_addresses_of_one_page_compare_equal(url: str, canonical: str):
    """What says how a reader came, in what form and through whom goes; what names the page stays."""
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://sample.example/a", True),
        ("http://www.sample.example/a/?id=%ED%95%9C&x#top", True),
        ("https://sample.example/a?utm_source=rss&id=1", False),
        ("https://sample.example/a/amp/", False),
        ("https://sample.example/a?output=amp", False),
        ("https://amp.sample.example/a", False),
        ("https://m.sample.example/a", False),
        ("https://www.google.com/url?q=https://sample.example/a", False),
        ("mailto:sample@sample.example", True),
    ],
)
def test_a_plain_address_is_told_from_a_dressed_one(url: str, *, plain: bool):
    """Trackers, redirects, caches, AMP and mobile forms dress the address of a page."""
    assert is_plain(url) == plain


@given(ADDRESSES | ANY_TEXT)
def test_a_canonical_address_is_its_own(url: str):
    """Any text at all has a canonical form, which does not change again."""
    canonical = canonical_url(url)
    assert canonical_url(canonical) == canonical


def test_a_story_is_known_by_the_first_name_it_has():
    """Its address names a story, else its guid, else its title, and only within its feed."""
    named = story_id("f", "https://sample.example/a", "g", "Title")
    assert named == story_id("f", "http://sample.example/a?utm_medium=rss#x", "other", "Other")
    assert named != story_id("f2", "https://sample.example/a", "g", "Title")
    assert story_id("f", "", "g", "Title") == story_id("f", "", "g", "Other")
    assert story_id("f", "", None, "TITLE ") == story_id("f", "", None, "Title")
    assert len({story_id("f", "", "x", "x"), story_id("f", "", None, "x"), story_id("f", "x", None, "")}) == 3


def test_a_story_keeps_the_key_of_an_older_release():
    """What was known by the address as it came is found by it, though links are unwrapped now."""
    mobile, page = "https://m.sample.example/a/?utm_source=x", "https://sample.example/a"
    assert story_id("f", mobile, None, "") == story_id("f", page, None, "")
    assert former_id("f", mobile) == digest_key("f", "url https://m.sample.example/a/")
    assert former_id("f", page) == story_id("f", page, None, "")


@given(st.lists(ANY_TEXT, max_size=3), st.lists(ANY_TEXT, max_size=3))
def test_a_key_stands_for_its_parts(one: list[str], other: list[str]):
    """Equal parts have equal keys, different ones different keys, even where parts hold separators."""
    assert (digest_key(*one) == digest_key(*other)) == (one == other)
    assert len(digest_key(*one)) == 16
    assert digest_key("a", "b") != digest_key("a\x1fb") != digest_key("a,b")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://a.example/rss?key=1a2b", "https://a.example/rss?key=..."),
        ("https://a.example/rss?id=7&api_key=1a2b#top", "https://a.example/rss?id=7&api_key=...#top"),
        ("see https://a.example/?X-Amz-Signature=1a2b now", "see https://a.example/?X-Amz-Signature=... now"),
        ("https://a.example/rss?keyword=ship&author=7", "https://a.example/rss?keyword=ship&author=7"),
        ("https://a.example/token=1a2b", "https://a.example/token=1a2b"),
    ],
)
def test_the_keys_of_addresses_are_not_shown(address: str, shown: str):
    """What opens a feed to one reader alone is left out, and what says which feed it is stays."""
    assert without_keys(address) == shown
