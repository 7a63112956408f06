"""A part of `bot.seen`: what a workspace has for itself: subscriptions, settings, snoozes and its log."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from claims.errors import NotFound
from claims.model import Claim
from claims.store import Store
from claims.subscriptions import Subscription
from claims.text import digest_key
from claims.verdicts import Verdict
from claims.visibility import hidden
from claims.workspaces import CONSOLE, OURSELVES, Asked, AuditEntry, Snooze, SnoozeKind, Workspace


@dataclass(frozen=True, slots=True)
class Sight:
    """What decides on what is shown."""

    register: Mapping[str, Claim]
    """Of all workspaces."""
    hidden: frozenset[str]
    """Ids of the claims that the workspace does not see."""
    said: Mapping[str, tuple[Verdict, ...]]
    """By story: what the workspace's own people said that is not shared."""

    def judged(self, claim_id: str) -> list[str]:
        """Return the ids of the stories of which they said something that names a claim."""
        return [
            story_id
            for story_id, said in self.said.items()
            if any(claim_id in (verdict.claim_id, verdict.right_claim) for verdict in said)
        ]


class OwnBooks:
    """See `claims.store_workspaces` for each method; asking for another workspace's is a bug."""

    def __init__(self, store: Store, workspace: str, unseen: Collection[str] = ()) -> None:
        """Look at a store for a workspace, as if it had no subscriptions of `unseen` destinations."""
        self._store = store
        self._workspace = workspace
        self._unseen = unseen
        self._known: Sight | None = None

    async def _sight(self) -> Sight:
        if self._known is None:
            register = await self._store.register()
            said = await self._store.private_verdicts(self._workspace)
            self._known = Sight(register, hidden(register, self._workspace), said)
        return self._known

    def _own(self, workspace: str | None) -> str:
        """Return its id.

        Raises:
            ValueError: another one is meant.

        """
        if workspace not in (None, self._workspace):
            raise ValueError(f"{self._workspace} asked for what is of {workspace}")
        return self._workspace

    async def subscriptions(self, workspace: str | None = None) -> list[Subscription]:
        """Return its subscriptions, of the destinations that whoever asks may know of."""
        found = await self._store.subscriptions(self._own(workspace))
        return [each for each in found if each.destination not in self._unseen]

    async def subscribe(self, subscription: Subscription) -> None:
        """Keep what a destination of its own wants now."""
        self._own(subscription.workspace)
        await self._of_no_other(subscription.destination)
        await self._store.subscribe(subscription)

    async def unsubscribe(self, destination: str) -> None:
        """Forget what a destination of its own wants."""
        await self._of_no_other(destination)
        await self._store.unsubscribe(destination)

    async def pause(
        self, destination: str, why: str, *, by: str = OURSELVES, until: datetime | None = None
    ) -> bool:
        """Post nothing to a destination of its own."""
        await self._of_no_other(destination)
        return await self._store.pause(destination, why, by=by, until=until)

    async def resume(self, destination: str, now: datetime) -> None:
        """Post to a destination of its own again."""
        await self._of_no_other(destination)
        await self._store.resume(destination, now)

    async def _of_no_other(self, destination: str) -> None:
        """Refuse a destination of another workspace; one whose workspace nobody knows yet is taken."""
        for each in await self._store.subscriptions():
            if each.destination == destination and each.workspace not in (self._workspace, CONSOLE):
                raise NotFound(f"{destination} has no subscription")

    async def workspace(self, workspace_id: str) -> Workspace:
        """Return itself."""
        return await self._store.workspace(self._own(workspace_id))

    async def keep_workspace(self, workspace: Workspace) -> None:
        """Keep itself."""
        self._own(workspace.id)
        await self._store.keep_workspace(workspace)

    async def note(self, entry: AuditEntry) -> None:
        """Add to its audit log."""
        self._own(entry.workspace)
        await self._store.note(entry)

    async def audit(self, workspace: str | None, limit: int, *, skip: int = 0) -> list[AuditEntry]:
        """Return what was changed in it."""
        return await self._store.audit(self._own(workspace), limit, skip=skip)

    async def snooze(self, snooze: Snooze) -> None:
        """Keep a snooze of its own."""
        self._own(snooze.workspace)
        await self._store.snooze(snooze)

    async def wake(self, workspace: str, kind: SnoozeKind, what: str) -> bool:
        """End a snooze of its own."""
        return await self._store.wake(self._own(workspace), kind, what)

    async def snoozes(self, workspace: str, now: datetime) -> list[Snooze]:
        """Return its snoozes."""
        return await self._store.snoozes(self._own(workspace), now)

    async def touch(self, workspace: str, event_id: str) -> None:
        """Have the messages of an event in its own channels edited."""
        await self._store.touch(self._own(workspace), event_id)

    async def remember(self, asked: Asked, now: datetime) -> None:
        """Keep what was asked in it."""
        await self._store.remember(replace(asked, key=self._scoped(asked.key)), now)

    async def asked(self, key: str) -> Asked | None:
        """Return what was asked in it; a key that came from elsewhere opens nothing."""
        found = await self._store.asked(self._scoped(key))
        return found and replace(found, key=key)

    def _scoped(self, key: str) -> str:
        return digest_key(self._workspace, key)
