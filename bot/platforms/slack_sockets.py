"""Socket Mode: connections to Slack side by side, each followed by another before it ends.

The SDK's own client lets go of a connection before it has the next, and opens that without a bound. So the
few frames of https://docs.slack.dev/apis/events-api/using-socket-mode are read here, and bolt gets what they
carry.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.platforms import SendError
from bot.platforms.slack_refusals import link_disabled

CONNECTIONS = 2
"""Slack ends each every few hours and hands what comes to any that stands, at most ten: with a second one
nobody waits while the first is replaced, also where it was cut off."""
PING_SECONDS = 5.0
"""How often a connection is felt for; half of it later, without an answer, it is lost."""
_OPEN_SECONDS = 10.0
_GOODBYE_SECONDS = 1.0
_ACKNOWLEDGED_SECONDS = 3.0
"""Within so long what comes is acknowledged, or Slack takes no answer any more
(https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response)."""
_REMEMBERED = 1_000
"""Envelopes and events that are known again: Slack repeats an event for some minutes
(https://docs.slack.dev/apis/events-api#retries)."""

_REFRESH = ("warning", "refresh_requested")
"""Reasons of a goodbye that leaves time to open another connection first."""
_DISABLED = "link_disabled"

Envelope = dict[str, Any]
Hear = Callable[[Envelope], Awaitable[dict[str, Any] | None]]
"""Gets an envelope; returns what its acknowledgement carries, if anything."""

_log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class _Connection:
    """One connection, from its hello until it is let go."""

    socket: aiohttp.ClientWebSocketResponse
    ending: asyncio.Future[str] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    """Why it is about to end, as Slack's goodbye says; nothing where it was cut off."""
    greeted: asyncio.Event = field(default_factory=asyncio.Event)
    """Set with Slack's hello, or where it ends without one."""
    brought: set[asyncio.Future[None]] = field(default_factory=set)
    """What came by it and is not acknowledged yet."""

    def ends(self, reason: str) -> None:
        """Note that it is about to end."""
        self.greeted.set()
        if not self.ending.done():
            self.ending.set_result(reason)

    async def acknowledge(self, envelope: str, payload: dict[str, Any] | None) -> None:
        """Say that an envelope came, unless this connection ended meanwhile."""
        frame = {"envelope_id": envelope} | ({"payload": payload} if payload else {})
        try:
            await self.socket.send_json(frame)
        except (aiohttp.ClientError, OSError) as error:
            _log.info("an envelope could not be acknowledged (%s)", type(error).__name__)

    async def let_go(self) -> None:
        """Close it, once what came by it is acknowledged: another connection cannot do that."""
        if self.brought:
            await asyncio.wait(self.brought, timeout=_ACKNOWLEDGED_SECONDS)
        await self.socket.close()


class Sockets:
    """Keeps connections, and hears each envelope once, whichever of them bring it."""

    def __init__(
        self,
        address: Callable[[], Awaitable[str]],
        hear: Hear,
        attended: Callable[[], Awaitable[None]],
        retry_seconds: float,
    ) -> None:
        """Keep how to get an address, which opens one connection, and whom to hand what comes.

        `attended` is called where a connection stands after a time in which none did, also at first.
        """
        self._address, self._hear, self._attended = address, hear, attended
        self._retry_seconds = retry_seconds
        self._standing: set[_Connection] = set()
        self._underway: set[asyncio.Future[None]] = set()
        self._answers: OrderedDict[str, asyncio.Future[dict[str, Any] | None]] = OrderedDict()
        self._opening = asyncio.Lock()

    async def run(self) -> None:
        """Keep connected until cancelled.

        Raises:
            PlatformDown: only a change of the settings can help.

        """
        # A session of its own reads no proxy from the environment.
        async with aiohttp.ClientSession() as session:
            places = [asyncio.ensure_future(self._keep(session)) for _each in range(CONNECTIONS)]
            try:
                await asyncio.gather(*places)
            finally:
                await self._stop(places)

    async def _stop(self, places: Sequence[asyncio.Future[None]]) -> None:
        tasks: list[asyncio.Future[Any]] = [*places, *self._underway, *self._answers.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*(each.socket.close() for each in self._standing), return_exceptions=True)
        await asyncio.gather(*tasks, return_exceptions=True)
        self._standing.clear()

    async def _keep(self, session: aiohttp.ClientSession) -> None:
        """Have one connection at any time: where it is about to end, another is opened first."""
        clock, old = asyncio.get_running_loop().time, None
        while True:
            new = await self._opened(session)
            if old is not None:
                self._spawn(old.let_go())
            began, reason = clock(), await new.ending
            if reason == _DISABLED:
                raise link_disabled()
            old = new if reason in _REFRESH else None
            if old is None:
                self._spawn(new.socket.close())
                _log.warning("a connection to Slack ended (%s)", reason or "cut off")
                if reason or clock() - began < self._retry_seconds:
                    await asyncio.sleep(self._retry_seconds)

    async def _opened(self, session: aiohttp.ClientSession) -> _Connection:
        """Return a new connection, however long that takes, after those that were begun before.

        Slack allows a few addresses a minute
        (https://docs.slack.dev/reference/methods/apps.connections.open).
        """
        async with self._opening:
            while True:
                try:
                    return await self._open(session)
                except SendError as error:
                    pause, why = error.retry_after or self._retry_seconds, str(error)
                except (aiohttp.ClientError, OSError, TimeoutError) as error:  # their words hold the address
                    pause, why = self._retry_seconds, f"Slack cannot be reached ({type(error).__name__})"
                _log.warning("not connected: %s; next try in %.0f seconds", why, pause)
                await asyncio.sleep(pause)

    async def _open(self, session: aiohttp.ClientSession) -> _Connection:
        url = await self._address()
        timeouts = aiohttp.ClientWSTimeout(ws_close=_GOODBYE_SECONDS)
        async with asyncio.timeout(_OPEN_SECONDS):
            socket = await session.ws_connect(url, heartbeat=PING_SECONDS, timeout=timeouts)
        connection = _Connection(socket)
        self._spawn(self._read(connection))
        try:
            async with asyncio.timeout(_OPEN_SECONDS):
                await connection.greeted.wait()
        finally:
            if connection not in self._standing:
                self._spawn(socket.close())
        if connection in self._standing:
            return connection
        # Such as too_many_websockets, where other programs use the same token.
        reason = connection.ending.result() or "cut off"
        if reason == _DISABLED:
            raise link_disabled()
        raise SendError(f"Slack ended the connection at once ({reason})", permanent=False)

    async def _read(self, connection: _Connection) -> None:
        """Hand on what a connection brings until it ends."""
        try:
            async for frame in connection.socket:
                match _content(frame):
                    case {"type": "hello"}:
                        self._stands(connection)
                    case {"type": "disconnect", "reason": str(reason)}:
                        connection.ends(reason)
                    case {"envelope_id": str(ident)} as envelope:
                        took = self._spawn(self._take(connection, ident, envelope))
                        connection.brought.add(took)
                        took.add_done_callback(connection.brought.discard)
        finally:
            self._standing.discard(connection)
            connection.ends("")

    def _stands(self, connection: _Connection) -> None:
        if not self._standing:
            self._spawn(self._attended())
        self._standing.add(connection)
        connection.greeted.set()
        _log.info("connected to Slack (%d of %d)", len(self._standing), CONNECTIONS)

    async def _take(self, connection: _Connection, ident: str, envelope: Envelope) -> None:
        """Acknowledge an envelope where it came; what is in it is heard unless it was before."""
        match envelope:
            case {"payload": {"event_id": str(key)}}:
                pass
            case _:
                key = ident
        if key not in self._answers:
            self._answers[key] = asyncio.ensure_future(self._hear(envelope))
            if len(self._answers) > _REMEMBERED:
                self._answers.popitem(last=False)
        await connection.acknowledge(ident, await self._answers[key])

    def _spawn(self, work: Awaitable[Any]) -> asyncio.Future[Any]:
        task = asyncio.ensure_future(work)
        self._underway.add(task)
        task.add_done_callback(self._underway.discard)
        return task


def _content(frame: aiohttp.WSMessage) -> Any:
    """Return what a frame says, or None where it is not Slack's."""
    try:
        return frame.json() if frame.type is aiohttp.WSMsgType.TEXT else None
    except ValueError:
        return None
