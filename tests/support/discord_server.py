"""A small Discord on loopback: REST v10 and the gateway, refusing what the documentation says is refused.

In a test: `async with DiscordServer() as server`. For a bot in another process:
`python -m tests.support.discord_server --port 8100 --token T` prints what it sees as JSON lines and takes
`{"slash": "claim show", "options": {"claim": "x"}}` lines on its standard input.

There is one guild, 500, with the channels 600 and 601.
"""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.support.discord_gateway import DiscordGateway
from tests.support.discord_limits import command_faults, message_faults

Json = dict[str, Any]
RIGHT_TOKEN = "right-token"
BOT = {
    "id": "900",
    "username": "claimwatch",
    "discriminator": "0",
    "avatar": None,
    "global_name": None,
    "bot": True,
}
ASKER = {"id": "901", "username": "analyst", "discriminator": "0", "avatar": None, "global_name": None}
APPLICATION = {
    "id": "800",
    "name": "claimwatch",
    "description": "",
    "icon": None,
    "bot_public": False,
    "bot_require_code_grant": False,
    "owner": ASKER,
    "verify_key": "",
    "flags": 0,
}
_WORDS = {
    10003: (404, "Unknown Channel"),
    10008: (404, "Unknown Message"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50013: (403, "Missing Permissions"),
    50035: (400, "Invalid Form Body"),
}


@dataclass
class Fault:
    """The next `times` requests whose method and path hold these go wrong."""

    method: str
    path: str
    status: int = 0
    """0: no answer comes."""
    body: Json = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1
    after: bool = False
    """The request is carried out, and only its answer is lost."""


@dataclass(frozen=True)
class Answer:
    """What the asker of a slash command sees in the end."""

    message: Json
    acknowledged: float
    """Seconds until the interaction was answered or deferred."""
    deferred: bool
    ephemeral: bool
    """Only the asker sees it."""
    files: dict[str, str]
    """What came with it: texts by name."""


@dataclass
class _Interaction:
    asked_at: float
    acknowledged: float | None = None
    deferred: bool = False
    ephemeral: bool = False
    message: Json | None = None
    files: dict[str, str] = field(default_factory=dict)


class DiscordServer:
    """A Discord with one guild. `seen` is everything that happened, in order; `until` waits on it."""

    def __init__(
        self, token: str = RIGHT_TOKEN, *, guild: int = 500, channels: tuple[int, ...] = (600, 601)
    ) -> None:
        self.token, self.guild, self.channels = token, guild, channels
        self.deadline = 3.0
        """Seconds for the first answer to an interaction."""
        self.commands: dict[int | None, list[Json]] = {}
        """As registered, by guild, None being global."""
        self.messages: dict[int, list[Json]] = {}
        """By channel, oldest first."""
        self.barred: dict[int, int] = {}
        """Channels that answer with an error code."""
        self.faults: list[Fault] = []
        self.seen: list[Json] = []
        self.tell: Callable[[Json], None] = lambda _: None
        """Called with every entry of `seen`."""
        self._ids = 10_000
        self._interactions: dict[str, _Interaction] = {}
        self._nonces: dict[str, Json] = {}
        self._changed = asyncio.Condition()
        self._closing = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.port = 0
        desk = {"id": str(guild), "name": "Sample desk", "member_count": 2, "roles": [], "members": []}
        places = {"channels": [self._channel(ident) for ident in channels], "owner_id": ASKER["id"]}
        me = {"user": BOT, "application": APPLICATION}
        self.gateway = DiscordGateway(token, me, {**desk, **places}, self._note)

    # ---- life ---------------------------------------------------------------------------------------

    async def start(self, port: int = 0) -> None:
        """Listen on loopback, on any free port by default."""
        app = web.Application(middlewares=[self._gate])
        api, app_path = "/api/v10", f"/api/v10/applications/{APPLICATION['id']}"
        message = f"{api}/channels/{{channel}}/messages"
        answer = f"{api}/webhooks/{APPLICATION['id']}/{{token}}"
        app.add_routes(
            [
                web.get("/gateway", self.gateway.connect),
                web.get(f"{api}/users/@me", self._me),
                web.get(f"{api}/oauth2/applications/@me", self._application),
                web.put(f"{app_path}/commands", self._put_commands),
                web.put(f"{app_path}/guilds/{{guild}}/commands", self._put_commands),
                web.get(message, self._history),
                web.post(message, self._post),
                web.patch(message + "/{message}", self._patch),
                web.post(f"{api}/interactions/{{id}}/{{token}}/callback", self._callback),
                web.patch(answer + "/messages/@original", self._answer),
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

    @property
    def api_base(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v10"

    @property
    def gateway_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/gateway"

    # ---- what a test does ---------------------------------------------------------------------------

    async def until(self, what: Callable[[], object], patience: float = 20.0) -> None:
        """Wait until something holds; it is asked again whenever something happened."""
        async with asyncio.timeout(patience), self._changed:
            await self._changed.wait_for(lambda: bool(what()))

    def count(self, event: str) -> int:
        """Return how often an event was seen."""
        return sum(entry["event"] == event for entry in self.seen)

    async def ready(self, times: int = 1) -> None:
        """Wait until bots have come to READY (or RESUMED) so often in all."""
        await self.until(
            lambda: self.count("ready") + self.count("resumed") >= times and self.gateway.sockets
        )

    async def slash(
        self,
        name: str,
        options: dict[str, str] | None = None,
        *,
        patience: float = 20.0,
        check: bool = True,
        permissions: int = 0,
    ) -> Answer:
        """Give a slash command and return what its asker, who has these permissions, sees in the end.

        It is given once it is registered with these options; `check=False` gives one that is not. The value
        of an option for an attachment is the address of the file.
        """
        if check:
            await self.until(lambda: self._known(name, options or {}), patience)
        await self.until(lambda: self.gateway.sockets, patience)
        ident, token = str(self._next_id()), f"interaction-token-{self._ids}"
        group, _, sub = name.partition(" ")
        files = {n: url for n, url in (options or {}).items() if self._option(name, n).get("type") == 11}
        given = [
            {"name": n, "type": 11 if n in files else 3, "value": n if n in files else value}
            for n, value in (options or {}).items()
        ]
        member = {"user": ASKER, "roles": [], "joined_at": None, "flags": 0}
        attached = {n: {"id": n, "filename": "file", "size": 1, "url": url} for n, url in files.items()}
        nested = [{"name": sub, "type": 1, "options": given}] if sub else given
        interaction = self._interactions[token] = _Interaction(time.monotonic())
        await self.gateway.dispatch(
            "INTERACTION_CREATE",
            {
                "id": ident,
                "token": token,
                "type": 2,
                "version": 1,
                "application_id": APPLICATION["id"],
                "guild_id": str(self.guild),
                "channel": self._channel(self.channels[0]),
                "member": {**member, "permissions": str(permissions)},
                "data": {
                    "id": "700",
                    "name": group,
                    "type": 1,
                    "options": nested,
                    **({"resolved": {"attachments": attached}} if attached else {}),
                },
                "locale": "en-US",
                "entitlements": [],
                "attachment_size_limit": 10 << 20,
                "authorizing_integration_owners": {},
                "context": 0,
            },
        )
        await self.until(lambda: interaction.message, patience)
        assert interaction.message is not None
        assert interaction.acknowledged is not None
        return Answer(
            interaction.message,
            interaction.acknowledged,
            interaction.deferred,
            interaction.ephemeral,
            interaction.files,
        )

    # ---- inside -------------------------------------------------------------------------------------

    def _next_id(self) -> int:
        self._ids += 1
        return self._ids

    async def _note(self, event: str, **facts: Any) -> None:
        entry = {"event": event, **facts}
        async with self._changed:
            self.seen.append(entry)
            self._changed.notify_all()
        self.tell(entry)

    def _options(self, name: str) -> list[Json] | None:
        """Return the options of a command as it is registered, or None where it is not."""
        level = [*self.commands.get(None, []), *self.commands.get(self.guild, [])]
        for word in name.split():
            found = [c for c in level if c["name"] == word]
            if not found:
                return None
            level = found[0].get("options", [])
        return level

    def _option(self, name: str, option: str) -> Json:
        return next((o for o in self._options(name) or [] if o["name"] == option), {})

    def _known(self, name: str, options: dict[str, str]) -> bool:
        level = self._options(name)
        if level is None:
            return False
        needed = {option["name"] for option in level if option.get("required")}
        return needed <= set(options) <= {option["name"] for option in level}

    def _channel(self, ident: int) -> Json:
        return {"id": str(ident), "type": 0, "name": f"c{ident}", "position": 0, "permission_overwrites": []}

    @web.middleware
    async def _gate(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Check the token, and let injected faults have their way."""
        fault = next(
            (f for f in self.faults if f.times and f.method == request.method and f.path in request.path),
            None,
        )
        if fault is not None:
            fault.times -= 1
            if fault.after:
                await handler(request)
            await self._note("fault", method=request.method, path=request.path)
            if not fault.status:
                await self._closing.wait()
            return _json(fault.body, fault.status or 503, fault.headers)
        open_to_all = (
            request.path == "/gateway" or "/interactions/" in request.path or "/webhooks/" in request.path
        )
        if not open_to_all and request.headers.get("Authorization") != f"Bot {self.token}":
            await self._note("refused-token")
            return _json({"message": "401: Unauthorized", "code": 0}, 401)
        return await handler(request)

    async def _me(self, request: web.Request) -> web.Response:
        await self._note("login")
        return _json(BOT)

    async def _application(self, request: web.Request) -> web.Response:
        return _json(APPLICATION)

    async def _put_commands(self, request: web.Request) -> web.Response:
        commands = await request.json()
        if faults := command_faults(commands):
            return _error(50035, faults)
        guild = int(request.match_info["guild"]) if "guild" in request.match_info else None
        if guild not in (None, self.guild):
            await self._note("commands-refused", guild=guild)
            return _error(50001)
        self.commands[guild] = commands
        await self._note("commands", guild=guild, names=[command["name"] for command in commands])
        made = {"application_id": APPLICATION["id"], "version": "1", "default_member_permissions": None}
        return _json([{**made, "type": 1, **command, "id": str(self._next_id())} for command in commands])

    # ---- messages -----------------------------------------------------------------------------------

    def _message(self, channel: int, payload: Json) -> Json:
        kept = {key: payload[key] for key in ("content", "embeds") if payload.get(key) is not None}
        made = {"content": "", "embeds": [], "edited_timestamp": None, "attachments": [], "tts": False}
        who = {"author": BOT, "mentions": [], "mention_roles": [], "pinned": False, "type": 0}
        parse = payload.get("allowed_mentions", {"parse": ["everyone"]}).get("parse", [])
        pinged = "everyone" in parse and "@everyone" in payload.get("content", "")
        ident, when = str(self._next_id()), "2026-11-22T00:00:00+00:00"
        where = {"id": ident, "channel_id": str(channel), "timestamp": when, "mention_everyone": pinged}
        return {**made, **who, **where, **kept}

    async def _post(self, request: web.Request) -> web.Response:
        channel, payload = int(request.match_info["channel"]), await request.json()
        if refused := self._refused(channel, payload):
            return refused
        nonce = str(payload.get("nonce", ""))
        if payload.get("enforce_nonce") and nonce in self._nonces:
            await self._note("message-again", channel=channel, nonce=nonce)
            return _json(self._nonces[nonce])
        message = self._message(channel, payload)
        self.messages.setdefault(channel, []).append(message)
        answer = self._nonces[nonce] = {**message, "nonce": nonce}
        await self._note("message", channel=channel, nonce=nonce, payload=payload)
        return _json(answer)

    async def _patch(self, request: web.Request) -> web.Response:
        channel, payload = int(request.match_info["channel"]), await request.json()
        if refused := self._refused(channel, payload):
            return refused
        for message in self.messages.get(channel, []):
            if message["id"] == request.match_info["message"]:
                message.update({"embeds": payload["embeds"], "edited_timestamp": "2026-11-22T00:01:00+00:00"})
                await self._note("edit", channel=channel, message=message["id"], payload=payload)
                return _json(message)
        return _error(10008)

    async def _history(self, request: web.Request) -> web.Response:
        channel = int(request.match_info["channel"])
        if channel in self.barred:
            return _error(self.barred[channel])
        newest = self.messages.get(channel, [])[::-1]
        return _json(newest[: int(request.query.get("limit", 50))])

    def _refused(self, channel: int, payload: Json) -> web.Response | None:
        if channel in self.barred:
            return _error(self.barred[channel])
        if channel not in self.channels:
            return _error(10003)
        faults = message_faults(payload)
        return _error(50035, faults) if faults else None

    def forget_nonces(self) -> None:
        """Act as if the few minutes had passed for which Discord remembers a nonce."""
        self._nonces.clear()

    # ---- interactions -------------------------------------------------------------------------------

    async def _callback(self, request: web.Request) -> web.Response:
        interaction = self._interactions.get(request.match_info["token"])
        if interaction is None or time.monotonic() - interaction.asked_at > self.deadline:
            await self._note("answer-late")
            return _error(10062)
        if interaction.acknowledged is not None:
            await self._note("answer-twice")
            return _error(40060)
        body = await request.json()
        data = body.get("data") or {}
        if body["type"] == 4 and (faults := message_faults(data)):
            return _error(50035, faults)
        interaction.acknowledged = time.monotonic() - interaction.asked_at
        interaction.deferred = body["type"] == 5
        interaction.ephemeral = bool(data.get("flags", 0) & 1 << 6)
        message = self._message(self.channels[0], data)
        if not interaction.deferred:
            interaction.message = message
        await self._note("acknowledged", deferred=interaction.deferred)
        if "with_response" not in request.query:
            return web.Response(status=204)
        about = {"id": request.match_info["id"], "type": 2, "response_message_loading": interaction.deferred}
        return _json({"interaction": about, "resource": {"type": body["type"], "message": message}})

    async def _answer(self, request: web.Request) -> web.Response:
        interaction = self._interactions.get(request.match_info["token"])
        if interaction is None or interaction.acknowledged is None:
            return _error(10015)
        payload, files = await _with_files(request)
        if faults := message_faults(payload):
            await self._note("answer-refused", faults=faults)
            return _error(50035, faults)
        interaction.files = files
        interaction.message = self._message(self.channels[0], payload)
        await self._note("answer", message=interaction.message)
        return _json(interaction.message)


async def _with_files(request: web.Request) -> tuple[Json, dict[str, str]]:
    """Return the body of a request and the texts of its files by name.

    https://discord.com/developers/docs/reference#uploading-files: multipart, each file as `files[n]`, and in
    `payload_json` an attachment of the id n.
    """
    if request.content_type != "multipart/form-data":
        return await request.json(), {}
    form = await request.post()
    payload = json.loads(str(form["payload_json"]))
    parts = [form[f"files[{each['id']}]"] for each in payload["attachments"]]
    return payload, {p.filename: p.file.read().decode() for p in parts if isinstance(p, web.FileField)}


def _json(body: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Answer as Discord does: without a charset, and with the `Via` header that discord.py looks for."""
    data = json.dumps(body).encode()
    return web.Response(
        body=data,
        status=status,
        content_type="application/json",
        headers={"Via": "1.1 sample", **(headers or {})},
    )


def _error(code: int, faults: list[str] | None = None) -> web.Response:
    status, words = _WORDS[code]
    errors = {"errors": {"_errors": [{"code": "BASE", "message": "; ".join(faults)}]}} if faults else {}
    return _json({"message": words, "code": code, **errors}, status)


async def _serve(port: int, token: str) -> None:
    """Serve a bot in another process until the standard input ends; see the head of this file."""
    server = DiscordServer(token)
    server.tell = _print
    await server.start(port)
    _print({"event": "listening", "api_base": server.api_base, "gateway_url": server.gateway_url})
    while line := await asyncio.to_thread(sys.stdin.readline):
        order = json.loads(line)
        answer = await server.slash(order["slash"], order.get("options"))
        _print({"event": "shown", "acknowledged": answer.acknowledged, "message": answer.message})
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
