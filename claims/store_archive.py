"""What the store promises of reading all of it in bulk, beside a bot that writes.

The contract is that of `claims.store`. Whoever reads all does so in batches of their own size, each a short
read: what is written between two of them is seen by the later ones, and by its stamp at the next time.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from claims.feeds import Wording
from claims.model import Event


@dataclass(frozen=True, slots=True)
class EventStamp:
    """Which event there is, and a text that differs whenever something of it reads otherwise."""

    id: str
    began_at: datetime
    """The `at` of its first story."""
    stamp: str


class ArchiveBook(Protocol):
    """All that is kept, with stamps by which what did not change need not be read; used by `bot.site`."""

    async def claim_stamps(self) -> Mapping[str, str]:
        """Return for each claim that something was told of a text that differs whenever that does.

        That is: a story bears on it or does no longer; or one that does, what was read out of it, the alert
        of its event, or an edit of the claim came or changed.
        """
        ...

    async def event_stamps(self) -> list[EventStamp]:
        """Return every event that has a story, by when it began, then by id."""
        ...

    async def bearing(self, claim_id: str) -> list[str]:
        """Return the ids of the stories that bear on a claim, newest `at` first, then by id."""
        ...

    async def events(self, event_ids: Collection[str]) -> list[Event]:
        """Return these events whole, by the `at` of their first story, then by id; others are left out."""
        ...

    async def wordings(self, story_ids: Collection[str]) -> Mapping[str, tuple[Wording, ...]]:
        """Return what these stories said before they were edited, oldest first; the others are left out."""
        ...

    async def revised(self, alert_keys: Collection[str]) -> Mapping[str, datetime]:
        """Return when each of these alerts last changed, by key, without those that stand as raised.

        That is by when what changed it came: a story, an edit of one, or what a person said.
        """
        ...

    async def newest_alerts(self, limit: int) -> list[str]:
        """Return the keys of the alerts that were raised last, the newest first, then by key."""
        ...
