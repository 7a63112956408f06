"""What Socket Mode brings, handed to bolt, and bolt's answer handed back."""

import json
import logging
from typing import Any

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.platforms.slack_log import sdk_log
from bot.platforms.slack_sockets import Envelope
from bot.platforms.slack_web import web_client

log = logging.getLogger(__name__)


def bolt_app(api_base: str, token: str, who: AsyncSlackResponse) -> AsyncApp:
    """Return an app for whoever `auth.test` says that we are; it is asked of nobody again."""
    known = AuthorizeResult.from_auth_test_response(bot_token=token, auth_test_response=who)

    async def authorize() -> AuthorizeResult:
        # Known since the start: asking with the first command would eat into its three seconds.
        return known

    return AsyncApp(name="claimwatch", client=web_client(api_base, None), authorize=authorize, logger=sdk_log)


async def hand_on(app: AsyncApp, envelope: Envelope) -> dict[str, Any] | None:
    """Return what the acknowledgement of an envelope carries; there is one also where nobody listens."""
    request = SocketModeRequest.from_dict(envelope)
    if request is None:
        return None
    try:
        response = await run_async_bolt_app(app, request)
    except Exception:
        log.exception("an envelope was not heard type=%s", request.type)
        return None
    if response.status != 200 or not response.body:
        return None
    if response.first_headers().get("content-type", "").startswith("application/json"):
        payload: dict[str, Any] = json.loads(response.body)
        return payload
    return {"text": response.body}
