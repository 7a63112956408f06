"""What people do with the controls of messages, modals and Home on the Slack on loopback."""

from collections.abc import Sequence
from typing import Any

from tests.support.slack_asking import INTERACTIVE, NotOffered, SlackAsking
from tests.support.slack_elements import MULTI_SELECTS, SELECTS
from tests.support.slack_http import Json
from tests.support.slack_methods_views import told as told_view
from tests.support.slack_payloads import (
    app_of,
    channel_of,
    message_of,
    option_of,
    stating,
    used,
    user_of,
    values_of,
)
from tests.support.slack_places import Kind
from tests.support.slack_seen import Seen
from tests.support.slack_shown import LEADS, Control, Shown, controls, labels_of
from tests.support.slack_shown import message_of as shown_of
from tests.support.slack_view_limits import suggestion_refusal
from tests.support.witness import PATIENCE

_MENUS = (*SELECTS, *MULTI_SELECTS, "checkboxes", "radio_buttons", "datepicker")
_KINDS = {"public": Kind.PUBLIC, "private": Kind.PRIVATE, "im": Kind.DIRECT}


class SlackControls(SlackAsking):
    """The members of the workspace; `by` is whoever sees the message or view, by default a reader."""

    async def press(
        self, shown: Shown, what: str, *, by: str | None = None, patience: float = PATIENCE
    ) -> Seen:
        """Press a button or an option of a menu of more, by its label or how its action begins."""
        source, control = self._control(shown, what, ("button", "overflow"))
        if LEADS in control.element:
            raise NotOffered(f"{what!r} leads to {control.element[LEADS]}")
        return await self._use(source, control, None, by, patience)

    async def follow(self, shown: Shown, what: str, *, by: str | None = None) -> str:
        """Press a button that leads to an address, which the bot is told of too, and return the address."""
        source, control = self._control(shown, what, ("button", "overflow"))
        if LEADS not in control.element:
            raise NotOffered(f"{what!r} leads nowhere")
        seen = self._seen(source, by)
        payload = self._pressed(seen, source, used(control, None, self.stamp()))
        await self._tell(seen, INTERACTIVE, payload, holds=lambda: True)
        return str(control.element[LEADS])

    async def choose(
        self, shown: Shown, what: str, *values: str, by: str | None = None, patience: float = PATIENCE
    ) -> Seen:
        """Choose from a menu, by its placeholder or how its action begins: labels, values or ids."""
        source, control = self._control(shown, what, _MENUS)
        chosen = await self._chosen(
            source, control.block, control.element, values, by or self._looker(source)
        )
        return await self._use(source, control, chosen, by, patience)

    async def suggest(self, view: Shown, block: str, typed: str, *, by: str | None = None) -> list[Json]:
        """Type into a menu whose options come from the bot, and return those: `text` and `value`."""
        source = shown_of(view)
        element = self._element(source, block)
        if element["type"] not in ("external_select", "multi_external_select"):
            raise NotOffered(f"nothing is suggested for {block}")
        return await self._suggested(source, block, element, typed, by or self._looker(source))

    def controls(self, shown: Shown) -> list[str]:
        """Return what can be pressed or chosen from: labels, and placeholders of menus."""
        return labels_of(shown)

    # ---- controls -----------------------------------------------------------------------------------

    def _control(self, shown: Shown, what: str, kinds: Sequence[str]) -> tuple[Json, Control]:
        source = shown_of(shown)
        for control in controls(source):
            if control.kind in kinds and control.named(what):
                return source, control
        raise NotOffered(f"no {what!r} here, but {labels_of(source)}")

    def _seen(self, source: Json, by: str | None) -> Seen:
        by = by or self._looker(source)
        self._member(by)
        self._still_there(source, by)
        if "hash" in source:
            return Seen(by, "", self, source=source)
        thread = str(source.get("thread_ts", ""))
        hook = self.hook(by, source["channel"], thread=thread, source=source)
        return Seen(by, source["channel"], self, thread, source, hook)

    async def _use(
        self, source: Json, control: Control, chosen: Any, by: str | None, patience: float
    ) -> Seen:
        seen, entry = self._seen(source, by), used(control, chosen, self.stamp())
        if "hash" in source:
            values = values_of(source["blocks"], source["state"]["values"])
            if control.kind in _MENUS:
                values[control.block][entry["action_id"]] = stating(control.element, chosen)
            source["state"] = {"values": values}
        return await self._tell(seen, INTERACTIVE, self._pressed(seen, source, entry), patience=patience)

    def _pressed(self, seen: Seen, source: Json, entry: Json) -> Json:
        """Return the payload of a used control."""
        about = self._interaction("block_actions", seen.by, source["id"] if "hash" in source else "")
        about["actions"] = [entry]
        if "hash" in source:
            return {**about, **self._view(source), "container": _in_view(source)}
        assert seen.hook is not None
        values = values_of(source.get("blocks", []), {})
        if state := values.get(entry["block_id"], {}).get(entry["action_id"]):
            state.update({key: entry[key] for key in state})
        return {
            **about,
            **self._message(source),
            "state": {"values": values},
            "response_url": seen.hook.url,
        }

    def _interaction(self, kind: str, by: str, view: str = "") -> Json:
        member = self._member(by)
        return app_of(self.team, type=kind, user=user_of(member), trigger_id=self.modals.trigger(by, view))

    @staticmethod
    def _view(view: Json) -> Json:
        return {"view": told_view(view)}

    def _message(self, message: Json) -> Json:
        """Return what a payload says of a message; one that a single person sees is not told of."""
        ephemeral = "to" in message
        thread = {"thread_ts": message["thread_ts"]} if "thread_ts" in message else {}
        place = {"channel_id": message["channel"], "is_ephemeral": ephemeral}
        return {
            "container": {"type": "message", "message_ts": message["ts"], **place, **thread},
            "channel": channel_of(self.channels[message["channel"]]),
            **({} if ephemeral else {"message": message_of(message)}),
        }

    # ---- menus --------------------------------------------------------------------------------------

    async def _chosen(self, source: Json, block: str, element: Json, values: Sequence[str], by: str) -> Any:
        """Return what is chosen of a menu, as a payload says it."""
        several = element["type"] in (*MULTI_SELECTS, "checkboxes")
        most = element.get("max_selected_items", 100) if several else 1
        if not (several or values) or len(values) > most:
            raise NotOffered(f"{len(values)} cannot be chosen")
        if element["type"] == "datepicker":
            chosen: list[Any] = [*values]
        elif element["type"].endswith(("users_select", "channels_select", "conversations_select")):
            offered = self._offered_ids(element, by)
            if strange := [value for value in values if value not in offered]:
                raise NotOffered(f"no {strange} among {offered}")
            chosen = [*values]
        else:
            chosen = [await self._option(source, block, element, value, by) for value in values]
        return chosen if several else chosen[0]

    async def _option(self, source: Json, block: str, element: Json, value: str, by: str) -> Json:
        if not element["type"].endswith("external_select"):
            found = option_of(element, value)
        else:
            found = None
            for typed in ("", value):
                among = await self._suggested(source, block, element, typed, by)
                found = found or option_of(element, value, among=among)
        if found is None:
            raise NotOffered(f"no {value!r} is offered")
        return found

    def _offered_ids(self, element: Json, by: str) -> list[str]:
        """Return the ids of the people or channels that a menu offers somebody."""
        if element["type"].endswith("users_select"):
            return [ident for ident, member in self.members.items() if not member.deleted]
        wanted = element.get("filter", {})
        kinds = [_KINDS[each] for each in wanted.get("include", _KINDS) if each in _KINDS]
        if element["type"].endswith("channels_select"):
            kinds = [Kind.PUBLIC]
        hidden = wanted.get("exclude_external_shared_channels", False)
        found = [place for place in self.channels.values() if place.kind in kinds and not place.archived]
        return [
            place.ident
            for place in found
            if not (hidden and place.shared)
            and (by in (*place.members, place.person) or place.kind is Kind.PUBLIC)
        ]

    def _element(self, source: Json, block: str) -> Json:
        for control in controls(source):
            if control.block == block:
                return control.element
        for each in source["blocks"]:
            if each.get("block_id") == block and each["type"] == "input":
                return dict(each["element"])
        raise NotOffered(f"no {block} here")

    async def _suggested(self, source: Json, block: str, element: Json, typed: str, by: str) -> list[Json]:
        self._still_there(source, by)
        if len(typed) < element.get("min_query_length", 3):
            return []
        asked = {"action_id": element.get("action_id", ""), "block_id": block, "value": typed}
        where = (
            {**self._view(source), "container": _in_view(source)}
            if "hash" in source
            else self._message(source)
        )
        about = app_of(self.team, type="block_suggestion", user=user_of(self._member(by)))
        sent = await self.deliver(INTERACTIVE, {**about, **asked, **where})
        if refusal := suggestion_refusal(sent.answer):
            self.breach(f"block_suggestion {block}: {refusal.words}")
            return []
        groups = sent.answer.get("option_groups", [])
        return [*sent.answer.get("options", []), *(o for group in groups for o in group["options"])]


def _in_view(view: Json) -> Json:
    return {"type": "view", "view_id": view["id"]}
