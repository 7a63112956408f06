"""The command line inside the test's own process, with a store and seed files of its own."""

import asyncio
import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import main
from claims.model import Member, Reason, Silence
from tests.support.build import claim, event_id, feed, member, outcome, visit
from tests.support.stores import open_store

CLAIMS = """
[[claim]]
id = "sample-shells"
statement = "Sample ships carried 1,000 containers of artillery shells from Rason to Dunay"
said_by = "Sample ministry"
said_on = 2023-10-13
items = ["artillery shells"]
"""
FEEDS = """
[[feed]]
url = "https://feeds.sample-herald.example/world.xml"
title = "Sample Herald: world"
language = "en"
source = "Sample Herald"
reliability = "B"
"""


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[Any]:
        """Return the lines of JSON that it printed."""
        return [json.loads(line) for line in self.out.splitlines()]


class CommandLine:
    """Runs commands as the shell would, in a folder of its own and an environment without our variables."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self.store = folder / "sample.db"
        for name in [name for name in os.environ if name.startswith("CLAIMWATCH_")]:
            monkeypatch.delenv(name)
        self._monkeypatch, self._capsys = monkeypatch, capsys
        self.write("claims.toml", CLAIMS)
        self.write("feeds.toml", FEEDS)
        self.config = self.write(
            "sample.toml",
            '[store]\npath = "sample.db"\n[seeds]\nclaims = "claims.toml"\nfeeds = "feeds.toml"\n'
            '[matching]\nencoder = "off"\n',
        )

    def write(self, name: str, text: str) -> Path:
        """Write a file into the folder and return its path."""
        (self.folder / name).write_text(text, encoding="utf-8")
        return self.folder / name

    def fill(self, *told: Member, **found: Any) -> str:
        """Record a visit that brought one story, or these, and return the id of the event of all.

        `found` is what else the visit left in the checkpoint.
        """
        url = "https://sample-herald.example/1"
        first, *more = told or (member("포탄 leave Rason", ["sample-shells"], url=url, language="ko"),)

        async def record() -> None:
            store = await open_store(self.store)
            try:
                await store.sync_feeds([feed()])
                await store.sync_claims([claim("sample-shells")])
                others = (outcome(each, Silence(Reason.ALREADY_TOLD), of=first) for each in more)
                await store.record_visit(visit(outcome(first), *others, **found))
            finally:
                await store.close()

        asyncio.run(record())
        return event_id(first)

    def __call__(self, *arguments: str | Path, config: bool = True) -> Ran:
        """Run a command, with the settings of the folder unless it brings its own."""
        given = [*map(str, arguments), *(("--config", str(self.config)) if config else ())]
        self._monkeypatch.setattr(sys, "argv", ["claimwatch", *given])
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended, _log_restored():
            main()
        told = self._capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, told.out, told.err)


@contextmanager
def _log_restored() -> Iterator[None]:
    root, raising = logging.getLogger(), logging.raiseExceptions
    kept, level = root.handlers[:], root.level
    root.handlers = []
    try:
        yield
    finally:
        root.handlers, logging.raiseExceptions = kept, raising
        root.setLevel(level)
