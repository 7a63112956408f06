"""What watching feeds costs, beside bare loops in the same run: `python -m benchmarks.watching`.

Everything runs as it does for an operator, store and matcher included, against a local server whose feeds
each have a host of their own. Times are CPU seconds of this process and of its workers, not of the server.
It takes about two minutes; longer with `--feeds 2000 --days 28`.
"""

import argparse
import asyncio
import io
import os
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median

import aiohttp
import fastfeedparser
import feedparser

from benchmarks.loopback import BEGUN, ETAG, Loopback, loopback
from benchmarks.matching import SEEDS, resident
from bot import app, parts
from bot.demo import DemoClock
from bot.settings import load
from claims.feeds import Feed
from claims.model import Source
from claims.seeding import read_claims
from watchers.sweep import VISITS_AT_ONCE

MINUTES = 10.0
"""The pace that is spoken of."""
MANY = 10_000
ROUNDS = 7
"""In turns, so that whatever else the machine does slows all alike."""
SLOW = 50
"""Feeds that suffice for what takes 30 ms each."""
AIM_UNCHANGED, AIM_KNOWN = 1 / 0.6, 1.5
"""How many times a bare loop a visit may cost: 304s at 0.6 of its speed, and what brings nothing new."""
HOURS = 24  # a day


@dataclass(frozen=True)
class Watched:
    """The whole bot over feeds of the server, with a clock that only rounds set on."""

    built: app.App
    server: Loopback
    clock: DemoClock
    database: Path

    async def list(self, count: int) -> None:
        """Watch the first so many feeds, which differ in host and title alone."""
        await self.built.store.sync_feeds([_feed(self.server.url(n), n) for n in range(count)])

    async def round(self, wait: timedelta = timedelta(days=1)) -> int:
        """Visit what is due after a wait, which is by far all of them; return how many that were."""
        self.clock.now += wait
        swept = await self.built.sweeper.sweep()
        if swept.failed:
            raise SystemExit(f"{swept.failed} of {swept.visited} visits failed")
        return swept.visited


def _feed(url: str, number: int) -> Feed:
    return Feed(url, f"Sample {number}", Source(f"Sample {number}", f"Sample {number}"), "en", MINUTES)


@asynccontextmanager
async def watching(server: Loopback, hosts: int) -> AsyncIterator[Watched]:
    """Build the bot as it is built to run, with a fresh store and without platforms."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "bench.db"
        settings = load(
            None,
            {
                "CLAIMWATCH_STORE__PATH": str(database),
                "CLAIMWATCH_MATCHING__ENCODER": "off",
                "CLAIMWATCH_WATCH__ALLOW_HOSTS": ",".join(server.host_port(n) for n in range(hosts)),
                "CLAIMWATCH_WATCH__HOST_PAUSE_SECONDS": "0",
            },
        )
        clock = DemoClock(BEGUN + timedelta(days=1))
        seeds = parts.Seeds(read_claims(SEEDS / "claims.toml"), ())
        async with app.opened(settings, clock=clock, seeds=seeds, platforms={}) as built:
            yield Watched(built, server, clock, database)


def spent(server: Loopback) -> float:
    """Return the CPU seconds of this process and of its workers, but not of the server."""
    total = time.process_time()
    for task in Path("/proc/self/task").glob("*/children"):
        for pid in task.read_text().split():
            if int(pid) != server.pid:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


async def costs(server: Loopback, *works: Callable[[], Awaitable[int]]) -> list[float]:
    """Return the CPU seconds that a visit takes, each time the median of `ROUNDS` in turns.

    A work says how many visits it made.
    """
    seconds: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for taken, work in zip(seconds, works, strict=True):
            begun = spent(server)
            made = await work()
            taken.append((spent(server) - begun) / made)
    return [median(taken) for taken in seconds]


async def bare(urls: Iterable[str], read: Callable[[bytes], object], *, conditional: bool) -> int:
    """Fetch all with nothing round aiohttp, as many at a time as a sweep does, and read each."""
    waiting, done = list(urls), 0
    headers = {"If-None-Match": ETAG} if conditional else {}

    async def work(session: aiohttp.ClientSession) -> None:
        nonlocal done
        while waiting:
            async with session.get(waiting.pop(), headers=headers) as response:
                read(await response.read())
            done += 1

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await asyncio.gather(*(work(session) for _ in range(VISITS_AT_ONCE)))
    return done


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--feeds", type=int, default=200, help="that times are measured with, and days")
    parser.add_argument("--many", type=int, default=MANY, help="that memory is measured with at last")
    parser.add_argument("--days", type=int, default=7, help="that are played through")
    asked = parser.parse_args(arguments)
    with loopback() as server:
        asyncio.run(measure_cost(server, asked.feeds))
        asyncio.run(measure_delay(server, asked.feeds))
        asyncio.run(measure_memory(server, asked.many))
        asyncio.run(measure_days(server, asked.feeds, asked.days))


async def measure_cost(server: Loopback, feeds: int) -> None:
    """Print what a visit costs for each kind of answer, beside bare loops over the same answers."""
    urls = [server.url(n) for n in range(feeds)]
    print(f"{'':42}{'feeds/s':>9}{'ms':>8}{'bare':>8}{'times':>7}{'aim':>7}   of one core; bare: ms")
    async with watching(server, feeds) as watched:
        await watched.list(feeds)
        server.set("304")
        await watched.round()
        unchanged, loop = await costs(server, watched.round, lambda: bare(urls, len, conditional=True))
        _row("304", unchanged, loop, AIM_UNCHANGED)
        parse = fastfeedparser.parse
        for way, name in (("200", "200, the same body"), ("touched", "200, thirty entries, all known")):
            server.set(way)
            ours, loop = await costs(server, watched.round, lambda: bare(urls, parse, conditional=False))
            _row(name, ours, loop, AIM_KNOWN)

        async def with_news() -> int:
            server.set("200", news=next(news))
            return await watched.round()

        news = count(1)
        ours, loop, slow = await costs(
            server,
            with_news,
            lambda: bare(urls, parse, conditional=False),
            lambda: bare(urls[:SLOW], _with_feedparser, conditional=False),
        )
        _row("200, one entry new of thirty-one and more", ours, loop)
        _row("  beside bare feedparser", ours, slow)
    share, news_share = (each * MANY / (60 * MINUTES) for each in (unchanged, ours))
    print(
        f"{MANY:,} feeds at {MINUTES:g} minutes: {share:.1%} of one core where none has changed, "
        f"{news_share:.1%} where each has news every time"
    )


def _with_feedparser(body: bytes) -> None:
    feedparser.parse(io.BytesIO(body))


def _row(name: str, ours: float, bare_loop: float, aim: float | None = None) -> None:
    aimed = "" if aim is None else f"{aim:.2f}"
    numbers = f"{1 / ours:9,.0f}{1000 * ours:8.2f}{1000 * bare_loop:8.2f}{ours / bare_loop:7.2f}{aimed:>7}"
    print(f"{name:42}{numbers}", flush=True)


async def measure_delay(server: Loopback, feeds: int) -> None:
    """Print how long it takes from the moment when a feed is due to the row of its alert."""
    for due in (1, feeds):
        async with watching(server, due) as watched:
            server.set("200", entries=1)
            await watched.list(due)
            await watched.round()
            server.set("200", news=1, entries=1, relevant=str(due // 2))
            begun = time.perf_counter()
            visits = asyncio.create_task(watched.round())
            while not await _alerted(watched):  # noqa: ASYNC110 - what is waited for is a row
                await asyncio.sleep(0.005)
            took = time.perf_counter() - begun
            await visits
        print(f"from due to the alert's row, {due:,} due at once: {took:.2f} s of wall time", flush=True)


async def _alerted(watched: Watched) -> bool:
    store, now = watched.built.store, watched.clock.now
    events = await store.events_between(now - timedelta(days=9), now)
    return bool(await store.alerts([event.id for event in events]))


async def measure_memory(server: Loopback, many: int) -> None:
    """Print what this process holds with a fifth of many feeds and with many."""
    server.set("304", entries=0)
    async with watching(server, many) as watched:
        told = [f"{resident():.0f} MB with none"]
        for number in (many // 5, many):
            await watched.list(number)
            for _ in range(2):
                await watched.round()
            told.append(f"{resident():.0f} MB with {number:,} feeds")
    print(f"memory: {', '.join(told)}", flush=True)


async def measure_days(server: Loopback, feeds: int, days: int) -> None:
    """Print what is held at the end of each day, with an entry more in each feed every day."""
    visits, told = 0, []
    async with watching(server, feeds) as watched:
        await watched.list(feeds)
        for day in range(days):
            server.set("200", news=day, entries=2)
            visits += await watched.round()
            server.set("304", news=day, entries=2)
            for _ in range(HOURS - 1):
                visits += await watched.round(timedelta(hours=1))
            log = watched.database.with_name(f"{watched.database.name}-wal").stat().st_size
            told.append(f"{resident():.0f} + {log / 1e6:.1f}")
    days_told = f"memory + SQLite's log after each of {days} days, {visits:,} visits to {feeds:,} feeds"
    print(f"{days_told}: {', '.join(told)} MB")


if __name__ == "__main__":
    main()
