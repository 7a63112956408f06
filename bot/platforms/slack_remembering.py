"""What Slack said lately, so that it is not asked at every turn."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from claims.clock import Clock

T = TypeVar("T")


class Remembered(Generic[T]):
    """Answers by id: those of late are taken for true, older ones serve where nobody can be asked."""

    def __init__(
        self, ask: Callable[[str], Awaitable[T]], clock: Clock, *, lasting: timedelta, most: int
    ) -> None:
        """Keep how to ask, and of how many ids the answers are kept at `most`."""
        self._ask, self._clock = ask, clock
        self._lasting, self._most = lasting, most
        self._told: OrderedDict[str, tuple[datetime, T]] = OrderedDict()
        self._asking: dict[str, asyncio.Task[T]] = {}

    async def of(self, ident: str) -> T:
        """Return what is said of an id; raises what asking raises.

        Those who want to know at the same time wait for one answer, which is kept though they leave.
        """
        if ident in self._told and self._clock() - self._told[ident][0] < self._lasting:
            return self._told[ident][1]
        asking = self._asking.get(ident)
        if asking is None:
            asking = self._asking[ident] = asyncio.create_task(self._learn(ident))
            asking.add_done_callback(_look_at)
        return await asyncio.shield(asking)

    def last(self, ident: str) -> T | None:
        """Return what was last said of an id, however long ago."""
        return self._told[ident][1] if ident in self._told else None

    def forget(self, ident: str) -> None:
        """Ask of an id again, because it changed; an answer that is on its way is of before."""
        self._told.pop(ident, None)
        self._asking.pop(ident, None)

    async def _learn(self, ident: str) -> T:
        try:
            told = await self._ask(ident)
        finally:
            if wanted := self._asking.get(ident) is asyncio.current_task():
                del self._asking[ident]
        if wanted:
            self._told[ident] = (self._clock(), told)
            self._told.move_to_end(ident)
            if len(self._told) > self._most:
                self._told.popitem(last=False)
        return told


def _look_at(asked: asyncio.Task[T]) -> None:
    """Take note of an error that nobody waited for: else asyncio complains of it."""
    if not asked.cancelled():
        asked.exception()
