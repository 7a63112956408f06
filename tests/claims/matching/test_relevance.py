"""Whether a story is of the matter, and what it lacks where it is not."""

from claims.matching.matcher import Matcher
from tests.support.build import story


def test_the_nearest_matter_says_what_a_story_lacks(matcher: Matcher) -> None:
    """A story of the matter lacks nothing of a profile; another lacks a group of the nearest."""
    fits = matcher.nearest_matter(story("North Korea ships artillery shells to Russia", summary=""))
    lacks = matcher.nearest_matter(story("North Korea shows new shells at a parade", summary=""))

    assert fits is not None
    assert fits.missing == ()
    assert lacks is not None
    assert "russia" in lacks.missing[-1]
    assert lacks.score < fits.score


def test_nothing_is_near_where_the_language_is_not_read(matcher: Matcher) -> None:
    """A story in a language without a folder has no nearest claim and no nearest matter."""
    strange = story("เกาหลีเหนือส่งอาวุธ", summary="ภาษาไทยเป็นภาษาที่", language="th")

    assert (matcher.rank(strange), matcher.nearest_matter(strange)) == ([], None)
    assert "th" not in matcher.lexicon.languages
