"""Where things are posted: what a platform says of a channel."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass

from bot.card import Card


@dataclass(frozen=True, slots=True)
class Place:
    """A channel that the bot can see."""

    destination: str
    """`discord:600`."""
    workspace: str | None = None
    """Whose it is, or None where its platform has but one workspace, or has not told yet."""
    lacks: tuple[str, ...] = ()
    """What the bot may not do there and must to post cards, as the platform's own settings call it."""
    shut: str = ""
    """Why nothing can be posted there although no permission is lacking, and who mends that: a sentence
    marked for translation."""
    roles: Mapping[str, bool] | None = None
    """Roles or user groups that can be mentioned, by id, and whether all may mention them; None where the
    platform does not tell."""
    calls: bool = False
    """The bot may mention all of them there."""


EditCard = Callable[[str, str, Card], Awaitable[None]]
"""Gets a destination, the receipt of a message there and what it shows from now on."""


async def unedited(destination: str, receipt: str, card: Card) -> None:
    """Leave a message as it is, where no platform runs."""


FindMessage = Callable[[str, str], Awaitable[str | None]]
"""Gets a destination and the receipt of a message there; returns its web address where it is known to have
one."""


async def unaddressed(destination: str, receipt: str) -> None:
    """Know of no message, where no platform runs."""


FindPlace = Callable[[str], Awaitable[Place | None]]
"""Gets a destination; returns None where the bot sees no such channel."""


def among_seen(find: FindPlace, unseen: Collection[str]) -> FindPlace:
    """Return what finds no place of which whoever asks may not know."""

    async def found(destination: str) -> Place | None:
        return None if destination in unseen else await find(destination)

    return found


async def anywhere(destination: str) -> Place | None:
    """Return a place of which nobody was asked: that of the console."""
    return Place(destination)
