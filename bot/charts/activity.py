"""How much was told of claims week by week as a picture: a row per claim, weeks across."""

from collections.abc import Sequence

from bot.charts.parts import FOOT, HEAD, foot, head
from bot.charts.sheet import Sheet
from claims.activity import Row


def activity_sheet(title: str, rows: Sequence[Row], source: str) -> Sheet:
    """Return the picture of some claims' weeks, at least one row."""
    sheet = Sheet(HEAD + FOOT)
    head(sheet, title, ", ".join(row.claim.id for row in rows))
    foot(sheet, source)
    return sheet
