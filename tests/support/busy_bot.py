"""The whole bot on a busy day: feeds from one loopback server, Discord on another, a clock that is set."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot import app, parts
from bot.app import App
from bot.resources import data
from bot.settings import Settings, load
from claims.seeding import read_claims
from tests.support.build import feed, source
from tests.support.busy_day import MORNING, OUTLETS, Piece
from tests.support.discord_server import DiscordServer
from tests.support.feed_server import FeedServer, feed_server, item, rss

_SHOWN = 60
"""Items that a feed shows."""


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Day:
    """A bot, what it reads and where it posts, and the time."""

    app: App
    feeds: FeedServer
    discord: DiscordServer
    clock: Clock
    shown: dict[str, list[Piece]] = field(default_factory=lambda: {outlet: [] for outlet in OUTLETS})

    async def goes_on(self, pieces: list[Piece], until: datetime, step: timedelta) -> None:
        """Let time pass: what came out meanwhile stands in the feeds, and the bot looks after each step."""
        waiting = [piece for piece in pieces if self.clock.now < piece.at <= until]
        while self.clock.now < until:
            self.clock.now = min(self.clock.now + step, until)
            while waiting and waiting[0].at <= self.clock.now:
                self._publish(waiting.pop(0))
            await self.app.step()

    def _publish(self, piece: Piece) -> None:
        kept = self.shown[piece.outlet]
        kept.insert(0, piece)
        self.feeds.set(f"/{piece.outlet}", document(kept[:_SHOWN]))


def document(pieces: list[Piece]) -> str:
    """Return a feed of these stories, above one that was there before the day."""
    items = (item(p.title, p.address, summary=p.summary, published=p.at) for p in pieces)
    return rss(*items, item("Sample museum opens a show of old maps", "https://museum.example/maps"))


@asynccontextmanager
async def living(
    folder: Path, discord: DiscordServer, subscriptions: list[dict[str, object]]
) -> AsyncIterator[Day]:
    """Run a bot with these subscriptions, its feeds read once; it is closed at the end."""
    async with feed_server() as feeds:
        listed = tuple(
            feed(
                feeds.set(f"/{outlet}", document([])),
                title=f"Sample {outlet}",
                source=source(f"Sample {outlet}"),
                interval_minutes=1.0,
            )
            for outlet in OUTLETS
        )
        seeds = parts.Seeds(read_claims(data("seeds/claims.toml")), listed)
        clock = Clock(MORNING)
        wanted = settings(folder, feeds, discord, subscriptions)
        async with serving(wanted, discord, clock, seeds) as built:
            await built.step()
            yield Day(built, feeds, discord, clock)


@asynccontextmanager
async def serving(
    wanted: Settings, discord: DiscordServer, clock: Clock, seeds: parts.Seeds
) -> AsyncIterator[App]:
    """Run a bot that hears what Discord tells it; its rounds are taken by hand."""
    before = discord.count("ready")
    async with app.opened(wanted, clock=clock, seeds=seeds) as built:
        hearing = asyncio.create_task(built.platforms["discord"].run(built.desk))
        await discord.ready(before + 1)
        try:
            yield built
        finally:
            hearing.cancel()
            await asyncio.gather(hearing, return_exceptions=True)


def settings(
    folder: Path, feeds: FeedServer, discord: DiscordServer, subscriptions: list[dict[str, object]]
) -> Settings:
    """Return the settings of a bot over a store in a folder, with these servers and subscriptions."""
    return load(
        None,
        {
            "CLAIMWATCH_STORE__PATH": str(folder / "day.db"),
            "CLAIMWATCH_WATCH__ALLOW_HOSTS": feeds.host_port,
            "CLAIMWATCH_WATCH__INTERVAL_MINUTES": "1",
            "CLAIMWATCH_WATCH__CEILING_MINUTES": "1",
            "CLAIMWATCH_WATCH__FLOOR_SECONDS": "0",
            "CLAIMWATCH_WATCH__HOST_PAUSE_SECONDS": "0",
            "CLAIMWATCH_DISCORD__TOKEN": discord.token,
            "CLAIMWATCH_DISCORD__API_BASE": discord.api_base,
            "CLAIMWATCH_DISCORD__GATEWAY_URL": discord.gateway_url,
            "CLAIMWATCH_SUBSCRIPTIONS": json.dumps(subscriptions),
        },
    )
