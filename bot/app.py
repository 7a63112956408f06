"""The composition root: builds everything from the settings, runs it and closes it.

The only place that knows all rooms; it wires, and decides nothing about claims.
"""

import asyncio
import contextlib
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from bot.commands.desk import Desk
from bot.commands.model import Context
from bot.commands.table import COMMANDS
from bot.delivery import Deliverer, Drained
from bot.platforms import Platform, PlatformDown
from bot.resources import data
from bot.settings import Settings
from claims.alerting import decide
from claims.clock import Clock, utc_now
from claims.errors import OperatorError, SettingsError, StoreError
from claims.matching.lexicon import load_lexicon
from claims.matching.matcher import Matcher
from claims.model import Checkpoint, Claim, Feed, Source, Story
from claims.seeding import read_claims, read_feeds
from claims.sqlite import SQLiteStore
from claims.store import Store
from watchers.apart import ParserProcess
from watchers.daily import raise_digests
from watchers.fetch import Fetcher, FetchFailed, FetchPolicy, Unchanged
from watchers.pacing import Pace
from watchers.parse import ParseError
from watchers.poll import Poller, Sweep
from watchers.schedule import Job, Scheduler

log = logging.getLogger(__name__)

TICK_SECONDS = 1.0
"""How often the store is asked what is due; feeds and deliveries keep their own times there."""
DIGEST_SECONDS = 20.0
SWEEPS_AT_ONCE = 30
"""A feed that is slow to answer must not keep those that come due meanwhile from being visited."""
GRACE_SECONDS = 5.0
"""How long a stop waits for the messages that are being posted: half of what Docker gives a container."""
POLL_PATIENCE = timedelta(seconds=60)
"""How long a single sweep goes on trying to deliver what it raised: some tries of a slow platform."""
RESTART_SECONDS = 30.0
"""After a platform met a surprise; long enough for its rate limits, which are by the minute at most."""


@dataclass(frozen=True, slots=True)
class Seeds:
    """The register and the list of feeds."""

    claims: tuple[Claim, ...]
    feeds: tuple[Feed, ...]


def read_seeds(settings: Settings) -> Seeds:
    """Read the seed files that the settings name, or those that ship.

    Raises:
        SeedError: a file holds mistakes.
        SettingsError: a subscription names a claim that the register does not have.

    """
    seeds = Seeds(
        claims=read_claims(settings.seeds.claims or data("seeds/claims.toml")),
        feeds=read_feeds(settings.seeds.feeds or data("seeds/feeds.toml")),
    )
    known = [claim.id for claim in seeds.claims]
    for subscription in settings.subscribed():
        for unknown in sorted((subscription.claims or frozenset()) - set(known)):
            near = get_close_matches(unknown, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else "; `claimwatch claims list` names them"
            raise SettingsError(
                f"subscriptions: {subscription.destination}: claims: no claim has the id {unknown!r}{hint}"
            )
    return seeds


def matcher_of(claims: Sequence[Claim]) -> Matcher:
    """Return the matcher of these claims over the lexicon that ships."""
    return Matcher(load_lexicon(data("seeds/lexicon")), claims)


async def seed(store: Store, seeds: Seeds) -> None:
    """Bring the store's books into step with the seed files; a bot that runs on it goes on with them."""
    await store.sync_claims(seeds.claims)
    await store.sync_feeds(seeds.feeds)


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold the store for this process: two that deliver from one outbox would post twice.

    Raises:
        StoreError: another process holds it, or its folder cannot be written to.

    """
    folder = path.resolve().parent
    if not os.access(folder, os.W_OK):
        raise StoreError(f"{folder} is no folder that can be written to; mend that, or set store.path")
    lock = FileLock(f"{path}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise StoreError(
            f"{path} is in use by another Claimwatch; stop that one, or set store.path to another file"
        ) from error
    except OSError as error:
        raise StoreError(
            f"{path}.lock cannot be written ({error.strerror}); mend that, or set store.path"
        ) from error
    try:
        yield
    finally:
        lock.release()


def build_platforms(settings: Settings) -> dict[str, Platform]:
    """Return the platforms that run with these settings, by name; each chat library is loaded only then."""
    made: dict[str, Platform] = {}
    if settings.discord.token:
        from bot.platforms.discord import DiscordPlatform, DiscordPolicy

        policy = DiscordPolicy(
            token=settings.discord.token.get_secret_value(),
            api_base=settings.discord.api_base,
            gateway_url=settings.discord.gateway_url or None,
            guilds=settings.discord.guilds,
        )
        made["discord"] = DiscordPlatform(policy, COMMANDS)
    if settings.slack.bot_token and settings.slack.app_token:
        from bot.platforms.slack import SlackPlatform, SlackPolicy

        made["slack"] = SlackPlatform(
            SlackPolicy(
                bot_token=settings.slack.bot_token.get_secret_value(),
                app_token=settings.slack.app_token.get_secret_value(),
                api_base=settings.slack.api_base,
            ),
            COMMANDS,
        )
    if "console" in settings.platforms:
        from bot.platforms.console import ConsolePlatform

        made["console"] = ConsolePlatform(COMMANDS, sys.stdin, sys.stdout)
    return made


@dataclass(frozen=True, slots=True)
class Polled:
    """What a single sweep did."""

    swept: Sweep
    delivered: Drained
    waiting: int
    """Deliveries that are still due."""
    down: tuple[str, ...]
    """Why platforms cannot run as they are set up."""


@dataclass(frozen=True, slots=True)
class App:
    """Everything built, nothing running yet."""

    store: Store
    poller: Poller
    deliverer: Deliverer
    desk: Desk
    platforms: Mapping[str, Platform]
    clock: Clock

    async def run(self) -> None:
        """Serve until a signal asks for the end, or somebody leaves the console's prompt.

        Raises:
            OperatorError: no platform can run as it is set up.

        """
        scheduler = Scheduler(
            [
                Job("sweep", TICK_SECONDS, self._sweep, at_once=SWEEPS_AT_ONCE),
                Job("deliver", TICK_SECONDS, self._deliver),
                Job("digest", DIGEST_SECONDS, self._digest),
            ]
        )
        feeds, claims = await self.store.feeds(), await self.store.claims()
        log.info(
            "watching feeds=%d claims=%d platforms=%s", len(feeds), len(claims), ", ".join(self.platforms)
        )
        async with self._connected() as serving:
            scheduler.start()
            try:
                await _until_asked_to_stop(serving)
            finally:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(GRACE_SECONDS):
                        await self.deliverer.stop()
                await scheduler.stop()

    async def poll(self, on_visit: Callable[[int, int], None] | None = None) -> "Polled":
        """Visit every due feed once, and deliver what that raised as the platforms connect."""
        swept, delivered, down = await self.poller.sweep(on_visit), Drained(), []
        patience = self.clock() + POLL_PATIENCE
        if await self._owed():
            async with self._connected() as serving:
                while await self._owed() and self.clock() < patience and not all(t.done() for t in serving):
                    await asyncio.sleep(TICK_SECONDS / 4)
                    delivered += await self.deliverer.drain()
                down = [why for task in serving if task.done() and (why := task.result())]
        return Polled(swept, delivered, await self._owed(), tuple(down))

    async def _owed(self) -> int:
        """Count the deliveries to platforms that run which are due, or will be while `poll` is patient."""
        due = await self.store.due_deliveries(self.clock() + POLL_PATIENCE)
        return sum(d.destination.partition(":")[0] in self.platforms for d in due)

    async def step(self) -> None:
        """Do once, in order, what `run` does over and over: sweep, raise digests, deliver."""
        await self._sweep()
        await self._digest()
        await self._deliver()

    async def _sweep(self) -> None:
        swept = await self.poller.sweep()
        if swept.visited:
            log.info(
                "sweep visited=%d failed=%d new=%d alerts=%d",
                *(swept.visited, swept.failed, swept.stories, swept.alerts),
            )

    async def _deliver(self) -> None:
        await self.deliverer.drain()

    async def _digest(self) -> None:
        await raise_digests(self.store, self.clock)

    @contextlib.asynccontextmanager
    async def _connected(self) -> AsyncIterator[list[asyncio.Task[str | None]]]:
        """Run the platforms beside the body of the `with`; each task ends with why its platform is down."""
        tasks = [asyncio.create_task(self._serve(p), name=name) for name, p in self.platforms.items()]
        try:
            yield tasks
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for platform in self.platforms.values():
                await platform.close()

    async def _serve(self, platform: Platform) -> str | None:
        """Run a platform until it ends of itself; return why where only a change of the settings can help.

        What surprises one platform is logged, and it is run again: the others go on meanwhile.
        """
        while True:
            try:
                await platform.run(self.desk.answer)
            except PlatformDown as error:
                log.critical("platform down name=%s %s", platform.name, error)
                return str(error)
            except Exception:
                log.exception("platform broke off name=%s", platform.name)
                await asyncio.sleep(RESTART_SECONDS)
            else:
                return None


async def _until_asked_to_stop(serving: Sequence[asyncio.Task[str | None]]) -> None:
    """Wait for SIGINT or SIGTERM, for a platform that ends of itself, or for the last to go down.

    Raises:
        OperatorError: every platform is down.

    """
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked.set)
    waiter = asyncio.create_task(asked.wait())
    try:
        pending: set[asyncio.Task[Any]] = {waiter, *serving}
        while not waiter.done():
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            ended = [task.result() for task in done if task is not waiter]
            if None in ended:
                return
            if all(task.done() for task in serving):
                raise OperatorError("no platform can run; see above which setting to mend")
    finally:
        waiter.cancel()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


@contextlib.asynccontextmanager
async def opened_store(settings: Settings) -> AsyncIterator[Store]:
    """Open the store alone, beside a bot that may be running on it.

    Raises:
        StoreError: it cannot be used as it is.

    """
    store = await SQLiteStore.open(settings.store.path)
    try:
        yield store
    finally:
        await store.close()


@dataclass(frozen=True, slots=True)
class TriedFeed:
    """What one fetch of a feed brought."""

    fine: bool
    words: str
    stories: tuple[Story, ...] = ()


async def try_feed(settings: Settings, url: str, clock: Clock = utc_now) -> TriedFeed:
    """Fetch one feed as the bot would, and keep nothing."""
    feed = Feed(url, url, Source(url, url), "und")
    async with Fetcher(_fetch_policy(settings), clock) as fetcher:
        result = await fetcher.fetch(Checkpoint(feed_url=url, current_url=url))
    match result:
        case FetchFailed(error=error):
            return TriedFeed(False, f"{url}: {error}")
        case Unchanged():
            return TriedFeed(False, f"{url}: answered 304 Not Modified to a first visit")
    async with ParserProcess() as parser:
        try:
            stories = await parser.parse(
                result.body, feed, seen_at=clock(), content_type=result.content_type, base_url=result.url
            )
        except ParseError as error:
            return TriedFeed(False, f"{url}: {error}")
    moved = f", moved to {result.url}" if result.moved else ""
    return TriedFeed(True, f"{url}: {len(result.body)} bytes, {len(stories)} stories{moved}", stories)


def _fetch_policy(settings: Settings) -> FetchPolicy:
    watch = settings.watch
    return FetchPolicy(
        contact=watch.contact,
        timeout_seconds=watch.timeout_seconds,
        max_body_bytes=watch.max_body_bytes,
        per_host=watch.per_host,
        allow_hosts=frozenset(watch.allow_hosts),
    )


@contextlib.asynccontextmanager
async def opened(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    seeds: Seeds | None = None,
    platforms: Mapping[str, Platform] | None = None,
) -> AsyncIterator[App]:
    """Build the whole bot over its store and hand it out; at the end everything is closed.

    Args:
        settings: what to build.
        clock: the time; another one for the demo.
        seeds: in place of those that the settings name.
        platforms: in place of those that the settings switch on.

    Raises:
        OperatorError: a seed file, the store or a setting is not usable.

    """
    seeds = seeds or read_seeds(settings)
    made = build_platforms(settings) if platforms is None else platforms
    lexicon = load_lexicon(data("seeds/lexicon"))
    Matcher(lexicon, seeds.claims)  # a profile that names no concept must end the start and not each sweep
    with only_one(settings.store.path):
        async with contextlib.AsyncExitStack() as stack:
            store = await SQLiteStore.open(settings.store.path)
            stack.push_async_callback(store.close)
            await seed(store, seeds)
            await store.sync_subscriptions(settings.subscribed())
            fetcher = await stack.enter_async_context(Fetcher(_fetch_policy(settings), clock))
            parser = await stack.enter_async_context(ParserProcess())
            poller = Poller(
                store,
                fetch=fetcher.fetch,
                parse=parser.parse,
                make_reader=lambda claims: Matcher(lexicon, claims),
                decide=decide,
                clock=clock,
                pace=Pace(settings.watch.interval_minutes, settings.watch.floor_seconds),
            )
            yield App(
                store=store,
                poller=poller,
                deliverer=Deliverer(store, made, clock),
                desk=Desk(COMMANDS, Context(store, clock)),
                platforms=made,
                clock=clock,
            )
