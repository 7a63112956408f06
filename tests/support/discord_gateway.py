"""The gateway of the Discord on loopback: https://discord.com/developers/docs/events/gateway."""

import itertools
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import WSMsgType, web

Json = dict[str, Any]
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
"""Intents that the portal must switch on: members, presences, message content."""


class DiscordGateway:
    """Sessions that identify, heartbeat, resume and are cut; `note` is told of each step."""

    def __init__(self, token: str, me: Json, guild: Json, note: Callable[..., Awaitable[None]]) -> None:
        self.token, self.me, self.guild, self.note = token, me, guild, note
        self.url = ""
        self.close_with: int | None = None
        """A close code for whoever identifies."""
        self.sockets: dict[str, web.WebSocketResponse] = {}
        """By session, those that are connected."""
        self._last: dict[str, int] = {}
        self._numbers = itertools.count(1)

    async def cut(self) -> None:
        """End every connection without a word."""
        for socket in list(self.sockets.values()):
            if socket._req is not None and socket._req.transport is not None:
                socket._req.transport.abort()

    async def invalidate(self) -> None:
        """Tell every session that it is over and must identify again."""
        self._last.clear()
        for socket in list(self.sockets.values()):
            await socket.send_json({"op": 9, "d": False})

    async def dispatch(self, event: str, data: Json) -> None:
        """Send an event to every connected bot."""
        for session in list(self.sockets):
            await self._send(session, event, data)

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection from HELLO to its end."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41_250}})
        session = ""
        try:
            async for frame in socket:
                if frame.type is not WSMsgType.TEXT:
                    break
                message = json.loads(frame.data)
                if message["op"] == 1:
                    await socket.send_json({"op": 11})
                elif message["op"] == 2:
                    session = await self._identify(socket, message["d"])
                elif message["op"] == 6:
                    session = await self._resume(socket, message["d"])
        finally:
            if self.sockets.get(session) is socket:
                del self.sockets[session]
            await self.note("gone")
        return socket

    async def _identify(self, socket: web.WebSocketResponse, data: Json) -> str:
        refusal = self.close_with
        if data["token"] != self.token:
            refusal = 4004
        elif data["intents"] & PRIVILEGED:
            refusal = 4014
        if refusal is not None:
            await socket.close(code=refusal)
            return ""
        session = f"session-{next(self._numbers)}"
        self.sockets[session], self._last[session] = socket, 0
        known = {"id": self.guild["id"], "unavailable": True}
        ready = {"v": 10, "session_id": session, "resume_gateway_url": self.url, "guilds": [known], **self.me}
        await self._send(session, "READY", ready)
        await self._send(session, "GUILD_CREATE", {**self.guild, "unavailable": False})
        await self.note("ready", intents=data["intents"])
        return session

    async def _resume(self, socket: web.WebSocketResponse, data: Json) -> str:
        session = str(data["session_id"])
        if data["token"] != self.token or session not in self._last:
            await socket.send_json({"op": 9, "d": False})
            return ""
        self.sockets[session] = socket
        await self._send(session, "RESUMED", {})
        await self.note("resumed")
        return session

    async def _send(self, session: str, event: str, data: Json) -> None:
        self._last[session] += 1
        await self.sockets[session].send_json({"op": 0, "t": event, "s": self._last[session], "d": data})
