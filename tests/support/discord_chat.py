"""The Discord on loopback as a `Chat`: its servers are the newsrooms."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

from bot.commands.model import Command
from tests.support import shown as see
from tests.support.chats import Happened, Newsroom, Sort
from tests.support.discord_components import BUTTON
from tests.support.discord_http import GLOBAL, Fault, Json, Rate
from tests.support.discord_places import Guild, May, Member
from tests.support.discord_server import DiscordServer
from tests.support.discord_state import Answer

_SORTS = {"message": Sort.POST, "edit": Sort.EDIT, "fault": Sort.FAULT, "message-again": Sort.AGAIN}
_POST = "POST /channels/{channel}/messages"
_WAIT, _LONG = 0.05, 90.0
"""Seconds; the long one is longer than discord.py is let wait."""


class DiscordChat:
    """Channels get ids in the order of their names; the first server is there, another may be, one comes."""

    name = "discord"
    attaches = True

    def __init__(self, here: Sequence[str], there: Sequence[str] = (), later: Sequence[str] = ()) -> None:
        """Lay the servers out; without channels `there` the one is all there is."""
        layout = {500: here, 510: there, 520: later}
        self._idents = {
            name: 100 + guild + number for guild, names in layout.items() for number, name in enumerate(names)
        }
        self._names = {ident: name for name, ident in self._idents.items()}
        self._parents: dict[int, int] = {}
        self._later = tuple(self._idents[name] for name in later)
        self.server = DiscordServer(channels=tuple(self._idents[name] for name in here))
        if there:
            self.server.add_guild(510, tuple(self._idents[name] for name in there))
        for guild in self.server.guilds.values():
            guild.staff()
        self.tell: Callable[[Happened], None] = lambda _: None
        self.server.tell = self._saw
        self.here = _newsroom(self.server.guilds[500])
        self.there = _newsroom(self.server.guilds[510]) if there else self.here
        self.called = str((510 if there else 500) + 201)

    # ---- the bot ------------------------------------------------------------------------------------

    @property
    def environment(self) -> Mapping[str, str]:
        """Return the settings of a bot that serves it; see `Chat`, as of everything here."""
        return {
            "CLAIMWATCH_DISCORD__TOKEN": self.server.token,
            "CLAIMWATCH_DISCORD__API_BASE": self.server.api_base,
            "CLAIMWATCH_DISCORD__GATEWAY_URL": self.server.gateway_url,
        }

    @property
    def connections(self) -> int:
        """Return how often the bot came to READY or RESUMED."""
        return self.server.count("ready") + self.server.count("resumed")

    async def connected(self, times: int) -> None:
        """Wait until it has so often."""
        await self.server.ready(times)

    def wrong(self) -> list[str]:
        """Return what was broken."""
        found = list(self.server.violations)
        self.server.violations.clear()
        return found

    async def time_passes(self) -> None:
        """Forget the nonces."""
        self.server.forget_nonces()

    @property
    def slowest(self) -> float:
        """Return the slowest acknowledgement."""
        return max(each.acknowledged or 0 for each in self.server.answers.values())

    # ---- places -------------------------------------------------------------------------------------

    def destination(self, channel: str) -> str:
        """Return `discord:600`."""
        return f"discord:{self._idents[channel]}"

    def channel(self, destination: str) -> str:
        """Return its name."""
        return self._names[int(destination.removeprefix("discord:"))]

    def picked(self, channel: str) -> str:
        """Return its id."""
        return str(self._idents[channel])

    def written(self, who: Member | str) -> str:
        """Return a mention."""
        return f"<#{self._idents[who]}>" if isinstance(who, str) else f"<@{who.ident}>"

    def reference(self, who: Member) -> str:
        """Return `discord:902`."""
        return f"discord:{who.ident}"

    @asynccontextmanager
    async def demoted(self, person: Member) -> AsyncIterator[None]:
        """Take every role."""
        roles, person.roles = person.roles, ()
        try:
            yield
        finally:
            person.roles = roles

    # ---- what is read -------------------------------------------------------------------------------

    def messages(self, channel: str) -> Sequence[Json]:
        """Return them as they stand."""
        return self.server.messages.get(self._idents[channel], [])

    def actions(self, shown: Answer | Json) -> list[str]:
        """Return the custom ids."""
        return see.controls_of({"components": [], **shown} if isinstance(shown, dict) else shown)

    def words(self, shown: Answer | Json) -> str:
        """Return the words of its embeds, without what keeps them from being markup."""
        return see.words(shown).replace("\\n", "\n").replace("\\", "")

    def title(self, shown: Answer | Json) -> str:
        """Return the title of its embed or its form."""
        return see.title(shown)

    def heading(self, shown: Json) -> str:
        """Return the author of its embed."""
        return see.heading(shown)

    def field(self, shown: Json, name: str) -> str:
        """Return a field of its embeds."""
        return see.field_of(shown, name)

    def alone(self, shown: Answer) -> bool:
        """Say whether it is ephemeral, or a form."""
        return shown.ephemeral or bool(shown.modal)

    def lasts(self, shown: Answer | Json) -> bool:
        """Say yes: a form opens anew with its button."""
        return True

    # ---- what people do -----------------------------------------------------------------------------

    async def speaks(self, person: Member, language: str) -> None:
        """Set the client's language."""
        person.locale = language

    async def ask(
        self,
        command: str,
        options: Mapping[str, str],
        *,
        by: Member,
        channel: str | None = None,
        insist: bool = False,
    ) -> Answer:
        """Give a slash command."""
        where = self._idents[channel] if channel else None
        return await self.server.slash(command, options, by=by, channel=where, check=not insist)

    def suggests(self, command: Command) -> bool:
        """Say yes: a command is completed while it is typed."""
        return True

    async def suggested(self, command: str, param: str, typed: str, *, by: Member) -> list[str]:
        """Type into an option."""
        offered = await self.server.autocomplete(command, param, typed, by=by)
        return [each["value"] for each in offered]

    async def use(self, shown: Answer | Json, action: str, *chosen: str, by: Member | None = None) -> Answer:
        """Press a button, or choose from a menu."""
        found = see.control_of(shown, action)
        ident = found["custom_id"]
        if found["type"] == BUTTON:
            return await self.server.press(shown, ident, by=by)
        values = [see.meant(found, each, self.server.channels[1]) for each in chosen or ("",)]
        return await self.server.choose(shown, ident, values, by=by)

    async def press(self, shown: Answer, label: str) -> Answer:
        """Press a button by its label."""
        return await self.server.press(shown, label)

    async def fill(self, form: Answer, entries: Mapping[str, str]) -> Answer:
        """Submit a modal."""
        return await self.server.submit(form, entries)

    async def about(self, message: Json, entry: str, *, by: Member) -> Answer:
        """Choose from the menu of a message."""
        return await self.server.menu_on(message, entry, by=by)

    def say(self, channel: str, text: str, *, by: Member) -> Json:
        """Write as a person."""
        return self.server.say(self._idents[channel], text, by)

    # ---- what goes wrong ----------------------------------------------------------------------------

    def impose(self) -> None:
        """Limit routes and all, and have posts, edits, threads and answers fail."""
        everywhere = {"message": "You are being rate limited.", "retry_after": _WAIT, "global": True}
        here = {**everywhere, "global": False}
        alerts, budgeted, quiet = (
            f"/channels/{self._idents[name]}/messages" for name in ("all", "budgeted", "quiet")
        )
        through = {"X-RateLimit-Global": "true"}
        self.server.rates.rates |= {GLOBAL: Rate(50, 1.0), _POST: Rate(5, 0.5)}
        self.server.faults += [
            Fault("POST", budgeted, 429, here, every=5, times=10_000),
            Fault("POST", "/messages", 429, everywhere, through, every=31, times=10_000),
            Fault("POST", quiet, 429, {**here, "retry_after": _LONG}, every=9, times=3),
            Fault("POST", alerts, 502, after=True, every=7, times=3),
            Fault("PATCH", "/messages/", 502, every=97, times=4),
            Fault("PATCH", "/messages/", 503, every=41, times=10_000),
            Fault("POST", alerts, 503, every=17, times=10_000),
            Fault("POST", quiet, 503, after=True, every=4, times=3),
            Fault("POST", "/threads", 503, every=3, times=2),
            Fault("POST", "/callback", 502, every=40, times=3),
            Fault("PATCH", "/webhooks/", 429, here, every=9, times=10_000),
            Fault("PATCH", "/webhooks/", 502, every=40, times=3),
        ]

    def relent(self) -> None:
        """Drop the faults."""
        self.server.faults.clear()

    async def shut(self, channel: str) -> None:
        """Take the right to send."""
        await self.server.take(May.SEND_MESSAGES, channel=self._idents[channel])

    async def reopen(self, channel: str) -> None:
        """Give it back."""
        await self.server.give(May.SEND_MESSAGES, channel=self._idents[channel])

    async def delete_channel(self, channel: str) -> None:
        """Delete it."""
        await self.server.delete_channel(self._idents[channel])

    async def delete_message(self, message: Json) -> None:
        """Delete it."""
        await self.server.delete_message(message)

    async def cut(self) -> None:
        """Cut the gateway."""
        await self.server.cut()

    async def cut_one(self) -> None:
        """Cut the gateway: there is but one."""
        await self.server.cut()

    async def unsettle(self) -> None:
        """End the session, so that the bot has to identify anew, which takes it some seconds."""
        await self.server.gateway.invalidate()

    async def invite(self, channel: str) -> Newsroom:
        """Take the bot to one more server."""
        return _newsroom(await self.server.join(520, self._later))

    async def until(self, what: Callable[[], object]) -> None:
        """Wait until something holds."""
        await self.server.until(what)

    # ---- inside -------------------------------------------------------------------------------------

    def _saw(self, entry: Json) -> None:
        if entry["event"] == "thread":
            self._parents[int(entry["thread"])] = entry["channel"]
        if (sort := _SORTS.get(entry["event"])) is None:
            return
        place = entry.get("channel", 0)
        payload = entry.get("payload", {})
        self.tell(
            Happened(
                sort,
                channel=self._names.get(self._parents.get(place, place), ""),
                message=payload,
                below=place in self._parents or "message_reference" in payload,
                key=str(entry.get("nonce", "")),
                calls=tuple(str(role) for role in payload.get("allowed_mentions", {}).get("roles", ())),
            )
        )


def _newsroom(guild: Guild) -> Newsroom:
    return Newsroom(
        guild.manager, guild.editor, guild.reader, f"<@&{guild.editors.ident}>", f"discord:{guild.ident}"
    )
