"""The Discord on loopback refuses what the documentation says is refused, one over each limit."""

from typing import Any

import pytest

from tests.support.discord_bot import COMMANDS
from tests.support.discord_command_limits import choice_faults, command_faults
from tests.support.discord_components import V2, modal_faults
from tests.support.discord_http import Json
from tests.support.discord_limits import message_faults, thread_faults


def button(label: str, name: str, **more: Any) -> Json:
    """Return a button."""
    return {"type": 2, "style": 2, "label": label, "custom_id": name, **more}


def row(*components: Json) -> Json:
    """Return a row of components."""
    return {"type": 1, "components": list(components)}


def options(count: int) -> list[Json]:
    """Return so many options of a menu."""
    return [{"label": str(i), "value": str(i)} for i in range(count)]


def select(**more: Any) -> Json:
    """Return a menu of one option."""
    return {"type": 3, "custom_id": "m", "options": options(1), **more}


@pytest.mark.parametrize(
    "over",
    [
        {"content": "x" * 2001},
        {"nonce": "x" * 26},
        {"embeds": [{"title": "t"}] * 11},
        {"embeds": [{"title": "t", "image": {"url": "attachment://none.png"}}]},
        {"components": [row(button("x", str(i))) for i in range(6)]},
        {"components": [row(*(button("x", str(i)) for i in range(6)))]},
        {"components": [row(button("x" * 81, "a"))]},
        {"components": [row(button("x", "a" * 101))]},
        {"components": [row(button("x", ""))]},
        {"components": [row(button("x", "a"), button("y", "a"))]},
        {"components": [row(button("", "a"))]},
        {"components": [row({"type": 2, "style": 5, "label": "x", "url": "https://a.example/" + "a" * 500})]},
        {"components": [row(select(), button("x", "a"))]},
        {"components": [row(select(options=options(26)))]},
        {"components": [row(select(options=[]))]},
        {"components": [row(select(options=[{"label": "x" * 101, "value": "v"}]))]},
        {"components": [row(select(options=[{"label": "x", "value": "v" * 101}]))]},
        {"components": [row(select(options=[{"label": "x", "value": "v", "description": "d" * 101}]))]},
        {"components": [row(select(options=[*options(1), *options(1)]))]},
        {"components": [row(select(placeholder="x" * 151))]},
        {"components": [row(select(max_values=2))]},
        {"components": [{"type": 10, "content": "x"}]},
        {"flags": V2, "components": [{"type": 10, "content": "x"}]},
        {"flags": V2, "content": "", "components": [{"type": 10, "content": "x"}] * 41},
        {"allowed_mentions": {"parse": ["roles"], "roles": ["1"]}},
        {"attachments": [{"id": 0, "filename": "a", "description": "x" * 1025}]},
        {"attachments": [{"id": i, "filename": "a"} for i in range(11)]},
    ],
    ids=str,
)
def test_a_message_over_a_limit_is_refused(over: Json) -> None:
    """One over each limit of messages and components is a fault, and without it there is none."""
    assert message_faults({"content": "x", **over})
    assert message_faults({"content": "x", "components": [row(select()), row(button("x", "a"))]}) == []


@pytest.mark.parametrize(
    "over",
    [
        {"title": "x" * 46},
        {"title": ""},
        {"custom_id": "x" * 101},
        {"components": []},
        {"components": 6},
        {"label": "x" * 46},
        {"description": "x" * 101},
        {"component": {"max_length": 4001}},
        {"component": {"value": "x" * 4001}},
        {"component": {"placeholder": "x" * 101}},
        {"component": {"type": 2}},
    ],
    ids=str,
)
def test_a_form_over_a_limit_is_refused(over: Json) -> None:
    """One over each limit of forms is a fault, and without it there is none."""
    changed = dict(over)
    count = changed.pop("components", 5)
    text = {"type": 4, "style": 1, **changed.pop("component", {})}
    label = {part: changed.pop(part) for part in ("label", "description") if part in changed}
    parts = [
        {"type": 18, "label": "x", **label, "component": {**text, "custom_id": str(i)}}
        for i in range(count or 0)
    ]
    form = {"title": "t", "custom_id": "c", "components": parts, **changed}

    assert modal_faults(form)
    plain = {"type": 18, "label": "x", "component": {"type": 4, "style": 1, "custom_id": "a"}}
    assert modal_faults({"title": "t", "custom_id": "c", "components": [plain]}) == []


@pytest.mark.parametrize(
    "command",
    [
        {"name": "Big"},
        {"name": "x" * 33},
        {"name": "two words"},
        {"description": "x" * 101},
        {"description_localizations": {"ko": "x" * 101}},
        {"name_localizations": {"kp": "x"}},
        {"options": [{"type": 3, "name": str(i), "description": "x"} for i in range(26)]},
        {"options": [{"type": 3, "name": "a", "description": "x", "choices": [{"name": "n", "value": 1}]}]},
        {"options": [{"type": 3, "name": "a", "description": "x", "choices": options(1) * 26}]},
        {
            "options": [
                {
                    "type": 2,
                    "name": "a",
                    "description": "x",
                    "options": [{"type": 2, "name": "a", "description": "x"}],
                }
            ]
        },
        {
            "options": [
                {"type": 1, "name": "a", "description": "x"},
                {"type": 3, "name": "b", "description": "x"},
            ]
        },
        {"type": 3, "description": "x"},
        {"default_member_permissions": 16},
    ],
    ids=str,
)
def test_a_command_over_a_limit_is_refused(command: Json) -> None:
    """One over each limit of commands is a fault, and the commands of these tests have none."""
    assert command_faults([{"name": "x", "description": "x", **command}])
    assert command_faults(COMMANDS) == []


def test_a_command_weighs_what_its_longest_language_does() -> None:
    """8,000 characters in all: names, descriptions, values; of translations only the longest counts."""
    option = {"type": 3, "name": "a", "description": "x" * 100, "description_localizations": {"ko": "y" * 99}}
    most = [{**option, "name": f"{i:02}"} for i in range(25)]
    subs = [{"type": 1, "name": f"{i}", "description": "x" * 31, "options": most} for i in range(3)]
    command = {"name": "x" * 6, "description": "x" * 48, "options": subs}

    assert 3 * (32 + 25 * 102) + 54 == 7800
    assert command_faults([command]) == []
    assert command_faults([{**command, "description": "x" * 100, "name": "x" * 32}]) == []
    heavy = {"type": 1, "name": "h", "description": "x" * 100}
    assert command_faults([{**command, "options": [*subs, heavy, {**heavy, "name": "i"}]}])


def test_suggestions_and_threads_have_limits() -> None:
    """26 suggestions, or one of 101 characters, are too many; a thread's name has 1 to 100 characters."""
    fine = [{"name": "x" * 100, "value": "y"}] * 25

    assert choice_faults(fine) == []
    assert choice_faults([*fine, *fine[:1]])
    assert choice_faults([{"name": "x" * 101, "value": "y"}])
    assert thread_faults({"name": "x" * 100}) == []
    assert thread_faults({"name": "x" * 101})
    assert thread_faults({"name": "x", "auto_archive_duration": 30})
