"""Controls as Slack's blocks, and what comes back of their use: plain dicts, no chat library.

Limits are those of https://docs.slack.dev/reference/block-kit, counted in UTF-16 code units
(`bot.render.clip.units`). Slack has no disabled buttons, so they are left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.actions.model import Press
from bot.controls import Button, Choice, LinkButton, Look, Menu, Option, Row
from bot.language import ngettext
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
URL = 3_000
"""https://docs.slack.dev/reference/block-kit/block-elements/button-element"""
VISIBLE = 5
"""Buttons side by side: our own measure. Slack takes 25, which wrap into lines that nobody reads."""
MORE = 5
"""Options of an overflow menu
(https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element)."""
BLOCKS = 40
"""Of controls: our own measure, so that with its words a card stays below the 50 of a message."""

OVERFLOW = "more"
"""The `action_id` of overflow menus: the action is the value of what is chosen."""
LINK = "link"
"""What the `action_id` of a button begins with that only leads somewhere: its use comes back too."""
POSTABLE = {"filter": {"include": ["public", "private"]}}
"""Channels that can be told something, no direct messages
(https://docs.slack.dev/reference/block-kit/composition-objects/conversation-filter-object)."""

_STYLES = {Look.MAIN: "primary", Look.GOOD: "primary", Look.DANGER: "danger"}
_CUTS = ((LABEL, LABEL), (LABEL, 0), (30, 0))
"""To which the label of an option and what it says below are cut, until all controls fit their room."""
_COUNTED = 20
"""Characters of `20 / 40` and of `99 more`."""


def blocks(controls: Sequence[Row], room: int) -> list[Block]:
    """Return controls as blocks, in order.

    Buttons that follow each other are a group: five of them side by side, and behind them in a menu of more
    what is rare, with what is over where it has room there, else in rows of its own. A button without words,
    a menu without options and a link that leads nowhere are left out, as is a second control that asks for
    the same. What does not fit `room`, in characters of all words and addresses, is counted.
    """
    made = next(
        (each for each in (_blocks(controls, *cut) for cut in _CUTS) if size(each) <= room),
        _blocks(controls, *_CUTS[-1]),
    )
    kept = len(made)
    while kept > BLOCKS or (kept and size(made[:kept]) + _COUNTED * (kept < len(made)) > room):
        kept -= 1
    return [*made[:kept], *_more(len(made) - kept)]


def _more(left: int) -> Iterator[Block]:
    if left:
        words = ngettext("{count} more", "{count} more", left).format(count=left)
        yield {"type": "context", "elements": [plain_text(words, _COUNTED)]}


def size(made: object) -> int:
    """Return how many characters the words and addresses in blocks have."""
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
            group += [control] if _usable(control, seen) else []
        elif control.action not in seen and (menu := _menu(control, label, about)):
            seen.add(control.action)
            made += [*_buttons(group), menu]
            group = []
    return [*made, *_buttons(group)]


def _usable(button: Button | LinkButton, seen: set[str]) -> bool:
    """Say whether a button can be shown, and note what it asks for."""
    if isinstance(button, LinkButton):
        url = web_address(button.url)
        asks, works = f"{LINK}:{url}", url is not None and units(url) <= URL
    else:
        asks, works = button.action, not button.disabled
    if not works or not one_line(button.label) or asks in seen:
        return False
    seen.add(asks)
    return True


def _buttons(group: Sequence[Button | LinkButton]) -> Iterator[Block]:
    rare = [each for each in group if isinstance(each, Button) and each.rare]
    common = [each for each in group if each not in rare]
    over = [each for each in common[VISIBLE:] if isinstance(each, Button)]
    if len(over) == len(common[VISIBLE:]) and len(over) + len(rare) <= MORE:
        common, rare = common[:VISIBLE], [*over, *rare]
    rows = [[_button(each) for each in common[i : i + VISIBLE]] for i in range(0, len(common), VISIBLE)]
    menus = [_overflow(rare[i : i + MORE]) for i in range(0, len(rare), MORE)]
    if rows and menus:
        rows[-1].append(menus.pop(0))
    yield from ({"type": "actions", "elements": row} for row in (*rows, *([menu] for menu in menus)))


def _button(button: Button | LinkButton) -> Block:
    made: Block = {"type": "button", "text": plain_text(button.label, LABEL)}
    if isinstance(button, LinkButton):
        url = str(web_address(button.url))
        return {**made, "action_id": clip(f"{LINK}:{url}", 255), "url": url}
    style = _STYLES.get(button.look)
    return {**made, "action_id": button.action, **({"style": style} if style else {})}


def _overflow(buttons: Sequence[Button]) -> Block:
    offered = [{"text": plain_text(each.label, LABEL), "value": each.action} for each in buttons]
    return {"type": "overflow", "action_id": OVERFLOW, "options": offered}


def _menu(menu: Menu, label: int, about: int) -> Block | None:
    """Return a menu in a block: one of several beside its prompt, since Slack has it nowhere else.

    Slack knows no menu of user groups.
    """
    prompt = one_line(menu.prompt)
    if menu.choice is Choice.ROLES:
        return None
    if menu.choice is Choice.CHANNELS:
        channels = {"type": "conversations_select", "action_id": menu.action, **POSTABLE}
        channels |= {"initial_conversation": menu.chosen.partition(":")[2]} if menu.chosen else {}
        return {"type": "actions", "elements": [channels | _placeholder(prompt)]}
    fitting = {each.value: each for each in menu.options if _fits(each)}
    shown = [*fitting.values()][:OPTIONS]
    if not shown:
        return None
    if len(shown) < len(fitting):
        prompt = f"{clip(prompt, PLACEHOLDER - _COUNTED)} ({len(shown)} / {len(fitting)})"
    offered = [_option(each, label, about) for each in shown]
    most = max(1, min(menu.most, len(shown)))
    initial = [made for made, each in zip(offered, shown, strict=True) if each.chosen][:most]
    made: Block = {"action_id": menu.action, "options": offered}
    if menu.least > 0 and most == 1:
        first = {"initial_option": initial[0]} if initial else {}
        single = {"type": "static_select", **made, **first, **_placeholder(prompt)}
        return {"type": "actions", "elements": [single]}
    # None can be chosen here alone.
    several = {"type": "multi_static_select", **made, "max_selected_items": most}
    several |= {"initial_options": initial} if initial else {}
    return {"type": "section", "text": plain_text(prompt or "…", PLACEHOLDER), "accessory": several}


def _placeholder(prompt: str) -> Block:
    return {"placeholder": plain_text(prompt, PLACEHOLDER)} if prompt else {}


def options(found: Sequence[Option], typed: str = "") -> list[Block]:
    """Return what is suggested in a menu, for `{"options": ...}`, and last of all what is typed itself.

    Without that nothing could be given but what is suggested; see
    https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select.
    """
    fitting = {each.value: each for each in found if _fits(each)}
    listed = [_option(each, LABEL, LABEL) for each in fitting.values()][: OPTIONS - 1]
    own = Option(f"“{clip(one_line(typed), LABEL - 2)}”", typed.strip())
    return [*listed, _option(own, LABEL, 0)] if _fits(own) and own.value not in fitting else listed


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
    """Return the action of a used control, nothing of one that only leads somewhere, and what was chosen.

    `action` is one of `actions` of a `block_actions` payload
    (https://docs.slack.dev/reference/interaction-payloads/block_actions-payload).
    """
    name, values = str(action["action_id"]), tuple(chosen(action))
    if name.startswith(f"{LINK}:"):
        return "", Press("")
    return (values[0], Press("")) if name == OVERFLOW else (name, Press("", values))


def chosen(element: Mapping[str, Any]) -> Iterator[str]:
    """Yield the values that are chosen in a menu, as a payload tells of it."""
    if option := element.get("selected_option"):
        yield str(option["value"])
    yield from (str(each["value"]) for each in element.get("selected_options") or ())
    if channel := element.get("selected_conversation"):
        yield str(channel)
