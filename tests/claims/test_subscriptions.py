"""What digests a subscription asks for, and since when."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from claims.outgoing import Period
from claims.subscriptions import timed
from tests.support.build import NOW, at, subscription

NO_DAY: frozenset[int] = frozenset()
HOURS = subscription(digest=time(8), weekdays=frozenset({0}), week_on=4, month_on=1, hours_set_at=NOW)


@pytest.mark.parametrize(
    ("changes", "periods"),
    [
        ({}, ()),
        ({"week_on": 0, "month_on": 1}, ()),  # no hour
        ({"digest": time(0)}, (Period.DAY,)),
        ({"digest": time(8), "weekdays": frozenset({6})}, (Period.DAY,)),
        ({"digest": time(8), "weekdays": NO_DAY}, ()),
        ({"digest": time(8), "weekdays": NO_DAY, "week_on": 0}, (Period.WEEK,)),
        ({"digest": time(8), "month_on": 31}, (Period.DAY, Period.MONTH)),
        ({"digest": time(8), "week_on": 6, "month_on": 1}, (Period.DAY, Period.WEEK, Period.MONTH)),
    ],
)
def test_what_digests_come(changes: dict[str, Any], periods: tuple[Period, ...]) -> None:
    """There is one hour for all, and the day, the week and the month are each chosen by themselves."""
    assert subscription(**changes).periods == periods


@pytest.mark.parametrize(
    ("changes", "stamped"),
    [
        ({"digest": time(9)}, True),
        ({"weekdays": None}, True),
        ({"week_on": None}, True),
        ({"month_on": 2}, True),
        ({"timezone": "Asia/Seoul"}, True),
        ({"tags": frozenset({"oil"}), "skip_empty": True, "budget": 5}, False),
    ],
)
def test_hours_are_set_when_they_change(changes: dict[str, Any], stamped: bool) -> None:
    """What else is changed leaves the moment at which they were set."""
    wanted = replace(HOURS, **changes)
    assert timed(wanted, HOURS, at(5)) == replace(wanted, hours_set_at=at(5) if stamped else NOW)
