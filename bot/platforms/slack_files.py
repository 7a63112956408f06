"""Files on Slack, which shows none to one person alone in a channel.

Three calls make a file (https://docs.slack.dev/messaging/working-with-files#uploading_files); the SDK has
them in one.
"""

from bot.card import Card
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
    shared = await web.call(
        "files_upload_v2",
        filename=file.name,
        content=file.content,
        title=clip(card.title, TITLE) if file.is_picture else file.name,
        channel=channel,
        thread_ts=thread or None,
        alt_txt=clip(file.about, ALT_TEXT) or None,
    )
    told = shared.get("file") or {}
    return str(told["permalink"]) if told.get("permalink") else None
