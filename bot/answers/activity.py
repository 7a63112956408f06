"""What we answer of claims week by week, as cards, and in words what their pictures show. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from bot import phrases
from bot.card import Card, Line, Strong
from bot.language import _, decimal, full_date, ngettext
from bot.paging import Page, paged
from claims.activity import Row, Week
from claims.model import Claim

_LAST = timedelta(days=6)


def weeks_card(claim: Claim, page: Page[Sequence[Week]], weeks: Sequence[Week]) -> Card:
    """Return a page of the weeks of a claim.

    Args:
        claim: the claim.
        page: its spells, as `spells` has them, the newest first.
        weeks: all of them, for the counts.

    """
    card = Card(
        heading=_("ACTIVITY · {claim}").format(claim=claim.id),
        title=f"{phrases.stories(_told(weeks))}: {stance_counts(weeks)}"
        if weeks
        else _("Nothing that we read bears on it yet"),
        lines=tuple(_spell(spell) for spell in page.items),
        footer=_("A week begins on Monday, in UTC") if weeks else "",
    )
    return paged(card, page)


def activity_card(page: Page[Row], rows: Sequence[Row]) -> Card:
    """Return a page of claims with how much was told of each, the busiest first.

    Args:
        page: of the rows.
        rows: all of them, for the counts.

    """
    stories = sum(row.stories for row in rows)
    card = Card(
        heading=_("ACTIVITY"),
        title=_("{claims}, {span}").format(claims=phrases.claims(len(rows)), span=weeks_span(rows[0].weeks))
        if stories
        else _("Nothing that we read bears on a claim yet"),
        lines=tuple(_row(row) for row in page.items),
        footer=_("A week begins on Monday, in UTC") if stories else "",
    )
    return paged(card, page)


def spells(weeks: Sequence[Week]) -> list[Sequence[Week]]:
    """Return weeks one by one, but those in which nothing came together as long as they last."""
    found: list[Sequence[Week]] = []
    for told, group in groupby(weeks, key=lambda week: bool(week.stories)):
        each = list(group)
        found += [[week] for week in each] if told else [each]
    return found


def weeks_shown(claim: Claim, weeks: Sequence[Week]) -> str:
    """Return in words what the picture of a claim's weeks shows, at least one week."""
    words = _("Chart of {stories} on {claim} by week, {span}: {counts}. {most}.")
    return words.format(
        stories=phrases.stories(_told(weeks)),
        claim=claim.id,
        span=weeks_span(weeks),
        counts=stance_counts(weeks),
        most=most_words(weeks),
    )


def activity_shown(rows: Sequence[Row], left: int = 0) -> str:
    """Return in words what the picture of claims' activity shows, at least one row."""
    span = weeks_span(rows[0].weeks)
    beginning = _("Chart of the stories on each claim by week, {span}").format(span=span)
    counts = [f"{row.claim.id}: {stance_counts(row.weeks)}; {most_words(row.weeks)}" for row in rows]
    return ". ".join([beginning, *counts, *([left_words(left)] if left else [])]) + "."


def left_words(left: int) -> str:
    """Return how many claims a picture leaves out: `4 more claims are not shown`."""
    words = ngettext("{count} more claim is not shown", "{count} more claims are not shown", left)
    return words.format(count=decimal(left))


def most_words(weeks: Sequence[Week]) -> str:
    """Return which of some weeks, at least one, had most: `Most in the week of 16 October 2023: 17`."""
    most = max(weeks, key=lambda week: week.stories)
    return _("most in the week of {day}: {count}").format(
        day=full_date(most.monday), count=decimal(most.stories)
    )


def weeks_span(weeks: Sequence[Week]) -> str:
    """Return the days of weeks, at least one: `2 October 2023 to 8 October 2023`."""
    return _days(weeks[0].monday, weeks[-1].monday + _LAST)


def stance_counts(weeks: Sequence[Week]) -> str:
    """Return how many stories of some weeks support, dispute, or speak of it in passing."""
    counts = (
        (_("{count} in support"), sum(week.supports for week in weeks)),
        (_("{count} against"), sum(week.disputes for week in weeks)),
        (_("{count} in passing"), sum(week.background for week in weeks)),
    )
    return ", ".join(said.format(count=decimal(count)) for said, count in counts if count)


def _told(weeks: Sequence[Week]) -> int:
    return sum(week.stories for week in weeks)


def _days(first: date, last: date) -> str:
    return phrases.spanned(full_date(first), full_date(last))


def _spell(spell: Sequence[Week]) -> Line:
    if stories := _told(spell):
        return (
            Strong(full_date(spell[0].monday)),
            f": {phrases.stories(stories)}: {stance_counts(spell)}",
        )
    words = ngettext("{count} week without a story", "{count} weeks without a story", len(spell))
    return (words.format(count=decimal(len(spell))),)


def _row(row: Row) -> Line:
    told = f": {phrases.stories(row.stories)}: {stance_counts(row.weeks)} · {most_words(row.weeks)}"
    return (Strong(row.claim.id), told)
