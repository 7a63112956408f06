"""What we answer to "what else happens": happenings that fit no claim, as a card."""

from bot import phrases
from bot.card import Card, Line, Link
from bot.commands.spelling import Spelling
from bot.language import _, decimal, ngettext
from bot.paging import Page, paged
from bot.recognised import name
from claims.candidates import Untracked

SHOWN = 12
"""Lines of a page."""
_HEADLINE = 100
_OUTLETS = 3


def candidates_card(page: Page[Untracked], count: int, timezone: str, spelled: Spelling) -> Card:
    """Return a page of so many happenings; `timezone` is the IANA name of the zone of their days."""
    if not count:
        return Card(_("No happening without a claim is told by two families"))
    title = ngettext(
        "{count} happening without a claim, told by two families or more",
        "{count} happenings without a claim, told by two families or more",
        count,
    )
    advice = _("{command} shows what a claim of yours would be linked to")
    card = Card(
        title=title.format(count=decimal(count)),
        lines=tuple(_line(each, timezone) for each in page.items),
        footer=advice.format(command=spelled("claim profile SENTENCE")),
    )
    return paged(card, page)


def _line(each: Untracked, timezone: str) -> Line:
    story = each.story
    day = phrases.in_tongue(phrases.date(each.at, timezone), story.language)
    said = _(" · {day}, {outlets}: {origins}; about {concepts}").format(
        day=day,
        outlets=phrases.listed(each.tally.outlets, _OUTLETS),
        origins=phrases.origins(each.tally.independent),
        concepts=", ".join(map(name, each.concepts)) or _("nothing that we know a word of"),
    )
    return (Link(phrases.shorten(story.title, _HEADLINE), story.url), said)
