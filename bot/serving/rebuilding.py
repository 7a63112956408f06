"""The site kept up to date with the store, in the background and not too often."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot.serving.wellness import Finding
from claims.clock import Clock
from claims.errors import ClaimwatchError

REST = 60.0
"""Seconds from the end of a build to the next: a bot that runs writes every second."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Builds:
    """How building went since the start."""

    built: int = 0
    failed: int = 0
    seconds: float | None = None
    """That the last one took, however it went."""
    built_at: datetime | None = None
    """When the last one that went well ended."""
    error: str = ""
    """Why the last one failed, or nothing where it went well."""

    def finding(self) -> Finding:
        """Return whether the site can be read as it should be."""
        return Finding("site", self.error)


class Rebuilder:
    """Builds at the start, and again whenever others wrote into the store since."""

    def __init__(
        self,
        build: Callable[[], Awaitable[object]],
        writings: Callable[[], Awaitable[int]],
        clock: Clock,
        rest: float = REST,
    ) -> None:
        """Keep what builds, and what gives another number after each writing (`LookBook.writings`)."""
        self._build, self._writings, self._clock, self._rest = build, writings, clock, rest
        self.builds = Builds()

    async def run(self) -> None:
        """Keep the site up to date until cancelled; what fails is logged and tried again."""
        shown: int | None = None
        while True:
            try:
                # Asked before: what is written while it builds may or may not be in it.
                now = await self._writings()
                if now != shown or self.builds.error:
                    await self._once()
                    shown = now
            except ClaimwatchError as error:
                self._failed(str(error))
            except Exception:
                log.exception("the site was not built")
                self._failed("something unforeseen went wrong; see the log")
            await asyncio.sleep(self._rest)

    async def _once(self) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            await self._build()
        finally:
            self.builds.seconds = loop.time() - began
        self.builds.built += 1
        self.builds.built_at, self.builds.error = self._clock(), ""
        log.info("site built seconds=%.1f", self.builds.seconds)

    def _failed(self, why: str) -> None:
        log.warning("the site was not built: %s", why)
        self.builds.failed += 1
        self.builds.error = "it could not be built; see the log"


async def apart(work: Callable[[], Awaitable[object]]) -> None:
    """Do work in a thread with an event loop of its own, so that nobody here waits while it reckons.

    Cancelled, it is cancelled there, and its end waited for.
    """
    begun: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[None]]] = []

    async def there() -> None:
        await work()

    def run() -> None:
        with asyncio.Runner() as runner:
            loop = runner.get_loop()
            task = loop.create_task(there())
            begun.append((loop, task))
            loop.run_until_complete(task)

    running = asyncio.create_task(asyncio.to_thread(run))
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        for loop, task in begun:
            with suppress(RuntimeError):  # it ended just now
                loop.call_soon_threadsafe(task.cancel)
        await asyncio.wait([running])
        raise
