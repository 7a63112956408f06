"""What a person reads of a message, an answer, a modal or the Home of the bot on Slack, and can use of it.

A message or a view is what Slack keeps of it: both have their `blocks`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.render.slack_views import OURS
from tests.support.slack_blocks import read, seen
from tests.support.slack_http import Json
from tests.support.slack_seen import Seen

Shown = Seen | Json
_TITLES = ("rich_text", "header", "section")
LEADS = "url"
"""The key of a control that leads to an address, and asks for nothing."""


@dataclass(frozen=True)
class Control:
    """A control that can be used now; an option of an overflow menu is one of its own."""

    action: str
    """Its `action_id`, or the value of the option."""
    label: str
    """What stands on it, or in it while nothing is chosen."""
    block: str
    """The `block_id`."""
    element: Json
    option: Json | None = None

    @property
    def kind(self) -> str:
        """Return the type of the element, as `button` or `static_select`."""
        return str(self.element["type"])

    def named(self, what: str) -> bool:
        """Say whether somebody who speaks of this means it: by its label, its action or how that begins."""
        return what in (self.label, self.action) or self.action.startswith(f"{what.removesuffix(':')}:")


def words(shown: Shown) -> str:
    """Return all that is read, with the names of files that came with it."""
    message = message_of(shown)
    files = [file.name for file in shown.files] if isinstance(shown, Seen) else []
    beside = [*shown.errors.values()] if isinstance(shown, Seen) else []
    head = [message["title"]["text"]] if "title" in message else []
    return "\n".join([*head, seen(message), *_filled_in(message), *beside, *files])


def title(shown: Shown) -> str:
    """Return the title of a card or a form; what has no room above a modal stands below our name."""
    message = message_of(shown)
    bar = message.get("title", {}).get("text", OURS)
    if bar != OURS:
        return str(bar)
    firsts = (
        read(block).partition("\n")[0] for block in message.get("blocks", []) if block["type"] in _TITLES
    )
    return next(firsts, "") or seen(message).partition("\n")[0]


def heading(shown: Shown) -> str:
    """Return what stands above the title, or nothing."""
    first, *_rest = message_of(shown).get("blocks") or [{"type": ""}]
    return read(first) if first["type"] == "context" else ""


def field_of(shown: Shown, name: str) -> str:
    """Return what a card says under a name, or nothing."""
    lines = seen(message_of(shown)).splitlines()
    return next((line.removeprefix(f"{name}  ") for line in lines if line.startswith(f"{name}  ")), "")


def controls(shown: Shown) -> list[Control]:
    """Return what can be pressed or chosen from, in order; inputs of forms are none."""
    blocks = message_of(shown).get("blocks", [])
    return [each for number, block in enumerate(blocks) for each in _controls(block, number)]


def labels_of(shown: Shown) -> list[str]:
    """Return what stands on the controls."""
    return [control.label for control in controls(shown)]


def controls_of(shown: Shown) -> list[str]:
    """Return the actions of the controls that ask the bot for something."""
    return [control.action for control in controls(shown) if LEADS not in control.element]


def behind_more(shown: Shown) -> list[str]:
    """Return what stands in the overflow menus."""
    return [control.label for control in controls(shown) if control.option]


def control_of(shown: Shown, what: str) -> Control:
    """Return the control with this label, or whose action begins so.

    Raises:
        LookupError: there is none.

    """
    for control in controls(shown):
        if control.named(what):
            return control
    raise LookupError(f"no {what!r} among {controls_of(shown)} of {title(shown)!r}")


def argument_of(shown: Shown, control: str) -> str:
    """Return what stands in a control's action behind what it begins with."""
    return control_of(shown, control).action.removeprefix(f"{control}:")


def message_of(shown: Shown) -> Json:
    """Return the message or view itself."""
    return shown.message if isinstance(shown, Seen) else shown


def block_id(block: Json, number: int) -> str:
    """Return the id of a block, which Slack makes up where it has none."""
    return str(block.get("block_id") or f"block-{number}")


def _controls(block: Json, number: int) -> Iterator[Control]:
    elements = block["elements"] if block["type"] == "actions" else []
    elements = [*elements, *([block["accessory"]] if "accessory" in block else [])]
    for element in elements:
        if element["type"] == "overflow":
            for option in element["options"]:
                label = option["text"]["text"]
                yield Control(option["value"], label, block_id(block, number), element, option)
        elif element["type"] != "image":
            words = element.get("text") or element.get("placeholder") or {"text": ""}
            yield Control(element.get("action_id", ""), words["text"], block_id(block, number), element)


def _filled_in(view: Json) -> list[str]:
    """Return what stands in the fields of a form."""
    inputs = [(block, block["element"]) for block in view.get("blocks", []) if block["type"] == "input"]
    states = view.get("state", {}).get("values", {})
    typed = (
        states.get(block.get("block_id"), {}).get(element.get("action_id"), {}).get("value")
        or element.get("initial_value")
        for block, element in inputs
    )
    return [str(value) for value in typed if value]
