"""Controls as Slack's blocks, and what comes back of their use: plain dicts, no chat library.

Limits are those of https://docs.slack.dev/reference/block-kit, counted in UTF-16 code units
(`bot.render.clip.units`). Slack has no disabled buttons, so they are left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.actions.model import Press
from bot.controls import Button, Choice, LinkButton, Look, Menu, Option, Row
from bot.render.clip import clip, units
from bot.render.link import web_address
from claims.text import one_line

Block = dict[str, Any]

LABEL = 75
"""Of a button and of an option, and what an option says below it
(https://docs.slack.dev/reference/block-kit/block-elements/button-element,
https://docs.slack.dev/reference/block-kit/composition-objects/option-object)."""
VALUE = 150
"""Of an option; ibid."""
OPTIONS = 100
"""Of a menu (https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element)."""
PLACEHOLDER = 150
"""Ibid."""
PROMPT = 300
"""Characters beside a menu of several: our own measure, as of a label in `bot.render.slack`."""
URL = 3_000
"""https://docs.slack.dev/reference/block-kit/block-elements/button-element"""
VISIBLE = 5
"""Buttons side by side: our own measure. Slack takes 25, which wrap into lines that nobody reads."""
MORE = 5
"""Options of an overflow menu
(https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element)."""

OVERFLOW = "more"
"""The `action_id` of overflow menus: the action is the value of what is chosen."""
POSTABLE: Mapping[str, Any] = {
    "include": ["public", "private"],
    "exclude_bot_users": True,
    "exclude_external_shared_channels": False,
}
"""Channels that can be told something
(https://docs.slack.dev/reference/block-kit/composition-objects/conversation-filter-object)."""

_STYLES = {Look.MAIN: "primary", Look.GOOD: "primary", Look.DANGER: "danger"}
_LEVELS = ((LABEL, LABEL), (LABEL, 0), (30, 0), (15, 0))
"""To which the labels of options and what they say below are cut, until all controls fit their room."""


def blocks(controls: Sequence[Row], room: int = 5_000) -> list[Block]:
    """Return controls as blocks, in order.

    Buttons that follow each other are a group: five of them side by side, and what is rare or over behind
    them in a menu of more; where that has no room either, in further rows. A button without words, a menu
    without options and a link that leads nowhere are left out, as is a second control that asks for the same.

    Args:
        controls: rows of them.
        room: characters that all words in them may take; below some hundreds it is not kept to.

    """
    made = [_blocks(controls, *level) for level in _LEVELS]
    return next((each for each in made if size(each) <= room), made[-1])


def size(made: object) -> int:
    """Return how many characters the words and addresses in blocks take."""
    if isinstance(made, dict):
        own = sum(units(made[key]) for key in ("text", "url", "fallback") if isinstance(made.get(key), str))
        return own + sum(map(size, made.values()))
    return sum(map(size, made)) if isinstance(made, list) else 0


def _blocks(controls: Sequence[Row], label: int, about: int) -> list[Block]:
    seen: set[str] = set()
    made: list[Block] = []
    group: list[Button | LinkButton] = []
    for control in (control for row in controls for control in row):
        if not isinstance(control, Menu):
            if _usable(control, seen):
                group.append(control)
            continue
        made += _buttons(group)
        group = []
        if control.action not in seen and (block := _menu(control, label, about)):
            seen.add(control.action)
            made.append(block)
    return [*made, *_buttons(group)]


def _usable(button: Button | LinkButton, seen: set[str]) -> bool:
    if isinstance(button, LinkButton):
        url = web_address(button.url)
        return bool(one_line(button.label)) and url is not None and units(url) <= URL
    if button.disabled or not one_line(button.label) or button.action in seen:
        return False
    seen.add(button.action)
    return True


def _buttons(group: Sequence[Button | LinkButton]) -> Iterator[Block]:
    """Yield a group of buttons as blocks."""
    rare = [each for each in group if isinstance(each, Button) and each.rare]
    common = [each for each in group if each not in rare]
    over = [each for each in common[VISIBLE:] if isinstance(each, Button)]
    if len(over) == len(common[VISIBLE:]) and len(over) + len(rare) <= MORE:
        common, rare = common[:VISIBLE], [*over, *rare]
    rows = [[_button(each) for each in common[i : i + VISIBLE]] for i in range(0, len(common), VISIBLE)]
    menus = [_overflow(rare[i : i + MORE]) for i in range(0, len(rare), MORE)]
    if rows and menus:
        rows[-1].append(menus.pop(0))
    yield from ({"type": "actions", "elements": row} for row in [*rows, *([menu] for menu in menus)])


def _button(button: Button | LinkButton) -> Block:
    made: Block = {"type": "button", "text": plain_text(button.label, LABEL)}
    if isinstance(button, LinkButton):
        # Its use comes back too, and is acknowledged like that of any other.
        return {**made, "action_id": f"link:{button.url}"[:255], "url": web_address(button.url)}
    style = _STYLES.get(button.look)
    return {**made, "action_id": button.action, **({"style": style} if style else {})}


def _overflow(buttons: Sequence[Button]) -> Block:
    offered = [{"text": plain_text(each.label, LABEL), "value": each.action} for each in buttons]
    return {"type": "overflow", "action_id": OVERFLOW, "options": offered}


def _menu(menu: Menu, label: int, about: int) -> Block | None:
    """Return a menu in a block: one of several beside its prompt, since Slack has it nowhere else."""
    prompt = one_line(menu.prompt)
    if menu.choice is Choice.ROLES:
        return None
    if menu.choice is Choice.CHANNELS:
        channels = {"type": "conversations_select", "action_id": menu.action, "filter": dict(POSTABLE)}
        return {"type": "actions", "elements": [{**channels, **_placeholder(prompt)}]}
    fitting = {each.value: each for each in menu.options if _fits(each)}
    shown = [*fitting.values()][:OPTIONS]
    if not shown:
        return None
    if len(shown) < len(fitting):
        prompt = f"{clip(prompt, PLACEHOLDER - 20)} ({len(shown)} / {len(fitting)})"
    made: Block = {
        "action_id": menu.action,
        "options": [_option(each, label, about) for each in shown],
        **_placeholder(prompt),
    }
    most = max(1, min(menu.most, len(shown)))
    initial = [_option(each, label, about) for each in shown if each.chosen][:most]
    if menu.least > 0 and most == 1:
        single = {"type": "static_select", **made, **({"initial_option": initial[0]} if initial else {})}
        return {"type": "actions", "elements": [single]}
    several = {"type": "multi_static_select", **made, "max_selected_items": most}
    several |= {"initial_options": initial} if initial else {}
    return {"type": "section", "text": plain_text(prompt, PROMPT), "accessory": several}


def _placeholder(prompt: str) -> Block:
    return {"placeholder": plain_text(prompt, PLACEHOLDER)} if prompt else {}


def options(found: Sequence[Option]) -> list[Block]:
    """Return what is suggested for a menu whose options come from outside, for `{"options": ...}`.

    See https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select.
    """
    fitting = {each.value: each for each in found if _fits(each)}
    return [_option(each, LABEL, LABEL) for each in fitting.values()][:OPTIONS]


def _fits(option: Option) -> bool:
    """Say whether an option can be sent: half a value would name another thing."""
    return bool(one_line(option.label)) and 0 < units(option.value) <= VALUE


def _option(option: Option, label: int, about: int) -> Block:
    made: Block = {"text": plain_text(option.label, label), "value": option.value}
    said = clip(one_line(option.about), about)
    return {**made, **({"description": plain_text(said, about)} if said else {})}


def plain_text(words: str, most: int) -> Block:
    """Return words as they are, on one line, as a text object."""
    return {"type": "plain_text", "text": clip(one_line(words), most), "emoji": False}


def pressed(action: Mapping[str, Any]) -> tuple[str, Press]:
    """Return the action of a used control, and what was chosen with it.

    `action` is one of `actions` of a `block_actions` payload
    (https://docs.slack.dev/reference/interaction-payloads/block_actions-payload).
    """
    kind, name = action.get("type"), str(action["action_id"])
    if kind == "overflow":
        return str(action["selected_option"]["value"]), Press("")
    return name, Press("", chosen=tuple(chosen(action)))


def chosen(element: Mapping[str, Any]) -> Iterator[str]:
    """Yield the values that are chosen in a menu, as a payload tells of it."""
    if option := element.get("selected_option"):
        yield str(option["value"])
    yield from (str(each["value"]) for each in element.get("selected_options") or ())
    if channel := element.get("selected_conversation"):
        yield str(channel)
