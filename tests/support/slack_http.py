"""How the Slack on loopback speaks HTTP: arguments, refusals, faults and rate limits.

https://docs.slack.dev/apis/web-api.
"""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Json = dict[str, Any]


class Refused(Exception):
    """A call that is answered with an error code.

    `breach` tells what a bot that keeps every limit never does, in a sentence; without it the refusal is what
    people and their channels do to any bot.
    """

    def __init__(self, code: str, breach: str = "", **more: Any) -> None:
        super().__init__(code)
        self.code, self.breach, self.more = code, breach, more


@dataclass
class Fault:
    """How a request goes wrong: the next `times`, or of them each `every`-th, in `channel` or any.

    With `after` it goes wrong only once it was carried out. With `answer` Slack agrees, but says this in
    place of what it should; `page` is what no Slack would say.
    """

    status: int = 200
    error: str = "internal_error"
    answer: Json | None = None
    page: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    hang: bool = False
    """No answer comes until Slack is closed."""
    slow: float = 0.0
    """Seconds until the request is looked at; then nothing goes wrong."""
    after: bool = False
    times: int = 1
    every: int = 1
    channel: str = ""
    _met: int = 0

    def strikes(self, channel: str) -> bool:
        """Say whether a request goes wrong, and count it."""
        if not self.times or (self.channel and channel != self.channel):
            return False
        self._met += 1
        if self._met % self.every:
            return False
        self.times -= 1
        return True

    def response(self) -> web.Response:
        """Return what is answered."""
        if self.page is not None:
            return web.Response(text=self.page, content_type="text/html", status=self.status)
        body = {"ok": False, "error": self.error} if self.answer is None else {"ok": True, **self.answer}
        return web.json_response(body, status=self.status, headers=self.headers)


async def arguments(request: web.Request) -> Json:
    """Return the arguments of a call: from its address, and its body as JSON or as a form.

    Raises:
        Refused: the body is neither, or not whole.

    """
    given: Json = dict(request.query)
    if not request.can_read_body:
        return given
    match request.content_type:
        case "application/json":
            try:
                body = await request.json()
            except ValueError:
                raise Refused("invalid_json", "a body that is no JSON") from None
            if not isinstance(body, dict):
                raise Refused("json_not_object", "a body that is no JSON object")
            if request.charset is None:
                raise Refused("missing_charset", "JSON without a charset")
            return given | body
        case "application/x-www-form-urlencoded" | "multipart/form-data":
            return given | {name: str(value) for name, value in (await request.post()).items()}
        case other:
            raise Refused("invalid_post_type", f"a body of the type {other}")


def parsed(value: object, what: str) -> Any:
    """Return an argument that is JSON, also in a form.

    Raises:
        Refused: it is a text that is no JSON.

    """
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise Refused("invalid_arguments", f"{what} that is no JSON") from None


@dataclass(frozen=True)
class Rate:
    """So many requests, which come back one by one over so many seconds."""

    requests: int
    seconds: float


POSTS = "chat.postMessage in one channel"
"""About one a second, short bursts being forgiven."""
_EARLY = 0.05
"""Seconds by which two clocks may differ."""


class Rates:
    """Limits as https://docs.slack.dev/apis/web-api/rate-limits has them; `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.rates = {POSTS: Rate(5, 5.0)}
        """By method, such as `chat.update`, and `POSTS` for each channel."""
        self._left: dict[tuple[str, str], tuple[float, float]] = {}
        self._closed: dict[tuple[str, str], float] = {}

    def close(self, method: str, channel: str, seconds: float) -> None:
        """Ask for a pause: what comes sooner is told."""
        self._closed[method, self._place(method, channel)] = self.clock() + seconds

    def left(self) -> float:
        """Return the seconds until every pause is over."""
        return max([until - self.clock() for until in self._closed.values()] + [0.0])

    def rest(self) -> None:
        """Act as if nothing had been called for a while; pauses that were asked for go on."""
        self._left.clear()

    def take(self, method: str, channel: str) -> None:
        """Count a call.

        Raises:
            Refused: `ratelimited`, with `retry_after` in whole seconds.

        """
        place = self._place(method, channel)
        wait = self._closed.get((method, place), 0.0) - self.clock()
        if wait > _EARLY:
            self._refuse(wait, f"{method} {place}: called {wait:.1f} s before its Retry-After was over")
        if (wait := self._count(method, "")) > 0:
            self.close(method, channel, math.ceil(wait))
            self._refuse(wait, "")
        if method == "chat.postMessage" and (wait := self._count(POSTS, place)) > 0:
            self.close(method, channel, math.ceil(wait))
            self._refuse(wait, f"{method} {place}: more than one message a second")

    @staticmethod
    def _place(method: str, channel: str) -> str:
        return channel if method == "chat.postMessage" else ""

    @staticmethod
    def _refuse(wait: float, breach: str) -> None:
        raise Refused("ratelimited", breach, retry_after=max(math.ceil(wait), 1))

    def _count(self, name: str, place: str) -> float:
        """Take one of what is left of a limit; return the seconds until there is one, or 0."""
        rate = self.rates.get(name)
        if rate is None:
            return 0.0
        now, each = self.clock(), rate.seconds / rate.requests
        since, left = self._left.get((name, place), (now, float(rate.requests)))
        left = min(left + (now - since) / each, rate.requests)
        took = left >= 1
        self._left[name, place] = now, left - took
        return 0.0 if took else (1 - left) * each
