"""How alike two bags of weighted concepts are."""

import pytest

from claims.matching.cosine import cosine, unit


def test_scaled_weights_keep_their_shares_and_lose_their_size() -> None:
    """Weights come to length 1 whatever they were, and what weighs nothing is left out."""
    assert unit({"a": 30.0, "b": 40.0, "c": 0.0}) == pytest.approx({"a": 0.6, "b": 0.8})
    assert unit({"a": 0.0}) == unit({}) == {}


def test_likeness_goes_from_nothing_shared_to_the_same() -> None:
    """It is the same both ways round, and only what both have adds to it."""
    one, other = unit({"a": 3.0, "b": 4.0}), unit({"a": 1.0})

    assert cosine(one, one) == pytest.approx(1.0)
    assert cosine(one, other) == cosine(other, one) == pytest.approx(0.6)
    assert cosine(one, unit({"c": 1.0})) == cosine({}, one) == 0
