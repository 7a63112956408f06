"""Numbers, happenings and weeks to draw, and what to see on a sheet."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

from bot.charts import sheet as look
from bot.charts.labels import Box
from bot.charts.parts import Words
from bot.charts.sheet import Sheet
from claims.activity import Row, Week
from claims.history import Said
from claims.independence import Tally
from claims.model import Bound, FigureChange, Stance
from claims.timeline import Side, Step
from claims.when import Day
from tests.support.build import claim, figure, story

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


def rows(count: int, weeks: int) -> list[Row]:
    """Return so many claims with so many weeks, which differ."""
    first = date(2023, 10, 9)
    return [
        Row(
            claim(f"sample-claim-{number}"),
            tuple(
                Week(first + timedelta(weeks=week), (week * 7 + number) % 5, week % 3, week % 2)
                for week in range(weeks)
            ),
        )
        for number in range(count)
    ]


def overlapping(texts: Sequence[tuple[str, Box]]) -> list[tuple[str, str]]:
    """Return the texts that cover each other."""
    return [(a, b) for (a, one), (b, other) in combinations(texts, 2) if a and b and one.meets(other)]


def outside(sheet: Sheet, texts: Sequence[tuple[str, Box]]) -> list[str]:
    """Return the texts that do not lie on the sheet."""
    whole = Box(0, 0, sheet.width, sheet.height)
    return [words for words, box in texts if words and not whole.holds(box)]
