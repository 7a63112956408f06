"""What a story has of profiles that it does not fit."""

from claims.matching.lexicon import Lexicon, Span
from claims.matching.matcher import Matcher
from claims.matching.nearest import nearest
from claims.matching.page import lay_out
from claims.matching.spotting import Spots, spot
from claims.model import Profile
from tests.support.build import NOW, story

PROFILES = {
    "whole": Profile(need=(("shells",), ("russia",))),
    "half": Profile(need=(("shells", "arms"), ("japan", "china"))),
    "none": Profile(need=(("tourism",),)),
}


def spots(lexicon: Lexicon, *concepts: str) -> Spots:
    """Put concepts side by side at the head of a page."""
    found = [Span(at, at + 1, concept) for at, concept in enumerate(concepts)]
    return spot(lay_out("a title", "Words."), found, lexicon.languages["en"], lexicon)


def test_what_lacks_a_group_comes_after_what_fits(lexicon: Lexicon) -> None:
    """A profile that fits stands first, one that lacks a group names it, one without a word is left out."""
    near = nearest(PROFILES, spots(lexicon, "shells", "russia"), NOW.date(), lexicon.weights)

    assert [(n.key, n.missing, n.concepts) for n in near] == [
        ("whole", (), ("shells", "russia")),
        ("half", (("japan", "china"),), ("shells",)),
    ]
    assert near[0].score > near[1].score > 0


def test_claims_are_ranked_whatever_the_cuts(matcher: Matcher) -> None:
    """A story that is no evidence still has its nearest claims, with its own words and what it lacks."""
    told = story("Sample ships carry containers from Najin", summary="The cargo is not known.")
    ranked = matcher.rank(told)

    assert matcher.read(told).evidence == ()
    assert ranked[0].missing
    assert [c.score for c in ranked] == sorted((c.score for c in ranked), reverse=True)
    assert {told.text[m.start : m.end] for m in ranked[0].marks} == {m.words for m in ranked[0].marks}
    assert "containers" in {m.words for c in ranked[:3] for m in c.marks}


def test_the_nearest_matter_says_what_a_story_lacks(matcher: Matcher) -> None:
    """A story that is not relevant lacks some group of every profile of the matter."""
    near = matcher.nearest_matter(story("North Korea shows new shells at a parade", summary=""))

    assert near is not None
    assert near.missing


def test_nothing_is_near_where_the_language_is_not_read(matcher: Matcher) -> None:
    """A story in a language without a folder has no nearest claim and no nearest matter."""
    strange = story("เกาหลีเหนือส่งอาวุธ", summary="ภาษาไทยเป็นภาษาที่", language="th")

    assert (matcher.rank(strange), matcher.nearest_matter(strange)) == ([], None)
