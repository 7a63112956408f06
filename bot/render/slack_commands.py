"""Our commands as Slack's modals, for who did not type all that one needs: plain dicts, no chat library.

Slack suggests nothing while a command is typed; the menus of a modal do.
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.commands.model import PAGE, Command, Param
from bot.commands.table_labels import LABELS
from bot.controls import Option
from bot.language import _
from bot.render.slack_controls import OPTIONS, POSTABLE, Block, chosen, options
from bot.render.slack_views import ENTRY, Asked, View, input_block, input_view, text_input

ASKS = "ask:"
"""What the `callback_id` of such a modal begins with, before the command's name."""
SUGGEST = "suggest"
"""The `action_id` of a menu whose options are suggested; its block has the name of the parameter."""
LINE = 1_000
"""Characters of a text on one line: our own measure, so that all of them stay below the 250,000 bytes of a
view (https://docs.slack.dev/reference/methods/views.open)."""

_CHANNEL = re.compile(r"(?:<#|slack:)?([CG][A-Z0-9]{2,20})(?:\|[^>]*)?>?")


def command_view(command: Command, values: Mapping[str, str], where: Asked) -> View:
    """Return a modal that asks for the values of a command; those that are given stand in it."""
    asked = [each for each in command.params if not each.attached and (each != PAGE or each.name in values)]
    inputs = [_input(each, values.get(each.name, "").strip(), where) for each in asked]
    return input_view(command.name, f"{ASKS}{command.name}", _(command.summary), inputs, where)


def _input(param: Param, value: str, where: Asked) -> Block:
    label = _(LABELS.get(param.name, param.name))
    element = _element(param, value, where)
    return input_block(param.name, label, _(param.help), element, required=param.required)


def _element(param: Param, value: str, where: Asked) -> Block:
    """Return what a value is given with: text where a menu could not hold the one that is given."""
    names = [name.strip() for name in value.split(",") if name.strip()] if param.several else [value]
    given = options([Option(each, each) for each in names])
    held = not value or len(given) == len(names)
    if param.channel:
        found = _CHANNEL.fullmatch(value or where.channel)
        initial = {"initial_conversation": found[1]} if found else {}
        return {"type": "conversations_select", "action_id": ENTRY, **POSTABLE, **initial}
    if param.suggest and param.several and held:
        several = {"type": "multi_external_select", "action_id": SUGGEST, "min_query_length": 0}
        return {**several, "max_selected_items": OPTIONS, **({"initial_options": given} if value else {})}
    first = {"initial_option": given[0]} if value and given else {}
    if param.suggest and held:
        return {"type": "external_select", "action_id": SUGGEST, "min_query_length": 0, **first}
    if param.choices and value in ("", *param.choices):
        offered = options([Option(each, each) for each in param.choices])
        return {"type": "static_select", "action_id": ENTRY, "options": offered, **first}
    return text_input(value, long=param.rest) if param.rest else text_input(value, long=False, most=LINE)


def filled(view: Mapping[str, Any], command: Command) -> dict[str, str]:
    """Return the values in a submitted modal by parameter name; those that are empty are left out."""
    states = view["state"]["values"]
    found = {each.name: _value(states.get(each.name, {})) for each in command.params}
    return {name: value for name, value in found.items() if value}


def _value(state: Mapping[str, Any]) -> str:
    element: Mapping[str, Any] = next(iter(state.values()), {})
    return str(element.get("value") or "").strip() or ",".join(chosen(element))
