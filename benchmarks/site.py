"""How long the site takes to build: `python -m benchmarks.site`.

The store holds 1,000 claims and 100,000 stories (`benchmarks.large_register`). The site is built from
nothing, again with no change, and again after one story came; of each are told the seconds of one core, which
are not longer for what else the machine does, and the files. Memory is the most that the process held.
Aims: some minutes, some seconds, some seconds; no page above 300 kB. To write the store takes some minutes
too; `--stories 10000` is short, and `--keep FOLDER` leaves store and site there and takes them up again.
"""

import argparse
import asyncio
import resource
import tempfile
import time
from pathlib import Path

from benchmarks.large_register import BEGAN, another, fill
from bot.site.build import Built, build
from claims.sqlite import SQLiteStore
from claims.store import Store

AIM_PAGE = 300_000
"""Bytes: a second or so on a slow line (1 Mbit/s is 125 kB a second, and pages are packed to a fifth)."""


async def measure(folder: Path, claims: int, stories: int) -> None:
    """Build three times and print how that went."""
    store: Store = await SQLiteStore.open(folder / "claimwatch.db")
    if not await store.claims():
        began = time.process_time()
        await fill(store, claims_kept=claims, stories=stories)
        print(f"store      {time.process_time() - began:7.1f} s  {claims:,} claims, {stories:,} stories")
    print("build         seconds   written      kept     MB")
    await _timed("from nothing", store, folder)
    await _timed("no change", store, folder)
    await store.record_history([another(stories)], ())
    await _timed("one story", store, folder)
    await store.close()
    largest = max(path.stat().st_size for path in (folder / "site").rglob("*.html"))
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    fits = "fine" if largest <= AIM_PAGE else "too large"
    print(f"largest page {largest:,} bytes ({fits}), memory {held:.0f} MB")


async def _timed(what: str, store: Store, folder: Path) -> Built:
    began = time.process_time()
    built = await build(store, folder / "site", now=BEGAN)
    seconds = time.process_time() - began
    print(f"{what:14}{seconds:7.1f}{built.written:10,}{built.kept:10,}{built.bytes / 1e6:7.1f}", flush=True)
    return built


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--claims", type=int, default=1_000)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, default=None)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as short_lived:
        folder = asked.keep or Path(short_lived)
        folder.mkdir(parents=True, exist_ok=True)
        asyncio.run(measure(folder, asked.claims, asked.stories))


if __name__ == "__main__":
    main()
