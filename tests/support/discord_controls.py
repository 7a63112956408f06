"""What people do with the controls of messages and with forms on the Discord on loopback."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.support.discord_asking import PATIENCE, DiscordAsking, NotOffered
from tests.support.discord_components import BUTTON, CHANNELS, LABEL, ROLES, SELECTS, STRINGS, TEXT, every
from tests.support.discord_http import Json
from tests.support.discord_lengths import length
from tests.support.discord_places import Guild, Member
from tests.support.discord_state import CONTROL, EPHEMERAL, FORM, Answer

_LINK = 5


class DiscordControls(DiscordAsking):
    """The members of the servers; `by` is whoever sees the message, by default a reader."""

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

    # ---- inside -------------------------------------------------------------------------------------

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
            needed = inner.get("required", True)
            least, most = inner.get("min_length") or int(needed), inner.get("max_length") or 4000
            if (text or needed) and not least <= length(text) <= most:
                raise NotOffered(f"{label!r} takes {least} to {most} characters")
            sent["value"] = text
        else:
            before = [option["value"] for option in inner.get("options", []) if option.get("default")]
            chosen = before if given is None else given
            left_out = not chosen and not inner.get("required", True)
            sent.update({"values": []} if left_out else self._chosen(self._guild_of(form.by), inner, chosen))
        return {"type": 1, "components": [sent]} if part["type"] == 1 else {"type": LABEL, "component": sent}
