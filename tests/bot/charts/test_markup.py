"""What the pictures of pages promise: words that are words, and colours that the page chooses."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bot.charts.activity import activity_sheet
from bot.charts.figures import figures_sheet
from bot.charts.labels import Box
from bot.charts.markup import COLOURS, PAGE, style
from bot.charts.sheet import Sheet, Text
from bot.charts.svg import activity_svg, figures_svg, weeks_svg
from bot.charts.timeline import timeline_sheet
from bot.charts.weeks import weeks_sheet
from bot.language import LANGUAGES, speaking
from claims.history import Series
from tests.support.build import claim
from tests.support.drawn import WORDS, outside, overlapping, rows, said, step, written

SERIES = (Series(tuple(said(n, of=9, wide=False) for n in range(9))),)
BUSY = rows(9, 26)
EVIL = "</text><script>alert('&\"')</script>"
NAMES = "{http://www.w3.org/2000/svg}"


def boxes(sheet: Sheet) -> list[tuple[str, Box]]:
    """Return what is written on a sheet, with the room that it is given."""
    found = []
    for each in sheet.drawn:
        if isinstance(each, Text):
            width = sheet.measure(each.words, each.size, strong=each.strong)
            left = each.x - {"left": 0.0, "center": width / 2, "right": width}[each.align]
            found.append((each.words, Box(left, each.y - each.size * 0.75, left + width, each.y)))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_is_words_and_shapes_and_says_what_it_shows(language: str) -> None:
    """Each has a name, a description, and a size that scales; no script, address or style comes with it."""
    evil = claim(statement=EVIL)
    with speaking(language):
        pictures = {
            "13": figures_svg(evil, SERIES, 12),
            "88": weeks_svg(evil, BUSY[0].spans),
            "sample-claim-3": activity_svg(BUSY, 4),
        }

    for words, text in pictures.items():
        image = ET.fromstring(text)  # noqa: S314 - what we made ourselves
        title, about = image.find(f"{NAMES}title"), image.find(f"{NAMES}desc")
        assert title is not None
        assert title.text
        assert about is not None
        assert words in (about.text or "")
        assert (image.get("role"), image.get("viewBox", "")[:8]) == ("img", "0 0 360 ")
        assert not re.search(r"<script|<style|style=|href|url\(|\son\w+=", text.replace(EVIL, ""))
        assert len(text) < 50_000


def test_colours_are_those_of_the_page() -> None:
    """Every colour is a variable with what it is on white, and the sheet of the site gives them all."""
    text = figures_svg(claim(), SERIES, 12) + activity_svg(BUSY)
    colours = set(re.findall(r' (?:fill|stroke)="([^"]+)"', text)) - {"none"}
    given = {f"var(--chart-{name},{light})" for name, light in COLOURS.values()}

    assert colours <= given
    assert style() in (Path(__file__).parents[3] / "bot/site/assets/site.css").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 24])
def test_words_have_room_in_the_narrowest_page(language: str, count: int) -> None:
    """As wide as letters are in the fonts of systems none covers another, in any of our languages."""
    one = Series(tuple(said(n, of=count, wide=count > 1) for n in range(count)))
    steps = [step(n, of=count, days=90) for n in range(count)]
    busy = rows(count, count)
    with speaking(language):
        sheets = (
            figures_sheet(PAGE, WORDS, claim(), (one, one)),
            timeline_sheet(PAGE, WORDS, claim(), steps, {}),
            weeks_sheet(PAGE, WORDS, busy[0].claim, busy[0].spans),
            activity_sheet(PAGE, WORDS, busy),
        )

    for sheet in sheets:
        assert overlapping(boxes(sheet)) == []
        assert outside(sheet, boxes(sheet)) == []


def test_a_page_writes_every_name() -> None:
    """What no font here has the reader's system may have."""
    assert PAGE.writes("\U00012000")
    assert "국방정보본부" in " ".join(written(figures_sheet(PAGE, WORDS, claim(), SERIES)))


@pytest.mark.parametrize(
    ("words", "narrowest"), [("WWWW", 3.4), ("iiii", 1.0), ("국방정보", 4.0), ("13,000", 3.1), ("é", 0.5)]
)
def test_words_are_given_no_less_room_than_they_take(words: str, narrowest: float) -> None:
    """In sizes of the text, as wide as in the widest of the usual fonts; strong ones are given more."""
    plain, strong = (PAGE.measure(words, 10, strong=each) for each in (False, True))

    assert narrowest * 10 <= plain < strong
