"""A small bot of the real slack-bolt, to see what the Slack on loopback is like for one."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.support.slack_http import Json
from tests.support.slack_places import BOT, BOT_ID, TEAM
from tests.support.slack_server import SlackServer

Heard = Callable[["Bot", Json, Callable[..., Awaitable[Any]]], Awaitable[None]]
"""Called with the bot, the payload and `ack`."""
_ANY = re.compile(".*")


class Bot:
    """A bot that hands what it hears on, and keeps it in `heard`."""

    def __init__(self, server: SlackServer, hears: Heard) -> None:
        self.web = AsyncWebClient(server.bot_token, server.api_base, retry_handlers=[])
        self.web.proxy = None
        self.heard: list[Json] = []
        self._hears = hears
        known = AuthorizeResult(
            enterprise_id=None, team_id=TEAM, bot_token=server.bot_token, bot_id=BOT_ID, bot_user_id=BOT
        )

        async def authorize() -> AuthorizeResult:
            return known

        app = AsyncApp(client=AsyncWebClient(None, server.api_base), authorize=authorize)

        async def listen(ack: Callable[..., Awaitable[Any]], body: Json) -> None:
            self.heard.append(body)
            await self._hears(self, body, ack)

        app.command(_ANY)(listen)
        app.action(_ANY)(listen)
        app.options(_ANY)(listen)
        app.shortcut(_ANY)(listen)
        app.view(_ANY)(listen)
        app.view_closed(_ANY)(listen)
        app.event(_ANY)(listen)
        self.handler = AsyncSocketModeHandler(app, server.app_token)
        self.handler.client.proxy = None

    @staticmethod
    async def answer(body: Json, text: str, **said: Any) -> None:
        """Answer by the `response_url` of a payload."""
        webhook = AsyncWebhookClient(body["response_url"], retry_handlers=[])
        webhook.proxy = None
        response = await webhook.send_dict({"text": text, **said})
        assert response.status_code == 200, response.body


@asynccontextmanager
async def running(server: SlackServer, hears: Heard) -> AsyncIterator[Bot]:
    """Run a bot, connected."""
    bot = Bot(server, hears)
    await bot.handler.connect_async()
    await server.connected()
    try:
        yield bot
    finally:
        await bot.handler.close_async()
