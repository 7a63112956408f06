"""Names to addresses, of which those that may not be asked are dropped."""

import socket
from ipaddress import ip_address

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from watchers.addresses import host_port, is_public


class PrivateAddress(OSError):
    """A name leads to private addresses only."""


class PublicResolver(AbstractResolver):
    """The system's resolver without the addresses that may not be asked.

    It stands in the connector, so that the address checked is the address connected to: a check made
    before the request could be answered differently a moment later (DNS rebinding).
    """

    def __init__(self, allow_hosts: frozenset[str]) -> None:
        self._allow_hosts = allow_hosts
        self._system = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a name that may be asked.

        Raises:
            PrivateAddress: there are some, but none that may be asked.
            OSError: there are none.

        """
        found = await self._system.resolve(host, port, family)
        if host_port(host, port) in self._allow_hosts:
            return found
        public = [address for address in found if is_public(ip_address(address["host"]))]
        if not public:
            raise PrivateAddress
        return public

    async def close(self) -> None:
        """Let go of the system's resolver."""
        await self._system.close()
