"""What we answer to "what else happens": happenings that fit no claim, as a card."""

from bot import phrases
from bot.answers_why import name
from bot.card import Card, Line, Link
from bot.commands.spelling import Spelling
from bot.paging import Page, paged
from claims.candidates import Untracked

SHOWN = 12
"""Lines of a page."""
_HEADLINE = 100
_OUTLETS = 3


def candidates_card(page: Page[Untracked], count: int, timezone: str, spelled: Spelling) -> Card:
    """Return a page of so many happenings; `timezone` is the IANA name of the zone of their days."""
    title = f"{phrases.counted(count, 'happening')} without a claim, told by two families or more"
    card = Card(
        title=title if count else "No happening without a claim is told by two families",
        lines=tuple(_line(each, timezone) for each in page.items),
        footer=f"{spelled('claim profile SENTENCE')} shows what a claim of yours would be linked to"
        if count
        else "",
    )
    return paged(card, page)


def _line(each: Untracked, timezone: str) -> Line:
    story = each.story
    said = (
        f" · {phrases.date(each.at, timezone)}{phrases.tongue(story.language)}, "
        f"{phrases.listed(each.tally.outlets, _OUTLETS)}: "
        f"{phrases.counted(each.tally.independent, 'independent origin')}; "
        f"about {', '.join(name(concept) for concept in each.concepts) or 'nothing that we know a word of'}"
    )
    return (Link(phrases.shorten(story.title, _HEADLINE), story.url), said)
