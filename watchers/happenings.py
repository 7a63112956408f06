"""The events, alerts and figures that the stories of one visit are decided against."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from claims.independence import sighted
from claims.matching.events import WINDOW, event_id
from claims.matching.meaning import Vector
from claims.model import (
    Alert,
    Claim,
    Decision,
    Event,
    Member,
    Outcome,
    Reason,
    Sighting,
    Silence,
    Stance,
    Update,
)
from claims.store import Store
from claims.vectors import Vectors

Group = Callable[[Member, Sequence[Event], Mapping[str, Vector] | None], Event | None]
"""Finds the event that a story joins; see `claims.matching.matcher.Matcher.group`."""
Decide = Callable[
    [Member, Event, Alert | None, Mapping[str, Claim], Mapping[str, tuple[Sighting, ...]], datetime], Decision
]
"""See `claims.alerting.decide`."""


class Happenings:
    """What is known when a story is decided; each story that is settled is known to the next."""

    def __init__(
        self,
        group: Group,
        events: Iterable[Event] = (),
        alerts: Mapping[str, Alert] | None = None,
        sightings: Mapping[str, tuple[Sighting, ...]] | None = None,
        vectors: Mapping[str, Vector] | None = None,
    ) -> None:
        self._group = group
        self._events = {event.id: event for event in events}
        self._alerts = dict(alerts or {})
        self._sightings = dict(sightings or {})
        self._vectors = vectors or {}

    @classmethod
    async def around(
        cls, members: Sequence[Member], store: Store, vectors: Vectors, group: Group
    ) -> "Happenings":
        """Load what these stories may join, bear on or repeat; a backlog, never told, repeats nothing."""
        relevant = [member for member in members if member.reading.relevant]
        if not relevant:
            return cls(group)
        events: dict[str, Event] = {}
        for since, until in spans([member.story.at for member in relevant], WINDOW):
            events |= {event.id: event for event in await store.events_between(since, until)}
        news = (member.reading for member in relevant if not member.story.backlog)
        claim_ids = {link.claim_id for reading in news for link in reading.evidence}
        near = (known for event in events.values() for known in event.members)
        return cls(
            group,
            events.values(),
            await store.alerts(events.keys()),
            await store.sightings(claim_ids),
            await vectors.of(member.story for member in (*relevant, *near)),
        )

    def place(self, member: Member) -> str:
        """Return the id of the event that a relevant story joins or opens, without deciding on it."""
        event = self._joined(member)
        self._events[event.id] = event
        return event.id

    def settle(self, member: Member, decide: Decide, claims: Mapping[str, Claim], now: datetime) -> Outcome:
        """Decide what becomes of a story: a relevant one joins or opens an event, told or not."""
        if not member.reading.relevant:
            return Outcome(member, Silence(Reason.BACKLOG if member.story.backlog else Reason.IRRELEVANT))
        event = self._joined(member)
        decision = decide(member, event, self._alerts.get(event.id), claims, self._sightings, now)
        # Only what was decided is known to the next story.
        self._events[event.id] = event
        if isinstance(decision, Alert):
            self._alerts[event.id] = decision
        elif isinstance(decision, Update):
            self._alerts[event.id] = decision.alert
        for claim_id, sighting in _sighted(member):
            self._sightings[claim_id] = (*self._sightings.get(claim_id, ()), sighting)
        return Outcome(member, decision, event.id)

    def _joined(self, member: Member) -> Event:
        own = event_id(member.story)
        joined = self._group(member, list(self._events.values()), self._vectors)
        joined = joined or self._events.get(own, Event(own, ()))
        return replace(joined, members=(*joined.members, member))


def spans(moments: Iterable[datetime], reach: timedelta) -> list[tuple[datetime, datetime]]:
    """Return the spans of time within `reach` of any of these moments, oldest first, none overlapping."""
    found: list[tuple[datetime, datetime]] = []
    for moment in sorted(moments):
        since, until = moment - reach, moment + reach
        if found and since <= found[-1][1]:
            since = found.pop()[0]
        found.append((since, until))
    return found


def _sighted(member: Member) -> Iterable[tuple[str, Sighting]]:
    """Return what `claims.store.ClaimBook.sightings` will say of a story once it is kept."""
    story, reading = member.story, member.reading
    for link in reading.evidence:
        if link.stance is Stance.SUPPORTS and not link.suggested:
            for figure in reading.figures:
                yield link.claim_id, sighted(figure, story)
