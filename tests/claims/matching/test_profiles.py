from dataclasses import replace
from datetime import date

import pytest

from claims.matching.lexicon import Lexicon, Span
from claims.matching.matcher import Matcher
from claims.matching.page import lay_out
from claims.matching.profiles import fit, within
from claims.matching.spotting import Spots, spot
from claims.model import Profile
from claims.when import Day
from tests.support.build import claim, figure

PROFILE = Profile(need=(("shells",), ("russia",)), boost=("port",), minus=("tourism",), since=Day(2023, 10))


def spots(lexicon: Lexicon, **places: int) -> Spots:
    """Put concepts at offsets: below 6 the title, below 12 the first sentence, then the rest."""
    page = lay_out("title", "First one. Rest follows here now.")
    found = [Span(at, at + 1, concept) for concept, at in places.items()]
    return spot(page, found, lexicon.languages["en"], lexicon)


def score(lexicon: Lexicon, day: date = date(2024, 1, 1), **places: int) -> float:
    """Return the score of the test profile for concepts at offsets."""
    return fit(PROFILE, spots(lexicon, **places), day, lexicon.weights).score


def test_score_falls_with_the_zone(lexicon: Lexicon) -> None:
    """The title tells more than the first sentence, and that more than the rest; the first group most."""
    title = score(lexicon, shells=0, russia=1)
    assert title == pytest.approx(1.0)
    assert title > score(lexicon, shells=0, russia=30) > score(lexicon, shells=30, russia=0)


def test_boost_minus_and_window(lexicon: Lexicon) -> None:
    """A boost raises the score; a minus and a day outside the window lower it by their weights."""
    plain, weights = score(lexicon, shells=0, russia=1), lexicon.weights
    assert score(lexicon, shells=0, russia=1, port=2) == pytest.approx(plain + weights.boost)
    assert score(lexicon, shells=0, russia=1, tourism=2) == pytest.approx(plain - weights.minus)
    early = score(lexicon, date(2023, 9, 30), shells=0, russia=1)
    assert early == pytest.approx(plain - weights.outside)


@pytest.mark.parametrize(
    ("until", "day", "inside"),
    [
        (Day(2023), date(2023, 12, 31), True),
        (Day(2023), date(2024, 1, 1), False),
        (Day(2023, 9), date(2023, 9, 30), True),
        (Day(2023, 9, 5), date(2023, 9, 6), False),
        (None, date(2099, 1, 1), True),
    ],
)
def test_until_reaches_to_the_end_of_what_it_names(until: Day | None, day: date, inside: bool) -> None:
    """A window that ends with a year or month holds all of it."""
    assert within(Profile(until=until), day) is inside


def derived(lexicon: Lexicon, statement: str, **fields: object) -> Profile:
    """Return the profile derived from a sentence."""
    plain = {"items": (), "places": (), "vessels": (), "figures": (), "profile": None}
    ours = replace(claim("ours", statement=statement), **{**plain, **fields})  # type: ignore[arg-type]  # fields by name
    return Matcher(lexicon, [ours]).profiles["ours"]


def test_derived_profile_turns_on_the_items(lexicon: Lexicon) -> None:
    """A profile turns on the item of a sentence and asks for the parties, but for no count of rare goods."""
    profile = derived(lexicon, "North Korea sent Russia containers", figures=(figure(900),))
    assert "containers" in profile.need[0]
    assert {("north-korea",), ("russia",)} <= set(profile.need)
    assert ("counted-containers",) not in profile.need


def test_derived_profile_asks_for_more_where_all_is_common(lexicon: Lexicon) -> None:
    """Of common goods the count, the deed and the one who tells it best are asked for too."""
    profile = derived(
        lexicon,
        "North Korea secretly sent Russia 900 shells",
        figures=(figure(900, "shells"),),
        said_by="Ukraine's military intelligence",
    )
    assert ("counted-shells",) in profile.need
    assert ("covert",) in profile.need
    loose = derived(lexicon, "North Korea arms Russia", said_by="Ukraine's military intelligence")
    assert ("ukrainian-intelligence",) in loose.need


def test_derived_profile_of_a_denial(lexicon: Lexicon) -> None:
    """A denial is known by any word that denies."""
    profile = derived(lexicon, "Russia denies that it gets arms from North Korea", denial=True)
    assert profile.need[0] == ("deny", "falsehood")


def test_own_profile_is_kept(lexicon: Lexicon) -> None:
    """A profile that somebody wrote is used as it stands."""
    assert Matcher(lexicon, [claim("ours", profile=PROFILE)]).profiles["ours"] == PROFILE
