"""How much was told of claims week by week."""

from dataclasses import replace
from datetime import UTC, date, datetime

from claims.activity import Row, Week, activity, weeks
from claims.model import Evidence, Member, Stance
from tests.support.build import claim, member


def told(
    day: datetime, stance: Stance = Stance.SUPPORTS, *, suggested: bool = False
) -> tuple[Member, Evidence]:
    """Return a story of a moment with its link."""
    story = member(f"Sample story of {day}", published_at=day)
    (link,) = story.reading.evidence
    return story, replace(link, stance=stance, suggested=suggested)


SUNDAY = datetime(2024, 3, 3, 23, 59, tzinfo=UTC)
MONDAY = datetime(2024, 3, 4, 0, 0, tzinfo=UTC)
LATER = datetime(2024, 3, 20, 12, 0, tzinfo=UTC)


def test_a_week_begins_on_monday_in_utc_and_an_empty_one_is_there() -> None:
    """Stories are counted by stance, in any order, and none that is only suggested."""
    found = weeks(
        [
            told(LATER, Stance.BACKGROUND),
            told(MONDAY),
            told(SUNDAY, Stance.DISPUTES),
            told(MONDAY.replace(hour=9)),
            told(LATER, suggested=True),
        ]
    )

    assert found == (
        Week(date(2024, 2, 26), disputes=1),
        Week(date(2024, 3, 4), supports=2),
        Week(date(2024, 3, 11)),
        Week(date(2024, 3, 18), background=1),
    )
    assert [week.stories for week in found] == [1, 2, 0, 1]


def test_a_span_may_be_given() -> None:
    """It goes from the week of its first day to that of its last, and of nothing there is none."""
    span = weeks([told(MONDAY)], date(2024, 3, 3), date(2024, 3, 12))

    assert [(week.monday, week.stories) for week in span] == [
        (date(2024, 2, 26), 0),
        (date(2024, 3, 4), 1),
        (date(2024, 3, 11), 0),
    ]
    assert weeks([told(MONDAY, suggested=True)]) == ()


def test_the_busiest_claims_come_first() -> None:
    """Those that are as busy go by id, and one of which nothing was told is left out."""
    one, two, idle = claim("b-2023"), claim("a-2023"), claim("idle")
    busy = claim("shells")
    day = date(2024, 3, 4)
    counted = {
        "a-2023": (Week(day, 1),),
        "b-2023": (Week(day, 0, 1),),
        "shells": (Week(day, 1, 0, 1),),
        "idle": (Week(day),),
        "another": (Week(day, 9),),
    }

    assert activity([one, two, idle, busy], counted) == (
        Row(busy, counted["shells"]),
        Row(two, counted["a-2023"]),
        Row(one, counted["b-2023"]),
    )
