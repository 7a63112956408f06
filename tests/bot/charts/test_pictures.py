"""What pictures promise those who look at them: nothing covers anything, and all can be read."""

from dataclasses import replace
from datetime import date

import pytest

from bot.charts import sheet as look
from bot.charts.activity import activity_sheet
from bot.charts.bodies import KEYS, OTHERS, keys_of
from bot.charts.figures import figures_sheet, spots
from bot.charts.labels import Box, Room
from bot.charts.markup import COLOURS
from bot.charts.pictures import activity_picture, figures_picture, timeline_picture, weeks_picture
from bot.charts.png import CHAT, DPI, drawable, texts
from bot.charts.scale import days_of, numbers_of
from bot.charts.sheet import Line, Mark
from bot.charts.timeline import timeline_sheet
from bot.charts.weeks import SHOWN, weeks_sheet
from bot.language import speaking
from claims.history import Said, Series
from claims.model import Bound, Stance
from claims.when import Day
from tests.support.build import claim, figure
from tests.support.drawn import WORDS, outside, overlapping, rows, said, step, written

MANY = 400


@pytest.mark.parametrize("count", [1, 2, 9, 30])
@pytest.mark.parametrize("wide", [True, False])
def test_no_label_of_the_numbers_covers_another(count: int, wide: bool) -> None:
    """However many numbers there are, each text stands free and on the sheet."""
    one = Series(tuple(said(n, of=count, wide=wide) for n in range(count)))
    sheet = figures_sheet(CHAT, WORDS, (one, one))

    assert overlapping(texts(sheet)) == []
    assert outside(sheet, texts(sheet)) == []


def test_a_number_that_many_say_on_one_day_is_one_mark() -> None:
    """It is named after what most outlets tell, with how many others say so; another stance stands apart."""
    day, number = Day.of(date(2025, 8, 25)), figure(13_000)
    by = ("Sample ministry", "Sample agency", "Sample embassy")
    same = [Said(number, who, day, Stance.SUPPORTS, ("Sample Herald",) * n) for n, who in enumerate(by, 1)]
    apart = Said(number, by[0], day, Stance.DISPUTES, ("Sample Herald",))
    found = spots([*same, apart])
    words = written(figures_sheet(CHAT, WORDS, (Series((*same, apart)),)))

    assert [(each.said.said_by, each.others) for each in found] == [("Sample embassy", 2), (by[0], 0)]
    assert "Sample embassy" in words
    assert "and 2 others" in words


@pytest.mark.parametrize(("count", "weeks"), [(1, 1), (10, 26), (1, SHOWN + 40)])
def test_no_label_of_weeks_covers_another(count: int, weeks: int) -> None:
    """Of one claim or many, from one week to years; what is too old to be drawn is counted."""
    busy = [
        replace(row, weeks=(*row.weeks[:-1], replace(row.weeks[-1], so_far=True)))
        for row in rows(count, weeks)
    ]
    all_of_them = activity_sheet(CHAT, WORDS, busy)
    one = weeks_sheet(CHAT, WORDS, busy[0].weeks)

    for sheet in (all_of_them, one):
        assert overlapping(texts(sheet)) == []
        assert outside(sheet, texts(sheet)) == []
        assert "so far" in written(sheet)
    assert any("left out" in each for each in written(one)) is (weeks > SHOWN)


@pytest.mark.parametrize(("count", "days"), [(1, 1), (5, 3), (9, 20), (80, 700), (MANY, 4_000)])
def test_no_label_of_a_timeline_covers_another(count: int, days: int) -> None:
    """From one happening on one day to hundreds over years."""
    steps = [step(n, of=count, days=days) for n in range(count)]
    sheet = timeline_sheet(CHAT, WORDS, claim(), steps)

    assert overlapping(texts(sheet)) == []
    assert outside(sheet, texts(sheet)) == []


def test_each_body_has_a_colour_and_a_shape_of_its_own() -> None:
    """Those that said a number with the claim have the first ones; who has none is named at the mark."""
    bodies = [f"Sample body {number}" for number in range(len(KEYS) + 3)]
    day = Day(2024, 2, 26)
    numbers = [
        Said(figure(1_000 + 100 * n), by, day, outlets=("Sample Herald",) * (20 - n), own=n == 3)
        for n, by in enumerate(bodies)
    ]
    series = (Series(tuple(numbers)),)
    keys = keys_of(series)
    drawn = figures_sheet(CHAT, WORDS, series).drawn
    marks = {(each.shape, each.colour) for each in drawn if isinstance(each, Mark) and each.about}

    assert [key.words for key in keys.values()] == [bodies[3], *bodies[:3], *bodies[4 : len(KEYS)]]
    assert len({key.shape for key in KEYS}) == len({key.colour for key in KEYS}) == len(KEYS)
    assert marks == {(key.shape, key.colour) for key in (*KEYS, OTHERS)}


def test_updates_are_joined_and_other_estimates_stand_apart() -> None:
    """A line in the colour of its body joins its numbers, and no line leads to another body's."""
    months = (Day(2024, 2, 26), Day(2024, 8, 27), Day(2024, 10, 23))
    told = [Said(figure(6_700 * n), "Sample ministry", day) for n, day in enumerate(months, 1)]
    other = Said(figure(30_000), "Sample institute", Day(2024, 9, 1))
    key = keys_of([Series((*told, other))])["sample ministry"]
    drawn = figures_sheet(CHAT, WORDS, (Series((*told, other)),)).drawn
    lines = [each for each in drawn if isinstance(each, Line) and len(each.points) == len(told)]
    marks = [(each.x, each.y) for each in drawn if isinstance(each, Mark) and each.about]

    assert [(line.colour, set(line.points) <= set(marks)) for line in lines] == [(key.colour, True)]


def test_a_range_an_open_end_and_a_doubt_are_drawn_and_said() -> None:
    """A range spans its ends, an arrow says which way a bound is open, and a disputed mark is hollow."""
    day = Day(2024, 2, 26)
    kinds = (
        replace(figure(2_000), high=4_000.0),
        figure(6_000, bound=Bound.AT_LEAST),
        figure(8_000, bound=Bound.UP_TO),
        figure(9_000, bound=Bound.ABOUT),
    )
    numbers = [Said(each, f"Sample body {n}", day) for n, each in enumerate(kinds)]
    doubt = Said(figure(5_000), "Sample doubter", day, Stance.DISPUTES)
    own = Said(figure(1_000), "Sample body", day, own=True)
    sheet = figures_sheet(CHAT, WORDS, (Series((*numbers, doubt, own)),))
    marks = [each for each in sheet.drawn if isinstance(each, Mark)]

    for words in ("2,000 to 4,000", "≈9,000", "a range", "or more", "or fewer", "hollow: a story disputes"):
        assert words in written(sheet)
    assert "ringed: said with the claim" in written(sheet)
    assert [each.about.startswith("5,000") for each in marks if each.about and not each.filled] == [True]
    assert {each.shape for each in marks if each.size == 5} == {"up", "down"}


def test_capacities_and_rates_have_panels_of_their_own() -> None:
    """Each says what it counts; more kinds of numbers than a picture holds are counted."""
    day = Day(2024, 2, 26)
    kinds = (
        figure(13_000),
        figure(9_000, bound=Bound.CAPACITY),
        figure(300, period="a week"),
        *(figure(5, unit) for unit in ("ships", "railcars")),
    )
    sheet = figures_sheet(CHAT, WORDS, [Series((Said(each, "Sample body", day),)) for each in kinds])

    for words in ("containers", "room for containers", "containers a week", "ships"):
        assert words in written(sheet)
    assert "1 more kind of number in the list" in written(sheet)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_text_and_marks_stand_out_in_both_themes() -> None:
    """Text has seven to one and marks three to one on the picture's own ground, which no theme changes."""
    assert min(contrast(colour, look.GROUND) for colour in (look.TEXT, look.FAINT)) >= 7
    assert min(contrast(key.colour, look.GROUND) for key in (*KEYS, OTHERS)) >= 3
    lights = dict(COLOURS.values())
    inks = [light for name, light in lights.items() if name not in ("ground", "rule")]
    assert min(contrast(ink, lights["ground"]) for ink in inks) >= 4.5


def test_text_is_large_enough_for_a_phone() -> None:
    """On a phone 360 pixels wide the smallest text has nine, and the picture is twice as sharp as shown."""
    assert look.SMALL * 360 / CHAT.width >= 9
    assert CHAT.width / 72 * DPI >= 2 * 550


def test_a_picture_is_a_small_file_of_the_words_it_says() -> None:
    """All are PNG files of less than 150 kB; a dollar or a backslash of a feed is only that."""
    strange = replace(said(1, of=2, wide=True), said_by=r"$\frac{1}{0}$ @everyone")
    series = (Series((strange, said(0, of=2, wide=True))),)
    steps = [replace(step(n, of=9, days=90), by=r"$x^2$") for n in range(9)]

    busy = rows(9, 26)

    for picture in (
        figures_picture(claim(), series, 12),
        timeline_picture(claim(), steps, 12),
        weeks_picture(claim(), busy[0].weeks),
        activity_picture(busy, "$x^2$", "Sample source"),
    ):
        assert picture.startswith(b"\x89PNG\r\n")
        assert len(picture) < 150_000


def test_names_that_no_font_can_write_are_left_to_the_list() -> None:
    """No picture holds an empty box in place of a letter."""
    one = Series((replace(said(3, of=9, wide=False), said_by="\U0001f4a5\U00012000"),))
    words = written(figures_sheet(CHAT, WORDS, (one,)))

    assert not drawable("\U00012000")
    assert any("named in" in each for each in words)
    assert all(drawable(each) for each in words)


def test_a_picture_speaks_a_language_only_if_it_can_write_it() -> None:
    """Where no font has the letters of the asker's language the picture speaks English."""
    with speaking("ko"):
        assert figures_picture(claim(), (Series((said(0, of=1, wide=False),)),), 1).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("first", "last", "ticks"),
    [
        (date(2025, 8, 25), date(2025, 8, 30), ["24 Aug", "26 Aug", "28 Aug", "30 Aug"]),
        (date(2023, 10, 13), date(2025, 7, 13), ["Jan 2024", "Jul 2024", "Jan 2025", "Jul 2025"]),
        (date(2025, 1, 1), date(2025, 6, 30), ["Jan 2025", "Mar 2025", "May 2025", "Jul 2025"]),
    ],
)
def test_days_are_named_in_words(first: date, last: date, ticks: list[str]) -> None:
    """Days, months or years, as far as they lie apart, and never more than fit."""
    assert [words for _day, words in days_of([first, last], 0, 400).ticks()] == ticks


def test_numbers_that_span_a_lot_stand_in_powers() -> None:
    """Beside ten million a thousand would lie on the line; beside ten thousand it need not."""
    assert numbers_of([1_000, 10_000_000], 100, 0).powers
    assert not numbers_of([1_000, 90_000], 100, 0).powers
    assert numbers_of([0, 0], 100, 0).at(0) == 100


def test_a_label_goes_to_the_nearest_free_place() -> None:
    """It stands beside its mark where that is free, else further off with a line, else nowhere."""
    room = Room(Box(0, 0, 100, 100))
    beside, leads = room.place(50, 50, 20, 10) or (Box(0, 0, 0, 0), True)
    assert (beside.left, leads) == (59, False)

    full = Room(Box(0, 0, 100, 100), [Box(0, 0, 100, 100)])
    assert full.place(50, 50, 20, 10) is None
