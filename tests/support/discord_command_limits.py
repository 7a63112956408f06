"""What Discord's documentation says its API refuses about commands and suggestions, as sentences.

https://discord.com/developers/docs/interactions/application-commands.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.support.discord_lengths import length, sized

Json = dict[str, Any]
MOST = {1: 100, 2: 15, 3: 15}
"""Commands by type: slash, user menu, message menu."""
SUBCOMMAND, GROUP, STRING, INTEGER, NUMBER = 1, 2, 3, 4, 10
LOCALES = frozenset(
    {"bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "hi", "hr", "hu", "id"}
    | {"it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi"}
    | {"zh-CN", "zh-TW"}
)
"""https://discord.com/developers/docs/reference#locales."""
_VALUES = frozenset(range(3, 12))
_INSIDE = {0: _VALUES | {SUBCOMMAND, GROUP}, GROUP: frozenset({SUBCOMMAND}), SUBCOMMAND: _VALUES}
_NAME = re.compile(r"[-_'\w]{1,32}")


def command_faults(commands: list[Json]) -> list[str]:
    """Return what Discord would refuse about a list of commands, or nothing."""
    return list(_commands(commands))


def choice_faults(choices: list[Json]) -> list[str]:
    """Return what Discord would refuse about the choices of an option or about suggestions, or nothing."""
    return list(_choices("choices", choices))


def _commands(commands: list[Json]) -> Iterator[str]:
    for kind, count in Counter(command.get("type", 1) for command in commands).items():
        if count > MOST.get(kind, 0):
            yield f"must be {MOST.get(kind, 0)} or fewer of type {kind} in length"
    if len({(c.get("type", 1), c.get("name")) for c in commands}) < len(commands):
        yield "application command names must be unique"
    for command in commands:
        where = str(command.get("name"))
        if command.get("type", 1) == 1:
            yield from _command(where, command)
        else:
            yield from _menu(where, command)
        allowed = command.get("default_member_permissions")
        if allowed is not None and not (isinstance(allowed, str) and allowed.isdecimal()):
            yield f"{where}.default_member_permissions: must be a number in a string"
        if _weight(command) > 8000:
            yield f"{where}: command exceeds maximum size of 8000"


def _weight(named: Json) -> int:
    """Return the characters that count: of a text with translations, the longest of them."""
    own = sum(
        max(map(length, (named.get(part, ""), *(named.get(f"{part}_localizations") or {}).values())))
        for part in ("name", "description")
    )
    choices = named.get("choices", [])
    values = sum(length(str(choice.get("value", ""))) for choice in choices)
    return own + values + sum(map(_weight, (*choices, *named.get("options", []))))


def _menu(where: str, command: Json) -> Iterator[str]:
    yield from _texts(where, command, "name", 32)
    if command.get("description"):
        yield f"{where}.description: context menu commands cannot have description"
    if command.get("options"):
        yield f"{where}.options: context menu commands cannot have options"


def _texts(where: str, named: Json, part: str, most: int) -> Iterator[str]:
    translations = named.get(f"{part}_localizations") or {}
    if strange := set(translations) - LOCALES:
        yield f"{where}.{part}_localizations: unknown locales {', '.join(sorted(strange))}"
    for text in (named.get(part), *translations.values()):
        yield from sized(f"{where}.{part}", text, most)


def _command(where: str, command: Json, inside: int = 0) -> Iterator[str]:
    """Yield what is wrong about a command, or of an option of the type `inside`."""
    for name in (command.get("name", ""), *(command.get("name_localizations") or {}).values()):
        if not _NAME.fullmatch(str(name)) or name != str(name).lower():
            yield f"{where}: string value did not match the name pattern"
    yield from _texts(where, command, "name", 32)
    yield from _texts(where, command, "description", 100)
    options = command.get("options", [])
    if len(options) > 25:
        yield f"{where}.options: must be 25 or fewer in length"
    for locale in (None, *LOCALES):
        named = [(o.get("name_localizations") or {}).get(locale, o.get("name")) for o in options]
        if len(set(named)) < len(named):
            yield f"{where}.options: names must be unique"
            break
    needed = [bool(o.get("required")) for o in options]
    if needed != sorted(needed, reverse=True):
        yield f"{where}.options: required options must be placed before non-required options"
    if {o.get("type") for o in options} - _INSIDE.get(inside, frozenset()):
        yield f"{where}.options: unknown type, or not one that may stand here"
    if len({o.get("type") in (SUBCOMMAND, GROUP) for o in options}) > 1:
        yield f"{where}.options: sub-command and sub-command group option types are mutually exclusive"
    for option in options:
        yield from _option(f"{where}.{option.get('name')}", option)


def _option(where: str, option: Json) -> Iterator[str]:
    kind, choices = option.get("type", 0), option.get("choices", [])
    yield from _command(where, option, kind)
    if kind in (SUBCOMMAND, GROUP) and "required" in option:
        yield f"{where}.required: not for a sub-command"
    if (choices or option.get("autocomplete")) and kind not in (STRING, INTEGER, NUMBER):
        yield f"{where}: only strings and numbers have choices or suggestions"
    if choices and option.get("autocomplete"):
        yield f"{where}.autocomplete: cannot be set to true if options with choices are present"
    yield from _choices(f"{where}.choices", choices)
    if kind == STRING and not all(isinstance(choice.get("value"), str) for choice in choices):
        yield f"{where}.choices: values must be strings"
    least, most = option.get("min_length", 0), option.get("max_length", 6000)
    if not 0 <= least <= 6000 or not 1 <= most <= 6000:
        yield f"{where}: min_length and max_length must be at most 6000"


def _choices(where: str, choices: list[Json]) -> Iterator[str]:
    if len(choices) > 25:
        yield f"{where}: must be 25 or fewer in length"
    for i, choice in enumerate(choices):
        yield from _texts(f"{where}.{i}", choice, "name", 100)
        value = choice.get("value")
        if not isinstance(value, int | float):
            yield from sized(f"{where}.{i}.value", value, 100)
