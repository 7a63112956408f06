"""Our table of commands as Discord's slash commands: plain dicts, without the chat library."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.commands.model import Command
from bot.render.clip import clip

DESCRIPTION = 100
"""https://discord.com/developers/docs/interactions/application-commands#application-command-object"""
_SUBCOMMAND, _STRING, _ATTACHMENT = 1, 3, 11


def definitions(commands: Sequence[Command]) -> list[dict[str, Any]]:
    """Return the slash commands as Discord wants them registered: a command, or a group with subcommands."""
    made: dict[str, dict[str, Any]] = {}
    for command in commands:
        params = sorted(command.params, key=lambda p: not p.required)
        options = [
            {
                "type": _ATTACHMENT if param.attached else _STRING,
                "name": param.name,
                "description": clip(param.help, DESCRIPTION),
                "required": param.required,
            }
            for param in params
        ]
        one = {
            "name": command.path[-1],
            "description": clip(command.summary, DESCRIPTION),
            "options": options,
        }
        if len(command.path) == 1:
            made[command.name] = one
        else:
            group = command.path[0]
            made.setdefault(group, {"name": group, "description": f"Commands about {group}s", "options": []})
            made[group]["options"].append({"type": _SUBCOMMAND, **one})
    return list(made.values())


def asked(data: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """Return the command and its values out of an interaction's data; of an attached file, its address."""
    files = data.get("resolved", {}).get("attachments", {})
    name, options = str(data["name"]), data.get("options", [])
    if options and options[0]["type"] == _SUBCOMMAND:
        name, options = f"{name} {options[0]['name']}", options[0].get("options", [])
    return name, {
        option["name"]: str(files[option["value"]]["url"])
        if option.get("type") == _ATTACHMENT
        else str(option["value"])
        for option in options
    }
