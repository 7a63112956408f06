"""Which addresses a feed may be fetched from: public ones, and those that the operator allows by name.

A feed, or whoever it redirects to, must not make us ask machines on our own network (SSRF).
"""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are the IPv4 address that is reached

Address = IPv4Address | IPv6Address


def literal(host: str) -> Address | None:
    """Return the address that a host spells out, or None where it is a name.

    Every spelling that the system's resolver takes counts: `127.1`, `2130706433`, `0x7f.1`.
    """
    try:
        return ip_address(host.strip("[]").replace("%25", "%"))
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


def is_public(address: Address) -> bool:
    """Say whether an address is one of the open Internet (the IANA special-purpose registries).

    Private, loopback, link-local, multicast, reserved, unspecified and carrier-grade NAT ones are not. An
    IPv6 address that stands for an IPv4 one (mapped, 6to4, NAT64) is as public as that one.
    """
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def host_port(host: str, port: int) -> str:
    """Return what names a host in `watch.allow_hosts`: `feeds.example.org:8080`, `[::1]:8080`."""
    name = host.lower().removesuffix(".")
    return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"
