"""Parsing in a process of its own, which can be killed when a document is made to take for ever.

Small feeds are read at once, where we are: the fast reader is done with one before the worker would have it.
Large ones, those that need the tolerant reader, and every web page go to the worker: a long-lived process
that reads one document after another, started on first use and replaced after it was killed or died. Requests
and answers travel over its pipes: eight bytes of length, then a pickle; both ends are this file, and only our
own records and the names of our own functions are in it.
"""

import asyncio
import os
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from claims.feeds import Feed, FeedKind
from watchers import fast
from watchers.closing import Closing
from watchers.document import Damaged, ParseError
from watchers.parse import Parsed, parse

T = TypeVar("T")

DEADLINE_SECONDS = 5.0
"""An ordinary feed takes 30 ms; what needs longer than this is not meant to be read,
and every other feed waits for it."""

SMALL_BYTES = 256 * 1024
SMALL_MARKS = 5_000
"""How many bytes, and `<` among them, are read on the event loop. An ordinary feed has 40 KB and 1,000, and
takes some milliseconds at its first visit; the worst that fits, many short entries, a tenth of a second."""

START_SECONDS = 30.0
"""A worker imports the readers first: a second, and some more where the machine is busy."""

_LENGTH = 8  # bytes
_READY = b"+"  # what a worker says when it can read
# The worker imports from where we do: a checkout, an installed wheel, `python -m bot`.
_START = "import sys; sys.path[:] = sys.argv[1:]; from watchers.apart import serve; serve()"


class ParserProcess(Closing):
    """Reads hostile documents in another process, one at a time; closed with `close()`."""

    def __init__(self, deadline_seconds: float = DEADLINE_SECONDS) -> None:
        self._deadline = deadline_seconds
        self._lock = asyncio.Lock()
        self._worker: Process | None = None

    async def close(self) -> None:
        """End the worker; calling it twice, or before any was started, does no harm."""
        worker, self._worker = self._worker, None
        if worker is not None:
            with suppress(ProcessLookupError):
                worker.kill()
            await worker.wait()

    async def parse(
        self,
        body: bytes,
        feed: Feed,
        *,
        seen_at: datetime,
        content_type: str | None = None,
        base_url: str | None = None,
        known: bytes = b"",
    ) -> Parsed:
        """Return what is new in a feed document as `watchers.parse.parse` does.

        Raises:
            ParseError: it is no feed, or it took longer than the deadline or crashed the worker.

        """
        read = partial(
            parse, body, feed, seen_at=seen_at, content_type=content_type, base_url=base_url, known=known
        )
        if feed.kind is FeedKind.FEED and _small(body):
            with suppress(Damaged):
                return _guarded(partial(read, read=fast.read))
        return await self.call(read)

    async def call(self, reader: Callable[[], T]) -> T:
        """Return what a reader does in the worker.

        Args:
            reader: a `functools.partial` of a function of ours; what it is given and returns are records.

        Raises:
            ParseError: it does, or it took longer than the deadline or crashed the worker.

        """
        async with self._lock:
            answer, trouble = await self._answer(pickle.dumps(reader))
        if trouble:
            raise ParseError(trouble)
        result: T = answer
        return result

    async def _answer(self, request: bytes) -> tuple[Any, str]:
        """Return what the worker answers: a result, or a sentence on what went wrong."""
        answered = False
        try:
            async with asyncio.timeout(START_SECONDS):
                worker = await self._ready()
            async with asyncio.timeout(self._deadline):
                answer = await _exchange(worker, request)
            answered = True
        except TimeoutError:
            return None, f"the answer could not be read within {self._deadline:g} seconds"
        except (asyncio.IncompleteReadError, ConnectionError):
            return None, "the answer crashed the parser"
        finally:
            if not answered:
                await self.close()
        return answer

    async def _ready(self) -> Process:
        """Return the worker, started where there is none: its start is no part of a document's deadline."""
        if self._worker is None or self._worker.returncode is not None:
            self._worker = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-c", _START, *sys.path),
                stdin=PIPE,
                stdout=PIPE,
                start_new_session=True,  # so that Ctrl-C at our terminal is ours alone to handle
            )
            if self._worker.stdout:
                await self._worker.stdout.readexactly(len(_READY))
        return self._worker


async def _exchange(worker: Process, request: bytes) -> tuple[Any, str]:
    if worker.stdin is None or worker.stdout is None:
        raise ConnectionError("the worker has no pipes")
    worker.stdin.write(len(request).to_bytes(_LENGTH, "big"))
    worker.stdin.write(request)
    await worker.stdin.drain()
    length = int.from_bytes(await worker.stdout.readexactly(_LENGTH), "big")
    answer: tuple[Any, str] = pickle.loads(await worker.stdout.readexactly(length))  # noqa: S301 - our own worker's
    return answer


def serve() -> None:
    """Answer requests from the standard input until it ends; runs in the worker."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    answers.write(_READY)
    answers.flush()
    while header := requests.read(_LENGTH):
        answer = _answered(requests.read(int.from_bytes(header, "big")))
        try:
            answers.write(len(answer).to_bytes(_LENGTH, "big"))
            answers.write(answer)
            answers.flush()
        except BrokenPipeError:
            # Our parent was killed: nobody is left to be told, and a flush at exit would fail too.
            os._exit(0)


def _answered(request: bytes) -> bytes:
    reader: Callable[[], object] = pickle.loads(request)  # noqa: S301 - our own parent's
    try:
        return pickle.dumps((_guarded(reader), ""))
    except ParseError as error:
        return pickle.dumps((None, str(error)))


def _small(body: bytes) -> bool:
    return len(body) <= SMALL_BYTES and body.count(b"<") <= SMALL_MARKS


def _guarded(reader: Callable[[], T]) -> T:
    """Return what a reader does; whatever surprises it in a document is that document's fault."""
    try:
        return reader()
    except (ParseError, Damaged):
        raise
    except Exception as error:
        raise ParseError(f"the answer could not be read ({type(error).__name__})") from error
