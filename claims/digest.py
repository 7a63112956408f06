"""A day in short: what moved for each claim, what else happened, and which feeds are in trouble."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.candidates import Untracked, candidates
from claims.feeds import FeedStatus
from claims.independence import tally
from claims.model import Alert, Claim, Event, FigureChange, Member, Stance
from claims.outgoing import Activity, Digest


@dataclass(frozen=True, slots=True)
class ClaimDay:
    """What the day brought for one claim."""

    claim: Claim
    happenings: int
    outlets: int
    """Told by so many outlets, all happenings together."""
    changes: tuple[FigureChange, ...] = ()
    """Numbers that moved, oldest first."""
    denials: tuple[str, ...] = ()
    """Headlines of what disputes it or, where it is itself a denial, repeats it; oldest first."""

    @property
    def moved(self) -> bool:
        """Return whether anything changed, beyond being told again."""
        return bool(self.changes or self.denials)


@dataclass(frozen=True, slots=True)
class Summary:
    """The stuff of a digest card."""

    happenings: int
    stories: int
    days: tuple[ClaimDay, ...] = ()
    """Claims that something bore on, in the order of the register."""
    others: tuple[Event, ...] = ()
    """Happenings that bear on no claim and are no candidates, oldest first; left out where a digest names its
    claims."""
    troubled: tuple[FeedStatus, ...] = ()
    """Feeds that fail now, are gone or silent, by title."""
    candidates: tuple[Untracked, ...] = ()
    """Happenings that fit no claim and that several families tell, newest first; left out as `others` are."""

    @property
    def moved(self) -> tuple[ClaimDay, ...]:
        """Return the days of the claims for which something changed."""
        return tuple(day for day in self.days if day.moved)


@dataclass(frozen=True, slots=True)
class _Happening:
    event: Event
    alert: Alert | None
    fresh: tuple[Member, ...]
    """The stories seen in the span of the digest."""

    def bears_on(self, claim_id: str) -> bool:
        return any(stance is not Stance.BACKGROUND for stance in self._stances(claim_id))

    def denies(self, claim: Claim) -> bool:
        return (Stance.SUPPORTS if claim.denial else Stance.DISPUTES) in self._stances(claim.id)

    def _stances(self, claim_id: str) -> set[Stance]:
        """Return the stances towards a claim, those left out that are only suggested."""
        links = (e for m in self.fresh for e in m.reading.evidence if not e.suggested)
        return {e.stance for e in links if e.claim_id == claim_id}

    def change(self, claim_id: str) -> FigureChange | None:
        """Return the number that moved, if a story of this span was the first of the event to say it."""
        change = self.alert.change if self.alert else None
        if change is None or change.claim_id != claim_id:
            return None
        first = next((m for m in self.event.members if _says(m, change)), None)
        return change if first in self.fresh else None

    @property
    def headline(self) -> str:
        return self.alert.headline if self.alert else self.event.members[0].story.title


def summarise(activity: Activity, claims: Sequence[Claim], digest: Digest) -> Summary:
    """Return the day by claim.

    Args:
        activity: what the span of the digest brought.
        claims: the register, in its order.
        digest: gives the span, and the claims it is about (None for all of them, and for what bears on none).

    """
    alerts = {alert.event_id: alert for alert in activity.alerts}
    happenings = [h for event in activity.events if (h := _happening(event, alerts, digest)).fresh]
    wanted = [c for c in claims if digest.claims is None or c.id in digest.claims]
    claimed: list[_Happening] = []
    others: list[_Happening] = []
    for happening in happenings:
        if any(happening.bears_on(claim.id) for claim in wanted):
            claimed.append(happening)
        elif digest.claims is None:
            others.append(happening)
    untracked = candidates(happening.event for happening in others)
    offered = {each.event.id for each in untracked}
    return Summary(
        happenings=len(claimed) + len(others),
        stories=sum(len(h.fresh) for h in (*claimed, *others)),
        days=tuple(_days(wanted, claimed)),
        others=tuple(h.event for h in others if h.event.id not in offered),
        troubled=activity.troubled,
        candidates=untracked,
    )


def _happening(event: Event, alerts: Mapping[str, Alert], digest: Digest) -> _Happening:
    fresh = [
        m for m in event.members if digest.since < m.story.seen_at <= digest.until and not m.story.backlog
    ]
    return _Happening(event, alerts.get(event.id), tuple(fresh))


def _days(claims: Sequence[Claim], happenings: Sequence[_Happening]) -> Iterator[ClaimDay]:
    for claim in claims:
        bearing = [h for h in happenings if h.bears_on(claim.id)]
        if bearing:
            yield ClaimDay(
                claim=claim,
                happenings=len(bearing),
                outlets=len(tally([m for h in bearing for m in h.fresh]).outlets),
                changes=tuple(change for h in bearing if (change := h.change(claim.id))),
                denials=tuple(h.headline for h in bearing if h.denies(claim)),
            )


def _says(member: Member, change: FigureChange) -> bool:
    now = (change.now.unit, change.now.low, change.now.high)
    return any((f.unit, f.low, f.high) == now for f in member.reading.figures)
