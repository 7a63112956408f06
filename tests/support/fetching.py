"""A fetch of something on loopback, and servers that say what no web framework would."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from watchers.fetched import FetchFailed, FetchPolicy, FetchResult


def policy(*allow_hosts: str, **changes: Any) -> FetchPolicy:
    """Return a policy that is generous with time and allows these hosts."""
    usual = FetchPolicy(
        contact="https://watch.example/about",
        timeout_seconds=20.0,
        max_body_bytes=1_000_000,
        per_host=2,
        allow_hosts=frozenset(allow_hosts),
    )
    return replace(usual, **changes)


def failure(result: FetchResult) -> FetchFailed:
    """Return the result as the failure that it must be."""
    assert isinstance(result, FetchFailed)
    return result


@asynccontextmanager
async def raw_server(
    talk: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> AsyncIterator[str]:
    """Run a server that talks as it likes after a request; yield its `host:port`."""

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await talk(reader, writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    running = await asyncio.start_server(served, "127.0.0.1", 0)
    try:
        yield f"127.0.0.1:{running.sockets[0].getsockname()[1]}"
    finally:
        running.close()
        await running.wait_closed()


@asynccontextmanager
async def saying(said: bytes) -> AsyncIterator[str]:
    """Run a server that answers any request with these bytes and hangs up; yield its `host:port`."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(said)

    async with raw_server(talk) as name:
        yield name


@asynccontextmanager
async def endless(head: bytes, again: bytes) -> AsyncIterator[str]:
    """Run a server that says `head` and then `again` as long as anybody listens; yield its `host:port`."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(again)
            await writer.drain()
            await asyncio.sleep(0.005)

    async with raw_server(talk) as name:
        yield name
