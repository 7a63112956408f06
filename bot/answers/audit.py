"""What we answer to "who changed what", as a card. Pure."""

from bot.card import Card, Line, Person, Span
from bot.language import _, decimal, ngettext
from bot.lines import filled, moment
from bot.paging import Page, paged
from bot.phrases import shorten
from claims.workspaces import CONSOLE, OURSELVES, AuditEntry

_DETAILS = 200
"""Characters of what was changed."""


def audit_card(page: Page[AuditEntry], count: int, timezone: str, *, everywhere: bool) -> Card:
    """Return a page of the audit log, newest first.

    Args:
        page: the entries.
        count: how many there are on all pages.
        timezone: IANA name of the zone in which moments are written where they are written out.
        everywhere: they are of several workspaces, so that each is named.

    """
    if not count:
        return Card(_("Nothing was changed here yet"))
    title = ngettext("{count} change, the newest first", "{count} changes, the newest first", count)
    lines = tuple(_line(entry, timezone, everywhere=everywhere) for entry in page.items)
    return paged(Card(title.format(count=decimal(count)), lines=lines), page)


def _line(entry: AuditEntry, timezone: str, *, everywhere: bool) -> Line:
    words = _("{moment}: {person}: {action}")
    said: Line = filled(
        words,
        moment=moment(entry.at, timezone, beside=entry.at),
        person=_who(entry.person),
        action=entry.action,
    )
    details = f" · {shorten(entry.details, _DETAILS)}" if entry.details else ""
    place = f" · {entry.workspace}" if everywhere else ""
    return (*said, *filter(None, (details, place)))


def _who(person: str) -> Span:
    if person == OURSELVES:
        return _("Claimwatch itself")
    return _("whoever runs the bot") if person == CONSOLE else Person(person, person)
