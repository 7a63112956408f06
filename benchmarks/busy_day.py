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
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from tests.support.busy_bot import Day, beginning
from tests.support.busy_day import MORNING, day
from tests.support.busy_people import PEOPLE
from tests.support.busy_sums import Seen, Told, asked_why, odd, seen
from tests.support.busy_troubles import TROUBLES, impose

STORIES = 500
STEP = timedelta(minutes=10)


async def live(stories: int, seed: int) -> int:
    """Live the day, print what was seen and what does not add up, and return of how much that is said."""
    pieces, began = day(stories, seed), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        async with beginning(Path(folder)) as lived:
            impose(lived)
            await lived.goes_on(pieces, (*TROUBLES, *PEOPLE), MORNING + timedelta(hours=24), STEP)
            lived.discord.faults.clear()
            await lived.goes_on([], (), MORNING + timedelta(hours=33), timedelta(hours=1))
            took = time.perf_counter() - began
            violations = len(lived.discord.violations)
            wrong = await odd(lived, pieces)
            _report(lived, seen(lived), await asked_why(lived, pieces))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{violations} violations, {took:.0f} s, {peak:.0f} MB at most, servers and people included")
    for sentence in wrong:
        print(f"WRONG: {sentence}")
    return len(wrong)


def _report(lived: Day, saw: Seen, told: Sequence[Told]) -> None:
    answers = [a for a in lived.discord.answers.values() if a.acknowledged is not None]
    events = Counter(entry["event"] for _, entry in lived.log)
    print(f"{len(told)} stories, {sum(each.told for each in told)} of them told")
    print(f"{'channel':>10} {'alerts':>7} {'edits':>7} {'below':>7} {'digests':>8} {'other':>6}")
    for channel in sorted({channel for channel, _ in saw.nonces if channel in lived.discord.channels or channel < 10_000}):
        row = (len(saw.heads[channel]), saw.edits[channel], saw.follow[channel])
        print(f"{channel:>10} {row[0]:>7} {row[1]:>7} {row[2]:>7} {len(saw.digests[channel]):>8} {saw.other[channel]:>6}")
    print(f"{saw.messages} messages, {events['message-again']} repeated by nonce, {events['fault']} requests failed")
    slowest = max(a.acknowledged or 0 for a in answers)
    print(f"{len(answers)} interactions, the slowest answered after {slowest:.2f} s")


def main() -> None:
    """Read the arguments and live the day."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--stories", type=int, default=STORIES)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sys.exit(bool(asyncio.run(live(given.stories, given.seed))))


if __name__ == "__main__":
    main()
