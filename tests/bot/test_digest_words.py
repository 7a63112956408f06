"""A digest never makes anybody say what nobody said."""

from typing import Any

import pytest

from bot.card import Link, plain
from bot.digest_told import headline, quoted
from bot.digest_words import changes
from bot.language import speaking
from claims.changes import NewFigure
from claims.digest import Summary
from claims.model import Bound, FigureChange
from tests.support.build import digest, figure, source, story

HOSTILE = (
    "Ship leaves” — Sample Times. Kremlin admits “all of it",
    'Ship "leaves" — Sample Times',
    "«Ship» „leaves“ 「Rason」",
    "[Ship](https://evil.example) **leaves** @everyone <!channel>",
    "Ship leaves {outlet} {claim} %s {0}",
    "containers-2023: 90,000 containers, says White House; was 1",
)


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("language", ["en", "ko", "ru", "uk"])
def test_a_headline_cannot_leave_its_quotation_marks(title: str, language: str) -> None:
    """Whatever it holds: only our own marks are double, and behind the last one stands its real outlet."""
    with speaking(language):
        line = quoted(story(title, language=language, source=source("Sample Herald")))
    words = plain(line)

    opening, closing = words[0], words[-len(" — Sample Herald") - 1]
    assert (opening, closing) in (("“", "”"), ("«", "»"))
    assert not set(words[1 : -len(" — Sample Herald") - 1]) & set('“”„«»"「」')
    assert words.endswith(" — Sample Herald")
    (link,) = [span for span in line if isinstance(span, Link)]
    assert link.words == headline(title)


@pytest.mark.parametrize("said", HOSTILE)
def test_neither_can_a_sentence(said: str) -> None:
    """It stands in the same marks as a headline, with the same link, and is all that is quoted."""
    told = story(
        "Ship leaves",
        summary=f"A first sentence. Then {said} indeed. Another one.",
        source=source("Sample Herald"),
    )
    at = told.text.index(said)
    line = quoted(told, (at, at + 4))
    words = plain(line)

    assert (words[0], words[-len(" — Sample Herald") - 1]) == ("“", "”")
    assert not set(words[1 : -len(" — Sample Herald") - 1]) & set('“”„«»"「」')
    (link,) = [span for span in line if isinstance(span, Link)]
    assert link.url == told.url
    assert "first" not in link.words
    assert "Another" not in link.words


def test_a_headline_is_told_as_it_was_written() -> None:
    """Down to its last word, or cut after one where it is long; but for marks within, which are single."""
    assert headline("Seoul: 13,000 containers, “at least”") == "Seoul: 13,000 containers, ‘at least’"
    assert headline("word " * 40).endswith("word…")
    assert headline("word " * 40) != "word " * 40


def test_the_foremost_number_of_a_claim() -> None:
    """The whole comes before its part where several outlets give it; what has room for more comes last."""

    def number(count: int, outlets: int, **more: Any) -> NewFigure:
        now = figure(count, **more)
        return NewFigure(FigureChange("x", now), "Sample Ministry", story(), stated=True, outlets=outlets)

    found = (number(90_000, 9, bound=Bound.CAPACITY), number(1_500, 4), number(12_000, 2), number(50_000, 1))
    _new, _conceded, figures, *_rest = changes(Summary(1, 1, figures=found), digest())

    said = [plain(each.words).split(" containers")[0] for each in figures]
    assert said == ["12,000", "1,500", "50,000", "room for 90,000"]
