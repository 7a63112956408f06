"""What Slack tells of channels and of the app: those that come and go, and where the bot may post again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.mending import Books, Mender
from bot.platforms import PLAINLY, Joined, Platform, SendError
from bot.platforms.slack_answers import said
from bot.platforms.slack_askers import Askers
from bot.platforms.slack_messages import SlackMessages
from bot.platforms.slack_places import Places
from bot.platforms.slack_refusals import DELETED, HIDDEN, UNINSTALLED
from bot.platforms.slack_web import SlackWeb
from claims.clock import Clock
from claims.subscriptions import Subscription

_CHANGES = (
    "channel_archive",
    "channel_left",
    "channel_rename",
    "channel_unarchive",
    "group_archive",
    "group_left",
    "group_rename",
    "group_unarchive",
)
_ENDS = ("channel_deleted", "group_deleted")
_REMOVALS = ("app_uninstalled", "tokens_revoked")
_GROUPS = ("subteam_members_changed", "subteam_updated")
EVENTS = (*_CHANGES, *_ENDS, *_REMOVALS, *_GROUPS, "member_joined_channel", "user_change")
"""What the app has to be told of (https://docs.slack.dev/reference/events)."""

_CHANNEL = ("slack:C", "slack:G")
"""What destinations begin with that are channels
(https://docs.slack.dev/reference/objects/conversation-object)."""
_LAST_SECONDS = 1.0
"""For what is underway at the end."""

Event = Mapping[str, Any]
"""The inner event (https://docs.slack.dev/apis/events-api#events-dispatched-as-json)."""
Handler = Callable[[Event], Awaitable[None]]

log = logging.getLogger(__name__)


class Channels:
    """Hears of channels, and changes what is kept of them in turn; outlasts the apps that it listens to."""

    def __init__(
        self,
        platform: Platform,
        web: SlackWeb,
        books: Books,
        askers: Askers,
        places: Places,
        messages: SlackMessages,
        clock: Clock,
        on_joined: Joined | None,
        retry_seconds: float,
    ) -> None:
        """Keep what channels want, who pauses it, and where one is told of it.

        After `retry_seconds` it is tried again where Slack names no time.
        """
        self._retry_seconds = retry_seconds
        self._platform, self._web = platform, web
        self._books, self._mender = books, Mender(books, clock)
        self._askers, self._places, self._messages = askers, places, messages
        self._clock, self._on_joined = clock, on_joined
        self._us = self._workspace = self._name = ""
        self._listening = False
        self._turn = asyncio.Lock()
        self._underway: set[asyncio.Future[None]] = set()

    @property
    def handlers(self) -> Mapping[str, Handler]:
        """Return what is to be called for each of `EVENTS`."""
        return {
            **dict.fromkeys(_CHANGES, self._changed),
            **dict.fromkeys(_ENDS, self._deleted),
            **dict.fromkeys(_REMOVALS, self._removed),
            **dict.fromkeys(_GROUPS, self._group),
            "member_joined_channel": self._joined,
            "user_change": self._person,
        }

    def listen(self, app: AsyncApp, who: AsyncSlackResponse) -> None:
        """Hear what comes to an app; `who` is what `auth.test` says of us."""
        self._listening = True
        self._us, self._name = said(who, "user_id"), said(who, "team")
        self._workspace = f"slack:{said(who, 'team_id')}"

        def heard(handler: Handler) -> Callable[[Event], Awaitable[None]]:
            async def begin(event: Event) -> None:
                if not self._listening:
                    return  # bolt begins it later than it acknowledges it
                task = asyncio.ensure_future(self._handle(handler, event))
                self._underway.add(task)
                task.add_done_callback(self._underway.discard)

            return begin

        for kind, handler in self.handlers.items():
            app.event(kind)(heard(handler))

    async def finish(self) -> None:
        """Hear nothing new, let what is underway come to its end for a moment, and break off the rest."""
        self._listening = False
        if self._underway:
            _ended, late = await asyncio.wait(self._underway, timeout=_LAST_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def catch_up(self) -> None:
        """Look what may have happened while nobody listened."""
        try:
            async with self._turn:
                await self._seen()
                ours = await self._ours()
            for wanted in ours:
                await self._look(wanted.destination.partition(":")[2])
        except Exception:
            log.exception("the channels of %s could not all be looked at", self._workspace)

    # ---- what is told --------------------------------------------------------------------------------

    async def _handle(self, handler: Handler, event: Event) -> None:
        try:
            await handler(event)
        except SendError as error:
            log.warning("event not followed type=%s error=%s", event.get("type"), error)
        except Exception:
            log.exception("event surprised type=%s", event.get("type"))

    async def _changed(self, event: Event) -> None:
        """Look whether the bot may post in a channel by now, and who may know of it."""
        self._places.forget(_channel(event))
        self._askers.memberships.forget()
        await self._look(_channel(event))

    async def _deleted(self, event: Event) -> None:
        self._places.forget(_channel(event))
        async with self._turn:
            await self._mender.broken(self._platform, f"slack:{_channel(event)}", DELETED)

    async def _joined(self, event: Event) -> None:
        """Go on where the bot was invited again, and greet the workspace where it is new."""
        if event.get("user") != self._us:
            return
        await self._changed(event)
        channel, inviter = _channel(event), str(event.get("inviter") or "")
        await self._patiently("greet", partial(self._greet, channel, inviter))

    async def _removed(self, event: Event) -> None:
        """Pause what the workspace wants until the app is installed again; all that people typed is kept.

        `tokens_revoked` also tells of tokens of people, which are not ours.
        """
        revoked = event.get("tokens") or {}
        if event.get("type") == "tokens_revoked" and self._us not in (revoked.get("bot") or ()):
            return
        async with self._turn:
            for wanted in await self._ours():
                await self._mender.pause(wanted, UNINSTALLED)
            known = await self._books.workspace(self._workspace)
            await self._books.keep_workspace(replace(known, left_at=self._clock()))
        self._web.token_refused.set()  # whoever runs the bot learns it, and that it takes a new token

    async def _group(self, event: Event) -> None:
        """Ask of a user group again, and have no channel mention one that is gone."""
        changed = event.get("subteam") or {}
        ident = str(changed.get("id") or event.get("subteam_id") or "")
        self._askers.forget(ident)
        self._places.forget_groups()
        if changed.get("date_delete"):
            async with self._turn:
                await self._mender.unrole(self._workspace, ident)

    async def _person(self, event: Event) -> None:
        self._askers.forget(str((event.get("user") or {}).get("id") or ""))

    # ---- what is done --------------------------------------------------------------------------------

    async def _ours(self, channel: str | None = None) -> list[Subscription]:
        """Return what the team's channels want, or one of them."""
        kept = await self._books.subscriptions(self._workspace)
        return [each for each in kept if channel is None or each.destination == f"slack:{channel}"]

    async def _seen(self) -> None:
        """Know the workspace, its channels and its name."""
        kept = await self._books.subscriptions()
        ours = [each.destination for each in kept if each.destination.startswith("slack:")]
        await self._books.place(ours, self._workspace)
        known = await self._books.workspace(self._workspace)
        welcomed_at = None if known.left_at is not None else known.welcomed_at
        now = replace(known, name=self._name, left_at=None, welcomed_at=welcomed_at)
        if now != known:
            await self._books.keep_workspace(now)

    async def _look(self, channel: str) -> None:
        """Look at a channel: only what another try cannot change leaves it as it is."""

        async def look() -> None:
            for wanted in await self._ours(channel):
                await self._match(wanted)

        try:
            await self._patiently(f"look at {channel}", look)
        except SendError as error:
            log.warning("not looked at channel=%s error=%s", channel, error)

    async def _patiently(self, what: str, work: Callable[[], Awaitable[None]]) -> None:
        """Do work in turn, again after each passing trouble; what else is told does not wait for that.

        Nobody would tell of it a second time.

        Raises:
            SendError: another try cannot help.

        """
        tries = 0
        while True:
            try:
                async with self._turn:
                    return await work()
            except SendError as error:
                if error.permanent:
                    raise
                tries += 1
                log.log(logging.DEBUG if tries > 1 else logging.WARNING, "tried again: %s (%s)", what, error)
                pause = error.retry_after or self._retry_seconds
            await asyncio.sleep(pause)

    async def _match(self, wanted: Subscription) -> None:
        """Pause a channel where the bot may not post, and have it go on where it was paused for that."""
        why = ""
        if wanted.destination.startswith(_CHANNEL):  # direct messages are never shut
            place = await self._places.of(wanted.destination.partition(":")[2], anew=True)
            why = place.shut if place else HIDDEN
        if why:
            await self._mender.broken(self._platform, wanted.destination, why)
        else:
            await self._mender.mended(wanted)

    async def _greet(self, channel: str, inviter: str) -> None:
        """Greet a workspace that is new to us or has installed us again, once, where the bot was invited.

        One that is subscribed was greeted before welcomes were noted.
        """
        known = await self._books.workspace(self._workspace)
        if self._on_joined is None or known.welcomed_at is not None or not self._askers.served:
            return
        if known.greeting is None and await self._ours():
            return
        language = known.speaks or (await self._askers.language(inviter) if inviter else None)
        destination = f"slack:{channel}"
        card = await self._on_joined(self._workspace, self._name, language, destination)
        if card is None:
            return
        # `again`, since whoever was greeted just before a crash is not noted as such; who is back may still
        # have the first greeting there.
        key = f"welcome {self._workspace} {known.greeting or ''}".rstrip()
        receipt = await self._messages.send(channel, card, key, again=True, how=PLAINLY)
        known = await self._books.workspace(self._workspace)  # people may have changed it meanwhile
        greeted = replace(known, welcomed_at=self._clock(), greeting=f"{destination}/{receipt}")
        await self._books.keep_workspace(greeted)


def _channel(event: Event) -> str:
    """Return the id of the channel of an event, which some carry as an object."""
    channel = event.get("channel")
    return str(channel.get("id") if isinstance(channel, dict) else channel)
