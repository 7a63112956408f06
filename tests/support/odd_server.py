"""A server on loopback that says what no web framework would: every path answers what a table says.

One request to a connection. `{origin}` in a header or a body becomes the server's own `http://host:port`.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its path with the query, and its headers by lower-case name."""

    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """A proper answer; `headers` are whole lines, and a Content-Length is added where none stands there."""

    body: bytes
    headers: tuple[str, ...]
    status: str

    def wire(self, origin: str) -> bytes:
        """Return the bytes of the answer."""
        body = self.body.replace(b"{origin}", origin.encode())
        lines = [f"HTTP/1.1 {self.status}", "Connection: close", *self.headers]
        if not any(line.lower().startswith(("content-length:", "transfer-encoding:")) for line in lines):
            lines.append(f"Content-Length: {len(body)}")
        head = "\r\n".join((*lines, "", "")).replace("{origin}", origin)
        return head.encode("utf-8") + body


Talk = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]
Reply = Answer | bytes | Talk | Callable[[Asked], Answer]
"""An answer, bytes to say as they are, what talks as it likes, or what looks at the request first."""


def answer(body: bytes | str = b"", *headers: str, status: str = "200 OK") -> Answer:
    """Return an answer with these lines as headers."""
    return Answer(body.encode() if isinstance(body, str) else body, headers, status)


def moved(code: int, location: str, *headers: str) -> Answer:
    """Return a redirect."""
    return answer(b"", f"Location: {location}", *headers, status=f"{code} Sample")


def conditional(body: str, *validators: str, renewed: tuple[str, ...] = ()) -> Callable[[Asked], Answer]:
    """Return what answers 304, with headers of its own, to whoever sends one of the validators back."""
    values = {line.partition(":")[2].strip() for line in validators}

    def look(asked: Asked) -> Answer:
        sent = {asked.headers.get("if-none-match"), asked.headers.get("if-modified-since")}
        if sent & values:
            return answer(b"", *renewed, status="304 Not Modified")
        return answer(body, *validators)

    return look


def forever(head: bytes, again: bytes, pause: float = 0.0) -> Talk:
    """Return what says `head` and then `again` as long as anybody listens."""

    async def talk(_: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(again)
            await writer.drain()
            await asyncio.sleep(pause)

    return talk


@dataclass
class OddServer:
    """Answers by path and by how often that path was asked; the last answer of a path stays."""

    replies: Mapping[str, tuple[Reply, ...]]
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    _times: Counter[str] = field(default_factory=Counter)

    @property
    def host_port(self) -> str:
        """Return what stands in `watch.allow_hosts`."""
        return f"127.0.0.1:{self.port}"

    @property
    def origin(self) -> str:
        """Return what stands before a path."""
        return f"http://{self.host_port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            try:
                first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").splitlines()
                pairs = (line.partition(":") for line in lines if line)
                path = first.split()[1]
                asked = Asked(path, {name.lower(): value.strip() for name, _, value in pairs})
                await self._reply(asked, writer)
                await writer.drain()
            finally:
                writer.close()

    async def _reply(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        self.asked.append(asked)
        replies = self.replies.get(asked.path, (answer(status="404 Not Found"),))
        reply = replies[min(self._times[asked.path], len(replies) - 1)]
        self._times[asked.path] += 1
        if isinstance(reply, bytes):
            writer.write(reply.replace(b"{origin}", self.origin.encode()))
        elif isinstance(reply, Answer):
            writer.write(reply.wire(self.origin))
        elif asyncio.iscoroutinefunction(reply):
            await reply(asked, writer)
        else:
            writer.write(reply(asked).wire(self.origin))


@asynccontextmanager
async def odd_server(replies: Mapping[str, tuple[Reply, ...]]) -> AsyncIterator[OddServer]:
    """Run the server for the length of a block; whoever still talks at its end is cut off."""
    server = OddServer(replies)
    talking: set[asyncio.Task[None]] = set()

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(server.serve(reader, writer))
        talking.add(task)
        task.add_done_callback(talking.discard)

    running = await asyncio.start_server(served, "127.0.0.1", 0, limit=2**20)
    server.port = running.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        for task in [*talking]:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)
        running.close()
        await running.wait_closed()
