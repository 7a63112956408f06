"""The whole bot on a busy day: what it is to tell where, what comes out when, and what Discord saw of it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from tests.support.busy_day import MORNING, OUTLETS, Piece
from tests.support.discord_components import every
from tests.support.discord_http import Json
from tests.support.discord_server import DiscordServer
from tests.support.feed_server import feed_server
from tests.support.lived_bot import LivedBot, document

HERE, THERE, LATER = 500, 510, 520
"""Servers; to the last one the bot is invited during the day."""
ALL, BUDGETED, QUIET, DOOMED, ADDED, TALK = 600, 601, 602, 603, 604, 605
MAJOR, WORDED, MUTED = 610, 611, 612
WELCOMED = 620
"""Channels; what the first two servers' are told of stands below, the others are set up during the day."""
BUDGET = 2
CALLED = THERE + 201
"""The role that is mentioned in `MAJOR`."""
WANTED: tuple[dict[str, object], ...] = (
    {"destination": f"discord:{ALL}"},
    {"destination": f"discord:{BUDGETED}", "budget": BUDGET, "digest": "08:00", "threads": False},
    {"destination": f"discord:{QUIET}", "quiet": "00:00-06:00", "digest": "21:00"},
    {"destination": f"discord:{DOOMED}"},
    {"destination": f"discord:{MAJOR}", "least": "major", "mention": str(CALLED), "quiet": "01:00-05:00"},
    {
        "destination": f"discord:{WORDED}",
        "words": "ship OR troops NOT oil",
        "tags": ["munitions", "troops", "ships"],
    },
    {"destination": f"discord:{MUTED}"},
)
_TRIES = 3
_SHOWN = 60
"""Items that a feed shows."""
Act = tuple[float, Callable[["Day"], Awaitable[None]]]
"""The hour of the day from which on somebody does something, and what."""


@dataclass
class Day(LivedBot):
    """A bot, what it reads and where it posts, and the time."""

    shown: dict[str, list[Piece]] = field(default_factory=lambda: {outlet: [] for outlet in OUTLETS})
    kept: dict[str, Json] = field(default_factory=dict)
    """Messages that somebody comes back to, by a name."""
    judged: set[str] = field(default_factory=set)
    """Events that somebody spoke of: what their messages say is no longer what the outlets say alone."""
    log: list[tuple[datetime, Json]] = field(default_factory=list)
    """All that Discord saw, with the moment."""

    async def goes_on(
        self, pieces: Sequence[Piece], acts: Sequence[Act], until: datetime, step: timedelta
    ) -> None:
        """Let time pass: what came out meanwhile stands in the feeds, and the bot looks after each step."""
        waiting = [piece for piece in pieces if self.clock.now < piece.at <= until]
        left = sorted(acts, key=lambda act: act[0])
        while self.clock.now < until:
            self.clock.now = min(self.clock.now + step, until)
            self.discord.forget_nonces()
            while waiting and waiting[0].at <= self.clock.now:
                self._publish(waiting.pop(0))
            await self.app.step()
            while left and MORNING + timedelta(hours=left[0][0]) <= self.clock.now:
                await left.pop(0)[1](self)

    def alerts(self, channel: int) -> list[Json]:
        """Return the messages of alerts that stand in a channel, newest first."""
        return [m for m in reversed(self.discord.messages.get(channel, [])) if event_of(m, "right")]

    def take(self, *channels: int) -> Json:
        """Return the newest alert, of the first channel that has one, of which nobody spoke yet."""
        alerts = (alert for channel in channels for alert in self.alerts(channel))
        message = next(each for each in alerts if event_of(each) not in self.judged)
        self.judged.add(str(event_of(message)))
        return message

    async def delivered(self) -> None:
        """Let the bot bring messages up to date, also where Discord refuses at first."""
        for _ in range(_TRIES):
            self.clock.now += timedelta(seconds=4)
            await self.app.deliverer.drain()

    def see(self, entry: Json) -> None:
        """Note the moment of what Discord saw."""
        self.log.append((self.clock.now, entry))

    def _publish(self, piece: Piece) -> None:
        kept = self.shown[piece.outlet]
        kept.insert(0, piece)
        self.feeds.set(f"/{piece.outlet}", document(kept[:_SHOWN]))


def event_of(message: Json, control: str = "details") -> str | None:
    """Return the event that an alert's message is about, by one of its controls, or None for another one."""
    begins = f"{control}:"
    idents = (str(each.get("custom_id", "")) for each in every(message.get("components") or []))
    return next((ident.removeprefix(begins) for ident in idents if ident.startswith(begins)), None)


@asynccontextmanager
async def beginning(folder: Path) -> AsyncIterator[Day]:
    """Run a bot for two servers, its feeds read once; it is closed at the end."""
    channels = (ALL, BUDGETED, QUIET, DOOMED, ADDED, TALK)
    async with DiscordServer(channels=channels) as discord, feed_server() as feeds:
        discord.add_guild(THERE, (MAJOR, WORDED, MUTED))
        for guild in discord.guilds.values():
            guild.staff()
        day = Day(discord, feeds, folder, wanted=WANTED)
        discord.tell = day.see
        for outlet in OUTLETS:
            feeds.set(f"/{outlet}", document([]))
        async with day.watched():
            await day.start()
            await day.app.step()
            yield day
