"""What happened to a claim: who supported, disputed or denied it when, happening by happening. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from claims.governments import by_government
from claims.independence import Tally, Who, is_party, outlet, speaker, tally
from claims.model import Alert, Claim, FigureChange, Member, Stance, Story
from claims.sooner import since
from claims.voice import voice


class Side(StrEnum):
    """What a happening says of a claim."""

    SUPPORTS = "supports"
    DISPUTES = "disputes"
    DENIES = "denies"
    """A party to the matter says that it is not so; of a denial, whoever says so disputes it."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one happening did to a claim: its stories of one side."""

    event_id: str | None
    at: datetime
    """When the first of them came out."""
    side: Side
    story: Story
    """The first of them."""
    by: str
    """Who says so: the root of its origin, else its outlet."""
    tally: Tally
    change: FigureChange | None = None
    """The number that moved with it."""
    members: tuple[Member, ...] = ()
    """Its stories, oldest first, then by id."""

    @property
    def day(self) -> date:
        """Return its day, UTC."""
        return self.at.date()


def timeline(
    claim: Claim,
    told: Iterable[tuple[Member, str | None]],
    alerts: Mapping[str, Alert],
    denials: Collection[Claim] = (),
    who: Who | None = None,
) -> tuple[Step, ...]:
    """Return what happened to a claim, oldest first, then by event.

    A happening of which some stories support it and others dispute it is a step of either side. Stories that
    speak of it in passing, or are only suggested for it, are left out; so are those that dispute something
    older than it (`claims.sooner`).

    Args:
        claim: the claim.
        told: stories with the ids of their events, in any order.
        alerts: those of these events, by event id.
        denials: the claims that answer it with a denial, which stories may recall.
        who: whom names mean, so that bodies of one government count once; None where nobody counts.

    """
    sides: dict[tuple[str, Side], list[Member]] = {}
    events: dict[str, str | None] = {}
    for member, event_id in sorted(told, key=lambda pair: (pair[0].story.at, pair[0].story.id)):
        side = _side(claim, member)
        if side is not None:
            key = event_id or member.story.id
            sides.setdefault((key, side), []).append(member)
            events[key] = event_id
    return tuple(
        _step(claim, denials, events[key], side, members, alerts.get(key), who)
        for (key, side), members in sorted(
            sides.items(), key=lambda pair: (pair[1][0].story.at, pair[0][0], pair[0][1])
        )
    )


def _side(claim: Claim, member: Member) -> Side | None:
    links = (e for e in member.reading.evidence if e.claim_id == claim.id and not e.suggested)
    stance = next((link.stance for link in links), None)
    if stance is Stance.SUPPORTS:
        return Side.SUPPORTS
    if stance is Stance.DISPUTES and member.story.at.date() >= since(claim):
        return Side.DENIES if is_party(member) and not claim.denial else Side.DISPUTES
    return None


def _step(
    claim: Claim,
    denials: Collection[Claim],
    event_id: str | None,
    side: Side,
    members: Sequence[Member],
    alert: Alert | None,
    who: Who | None,
) -> Step:
    first = members[0]
    speaking = [each for each in members if voice(each, claim, denials) == speaker(each)]
    named = min(speaking, key=lambda each: each.reading.origin is None, default=None)
    change = alert.change if alert and alert.change and alert.change.claim_id == claim.id else None
    return Step(
        event_id=event_id,
        at=first.story.at,
        side=side,
        story=first.story,
        by=speaker(named) if named else outlet(first.story),
        tally=tally(by_government(members, who) if who else members),
        change=change if side is Side.SUPPORTS else None,
        members=tuple(members),
    )
