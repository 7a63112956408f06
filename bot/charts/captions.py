"""What pictures of claims say of themselves: title, the line below it, and the line at the end. Pure."""

from collections.abc import Sequence

from bot.answers.history import left_words, weeks_span
from bot.charts.parts import Words
from bot.language import _, decimal, ngettext
from bot.phrases import stated
from claims.activity import Row, Span
from claims.model import Claim


def figures_words(claim: Claim, stories: int) -> Words:
    """Return the words of the numbers of a claim, as told by so many stories."""
    return Words(
        _("{claim}: who said how many").format(claim=claim.id),
        claim.statement,
        _first_told(stories),
        _sayer(claim),
    )


def timeline_words(claim: Claim, stories: int) -> Words:
    """Return the words of what happened to a claim, as told by so many stories."""
    return Words(
        _("{claim}: what happened").format(claim=claim.id), claim.statement, _by_day(stories), _sayer(claim)
    )


def weeks_words(claim: Claim, weeks: Sequence[Span]) -> Words:
    """Return the words of a claim's weeks."""
    stories = sum(week.stories for week in weeks)
    return Words(
        _("{claim}: stories by week").format(claim=claim.id),
        claim.statement,
        _by_week(stories),
        _sayer(claim),
    )


def busiest_words(rows: Sequence[Row], left: int) -> Words:
    """Return the words of claims' weeks, at least one row; so many claims are left out."""
    return Words(
        _("Stories on claims by week"),
        _("{span}; the numbers are stories").format(span=weeks_span(rows[0].spans)),
        _by_week(sum(row.stories for row in rows)),
        left_words(left, left + len(rows)) if left else "",
    )


def _sayer(claim: Claim) -> str:
    return f"— {claim.said_by}, {stated(claim.said_on)}"


def _by_week(stories: int) -> str:
    words = ngettext(
        "Claimwatch, from {count} story; weeks from Monday, UTC",
        "Claimwatch, from {count} stories; weeks from Monday, UTC",
        stories,
    )
    return words.format(count=decimal(stories))


def _first_told(stories: int) -> str:
    words = ngettext(
        "Claimwatch, from {count} story; days of first reports",
        "Claimwatch, from {count} stories; days of first reports",
        stories,
    )
    return words.format(count=decimal(stories))


def _by_day(stories: int) -> str:
    words = ngettext(
        "Claimwatch, from {count} story; days in UTC",
        "Claimwatch, from {count} stories; days in UTC",
        stories,
    )
    return words.format(count=decimal(stories))
