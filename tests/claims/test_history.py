"""How the numbers of a claim went over time."""

from dataclasses import replace

import pytest

from bot.parts import who
from claims.history import Said, Series, figure_series, updates
from claims.meant import ANNOUNCED
from claims.model import Bound, Direction, Evidence, Member, Origin, Stance
from claims.when import Day
from tests.support.build import at, claim, figure, member, source

DAY = Day(2024, 8, 27)


def told(story: Member, stance: Stance = Stance.SUPPORTS, **changes: object) -> Member:
    """Return a story that takes this stance towards containers-2023."""
    (link,) = story.reading.evidence
    turned = replace(link, stance=stance, **changes)  # type: ignore[arg-type]  # a test may name any field
    return replace(story, reading=replace(story.reading, evidence=(turned,)))


def linked(*members: Member) -> list[tuple[Member, Evidence]]:
    """Return stories with their one link each."""
    return [(each, each.reading.evidence[0]) for each in members]


def test_a_series_begins_with_what_the_claim_said() -> None:
    """The numbers of the claim and those of stories stand by day, each with who said it."""
    seeded = claim(figures=(figure(1_000, bound=Bound.AT_LEAST),))
    story = member(figures=[figure(13_000, body="Sample ministry")])

    (series,) = figure_series(seeded, linked(story), who)

    assert series.said == (
        Said(
            figure(1_000, bound=Bound.AT_LEAST),
            "White House",
            Day(2023, 10, 13),
            own=True,
            whom=frozenset({"United States"}),
        ),
        Said(
            figure(13_000, body="Sample ministry"),
            "Sample ministry",
            DAY,
            outlets=("Sample Herald",),
            whom=who("Sample ministry"),
            story_id=story.story.id,
        ),
    )


def test_outlets_that_repeat_a_number_add_no_number() -> None:
    """One body's number is one, and so is one that an outlet repeats without naming anybody."""
    first = member("One", figures=[figure(body="Sample ministry")])
    again = member("Two", figures=[figure(body="Sample Ministry")], source=source("Sample Post"))
    bare = member("Three", figures=[figure()], source=source("Sample Courier"), published_at=at(9))

    (series,) = figure_series(claim(), linked(bare, again, first), who)

    (only,) = series.said
    assert set(only.outlets) == {"Sample Herald", "Sample Post", "Sample Courier"}
    assert not only.told


def test_what_only_outlets_tell_stands_as_told_by_the_first_of_them() -> None:
    """Nobody is known to have said it, and an outlet is nobody who counts."""
    one = member("One", figures=[figure()])
    other = member("Two", figures=[figure()], source=source("Sample Courier"), published_at=at(9))

    (series,) = figure_series(claim(), linked(other, one), who)

    assert [(each.told, each.said_by) for each in series.said] == [(True, "Sample Herald")]


def test_a_denial_has_no_numbers_but_its_own() -> None:
    """Stories that tell of one give the numbers of what is denied."""
    story = told(member(figures=[figure()]))

    assert figure_series(claim(figures=(), denial=True), linked(story), who) == ()
    assert len(figure_series(claim(figures=()), linked(story), who)) == 1


def test_the_same_number_by_two_bodies_is_two() -> None:
    """A second body corroborates, and a story that disputes with the same number does not support it."""
    one = member("One", figures=[figure(body="Sample ministry")])
    other = member("Two", figures=[figure(body="Sample institute")], published_at=at(1))
    against = told(
        member("Three", figures=[figure(body="Sample ministry")], published_at=at(2)), Stance.DISPUTES
    )

    (series,) = figure_series(claim(), linked(one, other, against), who)

    assert [(s.said_by, s.stance) for s in series.said] == [
        ("Sample ministry", Stance.SUPPORTS),
        ("Sample institute", Stance.SUPPORTS),
        ("Sample ministry", Stance.DISPUTES),
    ]


SEOUL = "South Korean Defense Intelligence Agency"
DAYS = 24 * 60


@pytest.mark.parametrize(
    ("tellers", "expected"),
    [
        # Offices of one government in the days of one announcement.
        (
            [
                ("Herald", "Seoul", 0),
                ("Post", SEOUL, 9),
                ("Courier", SEOUL, 1 * DAYS),
                ("Wire", "Moscow", 20),
            ],
            [(SEOUL, ("Seoul",), 3), ("Moscow", (), 1)],
        ),
        # Later it is another; so is another state's, and a party's that nobody else announced.
        (
            [("Herald", "Seoul", 0), ("Post", "South Korean military", ANNOUNCED.days * DAYS + DAYS)],
            [("Seoul", (), 1), ("South Korean military", (), 1)],
        ),
        ([("Herald", "Seoul", 0), ("Post", "White House", 9)], [("Seoul", (), 1), ("White House", (), 1)]),
        ([("Herald", "Kremlin", 0), ("Post", "Seoul", 9)], [("Kremlin", (), 1), ("Seoul", (), 1)]),
        # An outlet is no body, whether it names itself, nobody or another outlet, and whichever comes first.
        ([("Herald", None, 0), ("Post", "Seoul", 9), ("Wire", "Herald", 20)], [("Seoul", (), 3)]),
        ([("Herald", None, 0), ("Post", None, 9)], [("Herald", (), 2)]),
    ],
)
def test_one_announcement_is_one_number(
    tellers: list[tuple[str, str | None, float]], expected: list[tuple[str, tuple[str, ...], int]]
) -> None:
    """Whoever most outlets name says it, others whom they name for it stand beside, and nobody twice."""
    stories = [
        member(f"Told by {name}", figures=[figure(body=by)], source=source(name), published_at=at(minutes))
        for name, by, minutes in tellers
    ]

    (series,) = figure_series(claim(), linked(*stories), who)

    assert [(said.said_by, said.also, len(said.outlets)) for said in series.said] == expected


def test_what_the_claim_counts_comes_first_and_its_own_number_stays_its_own() -> None:
    """However often it is told again, and however many numbers of something else stories have."""
    seeded = claim(figures=(figure(1_000, body="White House"),))
    story = member(
        figures=[
            figure(1_000, body="White House"),
            figure(3, "ships"),
            figure(4, "ships"),
        ]
    )

    first, second = figure_series(seeded, linked(story), who)

    assert [(said.own, said.outlets) for said in first.said] == [(True, ("Sample Herald",))]
    assert [said.own for said in second.said] == [False, False]


def test_updates_of_a_body_follow_each_other_by_announcement() -> None:
    """Of several numbers of one announcement the most told goes on; other bodies and disputes stand apart."""

    def said(value: float, day: Day, by: str, outlets: int, stance: Stance = Stance.SUPPORTS) -> Said:
        return Said(figure(value), by, day, stance, ("Sample Herald",) * outlets)

    first = said(6_700, Day(2024, 2, 26), "Sample ministry", 9)
    again = said(13_000, Day(2024, 8, 27), "Sample Ministry", 1)
    revised = said(15_000, Day(2024, 8, 29), "Sample ministry", 1)
    series = Series(
        (
            first,
            said(9_000, Day(2024, 2, 27), "Sample ministry", 2),
            said(8_000, Day(2024, 5, 1), "Sample institute", 5),
            said(7_000, Day(2024, 5, 17), "Sample ministry", 3, Stance.DISPUTES),
            again,
            revised,
        )
    )

    assert updates(series) == ((first, again, revised),)


@pytest.mark.parametrize(
    ("unit", "period", "values"),
    [
        ("containers", None, (9_000, 6_700)),
        ("ships", None, (2, 5)),
        ("shells", "a month", (20_000, 30_000)),
    ],
)
def test_what_is_no_running_count_is_not_joined(
    unit: str, period: str | None, values: tuple[float, float]
) -> None:
    """A smaller number, ships that are seen and rates are no updates of one total."""
    before, later = values
    series = Series(
        (
            Said(figure(before, unit, period=period), "Sample ministry", Day(2024, 2, 26)),
            Said(figure(later, unit, period=period), "Sample ministry", Day(2024, 8, 27)),
        )
    )

    assert updates(series) == ()


def test_what_went_the_other_way_is_in_no_series() -> None:
    """A number belongs to a claim of its own direction; where none is said, it went to Russia."""
    story = member(
        figures=[
            figure(6_700, direction=Direction.TO_RUSSIA),
            figure(9_000, direction=Direction.TO_DPRK),
            figure(13_000),
        ]
    )

    (series,) = figure_series(claim(direction=Direction.TO_RUSSIA), linked(story), who)
    (both,) = figure_series(claim(direction=None), linked(story), who)

    (back,) = figure_series(claim(direction=Direction.TO_DPRK), linked(story), who)

    assert [each.figure.low for each in series.said] == [6_700, 13_000]
    assert [each.figure.low for each in both.said] == [6_700, 9_000, 13_000]
    assert [each.figure.low for each in back.said] == [9_000]


def test_who_denies_a_number_did_not_give_it() -> None:
    """A party's denial names its accuser's number; an institute that disputes gives its own."""
    denial = told(member("One", origin="Kremlin", figures=[figure(1_000)]), Stance.DISPUTES)
    denial = replace(denial, reading=replace(denial.reading, origin=Origin(("Kremlin",), party=True)))
    doubt = told(member("Two", figures=[figure(300, body="Sample institute")]), Stance.DISPUTES)

    (series,) = figure_series(claim(), linked(denial, doubt), who)

    assert [(each.said_by, each.figure.low) for each in series.said] == [("Sample institute", 300)]


def test_only_like_stands_beside_like() -> None:
    """Units, rates and capacities are series of their own, those with the most numbers first."""
    story = member(
        figures=[
            figure(20, "railcars", period="a week"),
            figure(9_000),
            figure(300, "railcars", bound=Bound.CAPACITY),
            figure(13_000),
            figure(5, "percent"),
        ]
    )

    series = figure_series(claim(), linked(story), who)

    assert [(s.figure.unit, len(s.said)) for s in series] == [
        ("containers", 2),
        ("railcars", 1),
        ("railcars", 1),
    ]


@pytest.mark.parametrize("changes", [{"stance": Stance.BACKGROUND}, {"suggested": True}])
def test_what_is_said_in_passing_is_not_in_a_series(changes: dict[str, object]) -> None:
    """A story of background, or one that waits for a review, gives no number."""
    changes = {"stance": Stance.SUPPORTS, **changes}
    story = told(member(figures=[figure()]), **changes)  # type: ignore[arg-type]  # by name

    assert figure_series(claim(), linked(story), who) == ()
