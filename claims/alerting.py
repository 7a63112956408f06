"""Whether a story is told, and as what: pure decisions, always with a reason."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from claims.independence import outlet, tally
from claims.matching.figures import like
from claims.model import (
    LOOSE_UNITS,
    Alert,
    Claim,
    Decision,
    Direction,
    Event,
    Evidence,
    Figure,
    FigureChange,
    Member,
    Reading,
    Reason,
    Sighting,
    Silence,
    Stance,
    Update,
)
from claims.text import fold


def alert_key(event_id: str) -> str:
    """Return the key of the one alert of an event: deciding twice says it once."""
    return f"alert:{event_id}"


def decide(
    member: Member,
    event: Event,
    alert: Alert | None,
    claims: Mapping[str, Claim],
    sightings: Mapping[str, tuple[Sighting, ...]],
    now: datetime,
) -> Decision:
    """Decide what becomes of a story.

    Args:
        member: the story with its reading.
        event: the event it belongs to, with the story already in it.
        alert: the alert that this event has, if any.
        claims: the register, by id.
        sightings: for each claim the figures that earlier stories gave for it, oldest first.
        now: when it is decided.

    Returns:
        an `Alert` for the first telling of an event, an `Update` where a told alert should read otherwise
        now (an outlet joined, a number moved, another claim is touched, somebody denies, or it was withdrawn
        and a story bears it out after all), else a `Silence`. Its lead, its number and its headline are never
        those of one workspace's own claim where it bears on everybody's too.

    """
    reading = member.reading
    if member.story.backlog:
        return Silence(Reason.BACKLOG)
    if not reading.relevant:
        return Silence(Reason.IRRELEVANT)
    strong = [e for e in reading.evidence if e.stance is not Stance.BACKGROUND and e.claim_id in claims]
    links = shared_first((e for e in strong if not e.suggested), claims)
    if not links:
        return Silence(_unlinked(reading, strong))

    change = figure_change(reading, links, claims, sightings)
    change = change and replace(change, told_by=_told_by(change, member, event, alert))
    reason = told_as(links, claims, moved=change is not None)
    if alert is None or alert.reason is Reason.WITHDRAWN:
        told = Alert(
            key=alert_key(event.id),
            event_id=event.id,
            reason=reason,
            headline=member.story.title,
            links=links,
            raised_at=now,
            change=change,
        )
        return told if alert is None else Update(reworded(alert, told), reason)
    return _update(member, event, alert, claims, links, change, reason)


def told_as(links: Iterable[Evidence], claims: Mapping[str, Claim], *, moved: bool) -> Reason:
    """Return as what links to claims are told; `moved` says that there is a number too."""
    if any(link.stance is Stance.DISPUTES or _is_denial(link.claim_id, claims) for link in links):
        return Reason.DENIAL
    return Reason.NEW_FIGURE if moved else Reason.NEW_EVENT


def shared_first(links: Iterable[Evidence], claims: Mapping[str, Claim]) -> tuple[Evidence, ...]:
    """Return links in their order, but those to one workspace's own claims after those to everybody's."""
    return tuple(sorted(links, key=lambda link: _is_own(link.claim_id, claims)))


def _is_denial(claim_id: str, claims: Mapping[str, Claim]) -> bool:
    return claim_id in claims and claims[claim_id].denial


def _is_own(claim_id: str, claims: Mapping[str, Claim]) -> bool:
    """Say whether a claim is one workspace's own; one that is unknown is taken for everybody's."""
    return claim_id in claims and claims[claim_id].workspace is not None


def retell(
    event: Event,
    known: Sequence[Mapping[str, tuple[Sighting, ...]]],
    claims: Mapping[str, Claim],
    now: datetime,
) -> tuple[Alert | None, tuple[Reason, ...]]:
    """Decide again on each story of an event, in their order, as if none were told yet.

    So an event that a person corrected reads as it would, had it been read that way from the start.

    Args:
        event: the event.
        known: for each of its members the sightings that `decide` takes.
        claims: the register, by id; retired ones included.
        now: when it is decided.

    Returns:
        The alert as the last of them leaves it, and the reason of each decision.

    """
    alert: Alert | None = None
    reasons: list[Reason] = []
    for count, (member, sightings) in enumerate(zip(event.members, known, strict=True), start=1):
        so_far = replace(event, members=event.members[:count])
        decision = decide(member, so_far, alert, claims, sightings, now)
        reasons.append(decision.reason)
        match decision:
            case Alert():
                alert = decision
            case Update(alert=updated):
                alert = updated
            case Silence():
                pass
    return alert, tuple(reasons)


def reworded(kept: Alert, told: Alert | None) -> Alert:
    """Return the next revision of a kept alert that is now told so, or is withdrawn where it is not told.

    It is the same message to the same people: its key and its moment stay. What was corrected in it is of
    no interest any more once it is withdrawn, or told anew after that.
    """
    now = told or replace(kept, reason=Reason.WITHDRAWN, links=(), change=None)
    return replace(
        now,
        key=kept.key,
        raised_at=kept.raised_at,
        revision=kept.revision + 1,
        correction=kept.correction if bool(told) == bool(kept.links) else None,
    )


def figure_change(
    reading: Reading,
    links: tuple[Evidence, ...],
    claims: Mapping[str, Claim],
    sightings: Mapping[str, tuple[Sighting, ...]],
) -> FigureChange | None:
    """Return the first figure of a story that says something new for a claim it supports, or None.

    Only like is compared with like (`claims.matching.figures.like`). A number that was stated before, by
    whomever, is not news. What it is set beside is the last like figure of the same body, else of any body.
    The body of the new figure is the one that the story names for it: nobody where it names none.
    """
    for link in links:
        if link.stance is not Stance.SUPPORTS:
            continue
        claim = claims[link.claim_id]
        series = (*seeded(claim), *sightings.get(claim.id, ()))
        for figure in figures_of(claim, reading):
            alike = [s for s in series if like(s.figure, figure)]
            if any((s.figure.low, s.figure.high) == (figure.low, figure.high) for s in alike):
                continue
            same_body = [s for s in alike if figure.body and fold(s.said_by) == fold(figure.body)]
            before = (same_body or alike)[-1] if alike else None
            return FigureChange(claim_id=claim.id, now=figure, before=before)
    return None


def _told_by(change: FigureChange, member: Member, event: Event, alert: Alert | None) -> str | None:
    """Return the other outlet of an event that gives the number which a story's is set beside, or None.

    It is told of the same body alone; that of a number without one is the outlet that leads the alert.
    """
    leading = {link.story_id for link in alert.links[:1]} if alert else set()
    lead = next((m for m in event.members if m.story.id in leading), member)
    before = change.before
    if before is None or before.said_by != (change.now.body or outlet(lead.story)):
        return None
    own = outlet(member.story)
    told = (m for m in event.members if m.story.id == before.story_id)
    return next((name for m in told if (name := outlet(m.story)) != own), None)


def seeded(claim: Claim) -> Iterator[Sighting]:
    """Return the figures that were stated with a claim."""
    return (Sighting(f, f.body or claim.said_by, claim.said_on) for f in claim.figures)


def figures_of(claim: Claim, reading: Reading) -> Iterator[Figure]:
    """Yield the figures of a story that count what a claim is about, in the order of the text."""
    units = claim.units
    for figure in reading.figures:
        counted = figure.unit in units or (not units and figure.unit not in LOOSE_UNITS)
        if counted and goes_its_way(claim, figure):
            yield figure


_SENT = frozenset(("containers", "shells", "missiles", "troops", "workers"))
"""What went to Russia where nobody says otherwise: who counts what came in return says so."""


def goes_its_way(claim: Claim, figure: Figure) -> bool:
    """Say whether what a figure counts may be what a claim is about: it did not go the other way."""
    went = figure.direction or (Direction.TO_RUSSIA if figure.unit in _SENT else None)
    return went is None or claim.direction in (None, went)


def _unlinked(reading: Reading, suggested: Sequence[Evidence]) -> Reason:
    if suggested:
        return Reason.SUGGESTED_ONLY
    return Reason.BACKGROUND_ONLY if reading.evidence else Reason.NO_CLAIM


def _update(
    member: Member,
    event: Event,
    alert: Alert,
    claims: Mapping[str, Claim],
    links: tuple[Evidence, ...],
    change: FigureChange | None,
    reason: Reason,
) -> Update | Silence:
    told = {e.claim_id: e.stance for e in alert.links}
    if change and alert.change and not _displaces(change, alert.change, claims):
        change = None  # the alert has one line for a number, and it is taken
    denied = {e.claim_id for e in links if _turns(e, told)}
    added = tuple(e for e in links if e.claim_id not in told or e.claim_id in denied)
    earlier = tally([m for m in event.members if m.story.id != member.story.id])
    if change:
        why = Reason.NEW_FIGURE
    elif added:
        why = reason
    elif len(tally(event.members).outlets) > len(earlier.outlets):
        why = Reason.ANOTHER_OUTLET
    else:
        return Silence(Reason.ALREADY_TOLD)
    linked = shared_first({e.claim_id: e for e in (*alert.links, *added)}.values(), claims)
    change = change or alert.change
    reads = told_as(linked, claims, moved=change is not None)
    return Update(
        replace(
            alert,
            headline=member.story.title if _comes_out(alert, linked, claims) else alert.headline,
            links=linked,
            change=change,
            reason=alert.reason if alert.reason is Reason.DENIAL else reads,
            revision=alert.revision + 1,
        ),
        why,
    )


def _displaces(change: FigureChange, kept: FigureChange, claims: Mapping[str, Claim]) -> bool:
    """Say whether a number takes the line of the kept one.

    One of the same claim does, one of everybody's that of an own, and any that of a claim that is retired.
    """
    if change.claim_id == kept.claim_id or kept.claim_id not in claims:
        return True
    return _is_own(kept.claim_id, claims) and not _is_own(change.claim_id, claims)


def _comes_out(alert: Alert, linked: Sequence[Evidence], claims: Mapping[str, Claim]) -> bool:
    """Say whether what was one workspace's alone is told to everybody now."""
    return all(_is_own(e.claim_id, claims) for e in alert.links) and not _is_own(linked[0].claim_id, claims)


def _turns(link: Evidence, told: Mapping[str, Stance]) -> bool:
    """Say whether a story disputes what its event was told to support."""
    return link.stance is Stance.DISPUTES and told.get(link.claim_id) is Stance.SUPPORTS
