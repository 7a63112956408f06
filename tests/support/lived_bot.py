"""The whole bot on one store, closed and opened anew while chats and feeds go on; its clock is set."""

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
from tests.support.chats import Chat, Person, Shown
from tests.support.feed_server import FeedServer, item, rss


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
    """A chat, the feeds, the store and the time, which outlast every life of the bot."""

    chat: Chat
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
        wanted = settings(self.folder, self.feeds, self.wanted, self.chat)
        self._app = await self._living.enter_async_context(serving(wanted, self.clock, seeds, self.chat))

    async def stop(self) -> None:
        """Close the bot."""
        await self._living.aclose()
        self._app = None

    def wrong(self) -> list[str]:
        """Return what went wrong since it was asked last: limits, deadlines, habits, and what was logged."""
        found = [*self.chat.wrong(), *self.troubles.said]
        self.troubles.said.clear()
        return found

    # ---- what people do -----------------------------------------------------------------------------

    async def ask(
        self,
        command: str,
        options: Mapping[str, str] | None = None,
        *,
        by: Person,
        channel: str | None = None,
        insist: bool = False,
    ) -> Shown:
        """Give a command, a moment later."""
        self._moment_later()
        return await self.chat.ask(command, options or {}, by=by, channel=channel, insist=insist)

    async def use(self, shown: Shown, action: str, *chosen: str, by: Person | None = None) -> Shown:
        """Use a control, a moment later."""
        self._moment_later()
        return await self.chat.use(shown, action, *chosen, by=by)

    async def fill(self, form: Shown, entries: Mapping[str, str]) -> Shown:
        """Send a form, a moment later."""
        self._moment_later()
        return await self.chat.fill(form, entries)

    def _moment_later(self) -> None:
        self.clock.now += timedelta(seconds=1)


def document(pieces: Sequence[Piece]) -> str:
    """Return a feed of these stories, above one that was there before the day."""
    items = (item(p.title, p.address, summary=p.summary, published=p.at) for p in pieces)
    return rss(*items, item("Sample museum opens a show of old maps", "https://museum.example/maps"))


@asynccontextmanager
async def serving(wanted: Settings, clock: Clock, seeds: parts.Seeds, *chats: Chat) -> AsyncIterator[App]:
    """Run a bot that hears what its chats tell it; its rounds are taken by hand."""
    before = {chat.name: chat.connections for chat in chats}
    async with app.opened(wanted, clock=clock, seeds=seeds) as built:
        hearing = [asyncio.create_task(built.platforms[chat.name].run(built.desk)) for chat in chats]
        for chat in chats:
            await chat.connected(before[chat.name] + 1)
        try:
            yield built
        finally:
            for each in hearing:
                each.cancel()
            await asyncio.gather(*hearing, return_exceptions=True)


def settings(
    folder: Path, feeds: FeedServer, subscriptions: Sequence[dict[str, object]], *chats: Chat
) -> Settings:
    """Return the settings of a bot over a store in a folder, with these servers and subscriptions."""
    served: dict[str, str] = {}
    for chat in chats:
        served |= chat.environment
    return load(
        None,
        {
            "CLAIMWATCH_STORE__PATH": str(folder / "day.db"),
            "CLAIMWATCH_WATCH__ALLOW_HOSTS": feeds.host_port,
            "CLAIMWATCH_WATCH__INTERVAL_MINUTES": "1",
            "CLAIMWATCH_WATCH__CEILING_MINUTES": "1",
            "CLAIMWATCH_WATCH__FLOOR_SECONDS": "0",
            "CLAIMWATCH_WATCH__HOST_PAUSE_SECONDS": "0",
            "CLAIMWATCH_SUBSCRIPTIONS": json.dumps(subscriptions),
            **served,
        },
    )
