"""What a picture of many claims promises: every bar says how many stories it is of, and when."""

from datetime import date
from itertools import pairwise

import pytest

from bot.answers.history import stance_counts
from bot.charts.activity import activity_sheet
from bot.charts.png import CHAT
from bot.charts.sheet import Area
from bot.charts.weeks import weeks_sheet
from claims.activity import Row, Span
from tests.support.build import claim
from tests.support.drawn import WORDS, written


@pytest.mark.parametrize(
    ("starts", "names"),
    [
        ([date(2024, 10, 1), date(2024, 10, 7), date(2024, 10, 14)], ["Oct", "1–6", "7–13"]),
        ([date(2024, 10, 30), date(2024, 10, 31), date(2024, 11, 1)], ["Oct", "30", "31"]),
        ([date(2024, 10, 28), date(2024, 11, 4), date(2024, 11, 5)], ["Oct–Nov", "28–3", "Nov", "4"]),
        ([date(2024, 12, 1), date(2025, 1, 1), date(2025, 2, 1)], ["2024", "Dec", "2025", "Jan"]),
    ],
)
def test_bars_have_their_days_and_their_number(starts: list[date], names: list[str]) -> None:
    """Each bar says how many stories it is of, above its line or below, and each row how many it has."""
    spans = tuple(Span(each, 12, 3, 4, days=(end - each).days) for each, end in pairwise(starts))
    seen = written(activity_sheet(CHAT, WORDS, [Row(claim(), spans)]))

    below = seen.index("38 stories")
    assert [each for each in seen[:below] if each in names] == names
    assert (seen.count("16"), seen.count("3"), seen.count("12")) == (2, 2, 0)
    assert "only mentions it" in seen


def test_the_lowest_bar_is_seen_and_small_rows_take_less_room() -> None:
    """One story beside two hundred is a bar too."""
    few, many = (Row(claim(f"sample-{n}"), (Span(date(2024, 10, 1), n, days=1),)) for n in (1, 200))
    sheet = activity_sheet(CHAT, WORDS, [many, few])
    bars = [each.box.bottom - each.box.top for each in sheet.drawn if isinstance(each, Area)]

    assert min(bars) >= 1.5
    assert activity_sheet(CHAT, WORDS, [many, many]).height > sheet.height


@pytest.mark.parametrize(
    ("denials", "said"),
    [
        ((False,), "supports"),
        ((True,), "tells of the denial"),
        ((True, False), "supports, or tells of a denial"),
    ],
    ids=["claim", "denial", "both"],
)
def test_a_story_of_a_denial_is_not_said_to_support_it(denials: tuple[bool, ...], said: str) -> None:
    """Who tells that somebody denied a thing vouches for nothing."""
    spans = (Span(date(2024, 10, 1), 2, 1, days=1),)
    busy = [Row(claim(f"sample-{denial}", denial=denial), spans) for denial in denials]

    assert said in written(activity_sheet(CHAT, WORDS, busy))
    assert (said in written(weeks_sheet(CHAT, WORDS, busy[0].claim, spans))) is (len(denials) == 1)
    assert ("told of it" in stance_counts(busy[0].claim, spans)) is denials[0]
