"""What pictures promise those who look at them: nothing covers anything, and all can be read."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest

from bot.charts import sheet as look
from bot.charts.figures import figures_sheet, spots
from bot.charts.labels import Box, Room
from bot.charts.parts import Words
from bot.charts.pictures import figures_picture, timeline_picture
from bot.charts.png import CHAT, DPI, drawable, texts
from bot.charts.scale import days_of, numbers_of
from bot.charts.sheet import Sheet
from bot.charts.timeline import timeline_sheet
from bot.language import speaking
from claims.history import Said, Series, Side, Step
from claims.independence import Tally
from claims.model import Bound, FigureChange, Stance
from claims.when import Day
from tests.support.build import claim, figure, story

MANY = 400
WORDS = Words("A claim", "A long statement " * 9, "Sample source")
NAMES = (
    "Sample ministry",
    "Sample National Intelligence Service of the South",
    "White House",
    "국방정보본부",
)


def said(number: int, *, of: int, wide: bool) -> Said:
    """Return one of `of` numbers by various bodies over two years."""
    value = 100.0 * (10 ** (3 * number / of)) if wide else 1_000.0 + number * 10
    bound = tuple(Bound)[number % 4]
    high = value * 1.5 if number % 5 == 0 else value
    day = Day.of(date(2023, 10, 13) + timedelta(days=700 * number // of))
    stance = Stance.DISPUTES if number % 4 == 3 else Stance.SUPPORTS
    outlets = ("Sample Herald",) * (number % 3)
    return Said(replace(figure(value), high=high, bound=bound), NAMES[number % 4], day, stance, outlets)


def step(number: int, *, of: int, days: int) -> Step:
    """Return one of `of` happenings over so many days."""
    at = datetime(2023, 10, 20, tzinfo=UTC) + timedelta(days=days * number / of)
    side = tuple(Side)[number % 3]
    count = Tally(("Sample Herald",), 1, 1, 1 + number % 5)
    moved = side is Side.SUPPORTS and number % 7 == 0
    change = FigureChange("containers-2023", figure(1_000 * number)) if moved else None
    return Step(f"e-{number}", at, side, story(), NAMES[number % 4], count, change)


def written(sheet: Sheet) -> list[str]:
    """Return what is written on a sheet."""
    return [each.words for each in sheet.drawn if isinstance(each, look.Text)]


def overlapping(sheet: Sheet) -> list[tuple[str, str]]:
    """Return the texts of a sheet that cover each other, as the library measures them."""
    written = [(words, box) for words, box in texts(sheet) if words]
    return [(a, b) for (a, one), (b, other) in combinations(written, 2) if one.meets(other)]


def outside(sheet: Sheet) -> list[str]:
    """Return the texts that do not lie on the sheet."""
    whole = Box(0, 0, sheet.width, sheet.height)
    return [words for words, box in texts(sheet) if words and not whole.holds(box)]


@pytest.mark.parametrize("count", [1, 2, 9, 40])
@pytest.mark.parametrize("wide", [True, False])
def test_no_label_of_the_numbers_covers_another(count: int, wide: bool) -> None:
    """However many numbers there are, each text stands free and on the sheet."""
    one = Series(tuple(said(n, of=count, wide=wide) for n in range(count)))
    sheet = figures_sheet(CHAT, WORDS, (one, one))

    assert overlapping(sheet) == []
    assert outside(sheet) == []


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


@pytest.mark.parametrize(("count", "days"), [(1, 1), (5, 3), (9, 20), (80, 700), (MANY, 4_000)])
def test_no_label_of_a_timeline_covers_another(count: int, days: int) -> None:
    """From one happening on one day to hundreds over years."""
    steps = [step(n, of=count, days=days) for n in range(count)]
    sheet = timeline_sheet(CHAT, WORDS, claim(), steps)

    assert overlapping(sheet) == []
    assert outside(sheet) == []


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
    marks = (look.BLUE, look.GREEN, look.ORANGE, look.PINK)
    assert min(contrast(colour, look.GROUND) for colour in marks) >= 3


def test_text_is_large_enough_for_a_phone() -> None:
    """On a phone 360 pixels wide the smallest text has nine, and the picture is twice as sharp as shown."""
    assert look.SMALL * 360 / CHAT.width >= 9
    assert CHAT.width / 72 * DPI >= 2 * 550


def test_a_picture_is_a_small_file_of_the_words_it_says() -> None:
    """Both are PNG files of less than 150 kB; a dollar or a backslash of a feed is only that."""
    strange = replace(said(1, of=2, wide=True), said_by=r"$\frac{1}{0}$ @everyone")
    series = (Series((strange, said(0, of=2, wide=True))),)
    steps = [replace(step(n, of=9, days=90), by=r"$x^2$") for n in range(9)]

    for picture in (figures_picture(claim(), series, 12), timeline_picture(claim(), steps, 12)):
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
    assert not numbers_of([1_000, 10_000], 100, 0).powers
    assert numbers_of([0, 0], 100, 0).at(0) == 100


def test_a_label_goes_to_the_nearest_free_place() -> None:
    """It stands beside its mark where that is free, else further off with a line, else nowhere."""
    room = Room(Box(0, 0, 100, 100))
    beside, leads = room.place(50, 50, 20, 10) or (Box(0, 0, 0, 0), True)
    assert (beside.left, leads) == (59, False)

    full = Room(Box(0, 0, 100, 100), [Box(0, 0, 100, 100)])
    assert full.place(50, 50, 20, 10) is None
