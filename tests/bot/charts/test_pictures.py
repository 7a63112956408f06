"""What pictures promise those who look at them: nothing covers anything, and all can be read."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PIL import Image

from bot.charts import sheet as look
from bot.charts.activity import activity_sheet
from bot.charts.bodies import panels_of
from bot.charts.captions import figures_words
from bot.charts.figures import figures_sheet
from bot.charts.labels import Box, Room
from bot.charts.markup import COLOURS
from bot.charts.pictures import digest_picture, figures_picture, timeline_picture, weeks_picture
from bot.charts.png import CHAT, DPI, drawable, texts
from bot.charts.scale import days_of
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
    sheet = figures_sheet(CHAT, WORDS, claim(), (one, one))

    assert overlapping(texts(sheet)) == []
    assert outside(sheet, texts(sheet)) == []


@pytest.mark.parametrize(("count", "weeks"), [(1, 1), (10, 26), (1, SHOWN + 40)])
def test_no_label_of_weeks_covers_another(count: int, weeks: int) -> None:
    """Of one claim or many, from one week to years; what is too old to be drawn is counted."""
    busy = [
        replace(row, spans=(*row.spans[:-1], replace(row.spans[-1], so_far=True)))
        for row in rows(count, weeks)
    ]
    all_of_them = activity_sheet(CHAT, WORDS, busy)
    one = weeks_sheet(CHAT, WORDS, busy[0].claim, busy[0].spans)

    for sheet in (all_of_them, one):
        assert overlapping(texts(sheet)) == []
        assert outside(sheet, texts(sheet)) == []
        assert "in part" in written(sheet)
    assert any("left out" in each for each in written(one)) is (weeks > SHOWN)


@pytest.mark.parametrize(("count", "days"), [(1, 1), (5, 3), (9, 20), (80, 700), (MANY, 4_000)])
def test_no_label_of_a_timeline_covers_another(count: int, days: int) -> None:
    """From one happening on one day to hundreds over years."""
    steps = [step(n, of=count, days=days) for n in range(count)]
    sheet = timeline_sheet(CHAT, WORDS, claim(), steps, {})

    assert overlapping(texts(sheet)) == []
    assert outside(sheet, texts(sheet)) == []


def told(number: float, day: int, by: str = "Sample ministry", outlets: int = 1, **more: Any) -> Said:
    """Return a number that a body said on a day of August 2024."""
    return Said(figure(number), by, Day(2024, 8, day), outlets=("Sample Herald",) * outlets, **more)


@pytest.mark.parametrize(
    ("numbers", "drawn"),
    [
        pytest.param(
            [told(4_000, 2), told(5_000, 9, "Sample agency"), told(6_000, 20)],
            [("Sample ministry", [4_000, 6_000]), ("Sample agency", [5_000])],
            id="body by body, whoever spoke first above",
        ),
        pytest.param(
            [told(4_000, 2), told(4_000, 9, stance=Stance.DISPUTES)],
            [("Sample ministry", [4_000])],
            id="a number given again is none",
        ),
        pytest.param(
            [told(n, day) for day, n in enumerate((1_000, 2_000, 9_000, 3_000, 4_000), 1)],
            [("Sample ministry", [1_000, 9_000, 4_000])],
            id="the first, the highest and the last",
        ),
        pytest.param(
            [told(2_000, 5, outlets=3, own=True), told(1_000, 1), told(9_000, 7), told(7_000, 9)],
            [("Sample ministry", [2_000, 9_000, 7_000])],
            id="what was said with the claim before what was said first",
        ),
        pytest.param(
            [told(9_000, 5, outlets=3), told(6_700, 5)],
            [("Sample ministry", [9_000])],
            id="of a day what most outlets tell, not what they recall",
        ),
        pytest.param(
            [told(1_000, 1, "Sample Herald", told=True), told(2_000, 2)],
            [("Sample ministry", [2_000]), ("", [1_000])],
            id="outlets are no bodies and stand last",
        ),
    ],
)
def test_each_body_s_telling_numbers_are_drawn(
    numbers: list[Said], drawn: list[tuple[str, list[float]]]
) -> None:
    """A body has its numbers over time below its name; the list has the rest."""
    (panel,) = panels_of([Series(tuple(numbers))])
    assert [(body.name, [each.figure.low for each in body.said]) for body in panel.bodies] == drawn


def test_where_many_bodies_spoke_the_highest_number_is_drawn() -> None:
    """Also one that fewer outlets tell than any other."""
    others = [told(1_000 + n, 1 + n % 28, f"Sample body {n}", outlets=3) for n in range(60)]
    (panel,) = panels_of([Series((*others, told(20_000, 5, "Sample agency")))])

    drawn = {body.name for body in panel.bodies}
    assert "Sample agency" in drawn
    assert len(drawn) < len(others)


def test_numbers_of_no_known_body_are_nobody_s() -> None:
    """An outlet that tells a number is not named as who says it."""
    words = written(
        figures_sheet(CHAT, WORDS, claim(), (Series((told(1_000, 1, "Sample Herald", told=True),)),))
    )

    assert "source not named" in words
    assert "Sample Herald" not in words


def test_a_range_an_open_end_and_a_doubt_are_drawn_and_said() -> None:
    """A range spans its ends, bounds are words, and each kind of number has a shape and a colour."""
    kinds = (
        replace(figure(2_000), high=4_000.0),
        figure(6_000, bound=Bound.AT_LEAST),
        figure(8_000, bound=Bound.UP_TO),
        figure(9_000, bound=Bound.ABOUT),
    )
    numbers = [replace(told(0, 2, f"Sample body {n}"), figure=each) for n, each in enumerate(kinds)]
    doubt = told(5_000, 2, "Sample doubter", stance=Stance.DISPUTES)
    own = told(1_000, 1, "Sample body", own=True)
    sheet = figures_sheet(CHAT, WORDS, claim(), (Series((own, *numbers, doubt)),))
    marks = [each for each in sheet.drawn if isinstance(each, Mark)]

    for words in ("2,000 to 4,000", "at least 6,000", "up to 8,000", "about 9,000"):
        assert words in written(sheet)
    assert {"part of the claim itself", "quoted in a report of a denial"} <= set(written(sheet))
    (doubted,) = (each for each in marks if each.about.startswith("5,000"))
    rings = [each.shape for each in marks if (each.x, each.y) == (doubted.x, doubted.y) and not each.filled]
    assert (doubted.filled, rings) == (True, ["diamond"]), "the body's own mark, with a ring round it"
    assert doubted.shape != "diamond"
    assert len([each for each in marks if "2,000 to 4,000" in each.about]) == 2


def test_each_body_has_its_own_mark_in_all_panels() -> None:
    """Neither shape nor colour alone tells one from another; what could be held is hollow."""
    bodies = [told(1_000 + n, 1 + n, f"Sample body {n % 3}") for n in range(6)]
    rooms = [replace(each, figure=replace(each.figure, bound=Bound.CAPACITY)) for each in bodies]
    sheet = figures_sheet(CHAT, WORDS, claim(), [Series(tuple(bodies)), Series(tuple(rooms))])
    drawn = [(each.shape, each.colour, each.filled) for each in sheet.drawn if isinstance(each, Mark)]
    own = {(shape, colour) for shape, colour, filled in drawn if filled and shape != "dash"}

    assert len(own) == len({shape for shape, _ in own}) == len({colour for _, colour in own}) == 3
    assert {(shape, colour) for shape, colour, filled in drawn if not filled} - own == {
        ("square", look.FAINT)
    }


def test_a_body_s_growing_number_is_joined() -> None:
    """Its update goes down and along from the number before; other estimates and a lower one stand apart."""
    numbers = [told(3_000, 2), told(6_000, 12), told(5_000, 20), told(4_000, 15, "Sample agency")]
    sheet = figures_sheet(CHAT, WORDS, claim(), [Series(tuple(sorted(numbers, key=lambda one: one.said_on)))])

    joins = [each.points for each in sheet.drawn if isinstance(each, Line) and len(each.points) == 3]
    assert len(joins) == 1
    (before, corner, now), *_ = joins
    assert before[0] == corner[0] < now[0]
    assert before[1] < corner[1] == now[1]
    assert "a later, higher number of the same speaker" in written(sheet)


def test_capacities_and_rates_have_panels_of_their_own() -> None:
    """Each says what it counts; kinds of which only one number is known, and a fourth, are in the list."""
    kinds = (
        figure(13_000),
        figure(9_000, bound=Bound.CAPACITY),
        figure(300, period="a week"),
        *(figure(5, unit) for unit in ("ships", "railcars")),
    )
    series = [
        Series(tuple(replace(told(0, n), figure=replace(each, low=n, high=n)) for n in range(1, count)))
        for each, count in zip(kinds, (2, 3, 3, 2, 3), strict=True)
    ]
    words = written(figures_sheet(CHAT, WORDS, claim(), series))

    assert {"containers", "room for containers", "containers a week"} <= set(words)
    assert "how many would fit, not how many were sent" in words
    assert not {"ships", "railcars"} & set(words)
    assert "3 numbers that count other things are not drawn" in words


def test_bodies_of_one_government_stand_together_in_its_colour() -> None:
    """Whoever speaks between them comes after; no two have one mark, and words say what a colour means."""
    south = frozenset({"Sample South"})
    bodies = [told(1_000, 1, "Sample office", whom=south), told(2_000, 2, "Sample institute")]
    bodies += [told(3_000, 3, "Sample agency", whom=south)]
    others = [told(4_000 + n, 4, f"Sample body {n}") for n in range(6)]
    series = Series((*bodies, *others))
    (panel,) = panels_of([series])
    sheet = figures_sheet(CHAT, WORDS, claim(), [series])
    marks = [(each.shape, each.colour) for each in sheet.drawn if isinstance(each, Mark) and each.about]

    assert [body.name for body in panel.bodies][:3] == ["Sample office", "Sample agency", "Sample institute"]
    assert len(set(marks)) == len(marks) == 9
    (first, second, third) = (colour for _shape, colour in marks[:3])
    assert first == second != third
    assert "coloured alike: of the same government or institute" in written(sheet)


def test_what_a_panel_leaves_out_is_said_beside_its_name() -> None:
    """A reader sees that a body said more than is drawn."""
    numbers = [told(1_000 * n, n) for n in range(1, 9)]

    assert "6 more are not drawn" in written(figures_sheet(CHAT, WORDS, claim(), [Series(tuple(numbers))]))


def test_days_before_the_claim_are_marked() -> None:
    """What was reported before the claim is no number of it, and the key says what the mark means."""
    made = claim(said_on=Day(2024, 8, 10))
    words = written(figures_sheet(CHAT, WORDS, made, [Series((told(1_000, 1), told(2_000, 12)))]))

    assert {"*1 Aug 2024", "12 Aug 2024", "*", "reported before the claim of 10 August 2024"} <= set(words)


def test_a_picture_says_what_its_claim_is_and_who_said_it_when() -> None:
    """Whoever sees the picture alone knows what it is about."""
    words = figures_words(claim(said_on=Day(2023, 10, 13)), 3)
    seen = " ".join(written(figures_sheet(CHAT, words, claim(), [Series((told(1_000, 1),))])))

    assert claim().statement in seen
    assert "White House, 13 October 2023" in seen


@pytest.mark.parametrize("count", [1, 60])
def test_a_picture_of_numbers_is_no_taller_than_a_phone_shows_at_once(count: int) -> None:
    """However many bodies give however many kinds, it is less than twice as tall as wide."""
    one = Series(tuple(told(1_000 + n, 1 + n % 28, f"Sample body {n}") for n in range(count)))
    sheet = figures_sheet(CHAT, WORDS, claim(), [one] * 5)

    assert sheet.height / sheet.width <= 1.9


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
    marks = (look.BLUE, look.ORANGE, look.GREEN, look.PINK, look.VIOLET, look.FAINT)
    assert min(contrast(colour, look.GROUND) for colour in marks) >= 3
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
        timeline_picture(claim(), steps, {}, 12),
        weeks_picture(claim(), busy[0].spans),
        digest_picture(busy, replace(WORDS, title="$x^2$")),
    ):
        assert picture.startswith(b"\x89PNG\r\n")
        assert len(picture) < 150_000


def test_names_that_no_font_can_write_are_left_to_the_list() -> None:
    """No picture holds an empty box in place of a letter."""
    one = Series((replace(said(3, of=9, wide=False), said_by="\U0001f4a5\U00012000"),))
    words = written(figures_sheet(CHAT, WORDS, claim(), (one,)))

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


def test_a_label_goes_to_the_nearest_free_place() -> None:
    """It stands beside its mark where that is free, else further off with a line, else nowhere."""
    room = Room(Box(0, 0, 100, 100))
    beside, leads = room.place(50, 50, 20, 10) or (Box(0, 0, 0, 0), True)
    assert (beside.left, leads) == (59, False)

    full = Room(Box(0, 0, 100, 100), [Box(0, 0, 100, 100)])
    assert full.place(50, 50, 20, 10) is None


def test_the_file_of_a_picture_keeps_colours_apart() -> None:
    """However few marks have a colour, it is that one in the file too, not a mean of two."""
    bodies = [told(1_000 + n, 1 + n, f"Sample body {n}") for n in range(4)]
    drawing = figures_picture(claim(), [Series(tuple(bodies))], 4)
    seen = Image.open(io.BytesIO(drawing)).convert("RGB")
    colours = {colour for _count, colour in seen.getcolors(seen.width * seen.height) or ()}

    for wanted in (look.BLUE, look.GREEN, look.PINK, look.VIOLET):
        red, green, blue = (int(wanted[at : at + 2], 16) for at in (1, 3, 5))
        near = min(abs(r - red) + abs(g - green) + abs(b - blue) for r, g, b in colours)
        assert near <= 9, wanted
