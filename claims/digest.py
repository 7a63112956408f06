"""A day in short: what moved for each claim, what else happened, and which feeds are in trouble."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.candidates import Untracked, candidates
from claims.feeds import FeedStatus
from claims.independence import tally
from claims.model import Alert, Claim, Event, FigureChange, Member, Stance
from claims.outgoing import Activity, Digest, Held
from claims.subscriptions import Subscription
from claims.wanting import follows, follows_all, suits


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
    held: tuple[Held, ...] = ()
    """Alerts that waited for this digest, the first first."""

    @property
    def moved(self) -> tuple[ClaimDay, ...]:
        """Return the days of the claims for which something changed."""
        return tuple(day for day in self.days if day.moved)


@dataclass(frozen=True, slots=True)
class _Happening:
    event: Event
    alert: Alert | None
    fresh: tuple[Member, ...]
    """The stories seen in the span of the digest that are wanted there."""
    stances: frozenset[Stance]
    """Those towards a claim that are wanted; empty for any."""

    def bears_on(self, claim_id: str) -> bool:
        found = self._stances(claim_id)
        return bool(found & self.stances if self.stances else found - {Stance.BACKGROUND})

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


def summarise(
    activity: Activity,
    claims: Sequence[Claim],
    digest: Digest,
    wanted: Subscription,
    held: Sequence[Held] = (),
) -> Summary:
    """Return the day by claim.

    Args:
        activity: what the span of the digest brought.
        claims: the register, in its order.
        digest: gives the span.
        wanted: what it is to tell of; `least`, which is for alerts, leaves nothing out here.
        held: the alerts that waited for it.

    """
    alerts = {alert.event_id: alert for alert in activity.alerts}
    register = {claim.id: claim for claim in claims}
    told = (_happening(event, alerts.get(event.id), digest, wanted, register) for event in activity.events)
    happenings = [happening for happening in told if happening.fresh]
    followed = [claim for claim in claims if follows(wanted, claim)]
    claimed: list[_Happening] = []
    others: list[_Happening] = []
    for happening in happenings:
        if any(happening.bears_on(claim.id) for claim in followed):
            claimed.append(happening)
        elif follows_all(wanted) and not wanted.stances:
            others.append(happening)
    untracked = candidates(happening.event for happening in others)
    offered = {each.event.id for each in untracked}
    return Summary(
        happenings=len(claimed) + len(others),
        stories=sum(len(h.fresh) for h in (*claimed, *others)),
        days=tuple(_days(followed, claimed)),
        others=tuple(h.event for h in others if h.event.id not in offered),
        troubled=activity.troubled,
        candidates=untracked,
        held=tuple(held),
    )


def _happening(
    event: Event, alert: Alert | None, digest: Digest, wanted: Subscription, register: Mapping[str, Claim]
) -> _Happening:
    links = alert.links if alert else ()
    borne = [(link, register[link.claim_id]) for link in links if link.claim_id in register]
    fresh = [
        m
        for m in event.members
        if digest.since < m.story.seen_at <= digest.until and not m.story.backlog and suits(wanted, m, borne)
    ]
    return _Happening(event, alert, tuple(fresh), wanted.stances or frozenset())


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
