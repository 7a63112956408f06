"""A small Discord on loopback: REST v10 and the gateway, refusing what the documentation says is refused.

In a test: `async with DiscordServer() as server`; what people and owners do is in `discord_people.py`,
`discord_controls.py` and `discord_owners.py`, and at the end `server.violations` is to be empty. For a bot in
another process: `python -m tests.support.discord_server --port 8100 --token T` prints what it sees as JSON
lines and takes orders (`discord_orders.py`) on its standard input.

There is one guild, 500, with the channels 600 and 601, and whatever `add_guild` adds.
"""

import argparse
import asyncio
import json
import sys
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Self

from aiohttp import web

from tests.support.discord_asking import NotOffered
from tests.support.discord_commands import CommandRoutes
from tests.support.discord_http import BREACHES, Fault, Json, Rate, Refused, answer
from tests.support.discord_interactions import InteractionRoutes
from tests.support.discord_messages import MessageRoutes
from tests.support.discord_orders import DiscordByOrder
from tests.support.discord_places import May, sample_guild
from tests.support.discord_state import APPLICATION, ASKER, BOT, RIGHT_TOKEN, Answer

__all__ = ["APPLICATION", "ASKER", "BOT", "Answer", "DiscordServer", "Fault", "May", "NotOffered", "Rate"]

INVALID, INVALID_SECONDS = 10_000, 600.0
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class DiscordServer(DiscordByOrder):
    """A Discord that listens on loopback."""

    def __init__(self, token: str = RIGHT_TOKEN, **changes: Any) -> None:
        super().__init__(token, **changes)
        self._closing = asyncio.Event()
        self._invalid: deque[float] = deque(maxlen=INVALID)
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> None:
        """Listen on loopback, on any free port by default."""
        app = web.Application(middlewares=[self._gate], client_max_size=200 << 20)
        api = "/api/v10"
        parts = (MessageRoutes(self), InteractionRoutes(self), CommandRoutes(self))
        app.add_routes([route for part in parts for route in part.routes(api)])
        app.add_routes(
            [
                web.get("/gateway", self.gateway.connect),
                web.get("/attachments/{id}/{name}", self._attachment),
                web.get(f"{api}/gateway/bot", self._gateway),
                web.get(f"{api}/users/@me", self._me),
                web.post(f"{api}/users/@me/channels", self._direct),
                web.get(f"{api}/oauth2/applications/@me", self._application),
                web.get(f"{api}/guilds/{{guild}}", self._guild),
                web.get(f"{api}/guilds/{{guild}}/{{part:channels|roles}}", self._guild),
                web.get(f"{api}/guilds/{{guild}}/members/{{member}}", self._member_of),
            ]
        )
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.port = int(self._runner.addresses[0][1])
        self.gateway.url = self.gateway_url

    async def close(self) -> None:
        """Cut every connection and stop listening."""
        self._closing.set()
        await self.gateway.cut()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @web.middleware
    async def _gate(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Know which requests are under way, and let injected faults have their way."""
        fault = next((f for f in self.faults if f.strikes(request.method, request.path)), None)
        if fault is None and request.path == "/gateway":
            return await handler(request)
        mark = object()
        self.underway.add(mark)
        try:
            if fault is None:
                response = await self._answered(request, handler)
                self._count(response.status)
                await response.prepare(request)
                await response.write_eof()
                return response
            if fault.after:
                await self._answered(request, handler)
        finally:
            self.underway.discard(mark)
            await self.changed()
        await self.note("fault", method=request.method, path=request.path)
        if not fault.status:
            await self._closing.wait()
        self._count(fault.status)
        return answer(fault.body, fault.status or 503, fault.headers)

    def _count(self, status: int) -> None:
        """Count what Discord bans an address for: /topics/rate-limits#invalid-request-limit."""
        if status in (401, 403, 429):
            now = self.clock()
            self._invalid.append(now)
            if len(self._invalid) == INVALID and now - self._invalid[0] < INVALID_SECONDS:
                self.breach(f"{INVALID} invalid requests within {INVALID_SECONDS:.0f} s")

    async def _answered(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Check the token and the rates, and answer; what is refused for a limit is recorded."""
        own = ("/interactions/", "/webhooks/", "/attachments/")
        open_to_all = any(part in request.path for part in own)
        if not open_to_all and request.headers.get("Authorization") != f"Bot {self.token}":
            await self.note("refused-token")
            return Refused(0).answer()
        headers, wait = self.rates.take(request)
        if wait:
            self.breach(f"{request.method} {request.path}: faster than its bucket allows")
            everywhere = "X-RateLimit-Global" in headers
            body = {"message": "You are being rate limited.", "retry_after": wait, "global": everywhere}
            return answer(body, 429, {**headers, "Retry-After": str(wait)})
        try:
            response = await handler(request)
        except Refused as refused:
            await self.note("refused", path=request.path, code=refused.code, faults=refused.faults)
            if refused.code in BREACHES:
                self.breach(f"{request.method} {request.path}: {refused.words}")
            response = refused.answer()
        response.headers.update(headers)
        return response

    async def _me(self, request: web.Request) -> web.Response:
        await self.note("login")
        return answer(BOT)

    async def _direct(self, request: web.Request) -> web.Response:
        """Open direct messages: https://discord.com/developers/docs/resources/user#create-dm."""
        person = int((await request.json())["recipient_id"])
        member = next((g.members[person] for g in self.guilds.values() if person in g.members), None)
        if member is None:
            raise Refused(50278)
        if person not in self.direct:
            self.direct[person] = sample_guild(int(self.next_id()), (int(self.next_id()),), BOT)
        (channel,) = self.direct[person].channels
        if person in self.shut:
            self.barred[channel] = 50007
        return answer({"id": str(channel), "type": 1, "recipients": [member.user], "last_message_id": None})

    async def _application(self, request: web.Request) -> web.Response:
        return answer(APPLICATION)

    async def _gateway(self, request: web.Request) -> web.Response:
        return answer(self.gateway.about())

    async def _attachment(self, request: web.Request) -> web.Response:
        return web.Response(body=self.files[request.match_info["id"]])

    async def _guild(self, request: web.Request) -> web.Response:
        guild = self.guilds.get(int(request.match_info["guild"]))
        if guild is None:
            raise Refused(10004)
        shown = guild.shown()
        return answer(shown[request.match_info["part"]] if "part" in request.match_info else shown)

    async def _member_of(self, request: web.Request) -> web.Response:
        guild = self.guilds.get(int(request.match_info["guild"]))
        if guild is None:
            raise Refused(10004)
        members = {**guild.members, guild.bot.ident: guild.bot}
        member = members.get(int(request.match_info["member"]))
        if member is None:
            raise Refused(10007)
        return answer(member.shown())


async def _serve(port: int, token: str) -> None:
    """Serve a bot in another process until the standard input ends; see the head of this file."""
    server = DiscordServer(token)
    server.tell = _print
    await server.start(port)
    _print({"event": "listening", "api_base": server.api_base, "gateway_url": server.gateway_url})
    while line := await asyncio.to_thread(sys.stdin.readline):
        _print(await server.obey(json.loads(line)))
    await server.close()


def _print(entry: Json) -> None:
    sys.stdout.write(json.dumps(entry, ensure_ascii=False) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A Discord on loopback.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=RIGHT_TOKEN)
    given = parser.parse_args()
    asyncio.run(_serve(given.port, given.token))
