"""The whole bot on a busy day: what it is to tell where, what comes out when, and what its chat saw of it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from tests.support.busy_day import MORNING, OUTLETS, Piece
from tests.support.chats import Chat, Happened, Shown, event_of
from tests.support.discord_chat import DiscordChat
from tests.support.feed_server import feed_server
from tests.support.lived_bot import LivedBot, document
from tests.support.slack_chat import SlackChat

ALL, BUDGETED, QUIET, DOOMED, ADDED, TALK = "all", "budgeted", "quiet", "doomed", "added", "talk"
MAJOR, WORDED, MUTED = "major", "worded", "muted"
WELCOMED = "welcomed"
"""Channels; what most are told of stands below, the others are set up during the day."""
HERE, THERE, LATER = (ALL, BUDGETED, QUIET, DOOMED, ADDED, TALK), (MAJOR, WORDED, MUTED), (WELCOMED,)
"""Those of the newsroom here, of another one, and where the bot is invited during the day."""
BUDGET = 2
WANTED: dict[str, dict[str, object]] = {
    ALL: {},
    BUDGETED: {"budget": BUDGET, "digest": "08:00", "threads": False},
    QUIET: {"quiet": "00:00-06:00", "digest": "21:00"},
    DOOMED: {},
    MAJOR: {"least": "major", "quiet": "01:00-05:00"},
    WORDED: {"words": "ship OR troops NOT oil", "tags": ["munitions", "troops", "ships"]},
    MUTED: {},
}
"""Subscriptions by channel; in `MAJOR` a group is called too."""
_TRIES = 3
_SHOWN = 60
"""Items that a feed shows."""
_DUE_AGAIN = timedelta(minutes=3)
"""After which every feed is asked again, by chance sooner."""
Act = tuple[float, Callable[["Day"], Awaitable[None]]]
"""The hour of the day from which on somebody does something, and what."""


@dataclass
class Day(LivedBot):
    """A bot, what it reads and where it posts, and the time."""

    shown: dict[str, list[Piece]] = field(default_factory=lambda: {outlet: [] for outlet in OUTLETS})
    kept: dict[str, Shown] = field(default_factory=dict)
    """Messages that somebody comes back to, by a name."""
    connections: int = 0
    """Before the bot was made to connect anew."""
    judged: set[str] = field(default_factory=set)
    """Events that somebody spoke of: what their messages say is no longer what the outlets say alone."""
    log: list[tuple[datetime, Happened]] = field(default_factory=list)
    """All that the chat saw, with the moment."""

    async def goes_on(
        self,
        pieces: Sequence[Piece],
        acts: Sequence[Act],
        until: datetime,
        step: timedelta,
        *,
        one_by_one: bool = False,
    ) -> None:
        """Let time pass: what came out meanwhile stands in the feeds, and the bot looks after each step.

        Where it reads what tells of happenings `one_by_one`, chance does not decide which outlet is first.
        """
        waiting = [piece for piece in pieces if self.clock.now < piece.at <= until]
        left = sorted(acts, key=lambda act: act[0])
        while self.clock.now < until:
            self.clock.now = min(self.clock.now + step, until)
            await self.chat.time_passes()
            while waiting and waiting[0].at <= self.clock.now:
                self._publish(piece := waiting.pop(0))
                if one_by_one and piece.happening is not None:
                    self.clock.now += _DUE_AGAIN
                    await self.app.sweeper.sweep()
            await self.app.step()
            while left and MORNING + timedelta(hours=left[0][0]) <= self.clock.now:
                await left.pop(0)[1](self)

    def event_of(self, message: Shown, control: str = "details") -> str | None:
        """Return the event that an alert's message is about, or None for another one."""
        return event_of(self.chat, message, control)

    def alerts(self, channel: str) -> list[Shown]:
        """Return the messages of alerts that stand in a channel, newest first."""
        return [m for m in reversed(self.chat.messages(channel)) if self.event_of(m, "right")]

    def take(self, *channels: str) -> Shown:
        """Return the newest alert, of the first channel that has one, of which nobody spoke yet."""
        alerts = (alert for channel in channels for alert in self.alerts(channel))
        message = next(each for each in alerts if self.event_of(each) not in self.judged)
        self.judged.add(str(self.event_of(message)))
        return message

    async def delivered(self) -> None:
        """Let the bot bring messages up to date, also where the chat refuses at first."""
        for _ in range(_TRIES):
            self.clock.now += timedelta(seconds=4)
            await self.chat.time_passes()
            await self.app.deliverer.drain()

    def see(self, happened: Happened) -> None:
        """Note the moment of what the chat saw."""
        self.log.append((self.clock.now, happened))

    def _publish(self, piece: Piece) -> None:
        kept = self.shown[piece.outlet]
        kept.insert(0, piece)
        self.feeds.set(f"/{piece.outlet}", document(kept[:_SHOWN]))


def subscriptions(chat: Chat) -> list[dict[str, object]]:
    """Return the subscriptions as the settings have them."""
    return [
        {
            "destination": chat.destination(channel),
            **wanted,
            **({"mention": chat.called} if channel == MAJOR else {}),
        }
        for channel, wanted in WANTED.items()
    ]


@asynccontextmanager
async def on_discord(*, apart: bool = True) -> AsyncIterator[Chat]:
    """Serve a Discord of two servers, or where they are not `apart` of one with the channels of both."""
    chat = DiscordChat(HERE, THERE, LATER) if apart else DiscordChat((*HERE, *THERE))
    async with chat.server:
        yield chat


@asynccontextmanager
async def on_slack() -> AsyncIterator[Chat]:
    """Serve a Slack, whose one workspace has the channels of all."""
    chat = SlackChat((*HERE, *THERE), LATER)
    async with chat.server:
        yield chat


@asynccontextmanager
async def beginning(folder: Path, chat: Chat) -> AsyncIterator[Day]:
    """Run a bot for a chat, its feeds read once; it is closed at the end."""
    async with feed_server() as feeds:
        day = Day(chat, feeds, folder, wanted=subscriptions(chat))
        chat.tell = day.see
        for outlet in OUTLETS:
            feeds.set(f"/{outlet}", document([]))
        async with day.watched():
            await day.start()
            await day.app.step()
            yield day
