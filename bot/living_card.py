"""An alert on its message in a channel: what is told, what people there said and put off, the controls."""

from dataclasses import replace

from bot.actions.alerts import alert_controls
from bot.card import Card
from bot.happening import Happening
from bot.present import alert_card
from bot.said import acts, snooze_line, verdict_line
from claims.outgoing import Briefing, Development

_SAID = 3


def living_card(seen: Happening, timezone: str, latest: Development | None = None) -> Card:
    """Return an alert as the people of a channel see it now.

    Args:
        seen: the alert in their workspace.
        timezone: IANA name of the zone in which moments are written.
        latest: what was last told under the message, or None where nothing was.

    """
    card = alert_card(_without_people(seen), timezone, latest)
    lines = (
        *(snooze_line(each, timezone) for each in seen.snoozes),
        *(verdict_line(act, seen.workspace, timezone) for act in acts(seen.verdicts)[-_SAID:]),
    )
    return replace(card, lines=(*card.lines, *lines), controls=alert_controls(seen))


def _without_people(seen: Happening) -> Briefing:
    """Return the alert without the judges whose words the card tells with their names and times."""
    people = {verdict.person for verdict in seen.verdicts}
    links = (replace(e, judge=None) if e.judge in people else e for e in seen.briefing.alert.links)
    return replace(seen.briefing, alert=replace(seen.briefing.alert, links=tuple(links)))
