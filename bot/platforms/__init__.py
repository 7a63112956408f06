"""Where people read and ask: what any chat platform must do, and how it says that it cannot.

Each platform is one file beside this one and the only one that imports its chat library.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.actions.model import Press
from bot.card import Card
from bot.commands.model import Asker
from bot.controls import Option
from bot.places import Place
from bot.replies import Answered


class Desk(Protocol):
    """What a platform hands questions to; it never raises, errors are cards. See `bot.commands.desk.Desk`."""

    async def answer(self, name: str, args: dict[str, str], asker: Asker) -> Card:
        """Run a command: `answer("claim show", {"claim": "shell-volume"}, asker)`."""
        ...

    async def suggest(self, name: str, param: str, typed: str, asker: Asker) -> Sequence[Option]:
        """Return what a parameter could be, from what is typed so far."""
        ...

    async def act(self, action: str, press: Press, asker: Asker) -> Answered:
        """Do what a used control asks for."""
        ...

    async def home(self, asker: Asker, channels: Collection[str] | None = None) -> Sequence[Card]:
        """Return what somebody sees of the bot before they ask anything, where a platform has room for it.

        `channels` are the destinations of those that they are in, None where the platform does not say.
        """
        ...

    async def unfurl(self, url: str, asker: Asker) -> Card | None:
        """Return what all of a channel see of a link that somebody posted, or None where nothing is shown."""
        ...

    def opens_form(self, action: str) -> bool:
        """Say whether an action answers with a form, which no acknowledgement may come before."""
        ...

    def asks(self, action: str) -> bool:
        """Say whether an action answers with something further to choose, best shown over the chat."""
        ...

    def is_shared(self, action: str) -> bool:
        """Say whether what an action answers is for all, unless it fails."""
        ...


class SendError(Exception):
    """A card was not posted or edited. The words hold no secret and can be shown to a person."""

    def __init__(
        self,
        message: str,
        *,
        permanent: bool,
        retry_after: float | None = None,
        gone: bool = False,
        mendable: bool = False,
    ) -> None:
        """Keep what trying again may do.

        Args:
            message: a sentence.
            permanent: it cannot help before a person mends something.
            retry_after: seconds that the platform wants us to wait.
            gone: it can never help: what was to be edited or followed up is no longer there.
            mendable: it cannot help before somebody mends the channel: the bot may not post there, or it is
                no longer there. Nothing else goes there either until then.

        """
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after
        self.gone = gone
        self.mendable = mendable


@dataclass(frozen=True, slots=True)
class How:
    """How a card is posted."""

    under: str | None = None
    """The receipt of the message that it follows up, in the same channel."""
    threaded: bool = True
    """With `under`: into the message's thread, which is made where there is none; else as a reply to it."""
    topic: str = ""
    """What the thread is called, where one is made."""
    mention: str | None = None
    """The platform's id of the role that is called; nobody else ever is."""


PLAINLY = How()


Joined = Callable[[str, str, str | None, str], Awaitable[Card | None]]
"""Gets a new workspace, its name, its language and the destination in which it is greeted; returns with what,
if anything."""


class PlatformDown(Exception):
    """A platform cannot run as it is set up (a refused token); says which setting and where to get it."""


class Platform(Protocol):
    """A chat platform. Its acknowledgement deadlines are its own duty: no command knows of them."""

    name: str
    """The part of a destination before the colon."""

    async def run(self, desk: Desk) -> None:
        """Connect, serve commands and controls, reconnecting by itself, until cancelled or closed.

        Raises:
            PlatformDown: only a change of the settings can help.

        """
        ...

    async def check(self) -> str:
        """Ask the platform who we are, send nothing, and return that in words.

        An address to follow stands on a line of its own, the last.

        Raises:
            PlatformDown: only a change of the settings can help.
            SendError: it could not be asked now.

        """
        ...

    async def send(self, channel: str, card: Card, key: str, *, again: bool, how: How = PLAINLY) -> str:
        """Post a card and return its receipt, the platform's id of the message.

        `channel` is the part of the destination after the colon (empty for the console). `key` names this
        delivery: the same card to the same channel always has the same. `again` says that an earlier try
        may have been posted: then a message that carries the key is looked for first.

        Raises:
            SendError: it was not posted, or nobody knows.

        """
        ...

    async def edit(self, channel: str, receipt: str, card: Card) -> None:
        """Replace the card of a posted message.

        Raises:
            SendError: it was not edited; `gone` where the message is gone.

        """
        ...

    async def address(self, channel: str, receipt: str) -> str | None:
        """Return the web address of a posted message, or None where it has none.

        Raises:
            SendError: it cannot be asked now, or the message is gone.

        """
        ...

    async def place(self, channel: str) -> Place | None:
        """Return what is known of a channel, or None where the bot sees none of that id.

        Raises:
            SendError: it cannot be asked now.

        """
        ...

    async def elsewhere(
        self, workspace: str, channel: str, person: str | None, subscribed: Sequence[str]
    ) -> Sequence[str]:
        """Return where those who can mend a channel may be told of it, as `send` takes it, the best first.

        That is by direct messages to a person (`discord:901`), then in those of the other `subscribed`
        destinations where the bot may post, and last in the first text channel of the workspace.

        Raises:
            SendError: it cannot be found out now.

        """
        ...

    async def close(self) -> None:
        """Let go of connections; calling it twice, or before `run`, does no harm."""
        ...
