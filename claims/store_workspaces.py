"""What the store promises of workspaces: what they want, and what people did there.

The contract is that of `claims.store`.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from claims.outgoing import Delivery
from claims.subscriptions import Subscription
from claims.workspaces import OURSELVES, Asked, AuditEntry, Snooze, SnoozeKind, Workspace

ASKED_DAYS = 90
"""How long the buttons under an answer work."""


class SubscriptionBook(Protocol):
    """What destinations want; used by commands, the daily digest and the outbox."""

    async def sync_subscriptions(self, subscriptions: Sequence[Subscription]) -> None:
        """Keep exactly these, one a destination, beside those that people made, changed or removed in chat.

        The workspace that a destination was found to be in is kept, and so is its pause. What is not posted
        to a destination without a subscription is dropped, and does not come back with a later one; alerts on
        their way that a subscription no longer takes are filtered.
        """
        ...

    async def subscriptions(self, workspace: str | None = None) -> list[Subscription]:
        """Return every subscription, or those of a workspace, by destination."""
        ...

    async def subscribe(self, subscription: Subscription) -> None:
        """Keep what a destination wants now, in place of what it wanted; it is people's from here on.

        Alerts on their way that it does not take are filtered.
        """
        ...

    async def unsubscribe(self, destination: str) -> None:
        """Forget what a destination wants, also where the settings go on naming it.

        Raises:
            NotFound: it has no subscription.

        """
        ...

    async def pause(
        self, destination: str, why: str, *, by: str = OURSELVES, until: datetime | None = None
    ) -> bool:
        """Post nothing to a destination; what is due waits meanwhile. Return whether this paused it.

        A destination without a subscription is left alone, and ours leaves alone what is paused already: a
        person's word stands, theirs takes the place of any other.

        Args:
            destination: where nothing is posted.
            why: a sentence.
            by: whoever paused it.
            until: when it goes on by itself, or None where somebody has to say so.

        """
        ...

    async def resume(self, destination: str, now: datetime) -> None:
        """Post to a paused destination again, and route what waited there as if it came now.

        So it keeps to quiet hours and budget. Alerts that are `claims.routing.STALE` by then are held,
        and so is what follows posted ones; notices of that age are left out.
        """
        ...

    async def catch_up(self, now: datetime) -> None:
        """Resume what was paused until a moment that has come; route what waits where a subscription changed.

        So nothing waits for the end of quiet hours that were taken away, or for room in a budget that was
        raised.
        """
        ...

    async def postpone(self, delivery: Delivery, now: datetime) -> None:
        """Have what comes due in quiet hours wait for their end; an alert may be held for the digest.

        Nothing was tried; what may have been posted before waits too.
        """
        ...

    async def place(self, destinations: Collection[str], workspace: str) -> None:
        """Note in which workspace these destinations are, as their platform says."""
        ...


class WorkspaceBook(Protocol):
    """Servers and teams, and what people did there; used by commands and the platforms."""

    async def workspace(self, workspace_id: str) -> Workspace:
        """Return a workspace, with nothing but its id where it is new."""
        ...

    async def keep_workspace(self, workspace: Workspace) -> None:
        """Keep a workspace as it is now."""
        ...

    async def note(self, entry: AuditEntry) -> None:
        """Add to the audit log, which only grows."""
        ...

    async def audit(self, workspace: str | None, limit: int, *, skip: int = 0) -> list[AuditEntry]:
        """Return what was changed in a workspace, or in all, newest first, without the `skip` newest."""
        ...

    async def snooze(self, snooze: Snooze) -> None:
        """Keep a snooze, in place of an earlier one of the same thing.

        What waits to be posted in the workspace and is snoozed by now is filtered. What was filtered for a
        snooze alone is not posted later as if it were new: after the end of the snooze an alert is told only
        if it then comes to matter more, or something follows it (`claims.outgoing.Development`).
        """
        ...

    async def wake(self, workspace: str, kind: SnoozeKind, what: str) -> bool:
        """End a snooze, and let the workspace's edits that wait go now; return whether there was one."""
        ...

    async def snoozes(self, workspace: str, now: datetime) -> list[Snooze]:
        """Return the snoozes of a workspace that last beyond `now`, the first to end first."""
        ...

    async def touch(self, workspace: str, event_id: str) -> None:
        """Have the messages of an event in a workspace's channels edited now: they should read otherwise.

        The console's workspace is everybody's: what is said there shows in all channels.
        """
        ...

    async def remember(self, asked: Asked, now: datetime) -> None:
        """Keep what was asked for `ASKED_DAYS` from now on; what is older is forgotten."""
        ...

    async def asked(self, key: str) -> Asked | None:
        """Return what was asked under a key, or None where it was forgotten or never was."""
        ...

    async def registered(self, scope: str) -> str | None:
        """Return the digest of the commands that were last registered with a platform for a scope."""
        ...

    async def keep_registered(self, scope: str, digest: str) -> None:
        """Keep the digest of the commands that are registered for a scope now."""
        ...
