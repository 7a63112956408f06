"""Our commands as Slack's modals, for who did not type all that one needs: plain dicts, no chat library.

Slack suggests nothing while a command is typed; the menus of a modal do.
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.commands.model import PAGE, Command, Param
from bot.controls import Option
from bot.language import _
from bot.render.clip import clip
from bot.render.slack_controls import POSTABLE, Block, chosen, options
from bot.render.slack_views import ENTRY, ENTRY_VALUE, Asked, View, input_block, submittable

ASKS = "ask:"
"""What the `callback_id` of such a modal begins with, before the command's name."""
SUGGEST = "suggest"
"""The `action_id` of a menu whose options are suggested; its block has the name of the parameter."""

_CHANNEL = re.compile(r"(?:slack:)?([CG][A-Z0-9]{2,20})")


def command_view(command: Command, values: Mapping[str, str], where: Asked) -> View:
    """Return a modal that asks for the values of a command; those that are given stand in it."""
    shown = [each for each in command.params if not each.attached and (each != PAGE or each.name in values)]
    inputs = [_input(each, values.get(each.name, ""), where) for each in shown]
    return submittable(f"/claimwatch {command.name}", f"{ASKS}{command.name}", inputs, where)


def _input(param: Param, value: str, where: Asked) -> Block:
    label = param.name.replace("_", " ").capitalize()
    return input_block(
        param.name, label, _(param.help), _element(param, value, where), required=param.required
    )


def _element(param: Param, value: str, where: Asked) -> Block:
    if param.channel:
        found = _CHANNEL.fullmatch(value.strip("<#>").partition("|")[0] or where.channel)
        initial = {"initial_conversation": found[1]} if found else {}
        return {"type": "conversations_select", "action_id": ENTRY, "filter": dict(POSTABLE), **initial}
    if param.suggest:
        initial_option = _chosen(value)
        return {"type": "external_select", "action_id": SUGGEST, "min_query_length": 0, **initial_option}
    if param.choices:
        offered = options([Option(each, each) for each in param.choices])
        chosen_option = _chosen(value) if value in param.choices else {}
        return {"type": "static_select", "action_id": ENTRY, "options": offered, **chosen_option}
    initial_value = {"initial_value": clip(value, ENTRY_VALUE)} if value else {}
    made = {"type": "plain_text_input", "action_id": ENTRY, "multiline": param.rest}
    return {**made, "max_length": ENTRY_VALUE, **initial_value}


def _chosen(value: str) -> Block:
    made = options([Option(value, value)])
    return {"initial_option": made[0]} if made else {}


def filled(view: Mapping[str, Any], command: Command) -> dict[str, str]:
    """Return the values in a submitted modal by parameter name; those that are empty are left out."""
    states = view["state"]["values"]
    found = {each.name: _value(states.get(each.name, {})) for each in command.params}
    return {name: value for name, value in found.items() if value}


def _value(state: Mapping[str, Any]) -> str:
    element: Mapping[str, Any] = next(iter(state.values()), {})
    return str(element.get("value") or "").strip() or ",".join(chosen(element))
