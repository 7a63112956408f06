"""A busy day on Discord, from one midnight to the next morning: `python -m benchmarks.busy_day`.

The whole bot runs against a Discord on loopback that validates every documented limit and deadline, while
requests are refused and fail, people of three servers use it, the gateway is cut and the bot started anew.
What does not add up is printed as sentences, and ends it with 1. With 500 stories it takes some minutes;
`--stories` is the scale, and another `--seed` is another day.
"""

import argparse
import asyncio
import resource
import sys
import tempfile
import time
from collections import Counter
from dataclasses import astuple
from datetime import timedelta
from pathlib import Path

from tests.support.busy_bot import Day, beginning, on_discord
from tests.support.busy_day import MORNING, day
from tests.support.busy_people import PEOPLE
from tests.support.busy_seen import seen
from tests.support.busy_sums import odd
from tests.support.busy_troubles import TROUBLES

STORIES = 500
STEP = timedelta(minutes=10)
_SEEN = "{:>12} {:>7} {:>6} {:>6} {:>8} {:>6}"
_RECKONED = "{:>12} {:>7} {:>7} {:>10} {:>9} {:>7} {:>8} {:>9}"


async def live(stories: int, seed: int) -> int:
    """Live the day, print what was seen and what does not add up, and return how much that is."""
    pieces, began = day(stories, seed), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        async with on_discord() as chat, beginning(Path(folder), chat) as lived:
            chat.impose()
            await lived.goes_on(pieces, (*TROUBLES, *PEOPLE), MORNING + timedelta(hours=24), STEP)
            chat.relent()
            await lived.goes_on([], (), MORNING + timedelta(hours=33), timedelta(hours=1))
            took, violations = time.perf_counter() - began, len(lived.discord.violations)
            wrong = await odd(lived, pieces)
            await _report(lived)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{violations} violations; {took:.0f} s, {most:.0f} MB at most, Discord and people included")
    for sentence in wrong:
        print(f"WRONG: {sentence}")
    return len(wrong)


async def _report(lived: Day) -> None:
    """Print what Discord saw by channel, and what the bot says became of the stories."""
    saw, happened = seen(lived), Counter(entry["event"] for _, entry in lived.log)
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
        print(_RECKONED.format(destination, *astuple(each)))
    print(
        f"{saw.messages} messages, {saw.edits.total()} edits, {saw.follow.total()} posts below; "
        f"{happened['fault']} requests failed, {happened['message-again']} posts repeated by nonce"
    )
    answers = [each.acknowledged for each in lived.discord.answers.values() if each.acknowledged is not None]
    print(f"{len(answers)} interactions, the slowest answered after {max(answers):.2f} s")


def main() -> None:
    """Read the arguments and live the day."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--stories", type=int, default=STORIES)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sys.exit(bool(asyncio.run(live(given.stories, given.seed))))


if __name__ == "__main__":
    main()
