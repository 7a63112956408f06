"""The grades of the Admiralty code are said in words."""

import pytest

from bot.grades import credibility, rated, reliability
from bot.language import LANGUAGES, speaking
from claims.admiralty import Credibility, Reliability


def test_grades_have_the_words_of_the_taxonomy() -> None:
    """F and 6 say that nothing is known, which is no grade at all."""
    assert reliability(Reliability.A) == "completely reliable"
    assert credibility(Credibility.CANNOT_BE_JUDGED) == "truth cannot be judged"
    assert [rated(grade) for grade in (Reliability.B, Reliability.F)] == ["rated B", "not rated"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_grades_share_their_words(language: str) -> None:
    """A reader can tell them apart in every language."""
    with speaking(language):
        assert len(set(map(reliability, Reliability))) == len(set(map(credibility, Credibility))) == 6
