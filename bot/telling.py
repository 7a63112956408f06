"""How an alert stands on a message: as its workspace sees it, with what people said and put off."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.actions.alerts import alert_controls
from bot.card import Card
from bot.happening import Happening, briefed
from bot.present import alert_card
from bot.said import acts, snooze_line, verdict_line
from claims.independence import outlet
from claims.outgoing import Briefing
from claims.store import Store
from claims.subscriptions import Subscription
from claims.workspaces import SnoozeKind

_SAID = 3


@dataclass(frozen=True, slots=True)
class Telling:
    """A message as it should read now."""

    card: Card
    until: datetime | None = None
    """When it reads otherwise by itself; it is left alone until then."""
    nothing: bool = False
    """Nothing of it is left to be told there, so that it is not posted where it is not posted yet."""


async def told(store: Store, key: str, wanted: Subscription, now: datetime) -> Telling:
    """Return how an alert is told to a destination.

    Raises:
        NotFound: there is no alert of that key.

    """
    briefing = await store.briefing(key)
    seen = await briefed(store, briefing, wanted.sees_as, now)
    if seen is None:
        unborne = replace(briefing, alert=replace(briefing.alert, links=()), claims=())
        return Telling(alert_card(unborne, wanted.timezone), nothing=True)
    card = alert_card(_without_people(seen), wanted.timezone)
    lines = (
        *(snooze_line(each, wanted.timezone) for each in seen.snoozes),
        *(verdict_line(act, wanted.workspace, wanted.timezone) for act in acts(seen.verdicts)[-_SAID:]),
    )
    return Telling(
        card=replace(card, lines=(*card.lines, *lines), controls=alert_controls(seen)),
        until=_silent_until(seen),
        nothing=not seen.briefing.alert.links,
    )


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
