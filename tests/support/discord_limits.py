"""What Discord's documentation says its API refuses, as sentences about a payload.

Messages: https://discord.com/developers/docs/resources/message#create-message and #embed-object-embed-limits.
Commands: https://discord.com/developers/docs/interactions/application-commands.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

_NAME = re.compile(r"[-_'\w]{1,32}")


def length(text: str) -> int:
    """Return UTF-16 code units: the strictest count of a "character"."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def message_faults(payload: dict[str, Any]) -> list[str]:
    """Return what Discord would refuse about the body of a message, or nothing."""
    return list(_message(payload))


def command_faults(commands: list[dict[str, Any]]) -> list[str]:
    """Return what Discord would refuse about a list of slash commands, or nothing."""
    return list(_commands(commands))


def _size(where: str, text: object, most: int, least: int = 1) -> Iterator[str]:
    if not isinstance(text, str):
        yield f"{where}: must be a string"
    elif length(text) > most:
        yield f"{where}: must be {most} or fewer in length"
    elif length(text.strip()) < least:
        yield f"{where}: this field is required"
    elif re.search("[\ud800-\udfff]", text):
        yield f"{where}: not Unicode"


def _message(payload: dict[str, Any]) -> Iterator[str]:
    yield from _size("content", payload.get("content") or "", 2000, least=0)
    yield from _size("nonce", payload.get("nonce") or "", 25, least=0)
    embeds = payload.get("embeds") or []
    if len(embeds) > 10:
        yield "embeds: must be 10 or fewer in length"
    if not embeds and not payload.get("content"):
        yield "content: cannot send an empty message"
    for i, embed in enumerate(embeds):
        yield from _embed(f"embeds.{i}", embed)
    if sum(length(text) for embed in embeds for text in _texts(embed)) > 6000:
        yield "embeds: embed size exceeds maximum size of 6000"


def _texts(embed: dict[str, Any]) -> Iterator[str]:
    yield embed.get("title", "")
    yield embed.get("description", "")
    yield embed.get("author", {}).get("name", "")
    yield embed.get("footer", {}).get("text", "")
    for field in embed.get("fields", []):
        yield field.get("name", "")
        yield field.get("value", "")


def _embed(where: str, embed: dict[str, Any]) -> Iterator[str]:
    for part, most in (("title", 256), ("description", 4096)):
        if part in embed:
            yield from _size(f"{where}.{part}", embed[part], most, least=0)
    if "url" in embed:
        yield from _size(f"{where}.url", embed["url"], 2048)
        parts = urlsplit(embed["url"])
        if parts.scheme not in ("http", "https") or not parts.hostname:
            yield f"{where}.url: not a well formed URL"
    if "author" in embed:
        yield from _size(f"{where}.author.name", embed["author"].get("name"), 256)
    if "footer" in embed:
        yield from _size(f"{where}.footer.text", embed["footer"].get("text"), 2048)
    fields = embed.get("fields", [])
    if len(fields) > 25:
        yield f"{where}.fields: must be 25 or fewer in length"
    for i, field in enumerate(fields):
        yield from _size(f"{where}.fields.{i}.name", field.get("name"), 256)
        yield from _size(f"{where}.fields.{i}.value", field.get("value"), 1024)
    if not any(text.strip() for text in _texts(embed)):
        yield f"{where}: cannot send an empty message"


def _commands(commands: list[dict[str, Any]]) -> Iterator[str]:
    if len(commands) > 100:
        yield "must be 100 or fewer in length"
    if len({c.get("name") for c in commands}) < len(commands):
        yield "application command names must be unique"
    for command in commands:
        yield from _command(str(command.get("name")), command)
        if sum(map(length, _words(command))) > 8000:
            yield f"{command.get('name')}: command exceeds maximum size of 8000"


def _words(command: dict[str, Any]) -> Iterator[str]:
    yield command.get("name", "")
    yield command.get("description", "")
    for option in command.get("options", []):
        yield from _words(option)


def _command(where: str, command: dict[str, Any]) -> Iterator[str]:
    name = str(command.get("name", ""))
    if not _NAME.fullmatch(name) or name != name.lower():
        yield f"{where}: string value did not match the name pattern"
    yield from _size(f"{where}.description", command.get("description"), 100)
    options = command.get("options", [])
    if len(options) > 25:
        yield f"{where}.options: must be 25 or fewer in length"
    if len({o.get("name") for o in options}) < len(options):
        yield f"{where}.options: names must be unique"
    needed = [bool(o.get("required")) for o in options]
    if needed != sorted(needed, reverse=True):
        yield f"{where}.options: required options must be placed before non-required options"
    for option in options:
        if option.get("type") not in range(1, 12):
            yield f"{where}.{option.get('name')}.type: unknown"
        yield from _command(f"{where}.{option.get('name')}", option)
