"""What a picture of what happened to a claim promises: every mark is named, or counted."""

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.answers.history import timeline_shown
from bot.charts.png import CHAT
from bot.charts.sheet import Line, Mark
from bot.charts.timeline import LISTED, timeline_sheet
from claims.timeline import Side
from claims.when import Day
from tests.support.build import claim, member
from tests.support.drawn import WORDS, step, written


def test_who_conceded_a_claim_is_marked_and_named_in_its_timeline() -> None:
    """A turn is no dot among others, and words beside the picture say who and when."""
    told = [member(f"Sample story {n}") for n in range(9)]
    steps = [replace(step(n, of=9, days=90), members=(told[n],)) for n in range(9)]
    conceded = {told[3].story.id: "Sample embassy", told[4].story.id: "Sample denier"}
    sheet = timeline_sheet(CHAT, WORDS, claim(), steps, conceded)
    marks = [each.shape for each in sheet.drawn if isinstance(each, Mark)]

    assert marks.count("square") == 2, "one in the legend, one of the only step that supports the claim"
    assert {"conceded", "Sample embassy", "conceded by whoever denied it"} <= set(written(sheet))
    assert "Conceded by: Sample embassy (" in timeline_shown(claim(), steps, conceded)
    assert ", 1 of these conceded by whoever denied it" in timeline_shown(claim(), steps, conceded)


def test_who_tells_of_a_denial_is_not_drawn_as_supporting_it() -> None:
    """The key and the words have stories of it tell of it, and those of the other side speak against it."""
    steps = [replace(step(n, of=2, days=9), side=side, change=None) for n, side in enumerate(list(Side)[:2])]
    denial = claim(denial=True)

    seen = written(timeline_sheet(CHAT, WORDS, denial, steps, {}))

    assert {"tells of the denial", "speaks against it"} <= set(seen)
    assert not {"supports", "disputes"} & set(seen)
    assert "1 told of it, 1 against" in timeline_shown(denial, steps, {})


def test_no_column_holds_what_was_before_and_after_the_claim() -> None:
    """What came after it stands right of its line, whatever span of days a column has."""
    steps = [replace(step(n, of=24, days=700), side=Side.SUPPORTS, change=None) for n in range(24)]
    said = date(2024, 6, 2)
    sheet = timeline_sheet(CHAT, WORDS, claim(said_on=Day.of(said)), steps, {})
    line = next(each for each in sheet.drawn if isinstance(each, Line) and each.dashed)
    (x, top), (_x, bottom) = line.points
    dots = [each.x for each in sheet.drawn if isinstance(each, Mark) and top < each.y < bottom]

    assert len(dots) == len(steps)
    assert len([dot for dot in dots if dot < x]) == len([each for each in steps if each.day < said])


def test_each_mark_stands_at_its_day() -> None:
    """However many happen within days, and on which side: as far from the first as its day is."""
    days = (0, 2, 3, 61, 64, 700)
    sides = (Side.SUPPORTS, Side.SUPPORTS, Side.DENIES) * 2
    steps = [
        replace(step(day, of=701, days=701), side=side, change=None)
        for day, side in zip(days, sides, strict=True)
    ]
    sheet = timeline_sheet(CHAT, WORDS, claim(said_on=Day(1999)), steps, {})
    line = next(each for each in sheet.drawn if isinstance(each, Line) and not each.dashed)
    keys = sheet.drawn.index(line)
    marks = sorted(each.x for each in sheet.drawn[keys:] if isinstance(each, Mark))[-len(steps) :]
    drawn = sorted((each.day - steps[0].day).days for each in steps)

    assert len(set(drawn)) == len(steps)
    scale = (marks[-1] - marks[0]) / drawn[-1]
    assert [round((each - marks[0]) / scale) for each in marks] == drawn


@pytest.mark.parametrize(("count", "days"), [(1, 1), (5, 3), (9, 20), (80, 700), (400, 4_000)])
def test_each_happening_of_a_timeline_is_named_or_counted(count: int, days: int) -> None:
    """Beside its mark, in the list below it, or in the number of those that the list of the answer has."""
    steps = [replace(step(n, of=count, days=days), by=f"Sample body {n:03}") for n in range(count)]
    seen = written(timeline_sheet(CHAT, WORDS, claim(), steps, {}))
    named = {name for each in seen for name in re.findall(r"Sample body \d{3}", each)}
    left = [int(each.split()[0]) for each in seen if each.endswith("in the list")]

    assert len(named) + sum(left) == count
    assert len(named) >= min(count, LISTED)


def test_a_body_that_turned_twice_is_not_named_for_another() -> None:
    """Where two conceded a claim with one happening both are named."""
    told = (member("Sample story 1"), member("Sample story 2"))
    conceded = {told[0].story.id: "Sample embassy", told[1].story.id: "Sample agency"}
    both = replace(step(0, of=1, days=1), side=Side.SUPPORTS, members=told)
    seen = " ".join(written(timeline_sheet(CHAT, WORDS, claim(), [both], conceded)))

    assert "Sample embassy, Sample agency" in seen
