"""Names to addresses, of which those that may not be asked are dropped."""

import asyncio
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address

from aiohttp.abc import AbstractResolver, ResolveResult

from watchers.addresses import host_port, is_public
from watchers.hosts import FETCHES_AT_ONCE

_NUMERIC = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV


class PrivateAddress(OSError):
    """A name leads to private addresses only."""


def look_up(host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
    """Return the addresses that the system knows of a name; may take as long as its name servers do.

    Raises:
        OSError: there are none.

    """
    found = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    return [
        ResolveResult(
            hostname=host, host=str(address[0]), port=port, family=kind, proto=protocol, flags=_NUMERIC
        )
        for kind, _, protocol, _, address in found
    ]


class PublicResolver(AbstractResolver):
    """The system's resolver without the addresses that may not be asked.

    It stands in the connector, so that the address checked is the address connected to: a check made
    before the request could be answered differently a moment later (DNS rebinding). Every fetch has a
    thread of its own if need be: a name server that does not answer holds one, and nobody else waits for it.
    """

    def __init__(
        self,
        allow_hosts: frozenset[str],
        look_up: Callable[[str, int, socket.AddressFamily], list[ResolveResult]] = look_up,
    ) -> None:
        self._allow_hosts = allow_hosts
        self._look_up = look_up
        self._threads = ThreadPoolExecutor(FETCHES_AT_ONCE, thread_name_prefix="names")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a name that may be asked.

        Raises:
            PrivateAddress: there are some, but none that may be asked.
            OSError: there are none.

        """
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, self._look_up, host, port, family)
        if host_port(host, port) in self._allow_hosts:
            return found
        public = [address for address in found if is_public(ip_address(address["host"]))]
        if not public:
            raise PrivateAddress
        return public

    async def close(self) -> None:
        """Let go of the threads; one that still waits for a name server ends with it."""
        self._threads.shutdown(wait=False, cancel_futures=True)
