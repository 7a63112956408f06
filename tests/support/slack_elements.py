"""What Slack's documentation says of elements of blocks, and of the objects that they are composed of.

https://docs.slack.dev/reference/block-kit/block-elements and
https://docs.slack.dev/reference/block-kit/composition-objects, each with a page for every kind.
"""

import re
from collections.abc import Mapping
from typing import Any

from tests.support.slack_http import Json
from tests.support.slack_shapes import (
    Check,
    Shape,
    address,
    either,
    flag,
    kinds,
    many,
    need,
    one_of,
    string,
    whole,
)

ID = string(255)
"""Of a `block_id`, an `action_id` or a `callback_id`."""
_OPTIONS, _FEW_OPTIONS, _OVERFLOW = 100, 10, 5
_TYPED = 3_000

# ---- composition objects -----------------------------------------------------------------------------


def plain(most: int) -> Check:
    """Hold to a `plain_text` object of at most so many characters."""
    return kinds("text", {"plain_text": Shape({"text": string(most)}, {"emoji": flag})})


def words(most: int) -> Check:
    """Hold to a text object of at most so many characters, with markup or without."""
    both = {
        "plain_text": Shape({"text": string(most)}, {"emoji": flag}),
        "mrkdwn": Shape({"text": string(most)}, {"verbatim": flag}),
    }
    return kinds("text", both)


_CONFIRM = Shape(
    {"title": plain(100), "text": words(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
_CONVERSATIONS = ("im", "mpim", "private", "public")


def _filters(thing: Json, where: str) -> None:
    need(thing, where, "filters by something")


_FILTER = Shape(
    {},
    {
        "include": many(one_of(*_CONVERSATIONS), len(_CONVERSATIONS)),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
    _filters,
)
_DISPATCH = Shape(
    {}, {"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"), 2)}, _filters
)
_FILE = Shape({}, {"id": string(255), "url": address}, either("id", "url"))

OPTION = Shape({"text": plain(75), "value": string(150)}, {"description": plain(75)})
"""Of a menu."""
_MARKED = Shape({"text": words(75), "value": string(150)}, {"description": words(75)})
_LEADING = Shape({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": address})
GROUP = Shape({"label": plain(75), "options": many(OPTION, _OPTIONS)}, {})


def offered(element: Json) -> list[Json]:
    """Return the options of an element, those of its groups too."""
    groups = element.get("option_groups", [])
    return [*element.get("options", []), *(option for group in groups for option in group["options"])]


def _initial_are_offered(element: Json, where: str) -> None:
    options = offered(element)
    values = [option["value"] for option in options]
    need(len(values) == len(set(values)), where, f"options whose values differ, not {values}")
    chosen = [*element.get("initial_options", [])]
    chosen += [element["initial_option"]] if "initial_option" in element else []
    for each in chosen:
        need(each in options, where, f"what is chosen at first is offered, unlike {each}")


def _static(element: Json, where: str) -> None:
    either("options", "option_groups")(element, where)
    _initial_are_offered(element, where)


# ---- elements ----------------------------------------------------------------------------------------

_ACTS: Mapping[str, Check] = {"action_id": ID, "confirm": _CONFIRM, "focus_on_load": flag}
_ASKS = {**_ACTS, "placeholder": plain(150)}
_LISTED = {"options": many(OPTION, _OPTIONS), "option_groups": many(GROUP, _OPTIONS)}
_IDENT = string(255)
_MOST = {"max_selected_items": whole(1, _OPTIONS)}
_PLACES: Mapping[str, Check] = {"default_to_current_conversation": flag, "filter": _FILTER}


def _date(value: Any, where: str) -> None:
    need(isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value), where, "a date as YYYY-MM-DD")


def _typed(element: Json, where: str) -> None:
    least, most = element.get("min_length", 0), element.get("max_length", _TYPED)
    need(least <= most, where, "min_length is no more than max_length")
    need(len(element.get("initial_value", "")) <= most, where, f"initial_value has at most {most} characters")


_SHAPES: Mapping[str, Shape] = {
    "button": Shape(
        {"text": plain(75)},
        {
            "action_id": ID,
            "confirm": _CONFIRM,
            "url": address,
            "value": string(2_000),
            "style": one_of("primary", "danger"),
            "accessibility_label": string(75),
        },
    ),
    "overflow": Shape(
        {"options": many(_LEADING, _OVERFLOW)}, {"action_id": ID, "confirm": _CONFIRM}, _initial_are_offered
    ),
    "static_select": Shape({}, {**_ASKS, **_LISTED, "initial_option": OPTION}, _static),
    "external_select": Shape({}, {**_ASKS, "initial_option": OPTION, "min_query_length": whole(0, 100)}),
    "users_select": Shape({}, {**_ASKS, "initial_user": _IDENT}),
    "conversations_select": Shape(
        {}, {**_ASKS, **_PLACES, "initial_conversation": _IDENT, "response_url_enabled": flag}
    ),
    "channels_select": Shape({}, {**_ASKS, "initial_channel": _IDENT, "response_url_enabled": flag}),
    "multi_static_select": Shape(
        {}, {**_ASKS, **_LISTED, **_MOST, "initial_options": many(OPTION, _OPTIONS)}, _static
    ),
    "multi_external_select": Shape(
        {}, {**_ASKS, **_MOST, "initial_options": many(OPTION, _OPTIONS), "min_query_length": whole(0, 100)}
    ),
    "multi_users_select": Shape({}, {**_ASKS, **_MOST, "initial_users": many(_IDENT, _OPTIONS)}),
    "multi_conversations_select": Shape(
        {}, {**_ASKS, **_MOST, **_PLACES, "initial_conversations": many(_IDENT, _OPTIONS)}
    ),
    "multi_channels_select": Shape({}, {**_ASKS, **_MOST, "initial_channels": many(_IDENT, _OPTIONS)}),
    "checkboxes": Shape(
        {"options": many(_MARKED, _FEW_OPTIONS)},
        {**_ACTS, "initial_options": many(_MARKED, _FEW_OPTIONS)},
        _initial_are_offered,
    ),
    "radio_buttons": Shape(
        {"options": many(_MARKED, _FEW_OPTIONS)}, {**_ACTS, "initial_option": _MARKED}, _initial_are_offered
    ),
    "datepicker": Shape({}, {**_ASKS, "initial_date": _date}),
    "plain_text_input": Shape(
        {},
        {
            "action_id": ID,
            "placeholder": plain(150),
            "initial_value": string(_TYPED, 0),
            "multiline": flag,
            "min_length": whole(0, _TYPED),
            "max_length": whole(1, _TYPED),
            "dispatch_action_config": _DISPATCH,
            "focus_on_load": flag,
        },
        _typed,
    ),
    "image": Shape(
        {"alt_text": string(2_000)},
        {"image_url": address, "slack_file": _FILE},
        either("image_url", "slack_file"),
    ),
}

MULTI_SELECTS = tuple(kind for kind in _SHAPES if kind.startswith("multi_"))
SELECTS = tuple(kind for kind in _SHAPES if kind.endswith("_select") and kind not in MULTI_SELECTS)
_CHOOSERS = (*SELECTS, "checkboxes", "radio_buttons", "datepicker")
_STANDS = {
    "actions": ("button", "overflow", *_CHOOSERS),
    "accessory": ("button", "overflow", "image", *_CHOOSERS, *MULTI_SELECTS),
    "input": ("plain_text_input", *_CHOOSERS, *MULTI_SELECTS),
    "context": ("image",),
}
"""The page of each element says in which blocks it works."""


def element_in(place: str) -> Check:
    """Hold to an element that may stand in `actions`, as `accessory` of a section, `input` or `context`."""
    return kinds("element", {kind: _SHAPES[kind] for kind in _STANDS[place]})


image_block = Shape(
    {"alt_text": string(2_000)},
    {"image_url": address, "slack_file": _FILE, "title": plain(2_000), "block_id": ID},
    either("image_url", "slack_file"),
)
