"""Whose turn it is at a host: few requests at once, a pause between them, quiet where it was asked for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from yarl import URL

from claims.clock import Clock
from watchers.addresses import host_port

FETCHES_AT_ONCE = 100
"""Nearly all of a fetch is waiting for a server; a batch of miniflux is as many feeds."""
QUIET_SECONDS = 600.0
"""After a 429 without Retry-After, which RFC 6585, 4 leaves open."""
LONGEST_QUIET_SECONDS = 86_400.0
"""The longest Retry-After that is obeyed: a day."""


class Hosts:
    """Gives out turns; of one event loop."""

    def __init__(self, per_host: int, pause_seconds: float, clock: Clock) -> None:
        self._per_host = per_host
        self._pause = pause_seconds
        self._clock = clock
        self._slots: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._free = asyncio.Semaphore(FETCHES_AT_ONCE)
        self._quiet: dict[str, datetime] = {}

    @asynccontextmanager
    async def turn(self, url: URL) -> AsyncIterator[datetime | None]:
        """Wait for a turn at the host and port of a web address, and hold it for the length of the block.

        Yields:
            None, or until when the host is to be left alone: then it is not asked, and nobody waits.

        """
        name = url.raw_host or ""
        slot = self._slots.setdefault(host_port(name, url.port or 0), asyncio.Semaphore(self._per_host))
        await slot.acquire()
        rest = 0.0
        try:
            until = self._quiet.get(_host(name))
            if until and until > self._clock():
                yield until
            else:
                # The host's slot came first: whoever waits for a slow host must not hold up the others.
                async with self._free:
                    rest = self._pause
                    yield None
        finally:
            if rest:
                asyncio.get_running_loop().call_later(rest, slot.release)
            else:
                slot.release()

    def quiet(self, url: URL, seconds: float | None) -> None:
        """Leave a host alone, on whatever port, for so many seconds or `QUIET_SECONDS`."""
        now, name = self._clock(), _host(url.raw_host or "")
        wait = QUIET_SECONDS if seconds is None else min(seconds, LONGEST_QUIET_SECONDS)
        until = now + timedelta(seconds=wait)
        self._quiet = {host: moment for host, moment in self._quiet.items() if moment > now}
        self._quiet[name] = max(until, self._quiet.get(name, until))


def _host(name: str) -> str:
    return name.lower().removesuffix(".")
