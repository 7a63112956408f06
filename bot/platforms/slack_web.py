"""Slack's Web API for all of the bot: one way to ask, with one way to fail, at Slack's pace."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.platforms import SendError
from bot.platforms.slack_answers import not_slack, refused
from bot.platforms.slack_log import sdk_log
from bot.platforms.slack_pace import Pauses, Turns
from bot.platforms.slack_refusals import Refused, paused

_POST = "chat.postMessage"
_AT_ONCE = "views."
"""Methods that answer a person, who waits: they are never held back."""


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
        self._turns, self._pauses = Turns(), Pauses()
        self.token_refused = asyncio.Event()
        """Set where a call showed that the bot's token may be good for nothing any more."""

    async def call(
        self, method: str, *, seconds: float | None = None, **arguments: Any
    ) -> AsyncSlackResponse:
        """Return Slack's answer to `method`, such as `chat.postMessage`, with its documented arguments.

        `seconds` bound this call alone, where its answer has less time. A post waits for the turn of its
        channel before, for less than as long again; what asked too much of Slack fails at once until the
        pause is over that Slack wants.

        Raises:
            SendError: it refused, or did not answer in time. Never chained: what the libraries raise holds
                addresses.

        """
        ask: Callable[..., Awaitable[AsyncSlackResponse]] = getattr(self._client, method.replace(".", "_"))
        bound = seconds or self._seconds
        paced = _paced(method, arguments)
        self._refuse_paused(paced)
        if method == _POST:
            await self._turn(arguments["channel"], bound)
            self._refuse_paused(paced)
        try:
            async with asyncio.timeout(bound):
                return await ask(**arguments)
        except SlackApiError as error:
            told = refused(error)
            self._learn(paced, told)
            raise told from None
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

    async def _turn(self, channel: str, bound: float) -> None:
        """Wait for the turn of a post, unless that comes too late."""
        if (wait := self._turns.wait(channel, _now())) >= bound:
            raise paused(wait)
        await asyncio.sleep(self._turns.take(channel, _now()))

    def _refuse_paused(self, paced: str) -> None:
        """Refuse what is to be left alone still."""
        if not paced.startswith(_AT_ONCE) and (left := self._pauses.left(paced, _now())):
            raise paused(left)

    def _learn(self, paced: str, told: SendError) -> None:
        if told.retry_after:
            self._pauses.begin(paced, told.retry_after, _now())
        if isinstance(told, Refused) and told.of_token and paced != "apps.connections.open":
            self.token_refused.set()


def _paced(method: str, arguments: Mapping[str, Any]) -> str:
    """Return by what Slack counts a call: posts by channel, all else by method.

    https://docs.slack.dev/apis/web-api/rate-limits
    """
    return f"{method} {arguments['channel']}" if method == _POST else method


def _now() -> float:
    return asyncio.get_running_loop().time()
