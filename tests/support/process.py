"""The bot as a process of its own, as an operator starts it."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 45.0
"""Seconds that a test waits for what ought to come; never waited out where all is well."""


class Bot:
    """A running `claimwatch`, with what it printed so far."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.printed = ""
        self._grew = asyncio.Condition()
        self._readers = [asyncio.create_task(self._read(s)) for s in (process.stdout, process.stderr) if s]

    async def type(self, line: str) -> None:
        """Type a line at its console."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n".encode())
        await self.process.stdin.drain()

    async def prints(self, words: str) -> None:
        """Wait until it has printed these words."""
        try:
            async with asyncio.timeout(PATIENCE), self._grew:
                await self._grew.wait_for(lambda: words in self.printed)
        except TimeoutError:
            raise AssertionError(f"{words!r} was never printed, but:\n{self.printed}") from None

    async def stop(self) -> int:
        """Ask it to end, as a service manager does, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await self.ended()

    async def ended(self) -> int:
        """Wait for its end and return its exit code."""
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*self._readers)
            return await self.process.wait()

    async def kill(self) -> None:
        """Take the power away."""
        self.process.kill()
        await self.ended()

    async def _read(self, stream: asyncio.StreamReader) -> None:
        while line := await stream.readline():
            async with self._grew:
                self.printed += line.decode()
                self._grew.notify_all()


@asynccontextmanager
async def claimwatch(
    *arguments: str, environment: Mapping[str, str] | None = None, stdin: bool = False
) -> AsyncIterator[Bot]:
    """Run the command line in a fresh environment; what still runs at the end is killed."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-W", "error::ResourceWarning", "-m", "bot", *arguments),
        cwd=ROOT,
        env={**kept, "PYTHONUTF8": "1", **(environment or {})},
        stdin=PIPE if stdin else DEVNULL,
        stdout=PIPE,
        stderr=PIPE,
    )
    bot = Bot(process)
    try:
        yield bot
    finally:
        if process.returncode is None:
            await bot.kill()
