"""What people ask of the bot by commands on the Discord on loopback: typed, or from the menu of a message."""

from collections.abc import Mapping
from typing import Any

from tests.support.discord_asking import PATIENCE, DiscordAsking, NotOffered
from tests.support.discord_commands import offered
from tests.support.discord_http import Json
from tests.support.discord_lengths import length
from tests.support.discord_places import Guild, May, Member
from tests.support.discord_state import SLASH, TYPING, Answer

_INTEGER, _BOOLEAN, _ATTACHMENT = 4, 5, 11
_MENU = 3


class DiscordPeople(DiscordAsking):
    """The members of the servers; `by` is one of them, by default the reader of the first server."""

    # ---- commands -----------------------------------------------------------------------------------

    async def slash(
        self,
        name: str,
        options: Mapping[str, str] | None = None,
        *,
        by: Member | None = None,
        channel: int | None = None,
        patience: float = PATIENCE,
        check: bool = True,
        permissions: int | None = None,
    ) -> Answer:
        """Give a slash command and return what its asker sees.

        It is given once it is registered with these options; `check=False` gives one that is not. The value
        of an option for an attachment is the address of the file. `permissions` stand in for those that the
        asker's roles give.
        """
        by = by or self.guilds[self.guild].reader
        guild = self._guild_of(by)
        given = dict(options or {})
        if check:
            await self.until(lambda: self._known(guild, name, given), patience)
            self._must_be_offered(guild, by, name, permissions)
        data = self._command_data(guild, name, given)
        return await self._act(SLASH, data, by, channel, patience=patience, permissions=permissions)

    async def autocomplete(
        self,
        name: str,
        option: str,
        typed: str,
        options: Mapping[str, str] | None = None,
        *,
        by: Member | None = None,
        channel: int | None = None,
        patience: float = PATIENCE,
    ) -> list[Json]:
        """Type into an option, others being filled in; return what is suggested: `name` and `value`."""
        by = by or self.guilds[self.guild].reader
        guild = self._guild_of(by)
        await self.until(lambda: self._options(guild, name) is not None, patience)
        self._must_be_offered(guild, by, name, None)
        if not self._option(guild, name, option).get("autocomplete"):
            raise NotOffered(f"/{name}: nothing is suggested for {option}")
        data = self._command_data(guild, name, {**(options or {}), option: typed}, focused=option)
        return (await self._act(TYPING, data, by, channel, patience=patience)).choices

    async def menu_on(
        self, message: Json, name: str, *, by: Member | None = None, patience: float = PATIENCE
    ) -> Answer:
        """Choose a command from the menu of a message, of whomever it is."""
        by = by or self._home_of(message).reader
        guild = self._guild_of(by)
        await self.until(lambda: self._top(guild, name, _MENU), patience)
        self._must_be_offered(guild, by, name, None, _MENU)
        data = {
            "id": self._top(guild, name, _MENU)["id"],
            "name": name,
            "type": _MENU,
            "target_id": message["id"],
            "resolved": {"messages": {message["id"]: message}},
        }
        return await self._act(SLASH, data, by, int(message["channel_id"]), patience=patience)

    def say(self, channel: int, text: str, by: Member | None = None, **more: Any) -> Json:
        """Write a message as a person; the bot, which reads no messages, hears nothing of it."""
        guild = self.home(channel)
        assert guild is not None
        message = self.blank(channel, (by or guild.reader).user, content=text, **more)
        return self.keep(message)

    # ---- inside -------------------------------------------------------------------------------------

    def _top(self, guild: Guild, name: str, kind: int = 1) -> Json:
        both = [*self.commands.get(guild.ident, []), *self.commands.get(None, [])]
        return next((c for c in both if c["name"] == name and c["type"] == kind), {})

    def _must_be_offered(
        self, guild: Guild, by: Member, name: str, permissions: int | None, kind: int = 1
    ) -> None:
        may = guild.may(by) if permissions is None else May(permissions)
        command = self._top(guild, name if kind == _MENU else name.split(maxsplit=1)[0], kind)
        if not offered(self, guild, by, may, command):
            raise NotOffered(f"{by.name} is not offered {name!r}")

    def _options(self, guild: Guild, name: str) -> list[Json] | None:
        """Return the options of a command as it is registered, or None where it is not."""
        first, *rest = name.split()
        found = self._top(guild, first)
        for word in rest:
            found = next((o for o in found.get("options", []) if o["name"] == word), {})
        return found.get("options", []) if found else None

    def _option(self, guild: Guild, name: str, option: str) -> Json:
        return next((o for o in self._options(guild, name) or [] if o["name"] == option), {})

    def _known(self, guild: Guild, name: str, options: Mapping[str, str]) -> bool:
        level = self._options(guild, name)
        if level is None or any(option["type"] in (1, 2) for option in level):
            return False
        needed = {option["name"] for option in level if option.get("required")}
        return needed <= set(options) <= {option["name"] for option in level}

    def _command_data(
        self, guild: Guild, name: str, options: Mapping[str, str], focused: str | None = None
    ) -> Json:
        """Return the data of a slash command, nested as its words are."""
        first, *rest = name.split()
        given: list[Json] = []
        files: dict[str, Json] = {}
        for key, text in options.items():
            known = self._option(guild, name, key)
            one: Json = {"name": key, "type": known.get("type", 3), "value": _value(known, text)}
            if key == focused:
                one = {**one, "value": text, "focused": True}
            elif one["type"] == _ATTACHMENT:
                files[key] = {"id": key, "filename": "file", "size": 1, "url": text}
                one["value"] = key
            given.append(one)
        for depth, word in enumerate(reversed(rest)):
            given = [{"name": word, "type": 1 + bool(depth), "options": given}]
        top = self._top(guild, first)
        data = {"id": top.get("id", "700"), "name": first, "type": 1, "options": given}
        return {**data, **({"resolved": {"attachments": files}} if files else {})}


def _value(option: Json, text: str) -> str | int | bool:
    """Return what somebody picked or typed, as Discord sends it for this option."""
    choices = option.get("choices", [])
    if choices:
        picked = [c["value"] for c in choices if text in (c["name"], str(c["value"]))]
        if not picked:
            raise NotOffered(f"{text!r} is no choice for {option['name']}")
        return picked[0]
    if not option.get("min_length", 0) <= length(text) <= option.get("max_length", 6000):
        raise NotOffered(f"{text!r} is too short or too long for {option.get('name')}")
    if option.get("type") == _INTEGER:
        return int(text)
    return text == "true" if option.get("type") == _BOOLEAN else text
