"""Files on Slack: to whoever asked, and into a channel where they are shared."""

import pytest

from bot.card import Attachment, Card
from bot.platforms import SendError
from bot.platforms.slack_files import ALT_TEXT, TITLE, give, share
from bot.platforms.slack_web import SlackWeb
from tests.support.slack_places import READER
from tests.support.slack_server import Fault, SlackServer

PICTURE = Card(
    "Containers by month", attachment=Attachment("chart.png", b"\x89PNG", "A line rises to 13,000")
)
EXPORT = Card("Two feeds", attachment=Attachment("feeds.opml", "<opml>샘플</opml>".encode()))


def _web(slack: SlackServer) -> SlackWeb:
    return SlackWeb(slack.api_base, slack.bot_token, 5.0)


async def test_a_picture_goes_to_whoever_asked_with_what_it_shows(slack: SlackServer) -> None:
    """Into their direct messages with the bot; the address leads there."""
    link = await give(_web(slack), PICTURE, READER)
    (file,) = slack.files
    assert (file.channel, file.title, file.alt) == (f"D{READER[1:]}", PICTURE.title, "A line rises to 13,000")
    assert link is not None
    assert file.ident in link


async def test_a_file_is_shared_in_the_thread_where_it_was_asked_for(slack: SlackServer) -> None:
    """With the name that it is kept under; a card without a file shares nothing."""
    head = slack.say("C0ALERTS", "Which feeds?")
    await share(_web(slack), EXPORT, "C0ALERTS", head["ts"])
    (file,) = slack.files
    assert (file.channel, file.thread, file.title) == ("C0ALERTS", head["ts"], "feeds.opml")
    assert file.text == "<opml>샘플</opml>"
    assert await share(_web(slack), Card("No file"), "C0ALERTS", "") is None


async def test_long_words_about_a_picture_are_cut(slack: SlackServer) -> None:
    """Slack refuses a picture with more of them."""
    card = Card("장" * 400, attachment=Attachment("chart.png", b"\x89PNG", "я" * 2_000))
    await share(_web(slack), card, "C0ALERTS", "")
    (file,) = slack.files
    assert (len(file.alt), len(file.title)) == (ALT_TEXT, TITLE)


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("files.getUploadURLExternal", Fault(error="file_uploads_disabled")),
        ("upload", Fault(status=500)),
        ("files.completeUploadExternal", Fault(error="not_in_channel")),
        ("conversations.open", Fault(answer={"channel": None})),
    ],
)
async def test_a_file_that_is_not_taken_says_why(slack: SlackServer, method: str, fault: Fault) -> None:
    """Whichever step fails, no address and no token is told."""
    slack.fail(method, fault)
    with pytest.raises(SendError) as failed:
        await give(_web(slack), PICTURE, READER)
    assert slack.origin not in str(failed.value)
    assert slack.files == []
