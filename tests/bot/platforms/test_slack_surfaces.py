"""Where an answer on Slack is shown, and what is tried where one way to show it fails."""

import logging
from dataclasses import replace

import pytest

from bot.card import Attachment, Card
from bot.platforms.slack_heard import Heard
from bot.platforms.slack_messages import SlackMessages
from bot.platforms.slack_surfaces import Surfaces
from bot.platforms.slack_web import SlackWeb
from bot.render.slack_views import Asked
from claims.clock import utc_now
from tests.support.slack_hooks import ANSWERS
from tests.support.slack_http import Json
from tests.support.slack_places import READER, TEAM
from tests.support.slack_server import Fault, SlackServer
from tests.support.slack_shown import title, words

CHANNEL, APART = "C0ALERTS", "C0OTHER"
"""The bot is in one of them."""
CARD = Card("Shells")
PICTURE = Card("Shells by month", attachment=Attachment("shells.png", b"png", "Shells, month by month"))


def surfaces(slack: SlackServer) -> Surfaces:
    """Return surfaces on the server."""
    web = SlackWeb(slack.api_base, slack.bot_token, 1.0)
    return Surfaces(web, SlackMessages(web, utc_now), seconds=1.0)


def heard(slack: SlackServer, channel: str = CHANNEL, thread: str = "", source: Json | None = None) -> Heard:
    """Return somebody who used a control in a channel or thread."""
    hook = slack.hook(READER, channel, thread=thread, source=source)
    return Heard(READER, TEAM, Asked(channel, thread), response_url=hook.url, replaceable=source is not None)


def thread_of(slack: SlackServer, channel: str = CHANNEL) -> str:
    """Return the `ts` of a message that was answered in its thread."""
    first = str(slack.keep(channel, READER, "what of it?")["ts"])
    slack.keep(channel, READER, "nothing yet", thread_ts=first)
    return first


def kept(slack: SlackServer) -> list[tuple[str, str, str]]:
    """Return where what stands: the channel, the thread, and for whom, if not for all."""
    return [
        (m["channel"], m.get("thread_ts", ""), m.get("to", "")) for m in (*slack.ephemeral, *slack.messages)
    ]


@pytest.mark.parametrize(
    ("faults", "where"),
    [
        ([], (CHANNEL, "", READER)),
        (["response"], (CHANNEL, "", READER)),
        (["response", "chat.postEphemeral"], ("D0READER", "", "")),
    ],
    ids=["by its address", "by the Web API", "directly"],
)
async def test_an_answer_takes_the_first_way_that_works(
    slack: SlackServer, caplog: pytest.LogCaptureFixture, faults: list[str], where: tuple[str, str, str]
) -> None:
    """It is shown once, and what failed is logged without addresses."""
    caplog.set_level(logging.DEBUG)
    for each in faults:
        slack.fail(each, Fault(status=500))
    await surfaces(slack).tell(heard(slack), CARD)

    assert kept(slack) == [where]
    assert caplog.text.count("an answer was not shown: Slack") == len(faults)
    assert slack.origin not in caplog.text


async def test_an_address_that_is_used_up_or_too_old_is_given_up(slack: SlackServer) -> None:
    """Five answers within 30 minutes; the sixth, or a late one, goes by the Web API."""
    showing, often = surfaces(slack), heard(slack)
    for _each in range(ANSWERS):
        await showing.tell(often, CARD)
    slack.hooks.life = -1.0
    await showing.tell(often, CARD)
    await showing.tell(heard(slack), CARD)
    assert [message["hooked"] for message in slack.ephemeral] == [True] * ANSWERS + [False] * 2
    assert len(slack.violations) == 2
    slack.violations.clear()


async def test_an_answer_is_replaced_where_one_person_sees_it(slack: SlackServer) -> None:
    """In a thread too; where that does not work it stands below."""
    thread = thread_of(slack)
    first = slack.whisper(CHANNEL, READER, "old", thread_ts=thread)
    showing, asked = surfaces(slack), heard(slack, thread=thread, source=first)
    await showing.tell(asked, CARD, replacing=True)
    assert (title(first), len(slack.ephemeral)) == ("Shells", 1)

    slack.fail("response", Fault(cut=True))
    await showing.tell(asked, CARD, replacing=True)
    assert kept(slack)[1] == (CHANNEL, thread, READER)


async def test_an_answer_in_a_thread_is_shown_in_it(slack: SlackServer) -> None:
    """By the Web API, and where the bot is not in the channel by the address."""
    here, apart = thread_of(slack), thread_of(slack, APART)
    await surfaces(slack).tell(heard(slack, thread=here), CARD)
    await surfaces(slack).tell(heard(slack, APART, apart), CARD)

    assert kept(slack)[:2] == [(CHANNEL, here, READER), (APART, apart, READER)]
    assert [message["hooked"] for message in slack.ephemeral] == [False, True]


@pytest.mark.parametrize(
    ("channel", "fault", "posted"),
    [
        (CHANNEL, None, 1),
        (APART, None, 1),
        (CHANNEL, Fault(cut=True, after=True), 1),
        (CHANNEL, Fault(status=503), 1),
        (CHANNEL, Fault(status=429, headers={"Retry-After": "60"}), 0),
        (CHANNEL, Fault(error="restricted_action"), 0),
        (CHANNEL, Fault(error="msg_blocks_too_long"), 0),
    ],
    ids=["in", "apart", "cut off", "trouble", "a pause", "restricted", "too long"],
)
async def test_what_is_for_all_is_posted_once_or_not_at_all(
    slack: SlackServer, channel: str, fault: Fault | None, posted: int
) -> None:
    """Also where nobody knows whether it arrived; who shared it is told what came of it."""
    if fault:
        slack.fail("chat.postMessage", fault)
    trouble = await surfaces(slack).post(heard(slack, channel), CARD, "answer 1")

    assert kept(slack) == [(channel, "", "")] * posted
    assert (trouble is None) is bool(posted)
    assert trouble is None or trouble.title == "It could not be posted here"


async def test_a_picture_goes_to_whoever_asked_directly(slack: SlackServer) -> None:
    """Slack shows none to one person alone: the answer says where it is, or why it is nowhere."""
    showing, asked = surfaces(slack), heard(slack)
    told = await showing.without_file(asked, PICTURE)
    (given,) = slack.files
    assert (given.channel, given.alt, told.attachment) == ("D0READER", "Shells, month by month", None)
    await showing.tell(asked, told)
    assert "shells.png is in your direct messages" in words(slack.ephemeral[-1])

    slack.fail("files.getUploadURLExternal", Fault(error="file_uploads_disabled"))
    await showing.tell(asked, await showing.without_file(asked, PICTURE))
    assert "shells.png could not be given to you" in words(slack.ephemeral[-1])


async def test_a_picture_that_is_shared_stands_with_its_card(slack: SlackServer) -> None:
    """In the channel and thread where it was asked for."""
    thread = thread_of(slack)
    assert await surfaces(slack).post(heard(slack, thread=thread), PICTURE, "answer 1") is None
    (shared,) = slack.files
    assert (shared.channel, shared.thread) == (CHANNEL, thread)
    assert kept(slack)[-1] == (CHANNEL, thread, "")


async def test_whoever_asked_in_no_channel_is_written_to(slack: SlackServer) -> None:
    """As from App Home; direct messages with the bot hide nothing from anybody else."""
    nowhere = replace(heard(slack), where=Asked(), response_url="")
    await surfaces(slack).tell(nowhere, CARD)
    slack.direct(READER)
    await surfaces(slack).tell(replace(nowhere, where=Asked("D0READER")), CARD)

    assert kept(slack) == [("D0READER", "", "")] * 2
