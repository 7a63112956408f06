"""What a snooze keeps from being told: pure decisions."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from claims.model import Event
from claims.outgoing import Briefing
from claims.subscriptions import Subscription
from claims.text import fold
from claims.wanting import followed, names_of, suits
from claims.workspaces import Snooze, SnoozeKind


def snoozed(
    wanted: Subscription, telling: Briefing, snoozes: Iterable[Snooze], now: datetime
) -> Snooze | None:
    """Return the snooze that keeps an alert from being told, the last to end, or None.

    That is one of its event; or where each claim that it bears on, or each source that tells it, is snoozed,
    the first of those to end.
    """
    lasting = [s for s in snoozes if s.workspace == wanted.workspace and s.until > now]
    if not lasting:
        return None
    suited = tuple(m for m in telling.event.members if suits(wanted, m, telling.borne))
    claim_ids = [link.claim_id for link, _ in followed(wanted, telling)]
    silent = []
    for kind, each in _named(Event(telling.alert.event_id, suited), claim_ids).items():
        found = [[s for s in lasting if s.kind is kind and fold(s.what) in names] for names in each]
        if found and all(found):
            silent.append(min((max(several, key=_until) for several in found), key=_until))
    return max(silent, key=_until, default=None)


def touching(event: Event, claim_ids: Iterable[str], snoozes: Iterable[Snooze]) -> list[Snooze]:
    """Return the snoozes of an event, its claims and sources, which need not keep all of it silent."""
    named = _named(event, claim_ids)
    return [each for each in snoozes if any(fold(each.what) in names for names in named[each.kind])]


def snoozed_by(snooze: Snooze, timezone: str) -> str:
    """Return a snooze as a reason; `timezone` is an IANA name."""
    end = f"{snooze.until.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M %Z}"
    what = "It was" if snooze.kind is SnoozeKind.EVENT else f"Its {snooze.kind.value} was"
    return f"{what} snoozed until {end} by {snooze.person}."


def _named(event: Event, claim_ids: Iterable[str]) -> Mapping[SnoozeKind, list[set[str]]]:
    """Return what a snooze may name, by its kind: of each thing its names, folded."""
    return {
        SnoozeKind.EVENT: [{fold(event.id)}],
        SnoozeKind.CLAIM: [{fold(claim_id)} for claim_id in claim_ids],
        SnoozeKind.SOURCE: [names_of(member) for member in event.members],
    }


def _until(snooze: Snooze) -> datetime:
    return snooze.until
