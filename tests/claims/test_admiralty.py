"""How sources and happenings are graded."""

import pytest

from claims.admiralty import Credibility, Reliability, best, credibility


@pytest.mark.parametrize(
    ("origins", "disputed", "judged"),
    [
        (0, False, Credibility.CANNOT_BE_JUDGED),
        (0, True, Credibility.CANNOT_BE_JUDGED),
        (1, False, Credibility.POSSIBLY_TRUE),
        (1, True, Credibility.DOUBTFUL),
        (2, False, Credibility.PROBABLY_TRUE),
        (2, True, Credibility.PROBABLY_TRUE),
        (99, False, Credibility.PROBABLY_TRUE),
    ],
)
def test_credibility_follows_the_independent_origins(origins: int, disputed: bool, judged: Credibility):
    """Two origins outweigh a dispute, one does not, and no number of them confirms."""
    assert credibility(origins, disputed=disputed) is judged


@pytest.mark.parametrize(
    ("grades", "highest"), [("", "F"), ("F", "F"), ("FE", "E"), ("CBF", "B"), ("EAAD", "A")]
)
def test_the_best_grade_is_the_highest_that_is_known(grades: str, highest: str):
    """F says that nothing is known, so that any other grade is better."""
    assert best(tuple(map(Reliability, grades))) == highest
