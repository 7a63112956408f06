"""Telling on Slack: cards posted as messages and edited."""

from collections.abc import Sequence
from typing import Any, cast

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.card import Card
from bot.platforms import How
from bot.platforms.slack_answers import said, said_in
from bot.platforms.slack_names import Named, unnamed
from bot.platforms.slack_pictures import PAUSES, Pictures
from bot.platforms.slack_posted import EVENT_TYPE, Posted
from bot.platforms.slack_web import SlackWeb
from bot.render.slack import render
from claims.clock import Clock

PERSON = ("U", "W")
"""What ids of people begin with (https://docs.slack.dev/reference/objects/user-object)."""


class SlackMessages:
    """Posts and edits.

    A receipt is a message's `ts`, with `CHANNEL/` before it where that is not the channel that was asked for,
    as with a member's id or a channel's name.
    """

    def __init__(
        self, web: SlackWeb, clock: Clock, named: Named = unnamed, *, pauses: Sequence[float] = PAUSES
    ) -> None:
        """Keep whom to ask, who names people to all of a channel, and how long pictures are waited for."""
        self._web, self.named = web, named
        self._posted = Posted(web, clock)
        self._pictures = Pictures(web, pauses)
        self._directs: dict[str, str] = {}

    async def send(self, channel: str, card: Card, key: str, *, again: bool, how: How) -> str:
        """Post a card and return its receipt; see `bot.platforms.Platform.send`.

        Slack has no key against doubles, so the message carries ours in its metadata, and `again` looks for
        it first. Slack knows no reply outside of a thread: one is shown in the channel too
        (`reply_broadcast`, https://docs.slack.dev/reference/methods/chat.postMessage).
        """
        home, _, thread = how.under.rpartition("/") if how.under else ("", "", None)
        place = home or await self.place(channel)
        if again and (ts := await self._posted.find(place, thread, key)):
            return ts if place == channel else f"{place}/{ts}"

        async def post(shown: Card, file: str) -> AsyncSlackResponse:
            return await self._web.call(
                "chat.postMessage",
                channel=place,
                metadata={"event_type": EVENT_TYPE, "event_payload": {"key": key}},
                unfurl_links=False,
                unfurl_media=False,
                thread_ts=thread,
                reply_broadcast=True if thread and not how.threaded else None,
                **message(shown, how.mention, file),
            )

        answer = await self._pictures.carried(post, await self.named(card))
        where, ts = said(answer, "channel"), said(answer, "ts")
        return ts if where == channel else f"{where}/{ts}"

    async def edit(self, channel: str, receipt: str, card: Card) -> None:
        """Replace the text, blocks and picture of a message; see `Platform.edit`."""
        home, _, ts = receipt.rpartition("/")

        async def change(shown: Card, file: str) -> AsyncSlackResponse:
            carried = message(shown, file=file)
            return await self._web.call("chat.update", channel=home or channel, ts=ts, **carried)

        await self._pictures.carried(change, await self.named(card))

    async def place(self, channel: str) -> str:
        """Return where messages to a channel are: of a person, their direct messages with the bot.

        Raises:
            SendError: they cannot be opened.

        """
        if not channel.startswith(PERSON):
            return channel
        if channel not in self._directs:
            opened = await self._web.call("conversations.open", users=channel)
            self._directs[channel] = said_in(opened, "channel", "id")
        return self._directs[channel]


def message(card: Card, mention: str | None = None, file: str = "") -> dict[str, Any]:
    """Return the arguments that carry a card; an edit without `parse` would link names and addresses.

    See https://docs.slack.dev/reference/methods/chat.update (`parse` defaults to `client` there). `mention`
    is the id of a user group: an element of its own calls it, which no words of a card can
    (https://docs.slack.dev/reference/block-kit/blocks/rich-text-block#user-group-element-type). `file` is the
    id of the card's picture.
    """
    shown = render(card, file=file)
    if mention:
        group = {"type": "usergroup", "usergroup_id": mention}
        section = {"type": "rich_text_section", "elements": [group]}
        calling = {"type": "rich_text", "elements": [section]}
        shown["blocks"] = [calling, *cast("list[dict[str, object]]", shown["blocks"])]
    return {**shown, "parse": "none", "link_names": False}
