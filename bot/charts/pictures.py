"""Pictures for those who would rather look: from records to the bytes of a PNG file. Pure.

It wants the extra `charts`; `bot.pictures` draws where that is installed and says so where it is not.
"""

from collections.abc import Sequence

from bot.charts.activity import activity_sheet
from bot.charts.figures import figures_sheet
from bot.charts.sheet import drawable
from bot.charts.timeline import timeline_sheet
from bot.language import LANGUAGES, _, decimal, ngettext, speaking, spoken
from claims.activity import Row
from claims.history import Series, Step
from claims.model import Claim


def figures_picture(claim: Claim, series: Sequence[Series], stories: int) -> bytes:
    """Return the numbers of a claim, at least one series, as told by so many stories."""
    with speaking(_written()):
        return figures_sheet(
            _("{claim}: who said how many").format(claim=claim.id), claim.statement, series, _source(stories)
        ).png()


def timeline_picture(claim: Claim, steps: Sequence[Step], stories: int) -> bytes:
    """Return what happened to a claim, at least one step, as told by so many stories."""
    with speaking(_written()):
        return timeline_sheet(
            claim,
            _("{claim}: what happened").format(claim=claim.id),
            claim.statement,
            steps,
            _source(stories),
        ).png()


def activity_picture(rows: Sequence[Row], title: str, source: str) -> bytes:
    """Return how much was told of claims week by week, at least one row; `source` is the line at the end."""
    with speaking(_written()):
        return activity_sheet(title, rows, source).png()


def _source(stories: int) -> str:
    words = ngettext(
        "Claimwatch, from {count} story; days in UTC",
        "Claimwatch, from {count} stories; days in UTC",
        stories,
    )
    return words.format(count=decimal(stories))


def _written() -> str:
    """Return the language that is spoken, or English where there is no font for it."""
    return spoken() if drawable(LANGUAGES[spoken()]) else "en"
