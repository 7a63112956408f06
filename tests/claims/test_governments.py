"""Stories as said by governments."""

from dataclasses import replace

from claims.governments import by_government
from claims.independence import tally
from claims.model import Member, Origin
from tests.support.build import member, source


def told(outlet: str, *chain: str) -> Member:
    """Return a story of an outlet, of what the first of these said."""
    story = member(f"{outlet} on {chain}", source=source(outlet))
    by_outlet = chain[0].endswith("Wire")
    return replace(story, reading=replace(story.reading, origin=Origin(chain, by_outlet=by_outlet)))


def who(words: str) -> frozenset[str]:
    """Return the country that stands before a body; the bureau of Sampleland is written without it, too."""
    if words.lower().startswith("other sampleland"):
        return frozenset({"Other Sampleland"})
    return frozenset({"Sampleland"}) if words.startswith(("Sample", "Bureau")) else frozenset({words})


def test_bodies_of_one_government_tell_a_happening_once() -> None:
    """A ministry and the deputies whom it briefs are one account, whatever outlets tell of them."""
    both = [told("Herald", "Sample ministry"), told("Courier", "Sample deputies")]

    assert tally(both).independent == 2
    assert tally(by_government(both, who)).independent == 1


def test_who_tells_of_a_body_is_kept() -> None:
    """An outlet that only tells what a body said is no account beside that body's government."""
    both = [told("Herald", "Sample ministry", "Sample Wire"), told("Courier", "Sample Wire")]

    assert tally(by_government(both, lambda name: frozenset({name.upper()}))).independent == 1


def test_a_body_without_its_country_is_the_one_that_is_named_with_it() -> None:
    """Otherwise an agency would be that of whichever government has one of its name."""
    both = [told("Herald", "Bureau"), told("Courier", "Other Sampleland Bureau")]

    assert tally(by_government(both, who)).independent == 1
    assert tally(by_government([*both, told("Post", "Sample ministry")], who)).independent == 2
