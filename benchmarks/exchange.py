"""How long exports of a large register take, and in how much memory: `python -m benchmarks.exchange`.

1,000 claims and 100,000 stories are made in a temporary store (`--claims`, `--stories`), then each format is
written in a process of its own, which says how long it took and how much memory it had at most.
"""

import argparse
import asyncio
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.exchange.formats import FORMATS
from bot.exchange.model import Export
from bot.exchange.outgoing import edition_of, write
from bot.parts import who
from claims.admiralty import Reliability
from claims.feeds import Checkpoint, Feed, Visit
from claims.model import (
    Claim,
    Evidence,
    Mark,
    Member,
    Origin,
    Outcome,
    Reading,
    Reason,
    Silence,
    Source,
    Stance,
    Story,
)
from claims.sqlite import SQLiteStore
from claims.when import Day

BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
FEED = "https://feeds.sample.example/news.xml"
BATCH = 2_000
BODIES = ("Sample ministry", "Sample agency", "Sample panel", "Sample office")


async def fill(path: Path, claims: int, stories: int) -> None:
    """Make a store of so many claims and stories, each of which bears on one claim, spread evenly."""
    store = await SQLiteStore.open(path)
    await store.sync_claims(
        [
            Claim(
                f"claim-{n}", f"Sample ships brought {n} containers to port {n}", "Sample body", Day(2023, 1)
            )
            for n in range(claims)
        ]
    )
    await store.sync_feeds([Feed(FEED, "Sample", Source("Sample", "Sample"), "en")])
    for first in range(0, stories, BATCH):
        outcomes = tuple(_outcomes(range(first, min(first + BATCH, stories)), claims))
        await store.record_visit(Visit(Checkpoint(FEED, FEED), outcomes))
    await store.close()


def _outcomes(numbers: range, claims: int) -> Iterator[Outcome]:
    for n in numbers:
        source = Source(f"Sample outlet {n % 300}", f"Family {n % 200}", Reliability.B)
        at = BEGAN + timedelta(minutes=5 * n)
        title = f"Sample story {n} of a ship that brought containers"
        story = Story(
            f"{n:016x}", FEED, f"https://sample.example/{n}", title, title * 4, "en", source, at, at
        )
        stance = Stance.DISPUTES if n % 7 == 0 else Stance.SUPPORTS
        link = Evidence(story.id, f"claim-{n * 7919 % claims}", stance, 0.9, (Mark(0, 6, "Sample"),))
        reading = Reading(story.id, True, 0.9, "en", (link,), (), Origin((BODIES[n % 4],)))
        yield Outcome(Member(story, reading), Silence(Reason.NO_CLAIM), f"e-{n // 3:016x}")


async def export(path: Path, name: str, out: Path) -> None:
    """Write one export, and say what it took."""
    store = await SQLiteStore.open(path)
    claims = await store.claims()
    edition = await edition_of(store, claims, BEGAN + timedelta(days=900), "0")
    form, began = FORMATS[name], time.monotonic()
    with out.open("wb") as stream:
        await write(form, stream, Export(edition, tuple(claims)), store, claims, who)
        written = stream.tell()
    await store.close()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name:12} {time.monotonic() - began:6.1f} s, {written / 2**20:6.1f} MiB, {most:5.0f} MiB of memory"
    )


def main() -> None:
    """Fill a store and write every format."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=1_000)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--format")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.store or Path(folder) / "claimwatch.db"
        if given.format:
            asyncio.run(export(path, given.format, Path(folder) / "out"))
            return
        asyncio.run(fill(path, given.claims, given.stories))
        for name in FORMATS:
            command = [sys.executable, "-m", "benchmarks.exchange", "--store", str(path), "--format", name]
            subprocess.run(command, check=True)  # noqa: S603 - ourselves, by a name of the table


if __name__ == "__main__":
    main()
