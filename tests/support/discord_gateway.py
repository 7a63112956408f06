"""The gateway of the Discord on loopback: https://discord.com/developers/docs/events/gateway."""

import itertools
import json
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.support.discord_places import Guild

Json = dict[str, Any]
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
"""Intents that the portal must switch on: members, presences, message content."""
EVENTS_A_MINUTE = 120
IDENTIFIES_A_DAY = 1000
FRAME = 4096
"""Bytes of what a bot sends at once."""


@dataclass
class Session:
    """One bot's session, or one shard of it: what it was sent is replayed when it resumes."""

    ident: str
    shard: tuple[int, int]
    socket: web.WebSocketResponse | None
    sent: list[tuple[int, str, Json]] = field(default_factory=list)

    def has(self, guild: int) -> bool:
        """Say whether a server's events go here: #sharding."""
        number, of = self.shard
        return (guild >> 22) % of == number


class DiscordGateway:
    """Sessions that identify, heartbeat, resume and are cut; `note` is told of each step.

    `breach` is told of every limit that is not kept; `clock` counts seconds.
    """

    def __init__(
        self,
        token: str,
        me: Json,
        guilds: Mapping[int, Guild],
        note: Callable[..., Awaitable[None]],
        breach: Callable[[str], None],
        clock: Callable[[], float],
    ) -> None:
        self.token, self.me, self.guilds, self.note = token, me, guilds, note
        self.breach, self.clock = breach, clock
        self.url = ""
        self.shards = 1
        """How many `GET /gateway/bot` asks for."""
        self.identifies = 0
        self.close_with: int | None = None
        """A close code for whoever identifies."""
        self._sessions: dict[str, Session] = {}
        self._numbers = itertools.count(1)

    @property
    def sockets(self) -> dict[str, web.WebSocketResponse]:
        """Return the connections by session, those that are connected."""
        return {ident: s.socket for ident, s in self._sessions.items() if s.socket is not None}

    def listens(self, guild: int) -> bool:
        """Say whether somebody is connected to whom a server's events go."""
        return any(s.socket is not None and s.has(guild) for s in self._sessions.values())

    def about(self) -> Json:
        """Return what `GET /gateway/bot` says."""
        left = {"total": IDENTIFIES_A_DAY, "remaining": IDENTIFIES_A_DAY - self.identifies}
        start = {**left, "reset_after": 86_400_000, "max_concurrency": 1}
        return {"url": self.url, "shards": self.shards, "session_start_limit": start}

    async def cut(self) -> None:
        """End every connection without a word."""
        for socket in self.sockets.values():
            if socket._req is not None and socket._req.transport is not None:
                socket._req.transport.abort()

    async def invalidate(self) -> None:
        """Tell every session that it is over and must identify again."""
        sockets = list(self.sockets.values())
        self._sessions.clear()
        for socket in sockets:
            await socket.send_json({"op": 9, "d": False})

    async def dispatch(self, event: str, data: Json, guild: int | None = None) -> None:
        """Send an event to the shard of a server, or to every session; one that was cut gets it later."""
        for session in list(self._sessions.values()):
            if guild is None or session.has(guild):
                await self._send(session, event, data)

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection from HELLO to its end."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41_250}})
        session: Session | None = None
        heard: deque[float] = deque(maxlen=EVENTS_A_MINUTE)
        try:
            async for frame in socket:
                if frame.type is not WSMsgType.TEXT:
                    break
                if code := self._too_much(frame.data, heard):
                    await socket.close(code=code)
                    break
                message = json.loads(frame.data)
                if message["op"] == 1:
                    await socket.send_json({"op": 11})
                elif message["op"] == 2:
                    session = await self._identify(socket, message["d"])
                elif message["op"] == 6:
                    session = await self._resume(socket, message["d"])
        finally:
            if session is not None and session.socket is socket:
                session.socket = None
            await self.note("gone")
        return socket

    def _too_much(self, data: str, heard: deque[float]) -> int | None:
        """Return the close code for a bot that sends too much: #rate-limiting, #sending-events."""
        if len(data.encode()) > FRAME:
            self.breach(f"gateway: a frame of more than {FRAME} bytes")
            return 4002
        if len(heard) == EVENTS_A_MINUTE and self.clock() - heard[0] < 60:
            self.breach(f"gateway: more than {EVENTS_A_MINUTE} events in a minute")
            return 4008
        heard.append(self.clock())
        return None

    async def _identify(self, socket: web.WebSocketResponse, data: Json) -> Session | None:
        refusal = self.close_with
        shard = tuple(data.get("shard", (0, 1)))
        if data["token"] != self.token:
            refusal = 4004
        elif not 0 <= shard[0] < shard[1]:
            refusal = 4010
        elif data["intents"] & PRIVILEGED:
            refusal = 4014
        if refusal is not None:
            await socket.close(code=refusal)
            return None
        self.identifies += 1
        if self.identifies > IDENTIFIES_A_DAY:
            self.breach(f"gateway: more than {IDENTIFIES_A_DAY} identifies in a day")
        session = Session(f"session-{next(self._numbers)}", (shard[0], shard[1]), socket)
        self._sessions[session.ident] = session
        guilds = [guild for ident, guild in self.guilds.items() if session.has(ident)]
        known = [{"id": str(guild.ident), "unavailable": True} for guild in guilds]
        place = {"session_id": session.ident, "resume_gateway_url": self.url, "shard": list(shard)}
        await self._send(session, "READY", {"v": 10, "guilds": known, **place, **self.me})
        for guild in guilds:
            await self._send(session, "GUILD_CREATE", {**guild.shown(), "unavailable": False})
        await self.note("ready", intents=data["intents"], shard=list(shard))
        return session

    async def _resume(self, socket: web.WebSocketResponse, data: Json) -> Session | None:
        session = self._sessions.get(str(data["session_id"]))
        if data["token"] != self.token or session is None:
            await socket.send_json({"op": 9, "d": False})
            return None
        session.socket = socket
        for number, event, what in session.sent:
            if number > (data["seq"] or 0):
                await socket.send_json({"op": 0, "t": event, "s": number, "d": what})
        await self._send(session, "RESUMED", {})
        await self.note("resumed")
        return session

    async def _send(self, session: Session, event: str, data: Json) -> None:
        data = json.loads(json.dumps(data))
        session.sent.append((len(session.sent) + 1, event, data))
        if session.socket is None or session.socket.closed:
            return
        with suppress(ConnectionError):  # it was just cut: the event is sent again when it resumes
            await session.socket.send_json({"op": 0, "t": event, "s": len(session.sent), "d": data})
