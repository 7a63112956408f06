"""Where an answer on Slack goes: to one person in the chat or over it, to all of a channel, to App Home."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import aiohttp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.card import Card, Line, Link, Tone
from bot.language import _
from bot.lines import filled
from bot.platforms import How, SendError
from bot.platforms.slack_answers import not_slack
from bot.platforms.slack_files import give, share
from bot.platforms.slack_heard import Heard
from bot.platforms.slack_log import sdk_log
from bot.platforms.slack_messages import SlackMessages, message
from bot.platforms.slack_refusals import Refused, told
from bot.platforms.slack_web import SlackWeb
from bot.render.slack import render
from bot.render.slack_home import home_view
from bot.render.slack_views import View

_PATIENCE = 10.0
"""Seconds that whoever shares something is kept waiting where Slack asks for a pause."""
_APART = ("channel_not_found", "not_in_channel")
"""What Slack says where the bot is not in a channel: a `response_url` works there all the same."""
_DIRECT = "D"
"""What the id of a direct message with the bot begins with."""

_log = logging.getLogger(__name__)


class Surfaces:
    """Shows answers; what is not shown is told in the log, without addresses and tokens."""

    def __init__(self, web: SlackWeb, messages: SlackMessages, *, seconds: float) -> None:
        """Keep whom to ask; `seconds` bound a request to a `response_url`."""
        self._web, self._messages, self._seconds = web, messages, seconds

    # ---- in the chat ---------------------------------------------------------------------------------

    async def tell(self, heard: Heard, card: Card, *, replacing: bool = False) -> None:
        """Show a card to whoever asked, in the channel or thread where they did.

        A `response_url` works where the bot is not, but not in a thread
        (https://docs.slack.dev/interactivity/handling-user-interaction#message_responses). It works five
        times within 30 minutes; where it does not any more, the Web API has to do.
        """
        where = heard.where
        ways: list[Callable[[Heard, Card], Awaitable[None]]] = []
        if heard.response_url:
            ways.append(partial(self._respond, replacing=replacing))
        if where.channel and not where.channel.startswith(_DIRECT):
            ways.insert(0 if where.thread and not replacing else 1, self._whisper)
        for way in (*ways, self._write):
            try:
                await way(heard, card)
            except SendError as error:
                _log.warning("an answer was not shown: %s", error)
            else:
                return

    async def post(self, heard: Heard, card: Card, key: str) -> Card | None:
        """Post a card for all, in the channel or thread where it was asked for, once for each `key`.

        Returns what to tell whoever asked where that did not work.
        """
        where, bare = heard.where, replace(card, attachment=None)
        lost = _("It could not be posted here")
        try:
            await self._post(heard, bare, key)
            if card.attachment is not None:
                lost = _("The file could not be shown here")
                await share(self._web, card, where.channel, where.thread)
        except SendError as error:
            _log.warning("an answer was not posted for all: %s", error)
            return Card(lost, ((told(error),),), tone=Tone.TROUBLE)
        return None

    async def _post(self, heard: Heard, card: Card, key: str) -> None:
        where, how = heard.where, How(under=heard.where.thread or None)
        try:
            await self._messages.send(where.channel, card, key, again=False, how=how)
        except SendError as error:
            if isinstance(error, Refused) and error.code in _APART and heard.response_url:
                await self._respond(heard, card, public=True)
            elif error.permanent or (error.retry_after or 0.0) > _PATIENCE:
                raise
            else:
                await asyncio.sleep(error.retry_after or 0.0)
                await self._messages.send(where.channel, card, key, again=True, how=how)

    async def without_file(self, heard: Heard, card: Card) -> Card:
        """Return a card that says where its file is: Slack shows none to one person alone in a channel."""
        if card.attachment is None:
            return card
        try:
            link = await give(self._web, card, heard.person)
        except SendError as error:
            _log.warning("a file was not given: %s", error)
            lost = _("{name} could not be given to you: {error}")
            said: Line = (lost.format(name=card.attachment.name, error=told(error)),)
        else:
            name = card.attachment.name
            file = Link(name, link) if link else name
            said = filled(_("{file} is in your direct messages with Claimwatch"), file=file)
        return replace(card, attachment=None, lines=(*card.lines, said))

    async def _respond(
        self, heard: Heard, card: Card, *, replacing: bool = False, public: bool = False
    ) -> None:
        webhook = AsyncWebhookClient(heard.response_url, logger=sdk_log, retry_handlers=[])
        webhook.proxy = None
        said = {
            "response_type": "in_channel" if public else "ephemeral",
            "replace_original": replacing,
            **(message(await self._messages.named(card)) if public else _private(card)),
            **({"thread_ts": heard.where.thread} if heard.where.thread else {}),
        }
        try:
            async with asyncio.timeout(self._seconds):
                response = await webhook.send_dict(said)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            # Never chained, and never in its own words: they hold the address, which is a secret.
            raise SendError(f"Slack cannot be reached ({type(error).__name__})", permanent=False) from None
        if response.status_code != 200:
            raise SendError(f"Slack refused it (HTTP {response.status_code})", permanent=True)

    async def _whisper(self, heard: Heard, card: Card) -> None:
        where = heard.where
        await self._web.call(
            "chat.postEphemeral",
            channel=where.channel,
            user=heard.person,
            thread_ts=where.thread or None,
            **_private(card),
        )

    async def _write(self, heard: Heard, card: Card) -> None:
        """Write to a person directly, which works wherever they are."""
        await self._web.call(
            "chat.postMessage",
            channel=heard.person,
            unfurl_links=False,
            unfurl_media=False,
            **_private(card),
        )

    # ---- over the chat -------------------------------------------------------------------------------

    async def put(self, heard: Heard, view: View) -> str:
        """Show a modal and return its id: a new one, on the one that was used, or in its place.

        Three lie on each other at most (https://docs.slack.dev/surfaces/modals).

        Raises:
            SendError: it was not shown.

        """
        if heard.modal is None:
            shown = await self._web.call("views.open", trigger_id=heard.trigger, view=view)
        elif heard.modal.full:
            await self.update(heard.modal.id, view)
            return heard.modal.id
        else:
            shown = await self._web.call("views.push", trigger_id=heard.trigger, view=view)
        told: Mapping[str, Any] = shown.get("view") or {}
        if not isinstance(told.get("id"), str):
            raise not_slack()
        return str(told["id"])

    async def update(self, view_id: str, view: View) -> None:
        """Show something else in a modal.

        Raises:
            SendError: it is not there any more, or it was not shown.

        """
        await self._web.call("views.update", view_id=view_id, view=view)

    # ---- App Home ------------------------------------------------------------------------------------

    async def publish(self, person: str, cards: Sequence[Card]) -> None:
        """Show cards in App Home, to one person.

        Raises:
            SendError: they were not shown.

        """
        await self._web.call("views.publish", user_id=person, view=home_view(cards))


def _private(card: Card) -> dict[str, Any]:
    return {**message(card), **render(card, private=True)}
