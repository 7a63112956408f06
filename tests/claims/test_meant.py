"""How numbers were meant where outlets tell them otherwise."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.parts import who
from claims.meant import ANNOUNCED, Given, as_meant, retold
from claims.model import Bound, Figure, Origin
from tests.support.build import figure, member

SEOUL, MINISTRY, WASHINGTON = "Seoul", "South Korean Defence Ministry", "Washington"
DAY = date(2024, 6, 14)
ROOM, PLAN = Bound.CAPACITY, Bound.PLANNED


def given(count: float, bound: Bound = Bound.EXACT, by: str | None = SEOUL, later: int = 0) -> Given:
    """Return a number of shells of a story of its own."""
    told = figure(count, "shells", bound=bound)
    return Given(told, by, DAY + timedelta(days=later), f"s-{count}-{bound}-{by}-{later}")


@pytest.mark.parametrize(
    ("others", "bound"),
    [
        # As others round it, of whichever body of its government, in the days of one announcement.
        ((given(4_800_000, ROOM),), ROOM),
        ((given(4_800_000, ROOM, MINISTRY, ANNOUNCED.days),), ROOM),
        ((given(4_800_000, ROOM, None, -ANNOUNCED.days),), ROOM),
        ((given(5_000_000, PLAN),), PLAN),
        ((given(5_000_000, PLAN, MINISTRY, 1),), PLAN),
        ((given(5_000_000, PLAN, later=-ANNOUNCED.days),), PLAN),
        # What was planned long before may have come; and a plan that nobody is known for is another's.
        ((given(5_000_000, PLAN, later=-ANNOUNCED.days - 1),), Bound.EXACT),
        ((given(5_000_000, PLAN, None),), Bound.EXACT),
        # One who leaves it out is no witness, three are more than a misreading.
        ((given(4_800_000, ROOM), given(5_000_000, by=MINISTRY)), ROOM),
        ((given(4_800_000, ROOM), given(5_000_000, by=MINISTRY), given(5_000_000, by=None)), Bound.EXACT),
        # Another number, time or government.
        ((given(4_000_000, ROOM),), Bound.EXACT),
        ((given(4_800_000, ROOM, later=ANNOUNCED.days + 1),), Bound.EXACT),
        ((given(4_800_000, ROOM, WASHINGTON),), Bound.EXACT),
        ((), Bound.EXACT),
    ],
)
def test_a_number_is_what_most_stories_call_it(others: tuple[Given, ...], bound: Bound) -> None:
    """A capacity or a plan, unless far more of them have a count."""
    first, *_rest = as_meant((given(5_000_000), *others), who)
    assert (first.bound, first.low) == (bound, 5_000_000)


def test_what_counts_something_else_tells_nothing() -> None:
    """Room for so many shells makes no containers, and no number a month, what would fit."""
    told = [
        given(5_000_000, ROOM),
        Given(Figure("containers", 5_000_000, 5_000_000), SEOUL, DAY, "a"),
        Given(Figure("shells", 5_000_000, 5_000_000, period="a month"), SEOUL, DAY, "b"),
    ]
    assert [each.bound for each in as_meant(told, who)] == [ROOM, Bound.EXACT, Bound.EXACT]


@pytest.mark.parametrize(
    ("origin", "bound"),
    [
        (Origin((WASHINGTON,)), ROOM),
        (Origin((SEOUL,)), Bound.EXACT),
        (Origin(("Kremlin",), party=True), ROOM),
        (Origin(("Sample Wire",)), ROOM),
        (None, ROOM),
    ],
)
def test_whose_a_number_is_that_names_nobody(origin: Origin | None, bound: Bound) -> None:
    """Of the government that its story relays; an outlet or a party tells what anybody said."""
    told = member("One", figures=[figure(3, "ships"), figure(5, "shells")])
    counting = replace(told, reading=replace(told.reading, origin=origin))
    fitting = member("Two", figures=[figure(5, "shells", bound=ROOM)], origin="White House")

    found = retold([counting, fitting], who)

    assert [each.bound for each in found[counting.story.id].reading.figures] == [Bound.EXACT, bound]
    assert found[counting.story.id].story == counting.story
    assert found[fitting.story.id] == fitting


def test_what_thousands_tell_is_looked_at_once() -> None:
    """However many stories repeat a number, it is compared with other numbers, not with each of them."""
    asked: list[str] = []

    def counting(name: str) -> frozenset[str]:
        asked.append(name)
        return who(name)

    told = [replace(given(5_000_000), story_id=str(number)) for number in range(1_000)]
    fitting = replace(given(5_000_000, ROOM), story_id="room")

    assert {each.bound for each in as_meant([*told, fitting], counting)} == {Bound.EXACT, ROOM}
    assert len(asked) < 10
