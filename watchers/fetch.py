"""The network, and the only one: a polite conditional GET of one feed that never raises for trouble.

The manners are those of RFC 9110 (conditional requests 13, redirects 15.4, Retry-After 10.2.3).
"""

import asyncio
import errno
import os
import socket
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version
from ipaddress import ip_address
from types import TracebackType
from typing import Self
from weakref import WeakValueDictionary

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from claims.clock import Clock, utc_now
from claims.feeds import Checkpoint
from claims.text import one_line
from watchers.addresses import host_port, is_public, literal

MAX_REDIRECTS = 5
"""Hops followed for one feed. RFC 2068, 10.3, advised five; its successors name no number."""

FETCHES_AT_ONCE = 16
"""As many as miniflux has workers; nearly all of a fetch is waiting for a server."""

_PERMANENT = frozenset((301, 308))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_CHUNK = 65_536  # bytes
_SHOWN = 200  # characters of an address in an error: a redirect may name an endless one
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
)


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """What a fetch may cost and whom it may ask."""

    contact: str
    """A web or mail address that stands in the User-Agent; may be empty."""
    timeout_seconds: float
    """For one feed from the first request to the last byte, redirects included."""
    max_body_bytes: int
    """Of the body after unpacking."""
    per_host: int
    """Requests at once to one host."""
    allow_hosts: frozenset[str] = frozenset()
    """`host:port` as written in the URL: these may be on private addresses."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """The feed answered with a body."""

    body: bytes
    url: str
    """Where the body came from: the address asked, letter for letter, unless we were redirected."""
    moved: bool
    """We were redirected to `url`, and every hop said that it is for good."""
    content_type: str | None
    """The whole header: `text/xml; charset=euc-kr`."""
    etag: str | None
    """Validators hold for `url` alone; opaque, to be sent back as they are."""
    last_modified: str | None
    retry_after: float | None
    """Seconds."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Nothing new since the validators that we sent; they may be renewed (RFC 9111, 4.3.4)."""

    etag: str | None
    last_modified: str | None
    retry_after: float | None
    """Seconds."""


@dataclass(frozen=True, slots=True)
class FetchFailed:
    """No feed this time."""

    error: str
    """One sentence that a person can read."""
    gone: bool = False
    """The server says that it will never be back (410)."""
    retry_after: float | None = None
    """Seconds."""


FetchResult = Fetched | Unchanged | FetchFailed


class _PrivateAddress(OSError):
    """A name leads to private addresses only."""


@dataclass(frozen=True, slots=True)
class _Redirect:
    to: str
    permanent: bool


class _PublicResolver(AbstractResolver):
    """Resolves names and drops the addresses that may not be asked.

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
            OSError: there are none.

        """
        found = await self._system.resolve(host, port, family)
        if host_port(host, port) in self._allow_hosts:
            return found
        public = [address for address in found if is_public(ip_address(address["host"]))]
        if not public:
            raise _PrivateAddress
        return public

    async def close(self) -> None:
        """Let go of the system's resolver."""
        await self._system.close()


class Fetcher:
    """Fetches feeds; made inside a running event loop, closed with `close()` or as a context manager."""

    def __init__(self, policy: FetchPolicy, clock: Clock = utc_now) -> None:
        self._policy = policy
        self._clock = clock
        self._allowed = frozenset(name.lower() for name in policy.allow_hosts)
        self._slots: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._free = asyncio.Semaphore(FETCHES_AT_ONCE)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=_PublicResolver(self._allowed), limit=0),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
            headers={"User-Agent": user_agent(policy.contact), "Accept": _ACCEPT},
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        """Return itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        await self.close()

    async def close(self) -> None:
        """Let go of connections; calling it twice does no harm."""
        await self._session.close()

    async def fetch(self, checkpoint: Checkpoint) -> FetchResult:
        """Ask a feed for what is new since its checkpoint.

        Validators go only to the address that gave them, never along a redirect. Waiting for a turn, of
        which a host has `per_host` and all hosts `FETCHES_AT_ONCE`, does not count towards the timeout.
        """
        left = self._policy.timeout_seconds
        address, conditions, moved = checkpoint.current_url, _conditions(checkpoint), False
        permanent = True
        loop = asyncio.get_running_loop()
        where = address
        try:
            for _ in range(MAX_REDIRECTS + 1):
                url = self._checked(address)
                if isinstance(url, FetchFailed):
                    return url
                where = url.host or address
                # The host's slot first: feeds that wait for a slow host must not hold up the others.
                async with self._slot(where), self._free:
                    started = loop.time()
                    async with asyncio.timeout(left):
                        answer = await self._ask(url, address, conditions, moved=moved)
                    left -= loop.time() - started
                if not isinstance(answer, _Redirect):
                    return answer
                permanent = permanent and answer.permanent
                address, conditions, moved = answer.to, {}, permanent
        except TimeoutError:
            return FetchFailed(f"{where} did not answer within {self._policy.timeout_seconds:g} seconds")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return FetchFailed(_sentence(where, error))
        return FetchFailed(f"{where} redirected us more than {MAX_REDIRECTS} times")

    def _slot(self, host: str) -> asyncio.Semaphore:
        return self._slots.setdefault(host, asyncio.Semaphore(self._policy.per_host))

    def _checked(self, address: str) -> URL | FetchFailed:
        shown = one_line(address[:_SHOWN])
        try:
            url = URL(address)
        except ValueError:
            return FetchFailed(f"{shown} is not a web address")
        if url.scheme not in ("http", "https") or not url.raw_host or not url.port:
            return FetchFailed(f"{shown} is not a web address")
        if url.raw_user is not None or url.raw_password is not None:
            return FetchFailed(f"the address at {url.host} holds a name or password, which we do not send")
        name, number = host_port(url.raw_host, url.port), literal(url.raw_host)
        if number is not None and name not in self._allowed and not is_public(number):
            return FetchFailed(_private(url))
        return url

    async def _ask(
        self, url: URL, address: str, conditions: dict[str, str], *, moved: bool
    ) -> FetchResult | _Redirect:
        try:
            async with self._session.get(url, headers=conditions, allow_redirects=False) as response:
                if response.status in _REDIRECTS:
                    return _redirect(url, response)
                return await self._read(address, response, conditional=bool(conditions), moved=moved)
        except aiohttp.ClientConnectorDNSError as error:
            if isinstance(error.os_error, _PrivateAddress):
                return FetchFailed(_private(url))
            raise

    async def _read(
        self, address: str, response: aiohttp.ClientResponse, *, conditional: bool, moved: bool
    ) -> FetchResult:
        retry_after = self._retry_after(response)
        etag, last_modified = _opaque(response, "ETag"), _opaque(response, "Last-Modified")
        if response.status == HTTPStatus.NOT_MODIFIED and conditional:
            return Unchanged(etag, last_modified, retry_after)
        if response.status != HTTPStatus.OK:
            error = f"{response.url.host} answered {_status(response.status)}"
            return FetchFailed(error, gone=response.status == HTTPStatus.GONE, retry_after=retry_after)
        body = bytearray()
        async for chunk in response.content.iter_chunked(_CHUNK):
            body += chunk
            if len(body) > self._policy.max_body_bytes:
                return FetchFailed(f"{response.url.host} sent more than {_size(self._policy.max_body_bytes)}")
        return Fetched(
            body=bytes(body),
            url=address,
            moved=moved,
            content_type=response.headers.get("Content-Type"),
            etag=etag,
            last_modified=last_modified,
            retry_after=retry_after,
        )

    def _retry_after(self, response: aiohttp.ClientResponse) -> float | None:
        """Read both forms of RFC 9110, 10.2.3; what is neither says nothing."""
        text = response.headers.get("Retry-After", "").strip()
        if text.isascii() and text.isdigit():
            return float(text)
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, OverflowError):
            return None
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (aware - self._clock()).total_seconds())


def user_agent(contact: str) -> str:
    """Return who we say we are: `Claimwatch/0.1.0 (+https://example.org/about)`."""
    try:
        number = version("claimwatch")
    except PackageNotFoundError:  # run from a checkout that was never installed
        number = "dev"
    words = one_line(contact).encode("ascii", "ignore").decode()
    return f"Claimwatch/{number} (+{words})" if words else f"Claimwatch/{number}"


def _conditions(checkpoint: Checkpoint) -> dict[str, str]:
    """Both validators, as RFC 9110, 13.1.3 advises; the server decides which it looks at."""
    sent = {"If-None-Match": checkpoint.etag, "If-Modified-Since": checkpoint.last_modified}
    return {name: value for name, value in sent.items() if value}


def _opaque(response: aiohttp.ClientResponse, name: str) -> str | None:
    """Return a validator, or None where it could not be kept and sent back byte for byte."""
    value = response.headers.get(name)
    return value if value and value.isascii() and value.isprintable() else None


def _redirect(url: URL, response: aiohttp.ClientResponse) -> _Redirect | FetchFailed:
    location = response.headers.get("Location", "").strip()
    try:
        target = url.join(URL(location))
    except ValueError:
        target = url
    if target == url:
        return FetchFailed(f"{url.host} answered {_status(response.status)} but named no other address")
    return _Redirect(str(target), response.status in _PERMANENT)


def _private(url: URL) -> str:
    name = host_port(url.raw_host or "", url.port or 0)
    return f"{url.host} is a private address; add {name} to watch.allow_hosts to allow it"


def _status(code: int) -> str:
    """Return the number with our words for it: a server's own words are not repeated."""
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


def _size(count: int) -> str:
    return f"{count / 2**20:.3g} MiB" if count >= 2**20 else f"{count:,} bytes"


def _sentence(host: str, error: Exception) -> str:
    """Return what went wrong in words of ours."""
    match error:
        case aiohttp.ClientConnectorDNSError():
            return f"{host} was not found: no address is known for that name"
        case aiohttp.ClientConnectorCertificateError():
            return f"{host} showed a certificate that cannot be trusted"
        case aiohttp.ClientSSLError():
            return f"{host} could not agree with us on a secure connection"
        case aiohttp.ClientConnectorError():
            if error.os_error.errno == errno.ECONNREFUSED:
                return f"{host} refused the connection"
            return f"{host} could not be reached{_system_words(error.os_error)}"
        case aiohttp.ClientPayloadError():
            return f"{host} sent an answer that is cut off or damaged"
        case aiohttp.ClientResponseError():
            return f"{host} sent an answer that is not proper HTTP"
        case aiohttp.InvalidURL() | UnicodeError():
            return f"{host} is not a name that can be looked up"
        case OSError() | aiohttp.ClientConnectionError():
            return f"{host} closed the connection"
    return f"{host} could not be fetched ({type(error).__name__})"


def _system_words(error: OSError) -> str:
    return f": {os.strerror(error.errno).lower()}" if error.errno else ""
