"""Which changes a digest shows, and in which order."""

import pytest

from bot.card import plain
from bot.digest_lines import chosen, grouped
from bot.digest_told import Told
from tests.support.build import story


@pytest.mark.parametrize(
    ("most", "shown"),
    [
        (2, "a1 b1"),
        (6, "a1 b1 b2 c1 c2 d1"),
        (9, "a1 a2 a3 b1 b2 c1 c2 d1"),
    ],
)
def test_every_kind_has_its_turn(most: int, shown: str) -> None:
    """In each the gravest have two, new claims and others one; what is shown keeps the order of the kinds."""
    kinds = [["a1", "a2", "a3"], [], ["b1", "b2"], ["c1", "c2"], ["d1"]]
    told = [[Told(each, (each,)) for each in kind] for kind in kinds]

    assert [each.claim for each in chosen(told, most)] == shown.split()


def test_one_claim_leaves_room_for_others() -> None:
    """A kind tells of it once before others had their turn, and of what fits no claim as it comes."""

    def kind(*claims: str) -> list[Told]:
        return [Told(each, (f"{each}{place}",)) for place, each in enumerate(claims)]

    kinds = [kind("x", "x", "x"), kind("x", "x", "y"), [], kind("y"), kind("", "")]

    assert [each.words for each in chosen(kinds, 4)] == [("x0",), ("x0",), ("y0",), ("0",)]
    assert [each.words[0] for each in chosen(kinds, 9)] == [
        each.words[0] for each in (told for kind in kinds for told in kind)
    ]


def test_what_was_quoted_before_is_not_quoted_again() -> None:
    """Another sentence of the same story is."""
    told = story("Ship leaves", summary="It has 300 containers. It has 70 railcars.")
    first, second = ((told.text.index(each), told.text.index(each) + 2) for each in ("300", "70"))
    places = {"A": first, "B": second, "C": first}
    entries = grouped("Changed", [Told("x", (words,), told, place) for words, place in places.items()])

    assert [plain(each.line) for each in entries] == [
        "A “It has 300 containers.” — Sample Herald",
        "B “It has 70 railcars.” — Sample Herald",
        "C (Sample Herald)",
    ]
