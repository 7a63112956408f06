"""The whole bot on one store, closed and opened anew while Discord and the feeds go on; its clock is set."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
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
from tests.support.discord_components import BUTTON
from tests.support.discord_http import Json
from tests.support.discord_places import Guild, Member
from tests.support.discord_server import DiscordServer
from tests.support.discord_state import Answer
from tests.support.feed_server import FeedServer, item, rss
from tests.support.shown import control_of, meant


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Troubles(logging.Handler):
    """Keeps what is logged as an error or with a traceback."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it, if it is one."""
        if record.exc_info or record.levelno >= logging.ERROR:
            self.said.append(logging.Formatter().format(record))


@dataclass
class LivedBot:
    """Discord, the feeds, the store and the time, which outlast every life of the bot."""

    discord: DiscordServer
    feeds: FeedServer
    folder: Path
    clock: Clock = field(default_factory=lambda: Clock(MORNING))
    troubles: Troubles = field(default_factory=Troubles)
    outlets: Sequence[str] = OUTLETS
    """Of these the bot reads a feed each."""
    wanted: Sequence[dict[str, object]] = ()
    """The subscriptions of its settings."""
    _app: App | None = None
    _living: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def app(self) -> App:
        """Return the bot, which lives."""
        assert self._app is not None
        return self._app

    @property
    def guild(self) -> Guild:
        """Return the server that was there first."""
        return self.discord.guilds[self.discord.guild]

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Keep what is logged as trouble, and close the bot at the end."""
        logging.getLogger().addHandler(self.troubles)
        try:
            yield
        finally:
            await self.stop()
            logging.getLogger().removeHandler(self.troubles)

    async def start(self) -> None:
        """Open the bot, anew if it was open."""
        await self.stop()
        listed = tuple(
            feed(
                self.feeds.url(f"/{name}"),
                title=f"Sample {name}",
                source=source(f"Sample {name}"),
                interval_minutes=1.0,
            )
            for name in self.outlets
        )
        seeds = parts.Seeds(read_claims(data("seeds/claims.toml")), listed)
        wanted = settings(self.folder, self.feeds, self.discord, self.wanted)
        self._app = await self._living.enter_async_context(serving(wanted, self.discord, self.clock, seeds))

    async def stop(self) -> None:
        """Close the bot."""
        await self._living.aclose()
        self._app = None

    def wrong(self) -> list[str]:
        """Return what went wrong since it was asked last: limits, deadlines, habits, and what was logged."""
        found = [*self.discord.violations, *self.troubles.said]
        self.discord.violations.clear()
        self.troubles.said.clear()
        return found

    # ---- what people do -----------------------------------------------------------------------------

    async def ask(
        self,
        command: str,
        options: Mapping[str, str] | None = None,
        *,
        by: Member,
        channel: int | None = None,
    ) -> Answer:
        """Give a command, a moment later."""
        self._moment_later()
        return await self.discord.slash(command, options, by=by, channel=channel)

    async def use(
        self, message: Answer | Json, control: str, *chosen: str, by: Member | None = None
    ) -> Answer:
        """Use the control whose custom id begins so; of a menu what is named, or the first."""
        self._moment_later()
        found = control_of(message, control)
        ident = found["custom_id"]
        if found["type"] == BUTTON:
            return await self.discord.press(message, ident, by=by)
        values = [meant(found, each, self.discord.channels[1]) for each in chosen or ("",)]
        return await self.discord.choose(message, ident, values, by=by)

    async def fill(self, form: Answer, entries: Mapping[str, str]) -> Answer:
        """Send a form, a moment later."""
        self._moment_later()
        return await self.discord.submit(form, entries)

    def _moment_later(self) -> None:
        self.clock.now += timedelta(seconds=1)


def document(pieces: Sequence[Piece]) -> str:
    """Return a feed of these stories, above one that was there before the day."""
    items = (item(p.title, p.address, summary=p.summary, published=p.at) for p in pieces)
    return rss(*items, item("Sample museum opens a show of old maps", "https://museum.example/maps"))


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
    folder: Path, feeds: FeedServer, discord: DiscordServer, subscriptions: Sequence[dict[str, object]]
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
