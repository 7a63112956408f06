"""How long somebody waits in chat, beside a large store: `python -m benchmarks.answering`.

Discord waits three seconds for suggestions, and for the first sign of an answer; while somebody types, what
takes longer than some 50 ms is late at every key. The store is a file of 10,000 feeds, 2,000 claims and
100,000 stories, and one of two servers asks, each of which has claims of its own. Times are CPU milliseconds
of this process, SQLite's included: the median and, in the last column, the first time after the bot came up.
It takes some minutes, nearly all of them to write the stories; `--stories 10000` is short.
"""

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from bot import app, parts
from bot.commands.model import Asker
from bot.commands.table import COMMANDS
from bot.demo import DemoClock
from bot.settings import load
from claims.admiralty import Reliability
from claims.feeds import Checkpoint, Feed, FeedState, Visit
from claims.model import (
    Claim,
    Decision,
    Direction,
    Evidence,
    Mark,
    Member,
    Outcome,
    Reading,
    Reason,
    Silence,
    Source,
    Stance,
    Story,
)
from claims.store import Store
from claims.text import digest_key, story_id
from claims.when import Day

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
ROUNDS = 5
AIM_SUGGESTION, AIM_ANSWER = 50, 3_000
"""Milliseconds: what is not noticed while typing, and how long Discord waits for a first answer
(https://discord.com/developers/docs/interactions/receiving-and-responding)."""
ASKER = Asker("discord:1", may_change=True, workspace="discord:500", destination="discord:600")
TYPED = ("", "s", "shells", "sample 77", "no such words")
BATCH = 500
OWN_CLAIMS = 50
"""Of each of two servers."""
_WORDS = (
    *("shells", "arms", "troops", "convoy", "harbour", "rail", "wagons", "border", "ministry", "envoy"),
    *("tanker", "cargo", "port", "minister", "visit", "talks", "soldiers", "deal", "oil", "coal", "workers"),
    *("포탄", "러시아", "북한", "나진항", "снаряды", "поставки", "Кремль", "порт", "учения", "завод"),
)
_PLACES = ("Rason", "Dunay", "Vostochny", "Tikhoretsk", "Wonsan", "Khasan")


def feeds(count: int) -> list[Feed]:
    """Return so many feeds, some of one outlet or family."""
    return [
        Feed(
            f"https://feeds-{n % 4_000}.example/news/{n}.xml",
            f"Sample outlet {n // 2}, section {n % 2 + 1}",
            Source(f"Sample outlet {n // 2}", f"Sample group {n // 5}", Reliability.C),
            ("en", "ko", "ru", "uk")[n % 4],
            15.0,
        )
        for n in range(count)
    ]


def claims(count: int, workspace: str | None = None) -> list[Claim]:
    """Return so many claims."""
    chance = random.Random(str(workspace))  # noqa: S311 - a sample, the same each time
    tail = f"-{digest_key(workspace)[:4]}" if workspace else ""
    return [
        Claim(
            id=f"sample-{chance.choice(_WORDS[:21])}-{n}{tail}",
            statement=f"{' '.join(chance.sample(_WORDS[:21], 8))} were sent by way of {place}",
            said_by=f"Sample body {n % 40}",
            said_on=Day(2024, 1 + n % 12),
            direction=Direction.TO_RUSSIA,
            items=tuple(chance.sample(_WORDS, 2)),
            places=(place,),
            tags=(f"matter-{n % 12}",),
            workspace=workspace,
        )
        for n in range(count)
        for place in (_PLACES[n % len(_PLACES)],)
    ]


def visits(count: int, listed: Sequence[Feed], register: Sequence[Claim]) -> Iterator[Visit]:
    """Yield visits that bring so many stories of the last sixty days: a third bears on claims, few surely."""
    chance = random.Random(count)  # noqa: S311 - a sample, the same each time
    outcomes: list[Outcome] = []
    first: str | None = None
    for n in range(count):
        feed = chance.choice(listed)
        title = f"{' '.join(chance.choices(_WORDS, k=9))} {n}"
        seen = NOW - timedelta(days=60) * (1 - (n + 1) / count)
        address = f"{feed.url}/{n}"
        story = Story(
            id=story_id(feed.url, address, None, title),
            feed_url=feed.url,
            url=address,
            title=title,
            summary=" ".join(chance.choices(_WORDS, k=30)),
            language=feed.language,
            source=feed.source,
            published_at=seen,
            seen_at=seen,
        )
        links = _links(story, chance, register) if n % 3 == 0 else ()
        first = digest_key(story.id) if first is None or n % 9 == 0 else first
        decision: Decision = Silence(Reason.SUGGESTED_ONLY if links else Reason.IRRELEVANT)
        member = Member(story, Reading(story.id, bool(links), 0.9 if links else 0.1, feed.language, links))
        outcomes.append(Outcome(member, decision, first if links else None))
        if len(outcomes) == BATCH or n == count - 1:
            checkpoint = Checkpoint(feed.url, feed.url, FeedState.OK, last_try_at=seen, last_success_at=seen)
            yield Visit(checkpoint, tuple(outcomes))
            outcomes = []


def _links(story: Story, chance: random.Random, register: Sequence[Claim]) -> tuple[Evidence, ...]:
    word = story.title.split()[0]
    why = (Mark(0, len(word), word),)
    return tuple(
        Evidence(story.id, claim.id, Stance.SUPPORTS, 0.5, why, suggested=n == 0)
        for n, claim in enumerate(chance.sample(register[:400], 2))
    )


async def spent(work: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    """Return the CPU milliseconds that a work takes: the median, and the first time."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        await work()
        taken.append(1000 * (time.process_time() - begun))
    return median(taken), taken[0]


async def measure_suggestions(built: app.App) -> None:
    """Print what each kind of suggestion takes; of what is typed the slowest."""
    print(f"{'suggestions':28}{'typed':>16}{'ms':>9}{'aim':>7}{'first':>9}")
    kinds = {p.suggest: (command.name, p.name) for command in COMMANDS for p in command.params if p.suggest}
    for command, param in sorted(kinds.values()):
        taken = {t: await spent(partial(built.desk.suggest, command, param, t, ASKER)) for t in TYPED}
        worst = max(taken, key=lambda typed: taken[typed][0])
        _row(f"{command} {param}", repr(worst), taken[worst][0], taken[""][1], AIM_SUGGESTION)


async def measure_answers(built: app.App, claim: str, story: str) -> None:
    """Print what each look-up takes."""
    print(f"\n{'look-ups':28}{'':16}{'ms':>9}{'aim':>7}{'first':>9}")
    asked: tuple[tuple[str, dict[str, str]], ...] = (
        ("claim search", {"words": "shells rason"}),
        ("claim search", {"words": "no such words"}),
        ("claim list", {"page": "70"}),
        ("claim show", {"claim": claim}),
        ("claim timeline", {"claim": claim}),
        ("story search", {"words": "shells"}),
        ("story search", {"words": "shells convoy", "since": "2026", "language": "ko"}),
        ("story search", {"source": "sample group 7"}),
        ("story search", {"claim": claim}),
        ("story why", {"story": story}),
        ("feed list", {"page": "2"}),
        ("feed show", {"feed": "Sample outlet 77, section 1"}),
        ("feed show", {"feed": "no such words"}),
        ("review", {}),
        ("health", {}),
        ("watch list", {}),
    )
    known = {command.name for command in COMMANDS}
    for name, args in asked:
        if name not in known:
            raise SystemExit(f"there is no command {name!r}")
        took, first = await spent(partial(built.desk.answer, name, dict(args), ASKER))
        _row(name, next(iter(args.values()), "")[:14], took, first, AIM_ANSWER)
    for link in (story, "https://no.example/1"):
        took, first = await spent(partial(built.desk.unfurl, link, ASKER))
        _row("below a link", link[:14], took, first, AIM_ANSWER)


def _row(name: str, typed: str, took: float, first: float, aim: int) -> None:
    print(f"{name:28}{typed:>16}{took:9.1f}{aim:7,}{first:9.1f}", flush=True)


async def fill(store: Store, stories: int, listed: Sequence[Feed], register: Sequence[Claim]) -> str:
    """Keep so many stories, and claims of two servers; return the id of one."""
    for workspace in (ASKER.workspace, "discord:501"):
        for claim in claims(OWN_CLAIMS, workspace):
            await store.keep_claim(claim)
    kept = ""
    for visit in visits(stories, listed, register):
        await store.record_visit(visit)
        kept = visit.outcomes[0].member.story.id
    return kept


async def measure(feed_count: int, claim_count: int, story_count: int) -> None:
    """Fill a store, and print what is asked of it takes."""
    listed, register = feeds(feed_count), claims(claim_count)
    with tempfile.TemporaryDirectory() as folder:
        settings = load(
            None,
            {
                "CLAIMWATCH_STORE__PATH": str(Path(folder) / "bench.db"),
                "CLAIMWATCH_MATCHING__ENCODER": "off",
            },
        )
        seeds = parts.Seeds(tuple(register), tuple(listed))
        clock = DemoClock(NOW)
        async with app.opened(settings, clock=clock, seeds=seeds, platforms={}) as built:
            story = await fill(built.store, story_count, listed, register)
        async with app.opened(settings, clock=clock, seeds=seeds, platforms={}) as built:
            print(f"{feed_count:,} feeds, {claim_count:,} claims, {story_count:,} stories")
            await measure_suggestions(built)
            await measure_answers(built, register[0].id, story)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--feeds", type=int, default=10_000)
    parser.add_argument("--claims", type=int, default=2_000)
    parser.add_argument("--stories", type=int, default=100_000)
    asked = parser.parse_args(arguments)
    asyncio.run(measure(asked.feeds, asked.claims, asked.stories))


if __name__ == "__main__":
    main()
