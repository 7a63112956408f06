"""What people do with the bot on the Discord on loopback, as their Discord lets them and at their speed.

Each act waits for what the bot has under way, as nobody presses what is not shown yet, and returns what that
person sees. What Discord would not let them do raises `NotOffered`.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.support.discord_commands import offered
from tests.support.discord_components import BUTTON, CHANNELS, LABEL, ROLES, SELECTS, STRINGS, TEXT, every
from tests.support.discord_http import Json
from tests.support.discord_lengths import length
from tests.support.discord_places import Guild, May, Member
from tests.support.discord_state import (
    APPLICATION,
    CHOICES,
    CONTROL,
    EPHEMERAL,
    FORM,
    SLASH,
    TYPING,
    Answer,
    DiscordState,
)

PATIENCE = 20.0
REACTION = 0.02
"""Seconds between what the bot sent last and what a person does: its library still handles the answer."""
_INTEGER, _BOOLEAN, _ATTACHMENT = 4, 5, 11
_MENU = 3
_LINK = 5


class NotOffered(Exception):
    """Discord does not let this person do that: it is not there, switched off, or not for them."""


class DiscordPeople(DiscordState):
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

    # ---- controls -----------------------------------------------------------------------------------

    async def press(
        self, message: Json | Answer, what: str, *, by: Member | None = None, patience: float = PATIENCE
    ) -> Answer:
        """Press a button of a message, by its label or its custom id."""
        shown, button = self._control(message, what, {BUTTON})
        if button["style"] == _LINK:
            raise NotOffered(f"{what!r} leads to {button['url']}")
        return await self._use(shown, button, {}, by, patience)

    async def choose(
        self,
        message: Json | Answer,
        what: str,
        values: Sequence[str | int],
        *,
        by: Member | None = None,
        patience: float = PATIENCE,
    ) -> Answer:
        """Choose from a menu, named by its custom id or placeholder: labels or values, or ids."""
        shown, menu = self._control(message, what, SELECTS)
        by = by or self._looker(shown)
        chosen = self._chosen(self._guild_of(by), menu, values)
        return await self._use(shown, menu, chosen, by, patience)

    async def submit(
        self,
        form: Answer,
        entries: Mapping[str, str | Sequence[str | int]],
        *,
        patience: float = PATIENCE,
    ) -> Answer:
        """Fill in a form, by labels or custom ids, and send it; the rest stays as it was."""
        if not form.modal:
            raise NotOffered("no form was opened")
        left = dict(entries)
        parts = [self._filled(form, part, left) for part in form.modal["components"]]
        if left:
            raise NotOffered(f"the form has no {', '.join(left)}")
        data = {"custom_id": form.modal["custom_id"], "components": parts}
        return await self._act(FORM, data, form.by, form.channel, source=form.source, patience=patience)

    def controls(self, message: Json | Answer) -> list[str]:
        """Return what can be pressed or chosen from below a message: labels, and placeholders of menus."""
        shown = message.message if isinstance(message, Answer) else message
        usable = (c for c in every(shown["components"]) if not c.get("disabled"))
        return [name for c in usable if (name := c.get("label") or c.get("placeholder"))]

    def _control(self, message: Json | Answer, what: str, kinds: Iterable[int]) -> tuple[Json, Json]:
        given = message.message if isinstance(message, Answer) else message
        shown = self.by_id.get(given.get("id", ""))
        if shown is None:
            raise NotOffered("the message is gone")
        names = ("custom_id", "label", "placeholder")
        for control in every(shown["components"]):
            if control.get("type") in kinds and what in [control.get(name) for name in names]:
                if control.get("disabled"):
                    raise NotOffered(f"{what!r} is switched off")
                return shown, control
        raise NotOffered(f"no {what!r} here, but {self.controls(shown)}")

    async def _use(
        self, shown: Json, control: Json, chosen: Json, by: Member | None, patience: float
    ) -> Answer:
        by = by or self._looker(shown)
        if shown["flags"] & EPHEMERAL and by.ident != self._looker(shown).ident:
            raise NotOffered("this person does not see the message")
        data = {"custom_id": control["custom_id"], "component_type": control["type"], **chosen}
        where = int(shown["channel_id"])
        return await self._act(CONTROL, data, by, where, source=shown, patience=patience)

    def _chosen(self, guild: Guild, menu: Json, values: Sequence[str | int]) -> Json:
        wanted = [str(value) for value in values]
        if not menu.get("min_values", 1) <= len(wanted) <= menu.get("max_values", 1):
            raise NotOffered(f"{len(wanted)} cannot be chosen")
        if menu["type"] == STRINGS:
            known = {name: o["value"] for o in menu["options"] for name in (o["label"], o["value"])}
            if strange := [value for value in wanted if value not in known]:
                raise NotOffered(f"no {strange} among {[o['label'] for o in menu['options']]}")
            return {"values": [known[value] for value in wanted]}
        shown: dict[str, Json]
        if menu["type"] == CHANNELS:
            kinds = menu.get("channel_types") or [0]
            places = (place for place in guild.channels.values() if place.kind in kinds)
            name, shown = "channels", {str(p.ident): p.shown(guild.ident, guild.bot.ident) for p in places}
        elif menu["type"] == ROLES:
            name, shown = "roles", {str(role.ident): role.shown() for role in guild.roles.values()}
        else:
            name, shown = "users", {str(m.ident): m.user for m in guild.members.values()}
        if strange := [value for value in wanted if value not in shown]:
            raise NotOffered(f"no {strange} among the {name} {list(shown)}")
        return {"values": wanted, "resolved": {name: {value: shown[value] for value in wanted}}}

    def _filled(self, form: Answer, part: Json, left: dict[str, Any]) -> Json:
        """Return a part of a form as it is sent; what was filled in is taken from `left`."""
        if part["type"] not in (LABEL, 1):
            return {"type": part["type"]}
        inner = part["component"] if part["type"] == LABEL else part["components"][0]
        label = part["label"] if part["type"] == LABEL else inner["label"]
        key = next((name for name in (inner["custom_id"], label) if name in left), None)
        given = left.pop(key) if key is not None else None
        sent = {"type": inner["type"], "custom_id": inner["custom_id"]}
        if inner["type"] == TEXT:
            text = inner.get("value") or "" if given is None else given
            most = inner.get("max_length") or 4000
            if length(text) > most or (inner.get("required", True) and not text):
                raise NotOffered(f"{label!r} takes 1 to {most} characters")
            sent["value"] = text
        else:
            sent.update(self._chosen(self._guild_of(form.by), inner, given or ()))
        return {"type": 1, "components": [sent]} if part["type"] == 1 else {"type": LABEL, "component": sent}

    # ---- inside -------------------------------------------------------------------------------------

    def _guild_of(self, by: Member) -> Guild:
        return next(guild for guild in self.guilds.values() if guild.members.get(by.ident) is by)

    def _home_of(self, message: Json) -> Guild:
        guild = self.home(int(message["channel_id"]))
        assert guild is not None
        return guild

    def _looker(self, message: Json) -> Member:
        """Return whoever sees a message that a single person sees, or else a reader."""
        guild = self._home_of(message)
        if message["flags"] & EPHEMERAL:
            return guild.members[int(message["interaction_metadata"]["user"]["id"])]
        return guild.reader

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

    async def _act(
        self,
        kind: int,
        data: Json,
        by: Member,
        channel: int | None,
        *,
        patience: float,
        source: Json | None = None,
        permissions: int | None = None,
    ) -> Answer:
        """Send an interaction once the bot listens and rests, and wait until its person sees something."""
        guild = self._guild_of(by)
        where = channel if channel is not None else next(iter(guild.channels))
        await self.until(lambda: self.gateway.listens(guild.ident), patience)
        before = set(self.underway)
        await self.until(lambda: not before & self.underway, patience)
        await asyncio.sleep(REACTION)
        ident = self.next_id()
        asked = Answer(kind, f"interaction-token-{ident}", ident, by, guild.ident, where, self.clock())
        asked.source = source or {}
        self.answers[asked.token] = asked
        event = self._event(asked, data, guild, permissions)
        await self.gateway.dispatch("INTERACTION_CREATE", event, guild.ident)
        try:
            await self.until(lambda: _sees(asked), patience)
        except TimeoutError:
            self.breach(f"interaction {ident} ({data.get('name') or data['custom_id']}) was never answered")
            raise
        return asked

    def _event(self, asked: Answer, data: Json, guild: Guild, permissions: int | None) -> Json:
        may = guild.may(asked.by, asked.channel) if permissions is None else May(permissions)
        place = guild.place(asked.channel)
        assert place is not None
        source = {"message": asked.source} if asked.source else {}
        return {
            "id": asked.ident,
            "token": asked.token,
            "type": asked.kind,
            "version": 1,
            "application_id": APPLICATION["id"],
            "guild_id": str(guild.ident),
            "guild": {"id": str(guild.ident), "locale": guild.locale, "features": []},
            "guild_locale": guild.locale,
            "channel_id": str(asked.channel),
            "channel": place.shown(guild.ident, guild.bot.ident),
            "member": {**asked.by.shown(), "permissions": str(int(may) & ((1 << 53) - 1))},
            "app_permissions": str(int(guild.may(guild.bot, asked.channel)) & ((1 << 53) - 1)),
            "data": data,
            "locale": asked.by.locale,
            "entitlements": [],
            "attachment_size_limit": 10 << 20,
            "authorizing_integration_owners": {"0": str(guild.ident)},
            "context": 0,
            **source,
        }


def _sees(asked: Answer) -> bool:
    answered = asked.callback == CHOICES or bool(asked.modal)
    return asked.acknowledged is not None and (asked.shows or answered)


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
