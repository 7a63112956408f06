"""Cards and forms as Slack's modals, and what comes back of them: plain dicts, no chat library.

Limits are those of https://docs.slack.dev/reference/views/modal-views and of the blocks in them. Only inputs
have a `block_id`: what was typed stays where a modal is updated, what is chosen elsewhere is as we say.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.actions.model import Press
from bot.card import Card
from bot.controls import Entry, Form
from bot.language import _
from bot.render import slack
from bot.render.clip import ELLIPSIS, clip, units
from bot.render.slack_controls import Block, plain_text, size
from claims.text import one_line

View = dict[str, object]

OURS = "Claimwatch"

TITLE = 24
"""Of a modal, and of the words of its buttons."""
TEXT = 3_000
"""In an input
(https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element)."""
LABEL = 150
"""Of an input, and twice that of its hint: our own measure. Slack takes 2,000
(https://docs.slack.dev/reference/block-kit/blocks/input-block)."""
REFUSAL = 300
"""Characters of what is said of a form that was submitted: our own measure."""
REFUSED = "refused"
"""The `block_id` of what is said above a form that has to be mended."""
ENTRY = "entry"
"""The `action_id` of what is typed; its block has the name."""

_INITIAL = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_conversation": "initial_conversation",
}
"""How an input is given what its state tells of it
(https://docs.slack.dev/reference/views/modal-views, `state`)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Where a modal was asked for."""

    channel: str = ""
    """Slack's id; nothing in App Home."""
    thread: str = ""
    """The `ts` of its first message."""


def card_view(card: Card, where: Asked) -> View:
    """Return a card with its controls as a modal; a title that has no room above stands below it too."""
    words = one_line(card.title)
    first = slack.heading(card)
    first += slack.title(card) if units(words) > TITLE or card.url else []
    blocks = [*first, *slack.body(card, slack.ALL_BLOCKS - size(first), private=True)]
    return {**_modal(words, where), "blocks": blocks or slack.title(card)}


def form_view(form: Form, where: Asked) -> View:
    """Return a form as a modal that asks for its action once it is submitted."""
    return input_view(form.title, form.action, "", [_input(entry) for entry in form.entries], where)


def waiting_view(where: Asked) -> View:
    """Return what stands in a modal until there is an answer."""
    return card_view(Card(_("One moment…"), ((_("The answer comes here."),),)), where)


def input_view(title: str, callback: str, about: str, inputs: Sequence[Block], where: Asked) -> View:
    """Return a modal to be filled in; submitting it says `callback`, which is at most 255 characters long."""
    words = one_line(title)
    said = [words] if units(words) > TITLE else []
    said += [about] if about else []
    first = [{"type": "section", "text": plain_text(each, slack.LABEL)} for each in said]
    submit = {"callback_id": callback, "submit": plain_text(_("Send"), TITLE)}
    return {**_modal(words, where), **submit, "blocks": [*first, *inputs]}


def _modal(title: str, where: Asked) -> View:
    asked = {"channel": where.channel, **({"thread": where.thread} if where.thread else {})}
    return {
        "type": "modal",
        "title": plain_text(_above(title) or ELLIPSIS, TITLE),
        "close": plain_text(_("Close"), TITLE),
        "private_metadata": json.dumps(asked),
    }


def _above(title: str) -> str:
    """Return a title that there is room for, else our name: the whole title stands below it then."""
    return title if units(title) <= TITLE else OURS


def _input(entry: Entry) -> Block:
    element = text_input(entry.value, long=entry.long, most=entry.most)
    return input_block(entry.name, entry.label, entry.hint, element, required=entry.required)


def text_input(value: str, *, long: bool, most: int = TEXT) -> Block:
    """Return where a text is typed, of several lines where it is long, with what stands in it at first."""
    most = max(1, min(most, TEXT))
    made = {"type": "plain_text_input", "action_id": ENTRY, "multiline": long, "max_length": most}
    return {**made, **({"initial_value": clip(value, most)} if value else {})}


def input_block(name: str, label: str, hint: str, element: Block, *, required: bool) -> Block:
    """Return an input by its name."""
    made: Block = {
        "type": "input",
        "block_id": name,
        "label": plain_text(one_line(label) or ELLIPSIS, LABEL),
        "element": element,
        "optional": not required,
    }
    return {**made, **({"hint": plain_text(hint, 2 * LABEL)} if one_line(hint) else {})}


def where_of(view: Mapping[str, Any]) -> Asked:
    """Return where a modal of ours was asked for; App Home has nowhere."""
    metadata = view.get("private_metadata")
    return Asked(**json.loads(metadata)) if metadata else Asked()


def refilled(view: Mapping[str, Any], said: str) -> View:
    """Return a form that was submitted, with what stands in it now, below what is said of it."""
    kept = ("type", "title", "close", "submit", "callback_id", "private_metadata")
    states = view["state"]["values"]
    text = {"type": "plain_text", "text": clip(said, REFUSAL), "emoji": False}
    first = {"type": "section", "block_id": REFUSED, "text": text}
    others = [_refilled(each, states) for each in view["blocks"] if each["block_id"] != REFUSED]
    return {**{name: view[name] for name in kept}, "blocks": [first, *others]}


def _refilled(block: Block, states: Mapping[str, Any]) -> Block:
    element = block.get("element")
    if element is None:
        return block
    state = states[block["block_id"]][element["action_id"]]
    bare = {name: held for name, held in element.items() if name not in _INITIAL.values()}
    return {**block, "element": bare | {_INITIAL[n]: v for n, v in state.items() if v and n in _INITIAL}}


def submitted(view: Mapping[str, Any]) -> tuple[str, Press]:
    """Return the action of a form that was submitted, and what stands in it by name."""
    values = view["state"]["values"]
    entries = {name: str(each[ENTRY].get("value") or "") for name, each in values.items() if ENTRY in each}
    return str(view["callback_id"]), Press("", entries=entries)
