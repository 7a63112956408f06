"""What a chat saw of a busy day, and what the bot says of each of its stories."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.card import Card, plain
from bot.commands.model import OPERATOR
from tests.support.busy_bot import Day
from tests.support.busy_day import Piece
from tests.support.chats import Chat, Happened, Shown, Sort

_TOLD = re.compile(
    r"(?P<channel>\w+:\w+): (?P<became>posted|in the digest, not posted|not posted|waits|given up)"
)


@dataclass
class Seen:
    """What the chat saw, in order, by channel."""

    heads: dict[str, list[tuple[datetime, str, Happened]]] = field(default_factory=lambda: defaultdict(list))
    """Alerts as they were posted: when, the event, the post."""
    edits: Counter[str] = field(default_factory=Counter)
    follow: Counter[str] = field(default_factory=Counter)
    """Posts in threads, and replies."""
    digests: dict[str, list[Shown]] = field(default_factory=lambda: defaultdict(list))
    other: Counter[str] = field(default_factory=Counter)
    keys: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def messages(self) -> int:
        """Return how many messages there were, whatever they say."""
        return sum(self.keys.values())


def seen(day: Day) -> Seen:
    """Return what the chat saw."""
    found = Seen()
    for at, each in day.log:
        channel = each.channel
        if each.sort is Sort.EDIT:
            found.edits[channel] += 1
        if each.sort is not Sort.POST:
            continue
        found.keys[channel, each.key] += 1
        if event := day.event_of(each.message, "right"):
            found.heads[channel].append((at, event, each))
        elif each.below:
            found.follow[channel] += 1
        elif day.chat.heading(each.message).startswith("DIGEST"):
            found.digests[channel].append(each.message)
        else:
            found.other[channel] += 1
    return found


@dataclass(frozen=True)
class Told:
    """What `/story why` says of one story of the day."""

    piece: Piece
    says: str
    event: str | None
    became: dict[str, tuple[str, str]]
    """By channel: what became of its alert, and the whole line."""

    @property
    def told(self) -> bool:
        """Return whether it raised an alert or changed one."""
        return self.says.startswith("Told")


async def asked_why(day: Day, pieces: Iterable[Piece]) -> list[Told]:
    """Ask of each story why it was told or not."""
    return [
        _told(day.chat, piece, await day.app.prompt.answer("story why", {"story": piece.address}, OPERATOR))
        for piece in pieces
    ]


def _told(chat: Chat, piece: Piece, why: Card) -> Told:
    lines = {name: [plain(f.value) for f in why.fields if f.name == name] for name in ("Told", "Event")}
    became = {}
    for line in lines["Told"]:
        if found := _TOLD.match(line):
            became[chat.channel(found["channel"])] = found["became"], line
    event = lines["Event"][0].split(":")[0] if lines["Event"] else None
    return Told(piece, why.title, event, became)
