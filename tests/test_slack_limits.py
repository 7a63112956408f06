"""The Slack on loopback refuses what the documentation says is refused, one over each limit."""

import pytest

from tests.support.slack_blocks import refusal_of
from tests.support.slack_http import Json
from tests.support.slack_samples import (
    CHECKBOXES,
    CONFIRM,
    LINK,
    LONG_URL,
    OVERFLOW,
    PICTURE,
    TEXT,
    actions,
    asking,
    button,
    modal,
    option,
    options,
    plain,
    rich,
    section,
    select,
    typing,
)
from tests.support.slack_view_limits import submission_refusal, suggestion_refusal, view_refusal


@pytest.mark.parametrize(
    "block",
    [
        section(fields=[plain("x" * 900)] * 10, accessory=OVERFLOW, block_id="b" * 255),
        section(accessory=select("multi_static_select", initial_options=options(1), max_selected_items=1)),
        section(accessory=select("multi_channels_select", initial_channels=["C1"])),
        section(accessory=PICTURE),
        {
            "type": "context",
            "elements": [plain(), {"type": "mrkdwn", "text": "x", "verbatim": True}, PICTURE],
        },
        {"type": "header", "text": plain("x" * 150)},
        {"type": "divider"},
        {**PICTURE, "title": plain()},
        {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "x"},
        actions(*(button(str(number)) for number in range(25))),
        actions(button(style="primary", value="v" * 2_000, url="https://a.example/", confirm=CONFIRM)),
        actions(CHECKBOXES, OVERFLOW, select(initial_option=option("0"))),
        actions(select("external_select", min_query_length=0, placeholder=plain("x" * 150))),
        actions(select("conversations_select", filter={"include": ["public"], "exclude_bot_users": True})),
        actions(select(option_groups=[{"label": plain(), "options": options(100)}])),
        actions(
            {"type": "radio_buttons", "action_id": "r", "options": options(2), "initial_option": option("1")}
        ),
        actions({"type": "datepicker", "action_id": "d", "initial_date": "2026-11-22"}),
        rich(TEXT, {**LINK, "text": "x", "style": {"bold": True}}, {"type": "user", "user_id": "U1"}),
        rich({"type": "date", "timestamp": 1, "format": "{date}", "fallback": "x"}, kind="rich_text_quote"),
        rich({"type": "emoji", "name": "wave"}, {"type": "broadcast", "range": "here"}),
        rich({"type": "usergroup", "usergroup_id": "S1"}, {"type": "channel", "channel_id": "C1"}),
        rich(TEXT, LINK, kind="rich_text_preformatted", border=1),
        rich(
            {"type": "rich_text_section", "elements": [TEXT]}, kind="rich_text_list", style="bullet", indent=8
        ),
    ],
)
def test_what_the_documentation_allows_passes(block: Json) -> None:
    """Every block and element, up to its limits, may stand in a message and in both views."""
    assert refusal_of([block]) is None
    assert view_refusal(modal(block)) is None
    assert view_refusal({"type": "home", "blocks": [block]}) is None


@pytest.mark.parametrize(
    "block",
    [
        {"type": "section"},
        {"type": "unheard-of"},
        section(text=plain("")),
        section(text=plain("x" * 3_001)),
        section(text={"type": "mrkdwn", "text": "x", "emoji": True}),
        section(text={"type": "plain_text", "text": "x", "verbatim": True}),
        section(fields=[plain()] * 11),
        section(fields=[]),
        section(fields=[plain("x" * 2_001)]),
        section(block_id="b" * 256),
        section(colour="red"),
        section(accessory={"type": "plain_text_input", "action_id": "a"}),
        section(accessory=[button()]),
        {"type": "context", "elements": []},
        {"type": "context", "elements": [plain()] * 11},
        {"type": "context", "elements": [button()]},
        {"type": "header", "text": plain("x" * 151)},
        {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
        {"type": "divider", "text": plain()},
        {"type": "image", "image_url": "https://a.example/1.png"},
        {**PICTURE, "slack_file": {"id": "F1"}},
        {**PICTURE, "image_url": LONG_URL},
        {**PICTURE, "alt_text": "x" * 2_001},
        {"type": "image", "slack_file": {}, "alt_text": "x"},
        actions(),
        actions(*(button(str(number)) for number in range(26))),
        actions(button(), button()),
        actions(select("multi_static_select")),
        actions(PICTURE),
        actions(button(text=plain("x" * 76))),
        actions(button(text={"type": "mrkdwn", "text": "x"})),
        actions(button("a" * 256)),
        actions(button("")),
        actions(button(style="default")),
        actions(button(value="v" * 2_001)),
        actions(button(url=LONG_URL)),
        actions(button(disabled=True)),
        actions(button(confirm={**CONFIRM, "title": plain("x" * 101)})),
        actions(button(confirm={**CONFIRM, "text": plain("x" * 301)})),
        actions(button(confirm={**CONFIRM, "deny": plain("x" * 31)})),
        actions(button(confirm={"title": plain()})),
        actions({**OVERFLOW, "options": []}),
        actions({**OVERFLOW, "options": options(6)}),
        actions({**OVERFLOW, "options": [option(), option()]}),
        actions(select(options=[])),
        actions(select(options=options(101))),
        actions(select(option_groups=[{"label": plain("x" * 76), "options": options(1)}])),
        actions({**select(), "option_groups": [{"label": plain(), "options": options(1)}]}),
        actions({"type": "static_select", "action_id": "s"}),
        actions(select(options=[option(text=plain("x" * 76))])),
        actions(select(options=[option(text={"type": "mrkdwn", "text": "x"})])),
        actions(select(options=[option("v" * 151)])),
        actions(select(options=[option(description=plain("x" * 76))])),
        actions(select(options=[option(url="https://a.example/")])),
        actions(select(options=[{"text": plain()}])),
        actions(select(placeholder=plain("x" * 151))),
        actions(select(initial_option=option("another"))),
        actions(select("external_select", options=options(1))),
        actions(select("conversations_select", filter={})),
        actions(select("conversations_select", filter={"include": ["shared"]})),
        actions(select("external_select", min_query_length=-1)),
        actions({**CHECKBOXES, "options": options(11)}),
        actions({**CHECKBOXES, "initial_options": []}),
        actions({"type": "datepicker", "action_id": "d", "initial_date": "22.11.2026"}),
        section(accessory=select("multi_static_select", max_selected_items=0)),
        section(accessory=select("multi_static_select", initial_options=[option("another")])),
        section(accessory=select("multi_users_select", initial_users=[])),
        {"type": "rich_text", "elements": []},
        {"type": "rich_text", "elements": [TEXT]},
        rich(),
        rich({"type": "text", "text": ""}),
        rich({**TEXT, "style": {"big": True}}),
        rich({**TEXT, "style": "bold"}),
        rich({"type": "link", "url": "a.example"}),
        rich({"type": "link", "url": LONG_URL}),
        rich({"type": "date", "timestamp": 1.5, "format": "{date}"}),
        rich({"type": "date", "timestamp": 1, "format": "date"}),
        rich({"type": "broadcast", "range": "all"}),
        rich({"type": "user", "user_id": ""}),
        rich({"type": "emoji", "name": "wave"}, kind="rich_text_preformatted"),
        rich(TEXT, kind="rich_text_list", style="bullet"),
        rich({"type": "rich_text_section", "elements": [TEXT]}, kind="rich_text_list"),
    ],
)
def test_a_block_over_a_limit_is_refused(block: Json) -> None:
    """One over each limit, or where it may not stand, is refused in messages and views, in words too."""
    refused = refusal_of([block])
    assert refused == "invalid_blocks"
    assert refused is not None
    assert refused.words.startswith("blocks[0]")
    assert view_refusal(modal(block)) == "invalid_arguments"


@pytest.mark.parametrize(
    ("blocks", "surface", "code"),
    [
        ([section()] * 50, "message", None),
        ([section()] * 51, "message", "invalid_blocks"),
        ([section()] * 100, "modal", None),
        ([section()] * 101, "modal", "invalid_blocks"),
        ([], "message", None),
        ([], "home", "invalid_blocks"),
        ({}, "message", "invalid_blocks"),
        (["words"], "message", "invalid_blocks"),
        ([typing()], "message", "invalid_blocks"),
        ([typing()], "home", None),
        ([section(block_id="b"), section(block_id="b")], "message", "invalid_blocks"),
        ([section(block_id="b"), section(block_id="c")], "message", None),
        ([actions(button()), actions(button())], "message", None),
        ([typing("a", focus_on_load=True), typing("b", focus_on_load=True)], "modal", "invalid_blocks"),
        ([asking(select("channels_select", response_url_enabled=True))], "modal", None),
        ([asking(select("channels_select", response_url_enabled=True))], "home", "invalid_blocks"),
        ([actions(select("channels_select", response_url_enabled=True))], "modal", "invalid_blocks"),
        ([section(text=plain("x" * 2_400))] * 4, "message", None),
        ([section(text=plain("x" * 2_401))] * 4, "message", "msg_blocks_too_long"),
        ([section(text=plain("x" * 2_401))] * 4, "modal", None),
    ],
)
def test_blocks_are_held_to_what_stands_on_a_surface(blocks: object, surface: str, code: str | None) -> None:
    """There are so many on each, with names that differ, and only views ask for input."""
    assert refusal_of(blocks, surface) == code


@pytest.mark.parametrize(
    ("view", "holds"),
    [
        (modal(typing(), submit=plain("x" * 24), close=plain("x" * 24), callback_id="c" * 255), True),
        (modal(private_metadata="x" * 3_000, external_id="e", notify_on_close=True), True),
        (modal(typing()), False),
        (modal(title=plain("x" * 25)), False),
        (modal(submit=plain("x" * 25)), False),
        (modal(close=plain("x" * 25)), False),
        (modal(title={"type": "mrkdwn", "text": "x"}), False),
        (modal(private_metadata="x" * 3_001), False),
        (modal(callback_id="c" * 256), False),
        (modal(id="V1"), False),
        ({"type": "modal", "blocks": [section()]}, False),
        ({"type": "home", "blocks": [section()], "private_metadata": ""}, True),
        ({"type": "home", "blocks": [section()], "title": plain()}, False),
        ({"type": "workflow_step", "blocks": [section()]}, False),
        (modal(typing(initial_value="x" * 3_000, min_length=1, max_length=3_000), submit=plain()), True),
        (modal(typing(max_length=3_001), submit=plain()), False),
        (modal(typing(min_length=3, max_length=2), submit=plain()), False),
        (modal(typing(initial_value="xxx", max_length=2), submit=plain()), False),
        (modal(typing(dispatch_action_config={"trigger_actions_on": ["on_leaving"]}), submit=plain()), False),
        (modal(asking(select("multi_external_select", min_query_length=0)), submit=plain()), True),
        (modal(asking(button()), submit=plain()), False),
        (modal({**typing(), "label": plain("x" * 2_001)}, submit=plain()), False),
        (modal({**typing(), "hint": plain("x" * 2_001)}, submit=plain()), False),
    ],
)
def test_views_are_held_to_their_limits(view: Json, holds: bool) -> None:
    """A modal has a short title and a way to submit its inputs; Home has neither."""
    assert view_refusal(view) == (None if holds else "invalid_arguments")


def test_a_view_may_not_be_heavy() -> None:
    """The size of a view as JSON is bounded, whatever is in it."""
    heavy = modal(*(section(text=plain("x" * 3_000)) for _ in range(90)))
    assert view_refusal(heavy) == "view_too_large"


@pytest.mark.parametrize(
    ("answer", "holds"),
    [
        (None, True),
        ({"response_action": "clear"}, True),
        ({"response_action": "update", "view": modal()}, True),
        ({"response_action": "push", "view": modal()}, True),
        ({"response_action": "errors", "errors": {"i": "Too short"}}, True),
        ({"response_action": "errors", "errors": {"j": "Too short"}}, False),
        ({"response_action": "errors", "errors": {}}, False),
        ({"response_action": "update"}, False),
        ({"response_action": "update", "view": {"type": "home", "blocks": [section()]}}, False),
        ({"response_action": "push", "view": modal(typing())}, False),
        ({"response_action": "close"}, False),
        ({"text": "Done"}, False),
    ],
)
def test_a_submission_is_answered_as_documented(answer: object, holds: bool) -> None:
    """By errors beside its inputs, another view, or nothing at all."""
    assert submission_refusal(answer, modal(typing(), submit=plain())) == (
        None if holds else "invalid_arguments"
    )


@pytest.mark.parametrize(
    ("answer", "holds"),
    [
        ({"options": options(100)}, True),
        ({"options": []}, True),
        ({"option_groups": [{"label": plain(), "options": options(2)}]}, True),
        ({"options": options(101)}, False),
        ({"options": [option("v" * 151)]}, False),
        ({"options": options(1), "option_groups": []}, False),
        ({}, False),
        (None, False),
    ],
)
def test_suggestions_are_held_to_their_limits(answer: object, holds: bool) -> None:
    """At most a hundred, or groups of them, each an option as in any menu."""
    assert suggestion_refusal(answer) == (None if holds else "invalid_arguments")
