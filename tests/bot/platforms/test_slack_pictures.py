"""Pictures in messages on Slack: uploaded first, shown in the one message, left out where they cannot be."""

import pytest

from bot.card import Card
from bot.platforms import PLAINLY, SendError
from bot.platforms.slack_messages import SlackMessages
from bot.platforms.slack_pictures import PAUSES
from bot.platforms.slack_web import SlackWeb
from claims.clock import utc_now
from tests.support.pictured import BARE, DIGEST, PICTURE, REVISED
from tests.support.slack_http import Json
from tests.support.slack_places import File
from tests.support.slack_platform import CHANNEL, KEY
from tests.support.slack_server import Fault, SlackServer


def voice(slack: SlackServer) -> SlackMessages:
    """Return what posts, as each start of the bot does, and waits for no file."""
    return SlackMessages(SlackWeb(slack.api_base, slack.bot_token, 5.0), utc_now, pauses=[0.0] * len(PAUSES))


async def post(messages: SlackMessages, card: Card = DIGEST, *, again: bool = False) -> str:
    """Post a card under the one key."""
    return await messages.send(CHANNEL, card, KEY, again=again, how=PLAINLY)


def pictures(slack: SlackServer, message: Json) -> list[File]:
    """Return the files that a message shows."""
    blocks = [block for block in message["blocks"] if block["type"] == "image"]
    assert [block["alt_text"] for block in blocks] == [PICTURE.about] * len(blocks)
    return [slack.uploads[block["slack_file"]["id"]] for block in blocks]


async def test_a_picture_is_part_of_the_message(slack: SlackServer) -> None:
    """One message shows it above the footer, with words for those who do not see it; that is all."""
    receipt = await post(voice(slack))

    (message,) = slack.messages
    (file,) = pictures(slack, message)
    assert message["ts"] == receipt
    assert (file.content, file.alt, file.shown) == (PICTURE.content, PICTURE.about, [CHANNEL])
    assert [block["type"] for block in message["blocks"]][-2:] == ["image", "context"]
    assert slack.files == []


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("files.getUploadURLExternal", Fault(error="file_uploads_disabled")),
        ("files.getUploadURLExternal", Fault(cut=True, after=True)),
        ("upload", Fault(status=500)),
        ("upload", Fault(cut=True, after=True)),
        ("files.completeUploadExternal", Fault(error="storage_limit_reached")),
        ("files.completeUploadExternal", Fault(answer={"files": [{}]}, after=True)),
        ("files.completeUploadExternal", Fault(cut=True, after=True)),
    ],
)
async def test_a_picture_that_is_not_taken_holds_up_no_words(
    slack: SlackServer, method: str, fault: Fault
) -> None:
    """Whichever step of the upload fails, the words are posted at once, and say that it is missing."""
    slack.fail(method, fault)

    await post(voice(slack))

    (message,) = slack.messages
    assert pictures(slack, message) == []
    assert PICTURE.instead in message["text"]


@pytest.mark.parametrize(("unready", "shown"), [(len(PAUSES), 1), (len(PAUSES) + 1, 0)])
async def test_a_picture_that_slack_still_looks_at_is_waited_for(
    slack: SlackServer, unready: int, shown: int
) -> None:
    """Slack refuses the message until it has; what takes too long is left out, and that is said."""
    slack.unready = unready

    await post(voice(slack))

    (message,) = slack.messages
    assert len(pictures(slack, message)) == shown
    assert (PICTURE.instead in message["text"]) == (not shown)
    assert len(slack.uploads) == 1


async def test_a_message_that_arrived_unanswered_is_found_with_its_picture(slack: SlackServer) -> None:
    """After a restart it is looked for before anything is uploaded, so neither is there twice."""
    slack.fail("chat.postMessage", Fault(cut=True, after=True))
    with pytest.raises(SendError):
        await post(voice(slack))

    receipt = await post(voice(slack), again=True)

    assert [message["ts"] for message in slack.messages] == [receipt]
    assert len(slack.uploads) == 1


async def test_a_message_that_never_arrived_leaves_a_file_that_nobody_sees(slack: SlackServer) -> None:
    """The next try uploads its own, and one message is posted."""
    slack.fail("chat.postMessage", Fault(cut=True))
    with pytest.raises(SendError):
        await post(voice(slack))

    await post(voice(slack), again=True)

    (message,) = slack.messages
    assert len(pictures(slack, message)) == 1
    assert sorted(len(file.shown) for file in slack.uploads.values()) == [0, 1]


async def test_an_edit_shows_the_picture_as_it_is_now(slack: SlackServer) -> None:
    """The message stays one; where the new picture is not taken, the words say so."""
    messages = voice(slack)
    receipt = await post(messages)
    (message,) = slack.messages

    await messages.edit(CHANNEL, receipt, REVISED)
    assert [file.content for file in pictures(slack, message)] == [b"\x89PNG, once more"]

    slack.fail("upload", Fault(status=500))
    await messages.edit(CHANNEL, receipt, REVISED)
    assert pictures(slack, message) == []
    assert PICTURE.instead in message["text"]
    assert message["edits"] == 2


async def test_other_refusals_of_a_message_are_told(slack: SlackServer) -> None:
    """A channel that is archived is no matter of the picture: it is tried once, and not without it."""
    slack.channels[CHANNEL].archived = True
    with pytest.raises(SendError) as failed:
        await post(voice(slack))

    assert failed.value.mendable
    assert [entry["code"] for entry in slack.seen if entry["event"] == "refused"] == ["is_archived"]


async def test_a_card_without_a_picture_uploads_nothing(slack: SlackServer) -> None:
    """Alerts go as they went."""
    await post(voice(slack), BARE)

    assert (slack.uploads, len(slack.messages)) == ({}, 1)
