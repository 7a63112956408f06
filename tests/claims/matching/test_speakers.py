"""Whom words name."""

from pathlib import Path

import pytest

from claims.matching.lexicon import Lexicon
from claims.matching.speakers import read_governments, speakers

GOVERNMENTS = read_governments(Path(__file__).parents[3] / "seeds/lexicon/shared/governments.toml")
NAMED = {
    "White House": {"United States"},
    "White House, by John Kirby": {"United States"},
    "Russia's embassy in Pyongyang": {"Russia", "North Korea"},
    "Senior official of South Korea's presidential office": {"South Korea"},
    "South Korea, Japan and the United States, joint statement": {"Japan", "South Korea", "United States"},
    "Washington Post, on data of C4ADS": {"Washington Post", "C4ADS"},
    "Beyond Parallel": {"CSIS"},
    "국가정보원": {"South Korea"},
    "Пресс-секретарь Кремля": {"Russia"},
    "north-korea": {"North Korea"},
    "Sample institute, by a fellow": {"sample institute", "a fellow", "sample institute, by a fellow"},
}


@pytest.mark.parametrize(("words", "named"), NAMED.items(), ids=NAMED)
def test_bodies_are_known_as_their_governments(words: str, named: set[str], lexicon: Lexicon) -> None:
    """A body of a government means that one, in any language; whom nobody knows means itself."""
    assert speakers(words, lexicon, GOVERNMENTS) == named


def test_governments_name_what_the_lexicon_knows(lexicon: Lexicon) -> None:
    """A body that was renamed, or mistyped, would count for itself."""
    assert GOVERNMENTS.keys() <= lexicon.facets.keys()
