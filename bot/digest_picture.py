"""The chart of a digest of a week or a month: which claims were told of, week by week."""

from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType

from bot.answers.history import activity_shown
from bot.card import Card
from bot.language import _, speaking
from bot.pictures import drawn
from claims.activity import Row
from claims.outgoing import Digest, Period


async def pictured(card: Card, digest: Digest, rows: Sequence[Row]) -> Card:
    """Return the card of a digest with its chart, or with a sentence that says why there is none.

    A digest of a day has none, nor one of claims that nothing was told of. The sentence is no part of the
    footer, by which a digest that was posted is found again: a later try may draw what an earlier could not.
    """
    if digest.period is Period.DAY or not any(row.stories for row in rows):
        return card

    def draw(charts: ModuleType) -> bytes:
        with speaking(charts.written()):
            drawing: bytes = charts.activity_picture(
                rows,
                _("Stories on each claim, week by week"),
                _("Claimwatch; a story on two claims counts for each; days in UTC"),
            )
        return drawing

    name = f"{digest.period}-{digest.until:%Y-%m-%d}.png"
    picture, said = await drawn(name, activity_shown(rows), draw)
    return replace(
        card,
        lines=(*card.lines, *([(said,)] if said else [])),
        attachment=picture and replace(picture, instead=_("Its chart could not be posted here")),
    )
