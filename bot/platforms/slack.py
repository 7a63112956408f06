"""Slack: alerts by the Web API, questions by Socket Mode, so that no public address is needed."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.card import Card
from bot.commands.model import Command
from bot.mending import Books
from bot.places import Place
from bot.platforms import PLAINLY, Desk, How, Joined, PlatformDown, SendError
from bot.platforms.slack_answers import said
from bot.platforms.slack_app import bolt_app, hand_on
from bot.platforms.slack_askers import Askers
from bot.platforms.slack_channels import Channels
from bot.platforms.slack_guarded import QUICK_SECONDS
from bot.platforms.slack_hearing import Hearing
from bot.platforms.slack_messages import SlackMessages
from bot.platforms.slack_names import Names, unnamed
from bot.platforms.slack_places import Places
from bot.platforms.slack_refusals import Refused, app_token_refused, bot_token_refused, not_served
from bot.platforms.slack_scopes import MEND, lacking
from bot.platforms.slack_sockets import Envelope, Sockets
from bot.platforms.slack_web import SlackWeb
from claims.clock import Clock, utc_now

_CLOSE_SECONDS = 1.0
"""So long an end waits for answers that are underway."""

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
    """Ids of the members and user groups who may change things."""
    teams: frozenset[str] = frozenset()
    """Ids of the workspaces that are answered, empty for the app's own."""
    timeout_seconds: float = 10.0
    """For one request, all told."""
    retry_seconds: float = 5.0
    """Between tries to connect, or to follow what Slack told, where Slack names no time."""


class SlackPlatform:
    """Slack as a `Platform`; the channel is Slack's id of a channel, or of a person for direct messages.

    Proxies of the environment are not used, and the SDK's retries are off: it would repeat a post that may
    have arrived. Without `books` it posts and hears nothing.
    """

    name = "slack"

    def __init__(
        self,
        policy: SlackPolicy,
        commands: Sequence[Command],
        books: Books | None = None,
        *,
        on_joined: Joined | None = None,
        clock: Clock = utc_now,
        answer_seconds: float = 60.0,
        quick_seconds: float = QUICK_SECONDS,
    ) -> None:
        """Keep what may be asked, and the book that learns whose its channels are; None for a check.

        `answer_seconds` bounds the work on an answer, `quick_seconds` that on what has to be shown at once.
        """
        self._policy = policy
        self._web = SlackWeb(policy.api_base, policy.bot_token, policy.timeout_seconds)
        self._places = Places(self._web, clock)
        self._askers = books and Askers(self._web, books, clock, managers=policy.managers, teams=policy.teams)
        named = Names(self._askers, self._places).fill if self._askers else unnamed
        self._messages = SlackMessages(self._web, clock, named)
        self._channels = (
            books
            and self._askers
            and Channels(
                self,
                self._web,
                books,
                self._askers,
                self._places,
                self._messages,
                clock,
                on_joined,
                policy.retry_seconds,
            )
        )
        self._hearing = (
            books
            and self._askers
            and Hearing(
                self._web,
                self._messages,
                self._askers,
                commands,
                books,
                clock,
                answer_seconds=answer_seconds,
                quick_seconds=quick_seconds,
                send_seconds=policy.timeout_seconds,
            )
        )
        self._served = not policy.teams
        self._closed = asyncio.Event()
        self._running = asyncio.Lock()

    async def run(self, desk: Desk) -> None:
        """Serve Slack until cancelled or closed; see `Platform.run`."""
        async with self._running:
            works = [self._serve(desk), self._notice_refusal(), self._closed.wait()]
            tasks = [asyncio.ensure_future(work) for work in works]
            try:
                ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in ended:
                    task.result()
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                if self._hearing:
                    await self._hearing.finish(_CLOSE_SECONDS)
                if self._channels:
                    await self._channels.finish()

    async def check(self) -> str:
        """Try both tokens and what they may, without opening a connection; see `Platform.check`."""
        who = await self._who()
        await self._address()
        found = f"connected to {said(who, 'team')} as {said(who, 'user')}"
        if lacks := lacking(who.headers.get("X-OAuth-Scopes")):
            raise PlatformDown(f"{found}, but the app lacks {', '.join(lacks)}; {MEND}")
        return (
            f"{found}; which events it is told of cannot be asked: where mentions or Home stay silent, {MEND}"
        )

    async def send(self, channel: str, card: Card, key: str, *, again: bool, how: How = PLAINLY) -> str:
        """Post a card and return its receipt; see `SlackMessages.send`."""
        self._refuse_unserved()
        return await self._messages.send(channel, card, key, again=again, how=how)

    async def edit(self, channel: str, receipt: str, card: Card) -> None:
        """Replace the text and blocks of a message; see `Platform.edit`."""
        self._refuse_unserved()
        await self._messages.edit(channel, receipt, card)

    async def address(self, channel: str, receipt: str) -> str | None:
        """Return the permalink of a message; see `Platform.address`.

        https://docs.slack.dev/reference/methods/chat.getPermalink.
        """
        home, _, ts = receipt.rpartition("/")
        found = await self._web.call("chat.getPermalink", channel=home or channel, message_ts=ts)
        return said(found, "permalink")

    def _refuse_unserved(self) -> None:
        """Refuse to post while it is not known that the workspace is one of those that are served."""
        if not self._served:
            raise SendError(
                "Slack has not said yet that its workspace is one of slack.teams", permanent=False
            )

    async def place(self, channel: str) -> Place | None:
        """Return what Slack says of a channel; see `Platform.place`."""
        return await self._places.of(channel)

    async def elsewhere(
        self,
        workspace: str,  # noqa: ARG002 - Platform
        channel: str,
        person: str | None,
        subscribed: Sequence[str],
    ) -> Sequence[str]:
        """Return where a broken channel can be told of: a message to a person's id is a direct one.

        The others are not asked about first: what cannot be posted there is not taken, and the next is tried.
        """
        named = [each.partition(":")[2] for each in (*([person] if person else []), *subscribed)]
        return [each for each in named if each and each != channel]

    async def close(self) -> None:
        """End `run`, and wait until it has let go; see `Platform.close`."""
        self._closed.set()
        async with self._running:
            pass

    # ---- staying up ----------------------------------------------------------------------------------

    async def _serve(self, desk: Desk) -> None:
        """Learn who we are, and stay connected.

        Raises:
            PlatformDown: only a change of the settings can help.

        """
        who = await self._known()
        app = bolt_app(self._policy.api_base, self._policy.bot_token, who)
        if self._hearing:
            self._hearing.listen(app, desk)
        self._places.belong(said(who, "team_id"))
        if self._askers:
            self._askers.belong(said(who, "team_id"), str(who.get("enterprise_id") or ""))
        if self._channels:
            self._channels.listen(app, who)

        async def hear(envelope: Envelope) -> dict[str, object] | None:
            return await hand_on(app, envelope)

        async def attended() -> None:
            if self._channels:
                await self._channels.catch_up()

        await Sockets(self._address, hear, attended, self._policy.retry_seconds).run()

    async def _known(self) -> AsyncSlackResponse:
        """Return who we are, however long it takes to learn that."""
        while True:
            try:
                who = await self._who()
                log.info(
                    "connecting to %s (%s) as %s", said(who, "team"), said(who, "team_id"), said(who, "user")
                )
            except SendError as error:
                pause = error.retry_after or self._policy.retry_seconds
                log.warning("not connected: %s; next try in %.0f seconds", error, pause)
                await asyncio.sleep(pause)
            else:
                return who

    async def _notice_refusal(self) -> None:
        """Go down where Slack refuses the bot's token while we run, and wait otherwise.

        Raises:
            PlatformDown: it does.

        """
        while True:
            await self._web.token_refused.wait()
            self._web.token_refused.clear()
            await self._known()

    async def _who(self) -> AsyncSlackResponse:
        try:
            who = await self._web.call("auth.test")
        except Refused as error:
            raise (bot_token_refused(error.code) or error) from None
        team, teams = said(who, "team_id"), self._policy.teams
        self._served = not teams or not teams.isdisjoint({team, who.get("enterprise_id")})
        if not self._served:
            raise not_served(team)
        return who

    async def _address(self) -> str:
        """Return the address of a new Socket Mode connection; it can be used once."""
        try:
            opened = await self._web.call("apps.connections.open", app_token=self._policy.app_token)
        except Refused as error:
            raise (app_token_refused(error.code) or error) from None
        return said(opened, "url")
