"""What the console promises: cards scroll by, lines are answered, and leaving is easy."""

import asyncio
import io
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TextIO

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from bot.card import Attachment, Card, Field
from bot.commands.model import Asker
from bot.commands.table import COMMANDS
from bot.platforms import How, SendError
from bot.platforms.console import ConsolePlatform
from tests.support.pictured import DIGEST
from tests.support.platforms import DeskOf

SOON = 20
"""Seconds after which something that should happen at once has failed."""


class Desk:
    """Answers every command with its own name and values, and remembers them."""

    def __init__(self) -> None:
        self._asked: asyncio.Queue[str] = asyncio.Queue()

    async def answer(self, name: str, args: dict[str, str], asker: Asker) -> Card:
        asked = " ".join([name, *args.values()])
        self._asked.put_nowait(asked)
        return Card(title=f"answer to {asked}")

    async def next(self) -> str:
        """Return the next question, as soon as there is one."""
        async with asyncio.timeout(SOON):
            return await self._asked.get()


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Typist:
    """The writing end of a pipe."""

    def __init__(self, descriptor: int) -> None:
        self._pipe = io.FileIO(descriptor, "w")

    def types(self, line: bytes) -> None:
        self._pipe.write(line + b"\n")

    def ends(self) -> None:
        self._pipe.close()


@contextmanager
def pipe() -> Iterator[tuple[TextIO, Typist]]:
    """Give the reading end of a pipe as a standard input, and who types into it."""
    reading, writing = os.pipe()
    typist = Typist(writing)
    with os.fdopen(reading) as stdin:
        try:
            yield stdin, typist
        finally:
            typist.ends()


@asynccontextmanager
async def running(console: ConsolePlatform, desk: Desk) -> AsyncIterator["asyncio.Task[None]"]:
    """Run the console, and close it at the end."""
    task = asyncio.create_task(console.run(DeskOf(desk.answer)))
    try:
        yield task
    finally:
        await console.close()
        async with asyncio.timeout(SOON):
            await task


async def test_a_card_is_printed_and_its_receipt_comes_from_its_key() -> None:
    """The same delivery has the same receipt, and cards are parted by an empty line."""
    out = io.StringIO()
    console = ConsolePlatform(COMMANDS, None, out)

    first = await console.send("", Card(title="Sample"), "alert:1", again=False)
    again = await console.send("", Card(title="Sample"), "alert:1", again=True)
    other = await console.send("", Card(title="Other"), "alert:2", again=False)

    assert out.getvalue() == "Sample\n\nSample\n\nOther\n\n"
    assert first == again != other


async def test_an_edited_card_shows_what_is_new_and_says_so() -> None:
    """What scrolled by cannot be changed, so its news is printed below, each time against the last."""
    out = io.StringIO()
    console = ConsolePlatform(COMMANDS, None, out)
    origin, one, two = Field("Origin", ("DIA",)), Field("Told by", ("A",)), Field("Told by", ("A, B",))
    receipt = await console.send("", Card("Sample", (), (origin, one), heading="DENIAL"), "k", again=False)
    out.truncate(out.seek(0))

    await console.edit("", receipt, Card("Sample", (), (origin, two), heading="DENIAL"))
    await console.edit("", receipt, Card("Sample", (), (origin, two), heading="DENIAL"))

    assert out.getvalue() == "UPDATED · DENIAL\nSample\n  Told by  A, B\n\nUPDATED · DENIAL\nSample\n\n"


async def test_what_follows_a_card_says_so() -> None:
    """It is printed below whatever was printed since."""
    out = io.StringIO()
    console = ConsolePlatform(COMMANDS, None, out)

    receipt = await console.send("", Card("Sample", heading="▼ DENIAL"), "k#1", again=False, how=How("k"))
    await console.send("", Card("Sample"), "k#2", again=False, how=How(receipt))

    assert out.getvalue() == "FOLLOWS UP · ▼ DENIAL\nSample\n\nFOLLOWS UP\nSample\n\n"


async def test_a_card_printed_before_a_restart_is_printed_whole() -> None:
    """An update never refers to what this screen may not have shown."""
    out = io.StringIO()
    console = ConsolePlatform(COMMANDS, None, out)

    await console.edit("", "receipt", Card("Sample", (), (Field("Told by", ("A, B",)),)))

    assert out.getvalue() == "UPDATED\nSample\n  Told by  A, B\n\n"


async def test_the_memory_of_printed_cards_ends() -> None:
    """A console that runs for months keeps the last thousand."""
    out = io.StringIO()
    console = ConsolePlatform((), None, out)
    card = Card("Sample", (), (Field("Told by", ("A",)),))
    receipts = [await console.send("", card, str(n), again=False) for n in range(1_001)]
    out.truncate(out.seek(0))

    await console.edit("", receipts[0], card)
    await console.edit("", receipts[-1], card)

    assert out.getvalue() == "UPDATED\nSample\n  Told by  A\n\nUPDATED\nSample\n\n"


async def test_a_stream_that_is_gone_is_a_send_error() -> None:
    """The delivery is kept for later: the next start may have somewhere to print."""
    out = io.StringIO()
    console = ConsolePlatform(COMMANDS, None, out)
    out.close()

    with pytest.raises(SendError) as caught:
        await console.send("", Card(title="Sample"), "alert:1", again=False)

    assert not caught.value.permanent


async def test_letters_that_the_stream_cannot_write_are_replaced() -> None:
    """A Korean headline on an ASCII stream loses its letters, not the alert."""
    raw = io.BytesIO()
    console = ConsolePlatform(COMMANDS, None, io.TextIOWrapper(raw, encoding="ascii"))

    await console.send("", Card(title="포탄 shells"), "alert:1", again=False)

    assert raw.getvalue() == b"?? shells\n\n"


async def test_lines_of_a_pipe_are_answered_in_order() -> None:
    """Commands and mistakes are answered, empty lines passed over, and broken letters survived."""
    out, desk = io.StringIO(), Desk()
    with pipe() as (stdin, typist):
        async with running(ConsolePlatform(COMMANDS, stdin, out), desk):
            typist.types(b"/claim search don't\n\n  \nclaim shwo\nclaim show \xff")
            typist.types(b"digest")
            asked = [await desk.next() for _ in range(3)]

    assert asked == ["claim search don't", "claim show \ufffd", "digest now"]

    assert out.getvalue() == (
        "answer to claim search don't\n\n"
        "There is no command “claim shwo”\n  Did you mean: claim show CLAIM\n\n"
        "answer to claim show \ufffd\n\n"
        "answer to digest now\n\n"
    )


async def test_a_file_is_printed_below_its_answer() -> None:
    """What a feed wrote into it moves no cursor and has no colour."""
    out = io.StringIO()
    console = ConsolePlatform(COMMANDS, None, out)
    file = Attachment("a.opml", "<a>\n  \x1b[31m\x9b1m<b/>\n".encode())

    await console.send("", Card("A list", attachment=file), "key", again=False)

    assert out.getvalue() == "A list\n<a>\n[31m1m<b/>\n\n"


async def test_a_picture_is_told_in_words() -> None:
    """What is posted says what its picture shows, and an update does where that changed."""
    out = io.StringIO()
    console = ConsolePlatform(COMMANDS, None, out)

    receipt = await console.send("", DIGEST, "key", again=False)
    await console.edit("", receipt, DIGEST)

    assert out.getvalue().count("Picture, in words  Two claims, week by week") == 1


async def test_quit_ends_the_run_of_a_pipe() -> None:
    """`/quit` is the wish to stop, from a pipe as well."""
    with pipe() as (stdin, typist):
        async with running(ConsolePlatform(COMMANDS, stdin, io.StringIO()), Desk()) as run:
            typist.types(b"/quit")
            async with asyncio.timeout(SOON):
                await run


async def test_the_end_of_the_input_does_not_end_the_bot() -> None:
    """A bot that is fed from a file goes on posting when the file has ended."""
    out, desk = io.StringIO(), Desk()
    with pipe() as (stdin, typist):
        console = ConsolePlatform(COMMANDS, stdin, out)
        async with running(console, desk) as run:
            typist.types(b"digest")
            typist.ends()
            await desk.next()
            await console.send("", Card(title="Sample alert"), "alert:1", again=False)
            assert not run.done()

    assert out.getvalue().endswith("Sample alert\n\n")


async def test_an_input_that_was_closed_elsewhere_takes_no_line_of_another() -> None:
    """The number of a descriptor is used again; whoever waits for lines keeps to the input it was given."""
    desk = Desk()
    with pipe() as (stdin, typist):
        async with running(ConsolePlatform(COMMANDS, stdin, io.StringIO()), desk):
            typist.types(b"help")
            assert await desk.next() == "help"
            number = stdin.fileno()
            stdin.close()
            with pipe() as (other, other_typist):
                assert other.fileno() == number
                other_typist.types(b"claim list")
                typist.types(b"digest\nfeed list")
                assert [await desk.next(), await desk.next()] == ["digest now", "feed list"]


async def test_a_last_line_without_an_end_is_answered(tmp_path: Path) -> None:
    """A file of commands is read to its last letter."""
    (tmp_path / "commands").write_text("help\ndigest")
    desk = Desk()
    with (tmp_path / "commands").open() as stdin:
        async with running(ConsolePlatform(COMMANDS, stdin, io.StringIO()), desk):
            assert [await desk.next(), await desk.next()] == ["help", "digest now"]


async def test_a_bot_without_an_input_runs() -> None:
    """Neither `/dev/null`, nor no stream at all, nor one without a descriptor stops it."""
    with os.fdopen(os.open(os.devnull, os.O_RDONLY)) as nothing:
        for stdin in (nothing, None, io.StringIO("help\n")):
            console = ConsolePlatform(COMMANDS, stdin, io.StringIO())
            async with running(console, Desk()) as run:
                await console.send("", Card(title="Sample"), "alert:1", again=False)
                assert not run.done()


async def test_closing_twice_or_before_running_does_no_harm() -> None:
    """A closed console runs no further."""
    console = ConsolePlatform(COMMANDS, None, io.StringIO())
    await console.close()
    await console.close()

    async with asyncio.timeout(SOON):
        await console.run(DeskOf(Desk().answer))


def test_a_process_whose_input_stays_open_ends() -> None:
    """Waiting for a line that never comes holds up neither the end of the run nor that of the interpreter."""
    script = (
        "import asyncio, sys\n"
        "from bot.platforms.console import ConsolePlatform\n"
        "async def main():\n"
        "    console = ConsolePlatform((), sys.stdin, sys.stdout)\n"
        "    run = asyncio.create_task(console.run(None))\n"
        "    await asyncio.sleep(0)\n"
        "    await console.close()\n"
        "    await run\n"
        "asyncio.run(main())\n"
        "print('ended')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            assert process.wait(SOON) == 0
        finally:
            process.kill()
        assert process.stdout.read() == b"ended\n"
        assert process.stderr.read() == b""


@contextmanager
def terminal() -> Iterator[tuple[PipeInput, io.StringIO]]:
    """Give what types at a terminal and what its screen was sent."""
    screen = io.StringIO()
    output = Vt100_Output(screen, lambda: Size(rows=40, columns=100), enable_cpr=False)
    with create_pipe_input() as keys, create_app_session(input=keys, output=output):
        yield keys, screen


async def test_a_terminal_has_a_prompt_with_alerts_above_it() -> None:
    """Questions are typed while alerts scroll by, and `/quit` leaves."""
    desk, stdout = Desk(), Terminal()
    with terminal() as (keys, screen):
        console = ConsolePlatform(COMMANDS, Terminal(), stdout)
        async with running(console, desk) as run:
            keys.send_text("/digest\r")
            assert await desk.next() == "digest now"
            await console.send("", Card(title="Sample alert"), "alert:1", again=False)
            keys.send_text("/quit\r")
            async with asyncio.timeout(SOON):
                await run
        await console.send("", Card(title="After the prompt"), "alert:2", again=False)

    assert "Type help for what you can ask, /quit to stop." in screen.getvalue()
    assert "claimwatch>" in screen.getvalue()
    assert "answer to digest" in screen.getvalue()
    assert "Sample alert" in screen.getvalue()
    assert "After the prompt" in stdout.getvalue()


@pytest.mark.parametrize("key", ["\x04", "\x03"], ids=["Ctrl-D", "Ctrl-C"])
async def test_leaving_the_prompt_by_a_key(key: str) -> None:
    """Ctrl-D and Ctrl-C at the prompt are the wish to stop, not an error."""
    with terminal() as (keys, _):
        async with running(ConsolePlatform(COMMANDS, Terminal(), Terminal()), Desk()) as run:
            keys.send_text(key)
            async with asyncio.timeout(SOON):
                await run


async def test_tab_completes_a_command() -> None:
    """A few letters are enough, with and without the slash."""
    desk = Desk()
    with terminal() as (keys, _):
        async with running(ConsolePlatform(COMMANDS, Terminal(), Terminal()), desk):
            keys.send_text("rev\t\r")
            assert await desk.next() == "review"
            keys.send_text("/claim l\t\r")
            assert await desk.next() == "claim list"


async def test_closing_ends_the_prompt() -> None:
    """A signal elsewhere ends the console while it waits for keys."""
    with terminal() as (_, _screen):
        console = ConsolePlatform(COMMANDS, Terminal(), Terminal())
        async with running(console, Desk()) as run:
            await console.close()
            async with asyncio.timeout(SOON):
                await run
