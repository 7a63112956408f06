"""What Discord saw of a busy day, and what the bot says of each of its stories."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.card import Card, plain
from bot.commands.model import OPERATOR
from tests.support.busy_bot import Day, event_of
from tests.support.busy_day import Piece
from tests.support.discord_http import Json
from tests.support.shown import heading

_TOLD = re.compile(
    r"discord:(?P<channel>\d+): (?P<became>posted|in the digest, not posted|not posted|waits|given up)"
)


@dataclass
class Seen:
    """What Discord saw, in order, by channel."""

    heads: dict[int, list[tuple[datetime, str, Json]]] = field(default_factory=lambda: defaultdict(list))
    """Alerts as they were posted: when, the event, what was sent."""
    edits: Counter[int] = field(default_factory=Counter)
    follow: Counter[int] = field(default_factory=Counter)
    """Posts in threads, and replies."""
    digests: dict[int, list[Json]] = field(default_factory=lambda: defaultdict(list))
    other: Counter[int] = field(default_factory=Counter)
    nonces: Counter[tuple[int, str]] = field(default_factory=Counter)

    @property
    def messages(self) -> int:
        """Return how many messages there were, whatever they say."""
        return sum(self.nonces.values())


def seen(day: Day) -> Seen:
    """Return what Discord saw."""
    found, parents = Seen(), {}
    for at, entry in day.log:
        channel = entry.get("channel")
        match entry["event"]:
            case "thread":
                parents[int(entry["thread"])] = channel
            case "edit":
                found.edits[channel] += 1
            case "message":
                found.nonces[channel, entry["nonce"]] += 1
                payload = entry["payload"]
                if event := event_of(payload, "right"):
                    found.heads[channel].append((at, event, payload))
                elif channel in parents or "message_reference" in payload:
                    found.follow[parents.get(channel, channel)] += 1
                elif heading(payload).startswith("DIGEST"):
                    found.digests[channel].append(payload)
                else:
                    found.other[channel] += 1
    return found


@dataclass(frozen=True)
class Told:
    """What `/story why` says of one story of the day."""

    piece: Piece
    says: str
    event: str | None
    became: dict[int, tuple[str, str]]
    """By channel: what became of its alert, and the whole line."""

    @property
    def told(self) -> bool:
        """Return whether it raised an alert or changed one."""
        return self.says.startswith("Told")


async def asked_why(day: Day, pieces: Iterable[Piece]) -> list[Told]:
    """Ask of each story why it was told or not."""
    return [
        _told(piece, await day.app.prompt.answer("story why", {"story": piece.address}, OPERATOR))
        for piece in pieces
    ]


def _told(piece: Piece, why: Card) -> Told:
    lines = {name: [plain(f.value) for f in why.fields if f.name == name] for name in ("Told", "Event")}
    became = {}
    for line in lines["Told"]:
        if found := _TOLD.match(line):
            became[int(found["channel"])] = found["became"], line
    event = lines["Event"][0].split(":")[0] if lines["Event"] else None
    return Told(piece, why.title, event, became)
