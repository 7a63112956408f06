"""A period without a year has that of its story, and a story is read so."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from claims.matching.matcher import Matcher
from claims.matching.spans import dated
from tests.support.build import story


@pytest.mark.parametrize(
    ("period", "on", "expected"),
    [
        ("since --08", date(2024, 2, 27), "since 2023-08"),
        ("since --08", date(2024, 8, 1), "since 2024-08"),
        ("since --08-26", date(2024, 8, 25), "since 2023-08-26"),
        ("since --08-26", date(2024, 8, 26), "since 2024-08-26"),
        ("since late---08", date(2024, 12, 1), "since late-2024-08"),
        ("since mid-2022", date(2024, 2, 1), "since mid-2022"),
        ("since 2023-08-26", date(2024, 2, 1), "since 2023-08-26"),
        ("in last year", date(2024, 2, 1), "in 2023"),
        ("in 2022", date(2024, 2, 1), "in 2022"),
        ("a month", date(2024, 2, 1), "a month"),
        (None, date(2024, 2, 1), None),
    ],
)
def test_a_period_without_a_year_has_its_last_date(
    period: str | None, on: date, expected: str | None
) -> None:
    """Nobody counts since a day that is yet to come."""
    assert dated(period, on) == expected


def test_a_story_s_numbers_have_their_years(matcher: Matcher) -> None:
    """They are read years later, beside numbers of other years."""
    at = datetime(2024, 2, 27, tzinfo=UTC)
    told = story("Seoul: North Korea sent Russia 9,000 containers of shells since August")

    (figure,) = matcher.read(replace(told, published_at=at)).figures
    assert figure.period == "since 2023-08"
