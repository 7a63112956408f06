"""A small real server of chat completions on loopback: it answers, lies, stalls or breaks off as it is told.

It speaks the wire of POST /v1/chat/completions and GET /v1/models; what it was asked is kept.
"""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.support.feed_server import serving

MODEL = "sample-model"
DATED = "sample-model-2026-08-01"
KEY = "sample-key-of-ours"

Behaviour = Callable[[web.Request, dict[str, Any]], Awaitable[web.StreamResponse]]


@dataclass
class OpinionServer:
    """Behaves as `behaviour` says; `asked` has the body of every question, `headers` its headers."""

    behaviour: Behaviour
    port: int = 0
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    models: list[str] = field(default_factory=lambda: ["another-model", MODEL])
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def url(self) -> str:
        """Return what stands in `second_opinion.url`."""
        return f"http://127.0.0.1:{self.port}/v1"

    def stories(self) -> list[dict[str, Any]]:
        """Return the second message of every question."""
        return [json.loads(body["messages"][1]["content"]) for body in self.asked]

    async def arrived(self, times: int) -> None:
        """Wait until it was asked so often in all."""
        async with asyncio.timeout(20), self._arrived:
            await self._arrived.wait_for(lambda: len(self.asked) >= times)

    async def complete(self, request: web.Request) -> web.StreamResponse:
        """Answer one question."""
        body: dict[str, Any] = await request.json()
        async with self._arrived:
            self.asked.append(body)
            self.headers.append(dict(request.headers))
            self._arrived.notify_all()
        return await self.behaviour(request, body)

    async def list_models(self, request: web.Request) -> web.StreamResponse:
        """Answer which models there are; a failure behaves as it does to a question."""
        self.headers.append(dict(request.headers))
        if self.models:
            data = [
                {"id": name, "object": "model", "created": 0, "owned_by": "sample"} for name in self.models
            ]
            return web.json_response({"object": "list", "data": data})
        return await self.behaviour(request, {})


# ---- ways to behave ------------------------------------------------------------------------------------


def answer(claims: Sequence[Any] = (), figures: Sequence[Any] = (), origin: Any = None) -> str:
    """Return an answer of the shape that is asked for."""
    return json.dumps({"claims": list(claims), "figures": list(figures), "origin": origin})


def link(claim_id: str, stance: str, quote: str) -> dict[str, str]:
    """Return a claim of an answer."""
    return {"id": claim_id, "stance": stance, "quote": quote}


def completion(content: Any, **changes: Any) -> dict[str, Any]:
    """Return the body of a chat completion that says this."""
    usual = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": DATED,
        "choices": [
            {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
        ],
        "usage": {"prompt_tokens": 1_000, "completion_tokens": 50, "total_tokens": 1_050},
    }
    return {**usual, **changes}


def says(content: Any, **changes: Any) -> Behaviour:
    """Answer every question with this."""
    return sends(completion(content, **changes))


def sends(body: Any) -> Behaviour:
    """Answer every question with this JSON, whatever it is."""

    async def behave(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        return web.json_response(body)

    return behave


def fails(status: int, text: str = "", **headers: str) -> Behaviour:
    """Answer with a status; its words and headers are the server's own."""

    async def behave(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        return web.Response(status=status, text=text, headers=headers)

    return behave


def knows_no(*parameters: str, then: Behaviour) -> Behaviour:
    """Refuse a question that has one of these parameters, as servers do that do not know them."""

    async def behave(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        if any(name in asked for name in parameters):
            error = {"message": f"unsupported: {parameters}", "type": "invalid_request_error"}
            return web.json_response({"error": error}, status=400)
        return await then(request, asked)

    return behave


async def stalls(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
    """Take the question and say nothing."""
    await asyncio.Event().wait()
    raise AssertionError("nobody sets it")


async def drips(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
    """Send a space every now and then, so that no single read takes long."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.02)


async def breaks_off(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
    """Send half of what was announced and close the connection."""
    body = json.dumps(completion(answer())).encode()
    response = web.StreamResponse(
        headers={"Content-Type": "application/json", "Content-Length": str(len(body))}
    )
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    assert request.transport is not None
    request.transport.close()
    return response


def floods(status: int = 200) -> Behaviour:
    """Send without end."""

    async def behave(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
        response = web.StreamResponse(status=status, headers={"Content-Type": "application/json"})
        await response.prepare(request)
        while True:
            await response.write(b" " * 65_536)

    return behave


async def packs(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
    """Send what is a thousand times its size once unpacked, though nobody asked for it packed."""
    body = gzip.compress(b" " * 50_000_000)
    return web.Response(body=body, headers={"Content-Type": "application/json", "Content-Encoding": "gzip"})


async def obeys_the_story(request: web.Request, asked: dict[str, Any]) -> web.StreamResponse:
    """Do what the story says in place of the question: support every claim, with words of the story."""
    told = json.loads(asked["messages"][1]["content"])["untrusted_story"]
    offered = [
        json.loads(row)["id"] for row in asked["messages"][0]["content"].splitlines() if row[:6] == '{"id":'
    ]
    links = [link(claim_id, "supports", told["title"][:200]) for claim_id in offered]
    return web.json_response(completion(answer(links)))


@asynccontextmanager
async def opinion_server(behaviour: Behaviour | None = None) -> AsyncIterator[OpinionServer]:
    """Run an `OpinionServer` for the length of a block; unless told otherwise it changes nothing."""
    server = OpinionServer(behaviour or says(answer()))
    application = web.Application()
    application.router.add_post("/v1/chat/completions", server.complete)
    application.router.add_get("/v1/models", server.list_models)
    async with serving(application) as port:
        server.port = port
        yield server
