"""A busy day on Discord and on Slack, from one midnight to the next morning: `python -m benchmarks.busy_day`.

The whole bot runs against a platform on loopback that validates every documented limit and deadline, while
requests are refused and fail, people use it, connections are cut and the bot is started anew. What does not
add up is printed as sentences, and ends it with 1. With both platforms the day is lived once more on each,
with people and without trouble, and what differs is printed too. With 500 stories a day takes some minutes;
`--stories` is the scale, another `--seed` is another day, and `--platform slack` lives it there alone.
"""

import argparse
import asyncio
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple
from datetime import timedelta
from pathlib import Path

from tests.support.busy_bot import Day, beginning, on_discord, on_slack
from tests.support.busy_day import MORNING, Piece, day
from tests.support.busy_likeness import alike, live
from tests.support.busy_people import PEOPLE
from tests.support.busy_seen import seen
from tests.support.busy_sums import odd
from tests.support.busy_troubles import TROUBLES
from tests.support.chats import Sort

STORIES = 500
STEP = timedelta(minutes=10)
PLATFORMS = {"discord": on_discord, "slack": on_slack}
BOTH = "both"
_SEEN = "{:>14} {:>7} {:>6} {:>6} {:>8} {:>6}"
_RECKONED = "{:>14} {:>7} {:>7} {:>10} {:>9} {:>7} {:>8} {:>9}"


async def troubled(platform: str, pieces: Sequence[Piece]) -> int:
    """Live the day, print what was seen and what does not add up, and return how much that is."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        async with PLATFORMS[platform]() as chat, beginning(Path(folder), chat) as lived:
            chat.impose()
            await live(lived, pieces, (*TROUBLES, *PEOPLE), STEP)
            took = time.perf_counter() - began
            wrong = await odd(lived, pieces)
            print(f"{platform}: {took:.0f} s, slowest answer after {chat.slowest:.2f} s")
            await _report(lived)
    return _told(wrong)


async def compared(pieces: Sequence[Piece]) -> int:
    """Live the day on both without trouble, print where it differs, and return in how much."""
    with tempfile.TemporaryDirectory() as folder:
        found = await alike(Path(folder), pieces, STEP)
    print(f"Discord and Slack differ in {len(found)} things")
    return _told(found)


def _told(wrong: Sequence[str]) -> int:
    for sentence in wrong:
        print(f"WRONG: {sentence}")
    return len(wrong)


async def _report(lived: Day) -> None:
    """Print what the platform saw by channel, and what the bot says became of the stories."""
    saw, happened = seen(lived), Counter(each.sort for _, each in lived.log)
    print(_SEEN.format("seen in", "alerts", "edits", "below", "digests", "other"))
    for channel in sorted({*saw.heads, *saw.digests, *saw.other}):
        counts = (len(saw.heads[channel]), saw.edits[channel], saw.follow[channel])
        print(_SEEN.format(channel, *counts, len(saw.digests[channel]), saw.other[channel]))
    print(
        _RECKONED.format(
            "stories", "posted", "edited", "to digest", "filtered", "silent", "waiting", "given up"
        )
    )
    for destination, each in (await lived.app.store.reckoned(MORNING, lived.clock.now)).items():
        print(_RECKONED.format(lived.chat.channel(destination), *astuple(each)))
    print(
        f"{saw.messages} messages, {saw.edits.total()} edits, {saw.follow.total()} posts below; "
        f"{happened[Sort.FAULT]} requests failed, {happened[Sort.AGAIN]} posts repeated by nonce"
    )


async def lives(platform: str, pieces: Sequence[Piece]) -> int:
    """Live what is wanted, and return how much does not add up."""
    if platform != BOTH:
        return await troubled(platform, pieces)
    return sum([await troubled(each, pieces) for each in PLATFORMS]) + await compared(pieces)


def main() -> None:
    """Read the arguments and live the day."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--stories", type=int, default=STORIES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--platform", choices=(*PLATFORMS, BOTH), default=BOTH)
    given = parser.parse_args()
    wrong = asyncio.run(lives(given.platform, day(given.stories, given.seed)))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{wrong} wrong; {most:.0f} MB at most, platforms and people included")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
