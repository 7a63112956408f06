"""Whether the bot does its work, judged by what is kept. Pure: records and a moment in, findings out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import phrases
from claims.feeds import FeedState, FeedStatus
from claims.lookups import Waiting

PATIENCE = timedelta(minutes=15)
"""So long nothing need happen: a run asks some feed every few minutes, and posts within seconds."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, and why it is not well; nothing where it is."""

    what: str
    why: str = ""

    @property
    def fine(self) -> bool:
        """Say whether all is well with it."""
        return not self.why


def feeds_asked(feeds: Sequence[FeedStatus], now: datetime) -> Finding:
    """Return whether feeds are asked: it is not well where some were due for long and none was visited."""
    asked = [
        each.checkpoint for each in feeds if not each.paused and each.checkpoint.state is not FeedState.GONE
    ]
    overdue = [each for each in asked if each.next_try_at is None or each.next_try_at < now - PATIENCE]
    last = last_visit(feeds)
    if not overdue or (last and last >= now - PATIENCE):
        return Finding("feeds")
    since = f"since {_moment(last)}" if last else "yet"
    due = phrases.counted(len(overdue), "feed")
    return Finding("feeds", f"no feed was asked {since}, {due} due; is “claimwatch run” running?")


def last_visit(feeds: Sequence[FeedStatus]) -> datetime | None:
    """Return when a feed was asked last, or None where none ever was."""
    return max((at for each in feeds if (at := each.checkpoint.last_try_at)), default=None)


def posted(waiting: Mapping[str, Waiting], now: datetime) -> Finding:
    """Return whether what is due is posted."""
    return Finding("deliveries", "; ".join(_late(waiting, now)))


def _late(waiting: Mapping[str, Waiting], now: datetime) -> Iterator[str]:
    for platform, each in sorted(waiting.items()):
        if each.since < now - PATIENCE:
            messages = phrases.counted(each.messages, "message")
            yield f"{messages} to {platform} not posted, the first since {_moment(each.since)}"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
