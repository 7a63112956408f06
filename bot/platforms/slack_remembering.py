"""What Slack said lately, so that it is not asked at every turn."""

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
        self._forgotten = 0

    async def of(self, ident: str) -> T:
        """Return what is said of an id; raises what asking raises."""
        now = self._clock()
        if ident in self._told and now - self._told[ident][0] < self._lasting:
            return self._told[ident][1]
        forgotten = self._forgotten
        told = await self._ask(ident)
        if forgotten == self._forgotten:  # else it may be of before what made us forget
            self._told[ident] = (now, told)
            self._told.move_to_end(ident)
            if len(self._told) > self._most:
                self._told.popitem(last=False)
        return told

    def last(self, ident: str) -> T | None:
        """Return what was last said of an id, however long ago."""
        return self._told[ident][1] if ident in self._told else None

    def forget(self, ident: str) -> None:
        """Ask of an id again, because it changed."""
        self._told.pop(ident, None)
        self._forgotten += 1
