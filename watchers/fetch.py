"""The network, and the only one: a polite conditional GET that never raises for trouble.

The manners are those of RFC 9110 (conditional requests 13, redirects 15.4, Retry-After 10.2.3).
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus

import aiohttp
from yarl import URL

from claims.clock import Clock, utc_now
from claims.feeds import Checkpoint
from watchers.addresses import Refused, checked, host_port
from watchers.closing import Closing
from watchers.fetch_words import is_ours, sentence, size_words, status_words
from watchers.fetched import Fetched, FetchFailed, FetchPolicy, FetchResult, Held, Unchanged
from watchers.headers import fresh_seconds, packed_otherwise, retry_after, user_agent, validator
from watchers.hosts import Hosts
from watchers.resolver import PublicResolver
from watchers.robots import Refusal
from watchers.unpack import PackedBadly, unpacked

MAX_REDIRECTS = 5
"""Hops followed for one document. RFC 2068, 10.3, advised five; its successors name no number."""
MAX_HEADERS = 128
"""In one answer, each of at most `MAX_HEADER_BYTES`: the client's own limits, which real servers keep."""
MAX_HEADER_BYTES = 8_190

_PERMANENT = frozenset((301, 308))
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_CHUNK = 65_536  # bytes
_FEEDS = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.9, */*;q=0.1"
)
_PAGES = "text/html, application/xhtml+xml, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked for along one chain of redirects."""

    address: str
    accept: str
    conditions: Mapping[str, str] = field(default_factory=dict)
    conditions_of: str | None = None
    """The address that gave the validators, and gets them back."""
    refusal: Refusal | None = None
    """What says of an address that robots.txt does not let us; None where nobody has to be asked."""

    def conditions_at(self, address: str) -> Mapping[str, str]:
        """Return what an address is sent of the validators."""
        return self.conditions if address == self.conditions_of else {}


@dataclass(frozen=True, slots=True)
class _Hop:
    """One request of the chain."""

    url: URL
    address: str
    """`url` letter for letter."""
    first: bool
    moved: bool
    """Redirects led here, and every one is for good."""


@dataclass(frozen=True, slots=True)
class _Redirect:
    to: str
    permanent: bool
    plainly: bool = False
    """No conditions are sent from there on."""


class Fetcher(Closing):
    """Fetches feeds and pages; made inside a running event loop, closed when it is done with."""

    def __init__(self, policy: FetchPolicy, clock: Clock = utc_now) -> None:
        self._policy = policy
        self._clock = clock
        self._allowed = frozenset(name.lower() for name in policy.allow_hosts)
        self._hosts = Hosts(policy.per_host, policy.host_pause_seconds, clock)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=PublicResolver(self._allowed), limit=0),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, connect=policy.connect_seconds),
            headers={"User-Agent": user_agent(policy.contact)},
            max_line_size=MAX_HEADER_BYTES,
            max_field_size=MAX_HEADER_BYTES,
            max_headers=MAX_HEADERS,
            trust_env=False,
        )

    async def close(self) -> None:
        """Let go of connections; calling it twice does no harm."""
        await self._session.close()

    async def fetch(self, checkpoint: Checkpoint) -> FetchResult:
        """Ask a feed for what is new since its checkpoint.

        Validators go only to the address that gave them, also where a redirect leads to it; where the answer
        to them is not proper HTTP, the address is asked once more without. Waiting for a turn, of which a
        host has `per_host` and all hosts `FETCHES_AT_ONCE`, does not count towards the timeout.
        """
        # Both, as RFC 9110, 13.1.3 advises; the server decides which it looks at.
        sent = {"If-None-Match": checkpoint.etag, "If-Modified-Since": checkpoint.last_modified}
        conditions = {name: value for name, value in sent.items() if value}
        return await self._follow(
            _Wanted(checkpoint.current_url, _FEEDS, conditions, checkpoint.validators_of)
        )

    async def get(self, url: str, *, refusal: Refusal | None = None) -> FetchResult:
        """Ask for a page, robots.txt or anything else of which nothing is remembered; never `Unchanged`.

        Args:
            url: its address; where it comes from does not matter, it is checked as a feed's is.
            refusal: says of it, and of each address that it redirects to, where robots.txt does not let us.

        """
        return await self._follow(_Wanted(url, _PAGES, refusal=refusal))

    async def _follow(self, wanted: _Wanted) -> FetchResult:
        left = self._policy.timeout_seconds
        address, permanent = wanted.address, True
        loop = asyncio.get_running_loop()
        for _ in range(MAX_REDIRECTS + 1):
            first = address == wanted.address
            try:
                url = checked(address, self._allowed, asked=first)
            except Refused as error:
                return FetchFailed(str(error), ours=True)
            if wanted.refusal and (refused := await wanted.refusal(address)):
                return refused
            async with self._hosts.turn(url) as quiet_until:
                if quiet_until:
                    return Held(quiet_until)
                started = loop.time()
                hop = _Hop(url, address, first=first, moved=permanent and not first)
                answer = await self._within(left, wanted, hop)
                left -= loop.time() - started
            if not isinstance(answer, _Redirect):
                return answer
            permanent = permanent and answer.permanent
            address = answer.to
            if answer.plainly:
                wanted = replace(wanted, conditions={})
        return FetchFailed(f"{url.host} redirected us more than {MAX_REDIRECTS} times")

    async def _within(self, seconds: float, wanted: _Wanted, hop: _Hop) -> FetchResult | _Redirect:
        host = hop.url.host
        try:
            async with asyncio.timeout(seconds):
                return await self._ask(wanted, hop)
        except aiohttp.ConnectionTimeoutError:
            most = self._policy.connect_seconds
            return FetchFailed(f"{host} did not take our call within {most:g} seconds", ours=True)
        except TimeoutError:
            most = self._policy.timeout_seconds
            return FetchFailed(f"{host} did not answer within {most:g} seconds", ours=True)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if isinstance(error, aiohttp.ClientResponseError) and wanted.conditions_at(hop.address):
                # So a 304 looks to the client with which a broken cache sends a body.
                return _Redirect(hop.address, permanent=True, plainly=True)
            return FetchFailed(sentence(hop.url, error, asked=hop.first), ours=is_ours(error))

    async def _ask(self, wanted: _Wanted, hop: _Hop) -> FetchResult | _Redirect:
        conditions = wanted.conditions_at(hop.address)
        headers = {"Accept": wanted.accept, **conditions}
        async with self._session.get(hop.url, headers=headers, allow_redirects=False) as response:
            if response.status in _REDIRECTS:
                return _redirect(hop.url, response)
            if response.status == HTTPStatus.NOT_MODIFIED and conditions:
                return self._unchanged(hop, response)
            if response.status != HTTPStatus.OK:
                return self._refused(hop, response)
            return await self._read(hop, response)

    def _unchanged(self, hop: _Hop, response: aiohttp.ClientResponse) -> Unchanged:
        now = self._clock()
        return Unchanged(
            url=hop.address,
            moved=hop.moved,
            etag=validator(response.headers, "ETag"),
            last_modified=validator(response.headers, "Last-Modified"),
            retry_after=retry_after(response.headers, now),
            fresh_seconds=fresh_seconds(response.headers, now),
        )

    def _refused(self, hop: _Hop, response: aiohttp.ClientResponse) -> FetchFailed:
        wait = retry_after(response.headers, self._clock())
        place = host_port(hop.url.raw_host or "", hop.url.port or 0)
        if response.status == HTTPStatus.TOO_MANY_REQUESTS and place not in self._policy.bridges:
            self._hosts.quiet(hop.url, wait)
        error = f"{hop.url.host} answered {status_words(response.status)}"
        return FetchFailed(error, response.status, wait, elsewhere=not (hop.first or hop.moved))

    async def _read(self, hop: _Hop, response: aiohttp.ClientResponse) -> FetchResult:
        if packed_otherwise(response.headers):
            error = f"{hop.url.host} packed its answer in a way that we do not read"
            return FetchFailed(error, response.status)
        most = self._policy.max_body_bytes
        too_large = f"{hop.url.host} sent more than {size_words(most)}"
        sent = bytearray()
        async for chunk in response.content.iter_chunked(_CHUNK):
            sent += chunk
            if len(sent) > most:
                return FetchFailed(too_large, response.status)
        try:
            body = unpacked(bytes(sent), most)
        except PackedBadly:
            return FetchFailed(f"{hop.url.host} sent an answer that is cut off or damaged", response.status)
        if len(body) > most:
            return FetchFailed(too_large, response.status)
        now = self._clock()
        return Fetched(
            body=body,
            url=hop.address,
            moved=hop.moved,
            content_type=response.headers.get("Content-Type"),
            etag=validator(response.headers, "ETag"),
            last_modified=validator(response.headers, "Last-Modified"),
            retry_after=retry_after(response.headers, now),
            fresh_seconds=fresh_seconds(response.headers, now),
        )


def _redirect(url: URL, response: aiohttp.ClientResponse) -> _Redirect | FetchFailed:
    location = response.headers.get("Location", "").strip()
    try:
        target = url.join(URL(location))
    except ValueError:
        target = url
    if target == url:
        error = f"{url.host} answered {status_words(response.status)} but named no other address"
        return FetchFailed(error, response.status)
    return _Redirect(str(target), response.status in _PERMANENT)
