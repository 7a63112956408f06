"""The site kept up to date: built when something was written, and not otherwise."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from bot.serving.rebuilding import Rebuilder, apart
from claims.errors import UsageError
from tests.support.build import NOW


class Site:
    """A store that is written to and a site that is built, each when a test says so."""

    def __init__(self) -> None:
        self.number = 7
        self.asked = 0
        self.begun = 0
        self.fails: list[Exception] = []
        self._moved = asyncio.Condition()

    async def writings(self) -> int:
        """Return the number of the last writing."""
        self.asked += 1
        await self._tell()
        return self.number

    async def build(self) -> None:
        """Build, or fail."""
        self.begun += 1
        await self._tell()
        if self.fails:
            raise self.fails.pop(0)

    async def until(self, asked: int) -> None:
        """Wait until it was looked so often."""
        async with asyncio.timeout(20), self._moved:
            await self._moved.wait_for(lambda: self.asked >= asked)

    async def _tell(self) -> None:
        async with self._moved:
            self._moved.notify_all()


@asynccontextmanager
async def rebuilding(site: Site) -> AsyncIterator[Rebuilder]:
    """Keep a site up to date meanwhile, without any rest."""
    rebuilder = Rebuilder(site.build, site.writings, lambda: NOW, rest=0.0)
    task = asyncio.create_task(rebuilder.run())
    try:
        yield rebuilder
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_it_is_built_at_the_start_and_when_others_wrote() -> None:
    """As long as nobody writes, it is left alone."""
    site = Site()
    async with rebuilding(site) as rebuilder:
        await site.until(4)
        first = site.begun
        site.number += 1
        await site.until(site.asked + 3)

    assert (first, site.begun) == (1, 2)
    assert (rebuilder.builds.built, rebuilder.builds.failed, rebuilder.builds.built_at) == (2, 0, NOW)
    assert rebuilder.builds.seconds is not None
    assert rebuilder.builds.finding().fine


@pytest.mark.parametrize("error", [UsageError("/a/secret/folder holds other things"), RuntimeError("a bug")])
async def test_a_build_that_fails_is_tried_again(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    """Why is in the log, and not in what everybody can ask; the next one that goes well is well."""
    site = Site()
    site.fails = [error]
    async with rebuilding(site) as rebuilder:
        await site.until(1)
        while not rebuilder.builds.failed:
            await site.until(site.asked + 1)
        while not rebuilder.builds.built:
            await site.until(site.asked + 1)

    assert (rebuilder.builds.failed, rebuilder.builds.built) == (1, 1)
    assert rebuilder.builds.finding().fine
    assert str(error) in caplog.text


async def test_while_it_cannot_be_built_that_is_told() -> None:
    """Without the words of the failure."""
    site = Site()
    site.fails = [UsageError("/a/secret/folder holds other things")] * 1_000
    async with rebuilding(site) as rebuilder:
        await site.until(3)

    assert rebuilder.builds.finding().why == "it could not be built; see the log"


async def test_work_apart_keeps_nobody_waiting() -> None:
    """It is done on another thread, and what it raises is raised here."""
    threads = []

    async def work() -> None:
        threads.append(threading.current_thread())
        raise UsageError("no")

    with pytest.raises(UsageError, match="no"):
        await apart(work)
    assert threads != [threading.current_thread()]


async def test_work_apart_is_cancelled_there() -> None:
    """Its own end is waited for, so that nothing is left half done behind."""
    loop, begun, ended = asyncio.get_running_loop(), asyncio.Event(), []

    async def work() -> None:
        loop.call_soon_threadsafe(begun.set)
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    task = asyncio.create_task(apart(work))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended == [True]
