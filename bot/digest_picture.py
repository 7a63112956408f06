"""The chart of a digest of a week, a month or a year: how many stories bear on which claim, and when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from types import ModuleType

from bot import phrases
from bot.answers.history import left_words, stance_counts
from bot.card import Card
from bot.charts.parts import Words
from bot.digest_card import span
from bot.language import _, dates, decimal, ngettext, speaking
from bot.pictures import drawn
from claims.activity import Row, Span
from claims.digest import Summary
from claims.outgoing import Digest, Period

SHOWN = 6
"""Claims in it, the busiest."""
_WEEK = 7


async def pictured(card: Card, digest: Digest, summary: Summary) -> Card:
    """Return the card of a digest with its chart, or with a sentence that says why there is none.

    A digest of a day has none, nor one of claims that nothing was told of. The sentence is no part of the
    footer, by which a digest that was posted is found again: a later try may draw what an earlier could not.
    """
    rows, left = summary.rows[:SHOWN], len(summary.rows[SHOWN:])
    if digest.period is Period.DAY or not rows:
        return card

    def draw(charts: ModuleType) -> bytes:
        with speaking(charts.written()):
            words = Words(
                title(digest, rows),
                _("The numbers are stories; one on two claims counts for both"),
                _("Claimwatch; days in {zone}").format(zone=digest.timezone),
                _in_all(summary.stories, left, len(summary.rows)),
            )
            drawing: bytes = charts.digest_picture(rows, words)
        return drawing

    name = f"{digest.period}-{digest.until:%Y-%m-%d}.png"
    picture, said = await drawn(name, shown(digest, rows, left), draw)
    return replace(
        card,
        lines=(*card.lines, *([(said,)] if said else [])),
        attachment=picture and replace(picture, instead=_("Its chart could not be posted here")),
    )


def title(digest: Digest, rows: Sequence[Row]) -> str:
    """Return of what the chart of some claims, at least one, is: `October 2024: stories by week`."""
    longest = max(each.days for each in rows[0].spans)
    if longest == 1:
        words = _("{span}: stories on each claim, by day")
    elif longest <= _WEEK:
        words = _("{span}: stories on each claim, by week")
    else:
        words = _("{span}: stories on each claim, by month")
    said = words.format(span=span(digest, digest.timezone))
    return said[:1].upper() + said[1:]


def shown(digest: Digest, rows: Sequence[Row], left: int) -> str:
    """Return in words what the chart shows, at least one row; so many claims are left out."""
    said = [
        f"{row.claim.id}: {phrases.stories(row.stories)} ({stance_counts(row.claim, row.spans)});"
        f" {_by_span(row.spans)}"
        for row in rows
    ]
    return (
        ". ".join([title(digest, rows), *said, *([left_words(left, left + len(rows))] if left else [])]) + "."
    )


def _by_span(spans: Sequence[Span]) -> str:
    told = [each for each in spans if each.stories]
    return "; ".join(
        f"{dates(each.first, each.after - timedelta(days=1))}: {decimal(each.stories)}" for each in told
    )


def _in_all(stories: int, left: int, claims: int) -> str:
    words = ngettext("The digest tells of {count} story", "The digest tells of {count} stories", stories)
    told = words.format(count=decimal(stories))
    return ". ".join([told, *([left_words(left, claims)] if left else [])])
