"""Which numbers are new, and what each is set beside."""

from dataclasses import replace
from datetime import timedelta

import pytest

from claims.changed_figures import new_figures
from claims.changes import NewFigure
from claims.model import Bound, Figure, Sighting, Stance
from claims.when import Day
from tests.support.build import NOW, claim, event, figure, member, source

SEOUL = "Sample Ministry"
BEFORE = Day(2024, 2)


def said(value: Figure, by: str = SEOUL, on: Day = BEFORE) -> Sighting:
    """Return a number of an earlier story."""
    return Sighting(value, by, on, "s-earlier")


def new(*figures: Figure, known: tuple[Sighting, ...] = ()) -> list[NewFigure]:
    """Return what one story of the ministry brings for a claim that was stated with 1,000 containers."""
    told = member(figures=figures, origin=SEOUL)
    stated = claim(figures=(figure(1_000), figure(5, "usd")), said_by="White House")
    return new_figures(stated, [(told, event(told))], known)


@pytest.mark.parametrize(
    ("now", "known", "before"),
    [
        (figure(13_000), (), (1_000, "White House")),
        (figure(13_000), (said(figure(6_700)), said(figure(9_000), "DIA")), (6_700, SEOUL)),
        (figure(13_000), (said(figure(9_000), "DIA"),), (9_000, "DIA")),
        (figure(13_000, bound=Bound.CAPACITY), (said(figure(6_700)),), None),
        (figure(13_000, period="a month"), (said(figure(6_700)),), None),
        (figure(13_000, period="since mid-2022"), (said(figure(6_700)),), (6_700, SEOUL)),
        (figure(13_000), (said(figure(6_700), on=Day(2024, 9)),), (1_000, "White House")),
    ],
)
def test_like_is_set_beside_like(
    now: Figure, known: tuple[Sighting, ...], before: tuple[float, str] | None
) -> None:
    """The body's own last number first, else the last of any; never a capacity or a rate, nor a later one."""
    (found,) = new(now, known=known)

    was = found.change.before
    assert (was and (was.figure.low, was.said_by)) == before
    assert found.moved is (before is not None and before[1] == SEOUL)
    assert (found.said_by, found.stated) == (SEOUL, True)


@pytest.mark.parametrize(
    ("figures", "known"),
    [
        ((figure(1_000),), ()),
        ((figure(13_000),), (said(figure(13_000), "DIA"),)),
        ((figure(70, "percent"),), ()),
        ((figure(70, "railcars"),), ()),
    ],
)
def test_what_was_said_before_or_counts_something_else_is_not_new(
    figures: tuple[Figure, ...], known: tuple[Sighting, ...]
) -> None:
    """Whoever said it, and whoever repeats it."""
    assert new(*figures, known=known) == []


def test_numbers_of_one_story_are_not_each_others_past() -> None:
    """Each is set beside what was said before, and one that is given twice is one."""
    found = new(figure(13_000), figure(15_000), figure(13_000), known=(said(figure(6_700)),))

    assert [
        (each.change.now.low, each.change.before and each.change.before.figure.low) for each in found
    ] == [
        (13_000, 6_700),
        (15_000, 6_700),
    ]


def test_another_outlets_number_of_the_same_happening_is_told_as_that_outlets() -> None:
    """The ministry need not have said both."""
    first = member("One", figures=[figure(13_000)], origin=SEOUL, published_at=NOW - timedelta(hours=2))
    second = member("Two", figures=[figure(15_000)], origin=SEOUL, source=source("Sample Post"))
    told = event(first, second)

    found = new_figures(claim(), [(first, told), (second, told)], ())

    assert [each.change.told_by for each in found] == [None, "Sample Herald"]


def test_a_story_that_disputes_a_claim_gives_it_no_number() -> None:
    """Neither does one that is only suggested for it; and a denial has no numbers at all."""
    told = member(figures=[figure(13_000)])
    (link,) = told.reading.evidence
    for changed in (replace(link, stance=Stance.DISPUTES), replace(link, suggested=True)):
        other = replace(told, reading=replace(told.reading, evidence=(changed,)))
        assert new_figures(claim(), [(other, event(other))], ()) == []
    assert new_figures(claim(denial=True), [(told, event(told))], ()) == []
