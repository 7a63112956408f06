"""The composition root: builds everything from the settings, runs it and closes it.

The only place that knows all rooms; it wires, and decides nothing about claims.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot import pictures
from bot.actions.table import ACTIONS
from bot.app_chain import chain
from bot.app_full_text import can_read_pages, full_text
from bot.app_opinion import second_opinion
from bot.app_signals import asked_to_stop
from bot.app_trial import FeedScout, fetch_policy, pace_of
from bot.commands.desk import Desk
from bot.commands.model import Context
from bot.commands.table import AT_CONSOLE, COMMANDS
from bot.delivery import Deliverer, Drained
from bot.parts import (
    Seeds,
    build_platforms,
    card_editor,
    lexicon,
    matcher_of,
    message_finder,
    only_one,
    place_finder,
    read_seeds,
    seed,
    who,
)
from bot.platforms import Platform, PlatformDown
from bot.settings import Settings
from claims.clock import Clock, utc_now
from claims.errors import OperatorError
from claims.sqlite import SQLiteStore
from claims.store import Store
from claims.workspaces import CONSOLE
from watchers.apart import ParserProcess
from watchers.daily import raise_digests
from watchers.fetch import Fetcher
from watchers.notices import raise_notice
from watchers.robots import Robots
from watchers.schedule import Job, Scheduler
from watchers.spreading import Spreading
from watchers.sweep import Sweep, Sweeper
from watchers.visit import Visitor

log = logging.getLogger(__name__)

TICK_SECONDS = 1.0
"""How often the store is asked what is due; feeds and deliveries keep their own times there."""
ROUNDS = 30
"""Rounds of deliveries that may go on at once: where a channel is slow, the others do not wait for it."""
RAISE_SECONDS = 20.0
REPORT_SECONDS = 60.0
"""Between two lines in the log about what visits brought."""
GRACE_SECONDS = 5.0
"""How long a stop waits for the messages that are being posted: half of what Docker gives a container."""
POLL_PATIENCE = timedelta(seconds=60)
"""How long a single sweep goes on trying to deliver what it raised: some tries of a slow platform."""
RESTART_SECONDS = 30.0
"""After a platform met a surprise; long enough for its rate limits, which are by the minute at most."""


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
    sweeper: Sweeper
    deliverer: Deliverer
    desk: Desk
    prompt: Desk
    """Of the console, where whoever runs the bot may also change things."""
    platforms: Mapping[str, Platform]
    clock: Clock
    standing: dict[str, str]
    """Why each platform cannot run, by name, or nothing where it does."""
    patience: timedelta
    """How long a feed fails before people are told."""

    async def run(self) -> None:
        """Serve until a signal asks for the end, or somebody leaves the console's prompt.

        Raises:
            OperatorError: no platform can run as it is set up.

        """
        scheduler = Scheduler(
            [
                Job("sweep", TICK_SECONDS, self.sweeper.begin),
                Job("report", REPORT_SECONDS, self.sweeper.report),
                Job("deliver", TICK_SECONDS, self.deliverer.drain, at_once=ROUNDS),
                Job("digests and notices", RAISE_SECONDS, self._raise),
            ]
        )
        feeds, claims = await self.store.feeds(), await self.store.claims()
        log.info(
            "watching feeds=%d claims=%d platforms=%s", len(feeds), len(claims), ", ".join(self.platforms)
        )
        async with self._connected() as serving:
            scheduler.start()
            preparing = asyncio.create_task(pictures.prepare())
            try:
                await _until_asked_to_stop(serving)
            finally:
                preparing.cancel()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(GRACE_SECONDS):
                        await self.deliverer.stop()
                await scheduler.stop()

    async def poll(self, on_visit: Callable[[int, int], None] | None = None) -> Polled:
        """Visit every due feed once, and deliver what that raised as the platforms connect."""
        swept, delivered, down = await self.sweeper.sweep(on_visit), Drained(), []
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
        """Do once, in order, what `run` does over and over: sweep, raise digests and notices, deliver."""
        await self.sweeper.sweep()
        await self._raise()
        await self.deliverer.drain()

    async def _raise(self) -> None:
        await raise_digests(self.store, self.clock)
        await raise_notice(self.store, self.clock, self.patience)

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
        desk = self.prompt if platform.name == CONSOLE else self.desk
        while True:
            try:
                await platform.run(desk)
            except PlatformDown as error:
                log.critical("platform down name=%s %s", platform.name, error)
                self.standing[platform.name] = str(error)
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
    with asked_to_stop() as asked:
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
    matcher_of(seeds.claims)  # a profile that names no concept must end the start and not each sweep
    with only_one(settings.store.path):
        async with contextlib.AsyncExitStack() as stack:
            store = await SQLiteStore.open(settings.store.path, clock=clock)
            stack.push_async_callback(store.close)
            made = build_platforms(settings, store) if platforms is None else platforms
            await seed(store, seeds)
            await store.sync_subscriptions(settings.subscribed())
            fetcher = await stack.enter_async_context(Fetcher(fetch_policy(settings), clock))
            parser = await stack.enter_async_context(ParserProcess())
            opinion = second_opinion(settings, store, lexicon(), clock)
            reconsider = await stack.enter_async_context(opinion)
            pace = pace_of(settings)
            spreading = Spreading()
            robots = Robots(fetcher.get, clock=clock)
            visitor = Visitor(
                store,
                fetch=fetcher.fetch,
                parse=parser.parse,
                chain=chain(settings, store, clock, reconsider),
                clock=clock,
                pace=pace,
                jitter=spreading.jitter,
                refusal=robots.refusal,
                complete=full_text(fetcher, parser, robots, [status.feed for status in await store.feeds()]),
            )
            per_host = settings.watch.per_host
            sweeper = Sweeper(store, visitor.visit, clock, pace, spreading, per_host=per_host)
            stack.push_async_callback(sweeper.close)
            scout = FeedScout(fetcher, robots, parser, clock, pace)
            shared = settings.workspaces.shared
            standing = dict.fromkeys(made, "")
            context = Context(
                store,
                clock,
                matcher_of,
                scout,
                full_text=can_read_pages(),
                platforms=standing,
                find_place=place_finder(made),
                edit=card_editor(made),
                find_message=message_finder(made),
                subscribed=[each.destination for each in settings.subscribed()],
                shared_register=shared,
                who=who,
            )
            yield App(
                store=store,
                sweeper=sweeper,
                deliverer=Deliverer(store, made, clock, who),
                desk=Desk(COMMANDS, context, ACTIONS),
                prompt=Desk(AT_CONSOLE, context),
                platforms=made,
                standing=standing,
                clock=clock,
                patience=timedelta(hours=settings.watch.notice_after_hours),
            )
