"""The list of a claim's numbers, in words."""

from bot.answers.figures import figures_card, more_words, other_words
from bot.card import plain
from bot.paging import page_of
from claims.history import Said, Series
from claims.when import Day
from tests.support.build import claim, figure

BEFORE = Said(figure(1_000), "Sample ministry", Day(2023, 10, 1), outlets=("Sample Herald",))
OWN = Said(figure(2_000), "White House", Day(2023, 10, 13), own=True)


def lines(*said: Said) -> list[str]:
    """Return the lines of the list of these numbers, of a claim of 13 October 2023."""
    series = Series(said)
    card = figures_card(claim(), page_of([(series, each) for each in said], {}, 10))
    return [plain(line) for line in card.lines]


def test_numbers_from_before_a_claim_stand_apart() -> None:
    """They cannot be of the claim, so words over them say when it was made."""
    assert lines(BEFORE, OWN) == [
        "containers: reported before the claim of 13 October 2023",
        "1 October 2023: 1,000 containers · Sample ministry · Sample Herald",
        "containers",
        "13 October 2023: 2,000 containers · White House · part of the claim itself",
    ]
    assert lines(OWN)[0] == "containers"


def test_a_list_says_whose_day_it_has() -> None:
    """It is that of a story: a number may have been said before."""
    card = figures_card(claim(), page_of([(Series((OWN,)), OWN)], {}, 10))

    assert "it may have been said earlier" in card.footer


def test_what_is_not_drawn_is_counted() -> None:
    """One and many read as they are spoken."""
    assert [more_words(1), more_words(2)] == ["1 more is not drawn", "2 more are not drawn"]
    assert other_words(1) == "1 number that counts something else is not drawn"
