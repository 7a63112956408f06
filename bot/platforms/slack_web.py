"""Slack's Web API for all of the bot: one way to ask, with one way to fail."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.platforms import SendError
from bot.platforms.slack_answers import not_slack, refused
from bot.platforms.slack_log import sdk_log


def web_client(api_base: str, token: str | None) -> AsyncWebClient:
    """Return a client without the environment's proxy, and without the SDK's retries.

    It would repeat a post that may have arrived.
    """
    client = AsyncWebClient(token, api_base, logger=sdk_log, retry_handlers=[])
    client.proxy = None  # the constructor took one from the environment
    return client


class SlackWeb:
    """Calls methods of the Web API by their documented names."""

    def __init__(self, api_base: str, token: str, seconds: float) -> None:
        """Keep where to ask; `seconds` bound each call, all told."""
        self._client = web_client(api_base, token)
        self._seconds = seconds

    async def call(
        self, method: str, *, seconds: float | None = None, **arguments: Any
    ) -> AsyncSlackResponse:
        """Return Slack's answer to `method`, such as `chat.postMessage`, with its documented arguments.

        `seconds` bound this call alone, where its answer has less time.

        Raises:
            SendError: it refused, or did not answer in time. Never chained: what the libraries raise holds
                addresses.

        """
        ask: Callable[..., Awaitable[AsyncSlackResponse]] = getattr(self._client, method.replace(".", "_"))
        try:
            async with asyncio.timeout(seconds or self._seconds):
                return await ask(**arguments)
        except SlackApiError as error:
            raise refused(error) from None
        except TimeoutError:
            raise SendError("Slack did not answer in time", permanent=False) from None
        except (aiohttp.ClientError, OSError) as error:
            raise SendError(f"Slack cannot be reached ({type(error).__name__})", permanent=False) from None
        except SlackRequestError:
            # Of what we ask of the SDK, only an upload raises it.
            raise SendError("Slack did not take the file", permanent=False) from None
        except (AttributeError, ValueError):
            # The SDK trips over a body that is no JSON object, such as a proxy's own page.
            raise not_slack() from None
