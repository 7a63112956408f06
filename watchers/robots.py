"""May we fetch a page? What a site's robots.txt says (RFC 9309).

Feeds are published to be fetched by programs, and are not asked for here; the pages behind them are.
Crawl-delay, which the standard does not know, is left alone: `watch.host_pause_seconds` stands between any
two requests to one host.
"""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from weakref import WeakValueDictionary

from protego import Protego
from yarl import URL

from claims.clock import Clock, utc_now
from watchers.fetched import Fetched, FetchFailed, FetchResult, Held
from watchers.headers import PRODUCT

MAX_BYTES = 500 * 1024
"""What of a robots.txt is read (RFC 9309, 2.5)."""
MAX_ORIGINS = 256
"""Whose rules are remembered, those used last."""
KEPT = timedelta(days=1)
"""How long they are good (RFC 9309, 2.4)."""
UNREACHED = timedelta(hours=1)
"""How long a robots.txt that could not be had keeps us from a site, until we try it anew."""

Refusal = Callable[[str], Awaitable[FetchFailed | Held | None]]
"""See `Robots.refusal`."""

_AGENT = re.compile(r"\s*user(?:-|\s*)agent(?=[\s:])\s*:?\s*([^#]*)", re.IGNORECASE)
_ALL = Protego.parse("")
_NONE = Protego.parse("User-agent: *\nDisallow: /")


class Robots:
    """The rules of every site lately asked about; of one event loop."""

    def __init__(
        self,
        fetch: Callable[[str], Awaitable[FetchResult]],
        agent: str = PRODUCT,
        clock: Clock = utc_now,
    ) -> None:
        self._fetch = fetch
        self._agent = agent
        self._clock = clock
        self._kept: OrderedDict[str, tuple[datetime, Protego | Held]] = OrderedDict()
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def refusal(self, url: str) -> FetchFailed | Held | None:
        """Return None where a page may be fetched, else what comes of it: its site cannot say or forbids it.

        Asks a site for its robots.txt where what it said last is older than a day. One that wants to be left
        alone is not asked, nor is the page.
        """
        try:
            site = URL(url).origin()
        except ValueError:
            return FetchFailed("this is not the address of a page")
        origin = str(site)
        async with self._asking.setdefault(origin, asyncio.Lock()):
            rules = self._known(origin) or await self._learn(origin)
        if isinstance(rules, Held):
            return rules
        if rules.can_fetch(url, self._agent):
            return None
        return FetchFailed(f"the robots.txt of {site.host} keeps us from this page, or cannot be read")

    def _known(self, origin: str) -> Protego | Held | None:
        until, rules = self._kept.get(origin, (None, None))
        if until is None or until <= self._clock():
            return None
        self._kept.move_to_end(origin)
        return rules

    async def _learn(self, origin: str) -> Protego | Held:
        result = await self._fetch(f"{origin}/robots.txt")
        until = self._clock() + KEPT
        rules: Protego | Held
        match result:
            case Fetched():
                rules = await asyncio.to_thread(_rules, result.body, self._agent)
            case FetchFailed(status=status) if _unavailable(status):
                rules = _ALL
            case Held():
                until, rules = result.until, result
            case _:
                until, rules = self._clock() + UNREACHED, _NONE
        self._kept[origin] = until, rules
        self._kept.move_to_end(origin)
        if len(self._kept) > MAX_ORIGINS:
            self._kept.popitem(last=False)
        return rules


def _unavailable(status: int | None) -> bool:
    """Say whether a site has no rules (RFC 9309, 2.3.1.3); one that is only busy (429) may have some."""
    return status is not None and 400 <= status < 500 and status != HTTPStatus.TOO_MANY_REQUESTS


def _rules(body: bytes, agent: str) -> Protego:
    """Parse a robots.txt of which only what concerns us counts.

    Of other agents one is as good as all: 20,000 names in one group times 20,000 rules would be kept as so
    many rules each.
    """
    text = body[:MAX_BYTES].decode("utf-8-sig", "replace")
    return Protego.parse("\n".join(_ours(line, agent) for line in text.splitlines()))


def _ours(line: str, agent: str) -> str:
    said = _AGENT.match(line)
    if said is None or said[1].strip().lower().rstrip("*") in ("", agent.lower()):
        return line
    return "User-agent: another"
