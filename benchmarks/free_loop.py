"""How long nobody else is answered while one is, beside a large store: `python -m benchmarks.free_loop`.

Discord and Slack wait three seconds for the first sign of an answer, so what reckons in the event loop must
let others have their turn long before. The store is that of `benchmarks.large_register`: 1,000 claims and
100,000 stories. Of each answer are told the seconds it took, the seconds of one core, and the longest time in
milliseconds in which a task that wanted to run every 5 ms could not. `--keep FOLDER` leaves the store there
and takes it up again.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from benchmarks.large_register import BEGAN, DAYS, claims, feeds, fill
from bot import app, parts
from bot.commands.model import OPERATOR, Asker
from bot.demo import DemoClock
from bot.settings import load
from claims.lookups import StorySearch
from claims.outgoing import Period

AIM = 100
"""Milliseconds: more is felt by whoever types meanwhile."""
NOW = BEGAN + timedelta(days=DAYS)
ASKER = Asker("discord:1", may_change=True, workspace="discord:500", destination="discord:600")
ASKED: tuple[tuple[str, dict[str, str]], ...] = (
    *(("digest now", {"period": period}) for period in (Period.DAY, Period.WEEK, Period.MONTH)),
    ("claim show", {"claim": "sample-0"}),
    ("claim figures", {"claim": "sample-0"}),
    ("claim timeline", {"claim": "sample-0"}),
    ("claim activity", {"claim": "sample-0"}),
    ("claim activity", {}),
    ("claim list", {}),
    ("claim history", {"claim": "sample-0"}),
    ("claim merge", {"claim": "sample-0", "into": "sample-2", "why": "the same"}),
    ("claim split", {"claim": "sample-0", "into": "sample-2,sample-4", "why": "two"}),
    ("claim export", {"format": "json", "claims": "sample-0"}),
    ("claim export", {"format": "stix", "claims": "sample-0"}),
    ("health", {}),
)
"""`sample-0` is the claim with the most stories, some thousands."""
_BEAT = 0.005


@dataclass
class Gap:
    """The longest time between two beats, in seconds."""

    longest: float = 0.0


@asynccontextmanager
async def beating() -> AsyncIterator[Gap]:
    """Note meanwhile how long the event loop was not free."""
    gap = Gap()

    async def beat() -> None:
        before = time.perf_counter()
        while True:
            await asyncio.sleep(_BEAT)
            now = time.perf_counter()
            gap.longest, before = max(gap.longest, now - before - _BEAT), now

    heart = asyncio.create_task(beat())
    await asyncio.sleep(0)
    yield gap
    await asyncio.sleep(0)
    heart.cancel()


async def measured(name: str, work: Callable[[], Awaitable[object]]) -> None:
    """Do it and print what it took."""
    began, spent = time.perf_counter(), time.process_time()
    async with beating() as gap:
        await work()
    took, cpu = time.perf_counter() - began, time.process_time() - spent
    longest = gap.longest * 1_000
    over = "  too long" if longest > AIM else ""
    print(f"{name:44}{took:8.2f}{cpu:8.2f}{longest:9.0f}{over}", flush=True)


async def measure(folder: Path, claim_count: int, stories: int, only: str) -> None:
    """Ask for each and print how that went."""
    where = {"CLAIMWATCH_STORE__PATH": str(folder / "claimwatch.db"), "CLAIMWATCH_MATCHING__ENCODER": "off"}
    seeds = parts.Seeds(tuple(claims(claim_count)), tuple(feeds()))
    clock = DemoClock(NOW)
    async with app.opened(load(None, where), clock=clock, seeds=seeds, platforms={}) as built:
        if not await built.store.found_stories(StorySearch(), 1):
            await fill(built.store, claims_kept=claim_count, stories=stories)
        print(f"{claim_count:,} claims, {stories:,} stories        seconds     CPU   not free ms")
        for asker in (ASKER, OPERATOR):
            for command, args in ASKED:
                name = " ".join((command, *args.values()))
                if only in name:
                    shown = f"{'chat' if asker is ASKER else 'console'}: {name}"[:44]
                    await measured(shown, partial(built.desk.answer, command, dict(args), asker))


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--claims", type=int, default=1_000)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, default=None)
    parser.add_argument("--only", default="", help="measure those of which the words have this")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as short_lived:
        folder = asked.keep or Path(short_lived)
        folder.mkdir(parents=True, exist_ok=True)
        asyncio.run(measure(folder, asked.claims, asked.stories, asked.only))


if __name__ == "__main__":
    main()
