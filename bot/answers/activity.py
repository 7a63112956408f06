"""What we answer of claims week by week, as cards, and in words what their pictures show. Pure."""

from collections.abc import Sequence
from itertools import groupby

from bot import phrases
from bot.answers.history import most_words, stance_counts, told_in, weeks_span
from bot.card import Card, Line, Strong
from bot.language import _, decimal, full_date, ngettext
from bot.paging import Page, paged
from claims.activity import Row, Span
from claims.model import Claim


def weeks_card(claim: Claim, page: Page[Sequence[Span]], weeks: Sequence[Span]) -> Card:
    """Return a page of the weeks of a claim.

    Args:
        claim: the claim.
        page: its spells, as `spells` has them, the newest first.
        weeks: all of them, for the counts.

    """
    card = Card(
        heading=_("ACTIVITY · {claim}").format(claim=claim.id),
        title=f"{phrases.stories(told_in(weeks))}: {stance_counts(claim, weeks)}"
        if weeks
        else _("Nothing that we read bears on it yet"),
        lines=tuple(_spell(claim, spell) for spell in page.items),
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
        title=_("{claims}, {span}").format(claims=phrases.claims(len(rows)), span=weeks_span(rows[0].spans))
        if stories
        else _("Nothing that we read bears on a claim yet"),
        lines=tuple(_row(row) for row in page.items),
        footer=_("A week begins on Monday, in UTC") if stories else "",
    )
    return paged(card, page)


def spells(weeks: Sequence[Span]) -> list[Sequence[Span]]:
    """Return weeks one by one, but those in which nothing came together as long as they last."""
    found: list[Sequence[Span]] = []
    for told, group in groupby(weeks, key=lambda week: bool(week.stories)):
        each = list(group)
        found += [[week] for week in each] if told else [each]
    return found


def _spell(claim: Claim, spell: Sequence[Span]) -> Line:
    if stories := told_in(spell):
        return (
            Strong(full_date(spell[0].first)),
            f": {phrases.stories(stories)}: {stance_counts(claim, spell)}",
        )
    words = ngettext("{count} week without a story", "{count} weeks without a story", len(spell))
    return (words.format(count=decimal(len(spell))),)


def _row(row: Row) -> Line:
    told = (
        f": {phrases.stories(row.stories)}: {stance_counts(row.claim, row.spans)} · {most_words(row.spans)}"
    )
    return (Strong(row.claim.id), told)
