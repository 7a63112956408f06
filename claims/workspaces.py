"""The frozen records of those who use one bot without seeing each other, and of who changed what there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

CONSOLE = "console"
"""The workspace of whoever runs the bot. It sees all; what it says and adds is everybody's."""
OURSELVES = "claimwatch"
"""Who changed what nobody did: the bot, because a platform refused it something."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A Discord server, a Slack workspace, or the console.

    Its subscriptions, verdicts, snoozes and added claims are seen by no other.
    """

    id: str
    """`discord:GUILD`, `slack:TEAM` or `console`."""
    name: str = ""
    language: str | None = None
    """That people chose for what is posted there, ISO 639-1; None: that of `locale`."""
    locale: str | None = None
    """Of the workspace, as its platform says: `ko`, `en-GB`."""
    editors: tuple[str, ...] = ()
    """Roles, user groups or members by the platform's ids: they may change things beside whom it names."""
    welcomed_at: datetime | None = None
    """When it was greeted; once is enough."""
    left_at: datetime | None = None
    """When the bot was removed from it."""
    greeting: str | None = None
    """Where its last greeting is: the destination, `/` and the receipt of the message."""

    @property
    def speaks(self) -> str | None:
        """Return the language or locale of what is posted there, or None where nobody said."""
        return self.language or self.locale


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who changed what, and when."""

    workspace: str
    at: datetime
    person: str
    """As the platform has them: `discord:901`."""
    action: str
    """The command or button: `watch edit`."""
    details: str = ""
    """What was changed, on one line and without secrets."""


class SnoozeKind(StrEnum):
    """What is not told for a while."""

    EVENT = "story"
    """One happening: its message is neither edited nor followed up meanwhile."""
    CLAIM = "claim"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Snooze:
    """A workspace does not want to hear of something until a moment."""

    workspace: str
    kind: SnoozeKind
    what: str
    """The id of the event or claim, or the name of the source."""
    until: datetime
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A command with its values, kept so that a button under its answer works after a restart."""

    key: str
    """Made from the rest (`claims.text.digest_key`): asked twice, it is kept once."""
    command: str
    values: Mapping[str, str]
