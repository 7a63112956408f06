"""What a span of time brought, as one workspace is told it. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from claims.developing import development_seen
from claims.model import Claim
from claims.outgoing import Activity, Briefing, TakenBack
from claims.verdicts import Verdict
from claims.visibility import briefing_seen, events_seen


def activity_seen(
    activity: Activity,
    register: Mapping[str, Claim],
    hidden: Collection[str],
    verdicts: Mapping[str, Sequence[Verdict]] | None = None,
) -> Activity:
    """Return what a span of time brought as a workspace is told it; the rest is as for `briefing_seen`.

    What bears on nothing that it sees, and is not of the matter by itself, is not there.
    """
    kept = {event.id: event for event in activity.events}
    events = events_seen(activity.events, hidden, verdicts)
    there = {event.id for event in events}
    alerts = (
        briefing_seen(Briefing(alert, kept[alert.event_id], ()), register, hidden, verdicts).alert
        for alert in activity.alerts
        if alert.event_id in there
    )
    taken_back = {alert.key for alert in activity.alerts if not alert.links}
    shown = tuple(alert for alert in alerts if alert.links or alert.key in taken_back)
    return replace(
        activity, events=events, alerts=shown, taken_back=tuple(_taken(activity, register, hidden))
    )


def _taken(activity: Activity, register: Mapping[str, Claim], hidden: Collection[str]) -> Iterable[TakenBack]:
    """Yield what was taken back as far as a workspace was told it."""
    for each in activity.taken_back:
        seen = development_seen(each.development, register, hidden)
        if seen and seen.takes_back:
            links = tuple(link for link in each.alert.links if link.claim_id not in hidden)
            yield TakenBack(seen, replace(each.alert, links=links))
