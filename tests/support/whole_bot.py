"""The whole bot over a long while: closed and opened anew on one store, while Discord keeps its messages."""

import json
import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot import parts
from bot.app import App
from bot.language import LANGUAGES, _, speaking
from bot.resources import data
from claims.seeding import read_claims
from tests.support.build import feed, source
from tests.support.busy_bot import Clock, document, serving, settings
from tests.support.busy_day import MORNING, OUTLETS, Piece
from tests.support.discord_components import BUTTON, CHANNELS, every
from tests.support.discord_http import Json
from tests.support.discord_places import Guild, May, Member
from tests.support.discord_server import DiscordServer
from tests.support.discord_state import Answer
from tests.support.feed_server import FeedServer, feed_server, item, rss

CHANNEL, OTHER, SPARE, MORE = 600, 601, 602, 603
NEW_SERVER, NEW_CHANNEL = 510, 610
STORIES = {
    "containers": "North Korea shipped over 13,000 containers of munitions to Russia, the White House says",
    "missiles": "Debris in Kharkiv is of a North Korean KN-23 missile",
    "workers": "3,000 North Korean workers build drones at Alabuga",
    "ship": "Russian ship carries North Korean artillery shells from Rason, which were fired in Ukraine",
    "satellites": "Moscow gives Pyongyang satellite technology",
    "railcars": "Satellite pictures show 70 railcars with munitions at the Tumangang crossing to Russia",
    "denial": "Pyongyang denies arms dealings with Russia, calls report of shells a rumour",
}
"""What happens, by a name; each is told by one outlet, two hours after the other."""
_BROKEN = ("Something went wrong", "Something went wrong on our side", "That took too long")
_OPML = '<opml version="2.0"><body><outline type="rss" text="Sample later" xmlUrl="{}"/></body></opml>'


def broken() -> frozenset[str]:
    """Return the titles of answers that nobody should see, in every language."""
    titles: set[str] = set()
    for language in LANGUAGES:
        with speaking(language):
            titles |= {_(title) for title in _BROKEN}
    return frozenset(titles)


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
class World:
    """Discord, the feeds, the store and the time, which outlast every life of the bot."""

    discord: DiscordServer
    feeds: FeedServer
    folder: Path
    clock: Clock = field(default_factory=lambda: Clock(MORNING))
    troubles: Troubles = field(default_factory=Troubles)
    alerts: dict[str, Json] = field(default_factory=dict)
    """The messages of the stories by name, and the greeting of the other server."""
    _app: App | None = None
    _living: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def app(self) -> App:
        """Return the bot, which lives."""
        assert self._app is not None
        return self._app

    @property
    def guild(self) -> Guild:
        """Return the server that the settings name a channel of."""
        return self.discord.guilds[self.discord.guild]

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
            for name in OUTLETS[: len(STORIES)]
        )
        seeds = parts.Seeds(read_claims(data("seeds/claims.toml")), listed)
        wanted = settings(self.folder, self.feeds, self.discord, [{"destination": f"discord:{CHANNEL}"}])
        opened = serving(wanted, self.discord, self.clock, seeds)
        self._app = await self._living.enter_async_context(opened)

    async def stop(self) -> None:
        """Close the bot."""
        await self._living.aclose()
        self._app = None

    async def begin(self) -> None:
        """Open the bot, have every story told, the editors let, and the bot taken to another server."""
        lead, editors = self.guild.manager, self.guild.editors
        editors.may |= May.SEND_MESSAGES
        await self.start()
        await self._tell()
        await self.ask("workspace editors", {"add": f"<@&{editors.ident}>"}, by=lead)
        await self.discord.allow("audit", editors)
        await self.discord.join(NEW_SERVER, (NEW_CHANNEL,))
        await self.discord.until(lambda: self.discord.messages.get(NEW_CHANNEL))
        (self.alerts["greeting"],) = self.discord.messages[NEW_CHANNEL]

    async def _tell(self) -> None:
        feeds = dict(zip(STORIES, OUTLETS, strict=False))
        for outlet in feeds.values():
            self.feeds.set(f"/{outlet}", document([]))
        await self.app.step()
        for number, (name, outlet) in enumerate(feeds.items()):
            self.clock.now += timedelta(hours=2)
            piece = Piece(
                self.clock.now, outlet, STORIES[name], "", f"https://{outlet}.example/{number}", number
            )
            self.feeds.set(f"/{outlet}", document([piece]))
            await self.app.step()
            self.alerts[name] = self.discord.messages[CHANNEL][-1]
        for path in ("/late", "/later"):
            self.feeds.set(path, rss(item("Sample fair opens", f"https://late.example{path}"), title="Late"))
        self.feeds.set("/list.opml", _OPML.format(self.feeds.url("/later")))

    async def named(self, options: Mapping[str, str]) -> dict[str, str]:
        """Return options with what their names in braces stand for by now."""
        store = self.app.store
        claims = [claim.id for claim in await store.claims() if claim.workspace]
        found = await store.titled_stories("containers", 1)
        names = {
            "own": claims[-1] if claims else "none-yet",
            "story": found[0],
            "event": argument_of(self.alerts["containers"], "right"),
            "late": self.feeds.url("/late"),
            "opml": self.feeds.url("/list.opml"),
            "editors": f"<@&{self.guild.editors.ident}>",
        }
        return {name: said.format(**names) for name, said in options.items()}

    def wrong(self) -> list[str]:
        """Return what went wrong since it was asked last: limits, deadlines, habits, and what was logged."""
        found = [*self.discord.violations, *self.troubles.said]
        self.discord.violations.clear()
        self.troubles.said.clear()
        return found

    # ---- what people do -----------------------------------------------------------------------------

    async def ask(self, command: str, options: Mapping[str, str] | None = None, *, by: Member) -> Answer:
        """Give a command, a moment later."""
        self._moment_later()
        return await self.discord.slash(command, options, by=by)

    async def use(
        self, message: Answer | Json, control: str, *chosen: str, by: Member | None = None
    ) -> Answer:
        """Use the control whose custom id begins so; of a menu what is named, or the first."""
        self._moment_later()
        found = _control(message, control)
        ident = found["custom_id"]
        if found["type"] == BUTTON:
            return await self.discord.press(message, ident, by=by)
        values = [_meant(found, each) for each in chosen or ("",)]
        return await self.discord.choose(message, ident, values, by=by)

    async def fill(self, form: Answer, entries: Mapping[str, str]) -> Answer:
        """Send a form, a moment later."""
        self._moment_later()
        return await self.discord.submit(form, entries)

    def _moment_later(self) -> None:
        self.clock.now += timedelta(seconds=1)


def controls_of(message: Answer | Json) -> list[str]:
    """Return the custom ids of the controls that can be used now."""
    return [each["custom_id"] for each in _usable(message)]


def argument_of(message: Answer | Json, control: str) -> str:
    """Return what stands in a control behind what its custom id begins with."""
    ident: str = _control(message, control)["custom_id"]
    return ident.removeprefix(f"{control}:")


def words(answered: Answer | Json) -> str:
    """Return all that a message says, with the names of its files, or all of a form."""
    message = _message(answered)
    said = answered.modal if isinstance(answered, Answer) and answered.modal else message["embeds"]
    files = [each["filename"] for each in message.get("attachments", [])]
    return json.dumps([said, files], ensure_ascii=False)


def title(answered: Answer | Json) -> str:
    """Return the title of a message, or of a form."""
    if isinstance(answered, Answer) and answered.modal:
        return str(answered.modal["title"])
    (embed,) = _message(answered)["embeds"]
    return str(embed.get("title", ""))


def _usable(message: Answer | Json) -> Iterator[Json]:
    yield from (
        each
        for each in every(_message(message)["components"])
        if each.get("custom_id") and not each.get("disabled")
    )


def _control(message: Answer | Json, begins: str) -> Json:
    for each in _usable(message):
        if each["custom_id"] == begins or each["custom_id"].startswith(f"{begins.removesuffix(':')}:"):
            return each
    raise LookupError(f"no {begins} among {controls_of(message)} of {title(message)}")


def _message(given: Answer | Json) -> Json:
    return given.message if isinstance(given, Answer) else given


def _meant(menu: Json, words: str) -> str:
    """Return the value of a menu whose option has these words, or of the first."""
    if menu["type"] == CHANNELS:
        return words or str(OTHER)
    options = menu["options"]
    return str(next(o["value"] for o in options if words in o["label"] or words == o["value"]))


@asynccontextmanager
async def standing(folder: Path) -> AsyncIterator[World]:
    """Serve Discord and the feeds, the bot being closed at the end."""
    async with DiscordServer(channels=(CHANNEL, OTHER, SPARE, MORE)) as discord, feed_server() as feeds:
        world = World(discord, feeds, folder)
        logging.getLogger().addHandler(world.troubles)
        try:
            yield world
        finally:
            await world.stop()
            logging.getLogger().removeHandler(world.troubles)
