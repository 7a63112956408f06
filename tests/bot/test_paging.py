"""Long answers, page by page."""

import pytest

from bot.card import Card
from bot.paging import Page, page_of, paged
from claims.errors import UsageError


@pytest.mark.parametrize(
    ("asked", "items", "number"),
    [("", [1, 2], 1), ("1", [1, 2], 1), ("3", [5], 3), ("9", [5], 3), ("0", [1, 2], 1), ("9" * 99, [5], 3)],
)
def test_a_page_is_a_part_of_the_list(asked: str, items: list[int], number: int) -> None:
    """One that is too far is the last, so that a button of yesterday still leads somewhere."""
    assert page_of([1, 2, 3, 4, 5], {"page": asked}, 2) == Page(items, number, 3)


@pytest.mark.parametrize("asked", ["two", "-1", "1.5", "٣"])
def test_what_is_no_number_is_refused(asked: str) -> None:
    """It says what to write."""
    with pytest.raises(UsageError, match="page takes a number, such as 2"):
        page_of([1], {"page": asked}, 2)


def test_a_card_says_which_page_it_is() -> None:
    """A list of one page says nothing about pages, and an empty one neither."""
    card = Card("Claims", footer="advice")

    assert paged(card, page_of([], {}, 2)) == card
    assert paged(card, Page([1], 2, 3)) == Card("Claims", footer="Page 2 of 3 · advice", page=(2, 3))
