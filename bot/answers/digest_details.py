"""All that a digest tells of, as a card of pages: what changed, what happened, what else. Pure."""

from collections.abc import Iterator, Sequence

from bot import lines, phrases, waiting
from bot.card import Card, Line, Link, Strong, Tone, plain
from bot.digest_card import counts, days_in, heading, origins, span, troubled
from bot.digest_lines import Entry, grouped, laid_out
from bot.digest_told import Told
from bot.digest_words import changes, denied, happening, loose_figures
from bot.language import _
from bot.paging import Page, page_in, paged
from claims.digest import Summary
from claims.outgoing import Digest

SHOWN = 8
"""Lines of a page at most: what is on it is read without scrolling far on a phone."""
_ROOM = 3_400
"""Characters of a page, addresses included: a description on Discord has 4,096, and what is escaped grows
(https://discord.com/developers/docs/resources/message#embed-object-embed-limits)."""
_FEEDS = 10


def details_page(summary: Summary, digest: Digest, number: str) -> Page[Entry]:
    """Return a page of all that a digest tells of.

    Raises:
        UsageError: `number` is none.

    """
    pages: list[list[Entry]] = []
    for entry in _all(summary, digest):
        if pages and len(pages[-1]) < SHOWN and _length([*pages[-1], entry], summary, digest) <= _ROOM:
            pages[-1].append(entry)
        else:
            pages.append([entry])
    return page_in(pages, {"page": number})


def details_whole(summary: Summary, digest: Digest) -> Page[Entry]:
    """Return all that a digest tells of on one page, for where one scrolls."""
    return Page(_all(summary, digest))


def digest_details_card(page: Page[Entry], digest: Digest, summary: Summary, timezone: str) -> Card:
    """Return a page of what a digest tells of; `timezone` is the IANA name of the zone of its moments."""
    named = _("{span} · {counts}").format(span=span(digest, timezone), counts=counts(digest, summary))
    card = Card(
        heading=_("DETAILS"),
        title=f"{heading(digest)} · {named}",
        tone=Tone.DIGEST,
        lines=tuple(_laid_out(page.items, summary, digest)),
        fields=lines.fields(
            (_("Feeds"), troubled(summary, digest, timezone, _FEEDS)),
            (_("Waited"), waiting.waited(summary.held)),
            (_("Origins"), origins() if summary.happenings else ""),
        )
        if page.number == page.of
        else (),
    )
    return paged(card, page)


def _laid_out(entries: Sequence[Entry], summary: Summary, digest: Digest) -> Iterator[Line]:
    return laid_out(entries, summary, digest, said=lines.statement)


def _length(entries: Sequence[Entry], summary: Summary, digest: Digest) -> int:
    laid = list(_laid_out(entries, summary, digest))
    addresses = (span.url for line in laid for span in line if isinstance(span, Link))
    return sum(len(plain(line)) + 1 for line in laid) + sum(map(len, addresses))


def _all(summary: Summary, digest: Digest) -> list[Entry]:
    *kinds, untracked = changes(summary, digest)
    changed = [told for kind in kinds for told in kind]
    again = [denied(each, summary.register) for each in summary.denials if each.again]
    happened = [happening(told) for news in summary.claims for told in news.told]
    others = [Told("", (), event.members[0].story) for event in summary.others]
    recalled = [
        Told("", (Strong(claim_id), f": {phrases.stories(count)}"))
        for claim_id, count in summary.recalled.items()
    ]
    zone = days_in(digest, digest.timezone)
    return [
        *grouped(_("What changed"), [*changed, *again], zone),
        *grouped(_("Other numbers"), loose_figures(summary), zone),
        *grouped(_("In the news"), happened, zone),
        *grouped(_("No claim yet"), [*untracked, *others], zone),
        *grouped(_("Only mentioned"), recalled),
    ]
