"""What we answer to "what else happens": happenings that fit no claim, as a card."""

from collections.abc import Sequence

from bot import phrases
from bot.answers_why import name
from bot.card import Card, Line, Link
from bot.commands.spelling import Spelling
from claims.candidates import Untracked

_SHOWN = 12
_HEADLINE = 100
_OUTLETS = 3


def candidates_card(found: Sequence[Untracked], timezone: str, spelled: Spelling) -> Card:
    """Return happenings in the order given; `timezone` is the IANA name of the zone of their days."""
    left = len(found) - _SHOWN
    more: tuple[Line, ...] = ((f"+{left} more",),) if left > 0 else ()
    title = f"{phrases.counted(len(found), 'happening')} without a claim, told by two families or more"
    return Card(
        title=title if found else "No happening without a claim is told by two families",
        lines=(*(_line(each, timezone) for each in found[:_SHOWN]), *more),
        footer=f"{spelled('claim profile SENTENCE')} shows what a claim of yours would be linked to"
        if found
        else "",
    )


def _line(each: Untracked, timezone: str) -> Line:
    story = each.story
    said = (
        f" · {phrases.date(each.at, timezone)}{phrases.tongue(story.language)}, "
        f"{phrases.listed(each.tally.outlets, _OUTLETS)}: "
        f"{phrases.counted(each.tally.independent, 'independent origin')}; "
        f"about {', '.join(name(concept) for concept in each.concepts) or 'nothing that we know a word of'}"
    )
    return (Link(phrases.shorten(story.title, _HEADLINE), story.url), said)
