"""The shape of a command: what can be asked, with which words, and what answers it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.card import Card
from claims.clock import Clock
from claims.matching.matcher import Matcher
from claims.matching.prototypes import Prototype
from claims.model import Claim
from claims.store import Store
from claims.verdicts import CONSOLE


@dataclass(frozen=True, slots=True)
class Context:
    """What a command may use."""

    store: Store
    clock: Clock
    make_matcher: Callable[[Sequence[Claim], Sequence[Prototype]], Matcher]
    """Of a register and of what people taught, over the lexicon that ships."""
    timezone: str = "UTC"
    """IANA name: how moments are written."""
    workspace: str = CONSOLE
    """Whose verdicts it takes."""
    shared_verdicts: bool = False
    """What a workspace other than the console says corrects the record of all."""


@dataclass(frozen=True, slots=True)
class Param:
    """One word, or with `rest` all remaining words, that a command takes."""

    name: str
    help: str
    required: bool = True
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the table: `claim show`, or a single word such as `help`."""

    path: tuple[str, ...]
    """One or two words: the group, if any, and the name."""
    summary: str
    """One sentence of at most 100 characters (Discord's limit on a description)."""
    run: Callable[[Context, Mapping[str, str]], Awaitable[Card]]
    """Gets the values by parameter name; raises `AskerError` for what the asker can mend."""
    params: tuple[Param, ...] = ()

    @property
    def name(self) -> str:
        """Return the words that are typed: `claim show`."""
        return " ".join(self.path)

    @property
    def usage(self) -> str:
        """Return the command with its parameters: `claim show CLAIM`."""
        words = [p.name.upper() if p.required else f"[{p.name.upper()}]" for p in self.params]
        return " ".join([self.name, *words])
