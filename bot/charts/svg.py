"""Pictures of claims for pages: from records to the text of an SVG image. Pure."""

from collections.abc import Sequence
from html import escape

from bot.answers.history import activity_shown, figures_shown, weeks_shown
from bot.phrases import stories as counted
from claims.activity import Row, Week
from claims.history import Series
from claims.model import Claim


def figures_svg(claim: Claim, series: Sequence[Series], stories: int) -> str:
    """Return the numbers of a claim, at least one series, as told by so many stories."""
    return _image(f"{figures_shown(claim, series)} {counted(stories)}")


def weeks_svg(claim: Claim, weeks: Sequence[Week]) -> str:
    """Return how many stories bore on a claim week by week, at least one week."""
    return _image(weeks_shown(claim, weeks))


def activity_svg(rows: Sequence[Row], left: int = 0) -> str:
    """Return how much was told of claims week by week, at least one row; so many claims are left out."""
    return _image(activity_shown(rows, left))


def _image(about: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 10" role="img">'
        f"<desc>{escape(about)}</desc></svg>"
    )
