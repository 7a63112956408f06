"""What people do on Slack, and how it is answered."""

import asyncio
import logging
from collections.abc import Sequence

import aiohttp
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.card import Card, Tone
from bot.commands.model import Asker, Command, Needs
from bot.commands.parse import parse
from bot.commands.spelling import spelling
from bot.language import _
from bot.platforms import Desk, SendError
from bot.platforms.slack_log import sdk_log
from bot.platforms.slack_messages import message
from bot.platforms.slack_web import SlackWeb
from bot.present import error_card
from claims.errors import UsageError

ROOT_COMMAND = "/claimwatch"

log = logging.getLogger(__name__)


class Hearing:
    """Hears what comes by Socket Mode and answers it; outlasts the apps that it listens to."""

    def __init__(
        self, web: SlackWeb, commands: Sequence[Command], managers: frozenset[str], seconds: float
    ) -> None:
        """Keep whom to ask, what may be asked and who may change things; `seconds` bound one request."""
        self._web, self._commands, self._managers, self._seconds = web, commands, managers, seconds
        self._replies: set[asyncio.Task[None]] = set()

    def listen(self, app: AsyncApp, desk: Desk) -> None:
        """Answer what comes to an app."""

        async def listen(ack: AsyncAck, command: dict[str, str]) -> None:
            # The work is a task of its own: bolt 1.30 drops the acknowledgement of a listener that raises.
            await ack()
            reply = asyncio.create_task(self._reply(desk, command))
            self._replies.add(reply)
            reply.add_done_callback(self._replies.discard)

        app.command(ROOT_COMMAND)(listen)

    async def finish(self) -> None:
        """Break off what is underway."""
        for reply in self._replies:
            reply.cancel()
        await asyncio.gather(*self._replies, return_exceptions=True)

    async def _reply(self, desk: Desk, command: dict[str, str]) -> None:
        try:
            name, values = parse(command.get("text") or "", self._commands, spelling("slack"))
            answer = await desk.answer(name, values, self._asker(command))
            card = await self._shared(answer, command)
        except UsageError as error:
            card = error_card(error)
        except Exception:
            log.exception("a command was not answered")
            card = Card(
                _("That did not work"), lines=((_("The log of the bot says more."),),), tone=Tone.TROUBLE
            )
        webhook = AsyncWebhookClient(command["response_url"], logger=sdk_log, retry_handlers=[])
        webhook.proxy = None
        try:
            async with asyncio.timeout(self._seconds):
                response = await webhook.send_dict({"response_type": "ephemeral", **message(card)})
        except (aiohttp.ClientError, OSError) as error:
            log.warning("an answer did not reach Slack (%s)", type(error).__name__)
        else:
            if response.status_code != 200:
                log.warning("an answer was refused by Slack (HTTP %s)", response.status_code)

    def _asker(self, command: dict[str, str]) -> Asker:
        person = command["user_id"]
        manages = person in self._managers
        how = f"Whoever runs the bot may put your id, {person}, into the setting slack.managers"
        return Asker(
            f"slack:{person}",
            may_change=manages,
            may_appoint=manages,
            needs={Needs.CHANGE: how},
            workspace=f"slack:{command['team_id']}",
            destination=f"slack:{command['channel_id']}",
        )

    async def _shared(self, card: Card, command: dict[str, str]) -> Card:
        """Share the file of a card, if it has one, in the channel where it was asked for.

        A file cannot be shown to one person alone. Returns the card, or what kept the file from being shared.
        """
        if card.attachment is None:
            return card
        name, channel = card.attachment.name, command["channel_id"]
        try:
            await self._web.call(
                "files_upload_v2", filename=name, content=card.attachment.content, channel=channel
            )
        except SendError as error:
            return error_card(
                UsageError(_("{name} could not be shared here\n{error}").format(name=name, error=error))
            )
        return card
