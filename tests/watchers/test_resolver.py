"""Which addresses of a name are asked."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp.abc import ResolveResult

from watchers.resolver import PrivateAddress, PublicResolver, look_up

PUBLIC, OTHER, INNER, INNER_6 = "8.8.8.8", "2606:4700::1111", "10.0.0.1", "fe80::1%eth0"


def found(host: str, address: str) -> ResolveResult:
    """Return one address of a name."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(hostname=host, host=address, port=80, family=family, proto=6, flags=0)


@asynccontextmanager
async def resolving(names: Callable[[str], list[str]], *allowed: str) -> AsyncIterator[PublicResolver]:
    """Build a resolver for which names lead where the function says."""
    resolver = PublicResolver(frozenset(allowed), lambda host, *_: [found(host, a) for a in names(host)])
    try:
        yield resolver
    finally:
        await resolver.close()


@pytest.mark.parametrize(
    ("addresses", "asked"),
    [
        ([PUBLIC], [PUBLIC]),
        ([PUBLIC, INNER, OTHER], [PUBLIC, OTHER]),
        ([INNER_6, OTHER], [OTHER]),
    ],
)
async def test_of_a_name_only_public_addresses_are_asked(addresses: list[str], asked: list[str]) -> None:
    """A name with a foot inside is asked outside alone."""
    async with resolving(lambda _: addresses) as resolver:
        assert [address["host"] for address in await resolver.resolve("mixed.example", 80)] == asked


async def test_a_name_that_leads_inside_is_refused_unless_it_is_allowed() -> None:
    """Host and port must be allowed together; nothing is remembered of an earlier answer."""
    answers = iter([[PUBLIC], [INNER], [INNER, INNER_6], [INNER]])
    async with resolving(lambda _: next(answers), "inner.example:8080") as resolver:
        assert len(await resolver.resolve("rebound.example", 80)) == 1
        for host, port in (("rebound.example", 80), ("inner.example", 80)):
            with pytest.raises(PrivateAddress):
                await resolver.resolve(host, port)
        assert [address["host"] for address in await resolver.resolve("inner.example", 8080)] == [INNER]


async def test_name_servers_that_never_answer_hold_up_nobody() -> None:
    """However many names hang, within the fetches that run at once, another is found."""
    answered = threading.Event()

    def names(host: str) -> list[str]:
        if host.startswith("hangs"):
            answered.wait(20)
        return [PUBLIC]

    async with resolving(names) as resolver:
        hanging = [asyncio.create_task(resolver.resolve(f"hangs-{n}.example", 80)) for n in range(60)]
        try:
            assert await asyncio.wait_for(resolver.resolve("quick.example", 80), 10)
            assert not any(task.done() for task in hanging)
        finally:
            answered.set()
            await asyncio.gather(*hanging)


def test_the_system_is_asked_for_names() -> None:
    """Loopback is found by its name, and a name that cannot exist is an error."""
    assert "127.0.0.1" in [address["host"] for address in look_up("localhost", 80, socket.AF_INET)]
    with pytest.raises(OSError, match=r"\w"):
        look_up("no-such-host.invalid", 80, socket.AF_UNSPEC)
