"""Slack: alerts by the Web API, questions by Socket Mode, so that no public address is needed."""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.card import Card
from bot.commands.model import Command
from bot.places import Place
from bot.platforms import PLAINLY, Desk, How, SendError
from bot.platforms.slack_answers import said
from bot.platforms.slack_hearing import Hearing
from bot.platforms.slack_log import sdk_log
from bot.platforms.slack_messages import SlackMessages
from bot.platforms.slack_refusals import Refused, app_token_refused, bot_token_refused
from bot.platforms.slack_socket import Socket
from bot.platforms.slack_web import SlackWeb, web_client
from claims.store_workspaces import SubscriptionBook

_LOST_SECONDS = 3
"""After so long without a connection we open a new one."""

_REMEMBERED_ENVELOPES = 1_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SlackPolicy:
    """What the settings say about Slack."""

    bot_token: str = field(repr=False)
    """`xoxb-…`: posts, edits and looks for what was posted."""
    app_token: str = field(repr=False)
    """`xapp-…`, with the scope `connections:write`: opens Socket Mode."""
    api_base: str = "https://slack.com/api/"
    managers: frozenset[str] = frozenset()
    """Ids of the members who may change things."""
    timeout_seconds: float = 10.0
    """For one request, all told."""
    retry_seconds: float = 5.0
    """Between tries to connect, where Slack names no time."""


class SlackPlatform:
    """Slack as a `Platform`.

    A receipt is a message's `ts`, with `CHANNEL/` before it where Slack answers with another channel, as it
    does for a member's id or a channel's name. Proxies of the environment are not used, and the SDK's
    retries are off: it would repeat a post that may have arrived.
    """

    name = "slack"

    def __init__(
        self, policy: SlackPolicy, commands: Sequence[Command], books: SubscriptionBook | None = None
    ) -> None:
        """Keep what may be asked, and the book that learns whose its channels are; None for a check."""
        self._policy = policy
        self._books = books
        self._workspace: str | None = None
        self._web = SlackWeb(policy.api_base, policy.bot_token, policy.timeout_seconds)
        self._messages = SlackMessages(self._web)
        self._hearing = Hearing(self._web, commands, policy.managers, policy.timeout_seconds)
        self._seen: deque[str] = deque(maxlen=_REMEMBERED_ENVELOPES)
        self._closed = asyncio.Event()
        self._running = asyncio.Lock()

    async def run(self, desk: Desk) -> None:
        """Serve `/claimwatch` until cancelled or closed; see `Platform.run`."""
        async with self._running:
            try:
                while not self._closed.is_set():
                    await self._connect(desk)
            finally:
                await self._hearing.finish()

    async def check(self) -> str:
        """Try both tokens without opening a connection; see `Platform.check`."""
        who = await self._who()
        await self._open()
        return f"connected to {said(who, 'team')} as {said(who, 'user')}"

    async def send(self, channel: str, card: Card, key: str, *, again: bool, how: How = PLAINLY) -> str:
        """Post a card and return its receipt; see `SlackMessages.send`."""
        return await self._messages.send(channel, card, key, again=again, how=how)

    async def edit(self, channel: str, receipt: str, card: Card) -> None:
        """Replace the text and blocks of a message; see `Platform.edit`."""
        await self._messages.edit(channel, receipt, card)

    async def place(self, channel: str) -> Place | None:
        """Return a channel, of the team once it is known; that the bot is in it shows when it posts."""
        return Place(f"{self.name}:{channel}", self._workspace)

    async def elsewhere(
        self,
        workspace: str,  # noqa: ARG002 - Platform
        channel: str,  # noqa: ARG002 - Platform
        person: str | None,
        subscribed: Sequence[str],  # noqa: ARG002 - Platform
    ) -> Sequence[str]:
        """Return the person: a message to their id is a direct one.

        https://docs.slack.dev/reference/methods/chat.postMessage#channels
        """
        return [person.partition(":")[2]] if person else []

    async def close(self) -> None:
        """End `run`, and wait until it has let go; see `Platform.close`."""
        self._closed.set()
        async with self._running:
            pass

    # ---- asking the Web API --------------------------------------------------------------------------

    async def _who(self) -> AsyncSlackResponse:
        try:
            return await self._web.call("auth.test")
        except Refused as error:
            raise (bot_token_refused(error.code) or error) from None

    async def _open(self) -> str:
        """Return the address of a new Socket Mode connection; it can be used once."""
        try:
            opened = await self._web.call("apps.connections.open", app_token=self._policy.app_token)
        except Refused as error:
            raise (app_token_refused(error.code) or error) from None
        return said(opened, "url")

    # ---- answering by Socket Mode --------------------------------------------------------------------

    async def _connect(self, desk: Desk) -> None:
        """Stay connected until closed, or until the connection is lost for good."""
        try:
            who, url = await self._who(), await self._open()
            workspace = f"{self.name}:{said(who, 'team_id')}"
            log.info("connecting to %s as %s", said(who, "team"), said(who, "user"))
        except SendError as error:
            pause = error.retry_after or self._policy.retry_seconds
            log.warning("not connected: %s; next try in %.0f seconds", error, pause)
            await self._pause(pause)
            return
        await self._belong(workspace)
        socket = Socket(self._app(desk, who), self._policy.app_token, self._seen)
        socket.client.wss_uri = url
        connecting = asyncio.create_task(socket.connect_async())  # type: ignore[no-untyped-call]  # bolt leaves it untyped
        try:
            lost = 0
            while lost < _LOST_SECONDS and not self._closed.is_set():
                await self._pause(1)
                lost = 0 if await socket.client.is_connected() else lost + 1
        finally:
            connecting.cancel()
            await socket.let_go()

    async def _pause(self, seconds: float) -> None:
        """Wait, but no longer than until closed."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closed.wait(), seconds)

    async def _belong(self, workspace: str) -> None:
        """Note that the channels of this platform are the team's."""
        self._workspace = workspace
        if self._books is not None:
            wanted = await self._books.subscriptions()
            ours = [each.destination for each in wanted if each.destination.startswith(f"{self.name}:")]
            await self._books.place(ours, workspace)

    def _app(self, desk: Desk, who: AsyncSlackResponse) -> AsyncApp:
        known = AuthorizeResult.from_auth_test_response(
            bot_token=self._policy.bot_token, auth_test_response=who
        )

        async def authorize() -> AuthorizeResult:
            # Known since the start: asking with the first command would eat into its three seconds.
            return known

        app = AsyncApp(
            name="claimwatch",
            client=web_client(self._policy.api_base, None),
            authorize=authorize,
            logger=sdk_log,
        )
        self._hearing.listen(app, desk)
        return app
