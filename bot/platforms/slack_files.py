"""Files on Slack, which shows none to one person alone in a channel.

Three calls make a file (https://docs.slack.dev/messaging/working-with-files#uploading_files); the SDK has
them in one.
"""

from bot.card import Card
from bot.platforms.slack_web import SlackWeb


async def give(web: SlackWeb, card: Card, person: str) -> str | None:
    """Put the file of a card into somebody's direct messages with the bot, and return its address.

    Raises:
        SendError: it is not there.

    """
    opened = await web.call("conversations.open", users=person)
    return await share(web, card, str((opened.get("channel") or {}).get("id") or ""), "")


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
        channel=channel,
        thread_ts=thread or None,
        alt_txt=file.about or None,
    )
    told = shared.get("file") or {}
    return str(told["permalink"]) if told.get("permalink") else None
