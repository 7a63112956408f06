"""What a busy day was like on one platform, so that it can be held against the same day on another one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from claims.reckoning import Reckoning
from tests.support.busy_bot import MORNING, Act, Day, beginning, on_discord, on_slack
from tests.support.busy_day import Piece
from tests.support.busy_people import PEOPLE
from tests.support.busy_seen import asked_why, seen
from tests.support.busy_sums import odd


@dataclass(frozen=True)
class Likeness:
    """All that is to be the same wherever people read it; channels are called by their names."""

    alerts: Mapping[str, Sequence[str]]
    """By channel: the events, in the order in which they were posted."""
    follow: Mapping[str, int]
    """How many posts followed them up."""
    digests: Mapping[str, int]
    reckoned: Mapping[str, Reckoning]
    """What the bot says became of the stories."""
    reasons: Mapping[str, tuple[str, str | None, Mapping[str, str]]]
    """By story: what `story why` says of it, its event, and the reason for each channel."""


async def likeness(day: Day, pieces: Sequence[Piece]) -> Likeness:
    """Return what a day was like."""
    saw, chat = seen(day), day.chat
    reckoned = await day.app.store.reckoned(MORNING, day.clock.now)
    return Likeness(
        alerts={name: [event for _, event, _ in heads] for name, heads in saw.heads.items()},
        follow=dict(saw.follow),
        digests={name: len(posts) for name, posts in saw.digests.items()},
        reckoned={chat.channel(destination): each for destination, each in reckoned.items()},
        reasons={
            each.piece.address: (
                each.says,
                each.event,
                {channel: _reason(line) for channel, (_became, line) in each.became.items()},
            )
            for each in await asked_why(day, pieces)
        },
    )


def _reason(line: str) -> str:
    """Return what is said of a channel (`slack:C0ALL: posted, revision 3`), without what names it."""
    return line.partition(": ")[2]


def unlike(one: Likeness, other: Likeness) -> Iterator[str]:
    """Compare two days, as sentences."""
    for what in ("alerts", "follow", "digests", "reckoned", "reasons"):
        ours, theirs = getattr(one, what), getattr(other, what)
        for name in sorted({*ours, *theirs}):
            if ours.get(name) != theirs.get(name):
                yield f"{what} of {name}: {ours.get(name)} here, {theirs.get(name)} there"


async def live(
    day: Day, pieces: Sequence[Piece], acts: Sequence[Act], step: timedelta, *, one_by_one: bool = False
) -> None:
    """Live from midnight to midnight, and with no more trouble to the next morning."""
    await day.goes_on(pieces, acts, MORNING + timedelta(hours=24), step, one_by_one=one_by_one)
    day.chat.relent()
    await day.goes_on([], (), MORNING + timedelta(hours=33), timedelta(hours=1))


async def alike(folder: Path, pieces: Sequence[Piece], step: timedelta) -> list[str]:
    """Live the same day on Discord and on Slack, in one newsroom, where people do the same and nothing fails.

    Trouble would make them differ, as each platform has its own. Returns what does not add up and where they
    differ, as sentences.
    """
    days, wrong = [], []
    for name, serving in (("discord", partial(on_discord, apart=False)), ("slack", on_slack)):
        own = folder / name
        own.mkdir()
        async with serving() as chat, beginning(own, chat) as day:
            await live(day, pieces, PEOPLE, step, one_by_one=True)
            wrong += [f"on {name}: {sentence}" for sentence in await odd(day, pieces)]
            days.append(await likeness(day, pieces))
    return [*wrong, *unlike(*days)]
