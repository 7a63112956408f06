"""How people ask the bot something on the Slack on loopback, whatever it is: as their Slack lets them.

Each act returns what that person sees once they see it. What Slack would not let them do raises `NotOffered`.
"""

from collections.abc import Callable
from typing import Any

from tests.support.discord_asking import NotOffered
from tests.support.slack_http import Json
from tests.support.slack_manifest import Manifest
from tests.support.slack_payloads import event_of
from tests.support.slack_places import READER, TEAM, Channel, Kind, Member
from tests.support.slack_seen import Seen
from tests.support.slack_sockets import SlackSockets
from tests.support.witness import PATIENCE

__all__ = ["NotOffered", "SlackAsking"]

_ASKED = ("type", "text", "actions", "callback_id", "event")
INTERACTIVE, EVENTS = "interactive", "events_api"


class SlackAsking(SlackSockets):
    """What commands, controls and events have in common; `by` is a member's id, by default a plain reader."""

    def __init__(self, *tokens: str, **changes: Any) -> None:
        super().__init__(*tokens, **changes)
        self.app: Manifest | None = None
        """What the app is set up for; without it, for everything."""
        self._latest: dict[str, Seen] = {}
        """By person."""

    def _member(self, by: str) -> Member:
        member = self.members.get(by)
        if member is None or member.deleted:
            raise NotOffered(f"there is no {by}")
        return member

    def _place(self, channel: str, by: str) -> Channel:
        """Return a channel that somebody sees."""
        place, member = self.channels.get(channel), self._member(by)
        joined = place is not None and (by in place.members or by == place.person)
        open_to = place is not None and place.kind is Kind.PUBLIC and member.team == TEAM
        if place is None or not (joined or (open_to and not member.guest and not member.lone)):
            raise NotOffered(f"{member.name} does not see channel {channel}")
        return place

    def _open_place(self, channel: str, by: str) -> Channel:
        """Return a channel in which somebody can write."""
        place = self._place(channel, by)
        if place.archived:
            raise NotOffered(f"channel {channel} is archived")
        return place

    def _looker(self, shown: Json) -> str:
        """Return whoever sees a message or view that a single person sees, or else a reader."""
        return str(shown.get("to") or ("hash" in shown and shown["user"]) or READER)

    def _still_there(self, shown: Json, by: str) -> None:
        """Check that somebody has a message or view before them."""
        if "hash" in shown:
            stack = self.modals.stacks.get(by, [])
            if shown is not self.modals.homes.get(by) and not (stack and shown is stack[-1]):
                raise NotOffered(f"{by} does not have this view before them")
            return
        if shown.get("to", by) != by:
            raise NotOffered(f"{by} does not see what {shown['to']} was told")
        if not any(shown is kept for kept in (*self.messages, *self.ephemeral)):
            raise NotOffered("the message is gone")
        self._place(shown["channel"], by)

    async def _tell(
        self,
        seen: Seen,
        kind: str,
        payload: Json,
        *,
        holds: Callable[[], object] | None = None,
        patience: float = PATIENCE,
        **delivered: Any,
    ) -> Seen:
        """Send an envelope, and wait until its person sees something, or for what holds then."""
        if before := self._latest.get(seen.by):
            before.end()
        self._latest[seen.by] = seen
        seen.sent = await self.deliver(kind, payload, **delivered)
        try:
            await self.until(holds or (lambda: seen.shows), patience)
        except TimeoutError:
            asked = {key: payload[key] for key in _ASKED if key in payload}
            self.breach(f"{kind} of {seen.by} was never answered: {asked}")
            raise
        return seen

    def _event(self, event: Json, place: Channel | None = None) -> Json:
        """Return the payload of an event that the person waits for.

        Raises:
            NotOffered: the app is not told of such.

        """
        if not self._subscribed(event):
            raise NotOffered(f"the app does not subscribe to {event['type']}")
        shared = place is not None and place.shared
        return event_of(event, self.number(), self.now(), shared=shared)

    async def _hears(self, event: Json, place: Channel | None = None) -> None:
        """Tell the bot, if it is told of such, of an event after which it may do something or nothing."""
        if self._subscribed(event):
            await self.deliver(EVENTS, self._event({**event, "event_ts": self.stamp()}, place))

    def _subscribed(self, event: Json) -> bool:
        return self.app is None or event["type"] in self.app.events
