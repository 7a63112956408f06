"""Which numbers are new, and what each is set beside."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.parts import who
from claims.changed_figures import new_figures
from claims.changes import NewFigure
from claims.model import Bound, Direction, Figure, Origin, Sighting, Stance
from claims.when import Day
from tests.support.build import NOW, claim, event, evidence, figure, member, source

SEOUL = "Sample Ministry"
BEFORE = Day(2024, 2)


def said(value: Figure, by: str = SEOUL, on: Day = BEFORE) -> Sighting:
    """Return a number of an earlier story, beside which its body was read."""
    return Sighting(replace(value, body=by), by, on, f"s-{value.low}")


def new(*figures: Figure, body: str | None = SEOUL, known: tuple[Sighting, ...] = ()) -> list[NewFigure]:
    """Return what one story of the ministry brings for a claim that was stated with 1,000 containers."""
    told = member(figures=[replace(each, body=body) for each in figures], origin=SEOUL)
    stated = claim(figures=(figure(1_000), figure(5, "usd")), said_by="White House")
    return new_figures(stated, [(told, event(told))], known, who)


@pytest.mark.parametrize(
    ("now", "known", "before"),
    [
        (figure(13_000), (), (1_000, "White House")),
        (figure(13_000), (said(figure(6_700)), said(figure(9_000), "DIA")), (6_700, SEOUL)),
        (figure(13_000), (said(figure(9_000), "DIA"),), (9_000, "DIA")),
        (figure(13_000, bound=Bound.CAPACITY), (said(figure(6_700)),), None),
        (figure(13_000, bound=Bound.PLANNED), (said(figure(6_700)),), None),
        (figure(13_000, period="a month"), (said(figure(6_700)),), None),
        (figure(13_000, period="since mid-2022"), (said(figure(6_700)),), (6_700, SEOUL)),
        (figure(13_000), (said(figure(6_700), on=Day(2024, 9)),), (1_000, "White House")),
        # Of one body a lower number takes back none.
        (figure(6_700), (said(figure(13_000)),), None),
    ],
)
def test_like_is_set_beside_like(
    now: Figure, known: tuple[Sighting, ...], before: tuple[float, str] | None
) -> None:
    """Its body's last number first, else the last of any; never a capacity, plan or rate, nor a later one."""
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


def test_a_number_is_of_no_story_in_which_as_much_went_the_other_way() -> None:
    """Neither is it quoted from there nor in the mouth of who is named there."""
    sent, back = figure(10_000), figure(10_000, body=SEOUL, direction=Direction.TO_DPRK)
    first = member("10,000 containers", figures=[back], origin=SEOUL)
    second = member("Ten thousand", figures=[sent], source=source("Sample Post"))

    stated = claim(figures=(figure(1_000),), direction=Direction.TO_RUSSIA)
    (found,) = new_figures(stated, [(first, event(first)), (second, event(second))], (), who)

    assert (found.said_by, found.story.source.name, found.outlets) == (None, "Sample Post", 1)


def test_whoever_is_quoted_need_not_have_counted() -> None:
    """Only a body that was read beside a number did; what stories alone tell is beside no other number."""
    (found,) = new(figure(13_000), body=None, known=(said(figure(6_700)),))

    assert (found.said_by, found.quotes, found.change.before) == (None, SEOUL, None)


def test_what_only_stories_told_is_no_earlier_number() -> None:
    """The ministry that they quoted need not have said it."""
    told = Sighting(figure(6_700), SEOUL, BEFORE, "s-earlier")

    (found,) = new(figure(13_000), known=(told,))
    assert found.change.before is not None
    assert found.change.before.said_by == "White House"


def test_numbers_of_one_story_are_not_each_others_past() -> None:
    """Nor is either set beside any other: none tells which counts the same; one twice is one."""
    found = new(figure(13_000), figure(15_000), figure(13_000), known=(said(figure(6_700)),))
    assert [(each.change.now.low, each.change.before) for each in found] == [(13_000, None), (15_000, None)]

    two = tuple(said(figure(count)) for count in (6_700, 9_000))
    (found_after,) = new(figure(13_000), known=(said(figure(3_000), on=Day(2024, 1)), *two))
    assert found_after.change.before is not None
    assert found_after.change.before.figure.low == 3_000


def test_numbers_of_one_happening_or_one_announcement_are_not_each_others_past() -> None:
    """Told by two outlets, or by another happening of the same day, they are what was said at one time."""
    counts = (figure(13_000, body=SEOUL), figure(15_000, body=SEOUL), figure(17_000, body=SEOUL))
    hours = (timedelta(days=3), timedelta(hours=2), timedelta(hours=1))
    first, second, third = (
        member(str(count.low), figures=[count], published_at=NOW - ago)
        for count, ago in zip(counts, hours, strict=True)
    )
    together, apart = event(first, second), event(third)

    found = new_figures(claim(), [(first, together), (second, together), (third, apart)], (), who)
    assert [each.change.before and each.change.before.figure.low for each in found] == [None, None, 13_000]


def test_the_body_is_taken_from_whichever_story_names_it() -> None:
    """And that story is the one to read, however early another told the number."""
    first = member("One", figures=[figure(13_000)], published_at=NOW - timedelta(hours=2))
    second = member("Two", figures=[figure(13_000, body=SEOUL)], source=source("Sample Post"))
    told = event(first, second)

    (found,) = new_figures(claim(), [(first, told), (second, told)], (), who)
    assert (found.said_by, found.story) == (SEOUL, second.story)


@pytest.mark.parametrize(
    ("party", "body", "links", "counts"),
    [
        (True, None, {"denial-x": Stance.SUPPORTS}, 0),
        (True, None, {"other": Stance.DISPUTES}, 0),
        (True, SEOUL, {"denial-x": Stance.SUPPORTS}, 1),
        (True, None, {"denial-x": Stance.BACKGROUND}, 1),
        (False, None, {"denial-x": Stance.SUPPORTS}, 1),
    ],
)
def test_a_party_is_given_no_number_in_its_own_denial(
    party: bool, body: str | None, links: dict[str, Stance], counts: int
) -> None:
    """It denies what others counted; a number of these is theirs all the same."""
    told = member(figures=[figure(13_000, body=body)])
    also = tuple(evidence(told.story, claim_id, stance=stance) for claim_id, stance in links.items())
    reading = replace(
        told.reading, evidence=(*told.reading.evidence, *also), origin=Origin(("Sample Ministry",), party)
    )
    denying = replace(told, reading=reading)

    found = new_figures(claim(), [(denying, event(denying))], (), who, denials={"denial-x"})
    assert len(found) == counts


def test_a_story_that_disputes_a_claim_gives_it_no_number() -> None:
    """Neither does one that is only suggested for it; and a denial has no numbers at all."""
    told = member(figures=[figure(13_000)])
    (link,) = told.reading.evidence
    for changed in (replace(link, stance=Stance.DISPUTES), replace(link, suggested=True)):
        other = replace(told, reading=replace(told.reading, evidence=(changed,)))
        assert new_figures(claim(), [(other, event(other))], (), who) == []
    assert new_figures(claim(denial=True), [(told, event(told))], (), who) == []


def test_a_number_is_quoted_from_a_headline_that_has_it() -> None:
    """Of stories in one language; else from where it stands in the text of the best to read."""
    given = figure(13_000, body=SEOUL, quote="13,000")
    plain = member("Ministry counts", summary="It has 13,000 containers.", figures=[given], origin=SEOUL)
    headed = member("Ministry: 13,000 containers", figures=[given], origin=SEOUL, published_at=NOW)
    other = member("13,000 conteneurs", language="fr", figures=[given], origin=SEOUL)

    (found,) = new_figures(claim(), [(plain, event(plain)), (headed, event(headed))], (), who)
    assert (found.story, found.place) == (headed.story, (10, 16))
    (found,) = new_figures(claim(), [(other, event(other)), (plain, event(plain))], (), who)
    assert (found.story, found.place) == (plain.story, (23, 29))


@pytest.mark.parametrize(
    ("by", "before"),
    [
        # The newest of its government, by whichever body, before any of another's.
        ("Pentagon", (10_000, "US Department of State")),
        ("Washington", (10_000, "US Department of State")),
        ("British intelligence", (12_000, "Sample Ministry")),
    ],
)
def test_bodies_of_one_government_are_compared(by: str, before: tuple[float, str]) -> None:
    """The Pentagon's is set beside what a department said after the White House."""
    known = (
        said(figure(10_000), "US Department of State", Day(2024, 2, 1)),
        said(figure(12_000), SEOUL, Day(2024, 2, 9)),
    )

    (found,) = new(figure(20_000), body=by, known=known)

    was = found.change.before
    assert was is not None
    assert (was.figure.low, was.said_by) == before
    assert not found.moved


def test_a_number_is_told_as_whoever_names_its_body_has_it() -> None:
    """Another's `up to` is not that body's."""
    first = member("One", figures=[figure(13_000, bound=Bound.UP_TO)], published_at=NOW - timedelta(hours=2))
    second = member(
        "Two", figures=[figure(13_000, bound=Bound.AT_LEAST, body=SEOUL)], source=source("Sample Post")
    )
    told = event(first, second)

    (found,) = new_figures(claim(), [(first, told), (second, told)], (), who)
    assert (found.change.now.bound, found.said_by) == (Bound.AT_LEAST, SEOUL)


def test_what_others_call_a_capacity_is_one() -> None:
    """Also of an earlier story: neither is beside a count then, nor is it told as one."""
    count = member("One", figures=[figure(13_000, body=SEOUL)])
    room = member("Two", figures=[figure(12_800, bound=Bound.CAPACITY, body=SEOUL)])

    found = new_figures(claim(), [(count, event(count)), (room, event(room))], (), who)
    assert {each.change.now.bound for each in found} == {Bound.CAPACITY}

    known = (said(figure(6_700)), said(figure(6_701, bound=Bound.CAPACITY)))
    (after,) = new(figure(13_000), known=known)
    assert after.change.before is not None
    assert after.change.before.said_by == "White House"


def test_an_earlier_number_is_that_of_whoever_said_it_first() -> None:
    """A body of its government that repeats it is not the one that counted."""
    known = (
        said(figure(13_000), "South Korean Defense Intelligence Agency", Day(2024, 2, 1)),
        said(figure(13_000), "National Intelligence Service", Day(2024, 2, 2)),
    )

    (found,) = new(figure(20_000), body="South Korean military", known=known)

    assert found.change.before == known[0]


def test_an_earlier_number_is_ones_own_where_another_said_it_too_that_day() -> None:
    """Then the body is set beside itself, not beside its capital."""
    day = Day(2024, 2, 1)
    known = (
        said(figure(13_000), "Seoul", day),
        said(figure(13_000), "South Korean Defense Intelligence Agency", day),
    )

    (found,) = new(figure(20_000), body="South Korean Defense Intelligence Agency", known=known)

    assert found.change.before == known[1]
    assert found.moved
