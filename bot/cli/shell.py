"""What every command of the command line shares: the settings, the screen, and how JSON is printed."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot import logs
from bot.settings import Settings, load
from claims.errors import UsageError
from claims.when import Day


class _Screen(Console):
    """A console whose reader may leave: `claimwatch stories export | head` is no failure."""

    def on_broken_pipe(self) -> None:
        # What is still buffered goes nowhere (docs.python.org/3/library/signal.html#note-on-sigpipe).
        self.quiet = True
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit


screen = _Screen(highlight=False, soft_wrap=True)
"""Where results go."""
aside = Console(stderr=True, highlight=False, soft_wrap=True)
"""Where progress, notes and errors go, so that results can be piped."""

FLAG = ""
"""What the help shows as the value of an option that has none; typer 0.29 would show `<bool>`."""

Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Settings file; else the one CLAIMWATCH_CONFIG names."),
]
AsJson = Annotated[bool, typer.Option("--json", metavar=FLAG, help="Print JSON for a program to read.")]


@dataclass(frozen=True, slots=True)
class Shell:
    """What the command line was started with."""

    environment: Mapping[str, str]
    config: Path | None = None

    def settings(self, config: Path | None, *, level: str = "WARNING") -> Settings:
        """Load the settings, set the log up so that none of their secrets passes it, and warn.

        Raises:
            SettingsError: a setting is wrong.

        """
        settings = load(config or self.config, self.environment)
        logs.set_up(level, settings.secrets)
        for warning in settings.warnings():
            aside.print(f"note: {warning}", markup=False)
        return settings


@contextmanager
def progress(what: str, *, hidden: bool = False) -> Iterator["Bar"]:
    """Show a bar on a terminal while something takes its time; elsewhere nothing is printed."""
    hidden = hidden or not sys.stderr.isatty()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=aside, transient=True, disable=hidden) as shown:
        yield Bar(shown, what)


class Bar:
    """One bar of progress."""

    def __init__(self, shown: Progress, what: str) -> None:
        """Begin at nothing done, of an unknown whole."""
        self._shown = shown
        self._task = shown.add_task(what, total=None)

    def __call__(self, done: int, of: int) -> None:
        """Show that so many of so many are done."""
        self._shown.update(self._task, completed=done, total=of)


def parse_since(text: str) -> datetime:
    """Return the first moment in UTC of a day, a month or a year.

    Raises:
        UsageError: it is none of these.

    """
    try:
        return datetime.combine(Day.parse(text).first(), time(), UTC)
    except ValueError as error:
        raise UsageError(f"--since: {error}") from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Refuse what cannot be written, in words.

    Raises:
        UsageError: the system does not let us write there.

    """
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written ({error.strerror}); name another place, or none"
        ) from None


def print_json(value: Any) -> None:
    """Print a value as one line of JSON, in UTF-8 and with other scripts readable."""
    screen.out(json.dumps(value, ensure_ascii=False))
