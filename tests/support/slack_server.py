"""Slack on loopback: the part of its Web API and of Socket Mode that a bot like ours talks to.

It refuses what the documentation says is refused (https://docs.slack.dev/reference/methods and
https://docs.slack.dev/apis/events-api/using-socket-mode), and can be told to fail. In a test:
`async with SlackServer() as server`; at the end `server.violations` is to be empty.
"""

import asyncio
from typing import Any, Self

from aiohttp import web

from tests.support.slack_asking import NotOffered
from tests.support.slack_changes import SlackChanges
from tests.support.slack_http import Fault, Json, Rate, Refused, arguments
from tests.support.slack_methods_chat import ChatMethods
from tests.support.slack_methods_conversations import ConversationMethods
from tests.support.slack_methods_files import FileMethods
from tests.support.slack_methods_people import PeopleMethods
from tests.support.slack_methods_views import ViewMethods

__all__ = ["Fault", "NotOffered", "Rate", "SlackServer"]


class SlackServer(SlackChanges):
    """One workspace with its app; use as an async context manager."""

    def __init__(self, *tokens: str, **changes: Any) -> None:
        super().__init__(*tokens, **changes)
        self._files = FileMethods(self)
        parts = (ChatMethods(self), ConversationMethods(self), PeopleMethods(self), ViewMethods(self))
        self._methods = {name: it for part in (*parts, self._files) for name, it in part.methods().items()}
        self._closing = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> None:
        """Listen on loopback; port 0 takes any."""
        app = web.Application(client_max_size=64 << 20)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link", self.link)
        app.router.add_post("/upload/{id}", self._upload)
        app.router.add_post("/commands/{id}", self._response)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        host, bound = self._runner.addresses[0][:2]
        self.origin = f"http://{host}:{bound}"

    async def stop(self) -> None:
        """Cut every connection and stop listening."""
        self._closing.set()
        await self.cut()
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    # ---- what the bot asks --------------------------------------------------------------------------

    async def _api(self, request: web.Request) -> web.StreamResponse:
        """Judge a call and carry it out."""
        name = request.match_info["method"]
        try:
            given = await arguments(request)
            channel = str(given.get("channel") or given.get("channel_id") or "")
            fault = await self._struck(name, channel)
            if fault and not fault.after:
                return await self._go_wrong(fault, request, name, channel)
            self.rates.take(name, channel)
            body = await self._carried_out(name, given, request)
        except Refused as refused:
            return await self._refuse(name, refused)
        if fault:
            return await self._go_wrong(fault, request, name, channel)
        return self._answer({"ok": True, **body})

    async def _carried_out(self, name: str, given: Json, request: web.Request) -> Json:
        method = self._methods.get(name)
        if method is None:
            raise Refused("unknown_method", "there is no such method")
        self._check_token(request.headers.get("Authorization", ""), app=method.app)
        given = {key: value for key, value in given.items() if value is not None}
        if method.scope:
            self.needs(method.scope)
        method.check(given, as_json=request.content_type == "application/json")
        body = await method.do(given)
        self.calls.append((name, given))
        await self.changed()
        return body

    def _check_token(self, header: str, *, app: bool) -> None:
        """Check a token, which is to stand in the header alone.

        Raises:
            Refused: there is none, or another is wanted.

        """
        token = header.removeprefix("Bearer ")
        wanted, other = (self.app_token, self.bot_token) if app else (self.bot_token, self.app_token)
        if token != wanted:
            code = "not_authed" if not token else "invalid_auth"
            raise Refused("not_allowed_token_type" if token == other else code)

    def _answer(self, body: Json, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
        scopes = {"X-OAuth-Scopes": ",".join(sorted(self.scopes))}
        return web.json_response(body, status=status, headers={**scopes, **(headers or {})})

    async def _refuse(self, name: str, refused: Refused) -> web.Response:
        if refused.breach:
            self.breach(f"{name}: {refused.breach} ({refused.code})")
        await self.note("refused", method=name, code=refused.code)
        body = {"ok": False, "error": refused.code, **refused.more}
        if refused.code == "ratelimited":
            return self._answer(body, 429, {"Retry-After": str(refused.more["retry_after"])})
        return self._answer(body)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        if fault := await self._struck("upload"):
            return await self._go_wrong(fault, request, "upload")
        return await self._files.take(request)

    async def _response(self, request: web.Request) -> web.StreamResponse:
        fault = await self._struck("response")
        if fault and not fault.after:
            return await self._go_wrong(fault, request, "response")
        answered = await self.hooks.take(request)
        return await self._go_wrong(fault, request, "response") if fault else answered

    async def _struck(self, what: str, channel: str = "") -> Fault | None:
        """Return what goes wrong with a request, once it has been waited for what is only slow."""
        fault = self.fault(what, channel)
        if fault and fault.slow:
            await asyncio.sleep(fault.slow)
            return None
        return fault

    async def _go_wrong(
        self, fault: Fault, request: web.Request, what: str, channel: str = ""
    ) -> web.StreamResponse:
        await self.note("fault", what=what, channel=channel)
        if fault.hang:
            await self._closing.wait()
        if (fault.cut or fault.hang) and request.transport is not None:
            request.transport.abort()
        if fault.status == 429 and (seconds := fault.headers.get("Retry-After", "")).isdecimal():
            self.rates.close(what, channel, int(seconds))
        return fault.response()
