"""What Discord's documentation says its API refuses about components and forms, as sentences.

https://discord.com/developers/docs/components/reference and
https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from tests.support.discord_lengths import length, sized

Json = dict[str, Any]
V2 = 1 << 15
"""The flag IS_COMPONENTS_V2 of a message."""
ROW, BUTTON, STRINGS, TEXT, USERS, ROLES, MENTIONABLES, CHANNELS = range(1, 9)
SECTION, WORDS, LABEL, UPLOAD, RADIO, CHECKS, CHECK = 9, 10, 18, 19, 21, 22, 23
SELECTS = frozenset({STRINGS, USERS, ROLES, MENTIONABLES, CHANNELS})
_V2_TOP = frozenset({ROW, SECTION, WORDS, 12, 13, 14, 17})
_IN_LABEL = SELECTS | {TEXT, UPLOAD, RADIO, CHECKS, CHECK}
_CHOICES = {RADIO: (2, 10), CHECKS: (1, 10)}


def every(components: list[Json]) -> Iterator[Json]:
    """Yield all components, the inner ones too."""
    for component in components:
        yield component
        yield from every(component.get("components", []))
        yield from every([component[part] for part in ("component", "accessory") if part in component])


def component_faults(components: list[Json], *, v2: bool) -> list[str]:
    """Return what Discord would refuse about the components of a message, or nothing."""
    return [*_top(components, v2=v2), *_custom_ids(components)]


def modal_faults(modal: Json) -> list[str]:
    """Return what Discord would refuse about a form, or nothing."""
    return [*_modal(modal), *_custom_ids(modal.get("components", []))]


def _top(components: list[Json], *, v2: bool) -> Iterator[str]:
    if not v2 and len(components) > 5:
        yield "components: must be 5 or fewer in length"
    if v2 and sum(1 for _ in every(components)) > 40:
        yield "components: must be 40 or fewer in all"
    if v2 and sum(length(c.get("content", "")) for c in every(components)) > 4000:
        yield "components: displayable text must be 4000 or fewer in length"
    for i, component in enumerate(components):
        where = f"components.{i}"
        if component.get("type") not in (_V2_TOP if v2 else {ROW}):
            yield f"{where}.type: value must be one of {sorted(_V2_TOP if v2 else [ROW])}"
        elif component["type"] == ROW:
            yield from _row(where, component.get("components", []))
        for inner in every(component.get("components", [])):
            if component["type"] != ROW and inner.get("type") == ROW:
                yield from _row(where, inner.get("components", []))


def _row(where: str, inner: list[Json]) -> Iterator[str]:
    kinds = [component.get("type") for component in inner]
    if not 1 <= len(inner) <= 5:
        yield f"{where}.components: must be between 1 and 5 in length"
    if any(kind in SELECTS for kind in kinds) and len(inner) > 1:
        yield f"{where}.components: a select takes the whole row"
    for j, component in enumerate(inner):
        place = f"{where}.components.{j}"
        if component.get("type") == BUTTON:
            yield from _button(place, component)
        elif component.get("type") in SELECTS:
            yield from _select(place, component)
        else:
            yield f"{place}.type: not for an action row"


def _custom_ids(components: list[Json]) -> Iterator[str]:
    named = [c["custom_id"] for c in every(components) if "custom_id" in c]
    if len(set(named)) < len(named):
        yield "components: component custom id cannot be duplicated"
    for name in named:
        yield from sized("components.custom_id", name, 100)


def _button(where: str, button: Json) -> Iterator[str]:
    style = button.get("style")
    yield from sized(f"{where}.label", button.get("label", ""), 80, least=0)
    if not button.get("label", "").strip() and not button.get("emoji"):
        yield f"{where}: a button needs a label or an emoji"
    if style not in range(1, 6):
        yield f"{where}.style: value must be one of 1 to 5"
    elif style == 5:
        yield from sized(f"{where}.url", button.get("url"), 512)
        if urlsplit(str(button.get("url"))).scheme not in ("http", "https", "discord"):
            yield f"{where}.url: scheme must be http, https or discord"
        if "custom_id" in button:
            yield f"{where}: a custom id and url cannot both be specified"
    elif "custom_id" not in button or "url" in button:
        yield f"{where}: a custom id is required, and no url"


def _select(where: str, select: Json) -> Iterator[str]:
    if "custom_id" not in select:
        yield f"{where}.custom_id: this field is required"
    yield from sized(f"{where}.placeholder", select.get("placeholder") or "", 150, least=0)
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not 0 <= least <= 25 or not 1 <= most <= 25 or least > most:
        yield f"{where}: min_values and max_values must be in order and at most 25"
    if select["type"] != STRINGS:
        return
    options = select.get("options", [])
    yield from _options(where, options, 1, 25)
    if max(least, most) > len(options):
        yield f"{where}: max_values must be no more than there are options"
    if sum(bool(option.get("default")) for option in options) > most:
        yield f"{where}: more defaults than max_values"


def _options(where: str, options: list[Json], least: int, most: int) -> Iterator[str]:
    if not least <= len(options) <= most:
        yield f"{where}.options: must be between {least} and {most} in length"
    if len({option.get("value") for option in options}) < len(options):
        yield f"{where}.options: the specified option value is already used"
    for i, option in enumerate(options):
        yield from sized(f"{where}.options.{i}.label", option.get("label"), 100)
        yield from sized(f"{where}.options.{i}.value", option.get("value"), 100)
        yield from sized(f"{where}.options.{i}.description", option.get("description") or "", 100, least=0)


def _modal(modal: Json) -> Iterator[str]:
    yield from sized("title", modal.get("title"), 45)
    yield from sized("custom_id", modal.get("custom_id"), 100)
    parts = modal.get("components", [])
    if not 1 <= len(parts) <= 5:
        yield "components: must be between 1 and 5 in length"
    for i, part in enumerate(parts):
        yield from _part(f"components.{i}", part)


def _part(where: str, part: Json) -> Iterator[str]:
    if part.get("type") == LABEL:
        yield from sized(f"{where}.label", part.get("label"), 45)
        yield from sized(f"{where}.description", part.get("description") or "", 100, least=0)
        yield from _field(where, part.get("component", {}))
    elif part.get("type") == ROW:
        inner = part.get("components", [])
        if [component.get("type") for component in inner] != [TEXT]:
            yield f"{where}.components: a row of a form holds one text input"
        for component in inner:
            yield from sized(f"{where}.label", component.get("label"), 45)
            yield from _field(where, component)
    elif part.get("type") != WORDS:
        yield f"{where}.type: not for a form"


def _field(where: str, component: Json) -> Iterator[str]:
    kind = component.get("type")
    if kind not in _IN_LABEL:
        yield f"{where}.component.type: not for a label"
    elif "custom_id" not in component:
        yield f"{where}.component.custom_id: this field is required"
    elif kind == TEXT:
        yield from _text(where, component)
    elif kind in SELECTS:
        yield from _select(where, component)
    elif kind in _CHOICES:
        yield from _options(where, component.get("options", []), *_CHOICES[kind])


def _text(where: str, text: Json) -> Iterator[str]:
    least, most = text.get("min_length") or 0, text.get("max_length") or 4000
    if text.get("style") not in (1, 2):
        yield f"{where}.style: value must be one of (1, 2)"
    if not 0 <= least <= 4000 or not 1 <= most <= 4000 or least > most:
        yield f"{where}: min_length and max_length must be in order and at most 4000"
    yield from sized(f"{where}.placeholder", text.get("placeholder") or "", 100, least=0)
    yield from sized(f"{where}.value", text.get("value") or "", most, least=0)
