"""Work that is done over and over."""

import asyncio
import logging

import pytest

from watchers.schedule import Job, Scheduler


async def test_jobs_run_at_once_and_again() -> None:
    """The first run does not wait for the interval, and others follow."""
    runs: asyncio.Queue[str] = asyncio.Queue()
    slow = Job("slow", 3_600, lambda: runs.put("slow"))
    quick = Job("quick", 0.01, lambda: runs.put("quick"))
    scheduler = Scheduler([slow, quick])
    scheduler.start()
    try:
        seen = [await asyncio.wait_for(runs.get(), 10) for _ in range(6)]
    finally:
        await scheduler.stop()
    assert seen.count("slow") == 1
    assert seen.count("quick") == 5


async def test_a_failing_job_is_logged_and_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    """What a job raises ends that run alone."""
    runs: asyncio.Queue[int] = asyncio.Queue()

    async def fail() -> None:
        await runs.put(1)
        raise ValueError("sample trouble")

    scheduler = Scheduler([Job("faulty", 0.01, fail)])
    scheduler.start()
    try:
        for _ in range(3):
            await asyncio.wait_for(runs.get(), 10)
    finally:
        await scheduler.stop()
    assert "job failed name=faulty" in caplog.text
    assert "sample trouble" in caplog.text


async def test_a_job_never_runs_beside_itself(caplog: pytest.LogCaptureFixture) -> None:
    """A run that takes longer than the interval is not joined by the next, and nobody is warned of that."""
    running = most = 0
    done = asyncio.Event()
    beats: asyncio.Queue[int] = asyncio.Queue()

    async def slow() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await done.wait()
        running -= 1

    scheduler = Scheduler([Job("slow", 0.01, slow), Job("beat", 0.01, lambda: beats.put(1))])
    with caplog.at_level(logging.WARNING):
        scheduler.start()
        try:
            for _ in range(5):
                await asyncio.wait_for(beats.get(), 10)
            done.set()
        finally:
            await scheduler.stop()
    assert most == 1
    assert caplog.text == ""


async def test_stopping_cancels_what_runs_and_waits_for_its_end(caplog: pytest.LogCaptureFixture) -> None:
    """After `stop` nothing of a job is left running, and the end is not an error."""
    started, ended = asyncio.Event(), asyncio.Event()

    async def endless() -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    scheduler = Scheduler([Job("endless", 3_600, endless)])
    scheduler.start()
    await asyncio.wait_for(started.wait(), 10)
    await scheduler.stop()
    assert ended.is_set()
    assert caplog.text == ""
    await scheduler.stop()


async def test_stopping_before_the_start_does_no_harm() -> None:
    """A scheduler that never ran can be stopped."""
    await Scheduler([]).stop()
