"""How an alert stands on a message: as its workspace sees it, with what people said and put off."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.actions.alerts import alert_controls
from bot.card import Card
from bot.happening import Happening, briefed
from bot.present import alert_card
from bot.said import acts, snooze_line, verdict_line
from claims.outgoing import Briefing
from claims.routing import snoozed
from claims.store import Store
from claims.subscriptions import Subscription

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
    seen = await briefed(store, briefing, wanted.workspace, now)
    if seen is None:
        unborne = replace(briefing, alert=replace(briefing.alert, links=()), claims=())
        return Telling(alert_card(unborne, wanted.timezone), nothing=True)
    card = alert_card(_without_people(seen), wanted.timezone)
    silence = snoozed(wanted, seen.briefing, seen.snoozes, now)
    lines = (
        *(snooze_line(each, wanted.timezone) for each in seen.snoozes),
        *(verdict_line(act, wanted.workspace, wanted.timezone) for act in acts(seen.verdicts)[-_SAID:]),
    )
    return Telling(
        card=replace(card, lines=(*card.lines, *lines), controls=alert_controls(seen)),
        until=silence.until if silence else None,
        nothing=not seen.briefing.alert.links,
    )


def _without_people(seen: Happening) -> Briefing:
    """Return the alert without the judges whose words the card tells with their names and times."""
    people = {verdict.person for verdict in seen.verdicts}
    links = (replace(e, judge=None) if e.judge in people else e for e in seen.briefing.alert.links)
    return replace(seen.briefing, alert=replace(seen.briefing.alert, links=tuple(links)))
