"""Telling on Slack: cards posted as messages and edited, and looked for where one may have been posted."""

import logging
from typing import Any

from bot.card import Card
from bot.platforms import How
from bot.platforms.slack_answers import posted, said
from bot.platforms.slack_refusals import PASSING, Refused
from bot.platforms.slack_web import SlackWeb
from bot.render.slack import render

EVENT_TYPE = "claimwatch_delivery"
"""Of the metadata in which a message carries its delivery's key."""

HISTORY = 15
"""Messages looked through for one that may have been posted: the most that Slack hands to an app that is
sold outside its marketplace (https://docs.slack.dev/apis/web-api/rate-limits, since May 2025)."""

_log = logging.getLogger(__name__)


class SlackMessages:
    """Posts and edits.

    A receipt is a message's `ts`, with `CHANNEL/` before it where Slack answers with another channel, as it
    does for a member's id or a channel's name.
    """

    def __init__(self, web: SlackWeb) -> None:
        """Keep whom to ask."""
        self._web = web

    async def send(self, channel: str, card: Card, key: str, *, again: bool, how: How) -> str:
        """Post a card and return its receipt; see `bot.platforms.Platform.send`.

        Slack has no key against doubles, so the message carries ours in its metadata and `again` reads the
        last messages for it. Where the app may not read them, the card is posted all the same: twice is
        better than never. Slack knows no reply outside of a thread: one is shown in the channel too
        (`reply_broadcast`, https://docs.slack.dev/reference/methods/chat.postMessage).
        """
        home, _, thread = how.under.rpartition("/") if how.under else (channel, "", None)
        if again and (ts := await self._posted(home or channel, thread, key)):
            return ts if (home or channel) == channel else f"{home}/{ts}"
        answer = await self._web.call(
            "chat.postMessage",
            channel=channel,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"key": key}},
            unfurl_links=False,
            unfurl_media=False,
            thread_ts=thread,
            reply_broadcast=True if thread and not how.threaded else None,
            **message(card),
        )
        where, ts = said(answer, "channel"), said(answer, "ts")
        return ts if where == channel else f"{where}/{ts}"

    async def edit(self, channel: str, receipt: str, card: Card) -> None:
        """Replace the text and blocks of a message; see `bot.platforms.Platform.edit`."""
        home, _, ts = receipt.rpartition("/")
        await self._web.call("chat.update", channel=home or channel, ts=ts, **message(card))

    async def _posted(self, channel: str, thread: str | None, key: str) -> str | None:
        looking: dict[str, Any] = {"channel": channel, "limit": HISTORY, "include_all_metadata": True}
        if thread:
            looking["ts"] = thread
        method = "conversations.replies" if thread else "conversations.history"
        try:
            history = await self._web.call(method, **looking)
        except Refused as error:
            if error.code in PASSING:
                raise
            _log.warning("whether a card was posted before could not be looked up: %s", error)
            return None
        return posted(history, EVENT_TYPE, {"key": key})


def message(card: Card) -> dict[str, Any]:
    """Return the arguments that carry a card; an edit without `parse` would link names and addresses.

    See https://docs.slack.dev/reference/methods/chat.update (`parse` defaults to `client` there).
    """
    return {**render(card), "parse": "none", "link_names": False}
