"""Serving put together: a store on which a bot may be running, the site built from it, and the server."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.app_signals import asked_to_stop
from bot.resources import own_version
from bot.serving.metrics import Exposed, Facts, exposed
from bot.serving.pages import FIRST, located
from bot.serving.rebuilding import Builds, Rebuilder, apart
from bot.serving.server import application, is_loopback, listening
from bot.serving.wellness import Finding, feeds_asked, posted
from claims.clock import Clock, utc_now
from claims.errors import StoreError
from claims.store import Store

log = logging.getLogger(__name__)

OpenStore = Callable[[], AbstractAsyncContextManager[Store]]
"""Opens the store once more."""
Build = Callable[[Store, Path], Awaitable[object]]
"""Brings the site in a folder up to date."""
_UNREADABLE = "it cannot be read; see the log"


@dataclass(frozen=True, slots=True)
class Served:
    """What is served where."""

    folder: Path
    """The site's."""
    host: str = "127.0.0.1"
    port: int = 8000
    names: frozenset[str] = frozenset()
    """Hosts of the addresses at which others find it."""


class Watch:
    """Looks at the store whenever somebody asks how all is."""

    def __init__(self, store: Store, builds: Builds, folder: Path, clock: Clock) -> None:
        """Keep where to look."""
        self._store, self._builds, self._folder, self._clock = store, builds, folder, clock

    async def findings(self) -> Sequence[Finding]:
        """Return what was found, whether it is well or not."""
        now = self._clock()
        try:
            waiting, feeds = await self._store.waiting(now), await self._store.feeds()
        except StoreError as error:
            log.warning("the store cannot be read: %s", error)
            return [Finding("store", _UNREADABLE), self._site()]
        asked, told = feeds_asked(feeds, now), posted(waiting, now)
        return [Finding("store"), asked, told, self._site()]

    def _site(self) -> Finding:
        if self._builds.error or located(self._folder, FIRST):
            return self._builds.finding()
        return Finding("site", "its first build is under way")

    async def metrics(self, accept: str) -> Exposed:
        """Return all metrics in a format that is accepted."""
        facts = Facts(own_version(), self._builds)
        with contextlib.suppress(StoreError):
            facts = replace(
                facts,
                tallies=await self._store.tallies(),
                waiting=await self._store.waiting(self._clock()),
                feeds=await self._store.feeds(),
            )
        return exposed(facts, accept)


async def serve(
    open_store: OpenStore,
    build: Build,
    served: Served,
    begun: Callable[[str], None],
    clock: Clock = utc_now,
) -> None:
    """Serve until a signal asks for the end; `begun` is told the address once it answers there.

    Raises:
        OperatorError: the store cannot be opened, or the address cannot be had.

    """

    async def built() -> None:
        async with open_store() as store:
            await build(store, served.folder)

    with asked_to_stop() as asked:
        async with open_store() as store:
            rebuilder = Rebuilder(lambda: apart(built), store.writings, clock)
            watch = Watch(store, rebuilder.builds, served.folder, clock)
            names = served.names if is_loopback(served.host) else None
            app = application(served.folder, watch.findings, watch.metrics, names)
            async with listening(app, served.host, served.port) as address:
                begun(address)
                building = asyncio.create_task(rebuilder.run())
                try:
                    await asked.wait()
                finally:
                    building.cancel()
                    await asyncio.gather(building, return_exceptions=True)
