"""Pictures for those who would rather look: from records to the bytes of a PNG file. Pure.

It wants the extra `charts`; `bot.pictures` draws where that is installed and says so where it is not.
"""

from collections.abc import Mapping, Sequence

from bot.charts.activity import activity_sheet
from bot.charts.captions import busiest_words, figures_words, timeline_words, weeks_words
from bot.charts.figures import figures_sheet
from bot.charts.parts import Words
from bot.charts.png import CHAT, drawable, png
from bot.charts.sheet import LEADING, SMALL, Sheet
from bot.charts.timeline import timeline_sheet
from bot.charts.weeks import weeks_sheet
from bot.language import LANGUAGES, speaking, spoken
from claims.activity import Row, Span
from claims.history import Series
from claims.model import Claim
from claims.timeline import Step


def figures_picture(claim: Claim, series: Sequence[Series], stories: int) -> bytes:
    """Return the numbers of a claim, at least one series, as told by so many stories."""
    with speaking(written()):
        return png(figures_sheet(CHAT, figures_words(claim, stories), claim, series))


def timeline_picture(claim: Claim, steps: Sequence[Step], conceded: Mapping[str, str], stories: int) -> bytes:
    """Return what happened to a claim, at least one step, as told by so many stories.

    Who conceded it stands by the id of the story that tells so.
    """
    with speaking(written()):
        return png(timeline_sheet(CHAT, timeline_words(claim, stories), claim, steps, conceded))


def weeks_picture(claim: Claim, weeks: Sequence[Span]) -> bytes:
    """Return how many stories bore on a claim week by week, at least one week."""
    with speaking(written()):
        return png(weeks_sheet(CHAT, weeks_words(claim, weeks), claim, weeks))


def digest_picture(rows: Sequence[Row], words: Words) -> bytes:
    """Return how much a digest tells of claims, at least one row, with what it says of itself."""
    with speaking(written()):
        return png(activity_sheet(CHAT, words, rows))


def busiest_picture(rows: Sequence[Row], left: int) -> bytes:
    """Return how much was told of claims week by week, at least one row; so many claims are left out."""
    with speaking(written()):
        return png(activity_sheet(CHAT, busiest_words(rows, left), rows))


def prepare() -> None:
    """Draw a few letters on nothing, so that the fonts are read before somebody waits for a picture."""
    sheet = Sheet(CHAT, SMALL * LEADING)
    for language, words in LANGUAGES.items():
        with speaking(language):
            if written() == language:
                sheet.write(words, 0, 0)
                sheet.write(words, 0, 0, strong=True)
    png(sheet)


def written() -> str:
    """Return the language of pictures: the one that is spoken, or English where no font here writes it."""
    return spoken() if drawable(LANGUAGES[spoken()]) else "en"
