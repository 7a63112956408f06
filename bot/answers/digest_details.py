"""All that a digest tells of, as a card of pages: what changed, what happened, what else. Pure."""

from collections.abc import Iterator, Sequence

from bot import lines, phrases, waiting
from bot.card import Card, Line, Strong, Tone
from bot.digest_card import counts, heading, span, troubled
from bot.digest_words import Told, changes, denial_words, lines_of, loose_figures, quoted, told_line
from bot.language import _
from bot.paging import Page, page_of, paged
from claims.digest import ClaimNews, Summary
from claims.outgoing import Digest

SHOWN = 8
"""Lines of a page: what is on it is read without scrolling far on a phone."""
_FEEDS = 10


def details_page(summary: Summary, number: str) -> Page[Line]:
    """Return a page of all that a digest tells of.

    Raises:
        UsageError: `number` is none.

    """
    return page_of(list(_all(summary)), {"page": number}, SHOWN)


def details_whole(summary: Summary) -> Page[Line]:
    """Return all that a digest tells of on one page, for where one scrolls."""
    return Page(list(_all(summary)))


def digest_details_card(page: Page[Line], digest: Digest, summary: Summary, timezone: str) -> Card:
    """Return a page of what a digest tells of; `timezone` is the IANA name of the zone of its moments."""
    named = _("{span} · {counts}").format(span=span(digest, timezone), counts=counts(digest, summary))
    card = Card(
        heading=_("DETAILS"),
        title=f"{heading(digest)} · {named}",
        tone=Tone.DIGEST,
        lines=tuple(page.items),
        fields=lines.fields(
            (_("Feeds"), troubled(summary, digest, timezone, _FEEDS)),
            (_("Waited"), waiting.waited(summary.held)),
        )
        if page.number == page.of
        else (),
    )
    return paged(card, page)


def _all(summary: Summary) -> Iterator[Line]:
    changed = [told for kind in changes(summary) for told in kind]
    again = [Told(denial_words(each), each.story, each.place) for each in summary.denials if each.again]
    yield from _section(_("What changed"), lines_of([*changed, *again]))
    yield from _section(_("Other numbers"), lines_of(loose_figures(summary)))
    for news in summary.claims:
        yield from _news(news)
    others = [quoted(event.members[0].story) for event in summary.others]
    yield from _section(_("No claim yet"), others)
    recalled = [(f"{claim_id}: {phrases.stories(count)}",) for claim_id, count in summary.recalled.items()]
    yield from _section(_("In passing"), recalled)


def _section(name: str, found: Sequence[Line]) -> Iterator[Line]:
    if found:
        yield (Strong(name),)
        yield from (("• ", *line) for line in found)


def _news(news: ClaimNews) -> Iterator[Line]:
    """Yield what a claim says, then its happenings, the most important first."""
    yield (Strong(news.claim.id), f": {lines.statement(news.claim)}")
    yield from (("• ", *told_line(told)) for told in news.told)
