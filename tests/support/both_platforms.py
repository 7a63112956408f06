"""One bot on Discord and on Slack in one process, and the news that it reads."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot import parts
from bot.app import App
from bot.resources import data
from claims.seeding import read_claims
from tests.support.build import feed, source
from tests.support.busy_day import MORNING, Piece
from tests.support.chats import Chat, Shown, event_of
from tests.support.discord_chat import DiscordChat
from tests.support.feed_server import FeedServer, feed_server
from tests.support.lived_bot import Clock, document, serving, settings
from tests.support.slack_chat import SlackChat

ALERTS = "alerts"
NEWS = (
    "North Korea shipped over 13,000 containers of munitions to Russia, the White House says",
    "Debris in Kharkiv is of a North Korean KN-23 missile",
    "3,000 North Korean workers build drones at Alabuga",
    "Moscow gives Pyongyang satellite technology",
    "Satellite pictures show 70 railcars with munitions at the Tumangang crossing to Russia",
)


@dataclass
class Both:
    """One bot on two platforms, and the news that it reads."""

    discord: DiscordChat
    slack: SlackChat
    feeds: FeedServer
    app: App
    clock: Clock
    told: list[Piece] = field(default_factory=list)
    rounds: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def chats(self) -> tuple[DiscordChat, SlackChat]:
        """Return both platforms."""
        return self.discord, self.slack

    @property
    def event(self) -> str:
        """Return the event of the first alert."""
        return str(event_of(self.discord, alerts(self.discord)[0]))

    async def alerted(self, chat: Chat) -> None:
        """Have something happen, and wait until one platform tells of it; rounds overlap, as they do."""
        known = len(alerts(chat))
        self.clock.now += timedelta(minutes=30)
        title, number = NEWS[len(self.told)], len(self.told)
        self.told.insert(0, Piece(self.clock.now, "a", title, "", f"https://a.example/{number}", number))
        self.feeds.set("/a", document(self.told))
        self.rounds.append(asyncio.create_task(self.app.step()))
        await chat.until(lambda: len(alerts(chat)) == known + 1)

    async def answered(self, chat: Chat) -> None:
        """Ask on a platform, and look behind an alert there."""
        lead = chat.here.lead
        shown = await chat.ask("claim show", {"claim": "containers-2023"}, by=lead)
        assert "White House" in chat.words(shown)
        behind = await chat.use(alerts(chat)[-1], "details", by=lead)
        assert "Sample" in chat.words(behind)


@asynccontextmanager
async def serving_both(folder: Path, **options: object) -> AsyncIterator[Both]:
    """Run a bot with a channel on each platform, of these options, which has read its feed once."""
    discord, slack, clock = DiscordChat((ALERTS,)), SlackChat((ALERTS,)), Clock(MORNING)
    async with discord.server, slack.server, feed_server() as feeds:
        read = feed(feeds.set("/a", document([])), title="Sample", source=source("Sample"))
        seeds = parts.Seeds(read_claims(data("seeds/claims.toml")), (read,))
        wanted = [{"destination": chat.destination(ALERTS), **options} for chat in (discord, slack)]
        config = settings(folder, feeds, wanted, discord, slack)
        async with serving(config, clock, seeds, discord, slack) as app:
            await app.step()
            both = Both(discord, slack, feeds, app, clock)
            try:
                yield both
            finally:
                for each in both.rounds:
                    each.cancel()
                await asyncio.gather(*both.rounds, return_exceptions=True)


def alerts(chat: Chat) -> list[Shown]:
    """Return the messages of alerts, the oldest first."""
    return [m for m in chat.messages(ALERTS) if event_of(chat, m, "right")]
