"""Messages that may have been posted, looked for by the key in their metadata.

Reading a message takes `channels:history`, `groups:history` or `im:history`, and reading what it carries
`metadata.message:read` (https://docs.slack.dev/reference/scopes/metadata.message.read); without
`include_all_metadata` Slack keeps the payload to itself.
"""

import logging
from datetime import timedelta
from typing import Any

from bot.platforms import SendError
from bot.platforms.slack_answers import next_cursor, rows
from bot.platforms.slack_refusals import Refused
from bot.platforms.slack_web import SlackWeb
from claims.clock import Clock

EVENT_TYPE = "claimwatch_delivery"
"""Of the metadata in which a message carries its delivery's key."""

PAGE = 15
"""Messages of one look: the most that Slack hands to an app that is sold outside its marketplace, once a
minute (https://docs.slack.dev/apis/web-api/rate-limits, since May 2025). Others may ask 50 times a minute."""
PAGES = 20
"""Looks for one message, so 300 messages of a channel or thread: what is none of them was never posted."""
SPAN = timedelta(days=7)
"""How old a message may be that is looked for, as a bot may have been stopped since it was posted."""
_AHEAD = "9999999999"
"""A moment after any message: with `oldest` alone Slack begins with the oldest
(https://docs.slack.dev/reference/methods/conversations.history)."""

_UNREAD = (
    "whether a card was posted before could not be looked up, so it may be there twice: %s. The app needs "
    "channels:history, groups:history, im:history and metadata.message:read"
)

_log = logging.getLogger(__name__)


class Posted:
    """Looks for messages, and goes on where Slack wanted a pause."""

    def __init__(self, web: SlackWeb, clock: Clock) -> None:
        """Keep whom to ask."""
        self._web, self._clock = web, clock
        self._left_off: dict[str, tuple[int, str]] = {}
        self._unread: set[str] = set()

    async def find(self, channel: str, thread: str | None, key: str) -> str | None:
        """Return the `ts` of the message that carries a key, or None.

        In a `thread` it is looked for there: a reply that is shown in the channel too is one message with one
        `ts`. Where the app may not read, that is said once: twice is better than never.

        Raises:
            SendError: Slack cannot tell now.

        """
        page, cursor = self._left_off.pop(key, (0, ""))
        while page < PAGES:
            try:
                answer = await self._look(channel, thread, cursor)
            except SendError as error:
                code = error.code if isinstance(error, Refused) and not error.waits else ""
                if code == "invalid_cursor" and cursor:
                    page, cursor = 0, ""  # it was kept for too long
                    continue
                if code:
                    self._say_unread(code, error)
                    return None
                self._left_off[key] = page, cursor
                raise
            for message in rows(answer, "messages"):
                if _carries(message, key) and message.get("ts") != thread:
                    return str(message["ts"])
            page, cursor = page + 1, next_cursor(answer)
            if not cursor:
                return None
        return None

    async def _look(self, channel: str, thread: str | None, cursor: str) -> Any:
        oldest = f"{(self._clock() - SPAN).timestamp():.6f}"
        looking: dict[str, Any] = {"channel": channel, "limit": PAGE, "include_all_metadata": True}
        looking |= {"oldest": oldest, "latest": _AHEAD, **({"cursor": cursor} if cursor else {})}
        if thread:
            return await self._web.call("conversations.replies", ts=thread, **looking)
        return await self._web.call("conversations.history", **looking)

    def _say_unread(self, code: str, error: SendError) -> None:
        if code != "thread_not_found" and code not in self._unread:
            self._unread.add(code)
            _log.warning(_UNREAD, error)


def _carries(message: Any, key: str) -> bool:
    match message:
        case {"ts": str(), "metadata": {"event_type": kind, "event_payload": payload}}:
            return bool((kind, payload) == (EVENT_TYPE, {"key": key}))
    return False
