"""What stands in the place of claims that were merged or split."""

import pytest

from claims.care import changed, following, in_place_of
from tests.support.build import claim

PLACES = {
    "a claim that is tracked": (["a"], ["a"]),
    "one that was merged": (["b"], ["a"]),
    "one that was split": (["c"], ["a", "d"]),
    "one that was merged into one that was merged": (["e"], ["a"]),
    "several of them": (["c", "b", "d"], ["a", "d"]),
    "two that were merged into each other": (["f"], []),
}


@pytest.mark.parametrize(("named", "found"), PLACES.values(), ids=PLACES)
def test_names_of_claims_lead_to_what_is_tracked(named: list[str], found: list[str]) -> None:
    """However often they were merged, each once; a circle leads nowhere."""
    superseded = {"b": ("a",), "c": ("a", "d"), "e": ("b",), "f": ("g",), "g": ("f",)}

    assert list(in_place_of(named, superseded)) == found


def test_a_claim_never_names_itself() -> None:
    """The part that its whole was merged into is a part of nothing."""
    part = claim("a", parent="b", disputed_by=("b", "d"), disputes=("c",))

    led = following(part, {"b": ("a",), "c": ("a", "e")})

    assert (led.parent, led.disputed_by, led.disputes) == (None, ("d",), ("e",))
    assert changed(part, led) == ("disputed_by", "parent", "disputes")
