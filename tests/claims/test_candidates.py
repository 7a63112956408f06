"""Happenings that fit no claim."""

from dataclasses import replace
from typing import Any

from claims.candidates import LIKELY, candidates
from claims.model import Event, Member, Stance
from tests.support.build import at, event, evidence, member, reading, source

OTHER = source("Sample Post")


def oil(**changes: Any) -> Event:
    """Return a happening that two families tell; `changes` are of the reading of the second."""
    first = member("Oil above the cap", [], url="https://a.example/1")
    second = member("Oil", [], source=OTHER, published_at=at(60), url="https://b.example/1")
    return event(first, Member(second.story, replace(second.reading, **changes)))


def link(**changes: Any) -> Event:
    """Return that happening with a link of its second story."""
    return oil(evidence=(evidence(member("Oil", [], source=OTHER).story, **changes),))


def test_what_two_families_tell_is_a_candidate() -> None:
    """It comes with its headline, its sources, what it is about, and when it was last told."""
    (found,) = candidates([oil(concepts=(("oil", 0.9), ("counted-tonnes", 2.0), ("ship", 0.6)))])

    assert (found.story.title, found.at) == ("Oil above the cap", at(60))
    assert (found.tally.outlets, found.tally.families) == (("Sample Herald", "Sample Post"), 2)
    assert found.concepts == ("item:containers", "oil", "ship", "place:najin")


def test_one_family_is_not_enough() -> None:
    """Outlets of one publisher are one word, however many they are."""
    names = ("Sample Herald", "Sample Evening Herald")
    one = event(*(member(f"Oil, {name}", [], source=source(name, family="House")) for name in names))

    assert candidates([one]) == ()


def test_a_happening_that_fits_a_claim_is_none() -> None:
    """Attached or probably so, supporting or disputing, one story is enough."""
    fits = [
        link(),
        link(stance=Stance.DISPUTES),
        link(suggested=True, score=LIKELY),
    ]
    fits_not = [link(suggested=True, score=LIKELY - 0.01), link(stance=Stance.BACKGROUND)]

    assert [len(candidates([each])) for each in (*fits, *fits_not)] == [0, 0, 0, 1, 1]


def test_what_most_stories_speak_of_in_passing_is_tracked() -> None:
    """A happening in which somebody does not confirm a claim is of that claim; one story makes it none."""
    passing = link(stance=Stance.BACKGROUND)
    first, second = passing.members
    links = (evidence(first.story, stance=Stance.BACKGROUND),)
    told = Member(first.story, replace(first.reading, evidence=links))
    unsure = Member(
        first.story, replace(first.reading, evidence=(replace(links[0], suggested=True, score=0.1),))
    )

    found = [candidates([event(each, second)]) for each in (told, unsure, first)]

    assert [len(each) for each in found] == [0, 1, 1]


def test_stories_that_are_not_relevant_do_not_count() -> None:
    """What somebody, or a later reading, found to be of another matter lends no family."""
    assert candidates([oil(relevant=False)]) == ()


def test_the_newest_come_first_and_english_leads() -> None:
    """Candidates are ordered by when they were last told; the first English story is shown."""
    korean = member("정제유", [], language="ko", published_at=at(-90))
    korean = Member(korean.story, reading(korean.story, [], language="ko"))
    older = event(korean, member("Refined oil", [], source=OTHER, published_at=at(-80)))

    assert [each.story.title for each in candidates([older, oil()])] == ["Oil above the cap", "Refined oil"]
