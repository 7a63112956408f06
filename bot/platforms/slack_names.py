"""People and user groups by name where all of a channel read of them, in plain words, which call nobody."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.card import Card, Line, Person
from bot.phrases import shorten
from bot.platforms.slack_askers import Askers
from bot.platforms.slack_places import Places
from claims.text import one_line

SECONDS = 1.5
"""A card waits for names so long, and is shown without those that have not come."""
NAME = 80
"""Characters, as many as Slack lets a display name have
(https://docs.slack.dev/reference/objects/user-object)."""

Named = Callable[[Card], Awaitable[Card]]
"""Returns a card with the words of those whom it names."""


async def unnamed(card: Card) -> Card:
    """Return a card as it is, where nobody can be asked."""
    return card


class Names:
    """Names those of a card whom Slack knows."""

    def __init__(self, askers: Askers, places: Places) -> None:
        """Keep who remembers members and user groups."""
        self._askers, self._places = askers, places

    async def fill(self, card: Card) -> Card:
        """Return a card with their names in it; who is not known is left as they are."""
        lines = (*card.lines, *(field.value for field in card.fields))
        people = {span.reference for line in lines for span in line if isinstance(span, Person)}
        ours = sorted(each for each in people if each.startswith("slack:"))
        if not ours:
            return card
        told = await asyncio.gather(*(self._name(each.partition(":")[2]) for each in ours))
        names = {each: name for each, name in zip(ours, told, strict=True) if name}
        return replace(
            card,
            lines=tuple(_with(line, names) for line in card.lines),
            fields=tuple(replace(field, value=_with(field.value, names)) for field in card.fields),
        )

    async def _name(self, ident: str) -> str:
        try:
            async with asyncio.timeout(SECONDS):
                group = ident.startswith("S")
                found = await (self._places.handle(ident) if group else self._askers.name(ident))
        except TimeoutError:
            return ""
        return shorten(one_line(found), NAME)


def _with(line: Line, names: Mapping[str, str]) -> Line:
    return tuple(
        replace(span, words=names.get(span.reference, span.words)) if isinstance(span, Person) else span
        for span in line
    )
