"""Days as people state them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.when import Day

DAYS = st.dates().flatmap(
    lambda d: st.sampled_from([Day(d.year), Day(d.year, d.month), Day(d.year, d.month, d.day)])
)


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("2023", Day(2023), "2023"),
        ("2023-10", Day(2023, 10), "October 2023"),
        (" 2023-10-03 ", Day(2023, 10, 3), "3 October 2023"),
        ("2024-02-29T23:59:59Z", Day(2024, 2, 29), "29 February 2024"),
    ],
)
def test_a_day_is_read_as_precisely_as_it_is_stated(text: str, day: Day, words: str):
    """A year, a month and a full day are read for what they are, and said so in words."""
    assert Day.parse(text) == day
    assert day.words == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "23",
        "2023-",
        "2023-1",
        "2023-00",
        "2023-13",
        "2023-02-29",
        "2023-10-00",
        "2023-10-13-1",
        "0000",
        "20231013",
        "9" * 5000,
        "２０２３",
        "13 October 2023",
        "-2023",
        "T10:00",
    ],
)
def test_what_is_no_day_is_refused(text: str):
    """Whatever no calendar has, or is written otherwise, is not guessed at."""
    with pytest.raises(ValueError, match=r"."):
        Day.parse(text)


@pytest.mark.parametrize("parts", [(2023, 0), (2023, 2, 30), (2023, None, 5), (0,), (10**20,)])
def test_no_impossible_day_is_made(parts: tuple[int, ...]):
    """A day that does not exist cannot be built either."""
    with pytest.raises((ValueError, OverflowError)):
        Day(*parts)


@given(DAYS)
def test_a_day_survives_being_written(day: Day):
    """What is written is read back as the same day, with the same precision."""
    assert Day.parse(str(day)) == day


@given(DAYS, DAYS)
def test_days_of_any_precision_have_one_order(one: Day, other: Day):
    """Any two days compare, as their first days do, the less precise first where those are equal."""
    if one.first() != other.first():
        assert (one < other) == (one.first() < other.first())
    else:
        assert (one < other) == (str(one) < str(other))
    assert sorted([one, other]) == sorted([other, one])


def test_the_day_of_a_moment_is_its_date():
    """A date and a moment give a full day."""
    assert (
        Day.of(date(2023, 10, 13)) == Day.of(datetime(2023, 10, 13, 23, 59, tzinfo=UTC)) == Day(2023, 10, 13)
    )


@pytest.mark.parametrize(
    ("stated", "last"),
    [("2024-02-03", date(2024, 2, 3)), ("2024-02", date(2024, 2, 29)), ("2024", date(2024, 12, 31))],
)
def test_the_last_day_that_is_meant(stated: str, last: date) -> None:
    """Of a month or year it is its end."""
    assert Day.parse(stated).last() == last
