"""What a bot's day needs of a chat platform on loopback, whichever it is: places, people, and trouble.

Channels have names that are the same on every platform (`all`). What somebody sees (a message, an answer, a
form) and who they are is the platform's own, and is only handed on.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from bot.commands.model import Command

Shown = Any
"""A message, an answer or a form as a platform has it."""
Person = Any


@dataclass(frozen=True, eq=False, slots=True)
class Newsroom:
    """People who share subscriptions and verdicts: a workspace."""

    lead: Person
    """Who may change everything."""
    editor: Person
    """One of the editors, who may judge once the editors are let."""
    reader: Person
    editors: str
    """The group of the editors, as it is named in a command."""
    workspace: str
    """Its id in the bot: `discord:500`."""


class Sort(StrEnum):
    """What a platform saw of the bot."""

    POST = "post"
    EDIT = "edit"
    FAULT = "fault"
    """A request that was made to fail."""
    AGAIN = "again"
    """A post that the platform knew to be one of before, and did not repeat."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that a platform saw."""

    sort: Sort
    channel: str = ""
    """By its name; of a thread the one where it stands."""
    message: Shown = None
    """What a post says."""
    below: bool = False
    """Whether a post follows up another one, in its thread or as a reply."""
    key: str = ""
    """What a post has of its own."""
    calls: tuple[str, ...] = ()
    """Groups that a post calls."""


class Chat(Protocol):
    """A chat platform on loopback with the bot, its people and whatever may go wrong there."""

    name: str
    """The part of a destination before the colon."""
    attaches: bool
    """Whether a command takes a file."""
    here: Newsroom
    there: Newsroom
    """Another newsroom, or the same where the platform has but one."""
    called: str
    """The group that a subscription may call, as the settings name it."""
    tell: Callable[[Happened], None]
    """Is told of everything that the platform sees."""

    # ---- the bot ------------------------------------------------------------------------------------

    @property
    def environment(self) -> Mapping[str, str]:
        """Return the settings of a bot that serves this platform, as variables."""
        ...

    @property
    def connections(self) -> int:
        """Return how often the bot has connected, or taken up again what was cut."""
        ...

    async def connected(self, times: int) -> None:
        """Wait until it has so often, and is there."""
        ...

    def wrong(self) -> list[str]:
        """Return the limits, deadlines and habits that were broken since this was asked last."""
        ...

    async def time_passes(self) -> None:
        """Act as if minutes had passed."""
        ...

    @property
    def slowest(self) -> float:
        """Return the seconds after which the slowest answer of all was begun."""
        ...

    # ---- places -------------------------------------------------------------------------------------

    def destination(self, channel: str) -> str:
        """Return what the settings call a channel: `discord:600`."""
        ...

    def channel(self, destination: str) -> str:
        """Return the name of the channel of a destination."""
        ...

    def picked(self, channel: str) -> str:
        """Return what an option for a channel is given."""
        ...

    def written(self, who: Person | str) -> str:
        """Return how a channel, by its name, or a person stands in a card."""
        ...

    def reference(self, who: Person) -> str:
        """Return a person's id in the bot: `discord:902`."""
        ...

    def demoted(self, person: Person) -> AbstractAsyncContextManager[None]:
        """Take from a person for a while whatever lets them change things."""
        ...

    # ---- what is read -------------------------------------------------------------------------------

    def messages(self, channel: str) -> Sequence[Shown]:
        """Return the messages of a channel as they stand, the oldest first."""
        ...

    def actions(self, shown: Shown) -> list[str]:
        """Return the actions (`right:EVENT`) of what can be used now."""
        ...

    def words(self, shown: Shown) -> str:
        """Return all that it says."""
        ...

    def title(self, shown: Shown) -> str:
        """Return its title, or nothing."""
        ...

    def heading(self, shown: Shown) -> str:
        """Return what stands above the title, or nothing."""
        ...

    def field(self, shown: Shown, name: str) -> str:
        """Return what it says under a name, or nothing."""
        ...

    def alone(self, shown: Shown) -> bool:
        """Say whether only one person sees it."""
        ...

    def lasts(self, shown: Shown) -> bool:
        """Say whether it is still there for whoever saw it."""
        ...

    # ---- what people do -----------------------------------------------------------------------------

    async def speaks(self, person: Person, language: str) -> None:
        """Let a person's chat be in a language: `ko`."""
        ...

    async def ask(
        self,
        command: str,
        options: Mapping[str, str],
        *,
        by: Person,
        channel: str | None = None,
        insist: bool = False,
    ) -> Shown:
        """Give a command; `insist` gives one that is not offered to this person."""
        ...

    def suggests(self, command: Command) -> bool:
        """Say whether somebody can be suggested values for what a command needs."""
        ...

    async def suggested(self, command: str, param: str, typed: str, *, by: Person) -> list[str]:
        """Type into a parameter and return the values that are suggested."""
        ...

    async def use(self, shown: Shown, action: str, *chosen: str, by: Person | None = None) -> Shown:
        """Use the control whose action begins so; of a menu choose what is named, or the first.

        Raises:
            LookupError: there is none that can be used.

        """
        ...

    async def press(self, shown: Shown, label: str) -> Shown:
        """Press the button with this label."""
        ...

    async def fill(self, form: Shown, entries: Mapping[str, str]) -> Shown:
        """Send a form; what is not named stays as it was."""
        ...

    async def about(self, message: Shown, entry: str, *, by: Person) -> Shown:
        """Choose an entry from the menu of a message."""
        ...

    def say(self, channel: str, text: str, *, by: Person) -> Shown:
        """Write a message as a person."""
        ...

    # ---- what goes wrong ----------------------------------------------------------------------------

    def impose(self) -> None:
        """Limit the rates and have requests fail all day long."""
        ...

    def relent(self) -> None:
        """Have no more requests fail."""
        ...

    async def shut(self, channel: str) -> None:
        """Take from the bot what it needs to post in a channel."""
        ...

    async def reopen(self, channel: str) -> None:
        """Give it back."""
        ...

    async def delete_channel(self, channel: str) -> None:
        """Delete a channel with all that was posted there."""
        ...

    async def delete_message(self, message: Shown) -> None:
        """Delete a message as a moderator does; nobody tells the bot."""
        ...

    async def cut(self) -> None:
        """Cut what the bot is connected by."""
        ...

    async def cut_one(self) -> None:
        """Cut one of the connections of the bot; what is done next waits for nobody."""
        ...

    async def unsettle(self) -> None:
        """Have the bot connect anew, as the platform asks of it now and then."""
        ...

    async def invite(self, channel: str) -> Newsroom:
        """Invite the bot to where this channel is, and return those who did."""
        ...

    async def until(self, what: Callable[[], object]) -> None:
        """Wait until something holds."""
        ...


def event_of(chat: Chat, message: Shown, control: str = "details") -> str | None:
    """Return the event that an alert's message is about, by one of its controls, or None for another one."""
    begins = f"{control}:"
    found = (each.removeprefix(begins) for each in chat.actions(message) if each.startswith(begins))
    return next(found, None)


def argument_of(chat: Chat, shown: Shown, control: str) -> str:
    """Return what stands in an action behind what it begins with.

    Raises:
        LookupError: nothing with that action can be used.

    """
    argument = event_of(chat, shown, control)
    if argument is None:
        raise LookupError(f"no {control} among {chat.actions(shown)} of {chat.title(shown)}")
    return argument
