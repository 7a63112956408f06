"""The console: cards scroll by, and the commands of every platform are typed below them."""

import asyncio
import io
import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TextIO

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.patch_stdout import patch_stdout
from prompt_toolkit.shortcuts import CompleteStyle
from rich.console import Console

from bot.card import Card, Field
from bot.commands.model import OPERATOR, Command
from bot.commands.parse import parse
from bot.commands.spelling import PROMPT
from bot.language import _
from bot.places import Place
from bot.platforms import PLAINLY, Desk, How, SendError
from bot.present import error_card
from bot.render.console import render
from claims.errors import UsageError
from claims.text import digest_key, one_line

READY = "claimwatch> "
QUIT = "/quit"

_WIDEST = 100
"""Columns: longer lines are hard to read."""
_REMEMBERED = 1_000
"""Printed cards that an update is compared with; the update of an older one is printed whole."""
_LONGEST = 4096
"""Bytes of a typed line; the rest is read as the next one."""


class ConsolePlatform:
    """Prints cards to a stream, and answers what is typed at a terminal or comes down a pipe.

    At a terminal there is a prompt, and `run` ends with `/quit`, Ctrl-D or Ctrl-C. Elsewhere the end of the
    input only ends the questions: a bot that was started without an input goes on.
    """

    name = "console"

    def __init__(self, commands: Sequence[Command], stdin: TextIO | None, stdout: TextIO) -> None:
        """Keep the commands and the streams; `stdin` is None where the process has none."""
        self._commands = commands
        self._stdin = stdin
        self._out = stdout
        self._screen = Console(file=stdout)
        self._is_terminal = stdin is not None and stdin.isatty() and stdout.isatty()
        self._printed: dict[str, Card] = {}
        self._closed = asyncio.Event()

    async def run(self, desk: Desk) -> None:
        """Answer what is typed until somebody wants to stop, or `close` is called."""
        reading = asyncio.create_task(self._prompt(desk) if self._is_terminal else self._read(desk))
        closing = asyncio.create_task(self._closed.wait())
        try:
            done, _ = await asyncio.wait((reading, closing), return_when=asyncio.FIRST_COMPLETED)
        finally:
            reading.cancel()
            closing.cancel()
            await asyncio.gather(reading, closing, return_exceptions=True)
        if reading in done:
            reading.result()

    async def check(self) -> str:
        """Return where cards are printed."""
        return "this terminal" if self._is_terminal else "standard output"

    async def send(self, channel: str, card: Card, key: str, *, again: bool, how: How = PLAINLY) -> str:  # noqa: ARG002 - Platform
        """Print a card; the receipt is made from its key. One that follows another is headed so."""
        card = _in_words(card)
        self._show(replace(card, heading=_headed(_("FOLLOWS UP"), card)) if how.under else card)
        receipt = digest_key(key)[:8]
        self._remember(receipt, card)
        return receipt

    async def edit(self, channel: str, receipt: str, card: Card) -> None:  # noqa: ARG002 - Platform
        """Print what is new of a card, marked as an update: what has scrolled by cannot be changed."""
        card, before = _in_words(card), self._printed.get(receipt)
        fields = tuple(field for field in card.fields if before is None or field not in before.fields)
        self._show(replace(card, heading=_headed(_("UPDATED"), card), fields=fields))
        self._remember(receipt, card)

    async def address(self, channel: str, receipt: str) -> None:
        """Return nothing: what has scrolled by is nowhere else."""

    async def place(self, channel: str) -> Place | None:
        """Return the console, which has no channels."""
        return None if channel else Place(self.name)

    async def elsewhere(
        self,
        workspace: str,  # noqa: ARG002 - Platform
        channel: str,  # noqa: ARG002 - Platform
        person: str | None,  # noqa: ARG002 - Platform
        subscribed: Sequence[str],  # noqa: ARG002 - Platform
    ) -> Sequence[str]:
        """Return nothing: there is no other console."""
        return []

    async def close(self) -> None:
        """End `run`."""
        self._closed.set()

    def _remember(self, receipt: str, card: Card) -> None:
        self._printed[receipt] = card
        if len(self._printed) > _REMEMBERED:
            del self._printed[next(iter(self._printed))]

    async def _prompt(self, desk: Desk) -> None:
        names = [command.name for command in self._commands]
        session = PromptSession[str](
            READY,
            completer=WordCompleter([*names, *(f"/{name}" for name in names), QUIT], sentence=True),
            complete_while_typing=False,
            complete_style=CompleteStyle.READLINE_LIKE,
        )
        stream = self._out
        with patch_stdout(raw=True):
            # The patched stream prints above the prompt.
            self._out = sys.stdout
            try:
                self._out.write(f"Type help for what you can ask, {QUIT} to stop.\n")
                while await self._answer(desk, await session.prompt_async()):
                    pass
            except (EOFError, KeyboardInterrupt):
                return
            finally:
                self._out = stream

    async def _read(self, desk: Desk) -> None:
        lines: asyncio.Queue[str] = asyncio.Queue()
        if (raw := _descriptor_of(self._stdin)) is not None:
            pumping = (raw, asyncio.get_running_loop(), lines)
            threading.Thread(target=_pump, args=pumping, daemon=True).start()
        while await self._answer(desk, await lines.get()):
            pass

    async def _answer(self, desk: Desk, line: str) -> bool:
        """Answer one line, if it has any words; return whether there is more to come."""
        typed = line.strip()
        if typed.casefold() in (QUIT, QUIT.removeprefix("/")):
            return False
        if typed:
            try:
                name, args = parse(typed, self._commands, PROMPT)
            except UsageError as error:
                card = error_card(error)
            else:
                card = await desk.answer(name, args, OPERATOR)
            # Where nothing can be printed, the alerts say so to the log.
            with suppress(SendError):
                self._show(card)
        return True

    def _show(self, card: Card) -> None:
        width = min(self._screen.width, _WIDEST) if self._screen.is_terminal else _WIDEST
        colour = self._screen.color_system is not None and not self._screen.no_color
        encoding = self._out.encoding or "utf-8"
        shown = render(card, width, colour)
        if card.attachment and not card.attachment.is_picture:
            # Whoever wants a file has the command line; each line is cleaned like those of a card.
            shown += "".join(f"{one_line(line)}\n" for line in card.attachment.content.decode().splitlines())
        text = shown.encode(encoding, "replace").decode(encoding)
        try:
            self._out.write(f"{text}\n")
            self._out.flush()
        except (OSError, ValueError) as error:
            raise SendError(f"the console cannot be written to: {error}", permanent=False) from error


def _in_words(card: Card) -> Card:
    """Return a card that says what its picture shows."""
    if card.attachment is None or not card.attachment.is_picture:
        return card
    told = Field(_("Picture, in words"), (card.attachment.about,))
    return replace(card, fields=(*card.fields, told), attachment=None)


def _headed(words: str, card: Card) -> str:
    return f"{words} · {card.heading}" if card.heading else words


def _descriptor_of(stream: TextIO | None) -> int | None:
    """Return a descriptor of our own for what a stream reads, or None where there is nothing to read.

    The stream's own may be closed while a thread waits on it, and its number given to another file.
    """
    if stream is None:
        return None
    try:
        return os.dup(stream.fileno())
    except (OSError, ValueError):
        return None


def _pump(descriptor: int, loop: asyncio.AbstractEventLoop, lines: asyncio.Queue[str]) -> None:
    """Hand on the lines of a descriptor until they end or nobody listens any more; then close it.

    It is read past the stream's own buffer: a thread that waits holds its lock, and Python dies at exit when
    it cannot have it ("Fatal Python error: _enter_buffered_busy").
    """
    with suppress(OSError, RuntimeError), io.FileIO(descriptor) as raw:
        while line := raw.readline(_LONGEST):
            loop.call_soon_threadsafe(lines.put_nowait, line.decode("utf-8", "replace"))
