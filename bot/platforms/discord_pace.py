"""No more requests in a second than a bot may send: discord.py itself hears of that limit by a refusal."""

import asyncio
from collections import deque
from types import SimpleNamespace

import aiohttp

MOST = 40
"""Requests in any second: a bot may send 50 over all routes, however many servers it is in.

https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
"""
_APART = ("/interactions/", "/webhooks/")
"""What the limit leaves out, and nobody should wait for."""


class Pace:
    """Hands out the turns of requests."""

    def __init__(self, most: int = MOST) -> None:
        """Let so many take their turn in any second."""
        self._turns: deque[float] = deque(maxlen=most)

    def wait(self, now: float) -> float:
        """Return the seconds until the next request may be sent, and count it; `now` is in seconds too."""
        full = len(self._turns) == self._turns.maxlen
        turn = max(now, self._turns[0] + 1.0) if full else now
        self._turns.append(turn)
        return turn - now


def paced(pace: Pace) -> aiohttp.TraceConfig:
    """Return what makes each request of a session wait for its turn."""

    async def begin(
        _session: aiohttp.ClientSession, _context: SimpleNamespace, request: aiohttp.TraceRequestStartParams
    ) -> None:
        if not any(part in request.url.path for part in _APART):
            await asyncio.sleep(pace.wait(asyncio.get_running_loop().time()))

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(begin)
    return trace
