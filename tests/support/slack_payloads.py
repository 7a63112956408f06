"""Payloads of interactions and events as Slack's documentation writes them down.

https://docs.slack.dev/reference/interaction-payloads and https://docs.slack.dev/apis/events-api.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.support.slack_elements import MULTI_SELECTS, offered
from tests.support.slack_http import Json
from tests.support.slack_methods_chat import shown as told_message
from tests.support.slack_places import APP, BOT, TEAM, Channel, Kind, Member
from tests.support.slack_shown import Control, block_id

TOKEN = "verification-token"
_STATEFUL: Mapping[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "checkboxes": ("selected_options", "initial_options"),
    "radio_buttons": ("selected_option", "initial_option"),
    "datepicker": ("selected_date", "initial_date"),
}
"""Under which key a payload tells of an element, and where its first value stands."""
_LINK = re.compile(r"https?://[^\s<>]+")
_TOKENS = re.compile(r"<[@#!][^<>]+>")


def app_of(team: Json, **more: Any) -> Json:
    """Return what every interaction says of the app and the team."""
    where = {"id": team["id"], "domain": team["domain"]}
    return {"api_app_id": APP, "token": TOKEN, "team": where, "enterprise": None, **more} | {
        "is_enterprise_install": False
    }


def user_of(member: Member) -> Json:
    """Return somebody as an interaction tells of them."""
    return {"id": member.ident, "username": member.name, "name": member.name, "team_id": member.team}


def channel_of(place: Channel) -> Json:
    """Return a channel as an interaction tells of it."""
    names = {Kind.DIRECT: "directmessage", Kind.PRIVATE: "privategroup"}
    return {"id": place.ident, "name": names.get(place.kind, place.name)}


def message_of(message: Json) -> Json:
    """Return a message as an interaction tells of it, with the ids that Slack gave its blocks."""
    told = told_message(message)
    blocks = [{**each, "block_id": block_id(each, n)} for n, each in enumerate(told.get("blocks", []))]
    return {**told, **({"blocks": blocks} if blocks else {})}


def stateful(blocks: list[Json]) -> Iterator[tuple[str, Json]]:
    """Yield the elements that keep what is typed or chosen, each with the id of its block."""
    for number, block in enumerate(blocks):
        elements = [block[key] for key in ("element", "accessory") if key in block]
        elements += block["elements"] if block["type"] == "actions" else []
        yield from ((block_id(block, number), each) for each in elements if each["type"] in _STATEFUL)


def values_of(blocks: list[Json], known: Json) -> Json:
    """Return `state.values`: what is known of elements, or what stands in them at first."""
    values: Json = {}
    for block, element in stateful(blocks):
        name = element.get("action_id", "")
        first = element.get(_STATEFUL[element["type"]][1])
        kept = known.get(block, {}).get(name) or stating(element, first)
        values.setdefault(block, {})[name] = kept
    return values


def stating(element: Json, value: Any) -> Json:
    """Return how a payload tells of what stands in an element; None is nothing."""
    kind, several = element["type"], element["type"] in (*MULTI_SELECTS, "checkboxes")
    return {"type": kind, _STATEFUL[kind][0]: [] if value is None and several else value}


def used(control: Control, value: Any, ts: str) -> Json:
    """Return an entry of `actions`: a control that was pressed, or in which this was chosen."""
    element = control.element
    entry = {"type": control.kind, "action_id": element.get("action_id", ""), "block_id": control.block}
    if control.kind == "button":
        entry |= {key: element[key] for key in ("text", "value", "style", "url") if key in element}
    elif control.option:
        entry["selected_option"] = control.option
    else:
        entry |= stating(element, value)
        entry |= {"placeholder": element["placeholder"]} if "placeholder" in element else {}
    return {**entry, "action_ts": ts}


def option_of(element: Json, what: str, *, among: list[Json] | None = None) -> Json | None:
    """Return the option with this value or label, or these words in it, of the suggested or its own."""
    options = offered(element) if among is None else among
    exact = (o for o in options if what in (o["text"]["text"], o["value"]))
    return next(exact, next((o for o in options if what in o["text"]["text"]), None))


def event_of(event: Json, number: int, now: float, *, shared: bool = False) -> Json:
    """Return the payload of an event (https://docs.slack.dev/apis/events-api#callback-field)."""
    install = {"enterprise_id": None, "team_id": TEAM, "user_id": BOT, "is_bot": True}
    return {
        "token": TOKEN,
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{number:08d}",
        "event_time": int(now),
        "authorizations": [{**install, "is_enterprise_install": False}],
        "is_ext_shared_channel": shared,
        "event_context": f"4-{number}",
    }


def written(text: str) -> str:
    """Return what somebody wrote as Slack hands it on: escaped, with addresses as links.

    See https://docs.slack.dev/messaging/formatting-message-text.
    """
    kept = {f"\0{n}\0": token for n, token in enumerate(_TOKENS.findall(text))}
    for mark, token in kept.items():
        text = text.replace(token, mark, 1)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _LINK.sub(lambda match: f"<{match[0]}>", text)
    for mark, token in kept.items():
        text = text.replace(mark, token)
    return text


def addresses(text: str) -> list[str]:
    """Return the addresses in what somebody wrote, in order."""
    return _LINK.findall(text)
