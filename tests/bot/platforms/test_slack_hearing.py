"""What the bot hears on Slack beside commands and controls: its name, App Home, and what is not for it."""

import pytest

from bot.commands.model import Powers
from claims.sqlite import SQLiteStore
from claims.workspaces import Workspace
from tests.support.slack_desk import noting
from tests.support.slack_places import ADMIN, GUEST, MAKER, OTHER_BOT, READER, STRANGER, TEAM
from tests.support.slack_server import SlackServer
from tests.support.slack_shown import controls_of, title, words

CHANNEL = "C0ALERTS"


# ---- mentions ------------------------------------------------------------------------------------


async def test_a_look_up_by_mention_is_answered_in_the_thread_for_all(
    slack: SlackServer, books: SQLiteStore
) -> None:
    """In the workspace's language, with its controls but the one that shares; twice told, it is said once."""
    await books.keep_workspace(Workspace(f"slack:{TEAM}", language="uk"))
    slack.members[READER].locale = "ko-KR"
    thread = slack.keep(CHANNEL, READER, "what of the shells?")["ts"]
    async with noting(slack, books) as desk:
        there = await slack.mention("claim match shells", thread=thread)
        await slack.again(there.sent)
        here = await slack.mention("help")
        await slack.until(lambda: len(desk.asked) == 2)

    assert [(m["thread_ts"], title(m)) for m in slack.messages if m.get("metadata")] == [
        (thread, "claim match {'text': 'shells'}"),
        (here.thread, "Shells"),
    ]
    assert not any(control.startswith("share") for control in controls_of(slack.messages[-1]))
    assert [(asker.reference, asker.language) for _name, _values, asker in desk.asked] == [
        (f"slack:{READER}", "uk")
    ] * 2


@pytest.mark.parametrize(
    ("text", "by", "said"),
    [
        ("claim shw", READER, "There is no command"),
        ("claim show", READER, "/claimwatch claim show CLAIM"),
        ("claim show none", READER, "There is no such claim"),
        ("claim track shells", ADMIN, "claim track"),
        ("claim match shells", READER, "claim match"),
        ("help", GUEST, "This bot does not answer guests"),
        ("help", STRANGER, "members of its own workspace"),
    ],
)
async def test_mistakes_and_what_is_guarded_are_for_one_person(
    slack: SlackServer, books: SQLiteStore, text: str, by: str, said: str
) -> None:
    """Look-ups too where another workspace reads along; a thread that is none yet would hide the answer."""
    thread = slack.keep("C0SHARED", READER, "what of the shells?")["ts"]
    async with noting(slack, books):
        here = await slack.mention(text, by=by, channel="C0SHARED")
        assert (here.ephemeral, here.message.get("thread_ts")) == (True, None)
        assert said in words(here)
        there = await slack.mention(text, by=by, channel="C0SHARED", thread=thread)

    assert (there.message["to"], there.message["thread_ts"]) == (by, thread)
    assert not [message for message in slack.messages if "metadata" in message]


async def test_what_a_mention_lacks_is_filled_in_by_a_button(slack: SlackServer, books: SQLiteStore) -> None:
    """It opens the form of the command, whose answer is for whoever asked; others read why not."""
    async with noting(slack, books) as desk:
        lacks = await slack.mention("claim show")
        form = await slack.press(lacks, "Fill in")
        told = words(await slack.fill(form, {"claim": "first"}))
        guarded = await slack.mention("claim track")
        await slack.press(guarded, "Fill in")

    assert "claim show {'claim': 'first'}" in told
    assert [name for name, _values, _asker in desk.asked] == ["claim show", "claim track"]


async def test_other_bots_are_not_answered(slack: SlackServer, books: SQLiteStore) -> None:
    """Two bots would go on for ever."""
    async with noting(slack, books) as desk:
        with pytest.raises(TimeoutError):
            await slack.mention("help", by=OTHER_BOT, patience=0.05)
        await slack.slash("help")
    assert [asker.reference for _name, _values, asker in desk.asked] == [f"slack:{READER}"]
    assert slack.violations.pop().startswith("events_api of U0MACHINE was never answered")


# ---- App Home ------------------------------------------------------------------------------------


async def test_home_is_each_person_s_own_and_new_after_a_change(
    slack: SlackServer, books: SQLiteStore
) -> None:
    """What is pressed there opens over it, and it is published anew after that and after a form."""
    async with noting(slack, books) as desk:
        home = (await slack.open_home()).home
        assert title(home) == f"home of slack:{READER}"
        before = slack.count("view")
        pressed = await slack.press(home, "Track")
        form = pressed.message
        await slack.until(lambda: slack.count("view") == before + 2)
        filled = await slack.fill(form, {"statement": "good", "by": "Seoul"})
        assert title(filled) == "done: tracked"
        await slack.until(lambda: slack.count("view") == before + 3)
        strange = words(await slack.open_home(by=GUEST))

    published = [entry["to"] for entry in slack.seen if entry.get("how") == "publish"]
    assert published == [READER] * 3 + [GUEST]
    assert [asker.destination for _action, _press, asker in desk.pressed] == ["", ""]
    assert "This bot does not answer guests" in strange
    assert (
        desk.in_channels
        == [{f"slack:{each}" for each in ("C0ALERTS", "C0DIGEST", "C0OTHER", "C0SHARED")}] * 3
    )


async def test_home_knows_which_channels_one_created(slack: SlackServer, books: SQLiteStore) -> None:
    """They may say what those are told, also where no channel was named."""
    async with noting(slack, books) as desk:
        await slack.open_home()
        await slack.open_home(by=MAKER)

    reader, maker = desk.at_home
    assert (reader.channels, maker.may_change) == ({}, False)
    assert maker.channels["slack:C0ALERTS"] == Powers(manages=True)
