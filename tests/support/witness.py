"""What a platform on loopback saw of the bot, and waiting for what it is to see."""

import asyncio
from collections.abc import Callable
from typing import Any

PATIENCE = 20.0
"""Seconds that a test waits for what ought to come; never waited out where all is well."""


class Witness:
    """Keeps what happened, in order, and what was broken."""

    def __init__(self) -> None:
        self.violations: list[str] = []
        """Every limit, deadline and habit that was not kept, a sentence each."""
        self.seen: list[dict[str, Any]] = []
        self.tell: Callable[[dict[str, Any]], None] = lambda _: None
        """Called with every entry of `seen`."""
        self._changed = asyncio.Condition()

    def breach(self, sentence: str) -> None:
        """Record a limit, a deadline or a habit that was not kept."""
        self.violations.append(sentence)

    async def note(self, event: str, **facts: Any) -> None:
        """Record what happened, and wake whoever waits on it."""
        entry = {"event": event, **facts}
        self.seen.append(entry)
        self.tell(entry)
        await self.changed()

    async def changed(self) -> None:
        """Let everybody who waits look again."""
        async with self._changed:
            self._changed.notify_all()

    async def until(self, holds: Callable[[], object], patience: float = PATIENCE) -> None:
        """Wait for something to hold; it is asked again whenever something happened."""
        async with asyncio.timeout(patience), self._changed:
            await self._changed.wait_for(lambda: bool(holds()))

    def count(self, event: str) -> int:
        """Return how often an event was seen."""
        return sum(entry["event"] == event for entry in self.seen)
