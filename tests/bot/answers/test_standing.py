"""How a claim stands, in words."""

import pytest

from bot.answers.standing import standing_words
from claims.standing import Ground, GroundKind, Standing, State
from claims.when import Day

DENIAL = "a denial: who says otherwise is told under the claims that it answers"

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
    origins = frozenset(f"Sample institute {n}" for n in range(independent))
    grounds = tuple(Ground(kind, "Sample ministry", Day(2024)) for kind in kinds)

    assert standing_words(Standing(State.ASSERTED, origins, grounds)) == words


def test_what_speaks_against_a_claim_and_is_no_reason_is_told_where_no_reason_is() -> None:
    """A dossier that lists stories against a claim never calls it asserted without a word of them."""
    said = Ground(GroundKind.ASSERTED, "Sample embassy", Day(2024))
    denied = Ground(GroundKind.DENIED, "Sample ministry", Day(2024))

    def words(*grounds: Ground, denial: bool = False, aside: int = 0) -> str:
        return standing_words(Standing(State.ASSERTED, frozenset(), grounds, denial, aside))

    assert words(said, denial=True) == DENIAL
    assert words(said, denial=True, aside=5) == (
        f"{DENIAL}; 5 stories speak against it, and no person has judged yet whether of the same matter"
    )
    assert words(said, aside=1).endswith("; 1 story speaks against it, by nobody whom it names")
    assert words(said, denied, aside=1) == "disputed"
