"""Cards and forms as Slack's modals, and what comes back of them: plain dicts, no chat library.

Limits are those of https://docs.slack.dev/reference/views/modal-views and of the blocks in them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.actions.model import Press
from bot.card import Card, Field
from bot.controls import Entry, Form
from bot.language import _
from bot.render.clip import ELLIPSIS, clip, units
from bot.render.slack import card_blocks
from bot.render.slack_controls import Block, plain_text
from claims.text import one_line

View = dict[str, object]

TITLE = 24
"""Of a modal, and of the words of its buttons."""
ENTRY_LABEL = 2_000
"""Of an input, and of its hint (https://docs.slack.dev/reference/block-kit/blocks/input-block)."""
ENTRY_VALUE = 3_000
"""https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element"""
ENTRY = "entry"
"""The `action_id` of every input; its block has the name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Where a modal was asked for."""

    channel: str = ""
    """Slack's id; nothing in App Home."""
    thread: str = ""
    """The `ts` of its first message."""


def card_view(card: Card, where: Asked) -> View:
    """Return a card with its controls as a modal; a title that has no room above stands below it."""
    return {**_modal(card.title, where), "blocks": card_blocks(card, private=True)}


def form_view(form: Form, where: Asked) -> View:
    """Return a form as a modal that asks for its action once it is submitted."""
    inputs = [_input(entry) for entry in form.entries]
    return submittable(form.title, form.action, inputs, where)


def waiting_view(where: Asked) -> View:
    """Return what stands in a modal until there is an answer."""
    words = _("One moment…")
    return card_view(Card(words, fields=(Field("", (_("The answer comes here."),)),)), where)


def submittable(title: str, callback: str, inputs: list[Block], where: Asked) -> View:
    """Return a modal of inputs; submitting it says `callback`."""
    made = {**_modal(title, where), "callback_id": callback, "submit": plain_text(_("Send"), TITLE)}
    whole = [{"type": "section", "text": plain_text(title, 300)}] if units(one_line(title)) > TITLE else []
    return {**made, "blocks": [*whole, *inputs]}


def _modal(title: str, where: Asked) -> View:
    asked = {"channel": where.channel, **({"thread": where.thread} if where.thread else {})}
    return {
        "type": "modal",
        "title": plain_text(one_line(title) or ELLIPSIS, TITLE),
        "close": plain_text(_("Close"), TITLE),
        "private_metadata": json.dumps(asked),
    }


def _input(entry: Entry) -> Block:
    most = max(1, min(entry.most, ENTRY_VALUE))
    element = {
        "type": "plain_text_input",
        "action_id": ENTRY,
        "multiline": entry.long,
        "max_length": most,
        **({"initial_value": clip(entry.value, most)} if entry.value else {}),
    }
    return input_block(entry.name, entry.label, entry.hint, element, required=entry.required)


def input_block(name: str, label: str, hint: str, element: Block, *, required: bool) -> Block:
    """Return an input by its name."""
    made: Block = {
        "type": "input",
        "block_id": name,
        "label": plain_text(one_line(label) or ELLIPSIS, ENTRY_LABEL),
        "element": element,
        "optional": not required,
    }
    return {**made, **({"hint": plain_text(hint, ENTRY_LABEL)} if one_line(hint) else {})}


def where_of(view: Mapping[str, Any]) -> Asked:
    """Return where a modal of ours was asked for."""
    metadata = view.get("private_metadata")
    return Asked(**json.loads(metadata)) if metadata else Asked()


def submitted(view: Mapping[str, Any]) -> tuple[str, Press]:
    """Return the action of a form that was submitted, and what stands in it."""
    values = view["state"]["values"]
    entries = {name: str(each[ENTRY].get("value") or "") for name, each in values.items() if ENTRY in each}
    return str(view["callback_id"]), Press("", entries=entries)
