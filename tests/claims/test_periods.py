"""Where the span of a digest begins."""

from datetime import UTC, datetime

import pytest

from claims.outgoing import Period
from claims.periods import begins


@pytest.mark.parametrize(
    ("until", "period", "zone", "since"),
    [
        ("2024-03-01T00:00", "day", "UTC", "2024-02-29T00:00"),
        ("2024-03-01T00:00", "month", "UTC", "2024-02-01T00:00"),
        ("2024-03-31T08:00", "month", "UTC", "2024-02-29T08:00"),
        ("2024-01-15T08:00", "month", "UTC", "2023-12-15T08:00"),
        ("2024-02-29T08:00", "year", "UTC", "2023-02-28T08:00"),
        ("2024-04-04T06:00", "week", "Europe/Berlin", "2024-03-28T07:00"),
        ("2024-10-30T07:00", "week", "Europe/Berlin", "2024-10-23T06:00"),
    ],
)
def test_a_span_begins_at_the_same_local_hour(until: str, period: str, zone: str, since: str) -> None:
    """Also over a change of the clocks, and on the last day of a shorter month."""
    moment = datetime.fromisoformat(until).replace(tzinfo=UTC)

    assert begins(moment, Period(period), zone) == datetime.fromisoformat(since).replace(tzinfo=UTC)
