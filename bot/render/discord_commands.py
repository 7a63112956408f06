"""Our table of commands as Discord's: plain dicts, without the chat library.

Limits are those of https://discord.com/developers/docs/interactions/application-commands.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.commands.model import Command, Param
from bot.commands.table_groups import GROUPS
from bot.controls import OPTIONS
from bot.language import LANGUAGES, _, speaking
from bot.render.clip import clip, units
from bot.render.discord_controls import POSTABLE

DESCRIPTION = 100
"""#application-command-object."""
MESSAGE_NAME = 32
"""Of a command in the menu of a message; ibid."""
SIZE = 8_000
"""Of a command with all that it holds: names, descriptions and values; of translations the longest counts."""
MANAGE_CHANNELS = 1 << 4
"""https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags"""

_SUBCOMMAND, _STRING, _CHANNEL, _ATTACHMENT = 1, 3, 7, 11
_SLASH, _ON_MESSAGE = 1, 3
_IN_SERVERS: dict[str, Any] = {"contexts": [0], "integration_types": [0]}
"""Neither in direct messages nor by people who take the bot with them; only of commands of every server."""
_DESCRIPTIONS = (DESCRIPTION, 60, 30, 1)
"""To which the descriptions of options are cut, until a command keeps to its `SIZE`."""
_ADDRESS = re.compile(r"https?://[^\s<>]+")
_AFTER = ").,;:!?'\""
"""What follows an address in a sentence."""


def definitions(commands: Sequence[Command], *, everywhere: bool = True) -> list[dict[str, Any]]:
    """Return the commands as Discord wants them registered: alone, as a group, or in the menu of a message.

    Where all of a group is for those who may change things, Discord offers it to those alone who may manage
    channels, or whom the server chose. `everywhere` is for the commands of every server, else of one.
    """
    groups: dict[str, list[Command]] = {}
    for command in commands:
        groups.setdefault(command.path[0], []).append(command)
    made = [_fitting(name, group) for name, group in groups.items()]
    made += [_of_message(command) for command in commands if command.on_message]
    return [{**each, **(_IN_SERVERS if everywhere else {})} for each in made]


def message_names(commands: Sequence[Command]) -> dict[str, str]:
    """Return the commands by their names in the menu of a message."""
    return {clip(each.on_message, MESSAGE_NAME): each.name for each in commands if each.on_message}


def message_forms(commands: Sequence[Command]) -> dict[str, str]:
    """Return the actions that open a form instead, by the names in the menu of a message."""
    asked_so = (each for each in commands if each.on_message and each.form_of_message)
    return {clip(each.on_message, MESSAGE_NAME): each.form_of_message for each in asked_so}


def restricted(commands: Sequence[Command]) -> frozenset[str]:
    """Return the first words of commands that are offered to those alone who may change things."""
    open_to_all = {command.path[0] for command in commands if not command.guarded}
    return frozenset(command.path[0] for command in commands) - open_to_all


def _offered(commands: Sequence[Command]) -> dict[str, Any]:
    return {"default_member_permissions": str(MANAGE_CHANNELS)} if restricted(commands) else {}


def _fitting(name: str, group: Sequence[Command]) -> dict[str, Any]:
    made = [_slash(name, group, limit) for limit in _DESCRIPTIONS]
    return next((each for each in made if size(each) <= SIZE), made[-1])


def _slash(name: str, group: Sequence[Command], limit: int) -> dict[str, Any]:
    """Return a command, or a group with its subcommands, its options' descriptions cut to a limit."""
    if len(group[0].path) == 1:
        made = _one(group[0], limit)
    else:
        rows = [{"type": _SUBCOMMAND, **_one(command, limit)} for command in group]
        made = {"name": name, **_described(GROUPS[name], DESCRIPTION), "options": rows}
    return {"type": _SLASH, **made, **_offered(group)}


def _one(command: Command, limit: int) -> dict[str, Any]:
    params = sorted(command.params, key=lambda param: not param.required)
    return {
        "name": command.path[-1],
        **_described(command.summary, DESCRIPTION),
        "options": [_option(param, limit) for param in params],
    }


def _option(param: Param, limit: int) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": _ATTACHMENT if param.attached else _CHANNEL if param.channel else _STRING,
        "name": param.name,
        **_described(param.help, limit),
        "required": param.required,
    }
    if param.channel:
        return {**made, "channel_types": list(POSTABLE)}
    if param.choices:
        return {**made, "choices": [{"name": each, "value": each} for each in param.choices[:OPTIONS]]}
    return {**made, **({"autocomplete": True} if param.suggest else {})}


def _of_message(command: Command) -> dict[str, Any]:
    """Return a command in the menu of a message; the name that Discord sends back is the English one."""
    name, names = clip(command.on_message, MESSAGE_NAME), _translated(command.on_message, MESSAGE_NAME)
    localized = {"name_localizations": names} if names else {}
    return {"type": _ON_MESSAGE, "name": name, **localized, **_offered([command])}


def _described(words: str, limit: int) -> dict[str, Any]:
    made: dict[str, Any] = {"description": clip(words, limit)}
    translated = _translated(words, limit)
    return {**made, **({"description_localizations": translated} if translated else {})}


def _translated(words: str, limit: int) -> dict[str, str]:
    """Return words in the languages that have them; Discord calls ours as we do."""
    made = {}
    for language in LANGUAGES:
        with speaking(language):
            said = _(words)
        if said != words:
            made[language] = clip(said, limit)
    return made


def size(made: Mapping[str, Any]) -> int:
    """Return how much of `SIZE` a command takes."""
    return sum(_sizes(made))


def _sizes(made: Mapping[str, Any]) -> Iterator[int]:
    for part in ("name", "description"):
        said = [made.get(part, ""), *made.get(f"{part}_localizations", {}).values()]
        yield max(map(units, said))
    yield units(made.get("value", ""))
    for inner in (*made.get("options", ()), *made.get("choices", ())):
        yield from _sizes(inner)


def asked(data: Mapping[str, Any], on_message: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return the command and its values out of an interaction's data; of an attached file, its address.

    `on_message` has the commands by their names in the menu of a message: they get its `text` and `url`.
    """
    name, resolved = str(data["name"]), data.get("resolved", {})
    if data.get("type") == _ON_MESSAGE:
        return on_message.get(name, name), _said(resolved["messages"][data["target_id"]])
    files = resolved.get("attachments", {})
    name, options = _nested(data)
    return name, {
        option["name"]: str(files[option["value"]]["url"])
        if option.get("type") == _ATTACHMENT
        else str(option["value"])
        for option in options
    }


def typing(data: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return the command, the parameter that somebody is at, and what is typed of it so far."""
    name, options = _nested(data)
    option = next(option for option in options if option.get("focused"))
    return name, str(option["name"]), str(option.get("value", ""))


def _nested(data: Mapping[str, Any]) -> tuple[str, Sequence[Mapping[str, Any]]]:
    name, options = str(data["name"]), data.get("options", [])
    if options and options[0]["type"] == _SUBCOMMAND:
        return f"{name} {options[0]['name']}", options[0].get("options", [])
    return name, options


def _said(message: Mapping[str, Any]) -> dict[str, str]:
    """Return the words of a message with those of its previews, and the first address in it, if any."""
    embeds = message.get("embeds", [])
    texts = [message.get("content", "")]
    texts += [embed.get(part, "") for embed in embeds for part in ("title", "description")]
    addresses = [found.rstrip(_AFTER) for found in _ADDRESS.findall(texts[0])]
    addresses += [embed["url"] for embed in embeds if embed.get("url")]
    values = {"text": "\n".join(text for text in texts if text), "url": next(iter(addresses), "")}
    return {name: value for name, value in values.items() if value}
