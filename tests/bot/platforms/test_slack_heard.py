"""What Slack tells of somebody who did something, as one record."""

from typing import Any

import pytest

from bot.platforms.slack_askers import channels_in
from bot.platforms.slack_heard import (
    Modal,
    after_mention,
    by_shortcut,
    in_view,
    mentioned,
    said,
    typed,
    used,
)
from bot.render.slack_views import Asked

WHO = {"user": {"id": "U1", "team_id": "T1"}, "team": {"id": "T0"}, "trigger_id": "1.t"}


@pytest.mark.parametrize(
    ("told", "where", "replaceable"),
    [
        ({"container": {"message_ts": "1.0"}, "message": {"ts": "1.0"}}, Asked("C1"), False),
        ({"container": {"message_ts": "1.0"}, "message": {"thread_ts": "1.0"}}, Asked("C1"), False),
        ({"container": {"message_ts": "2.0", "thread_ts": "1.0"}}, Asked("C1", "1.0"), False),
        ({"container": {"message_ts": "2.0", "is_ephemeral": True}}, Asked("C1"), True),
        (
            {"container": {"message_ts": "2.0", "is_ephemeral": True, "thread_ts": "1.0"}},
            Asked("C1", "1.0"),
            True,
        ),
    ],
    ids=["message", "first of a thread", "in a thread", "private", "private in a thread"],
)
def test_a_control_of_a_message_is_answered_where_that_is(
    told: dict[str, Any], where: Asked, replaceable: bool
) -> None:
    """In its thread or its channel, and in its place only where one person sees it."""
    heard = used({**WHO, "channel": {"id": "C1"}, "response_url": "https://a.example/1", **told})

    assert (heard.person, heard.team, heard.where, heard.replaceable) == ("U1", "T1", where, replaceable)
    assert (heard.modal, heard.home) == (None, False)
    assert "a.example" not in repr(heard)


def test_the_channels_that_somebody_names_are_known() -> None:
    """Typed, said in a mention, chosen from a menu or filled into a form: whoever made one may change it."""
    chosen = {"action_id": "setup:channel:k3f9", "selected_conversation": "C0CHOSEN"}
    filled = {"channel": {"entry": {"type": "conversations_select", "selected_conversation": "C0FILLED"}}}
    view = {"id": "V1", "type": "modal", "private_metadata": "", "state": {"values": filled}}
    command = {
        "user_id": "U1",
        "channel_id": "C1",
        "trigger_id": "1.t",
        "response_url": "https://a.example/1",
    }
    event = {"user": "U1", "channel": "C1", "ts": "1.0", "text": "<@U0BOT> watch add channel=<#C0SAID>"}

    heard = [
        typed({**command, "text": "watch add channel=<#C0TYPED|alerts>"}),
        mentioned({"event": event}),
        used({**WHO, "channel": {"id": "C1"}, "actions": [chosen]}),
        in_view({**WHO, "view": view}),
    ]

    assert [channels_in(each.said) for each in heard] == [["C0TYPED"], ["C0SAID"], ["C0CHOSEN"], ["C0FILLED"]]


@pytest.mark.parametrize(
    ("view", "modal", "home"),
    [
        ({"id": "V1", "root_view_id": "V1", "previous_view_id": None}, Modal("V1"), False),
        ({"id": "V2", "root_view_id": "V1", "previous_view_id": "V1"}, Modal("V2", "V1"), False),
        ({"id": "V3", "root_view_id": "V1", "previous_view_id": "V2"}, Modal("V3", "V2", full=True), False),
        ({"id": "V1", "root_view_id": "V1", "private_metadata": ""}, Modal("V1"), True),
        ({"id": "V1", "type": "home"}, None, True),
    ],
    ids=["first", "second", "third", "from App Home", "App Home"],
)
def test_a_modal_is_known_by_what_lies_below_it(
    view: dict[str, Any], modal: Modal | None, home: bool
) -> None:
    """Three lie on each other; what was opened from App Home belongs to no channel."""
    asked = {"type": "modal", "private_metadata": '{"channel": "C1", "thread": "1.0"}', **view}
    heard = in_view({**WHO, "view": asked})

    assert (heard.modal, heard.home) == (modal, home)
    assert heard.where == (Asked() if home else Asked("C1", "1.0"))


def test_a_shortcut_is_of_a_message_or_of_no_channel() -> None:
    """One of a message in a thread is answered there."""
    of_message = {"channel": {"id": "C1"}, "message": {"ts": "2.0", "thread_ts": "1.0"}}

    assert by_shortcut({**WHO, **of_message}).where == Asked("C1", "1.0")
    assert by_shortcut(WHO).where == Asked()


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("<@U0BOT> claim show x", "claim show x"),
        ("<@U0BOT|claimwatch>: claim show x", "claim show x"),
        ("hey <@U7> ask <@U0BOT> claim match a &amp; b &lt;c&gt;", "claim match a & b <c>"),
        ("<@U0BOT>", ""),
        ("claim show x", "claim show x"),
    ],
)
def test_what_follows_the_bot_s_name_is_what_was_typed(text: str, after: str) -> None:
    """Also after other words and other people, and as it was typed."""
    assert after_mention({"event": {"text": text}, "authorizations": [{"user_id": "U0BOT"}]}) == after


def test_a_mention_is_answered_in_its_thread_or_channel() -> None:
    """The team is that of whoever wrote, also in a channel that is shared with another."""
    event = {"user": "U1", "channel": "C1", "ts": "2.0", "user_team": "T1", "team": "T0"}

    assert mentioned({"event": event}).where == Asked("C1")
    assert mentioned({"event": {**event, "thread_ts": "1.0"}}).where == Asked("C1", "1.0")
    assert mentioned({"event": event}).team == "T1"


@pytest.mark.parametrize(
    ("message", "text", "url"),
    [
        ({"text": "shells &amp; oil"}, "shells & oil", None),
        (
            {"text": "see <https://a.example/1?x=1&amp;y=2|the story> <@U7> <#C7|desk>"},
            "see https://a.example/1?x=1&y=2  desk",
            "https://a.example/1?x=1&y=2",
        ),
        (
            {"text": "told", "blocks": [{"elements": [{"type": "link", "url": "https://a.example/2"}]}]},
            "told",
            "https://a.example/2",
        ),
        (
            {"attachments": [{"title": "A headline", "text": "And more", "from_url": "https://a.example/3"}]},
            "A headline\nAnd more",
            "https://a.example/3",
        ),
        ({}, None, None),
    ],
    ids=["words", "a link", "rich text", "a preview", "a picture alone"],
)
def test_a_message_is_read_with_its_links_and_previews(
    message: dict[str, Any], text: str | None, url: str | None
) -> None:
    """As plain words, without Slack's marks; what is not there is left out."""
    assert said(message) == {k: v for k, v in (("text", text), ("url", url)) if v is not None}
