"""What is exported and brought in again is the same, as far as the format can carry it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.exchange.brought import CARRIED
from bot.exchange.changes import plan
from bot.exchange.incoming import read_claims_file
from claims.model import UNITS, Bound, Claim, Direction, Figure, Profile, Reference, Review
from claims.text import one_line
from claims.when import Day
from tests.support import build
from tests.support.exchange import CLAIMS, HOSTILE, exported

WHOLE = ("json", "csv", "toml")
"""Formats that carry a claim whole."""
TODAY = Day(2024, 8, 27)

odd = (HOSTILE, "=1", "'", "a\x7fb", '"""', "\\u12")
words = st.one_of(st.text(min_size=1, max_size=20), st.sampled_from(odd))
texts = words.map(one_line).filter(bool)
lists = st.lists(texts, max_size=3).map(tuple)
tags = st.lists(st.from_regex(r"[a-z0-9-]{1,8}", fullmatch=True), max_size=2).map(tuple)
days = st.dates(date(1990, 1, 1), date(2024, 8, 1)).flatmap(
    lambda day: st.sampled_from((Day.of(day), Day(day.year, day.month), Day(day.year)))
)
urls = st.sampled_from(("https://post.example/1", "http://wire.example/?a=1&b={2}"))
amounts = st.floats(0, 1e15, allow_nan=False)
figures = st.builds(
    lambda unit, one, other, bound, period, body: Figure(
        unit, min(one, other), max(one, other), bound, period, body
    ),
    st.sampled_from(UNITS),
    amounts,
    amounts,
    st.sampled_from(Bound),
    st.none() | texts,
    st.none() | texts,
)
profiles = st.builds(
    Profile,
    need=st.lists(lists, max_size=2).map(tuple),
    boost=lists,
    minus=lists,
    since=st.none() | days,
    until=st.none() | days,
    against=lists,
    accused=st.lists(days.map(lambda day: (day, day)), max_size=2).map(tuple),
)
references = st.builds(Reference, texts, texts, st.none() | days, st.none() | urls)
claims = st.builds(
    Claim,
    id=st.just("odd"),
    statement=texts,
    said_by=texts,
    said_on=days,
    direction=st.none() | st.sampled_from(Direction),
    items=lists,
    places=lists,
    vessels=lists,
    figures=st.lists(figures, max_size=2).map(tuple),
    resolutions=lists,
    disputed_by=st.sampled_from(((), ("other",))),
    denial=st.booleans(),
    parent=st.sampled_from((None, "other")),
    sources=st.lists(references, max_size=2).map(tuple),
    profile=st.none() | profiles,
    tags=tags,
    disputes=st.sampled_from(((), ("other",))),
    reviews=st.lists(
        st.builds(Review, texts, texts, urls, st.none() | days, st.just("") | texts), max_size=2
    ).map(tuple),
)
BARE = build.claim()
OTHER = build.claim("other", statement="Another claim that this may name")


def back(name, sent):
    """Return what an import of an export brings where nothing is known yet."""
    return read_claims_file(exported(name, sent, ()), f"claims.{name}", {})


@given(claims)
@settings(max_examples=40, deadline=None)
@pytest.mark.parametrize("name", WHOLE)
def test_odd_claims_come_back_whole(name, claim):
    """Whatever a claim says, in any script, with any sign: it comes back, and leaves again as it did."""
    sent = (claim, OTHER)
    found = back(name, sent)

    assert found.claims == sent
    assert found.carries == CARRIED
    assert exported(name, found.claims, ()) == exported(name, sent, ())


@given(claims)
@settings(max_examples=40, deadline=None)
def test_claimreview_comes_back_as_far_as_it_goes(claim):
    """Of a claim it carries who said what when, its reports, tags and reviews; the rest has no word there."""
    sent = (claim, OTHER)
    found = back("claimreview", sent)
    carried = {"id", "statement", "said_by", "said_on", "sources", "tags", "reviews"}

    kept = tuple(replace(BARE, **{name: getattr(each, name) for name in carried}) for each in sent)
    assert found.claims == kept
    assert exported("claimreview", found.claims, ()) == exported("claimreview", kept, ())


@pytest.mark.parametrize("name", [*WHOLE, "claimreview"])
def test_an_export_brought_in_again_changes_nothing(name):
    """A file of what is tracked already leaves all of it as it is, what the format cannot say included."""
    register = {claim.id: claim for claim in CLAIMS}
    found = plan(read_claims_file(exported(name), "a file", register), register, register, None, TODAY)

    assert (found.changes, found.same) == ((), len(CLAIMS))


@pytest.mark.parametrize(
    ("name", "says"), [("json", "evidence"), ("csv", "evidence.csv"), ("claimreview", "appearance")]
)
def test_evidence_stays_behind(name, says):
    """Stories come from feeds alone: a file that brings some is told so."""
    (lost,) = read_claims_file(exported(name), "a file", {}).lost

    assert lost == f"{says}: stories come from feeds alone"
