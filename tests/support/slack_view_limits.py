"""What Slack's documentation says of views: modals and App Home, and of the answers that hold them.

https://docs.slack.dev/reference/views/modal-views, https://docs.slack.dev/reference/views/home-tab-views,
https://docs.slack.dev/surfaces/modals (answers to a submission) and
https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload.
"""

import json
from collections.abc import Mapping
from typing import Any

from tests.support.slack_blocks import check_blocks
from tests.support.slack_elements import GROUP, ID, OPTION, plain
from tests.support.slack_http import Json
from tests.support.slack_shapes import (
    Check,
    Refusal,
    Shape,
    Wrong,
    either,
    flag,
    kinds,
    many,
    need,
    nothing,
    string,
)

_MAX_BYTES = 250_000
_HEADLINE = plain(24)
_SUGGESTED = 100


def view_refusal(view: object) -> Refusal | None:
    """Return the error code with which Slack would refuse a view, or None."""
    try:
        _check_view(view, "view")
    except Wrong as wrong:
        return Refusal("invalid_arguments", str(wrong))
    size = len(json.dumps(view).encode())
    return Refusal("view_too_large", f"view: {size} bytes") if size > _MAX_BYTES else None


def submission_refusal(answer: object, view: Json) -> Refusal | None:
    """Return why Slack would show trouble in place of an answer to a submission of this view, or None."""
    fields = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}

    def errors(thing: Json, where: str) -> None:
        need(isinstance(thing, dict) and thing, where, "a sentence for a field at least")
        for name, sentence in thing.items():
            need(name in fields, where, f"{name} is no input of the view, which has {sorted(fields)}")
            string(2_000)(sentence, f"{where}.{name}")

    answers: Mapping[str, Shape] = {
        "errors": Shape({"errors": errors}, {}),
        "update": Shape({"view": _modal}, {}),
        "push": Shape({"view": _modal}, {}),
        "clear": Shape({}, {}),
    }
    if not answer:
        return None
    typed = {**answer, "type": answer.get("response_action")} if isinstance(answer, dict) else answer
    known = {kind: _also_named(shape) for kind, shape in answers.items()}
    try:
        kinds("response_action", known)(typed, "answer")
    except Wrong as wrong:
        return Refusal("invalid_arguments", str(wrong))
    return None


def suggestion_refusal(answer: object) -> Refusal | None:
    """Return why Slack would offer nothing of what was answered to somebody who types, or None."""
    both: Mapping[str, Check] = {
        "options": many(OPTION, _SUGGESTED, 0),
        "option_groups": many(GROUP, _SUGGESTED, 0),
    }
    try:
        Shape({}, both, either(*both))(answer, "answer")
    except Wrong as wrong:
        return Refusal("invalid_arguments", str(wrong))
    return None


def _also_named(shape: Shape) -> Shape:
    return Shape({**shape.needs, "response_action": nothing}, shape.takes)


def _blocks_on(surface: str) -> Check:
    def check(value: Any, where: str) -> None:
        check_blocks(value, where, surface)

    return check


def _submittable(view: Json, where: str) -> None:
    inputs = any(block["type"] == "input" for block in view["blocks"])
    need("submit" in view or not inputs, where, "submit, as there are inputs")


_COMMON: Mapping[str, Check] = {
    "private_metadata": string(3_000, 0),
    "callback_id": ID,
    "external_id": string(255, 0),
}
_check_view = kinds(
    "view",
    {
        "modal": Shape(
            {"title": _HEADLINE, "blocks": _blocks_on("modal")},
            {
                "close": _HEADLINE,
                "submit": _HEADLINE,
                "clear_on_close": flag,
                "notify_on_close": flag,
                **_COMMON,
            },
            _submittable,
        ),
        "home": Shape({"blocks": _blocks_on("home")}, _COMMON),
    },
)


def _modal(view: Any, where: str) -> None:
    _check_view(view, where)
    need(view["type"] == "modal", where, "a modal")
