"""The shape of an action: what a control asks for, and what answers it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.commands.model import Context, Needs
from bot.controls import ACTION
from bot.replies import Answered


@dataclass(frozen=True, slots=True)
class Press:
    """A control that was used."""

    argument: str
    """What stands behind the verb."""
    chosen: tuple[str, ...] = ()
    """Of a menu."""
    entries: Mapping[str, str] = field(default_factory=dict)
    """Of a form, by name."""


@dataclass(frozen=True, slots=True)
class Action:
    """One row of the table."""

    verb: str
    """One word."""
    run: Callable[[Context, Press], Awaitable[Answered]]
    """Raises `AskerError` for what whoever used it can mend."""
    label: str = ""
    """In English, that of the button which leads to it: who is refused knows it by that. Nothing: all may."""
    needs: Needs = Needs.NOTHING
    """Whoever is not allowed that is refused before anything is done."""
    shared: bool = False
    """What it answers is for everybody in the channel, unless it fails."""
    form: bool = False
    """It answers with a form, which must be the first answer: it has three seconds and no network."""
    asks: bool = False
    """It answers with something further to choose: platforms that can, show that over the chat."""
    shortcut: str = ""
    """As of a command (`bot.commands.model.Command.shortcut`)."""

    @property
    def changes(self) -> bool:
        """Say whether it is noted in the audit log, unless its answer says that nothing was changed."""
        return self.needs is not Needs.NOTHING


def action(verb: str, *argument: str) -> str:
    """Return what a control says when it is used: `page:k3f9:2`.

    Raises:
        ValueError: it is longer than a platform keeps; a bug, since arguments are short keys.

    """
    words = ":".join((verb, *argument))
    if len(words) > ACTION:
        raise ValueError(f"the action {words!r} has more than {ACTION} characters")
    return words
