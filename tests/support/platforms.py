"""A platform that posts into a list, and refuses when it is told to."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field

from bot.actions.model import Press
from bot.card import Card
from bot.commands.model import Asker
from bot.controls import Option
from bot.places import Place
from bot.platforms import PLAINLY, Desk, How, SendError
from bot.replies import Answered, Reply

Answer = Callable[[str, dict[str, str], Asker], Awaitable[Card]]
"""What answers a command by its name and values, for whoever asks."""


Suggest = Callable[[str, str, str, Asker], Awaitable[Sequence[Option]]]
"""What suggests values, by the command, the parameter and what is typed."""
Act = Callable[[str, Press, Asker], Awaitable[Answered]]
"""What answers controls."""


async def nothing_suggested(name: str, param: str, typed: str, asker: Asker) -> Sequence[Option]:
    """Have nothing to suggest."""
    return ()


async def named(action: str, press: Press, asker: Asker) -> Answered:
    """Say which action it was."""
    return Reply(Card(action))


class DeskOf:
    """A desk that answers commands, suggestions and controls with functions; `forms` open a form."""

    def __init__(
        self,
        answer: Answer,
        suggest: Suggest = nothing_suggested,
        act: Act = named,
        forms: Collection[str] = (),
    ) -> None:
        """Keep the functions."""
        self.answer, self.suggest, self.act = answer, suggest, act
        self.forms = forms

    async def home(self, asker: Asker, channels: Collection[str] | None = None) -> Sequence[Card]:
        """Say whose it is, and in which channels they are."""
        return (Card(f"home of {asker.reference}", tuple((each,) for each in channels or ())),)

    def opens_form(self, action: str) -> bool:
        """Say whether it is one of those."""
        return action in self.forms

    def asks(self, action: str) -> bool:
        """Say whether it is a question, as its name says."""
        return action.startswith("ask:")

    def is_shared(self, action: str) -> bool:
        """Say whether it is the button that shares."""
        return action.startswith("share:")


@dataclass
class ListPlatform:
    """What was posted, by receipt, and every call in order.

    `refusals` are raised by the next calls, one each; None lets a call through.
    """

    name: str = "discord"
    refusals: list[BaseException | None] = field(default_factory=list)
    posted: dict[str, Card] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    again: list[bool] = field(default_factory=list)
    hows: list[How] = field(default_factory=list)
    edits: int = 0
    called: asyncio.Event = field(default_factory=asyncio.Event)
    other: str | None = None
    """Where one may be told of a channel that is broken."""
    gate: asyncio.Event | None = None
    """A post waits for it, once `called` is set."""

    def will_refuse(self, *errors: BaseException | None) -> "ListPlatform":
        """Raise these in the next calls."""
        self.refusals.extend(errors)
        return self

    @property
    def cards(self) -> list[Card]:
        """Return the cards as they stand, in the order of posting."""
        return list(self.posted.values())

    async def run(self, desk: Desk) -> None:
        """Stay until cancelled."""
        await asyncio.Event().wait()

    async def check(self) -> str:
        """Say that all is well."""
        return "a list"

    async def send(self, channel: str, card: Card, key: str, *, again: bool, how: How = PLAINLY) -> str:
        """Post into the list."""
        self.keys.append(key)
        self.again.append(again)
        self.hows.append(how)
        self.called.set()
        if self.gate:
            await self.gate.wait()
        self._refuse()
        receipt = f"{channel}/{len(self.posted) + 1}"
        self.posted[receipt] = card
        return receipt

    async def edit(self, channel: str, receipt: str, card: Card) -> None:
        """Replace a card of the list."""
        self.edits += 1
        self._refuse()
        self.posted[receipt] = card

    async def address(self, channel: str, receipt: str) -> str | None:
        """Say where a message of the list is."""
        return f"https://chat.example/{receipt}" if receipt in self.posted else None

    async def place(self, channel: str) -> Place | None:
        """See every channel."""
        return Place(f"{self.name}:{channel}")

    async def elsewhere(
        self, workspace: str, channel: str, person: str | None, subscribed: Sequence[str]
    ) -> Sequence[str]:
        """Name another channel."""
        return [self.other] if self.other else []

    async def close(self) -> None:
        """Nothing to let go of."""

    def _refuse(self) -> None:
        refusal = self.refusals.pop(0) if self.refusals else None
        if refusal:
            raise refusal


def busy(retry_after: float | None = None) -> SendError:
    """Return what a platform says that may work later."""
    return SendError("the platform is busy", permanent=False, retry_after=retry_after)


def refused() -> SendError:
    """Return what a platform says that needs a person."""
    return SendError("the bot is not in the channel", permanent=True)


def closed() -> SendError:
    """Return what a platform says of a channel that somebody has to mend."""
    return SendError("the bot may not post there: give it Send Messages", permanent=True, mendable=True)
