"""Long answers, page by page: which part of a list a page has, and how a card says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from bot.card import Card
from bot.language import _
from claims.errors import UsageError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list."""

    items: Sequence[T]
    number: int = 1
    """Counted from 1."""
    of: int = 1

    @property
    def is_first(self) -> bool:
        """Say whether it begins the list."""
        return self.number == 1


def page_of(items: Sequence[T], args: Mapping[str, str], size: int) -> Page[T]:
    """Return the page of so many items that the value `page` asks for (`page_in`)."""
    return page_in([items[first : first + size] for first in range(0, len(items), size)], args)


def page_in(pages: Sequence[Sequence[T]], args: Mapping[str, str]) -> Page[T]:
    """Return the page that the value `page` asks for, the first where it does not; one too far is the last.

    Raises:
        UsageError: it is no number.

    """
    asked = args.get("page") or "1"
    if not asked.isascii() or not asked.isdecimal():
        raise UsageError(_("page takes a number, such as 2"))
    of = max(1, len(pages))
    number = min(max(1, int(asked[:6])), of)
    return Page(pages[number - 1] if pages else (), number, of)


def paged(card: Card, page: Page[T]) -> Card:
    """Return a card that says which page of how many it is, where there are several."""
    if page.of == 1:
        return card
    words = _("Page {number} of {of}").format(number=page.number, of=page.of)
    return replace(card, page=(page.number, page.of), footer=" · ".join(filter(None, (words, card.footer))))
