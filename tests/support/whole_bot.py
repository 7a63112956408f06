"""The whole bot over a long while: closed and opened anew on one store, while its chat keeps its messages."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from claims.model import Reason, Silence
from tests.support.build import claim, evidence, member, outcome, visit
from tests.support.busy_day import OUTLETS, Piece
from tests.support.chats import Chat, Newsroom, Shown, argument_of
from tests.support.feed_server import feed_server, item, rss
from tests.support.lived_bot import LivedBot, document

ALL, OTHER, SPARE, MORE, WELCOMED = CHANNELS = ("all", "other", "spare", "more", "welcomed")
"""The channel that is told of everything, three that people set up, and where the bot is invited."""
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
_SITE = """<html lang="en"><head><title>Sample site</title></head><body><ul>
<li><a href="/story/1">Sample minister opens a bridge over the Tumen</a></li>
<li><a href="/story/2">Sample council speaks of grain prices again</a></li>
<li><a href="/story/3">Sample harbour is dredged before the winter</a></li>
</ul></body></html>"""
_KEPT = "Sample bakers weigh rubies by night"
"""A claim of the people there that nobody retires, and no story bears on."""
_CLAIMS = """[[claim]]
id = "oil-sample-{number}"
statement = "Sample tankers bring refined oil to Chongjin from port {number}"
said_by = "Sample panel"
said_on = 2026-01-0{number}
"""
_OPML = '<opml version="2.0"><body><outline type="rss" text="Sample later" xmlUrl="{}"/></body></opml>'
KEPT = "sample-kept"
"""Another claim of theirs: what is done to it is undone at once."""
GONE = tuple(f"sample-gone-{number}" for number in range(5))
"""Retired ones, of which one is restored in each of three lives."""


@dataclass
class World(LivedBot):
    """What happened is told, and people are there, also where the bot is new."""

    outlets: Sequence[str] = OUTLETS[: len(STORIES)]
    alerts: dict[str, Shown] = field(default_factory=dict)
    """The messages of the stories by name, and the greeting where the bot was invited."""
    hosts: Newsroom | None = None
    """Those who invited it."""

    async def start(self) -> None:
        """Open the bot, anew if it was open, and after a pause."""
        await super().start()
        await self.chat.time_passes()

    async def begin(self) -> None:
        """Have the bot invited where it is new, then the editors let, and every story told."""
        await self.start()
        self.hosts = await self.chat.invite(WELCOMED)
        await self.chat.until(lambda: self.chat.messages(WELCOMED))
        (self.alerts["greeting"],) = self.chat.messages(WELCOMED)
        self.wanted = ({"destination": self.chat.destination(ALL)},)
        await self.start()
        await self.ask("workspace editors", {"add": self.chat.here.editors}, by=self.chat.here.lead)
        await self.ask("claim track", {"statement": _KEPT, "said_by": "Sample panel"}, by=self.chat.here.lead)
        for name in (KEPT, *GONE):
            own = claim(
                name, statement=f"Sample bakers weigh {name} by day", workspace=self.chat.here.workspace
            )
            await self.app.store.keep_claim(own)
        for name in GONE:
            await self.app.store.retire_claim(name)
        await self._tell()
        await self._have_one_wait()

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
            self.alerts[name] = self.chat.messages(ALL)[-1]
        for path in ("/late", "/later"):
            self.feeds.set(path, rss(item("Sample fair opens", f"https://late.example{path}"), title="Late"))
        self.feeds.set("/site", _SITE, headers={"Content-Type": "text/html"})
        for number in (1, 2):
            self.feeds.set(f"/claims-{number}.toml", _CLAIMS.format(number=number))
        self.feeds.set("/list.opml", _OPML.format(self.feeds.url("/later")))

    async def _have_one_wait(self) -> None:
        """Keep a story with a link that is too unsure to be told."""
        feed_url, now = self.feeds.url(f"/{OUTLETS[0]}"), self.clock.now
        told = member("Sample convoy is seen at a port", [], feed_url=feed_url, published_at=now, seen_at=now)
        links = (evidence(told.story, score=0.42, suggested=True),)
        unsure = replace(told, reading=replace(told.reading, evidence=links))
        read = {"last_try_at": now, "last_success_at": now, "next_try_at": now + timedelta(minutes=1)}
        silent = outcome(unsure, Silence(Reason.SUGGESTED_ONLY))
        await self.app.store.record_visit(visit(silent, feed_url=feed_url, **read))

    async def named(self, options: Mapping[str, str]) -> dict[str, str]:
        """Return options, or words, with what their names in braces stand for by now."""
        store, chat = self.app.store, self.chat
        claims = [claim.id for claim in await store.claims() if claim.workspace]
        gone = [name for name in GONE if name not in claims]
        found = await store.titled_stories("containers", 1)
        names = {
            "own": claims[-1] if claims else "none-yet",
            "before": claims[-2] if len(claims) > 1 else "none-yet",
            "first": claims[0] if claims else "none-yet",
            "gone": gone[0] if gone else "none-yet",
            "story": found[0],
            "event": argument_of(chat, self.alerts["containers"], "right"),
            "late": self.feeds.url("/late"),
            "site": self.feeds.url("/site"),
            "opml": self.feeds.url("/list.opml"),
            "claims_file": self.feeds.url("/claims-1.toml"),
            "more_claims": self.feeds.url("/claims-2.toml"),
            "editors": chat.here.editors,
            "editors_id": chat.here.editors.strip("<@&!>").rpartition("^")[2],
            "reader": f"<@{_ident(chat.reference(chat.here.reader))}>",
            "lead": _ident(chat.reference(chat.here.lead)),
        }
        for channel in CHANNELS:
            at = chat.destination(channel)
            forms = {"at": at, "id": _ident(at), "written": chat.written(channel)}
            names |= {channel: chat.picked(channel)}
            names |= {f"{channel}_{form}": value for form, value in forms.items()}
        return {name: said.format(**names) for name, said in options.items()}


def _ident(reference: str) -> str:
    return reference.partition(":")[2]


@asynccontextmanager
async def standing(folder: Path, chat: Chat) -> AsyncIterator[World]:
    """Serve the feeds, the bot having begun and being closed at the end."""
    async with feed_server() as feeds:
        world = World(chat, feeds, folder)
        async with world.watched():
            await world.begin()
            yield world
