"""One Socket Mode connection to Slack, for as long as its address can be used."""

import asyncio
from collections import deque
from contextlib import suppress

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.platforms.slack_log import sdk_log

_PING_SECONDS = 5
"""How often a connection is felt for; the SDK's own default."""
_GOODBYE_SECONDS = 1.0


class Socket(AsyncSocketModeHandler):
    """Socket Mode that acknowledges an envelope as often as it comes and answers it once."""

    def __init__(self, app: AsyncApp, app_token: str, seen: deque[str]) -> None:
        """Keep the envelopes that were seen, also by connections before this one."""
        super().__init__(app, app_token, logger=sdk_log, ping_interval=_PING_SECONDS)
        self.client.proxy = None
        # We open a new connection after a break: the SDK would go on trying an address that is used up.
        self.client.auto_reconnect_enabled = self.client.default_auto_reconnect_enabled = False
        self._seen = seen

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]  # as its base
        """Answer an envelope that was not seen yet, and acknowledge any."""
        if req.envelope_id in self._seen:
            await client.send_socket_mode_response(SocketModeResponse(req.envelope_id))
            return
        self._seen.append(req.envelope_id)
        await super().handle(client, req)

    async def let_go(self) -> None:
        """Close, without waiting for long until the other side says goodbye."""
        for _each in range(2):  # a first that is cut short leaves the SDK's tasks to the second
            with suppress(TimeoutError):
                async with asyncio.timeout(_GOODBYE_SECONDS):
                    await self.close_async()  # type: ignore[no-untyped-call]  # bolt leaves it untyped
