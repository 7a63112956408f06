"""Messages of Slack with a picture in them: a file that is uploaded first, and shown by its id."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.card import Card, without_file
from bot.platforms import SendError
from bot.platforms.slack_files import keep
from bot.platforms.slack_refusals import Refused
from bot.platforms.slack_web import SlackWeb

PAUSES = (1.0, 4.0)
"""Seconds after which a message is tried again with its picture."""
_UNREADY = "invalid_blocks"

_log = logging.getLogger(__name__)

Carry = Callable[[Card, str], Awaitable[AsyncSlackResponse]]
"""Posts or edits a card with the file of this id in it, or with none where it is empty."""


class Pictures:
    """Shows pictures in the messages that they belong to."""

    def __init__(self, web: SlackWeb, pauses: Sequence[float] = PAUSES) -> None:
        """Keep where to upload, and how long to wait each time while Slack looks at a file."""
        self._web, self._pauses = web, pauses

    async def carried(self, carry: Carry, card: Card) -> AsyncSlackResponse:
        """Post or edit a card with its picture, or without it where it cannot be shown.

        Slack looks at a file before it can be shown, tells nobody when it has, and refuses until then what
        shows it; waiting a second helps (https://github.com/slackapi/python-slack-sdk/issues/1521). What it
        refuses it has not posted. Where an answer is lost, the next try finds the message, or uploads the
        picture once more: the first file stays unused, and is seen by nobody.

        Raises:
            SendError: it was not posted, or nobody knows.

        """
        if card.attachment is None:
            return await carry(card, "")
        try:
            file = await keep(self._web, card, card.attachment)
        except SendError as error:
            _log.warning("a picture was not uploaded: %s", error)
            return await carry(without_file(card), "")
        for pause in (0.0, *self._pauses):
            await asyncio.sleep(pause)
            try:
                return await carry(card, file)
            except Refused as error:
                if error.code != _UNREADY:
                    raise
        _log.warning("a picture was not shown: Slack was not done with it")
        return await carry(without_file(card), "")
