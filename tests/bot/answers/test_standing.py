"""How a claim stands, in words."""

import pytest

from bot.answers.standing import standing_words
from claims.standing import Ground, GroundKind, Standing, State
from claims.when import Day

KINDS = {
    "asserted; no independent origin corroborates it so far": ([], 0),
    "disputed": ([GroundKind.DENIED], 0),
    "disputed; corroborated by 3 independent origins": ([GroundKind.DISPUTED], 3),
    "corroborated by 1 independent origin": ([GroundKind.CORROBORATED], 1),
    "conceded by whoever denied it; corroborated by 2 independent origins": (
        [GroundKind.CONCEDED, GroundKind.DENIED],
        2,
    ),
}


@pytest.mark.parametrize(("words", "stands"), KINDS.items(), ids=KINDS)
def test_a_standing_is_told_in_a_line(words: str, stands: tuple[list[GroundKind], int]) -> None:
    """It says whether somebody denies the claim and how many others say so too, never what is true."""
    kinds, independent = stands
    grounds = tuple(Ground(kind, "Sample ministry", Day(2024)) for kind in kinds)

    assert standing_words(Standing(State.ASSERTED, independent, grounds)) == words
