"""What we answer, as cards: lists of claims. Pure, like `bot.present`."""

from dataclasses import replace

from bot import lines, phrases
from bot.actions.model import action
from bot.card import Card, Line, Strong
from bot.commands.spelling import Spelling
from bot.controls import Menu, Option
from bot.language import _
from bot.paging import Page, paged
from claims.model import Claim

CLAIMS = 20
"""Lines of a page; each can be chosen from a menu, which holds 25."""


def claims_card(title: str, page: Page[Claim], spelled: Spelling) -> Card:
    """Return a page of claims, a line each: what to type to see one, who said it, what was said."""
    card = Card(
        title=title,
        lines=tuple(claim_line(claim) for claim in page.items),
        footer=_("{command} tells more").format(command=spelled("claim show CLAIM")) if page.items else "",
    )
    return paged(card, page)


def with_menu(card: Card, page: Page[Claim]) -> Card:
    """Return a list of claims from which one can be chosen, to be shown."""
    if not page.items:
        return card
    options = tuple(
        Option(each.id, each.id, phrases.shorten(each.statement, lines.BRIEF)) for each in page.items
    )
    return replace(card, controls=((Menu(action("claim"), _("Show a claim"), options),), *card.controls))


def claim_line(claim: Claim) -> Line:
    """Return a claim in a line: its id, who said it and what."""
    return (Strong(claim.id), f": {lines.brief(claim)}")
