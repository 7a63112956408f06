"""How the Discord on loopback speaks HTTP: answers, refusals, faults, uploads and rate limits."""

import hashlib
import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Json = dict[str, Any]
FILE_SIZE = 10 << 20
"""Bytes of a file: https://discord.com/developers/docs/reference#uploading-files."""

_WORDS = {
    0: (401, "401: Unauthorized"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10066: (404, "Unknown application command permissions"),
    30034: (400, "Max number of daily application command creates has been reached (200)"),
    40005: (413, "Request entity too large"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50007: (403, "Cannot send messages to this user"),
    50013: (403, "Missing Permissions"),
    50027: (401, "Invalid Webhook Token"),
    50035: (400, "Invalid Form Body"),
    50083: (400, "Thread is archived"),
    50278: (403, "Cannot send messages to this user due to having no mutual guilds"),
    160002: (400, "Cannot reply without permission to read message history"),
    160004: (400, "A thread has already been created for this message"),
    160005: (400, "Thread is locked"),
    160006: (400, "Maximum number of active threads reached"),
}
BREACHES = frozenset({10015, 10062, 30034, 40005, 40060, 50027, 50035})
"""What a bot that keeps every limit and deadline never hears; the rest is what a server's people do to it."""


class Refused(Exception):
    """A request that is answered with an error code and what is wrong about it."""

    def __init__(self, code: int, faults: list[str] | None = None) -> None:
        super().__init__(code)
        self.code, self.faults = code, faults or []

    @property
    def words(self) -> str:
        """Return the error in words."""
        return ": ".join((_WORDS[self.code][1], *filter(None, ("; ".join(self.faults),))))

    def answer(self) -> web.Response:
        """Return it as Discord sends it."""
        status, words = _WORDS[self.code]
        base = {"errors": {"_errors": [{"code": "BASE", "message": "; ".join(self.faults)}]}}
        return answer({"message": words, "code": self.code, **(base if self.faults else {})}, status)


@dataclass
class Fault:
    """The next `times` requests whose method and path hold these go wrong, or of them each `every`-th."""

    method: str
    path: str
    status: int = 0
    """0: no answer comes."""
    body: Json = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1
    after: bool = False
    """The request is carried out, and only its answer is lost."""
    every: int = 1
    _met: int = 0

    def strikes(self, method: str, path: str) -> bool:
        """Say whether a request goes wrong, and count it."""
        if not self.times or method != self.method or self.path not in path:
            return False
        self._met += 1
        if self._met % self.every:
            return False
        self.times -= 1
        return True


def answer(body: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Answer as Discord does: without a charset, and with the `Via` header that discord.py looks for."""
    data = json.dumps(body).encode()
    return web.Response(
        body=data,
        status=status,
        content_type="application/json",
        headers={"Via": "1.1 sample", **(headers or {})},
    )


async def body_and_files(request: web.Request) -> tuple[Json, dict[str, tuple[str, bytes]]]:
    """Return the body of a request, and its files (name and content) by their number.

    https://discord.com/developers/docs/reference#uploading-files: multipart, each file as `files[n]`, and in
    `payload_json` an attachment of the id n.
    """
    if request.content_type != "multipart/form-data":
        return await request.json(), {}
    form = await request.post()
    files = {
        name.removeprefix("files[").removesuffix("]"): (part.filename, part.file.read())
        for name, part in form.items()
        if isinstance(part, web.FileField)
    }
    payload: Json = json.loads(str(form["payload_json"]))
    if len(files) > 10:
        raise Refused(50035, ["files: must be 10 or fewer in length"])
    if any(len(content) > FILE_SIZE for _, content in files.values()):
        raise Refused(40005)
    if strange := set(files) - {str(each["id"]) for each in _message_of(payload).get("attachments", [])}:
        raise Refused(50035, [f"attachments: no entry for files {', '.join(sorted(strange))}"])
    return payload, files


def _message_of(payload: Json) -> Json:
    """Return the message in a body; the first answer to an interaction has it inside."""
    return payload.get("data") or payload


GLOBAL = "global"
"""The limit of a bot over all routes, 50 a second on the real Discord; interactions are outside it."""
_APART = ("/interactions/", "/webhooks/")


@dataclass(frozen=True)
class Rate:
    """So many requests in so many seconds, of one route and one channel or server."""

    requests: int
    seconds: float


class Rates:
    """Buckets as https://discord.com/developers/docs/topics/rate-limits has them; `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.rates: dict[str, Rate] = {}
        """By method and route without its head, `POST /channels/{channel}/messages`, or `GLOBAL`."""
        self._clock = clock
        self._used: dict[tuple[str, str], tuple[float, int]] = {}

    def take(self, request: web.Request) -> tuple[dict[str, str], float]:
        """Count a request; return its headers, and the seconds to wait where there were too many."""
        resource = request.match_info.route.resource
        route = f"{request.method} {resource.canonical if resource else ''}".replace("/api/v10", "")
        if GLOBAL in self.rates and not any(part in route for part in _APART):
            _, wait = self._count(GLOBAL, "", self.rates[GLOBAL])
            if wait:
                return {"X-RateLimit-Global": "true"}, wait
        if route not in self.rates:
            return {}, 0.0
        major = request.match_info.get("channel", request.match_info.get("guild", ""))
        return self._count(route, major, self.rates[route])

    def _count(self, route: str, major: str, rate: Rate) -> tuple[dict[str, str], float]:
        now = self._clock()
        began, used = self._used.get((route, major), (now, 0))
        if now - began >= rate.seconds:
            began, used = now, 0
        over = used >= rate.requests
        used += not over
        self._used[route, major] = began, used
        wait = max(began + rate.seconds - now, 0.001)
        headers = {
            "X-RateLimit-Limit": str(rate.requests),
            "X-RateLimit-Remaining": str(rate.requests - used),
            "X-RateLimit-Reset-After": f"{math.ceil(wait * 1000) / 1000:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(route.encode()).hexdigest()[:16],
        }
        return headers, wait if over else 0.0
