"""Who is who among those whom stories name for a number."""

import pytest

from bot.parts import lexicon
from claims.bodies import is_capital, is_party, same_body, same_state


@pytest.mark.parametrize(
    ("one", "other", "body", "state"),
    [
        ("White House", "white house", True, True),
        ("Defense Intelligence Agency", "South Korean Defense Intelligence Agency", True, False),
        ("South Korean military", "National Intelligence Service", False, True),
        ("Seoul", "South Korean lawmakers", False, True),
        ("Washington", "Washington Post", False, False),
        ("Seoul", "Washington", False, False),
        ("South Korea, Japan and the United States", "South Korean military", False, False),
        ("Sample ministry", "Sample institute", False, False),
    ],
)
def test_names_are_of_one_body_or_of_one_state(one: str, other: str, body: bool, state: bool) -> None:
    """A name without its country is the one with it; a capital stands for its offices, whatever the order."""
    assert (same_body(one, other), same_body(other, one)) == (body, body)
    if not body:
        assert (same_state(one, other), same_state(other, one)) == (state, state)


def test_the_lexicons_parties_are_offices_of_the_states_that_it_is_about() -> None:
    """Of those who speak of their own conduct all but a company of soldiers are a state's; of others none."""
    facets = lexicon().facets
    parties = {name for name in lexicon().names if facets[name].startswith("party")}
    others = {name for name in lexicon().names if facets[name] in ("body", "seat")}

    assert {name for name in parties if not is_party(name)} == {"Wagner"}
    assert not any(is_party(name) for name in others)


def test_a_capital_stands_for_whatever_its_state_does() -> None:
    """So that nobody is said to have counted because a capital was named; an office is none."""
    assert all(map(is_capital, ("Seoul", "Beijing", "Pyongyang", "Washington")))
    assert not any(map(is_capital, ("White House", "Ukraine", "KCNA", "Sample Ministry")))
