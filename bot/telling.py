"""How an alert stands on a message: as its workspace sees it, with what people said and put off. Pure."""

from dataclasses import replace
from datetime import datetime

from bot.actions.alerts import alert_controls
from bot.card import Card
from bot.happening import Happening
from bot.present import alert_card
from bot.said import acts, snooze_line, verdict_line
from claims.independence import outlet
from claims.outgoing import Briefing, Development
from claims.subscriptions import Subscription
from claims.workspaces import SnoozeKind

_SAID = 3


def as_told(
    seen: Happening, wanted: Subscription, latest: Development | None = None
) -> tuple[Card, datetime | None]:
    """Return the card of an alert, and until when it is left alone, or None where it is not.

    Args:
        seen: the alert as its workspace sees it.
        wanted: gives the zone and the workspace.
        latest: what was last told under the message.

    """
    card = alert_card(_without_people(seen), wanted.timezone, latest)
    lines = (
        *(snooze_line(each, wanted.timezone) for each in seen.snoozes),
        *(verdict_line(act, wanted.workspace, wanted.timezone) for act in acts(seen.verdicts)[-_SAID:]),
    )
    return replace(card, lines=(*card.lines, *lines), controls=alert_controls(seen)), _silent_until(seen)


def _without_people(seen: Happening) -> Briefing:
    """Return the alert without the judges whose words the card tells with their names and times."""
    people = {verdict.person for verdict in seen.verdicts}
    links = (replace(e, judge=None) if e.judge in people else e for e in seen.briefing.alert.links)
    return replace(seen.briefing, alert=replace(seen.briefing.alert, links=tuple(links)))


def _silent_until(seen: Happening) -> datetime | None:
    """Return until when the event, each of its claims or each of its sources is snoozed."""
    ends = {kind: {s.what: s.until for s in seen.snoozes if s.kind is kind} for kind in SnoozeKind}
    named: tuple[tuple[SnoozeKind, set[str]], ...] = (
        (SnoozeKind.EVENT, {seen.event_id}),
        (SnoozeKind.CLAIM, {link.claim_id for link in seen.briefing.alert.links}),
        (SnoozeKind.SOURCE, {outlet(member.story) for member in seen.briefing.event.members}),
    )
    found = [min(ends[kind].values()) for kind, names in named if names and names <= ends[kind].keys()]
    return max(found, default=None)
