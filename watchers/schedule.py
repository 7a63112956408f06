"""Work that is done over and over: APScheduler on the running event loop."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from claims.clock import Clock, utc_now

log = logging.getLogger(__name__)

MISFIRE_GRACE_SECONDS = 3_600
"""How late a run may start. APScheduler's default of one second drops runs whenever the loop is busy."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is run every so many seconds."""

    name: str
    seconds: float
    run: Callable[[], Awaitable[object]]
    at_once: int = 1
    """How many runs of it may go on at a time."""


class Scheduler:
    """Runs jobs, each first at once; what one raises is logged, and it goes on."""

    def __init__(self, jobs: Sequence[Job], clock: Clock = utc_now) -> None:
        self._jobs = jobs
        self._clock = clock
        self._running: set[asyncio.Future[object]] = set()
        self._scheduler: AsyncIOScheduler | None = None

    def start(self) -> None:
        """Start every job; call it once, inside the running event loop."""
        # A run that is skipped because the last one still goes on is the plan and no warning.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for job in self._jobs:
            self._scheduler.add_job(
                self._run,
                "interval",
                args=(job,),
                name=job.name,
                seconds=job.seconds,
                next_run_time=self._clock(),
                max_instances=job.at_once,
                coalesce=True,
                misfire_grace_time=MISFIRE_GRACE_SECONDS,
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """Start nothing more, cancel what runs and wait for its end; calling it twice does no harm."""
        if self._scheduler is None:
            return
        scheduler, self._scheduler = self._scheduler, None
        scheduler.pause()
        running = [*self._running]
        for work in running:
            work.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        scheduler.shutdown(wait=False)
        await asyncio.sleep(0)  # APScheduler ends in the next turn of the loop

    async def _run(self, job: Job) -> None:
        """Run a job in a task of its own: APScheduler takes a cancelled one for an error."""
        work = asyncio.ensure_future(job.run())
        self._running.add(work)
        await asyncio.wait([work])
        self._running.discard(work)
        if not work.cancelled() and (error := work.exception()):
            log.error("job failed name=%s", job.name, exc_info=error)
