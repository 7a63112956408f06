"""Whose turn it is at a host."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from yarl import URL

from tests.support.build import NOW
from watchers.hosts import FETCHES_AT_ONCE, LONGEST_QUIET_SECONDS, QUIET_SECONDS, Hosts

LONG = 3_600.0
A, B = URL("http://a.example/feed"), URL("http://b.example/feed")


@dataclass
class Queue:
    """Hosts, with a clock that tests set, and how many turns were had."""

    hosts: Hosts = field(init=False)
    now: datetime = NOW
    per_host: int = 1
    pause: float = 0.0

    def __post_init__(self) -> None:
        self.hosts = Hosts(self.per_host, self.pause, lambda: self.now)

    async def turn(self, url: URL) -> datetime | None:
        """Have a turn and end it; return until when the host wants quiet."""
        async with self.hosts.turn(url) as until:
            return until

    @asynccontextmanager
    async def waiting(self, url: URL) -> AsyncIterator[asyncio.Task[datetime | None]]:
        """Run a turn beside the block; all that can happen without time going by has happened."""
        task = asyncio.create_task(self.turn(url))
        for _ in range(10):
            await asyncio.sleep(0)
        try:
            yield task
        finally:
            task.cancel()


async def test_a_host_is_asked_by_one_at_a_time() -> None:
    """Whoever comes second waits for the first, on one port; another port or host waits for nobody."""
    queue = Queue()
    async with queue.waiting(A), queue.hosts.turn(A), queue.waiting(A) as second:
        assert not second.done()
        for other in (B, URL("http://a.example:8080/"), URL("https://a.example/")):
            async with queue.waiting(other) as free:
                assert free.done()
    async with queue.waiting(A) as free:
        assert free.done()


@pytest.mark.parametrize("spelled", ["http://A.example/", "http://a.example./x", "http://a.example:80/"])
async def test_a_host_is_one_however_it_is_spelled(spelled: str) -> None:
    """Case, a final dot and a port that goes without saying make no other host."""
    queue = Queue()
    async with queue.hosts.turn(A), queue.waiting(URL(spelled)) as second:
        assert not second.done()


async def test_there_is_a_pause_between_two_requests_to_a_host() -> None:
    """The next turn begins when the pause is over, and other hosts have theirs meanwhile."""
    queue = Queue(pause=LONG)
    await queue.turn(A)
    async with queue.waiting(A) as second, queue.waiting(B) as other:
        assert other.done()
        assert not second.done()
    short = Queue(pause=1e-6)
    await short.turn(A)
    assert await asyncio.wait_for(short.turn(A), 10) is None


async def test_whoever_waits_for_a_host_takes_no_place_of_others() -> None:
    """However many wait for one host, another is asked at once."""
    queue = Queue(pause=LONG)
    await queue.turn(A)
    async with AsyncExitStack() as stack:
        for _ in range(FETCHES_AT_ONCE * 2):
            await stack.enter_async_context(queue.waiting(A))
        async with queue.waiting(B) as other:
            assert other.done()


async def test_no_more_than_so_many_requests_run_at_once() -> None:
    """Beyond that number also a host that nobody asks is waited with."""
    queue = Queue()
    async with AsyncExitStack() as stack:
        for number in range(FETCHES_AT_ONCE):
            await stack.enter_async_context(queue.hosts.turn(URL(f"http://{number}.example/")))
        async with queue.waiting(A) as one_more:
            assert not one_more.done()


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        (60.0, 60.0),
        (None, QUIET_SECONDS),
        (1e9, LONGEST_QUIET_SECONDS),
        (float("inf"), LONGEST_QUIET_SECONDS),
    ],
)
async def test_a_host_that_wants_quiet_has_it_on_every_port(asked: float | None, seconds: float) -> None:
    """Until the moment it is not asked; then it is as before."""
    queue = Queue(pause=LONG)
    queue.hosts.quiet(A, asked)
    until = NOW + timedelta(seconds=seconds)
    for url in (A, A, URL("https://A.example:8443/other")):
        async with queue.waiting(url) as held:  # nobody was asked, so nobody has to wait
            assert held.result() == until
    assert await queue.turn(B) is None
    queue.now = until
    assert await queue.turn(A) is None


@pytest.mark.parametrize("later", [0.0, 60.0])
async def test_a_second_wish_does_not_shorten_the_first(later: float) -> None:
    """The longest quiet that was asked for holds."""
    queue = Queue()
    queue.hosts.quiet(A, 600.0)
    queue.hosts.quiet(A, later)
    assert await queue.turn(A) == NOW + timedelta(seconds=600)


async def test_no_quiet_is_no_quiet() -> None:
    """`Retry-After: 0` says that the host may be asked at once."""
    queue = Queue()
    queue.hosts.quiet(A, 0.0)
    assert await queue.turn(A) is None
