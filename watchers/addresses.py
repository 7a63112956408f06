"""Which addresses a feed may be fetched from: public ones, and those that the operator allows by name.

A feed, or whoever it redirects to, must not make us ask machines on our own network (SSRF).
"""

import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from yarl import URL

from claims.text import one_line

_SHOWN = 200  # characters of an address in an error: a redirect may name an endless one
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are the IPv4 address that is reached
_INNER = (
    IPv4Network("192.0.0.0/24"),  # RFC 6890; a metadata server stands there, older Pythons call it global
    IPv4Network("168.63.129.16/32"),  # where Azure answers its own machines, public by number alone
)

Address = IPv4Address | IPv6Address


class Refused(ValueError):
    """An address that we do not ask; the words are a sentence for a person."""


def checked(address: str, allow_hosts: frozenset[str], *, asked: bool) -> URL:
    """Return a web address that may be fetched, as far as can be seen before its name is looked up.

    Args:
        address: anything that a feed or a server may write.
        allow_hosts: in the form of `host_port`; these may be private.
        asked: it is the address that was asked for, and not one that we were redirected to.

    Raises:
        Refused: it is none.

    """
    try:
        url = URL(address)
    except ValueError:
        url = URL()
    if url.scheme not in ("http", "https") or not url.raw_host or not url.port:
        raise Refused(f"{one_line(address[:_SHOWN])} is not a web address")
    if url.raw_user is not None or url.raw_password is not None:
        raise Refused(f"the address at {url.host} holds a name or password, which we do not send")
    if host_port(url.raw_host, url.port) not in allow_hosts:
        number = literal(url.raw_host)
        if number is not None and not is_public(number):
            raise Refused(private_words(url, asked=asked))
    return url


def private_words(url: URL, *, asked: bool) -> str:
    """Return that an address is private; what to do about it only where nobody was redirected there."""
    if not asked:
        return f"{url.host} is a private address, and we were redirected there"
    name = host_port(url.raw_host or "", url.port or 0)
    return f"{url.host} is a private address; add {name} to watch.allow_hosts to allow it"


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

    Private, loopback, link-local, multicast, reserved, unspecified and carrier-grade NAT ones are not, nor
    where a cloud answers its own machines. An
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
    if any(address in network for network in _INNER):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def host_port(host: str, port: int) -> str:
    """Return what names a host in `watch.allow_hosts`: `feeds.example.org:8080`, `[::1]:8080`."""
    name = host.lower().removesuffix(".")
    return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"
