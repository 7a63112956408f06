"""Controls and forms as Discord's components, and what comes back from them: plain dicts, no chat library.

Limits are those of https://discord.com/developers/docs/components/reference, counted in UTF-16 code units
(`bot.render.clip.units`).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.actions.model import Press
from bot.controls import OPTIONS, Button, Choice, Entry, Form, LinkButton, Look, Menu, Option, Row
from bot.language import ngettext
from bot.render.clip import ELLIPSIS, clip, units
from bot.render.link import web_address
from claims.text import one_line

ROWS = 5
"""Of a message; #action-row."""
BUTTONS = 5
"""Of a row; #action-row."""
LABEL = 80
"""Of a button; #button."""
BUTTON_URL = 512
"""#button."""
OPTION = 100
"""Label, value and description of an option each; #string-select."""
PLACEHOLDER = 150
"""#string-select."""
TITLE = 45
"""Of a form; https://discord.com/developers/docs/interactions/receiving-and-responding#modal"""
ENTRIES = 5
"""Of a form; ibid."""
ENTRY_LABEL = 45
"""#label."""
ENTRY_HINT = 100
"""#label."""
ENTRY_VALUE = 4_000
"""#text-input."""

_ROW, _BUTTON, _OPTIONS_MENU, _TEXT, _ROLES_MENU, _CHANNELS_MENU, _LABEL = 1, 2, 3, 4, 6, 8, 18
POSTABLE = (0, 5)
"""Channels with text and with announcements
(https://discord.com/developers/docs/resources/channel#channel-object-channel-types)."""
_LINK = 5
_STYLES = {Look.MAIN: 1, Look.PLAIN: 2, Look.GOOD: 3, Look.DANGER: 4}
_MENUS = {Choice.OPTIONS: _OPTIONS_MENU, Choice.ROLES: _ROLES_MENU, Choice.CHANNELS: _CHANNELS_MENU}


def components(controls: Sequence[Row]) -> list[dict[str, Any]]:
    """Return controls as rows of components, in order.

    A button without words, a menu without options and a link that leads nowhere are left out, as is a second
    control that asks for the same, which Discord refuses. What is beyond the rows is counted in a button
    that does nothing.
    """
    seen: set[str] = set()
    rows = [row for each in controls for row in _rows(each, seen)]
    if len(rows) > ROWS:
        left = sum(map(len, rows[ROWS - 1 :]))
        more = {"type": _BUTTON, "style": _STYLES[Look.PLAIN], "custom_id": ELLIPSIS, "disabled": True}
        words = ngettext("{count} more", "{count} more", left).format(count=left)
        rows[ROWS - 1 :] = [[{**more, "label": clip(words, LABEL)}]]
    return [{"type": _ROW, "components": row} for row in rows]


def _rows(row: Row, seen: set[str]) -> Iterator[list[dict[str, Any]]]:
    """Yield a row as Discord's: five buttons each, and each menu by itself."""
    made = [component for control in row if (component := _component(control, seen))]
    buttons = [each for each in made if each["type"] == _BUTTON]
    yield from (buttons[i : i + BUTTONS] for i in range(0, len(buttons), BUTTONS))
    yield from ([menu] for menu in made if menu["type"] != _BUTTON)


def _component(control: Button | LinkButton | Menu, seen: set[str]) -> dict[str, Any] | None:
    if isinstance(control, Menu):
        made = _menu(control)
    else:
        made = _link(control) if isinstance(control, LinkButton) else _button(control)
    if made is None or made.get("custom_id") in seen:
        return None
    seen.update({made["custom_id"]} if "custom_id" in made else ())
    return made


def _button(button: Button) -> dict[str, Any] | None:
    label = clip(one_line(button.label), LABEL)
    made = {"type": _BUTTON, "style": _STYLES[button.look], "label": label, "custom_id": button.action}
    return {**made, **({"disabled": True} if button.disabled else {})} if label else None


def _link(button: LinkButton) -> dict[str, Any] | None:
    label, url = clip(one_line(button.label), LABEL), web_address(button.url)
    if not label or url is None or units(url) > BUTTON_URL:
        return None
    return {"type": _BUTTON, "style": _LINK, "label": label, "url": url}


def _menu(menu: Menu) -> dict[str, Any] | None:
    made: dict[str, Any] = {"type": _MENUS[menu.choice], "custom_id": menu.action}
    prompt, most = one_line(menu.prompt), max(1, min(menu.most, OPTIONS))
    if menu.choice is Choice.OPTIONS:
        options = {option.value: option for option in menu.options if _fits(option)}
        if not options:
            return None
        shown, most = [*options.values()][:OPTIONS], min(most, len(options))
        chosen = [option.value for option in shown if option.chosen][:most]
        made["options"] = [_option(option, option.value in chosen) for option in shown]
        if len(shown) < len(options):
            prompt = f"{clip(prompt, PLACEHOLDER - 20)} ({len(shown)} / {len(options)})"
    elif menu.choice is Choice.CHANNELS:
        made["channel_types"] = list(POSTABLE)
    made |= {"min_values": min(menu.least, most), "max_values": most}
    return {**made, **({"placeholder": clip(prompt, PLACEHOLDER)} if prompt else {})}


def _fits(option: Option) -> bool:
    """Say whether an option can be sent: half a value would name another thing."""
    return bool(one_line(option.label)) and 0 < units(option.value) <= OPTION


def _option(option: Option, chosen: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"label": clip(one_line(option.label), OPTION), "value": option.value}
    if about := clip(one_line(option.about), OPTION):
        made["description"] = about
    return {**made, **({"default": True} if chosen else {})}


def choices(options: Sequence[Option]) -> list[tuple[str, str]]:
    """Return what is suggested while somebody types, as label and value.

    25 of 100 characters each (https://discord.com/developers/docs/interactions/application-commands#autocomplete).
    """
    return [(clip(one_line(each.label), OPTION), each.value) for each in options if _fits(each)][:OPTIONS]


def modal(form: Form) -> dict[str, Any]:
    """Return a form as the data of a modal.

    Raises:
        ValueError: it has no entry, or more than Discord takes; a bug.

    """
    if not 1 <= len(form.entries) <= ENTRIES:
        raise ValueError(f"the form {form.title!r} has {len(form.entries)} entries, not 1 to {ENTRIES}")
    return {
        "title": clip(one_line(form.title), TITLE) or ELLIPSIS,
        "custom_id": form.action,
        "components": [_label(entry) for entry in form.entries],
    }


def _label(entry: Entry) -> dict[str, Any]:
    most = max(1, min(entry.most, ENTRY_VALUE))
    text: dict[str, Any] = {
        "type": _TEXT,
        "custom_id": entry.name,
        "style": 2 if entry.long else 1,
        "required": entry.required,
        "max_length": most,
    }
    if entry.value:
        text["value"] = clip(entry.value, most)
    made = {"type": _LABEL, "label": clip(one_line(entry.label), ENTRY_LABEL) or ELLIPSIS, "component": text}
    hint = clip(one_line(entry.hint), ENTRY_HINT)
    return {**made, **({"description": hint} if hint else {})}


def pressed(data: Mapping[str, Any]) -> tuple[str, Press]:
    """Return the action of a used component or a submitted form out of its interaction's data, and the rest.

    The entries of a form stand each in a label.
    """
    entries = (each.get("component", {}) for each in data.get("components", ()))
    return str(data["custom_id"]), Press(
        argument="",
        chosen=tuple(map(str, data.get("values", ()))),
        entries={str(each["custom_id"]): str(each.get("value") or "") for each in entries if each},
    )
