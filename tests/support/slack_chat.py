"""The Slack on loopback as a `Chat`: its one workspace is the only newsroom."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager

from bot.commands.model import Command
from bot.commands.table import COMMANDS
from bot.render.slack_commands import ASKS
from tests.support import slack_shown as see
from tests.support.chats import Happened, Newsroom, Sort
from tests.support.slack_http import Fault, Json, parsed
from tests.support.slack_places import ADMIN, BOT, EDITOR, EDITORS, MAKER, READER, TEAM, Channel
from tests.support.slack_seen import Seen
from tests.support.slack_server import SlackServer
from tests.support.slack_shapes import walk

_SORTS = {"message": Sort.POST, "edit": Sort.EDIT, "fault": Sort.FAULT}
_LOCALES = {"en": "en-US", "ko": "ko-KR", "ru": "ru-RU", "uk": "uk-UA"}
_OFTEN = 10_000
_LATER = 0.1
"""Seconds by which the bot may hear later of a pause than it began."""


class SlackChat:
    """Its channels are called as they are named; the bot is in all but those where it is invited `later`."""

    name = "slack"
    attaches = False

    def __init__(self, channels: Sequence[str], later: Sequence[str] = ()) -> None:
        """Make the channels, whose people are all that matter."""
        people = {READER, EDITOR, ADMIN, MAKER}
        self.server = SlackServer()
        self.server.team["name"] = "Sample desk"
        self.server.channels = {
            _ident(name): Channel(_ident(name), name, members={*people, *(() if name in later else (BOT,))})
            for name in (*channels, *later)
        }
        self.tell: Callable[[Happened], None] = lambda _: None
        self.server.tell = self._saw
        self.here = self.there = Newsroom(ADMIN, EDITOR, READER, f"<!subteam^{EDITORS}>", f"slack:{TEAM}")
        self.called = EDITORS

    # ---- the bot ------------------------------------------------------------------------------------

    @property
    def environment(self) -> Mapping[str, str]:
        """Return the settings of a bot that serves it; see `Chat`, as of everything here."""
        return {
            "CLAIMWATCH_SLACK__BOT_TOKEN": self.server.bot_token,
            "CLAIMWATCH_SLACK__APP_TOKEN": self.server.app_token,
            "CLAIMWATCH_SLACK__API_BASE": self.server.api_base,
        }

    @property
    def connections(self) -> int:
        """Return how often a socket was opened."""
        return self.server.count("connected")

    async def connected(self, times: int) -> None:
        """Wait until there were so many, and one stands."""
        await self.server.until(lambda: self.connections >= times and self.server.sockets)

    def wrong(self) -> list[str]:
        """Return what was broken."""
        found = list(self.server.violations)
        self.server.violations.clear()
        return found

    async def time_passes(self) -> None:
        """Wait for the end of what pauses Slack asked for, as the bot does by a clock of its own."""
        if left := self.server.rates.left():
            await asyncio.sleep(left + _LATER)
        self.server.rates.rest()

    @property
    def slowest(self) -> float:
        """Return the slowest acknowledgement."""
        return max(each.acknowledged or 0 for each in self.server.sent)

    # ---- places -------------------------------------------------------------------------------------

    def destination(self, channel: str) -> str:
        """Return `slack:C0ALL`."""
        return f"slack:{_ident(channel)}"

    def channel(self, destination: str) -> str:
        """Return its name."""
        return destination.removeprefix("slack:C0").lower()

    def picked(self, channel: str) -> str:
        """Return what Slack makes of a channel's name."""
        return f"<#{_ident(channel)}|{channel}>"

    def written(self, who: str) -> str:
        """Return how a channel is shown; people are named, which calls nobody."""
        return f"#{_ident(who)}" if _ident(who) in self.server.channels else self.server.members[who].name

    def reference(self, who: str) -> str:
        """Return `slack:U0ADMIN`."""
        return f"slack:{who}"

    @asynccontextmanager
    async def demoted(self, person: str) -> AsyncIterator[None]:
        """Take them out of the editors, and what an admin may."""
        admin, editors = self.server.members[person].admin, self.server.groups[EDITORS].users
        in_group = person in editors
        await self.server.change_member(person, admin=False)
        await self.server.change_group(EDITORS, editors - {person})
        try:
            yield
        finally:
            await self.server.change_member(person, admin=admin)
            await self.server.change_group(EDITORS, editors | ({person} if in_group else set()))

    # ---- what is read -------------------------------------------------------------------------------

    def messages(self, channel: str) -> Sequence[Json]:
        """Return those that stand in the channel itself, threads being beside it."""
        here = (m for m in self.server.messages if m["channel"] == _ident(channel))
        return [m for m in here if "thread_ts" not in m or m.get("reply_broadcast")]

    def actions(self, shown: Seen | Json) -> list[str]:
        """Return the actions of buttons, menus and what stands behind more."""
        return see.controls_of(shown)

    def words(self, shown: Seen | Json) -> str:
        """Return the words of its blocks."""
        return see.words(shown)

    def title(self, shown: Seen | Json) -> str:
        """Return the title of its card or its form: above a modal, unless it has no room there."""
        return see.title(shown)

    def heading(self, shown: Json) -> str:
        """Return the context above the title."""
        return see.heading(shown)

    def field(self, shown: Json, name: str) -> str:
        """Return the line that begins with this name."""
        return see.field_of(shown, name)

    def alone(self, shown: Seen) -> bool:
        """Say whether it is ephemeral, or a modal."""
        return shown.ephemeral

    def lasts(self, shown: Seen | Json) -> bool:
        """Say whether a message stands, or a modal lies before its reader, on top of others."""
        message = see.message_of(shown)
        stacks = self.server.modals.stacks.values()
        kept = (*self.server.messages, *self.server.ephemeral, *(stack[-1] for stack in stacks if stack))
        return any(message is each for each in kept)

    # ---- what people do -----------------------------------------------------------------------------

    async def speaks(self, person: str, language: str) -> None:
        """Set the person's locale."""
        await self.server.change_member(person, locale=_LOCALES[language])

    async def ask(
        self,
        command: str,
        options: Mapping[str, str],
        *,
        by: str,
        channel: str | None = None,
        insist: bool = False,
    ) -> Seen:
        """Type a command; Slack offers everything to everybody."""
        where = _ident(channel) if channel else next(iter(self.server.channels))
        return await self.server.slash(" ".join(typed(command, options)), by=by, channel=where)

    def suggests(self, command: Command) -> bool:
        """Say whether it opens a form if it lacks something."""
        return any(param.required for param in command.params)

    async def suggested(self, command: str, param: str, typed: str, *, by: str) -> list[str]:
        """Type a command without what it needs, and into the menu of the form that this opens."""
        form = await self.ask(command, {}, by=by)
        offered = await self.server.suggest(form, param, typed)
        await self.server.close_view(form)
        return [each["value"] for each in offered]

    async def use(self, shown: Seen | Json, action: str, *chosen: str, by: str | None = None) -> Seen:
        """Press a button, or choose from a menu, having closed whatever lies over a message."""
        await self._uncover(shown, by)
        control = see.control_of(shown, action)
        if control.kind in ("button", "overflow"):
            return await self.server.press(shown, control.action, by=by)
        values = [_meant(control.element, each) or self._second for each in chosen or ("",)]
        return await self.server.choose(shown, control.action, *values, by=by)

    async def press(self, shown: Seen, label: str) -> Seen:
        """Press a button by its label."""
        return await self.server.press(shown, label)

    async def fill(self, form: Seen, entries: Mapping[str, str]) -> Seen:
        """Send a form."""
        return await self.server.fill(form, entries)

    async def about(self, message: Json, entry: str, *, by: str) -> Seen:
        """Choose a shortcut of a message."""
        await self._uncover(message, by)
        command = next(each for each in COMMANDS if each.on_message == entry)
        return await self.server.message_shortcut(message, f"{ASKS}{command.name}", by=by)

    def say(self, channel: str, text: str, *, by: str) -> Json:
        """Write as a person."""
        return self.server.say(_ident(channel), text, by=by)

    # ---- what goes wrong ----------------------------------------------------------------------------

    def impose(self) -> None:
        """Limit posts by channel, and have posts, edits, answers and modals fail."""
        slow_down = {"Retry-After": "1"}
        alerts, budgeted, quiet = (_ident(name) for name in ("all", "budgeted", "quiet"))
        self.server.fail(
            "chat.postMessage",
            Fault(429, "ratelimited", headers=slow_down, every=5, times=_OFTEN, channel=budgeted),
            Fault(429, "ratelimited", headers=slow_down, every=31, times=_OFTEN),
            Fault(502, after=True, every=7, times=3, channel=alerts),
            Fault(503, every=17, times=_OFTEN, channel=alerts),
            Fault(cut=True, after=True, every=4, times=3, channel=quiet),
        )
        self.server.fail(
            "chat.update",
            Fault(502, every=41, times=_OFTEN),
            Fault(503, after=True, every=97, times=4),
        )
        self.server.fail("response", Fault(500, every=40, times=3))

    def relent(self) -> None:
        """Drop the faults."""
        self.server.faults.clear()

    async def shut(self, channel: str) -> None:
        """Take the bot out of a channel."""
        await self.server.remove_bot(_ident(channel))

    async def reopen(self, channel: str) -> None:
        """Invite it again."""
        await self.server.invite_bot(_ident(channel))

    async def delete_channel(self, channel: str) -> None:
        """Delete it."""
        await self.server.delete_channel(_ident(channel))

    async def delete_message(self, message: Json) -> None:
        """Delete it."""
        self.server.delete(message)

    async def cut(self) -> None:
        """Close every socket."""
        await self.server.cut()

    async def cut_one(self) -> None:
        """Close a socket, and leave the only one that stands: its successor takes some seconds."""
        if len(self.server.sockets) > 1:
            await self.server.sockets[0].close(code=1001)

    async def unsettle(self) -> None:
        """Ask the bot to refresh a connection, as Slack does every few hours."""
        await self.server.disconnect("refresh_requested")

    async def invite(self, channel: str) -> Newsroom:
        """Invite the bot to one more channel."""
        await self.server.invite_bot(_ident(channel))
        return self.here

    async def until(self, what: Callable[[], object]) -> None:
        """Wait until something holds."""
        await self.server.until(what)

    # ---- inside -------------------------------------------------------------------------------------

    @property
    def _second(self) -> str:
        return [*self.server.channels][1]

    async def _uncover(self, shown: Seen | Json, by: str | None) -> None:
        """Close the modals that lie over what somebody uses."""
        source = see.message_of(shown)
        person = by or str(source.get("to") or source.get("user") or READER)
        while (top := self.server.modals.top(person)) and top is not source:
            if "hash" in source and not any(source is each for each in self.server.modals.stacks[person]):
                return
            await self.server.close_view(top)

    def _saw(self, entry: Json) -> None:
        if (sort := _SORTS.get(entry["event"])) is None:
            return
        payload = entry.get("payload", {})
        blocks = parsed(payload.get("blocks", []), "blocks")
        about = parsed(payload.get("metadata"), "metadata")
        self.tell(
            Happened(
                sort,
                channel=self.channel(f"slack:{entry.get('channel', '')}"),
                message={**payload, "blocks": blocks},
                below=bool(entry.get("thread")),
                key=about["event_payload"]["key"] if about else "",
                calls=tuple(each["usergroup_id"] for each in walk(blocks) if "usergroup_id" in each),
            )
        )


def _ident(channel: str) -> str:
    return f"C0{channel.upper()}"


def typed(command: str, options: Mapping[str, str]) -> Iterator[str]:
    """Yield the words of a command: the values that have a place of their own, and the others by name."""
    row = next(each for each in COMMANDS if each.name == command)
    placed = [param.name for param in row.typed if param.name in options]
    yield command
    yield from (options[name] for name in placed)
    yield from (f"{name}={value}" for name, value in options.items() if name not in placed)


def _meant(menu: Json, words: str) -> str:
    """Return the value of the option with these words, or of the first; of channels what is named."""
    groups = [menu, *menu.get("option_groups", [])]
    options = [each for group in groups for each in group.get("options", [])]
    fits = (o["value"] for o in options if words in o["text"]["text"] or words == o["value"])
    return str(next(fits)) if options else words
