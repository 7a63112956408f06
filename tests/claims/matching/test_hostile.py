"""Text that nobody wrote for a reader: whatever a feed sends is read with a bounded amount of work."""

import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching.figures import MAX_FIGURES
from claims.matching.lexicon import Lexicon
from claims.matching.matcher import Matcher
from claims.matching.page import MAX_CHARACTERS, lay_out
from claims.matching.spotting import spot
from claims.model import UNITS, Event, Member, Story
from tests.support.build import story

from .conftest import SEEDS

LANGUAGES = ("de", "en", "es", "fr", "ja", "ko", "ru", "uk", "zh")
SHORT, LONG = 3_000, 6_000
"""Characters of two pages of the same words: what multiplies places would cost four times as much."""
BOOKS = {
    code: [
        alias.strip("|")
        for name in ("concepts", "names")
        for facet in tomllib.loads((SEEDS / "lexicon" / code / f"{name}.toml").read_text("utf-8")).values()
        for aliases in facet.values()
        for alias in aliases
    ]
    for code in LANGUAGES
}
"""Every alias of a language."""
ODD = {
    "a megabyte": "North Korea arms Russia. " * 40_000,
    "one word": "shells " * 10_000,
    "mixed scripts": "북러無кндр Nordkorea 砲弾 نص снаряды " * 1_000,
    "zero width": "S\u200bh\u200ce\u200dl\ufeffl\u2060s " * 5_000,
    "bidirectional": "\u202eSeoul\u202c \u2066Russia\u2069 \u200f" * 3_000,
    "lone surrogates": "\ud800 arms \udfff" * 5_000,
    "combining marks": "A" + "\u0301" * 30_000 + " arms",
    "jamo": "\u1112\u1161\u11ab" * 10_000,
    "ligatures that swell": "\ufdfa" * 30_000,
    "numbers": "13,000 1만3천 1,6 млн 5 " * 2_000,
    "one number": "9" * 1_000_000,
    "ranges": "10-20-30-40 " * 5_000,
    "brackets": "([{«" * 10_000 + "»}])" * 10_000,
    "quotes": "\"'“‘" * 10_000,
    "stops": "Aaa. " * 10_000,
    "denials": "denied the denial, did not deny the denials " * 1_000,
    "attributions": "according to Reuters (citing the Kremlin) said " * 1_000,
    "controls": "\x00\x1b[31m\x07\n\r\x85\u2028" * 5_000,
}

any_text = st.text(st.characters(exclude_categories=()), max_size=60)
words = st.sampled_from([word for code in LANGUAGES for word in BOOKS[code]])
gaps = st.sampled_from(
    [" ", "", ". ", "。", ", ", "\u200b", "\u0301", "\n", " (", ") ", "「", " 13,000 ", " 3만 "]
)
pieces = st.lists(st.one_of(words, words, gaps, any_text), max_size=25).map(" ".join)
told = st.builds(
    lambda title, summary, language: replace(story("x"), title=title, summary=summary, language=language),
    pieces,
    pieces,
    st.sampled_from([*LANGUAGES, "und", "", "ar"]),
)


def calls(do: Callable[[], object]) -> int:
    """Return how many functions are called while something is done: work, whatever the machine."""
    count = 0

    def tick(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        do()
    finally:
        sys.setprofile(before)
    return count


def page_of(text: str, language: str = "en", length: int = MAX_CHARACTERS) -> Story:
    """Return a story whose summary is so much of a text, repeated where it is shorter."""
    return story("x", summary=(text * (length // len(text) + 1))[:length].strip(), language=language)


def check(read: Story, matcher: Matcher) -> None:
    """Assert all that holds of what is read out of any story."""
    reading = matcher.read(read)
    assert reading == matcher.read(read)
    assert 0.0 <= reading.score <= 1.0
    assert reading.relevant or reading.evidence == ()
    assert len({e.claim_id for e in reading.evidence}) == len(reading.evidence)
    for link in reading.evidence:
        assert link.claim_id in matcher.profiles
        assert 0.0 <= link.score <= 1.0
        for mark in link.why:
            assert 0 <= mark.start < mark.end <= len(read.text)
            assert mark.words in lay_out(read.text[mark.start : mark.end], "").text
    assert len(reading.figures) <= MAX_FIGURES
    for figure in reading.figures:
        assert 0 < figure.low <= figure.high
        assert figure.unit in UNITS
    assert reading.origin is None or all(reading.origin.chain)
    assert all(weight > 0 for _, weight in reading.concepts)
    ranked = matcher.rank(read)
    assert ranked == sorted(ranked, key=lambda r: (-r.score, r.claim_id)) == matcher.rank(read)
    for found in ranked:
        assert 0.0 <= found.score <= 1.0
        assert set(found.missing) < set(matcher.profiles[found.claim_id].need)


@given(told)
@settings(max_examples=300)
def test_any_story_is_read_soundly(matcher: Matcher, read: Story) -> None:
    """Whatever the text: no failure, ids of the register, probabilities, and words where they stand."""
    check(read, matcher)


@given(told, told)
@settings(max_examples=100)
def test_any_two_stories_are_grouped_soundly(matcher: Matcher, one: Story, other: Story) -> None:
    """A story joins an event that is there, or none, and the same one each time."""
    first, member = Member(one, matcher.read(one)), Member(other, matcher.read(other))
    events = [Event("e-1", (first,)), Event("e-2", (first, member))]
    joined = matcher.group(member, events)
    assert joined is None or joined in events
    assert matcher.group(member, events) == joined


@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_odd_text_is_read_like_the_part_that_is_looked_at(matcher: Matcher, kind: str, language: str) -> None:
    """However long and odd, a summary is read, and like its first `MAX_CHARACTERS`; so is a headline."""
    text = ODD[kind]
    read = story("x", summary=text, language=language)
    check(read, matcher)
    assert matcher.read(read) == matcher.read(replace(read, summary=text[:MAX_CHARACTERS]))
    shown = replace(read, title=text, summary="")
    assert matcher.read(shown) == matcher.read(replace(shown, title=text[:MAX_CHARACTERS]))


@pytest.mark.parametrize("kind", ODD)
def test_no_more_is_looked_at_of_a_megabyte(matcher: Matcher, kind: str) -> None:
    """A text fifty times as long as we look at costs no more than the part that we look at."""
    part = ODD[kind][:MAX_CHARACTERS]
    whole = ODD[kind] * (50 * MAX_CHARACTERS // len(ODD[kind]) + 1)
    assert calls(lambda: matcher.read(story("x", summary=whole))) <= 1.1 * calls(
        lambda: matcher.read(story("x", summary=part))
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("order", ["every alias", "shortest first"])
def test_work_grows_like_the_text(matcher: Matcher, language: str, order: str) -> None:
    """Nothing but aliases: twice the text takes twice the work, though concepts build on each other."""
    aliases = sorted(BOOKS[language], key=len) if order == "shortest first" else BOOKS[language]
    page = " ".join(" ".join(aliases)[:SHORT].split())
    short = calls(lambda: matcher.read(page_of(f"{page} ", language, SHORT)))
    assert calls(lambda: matcher.read(page_of(f"{page} ", language, LONG))) <= 2.5 * short


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "5 people, "),
        ("en", "million "),
        ("en", "open arms "),
        ("en", "killed 5 people "),
        ("en", "deny denial "),
        ("en", "moscow denies "),
        ("en", "north korean soldiers in kursk "),
        ("ko", "북러"),
        ("ko", "부인도 부인"),
        ("ja", "否定の否定"),
        ("zh", "俄否認"),
        ("zh", "朝俄"),
        ("fr", "démenti nié "),
        ("ru", "отрицание отрицает "),
    ],
)
def test_work_grows_like_repeated_words(matcher: Matcher, language: str, text: str) -> None:
    """Thousands of places of the same few concepts, in one sentence, take no more than their share."""
    short = calls(lambda: matcher.read(page_of(text, language, SHORT)))
    assert calls(lambda: matcher.read(page_of(text, language, LONG))) <= 2.5 * short


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_makes_one_pair_of_a_kind(lexicon: Lexicon, language: str) -> None:
    """A proximity concept has no more places than what it begins with: pairs are never multiplied."""
    page = lay_out("x", page_of(" ".join(sorted(BOOKS[language], key=len)) + " ", language).summary)
    known = lexicon.languages[language]
    spans = spot(page, known.vocabulary.spans(page.folded), known, lexicon).spans
    made = {rule.concept: rule for rule in lexicon.proximities}
    assert not made.keys().isdisjoint(spans)
    for concept, rule in made.items():
        assert len(spans.get(concept, ())) <= sum(len(spans.get(one, ())) for one in rule.one)
    assert sum(map(len, spans.values())) <= MAX_CHARACTERS
