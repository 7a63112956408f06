"""Pictures of claims for pages: from records to the text of an SVG element. Pure.

The page gives their colours (`bot.charts.markup.style`).
"""

from collections.abc import Sequence

from bot.answers.figures import figures_shown
from bot.answers.history import activity_shown, weeks_shown
from bot.charts.activity import activity_sheet
from bot.charts.captions import busiest_words, figures_words, weeks_words
from bot.charts.figures import figures_sheet
from bot.charts.markup import PAGE, markup
from bot.charts.weeks import weeks_sheet
from claims.activity import Row, Span
from claims.history import Series
from claims.model import Claim


def figures_svg(claim: Claim, series: Sequence[Series], stories: int) -> str:
    """Return the numbers of a claim, at least one series, as told by so many stories."""
    words = figures_words(claim, stories)
    return markup(figures_sheet(PAGE, words, claim, series), words.title, figures_shown(claim, series))


def weeks_svg(claim: Claim, weeks: Sequence[Span]) -> str:
    """Return how many stories bore on a claim week by week, at least one week."""
    words = weeks_words(claim, weeks)
    return markup(weeks_sheet(PAGE, words, claim, weeks), words.title, weeks_shown(claim, weeks))


def activity_svg(rows: Sequence[Row], left: int = 0) -> str:
    """Return how much was told of claims week by week, at least one row; so many claims are left out."""
    words = busiest_words(rows, left)
    return markup(activity_sheet(PAGE, words, rows), words.title, activity_shown(rows, left))
