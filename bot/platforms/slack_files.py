"""Files on Slack, which shows none to one person alone in a channel.

Three calls make a file (https://docs.slack.dev/messaging/working-with-files#uploading_files); the SDK has
them in one.
"""

from collections.abc import Mapping
from typing import Any

from bot.card import Attachment, Card
from bot.platforms import SendError
from bot.platforms.slack_answers import said_in
from bot.platforms.slack_web import SlackWeb
from bot.render.clip import clip

ALT_TEXT = 1_000
"""Characters of what a picture shows (https://docs.slack.dev/reference/methods/files.getUploadURLExternal,
`alt_txt_too_large`)."""
TITLE = 150
"""Characters of what a file is called: our own measure."""


async def give(web: SlackWeb, card: Card, person: str) -> str | None:
    """Put the file of a card into somebody's direct messages with the bot, and return its address.

    Raises:
        SendError: it is not there.

    """
    opened = await web.call("conversations.open", users=person)
    return await share(web, card, said_in(opened, "channel", "id"), "")


async def share(web: SlackWeb, card: Card, channel: str, thread: str) -> str | None:
    """Put the file of a card into a channel, or a thread of it, and return its address, if it has one.

    Raises:
        SendError: it is not there.

    """
    file = card.attachment
    if file is None:
        return None
    told = await _uploaded(web, card, file, channel=channel, thread_ts=thread or None)
    return str(told["permalink"]) if told.get("permalink") else None


async def keep(web: SlackWeb, card: Card, picture: Attachment) -> str:
    """Upload the picture of a card for the bot alone, and return the id by which its messages show it.

    Whoever posts a block with a file has to have access to it, and its readers see it there
    (https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object).

    Raises:
        SendError: it is not there.

    """
    told = await _uploaded(web, card, picture)
    if not told.get("id"):
        raise SendError("Slack did not say under which id it keeps the file", permanent=False)
    return str(told["id"])


async def _uploaded(web: SlackWeb, card: Card, file: Attachment, **where: Any) -> Mapping[str, Any]:
    """Upload a file, and return what Slack says of it."""
    answer = await web.call(
        "files_upload_v2",
        filename=file.name,
        content=file.content,
        title=clip(card.title, TITLE) if file.is_picture else file.name,
        alt_txt=clip(file.about, ALT_TEXT) or None,
        **where,
    )
    return answer.get("file") or {}
