"""What a reader can press, choose or fill in below a card, before any platform.

An action is `VERB:ARGUMENT` (`bot.actions`): all that a control says when it is used, so that it works
after a restart.
"""

from dataclasses import dataclass
from enum import StrEnum

ACTION = 100
"""Characters of an action: Discord's limit on a `custom_id`, Slack allows 255
(https://discord.com/developers/docs/components/reference#anatomy-of-a-component)."""
OPTIONS = 25
"""Options of a menu (https://discord.com/developers/docs/components/reference#string-select)."""


class Look(StrEnum):
    """How much a button stands out; it never carries a meaning of its own."""

    PLAIN = "plain"
    MAIN = "main"
    GOOD = "good"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """A button that asks for an action."""

    label: str
    action: str
    look: Look = Look.PLAIN
    disabled: bool = False
    rare: bool = False
    """Platforms that can, put it behind the others in a menu of more."""


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A button that leads to an address; http or https, or it is left out."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Option:
    """One of the things that can be chosen."""

    label: str
    value: str
    about: str = ""
    chosen: bool = False


class Choice(StrEnum):
    """What a menu offers."""

    OPTIONS = "options"
    CHANNELS = "channels"
    """The text channels of the workspace; a value is the platform's id."""
    ROLES = "roles"


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu to choose from; it takes a row of its own."""

    action: str
    prompt: str
    """What stands in it while nothing is chosen."""
    options: tuple[Option, ...] = ()
    """At most `OPTIONS`; none where the platform knows them."""
    choice: Choice = Choice.OPTIONS
    chosen: str = ""
    """The destination that stands in a menu of channels at first, on platforms that have it so."""
    least: int = 1
    most: int = 1


Row = tuple[Button | LinkButton | Menu, ...]
"""At most five buttons, or one menu."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line or text of a form."""

    name: str
    label: str
    value: str = ""
    """What stands in it at first."""
    hint: str = ""
    long: bool = False
    required: bool = True
    most: int = 1_000
    """Characters; Discord's own limit is 4,000."""


@dataclass(frozen=True, slots=True)
class Form:
    """What opens over the chat to be filled in; submitting it asks for its action."""

    title: str
    """At most 45 characters (https://discord.com/developers/docs/components/using-modal-components)."""
    action: str
    entries: tuple[Entry, ...]
    """At most five."""
