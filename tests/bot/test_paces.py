"""How often feeds bring something, in the reader's words."""

import pytest

from bot import paces
from bot.language import speaking


@pytest.mark.parametrize(
    ("a_day", "expected"),
    [
        (212.4, "212 items a day"),
        (1, "1 item a day"),
        (3 / 7, "3 items a week"),
        (1 / 45, "an item in 45 days"),
        (0, "hardly any item"),
    ],
)
def test_a_rate_is_said_in_the_largest_measure_that_it_fills(a_day: float, expected: str) -> None:
    """What comes daily is counted by the day, the rest by the week, and the rare one by one."""
    assert paces.rate(a_day) == expected


@pytest.mark.parametrize(
    ("paced_by", "words", "translated"),
    [
        ("3 items a day", "3 items a day", "3 публикации в день"),
        ("failures", "failures", "сбои"),
        ("gone", "gone for good", "закрыта окончательно"),
        ("Retry-After", "Retry-After", "Retry-After"),
    ],
)
def test_what_paces_a_feed_is_said_in_the_language_of_the_reader(
    paced_by: str, words: str, translated: str
) -> None:
    """Names of headers and elements stay as publishers write them."""
    assert paces.pace(paced_by) == words
    with speaking("ru"):
        assert paces.pace(paced_by) == translated
