"""What a workspace is shown of what is kept: its own claims and verdicts beside the shared ones. Pure.

The record holds the claims of every workspace, and the words of people that are their workspace's alone. None
of that may show elsewhere: not in a card, a list, a count or a suggestion.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from claims.model import Alert, Claim, Event, Evidence, Member, Reason, Stance
from claims.outgoing import Activity, Briefing
from claims.verdicts import Verdict, corrected
from claims.workspaces import CONSOLE


def visible(claims: Iterable[Claim], workspace: str) -> list[Claim]:
    """Return the claims that a workspace sees, in the order given; the console sees all."""
    return [claim for claim in claims if claim.workspace is None or workspace in (claim.workspace, CONSOLE)]


def hidden(register: Mapping[str, Claim], workspace: str) -> frozenset[str]:
    """Return the ids of the claims that a workspace does not see, of a register with retired ones."""
    seen = {claim.id for claim in visible(register.values(), workspace)}
    return frozenset(register.keys() - seen)


def member_seen(member: Member, hidden: Collection[str], verdicts: Sequence[Verdict] = ()) -> Member:
    """Return a story as a workspace reads it.

    Args:
        member: the story as the record has it.
        hidden: ids of the claims that the workspace does not see.
        verdicts: what the workspace's own people said of the story and what is not shared, oldest first.

    """
    reading = corrected(member.reading, verdicts) if verdicts else member.reading
    shown = tuple(link for link in reading.evidence if link.claim_id not in hidden)
    return (
        member
        if shown == member.reading.evidence
        else replace(member, reading=replace(reading, evidence=shown))
    )


def event_seen(
    event: Event, hidden: Collection[str], verdicts: Mapping[str, Sequence[Verdict]] | None = None
) -> Event:
    """Return an event whose stories are as `member_seen` has them; `verdicts` are by story."""
    said = verdicts or {}
    return replace(
        event, members=tuple(member_seen(m, hidden, said.get(m.story.id, ())) for m in event.members)
    )


def briefing_seen(
    briefing: Briefing,
    register: Mapping[str, Claim],
    hidden: Collection[str],
    verdicts: Mapping[str, Sequence[Verdict]] | None = None,
) -> Briefing:
    """Return an alert as a workspace is told it; it bears on nothing where all that it bears on is hidden.

    Args:
        briefing: the alert as the record has it.
        register: every claim by id, retired ones included.
        hidden: ids of the claims that the workspace does not see.
        verdicts: for each story what the workspace's own people said and what is not shared, oldest first.

    """
    event = event_seen(briefing.event, hidden, verdicts)
    if event == briefing.event and not any(link.claim_id in hidden for link in briefing.alert.links):
        return briefing
    links = tuple(_links(briefing.alert, event, hidden))
    alert = _told(briefing.alert, links, register)
    return Briefing(alert, event, tuple(register[link.claim_id] for link in links))


def activity_seen(activity: Activity, register: Mapping[str, Claim], hidden: Collection[str]) -> Activity:
    """Return what a span of time brought without what bears on hidden claims alone."""
    events = tuple(event_seen(event, hidden) for event in activity.events)
    alerts = []
    for alert in activity.alerts:
        links = tuple(link for link in alert.links if link.claim_id not in hidden)
        if links or not alert.links:
            alerts.append(alert if links == alert.links else _told(alert, links, register))
    return replace(activity, events=events, alerts=tuple(alerts))


def _links(alert: Alert, event: Event, hidden: Collection[str]) -> Iterable[Evidence]:
    """Yield the links of an alert as the stories of its event bear them out, the lead first."""
    borne: dict[str, list[Evidence]] = {}
    for member in event.members:
        for link in member.reading.evidence:
            if not link.suggested and link.stance is not Stance.BACKGROUND:
                borne.setdefault(link.claim_id, []).append(link)
    for told in alert.links:
        if told.claim_id not in hidden and (found := borne.pop(told.claim_id, None)):
            yield next((link for link in found if link.story_id == told.story_id), found[0])
    # What nobody told before bears on it only because a person said so.
    yield from (link for found in borne.values() for link in found[:1] if link.judge)


def _told(alert: Alert, links: tuple[Evidence, ...], register: Mapping[str, Claim]) -> Alert:
    borne = {link.claim_id for link in links}
    change = alert.change if alert.change and alert.change.claim_id in borne else None
    correction = alert.correction and replace(
        alert.correction, turns=tuple(turn for turn in alert.correction.turns if turn.claim_id in borne)
    )
    if not links:
        reason = Reason.WITHDRAWN
    elif any(link.stance is Stance.DISPUTES or register[link.claim_id].denial for link in links):
        reason = Reason.DENIAL
    else:
        reason = Reason.NEW_FIGURE if change else Reason.NEW_EVENT
    return replace(alert, links=links, reason=reason, change=change, correction=correction)
