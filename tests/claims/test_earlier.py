"""What a number of a claim stands beside."""

from typing import Any

import pytest

from claims.earlier import earlier
from claims.history import Said, Series
from claims.model import Stance
from claims.when import Day
from tests.support.build import figure

SOUTH = frozenset({"Sample South"})


def told(number: float, day: int, by: str, outlets: int = 1, **more: Any) -> Said:
    """Return a number that a body said on a day of August 2024."""
    return Said(figure(number), by, Day(2024, 8, day), outlets=("Sample Herald",) * outlets, **more)


OWN = told(1_000, 2, "Sample ministry", whom=SOUTH)
OF_ITS_GOVERNMENT = told(2_000, 5, "Sample agency", whom=SOUTH)
ANOTHER = told(3_000, 8, "Sample institute")
ROUNDED = told(2_900, 8, "Sample institute", outlets=3)
DOUBTED = told(4_000, 9, "Sample ministry", stance=Stance.DISPUTES, whom=SOUTH)
NOBODY_S = told(5_000, 9, "Sample Herald", told=True)
NEWEST = told(6_000, 20, "Sample ministry", whom=SOUTH)
SAME_DAY = told(6_500, 19, "Sample ministry", whom=SOUTH)


@pytest.mark.parametrize(
    ("said", "before"),
    [
        pytest.param([OWN, OF_ITS_GOVERNMENT, ANOTHER], OWN, id="its own before later ones of others"),
        pytest.param([OF_ITS_GOVERNMENT, ANOTHER], OF_ITS_GOVERNMENT, id="its government's before another's"),
        pytest.param([ANOTHER, ROUNDED], ROUNDED, id="of one announcement what most outlets tell"),
        pytest.param([ANOTHER, DOUBTED, NOBODY_S], ANOTHER, id="neither a doubted one nor an outlet's own"),
        pytest.param([SAME_DAY], None, id="none of the same announcement"),
    ],
)
def test_a_number_stands_beside_one_before_it(said: list[Said], before: Said | None) -> None:
    """It is of the same body as far as that gave one."""
    assert earlier(Series((*said, NEWEST)), NEWEST) == before
