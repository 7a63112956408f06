"""How our table of commands becomes Slack's modals, and how a submitted one is read."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.model import Command, Param
from bot.commands.table import COMMANDS
from bot.commands.table_labels import LABELS
from bot.language import speaking
from bot.render.slack_commands import command_view, filled
from bot.render.slack_views import Asked
from tests.support.drawn_cards import words
from tests.support.slack_blocks import seen
from tests.support.slack_view_limits import view_refusal

HERE = Asked("C0ALERTS")
NAMED = {command.name: command for command in COMMANDS}


def elements(name: str, values: dict[str, str], where: Asked = HERE) -> dict[str, dict[str, Any]]:
    """Return the inputs of a command's modal by parameter."""
    view: Any = json.loads(json.dumps(command_view(NAMED[name], values, where)))
    assert (refusal := view_refusal(view)) is None, refusal
    return {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}


@pytest.mark.parametrize("name", [name for name, command in NAMED.items() if command.params])
def test_every_command_can_be_filled_in(name: str) -> None:
    """All that is typed has a place there, but a file and the page, which its answer has buttons for."""
    params = [each.name for each in NAMED[name].params if not each.attached and each.name != "page"]

    assert list(elements(name, {})) == params


def test_every_parameter_is_called_something() -> None:
    """And no label is left of one that is gone."""
    assert {each.name for command in COMMANDS for each in command.params if not each.attached} == set(LABELS)


def test_a_command_says_what_it_does_in_the_language_of_who_asks() -> None:
    """Its sentence, then each value with its meaning."""
    with speaking("ko"):
        made: Any = command_view(NAMED["claim show"], {}, HERE)

    assert made["title"]["text"] == "claim show"
    assert made["callback_id"] == "ask:claim show"
    assert "주장" in seen(made)
    assert [made["submit"]["text"], made["blocks"][1]["label"]["text"]] == ["보내기", "주장"]


def test_each_value_is_asked_for_as_it_can_be_given() -> None:
    """Suggested, chosen of a few, picked as a channel, or typed."""
    track, add = elements("claim track", {}), elements("watch add", {})
    search = elements("claim search", {"page": "2"})

    assert elements("claim show", {})["claim"] == {
        "type": "external_select",
        "action_id": "suggest",
        "min_query_length": 0,
    }
    assert (track["statement"]["type"], track["statement"]["multiline"]) == ("plain_text_input", True)
    assert (track["said_by"]["multiline"], track["said_by"]["max_length"]) == (False, 1_000)
    assert [each["value"] for each in track["denial"]["options"]] == ["yes", "no"]
    assert {name: add[name]["type"] for name in ("claims", "least", "words", "timezone", "channel")} == {
        "claims": "multi_external_select",
        "least": "static_select",
        "words": "plain_text_input",
        "timezone": "external_select",
        "channel": "conversations_select",
    }
    assert add["channel"]["initial_conversation"] == "C0ALERTS"
    assert search["page"]["initial_value"] == "2"


def test_values_that_are_given_stand_in_it() -> None:
    """As what is chosen; what no menu could hold is typed, so that it is not lost."""
    given_ = {"claims": "one, two", "least": "notable", "words": "ship", "channel": "<#C0OTHER|other>"}
    made = elements("watch add", {**given_, "threads": "maybe", "sources": "s" * 151})

    assert [each["value"] for each in made["claims"]["initial_options"]] == ["one", "two"]
    assert made["least"]["initial_option"]["value"] == "notable"
    assert made["words"]["initial_value"] == "ship"
    assert made["channel"]["initial_conversation"] == "C0OTHER"
    assert made["threads"]["initial_value"] == "maybe"
    assert made["sources"]["initial_value"] == "s" * 151
    assert "initial_conversation" not in elements("watch add", {}, Asked("D0DIRECT"))["channel"]
    assert elements("story why", {"story": "https://a.example/1"})["story"]["initial_option"]["value"] == (
        "https://a.example/1"
    )


def test_what_is_filled_in_comes_as_it_would_be_typed() -> None:
    """Several with commas between, a channel by its id, and nothing for what is empty."""
    values = {
        "claims": {
            "suggest": {
                "type": "multi_external_select",
                "selected_options": [{"value": "one"}, {"value": "two"}],
            }
        },
        "timezone": {"suggest": {"type": "external_select", "selected_option": {"value": "Asia/Seoul"}}},
        "least": {"entry": {"type": "static_select", "selected_option": None}},
        "words": {"entry": {"type": "plain_text_input", "value": " ship OR troops "}},
        "quiet": {"entry": {"type": "plain_text_input", "value": None}},
        "channel": {"entry": {"type": "conversations_select", "selected_conversation": "C0OTHER"}},
        "sources": {"suggest": {"type": "multi_external_select", "selected_options": []}},
    }

    assert filled({"state": {"values": values}}, NAMED["watch add"]) == {
        "claims": "one,two",
        "timezone": "Asia/Seoul",
        "words": "ship OR troops",
        "channel": "C0OTHER",
    }


async def _nothing(*_: object) -> Any:
    raise AssertionError


params = st.builds(
    Param,
    st.just("name"),
    words.filter(bool),
    required=st.booleans(),
    rest=st.booleans(),
    choices=st.sampled_from([(), ("yes", "no")]),
    channel=st.booleans(),
    suggest=st.sampled_from([None, _nothing]),
    several=st.booleans(),
)


@settings(deadline=None, max_examples=60)
@given(params, words | st.sampled_from(["a,b,,a", "yes", "C0ALERTS", "x," * 200]))
def test_any_command_is_accepted_with_any_value(param: Param, value: str) -> None:
    """However long or foreign what was typed is."""
    command = Command(("claim", "show"), "Show.", _nothing, (param,))
    view = json.loads(json.dumps(command_view(command, {"name": value}, HERE)))

    assert (refusal := view_refusal(view)) is None, refusal
