"""Parsing in a process that can be killed."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import partial

import pytest

from claims.feeds import FeedKind
from tests.support.build import NOW, feed
from tests.support.feed_server import item, rss
from watchers.apart import SMALL_BYTES, SMALL_MARKS, ParserProcess
from watchers.discover import find_feeds
from watchers.document import ParseError
from watchers.kinds.page import read_page
from watchers.parse import parse

SMALL = rss(item("Sample headline", "/1", summary="Words.")).encode()
GOOD = SMALL + b" " * SMALL_BYTES
"""Too large to be read anywhere but in the worker."""
SLOW = rss(f"<ITEM><title>Sample</title>{'<category>c</category>' * 300_000}</ITEM>").encode()
"""Some 7 MB for the tolerant reader, which they keep busy for much longer than the deadlines here."""


@pytest.fixture
async def parser() -> AsyncIterator[ParserProcess]:
    """Run a parser with the usual deadline."""
    async with ParserProcess() as running:
        yield running


def worker(parser: ParserProcess) -> int:
    """Return the process id of the worker."""
    assert parser._worker is not None
    return parser._worker.pid


async def test_it_says_what_parsing_here_would_say(parser: ParserProcess) -> None:
    """Stories and errors come back as from `parse`, and the worker is kept for the next document."""
    base = "https://outlet.example/feed"
    expected = parse(GOOD, feed(), seen_at=NOW, base_url=base)
    assert await parser.parse(GOOD, feed(), seen_at=NOW, base_url=base) == expected
    first = worker(parser)
    with pytest.raises(ParseError, match="a web page, not a feed"):
        await parser.parse(b"<html>" + b" " * SMALL_BYTES, feed(), seen_at=NOW)
    assert await parser.parse(GOOD, feed(), seen_at=NOW, base_url=base) == expected
    assert worker(parser) == first


async def test_documents_asked_at_once_get_their_own_answers(parser: ParserProcess) -> None:
    """Answers are never mixed up."""
    bodies = [rss(item(f"Sample {n}")).encode() + b" " * SMALL_BYTES * (n % 2) for n in range(20)]
    answers = await asyncio.gather(*(parser.parse(body, feed(), seen_at=NOW) for body in bodies))
    assert [parsed.stories[0].title for parsed in answers] == [f"Sample {n}" for n in range(20)]


async def test_small_documents_need_no_worker(parser: ParserProcess) -> None:
    """What the fast reader can read at once is read at once, and its errors are said at once."""
    [story] = (await parser.parse(SMALL, feed(), seen_at=NOW)).stories
    assert story.title == "Sample headline"
    with pytest.raises(ParseError, match="a web page, not a feed"):
        await parser.parse(b"<html>", feed(), seen_at=NOW)
    assert parser._worker is None


@pytest.mark.parametrize(
    "body",
    [
        GOOD,
        SMALL.replace(b"</channel>", b"<category/>" * SMALL_MARKS + b"</channel>"),
        SMALL.replace(b"item>", b"ITEM>"),
    ],
)
async def test_the_worker_reads_what_could_take_long(parser: ParserProcess, body: bytes) -> None:
    """Large documents, those of very many tags and those that need the tolerant reader go there."""
    [story] = (await parser.parse(body, feed(), seen_at=NOW)).stories
    assert story.title == "Sample headline"
    assert worker(parser)


async def test_what_takes_too_long_is_killed_and_the_next_goes_on() -> None:
    """A hostile document costs its deadline: its worker is gone, another reads the next document."""
    async with ParserProcess(deadline_seconds=60) as patient:
        await patient.parse(GOOD, feed(), seen_at=NOW)
        patient._deadline = 0.5
        killed = worker(patient)
        with pytest.raises(ParseError, match=r"could not be read within 0\.5 seconds"):
            await patient.parse(SLOW, feed(), seen_at=NOW)
        with pytest.raises(ProcessLookupError):
            os.kill(killed, 0)
        patient._deadline = 60
        [story] = (await patient.parse(GOOD, feed(), seen_at=NOW)).stories
    assert story.title == "Sample headline"


async def test_the_loop_goes_on_while_a_large_document_is_read(parser: ParserProcess) -> None:
    """Commands are answered meanwhile: no turn of the loop waits for the parser."""
    await parser.parse(GOOD, feed(), seen_at=NOW)
    parser._deadline = 1.0
    reading = asyncio.create_task(parser.parse(SLOW, feed(), seen_at=NOW))
    turns = 0
    while not reading.done():
        await asyncio.sleep(0.005)
        turns += 1
    with pytest.raises(ParseError):
        await reading
    assert turns > 5


async def test_a_worker_that_died_is_replaced(parser: ParserProcess) -> None:
    """Somebody else's kill costs nothing but a new start."""
    await parser.parse(GOOD, feed(), seen_at=NOW)
    assert parser._worker is not None
    parser._worker.kill()
    await parser._worker.wait()
    assert (await parser.parse(GOOD, feed(), seen_at=NOW)).stories


async def test_a_worker_that_dies_at_work_fails_that_document_alone(parser: ParserProcess) -> None:
    """A crash is said of the document, and the next one is read."""
    await parser.parse(GOOD, feed(), seen_at=NOW)
    reading = asyncio.create_task(parser.parse(SLOW, feed(), seen_at=NOW))
    await asyncio.sleep(0)
    assert parser._worker is not None
    parser._worker.kill()
    with pytest.raises(ParseError, match="crashed the parser"):
        await reading
    assert (await parser.parse(GOOD, feed(), seen_at=NOW)).stories


async def test_a_cancelled_caller_leaves_no_answer_behind(parser: ParserProcess) -> None:
    """After a cancellation the next caller gets its own answer, not the one that was under way."""
    await parser.parse(GOOD, feed(), seen_at=NOW)
    reading = asyncio.create_task(parser.parse(SLOW, feed(), seen_at=NOW))
    await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    [story] = (await parser.parse(GOOD, feed(), seen_at=NOW)).stories
    assert story.title == "Sample headline"


async def test_closing_leaves_no_process() -> None:
    """`close` ends the worker, twice if need be, and does nothing where none was started."""
    parser = ParserProcess()
    await parser.close()
    await parser.parse(GOOD, feed(), seen_at=NOW)
    started = worker(parser)
    await parser.close()
    await parser.close()
    with pytest.raises(ProcessLookupError):
        os.kill(started, 0)


PAGE = b'<a href="/n/1001">Statement on Rason port</a>'
HOSTILE = b"<table>" + b"<a href=/n/1001>" * 3_000 + b"x" * 6_000_000
"""Some 6 MB of links that are never closed, each within the other: their words are those of all."""


async def test_a_page_is_always_read_in_the_worker(parser: ParserProcess) -> None:
    """What says of itself that it is a page is made by anybody: however small, it is not read here."""
    [story] = (await parser.parse(PAGE, feed(kind=FeedKind.PAGE), seen_at=NOW)).stories
    with pytest.raises(ParseError, match="no link on the page"):
        await parser.parse(b"<p>Moved</p>", feed(kind=FeedKind.PAGE), seen_at=NOW)

    assert story.title == "Statement on Rason port"
    assert worker(parser)


async def test_the_worker_runs_any_reader_of_ours(parser: ParserProcess) -> None:
    """A result comes back as it is, trouble as trouble, and a surprise as a sentence."""
    found = await parser.call(partial(find_feeds, b'<a href="/rss">RSS</a>', "https://outlet.example/"))

    assert [each.url for each in found] == ["https://outlet.example/rss"]
    with pytest.raises(ParseError, match="not a web page"):
        await parser.call(partial(read_page, b"", feed(), content_type=None, base_url=""))
    with pytest.raises(ParseError, match=r"could not be read \(ZeroDivisionError\)"):
        await parser.call(partial(divmod, 1, 0))


@pytest.mark.parametrize("body", [HOSTILE, b"<div>" * 1_000_000 + PAGE, b"<a " + b"x=1 " * 500_000])
async def test_a_hostile_page_costs_its_deadline_at_most(body: bytes) -> None:
    """It is read or refused in time, and the next page is read all the same."""
    async with ParserProcess(deadline_seconds=60) as patient:
        await patient.parse(PAGE, feed(kind=FeedKind.PAGE), seen_at=NOW)
        patient._deadline = 1.0
        with suppress(ParseError):
            await patient.parse(body, feed(kind=FeedKind.PAGE), seen_at=NOW)
        patient._deadline = 60
        [story] = (await patient.parse(PAGE, feed(kind=FeedKind.PAGE), seen_at=NOW)).stories

    assert story.title == "Statement on Rason port"
