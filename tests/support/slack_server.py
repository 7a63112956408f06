"""Slack on loopback: the part of its Web API and of Socket Mode that a bot like ours talks to.

It refuses what the documentation says is refused (https://docs.slack.dev/reference/methods and
https://docs.slack.dev/apis/events-api/using-socket-mode), and can be told to fail.
"""

import asyncio
import itertools
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import WSMsgType, web

from tests.support.slack_blocks import refusal_of

ACK_SECONDS = 3.0
MAX_TEXT, MAX_EDITED_TEXT = 40_000, 4_000
MAX_RESPONSES = 5
PATIENCE = 20.0
"""Seconds that a test waits for what ought to come; never waited out where all is well."""

Body = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """How one request goes wrong; with `after`, only once it has done its work.

    With `answer` Slack agrees, but says this in place of what it should.
    """

    status: int = 200
    error: str = "internal_error"
    answer: Body | None = None
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    hang: bool = False
    after: bool = False


@dataclass
class Answered:
    """What somebody saw of their command."""

    acknowledged: float | None = None
    """Seconds until the acknowledgement, or None: the person reads that the app did not respond."""
    answered: float | None = None
    """Seconds until the first answer."""
    answers: list[Body] = field(default_factory=list)


class SlackServer:
    """One workspace with its app; use as an async context manager."""

    def __init__(self) -> None:
        self.bot_token, self.app_token = "xoxb-1-loopback", "xapp-1-loopback"
        self.channels = {"C0ALERTS": "alerts", "C0DIGEST": "digest"}
        self.strange_channels = {"C0OTHER"}
        self.archived = {"C0OLD"}
        self.scopes = {"commands", "chat:write", "channels:history", "groups:history", "files:write"}
        self.messages: list[Body] = []
        self.files: list[Body] = []
        """Those that were shared: `channel`, `name` and `text`."""
        self.calls: list[tuple[str, Body]] = []
        self.acknowledged = 0
        self.sockets: list[web.WebSocketResponse] = []
        self.faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._tickets: set[str] = set()
        self._uploads: dict[str, Body] = {}
        self._transports: dict[web.WebSocketResponse, asyncio.Transport] = {}
        self._waiting: dict[str, tuple[float, Answered]] = {}
        self._responses: dict[str, tuple[float, Answered]] = {}
        self._changed = asyncio.Condition()
        self._stopped = asyncio.Event()
        self._numbers = itertools.count(1)
        self._runner: web.AppRunner | None = None
        self.origin = ""

    @property
    def api_base(self) -> str:
        """Return what `slack.api_base` must be."""
        return f"{self.origin}/api/"

    async def start(self, port: int = 0) -> None:
        """Listen on loopback; port 0 takes any."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link", self._link)
        app.router.add_post("/upload/{id}", self._upload)
        app.router.add_post("/commands/{id}", self._response)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        host, bound = self._runner.addresses[0][:2]
        self.origin = f"http://{host}:{bound}"

    async def stop(self) -> None:
        """Cut every connection and stop listening."""
        self._stopped.set()
        await self.cut()
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    # ---- what a test does ----------------------------------------------------------------------------

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next requests of a method, of `socket` or of `response` go wrong, in this order."""
        self.faults[method].extend(faults)

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait for something to hold."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: bool(holds()))

    async def connected(self, count: int = 1) -> None:
        """Wait until this many Socket Mode connections stand."""
        await self.until(lambda: len(self.sockets) == count)

    async def slash(self, command: str, text: str, *, times: int = 1, answers: int = 1) -> Answered:
        """Type a command as a member would, wait for its answer and return what they saw.

        With `times` the same envelope is delivered more than once. The answer may come before the
        acknowledgement; the latter is waited for no longer than Slack does.
        """
        await self.until(lambda: self.sockets)
        number = next(self._numbers)
        envelope, result, now = f"envelope-{number}", Answered(), time.monotonic()
        self._waiting[envelope] = self._responses[str(number)] = (now, result)
        payload = {
            "command": command,
            "text": text,
            "api_app_id": "A0",
            "team_id": "T0",
            "team_domain": "loopback",
            "channel_id": "C0ALERTS",
            "channel_name": "alerts",
            "user_id": "U0READER",
            "user_name": "reader",
            "is_enterprise_install": "false",
            "trigger_id": f"trigger-{number}",
            "response_url": f"{self.origin}/commands/{number}",
        }
        frame = {
            "envelope_id": envelope,
            "type": "slash_commands",
            "accepts_response_payload": True,
            "payload": payload,
        }
        for _ in range(times):
            await self.sockets[-1].send_json(frame)
        await self.until(lambda: len(result.answers) >= answers)
        with suppress(TimeoutError):
            async with asyncio.timeout(now + ACK_SECONDS - time.monotonic()):
                await self.until(lambda: result.acknowledged is not None)
        return result

    async def refresh(self) -> None:
        """Ask for a new connection, as Slack does every few hours, and close the old one."""
        old = self.sockets[-1]
        await old.send_json({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})
        await self.until(lambda: self.sockets and self.sockets[-1] is not old)

    async def cut(self) -> None:
        """Close every connection at once."""
        for socket in list(self.sockets):
            await socket.close(code=1001)

    def drop(self) -> None:
        """Break every connection without a word."""
        for transport in self._transports.values():
            transport.abort()

    # ---- the Web API ---------------------------------------------------------------------------------

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        body: Body = dict(request.query)
        if request.content_type == "application/json":
            body |= await request.json()
        else:
            body |= dict(await request.post())
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or body.get("token", "")
        fault = self.faults[method].popleft() if self.faults[method] else None
        if fault and not fault.after:
            await self._note(lambda: None)
            return await self._go_wrong(fault, request)
        answer = self._token_error(method, token) or await self._do(method, body)
        async with self._changed:
            self.calls.append((method, body))
            self._changed.notify_all()
        return await self._go_wrong(fault, request) if fault else web.json_response(answer)

    async def _go_wrong(self, fault: Fault, request: web.Request) -> web.StreamResponse:
        if fault.hang:
            await self._stopped.wait()
        if (fault.cut or fault.hang) and request.transport is not None:
            request.transport.abort()
        if fault.answer is not None:
            return web.json_response({"ok": True, **fault.answer})
        if fault.status == 200:
            return web.json_response({"ok": False, "error": fault.error})
        return web.json_response(
            {"ok": False, "error": fault.error}, status=fault.status, headers=fault.headers
        )

    def _token_error(self, method: str, token: str) -> Body | None:
        wanted, other = self.bot_token, self.app_token
        if method == "apps.connections.open":
            wanted, other = other, wanted
        if token == wanted:
            return None
        error = "not_authed" if not token else "not_allowed_token_type" if token == other else "invalid_auth"
        return {"ok": False, "error": error}

    async def _do(self, method: str, body: Body) -> Body:
        handlers: dict[str, Callable[[Body], Body]] = {
            "auth.test": self._auth_test,
            "apps.connections.open": self._connections_open,
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "conversations.history": self._history,
            "conversations.replies": self._replies,
            "files.getUploadURLExternal": self._upload_url,
            "files.completeUploadExternal": self._complete_upload,
        }
        if method not in handlers:
            return {"ok": False, "error": "unknown_method"}
        return handlers[method](body)

    def _auth_test(self, _: Body) -> Body:
        return {
            "ok": True,
            "url": f"{self.origin}/",
            "team": "Loopback",
            "team_id": "T0",
            "user": "claimwatch",
            "user_id": "U0BOT",
            "bot_id": "B0",
            "is_enterprise_install": False,
        }

    def _connections_open(self, _: Body) -> Body:
        ticket = f"ticket-{next(self._numbers)}"
        self._tickets.add(ticket)
        return {"ok": True, "url": f"{self.origin.replace('http', 'ws', 1)}/link?ticket={ticket}"}

    def _post(self, body: Body) -> Body:
        channel = self._channel(body)
        error = self._channel_error(channel, "chat:write") or _message_error(body, MAX_TEXT)
        if error:
            return {"ok": False, "error": error}
        ts = f"1700000000.{next(self._numbers):06d}"
        self.messages.append({**body, "channel": channel, "ts": ts, "edits": 0})
        return {"ok": True, "channel": channel, "ts": ts, "message": {"text": body.get("text", ""), "ts": ts}}

    def _update(self, body: Body) -> Body:
        channel = body.get("channel", "")
        if error := self._channel_error(channel, "chat:write"):
            return {"ok": False, "error": error}
        for message in self.messages:
            if (message["channel"], message["ts"]) == (channel, body.get("ts")):
                if error := _message_error(body, MAX_EDITED_TEXT):
                    return {"ok": False, "error": error}
                message.update(blocks=body.get("blocks", []), text=body.get("text", ""))
                message["parse"] = body.get("parse", "client")
                message["edits"] += 1
                return {"ok": True, "channel": channel, "ts": message["ts"], "text": message["text"]}
        return {"ok": False, "error": "message_not_found"}

    def _history(self, body: Body) -> Body:
        channel = body.get("channel", "")
        if error := self._channel_error(channel, "channels:history"):
            return {"ok": False, "error": error, "needed": "channels:history"}
        here = [m for m in reversed(self.messages) if m["channel"] == channel]
        return self._told([m for m in here if "thread_ts" not in m or m.get("reply_broadcast")], body)

    def _replies(self, body: Body) -> Body:
        channel, ts = body.get("channel", ""), body.get("ts")
        if error := self._channel_error(channel, "channels:history"):
            return {"ok": False, "error": error, "needed": "channels:history"}
        thread = [m for m in self.messages if m["channel"] == channel and ts in (m["ts"], m.get("thread_ts"))]
        return self._told(thread, body) if thread else {"ok": False, "error": "thread_not_found"}

    def _told(self, messages: list[Body], body: Body) -> Body:
        kept = messages[: int(body.get("limit", 100))]
        shown = ["ts", "text", *(["metadata"] if body.get("include_all_metadata") in ("1", "true") else [])]
        return {"ok": True, "messages": [{k: m[k] for k in shown if k in m} for m in kept]}

    # https://docs.slack.dev/messaging/working-with-files#uploading_files: an address for each file, the bytes
    # to that address, and a last call that shares them.

    def _upload_url(self, body: Body) -> Body:
        if "files:write" not in self.scopes:
            return {"ok": False, "error": "missing_scope", "needed": "files:write"}
        if not body.get("filename") or int(body.get("length", 0)) <= 0:
            return {"ok": False, "error": "invalid_arguments"}
        ident = f"F{next(self._numbers)}"
        self._uploads[ident] = {"name": body["filename"], "length": int(body["length"])}
        return {"ok": True, "upload_url": f"{self.origin}/upload/{ident}", "file_id": ident}

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        if self.faults["upload"]:
            return await self._go_wrong(self.faults["upload"].popleft(), request)
        upload, body = self._uploads[request.match_info["id"]], await request.read()
        if "Authorization" in request.headers or len(body) != upload["length"]:
            return web.Response(status=400)
        upload["text"] = body.decode()
        return web.Response(text=f"OK - {len(body)}")

    def _complete_upload(self, body: Body) -> Body:
        channel = str(body.get("channel_id", ""))
        if error := self._channel_error(channel, "files:write"):
            return {"ok": False, "error": error}
        given = body["files"] if isinstance(body["files"], list) else json.loads(body["files"])
        shared = [self._uploads.pop(each["id"]) for each in given]
        self.files += [{"channel": channel, "name": each["name"], "text": each["text"]} for each in shared]
        return {"ok": True, "files": [{"id": each["id"], "title": each.get("title")} for each in given]}

    def _channel(self, body: Body) -> str:
        """Return the id of a channel that may be given by name, as only posting takes it."""
        given = str(body.get("channel", ""))
        named = {name: channel for channel, name in self.channels.items()}
        return named.get(given.removeprefix("#"), given)

    def _channel_error(self, channel: str, scope: str) -> str | None:
        if scope not in self.scopes:
            return "missing_scope"
        if channel in self.archived:
            return "is_archived"
        if channel in self.strange_channels:
            return "not_in_channel"
        return None if channel in self.channels else "channel_not_found"

    # ---- Socket Mode and response URLs ---------------------------------------------------------------

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        fault = self.faults["socket"].popleft() if self.faults["socket"] else None
        known = ticket in self._tickets
        self._tickets.discard(ticket)
        if not known or fault:
            return web.Response(status=fault.status if fault else 403)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0"}})
        if request.transport is not None:
            self._transports[socket] = request.transport
        await self._note(lambda: self.sockets.append(socket))
        async for frame in socket:
            if frame.type == WSMsgType.TEXT:
                await self._acknowledge(json.loads(frame.data)["envelope_id"])
        self._transports.pop(socket, None)
        await self._note(lambda: self.sockets.remove(socket))
        return socket

    async def _acknowledge(self, envelope: str) -> None:
        started, result = self._waiting[envelope]
        took = time.monotonic() - started
        async with self._changed:
            self.acknowledged += 1
            if result.acknowledged is None and took <= ACK_SECONDS:
                result.acknowledged = took
            self._changed.notify_all()

    async def _response(self, request: web.Request) -> web.StreamResponse:
        fault = self.faults["response"].popleft() if self.faults["response"] else None
        if fault:
            await self._note(lambda: None)
            return await self._go_wrong(fault, request)
        started, result = self._responses[request.match_info["id"]]
        body = await request.json()
        error = _message_error(body, MAX_TEXT)
        if error or len(result.answers) >= MAX_RESPONSES:
            return web.Response(status=400 if error else 404, text=error or "used_url")

        def keep() -> None:
            if result.answered is None:
                result.answered = time.monotonic() - started
            result.answers.append(body)

        await self._note(keep)
        return web.Response(text="ok")

    async def _note(self, change: Callable[[], object]) -> None:
        async with self._changed:
            change()
            self._changed.notify_all()


def _message_error(body: Body, limit: int) -> str | None:
    text, blocks = body.get("text", ""), body.get("blocks")
    if not text.strip() and not blocks:
        return "no_text"
    if len(text) > limit:
        return "msg_too_long"
    return refusal_of(blocks) if blocks is not None else None
