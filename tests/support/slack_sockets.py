"""Socket Mode of the Slack on loopback: connections, envelopes and their acknowledgements.

https://docs.slack.dev/apis/events-api/using-socket-mode.
"""

import asyncio
import itertools
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.support.slack_hooks import Hook, Hooks
from tests.support.slack_http import Json
from tests.support.slack_places import APP
from tests.support.slack_state import SlackState

MOST = 10
"""Connections of one app at a time."""
TRIES = 4
"""Of an event that is not acknowledged: the first and three more."""


@dataclass
class Delivered:
    """An envelope, and what became of it."""

    kind: str
    """`slash_commands`, `interactive` or `events_api`."""
    payload: Json
    ident: str = ""
    """Of the envelope in which it went last."""
    sent_at: float = 0.0
    times: int = 0
    acknowledged: float | None = None
    """Seconds until the first acknowledgement, or None: the person reads that the app did not respond."""
    answer: Json = field(default_factory=dict)
    """What came with it, as `response_action` or `options`."""
    then: Callable[[Json], None] = lambda _: None
    """Called with that, before anything else that the bot asks is heard."""


class SlackSockets(SlackState):
    """The connections of the bot, which take envelopes in turn, and what it may answer them with."""

    def __init__(self, *tokens: str, **changes: Any) -> None:
        super().__init__(*tokens, **changes)
        self.hooks = Hooks(self)
        self.sockets: list[web.WebSocketResponse] = []
        self.acknowledged = 0
        """Acknowledgements in all."""
        self.sent: list[Delivered] = []
        """Every envelope, in order."""
        self._envelopes: dict[str, Delivered] = {}
        self._tickets: set[str] = set()
        self._transports: dict[web.WebSocketResponse, asyncio.Transport] = {}
        self._turn = itertools.count()

    # ---- connections --------------------------------------------------------------------------------

    def ticket(self) -> str:
        """Return an address at which one connection can be made."""
        ticket = f"ticket-{self.number()}"
        self._tickets.add(ticket)
        return f"{self.origin.replace('http', 'ws', 1)}/link?ticket={ticket}"

    async def link(self, request: web.Request) -> web.StreamResponse:
        """Take a connection and read its acknowledgements until it ends."""
        ticket = request.query.get("ticket", "")
        fault, known = self.fault("socket"), ticket in self._tickets
        self._tickets.discard(ticket)
        if not known or fault:
            return web.Response(status=fault.status if fault else 403)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self.sockets) >= MOST:
            self.breach(f"more than {MOST} connections")
            await socket.send_json(_goodbye("too_many_websockets"))
            await socket.close()
            return socket
        about = {"connection_info": {"app_id": APP}, "debug_info": {"approximate_connection_time": 18_060}}
        await socket.send_json({"type": "hello", "num_connections": len(self.sockets) + 1, **about})
        if request.transport is not None:
            self._transports[socket] = request.transport
        self.sockets.append(socket)
        await self.note("connected", connections=len(self.sockets))
        async for frame in socket:
            if frame.type == WSMsgType.TEXT:
                await self._acknowledge(json.loads(frame.data))
        self._transports.pop(socket, None)
        self.sockets.remove(socket)
        await self.note("disconnected", connections=len(self.sockets))
        return socket

    async def connected(self, count: int = 1) -> None:
        """Wait until this many Socket Mode connections stand."""
        await self.until(lambda: len(self.sockets) == count)

    async def disconnect(self, reason: str, socket: web.WebSocketResponse | None = None) -> None:
        """Say of a connection, the newest by default, that it is about to end.

        The reason is `warning` some seconds before, `refresh_requested`, or `link_disabled`.
        """
        await (socket or self.sockets[-1]).send_json(_goodbye(reason))

    async def refresh(self) -> None:
        """Ask for a new connection, as Slack does every few hours, wait for it, and end the old one."""
        old = self.sockets[-1]
        await self.disconnect("refresh_requested", old)
        await self.until(lambda: self.sockets and self.sockets[-1] is not old)
        await old.close()

    async def cut(self) -> None:
        """Close every connection at once."""
        for socket in list(self.sockets):
            await socket.close(code=1001)

    def drop(self) -> None:
        """Break every connection without a word."""
        for transport in self._transports.values():
            transport.abort()

    # ---- envelopes ----------------------------------------------------------------------------------

    async def deliver(
        self, kind: str, payload: Json, *, times: int = 1, then: Callable[[Json], None] = lambda _: None
    ) -> Delivered:
        """Send an envelope over one of the connections and wait for its acknowledgement.

        What is not acknowledged in time is a violation, unless its connection broke; an event is then sent
        again, up to three times. With `times` the same envelope is sent more than once. `then` is called with
        what came with the acknowledgement, before anything else that the bot asks is heard.
        """
        sent = Delivered(kind, payload, then=then)
        self.sent.append(sent)
        for _ in range(TRIES if kind == "events_api" else 1):
            if await self._delivered(sent, times):
                break
        return sent

    async def again(self, sent: Delivered) -> Delivered:
        """Deliver an event once more, in an envelope of its own, as Slack does where it doubts the first."""
        repeat = Delivered(sent.kind, sent.payload, times=sent.times)
        self.sent.append(repeat)
        await self._delivered(repeat)
        return repeat

    async def _delivered(self, sent: Delivered, times: int = 1) -> bool:
        """Send one envelope, and say whether it was acknowledged in time."""
        await self.until(lambda: self.sockets)
        sent.ident = f"envelope-{self.number()}"
        self._envelopes[sent.ident] = sent
        sockets = [await self._send(sent) for _ in range(times)]
        with suppress(TimeoutError):
            await self.until(
                lambda: sent.acknowledged is not None or all(socket.closed for socket in sockets),
                self.deadline,
            )
        if sent.acknowledged is None and not sockets[-1].closed:
            self.breach(f"{sent.kind}: not acknowledged within {self.deadline:.0f} s")
        return sent.acknowledged is not None

    async def _send(self, sent: Delivered) -> web.WebSocketResponse:
        socket = self.sockets[next(self._turn) % len(self.sockets)]
        frame: Json = {"envelope_id": sent.ident, "type": sent.kind, "payload": sent.payload}
        frame["accepts_response_payload"] = sent.kind != "events_api"
        if sent.kind == "events_api":
            frame["retry_attempt"] = sent.times
            frame["retry_reason"] = "timeout" if sent.times else ""
        sent.times += 1
        sent.sent_at = self.clock()
        with suppress(ConnectionError):
            await socket.send_json(frame)
        return socket

    async def _acknowledge(self, frame: Json) -> None:
        sent = self._envelopes.get(str(frame.get("envelope_id")))
        if sent is None:
            self.breach("an acknowledgement of an envelope that was not sent")
            return
        self.acknowledged += 1
        took = self.clock() - sent.sent_at
        if sent.acknowledged is None and took <= self.deadline:
            sent.acknowledged, sent.answer = took, frame.get("payload") or {}
            sent.then(sent.answer)
            if sent.answer and sent.kind == "events_api":
                self.breach("an event answered with a payload")
        await self.note("acknowledged", kind=sent.kind, answer=frame.get("payload"))

    def hook(self, by: str, channel: str, **more: Any) -> Hook:
        """Make an address for answers, for something that a person did in a channel; see `Hooks.open`."""
        return self.hooks.open(by, channel, **more)


def _goodbye(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "loopback"}}
