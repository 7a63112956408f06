"""Who is told of an alert, when, and why not: pure decisions, always with a reason."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from claims.errors import UsageError
from claims.independence import outlet, tally
from claims.model import Alert, Claim, Event, Evidence, Member, Reason, Stance
from claims.outgoing import Briefing, DeliveryState, Development
from claims.query import parse
from claims.query_parts import Document
from claims.subscriptions import Importance, Subscription
from claims.text import fold
from claims.when import moment_of
from claims.workspaces import Snooze, SnoozeKind

HOUR = timedelta(hours=1)
"""What a budget is for."""
STALE = timedelta(days=1)
"""How old what waited through a pause may be to be posted by itself."""
_DAY = timedelta(days=1)
_TERMS = 3
_TYPED = 40

Borne = Sequence[tuple[Evidence, Claim]]
"""What an alert bears on (`Briefing.borne`)."""


class Hold(StrEnum):
    """Why an alert that is wanted is not posted now: it goes to the digest, or waits where there is none."""

    QUIET = "It came in quiet hours."
    BUDGET = "It was over the budget of messages an hour."
    PAUSED = "It came while the channel was paused."


@dataclass(frozen=True, slots=True)
class Route:
    """What becomes of an alert at one destination."""

    state: DeliveryState
    """`PENDING`, `HELD` or `FILTERED`."""
    reason: str = ""
    """A sentence; empty where it is posted at once."""
    next_try_at: datetime | None = None
    """Until when a pending one waits."""


def importance(alert: Alert, event: Event) -> Importance:
    """Return how much an alert matters, as its event stands now."""
    turned = alert.correction is not None and any(turn.was and turn.now for turn in alert.correction.turns)
    denied = alert.reason is Reason.DENIAL or any(link.stance is Stance.DISPUTES for link in alert.links)
    if alert.change or denied or turned:
        return Importance.MAJOR
    own_conduct = any(m.reading.origin is not None and m.reading.origin.party for m in event.members)
    notable = own_conduct or tally(event.members).independent > 1
    return Importance.NOTABLE if notable else Importance.ROUTINE


def importance_of(development: Development) -> Importance:
    """Return how much it matters what follows a told alert."""
    news = development.change or development.reason is Reason.DENIAL
    return Importance.MAJOR if news else Importance.ROUTINE


def route(
    wanted: Subscription, telling: Briefing, snoozes: Iterable[Snooze], spent: int, now: datetime
) -> Route:
    """Decide what becomes of an alert at one destination.

    Args:
        wanted: what the destination wants.
        telling: the alert as it stands now.
        snoozes: those of its workspace count.
        spent: messages that were posted there in the last hour, or wait to be.
        now: when it is decided.

    """
    if why := refusal(wanted, telling):
        return Route(DeliveryState.FILTERED, why)
    if snooze := snoozed(wanted, telling, snoozes, now):
        return Route(DeliveryState.FILTERED, snoozed_by(snooze, wanted.timezone))
    free, hold = _earliest(wanted, spent, now)
    if hold is None:
        return Route(DeliveryState.PENDING)
    if wanted.digest is not None:
        return Route(DeliveryState.HELD, hold)
    return Route(DeliveryState.PENDING, hold, free)


def route_development(
    wanted: Subscription, telling: Briefing, snoozes: Iterable[Snooze], now: datetime
) -> Route:
    """Decide what becomes of what follows a posted alert: it keeps to snoozes and quiet hours alone.

    The arguments are those of `route`.
    """
    if snooze := snoozed(wanted, telling, snoozes, now):
        return Route(DeliveryState.FILTERED, snoozed_by(snooze, wanted.timezone))
    quiet = quiet_until(wanted, now)
    return Route(DeliveryState.PENDING, Hold.QUIET, quiet) if quiet else Route(DeliveryState.PENDING)


def refusal(wanted: Subscription, telling: Briefing) -> str:
    """Return why a destination does not want an alert, a sentence, or nothing where it does."""
    alert = telling.alert
    if not alert.links:
        return "It was withdrawn."
    followed = _followed(wanted, telling)
    if not followed:
        return "It bears on no claim that is followed here."
    if wanted.stances and not any(link.stance in wanted.stances for link, _ in followed):
        has = _either(link.stance for link, _ in followed)
        return f"It {has} what is followed here; wanted is what {_either(wanted.stances)} it."
    if wanted.least > Importance.ROUTINE and (grade := importance(alert, telling.event)) < wanted.least:
        return f"It is {grade.name.lower()}; wanted is what is {wanted.least.name.lower()} at least."
    members = telling.event.members
    if not (_tells(wanted) or wanted.words) or any(suits(wanted, m, telling.borne) for m in members):
        return ""
    return _unsuited(wanted, members, telling.borne)


def suits(wanted: Subscription, member: Member, borne: Borne) -> bool:
    """Say whether a story is in a language, of a source and in words that a destination wants.

    `borne` is what its alert bears on, and nothing where it has none.
    """
    return all(takes(member) for takes, _ in _tells(wanted)) and (
        not wanted.words or _fits(wanted.words, _document(wanted, member, borne))
    )


def follows(wanted: Subscription, claim: Claim) -> bool:
    """Say whether a destination wants to hear of a claim; of another workspace's own it never hears."""
    if claim.workspace not in (None, wanted.workspace):
        return False
    if follows_all(wanted):
        return True
    return claim.id in (wanted.claims or ()) or not wanted.tags.isdisjoint(claim.tags)


def follows_all(wanted: Subscription) -> bool:
    """Say whether a destination names neither claims nor tags, and so wants all."""
    return not (wanted.claims or wanted.tags)


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
    suited = [m for m in telling.event.members if suits(wanted, m, telling.borne)]
    named = {
        SnoozeKind.EVENT: [{fold(telling.alert.event_id)}],
        SnoozeKind.CLAIM: [{fold(link.claim_id)} for link, _ in _followed(wanted, telling)],
        SnoozeKind.SOURCE: [_sources(member) for member in suited],
    }
    silent = []
    for kind, each in named.items():
        found = [[s for s in lasting if s.kind is kind and fold(s.what) in names] for names in each]
        if found and all(found):
            silent.append(min((max(several, key=_until) for several in found), key=_until))
    return max(silent, key=_until, default=None)


def snoozed_by(snooze: Snooze, timezone: str) -> str:
    """Return a snooze as a reason; `timezone` is an IANA name."""
    end = f"{snooze.until.astimezone(ZoneInfo(timezone)):%Y-%m-%d %H:%M %Z}"
    what = "It was" if snooze.kind is SnoozeKind.EVENT else f"Its {snooze.kind.value} was"
    return f"{what} snoozed until {end} by {snooze.person}."


def quiet_until(wanted: Subscription, now: datetime) -> datetime | None:
    """Return when the quiet hours of now end, or None outside of them.

    They last from the local moment of their beginning to that of their end, so that an hour that clocks
    repeat or skip begins them neither twice nor never (`claims.when.moment_of`).
    """
    if wanted.quiet is None:
        return None
    since, until = wanted.quiet
    today = now.astimezone(ZoneInfo(wanted.timezone)).date()
    for day in (today - _DAY, today):
        end = moment_of(day + _DAY if until < since else day, until, wanted.timezone)
        if moment_of(day, since, wanted.timezone) <= now < end:
            return end
    return None


# ---- when ----------------------------------------------------------------------------------------------


def _earliest(wanted: Subscription, spent: int, now: datetime) -> tuple[datetime | None, Hold | None]:
    """Return until when an alert has to wait, and why; what waits already takes its share of later hours."""
    if wanted.paused:
        return None, Hold.PAUSED
    quiet = quiet_until(wanted, now)
    hold = Hold.QUIET if quiet else None
    free = quiet or now
    if wanted.budget is not None and spent >= wanted.budget:
        free += HOUR * (spent // wanted.budget)
        hold = hold or Hold.BUDGET
    return quiet_until(wanted, free) or free, hold


def _until(snooze: Snooze) -> datetime:
    return snooze.until


# ---- who ---------------------------------------------------------------------------------------------------


def _followed(wanted: Subscription, telling: Briefing) -> list[tuple[Evidence, Claim]]:
    return [(link, claim) for link, claim in telling.borne if follows(wanted, claim)]


def _tells(wanted: Subscription) -> list[tuple[Callable[[Member], bool], str]]:
    """Return what a story must be beside its words: how to tell, and the reason where none is."""
    found: list[tuple[Callable[[Member], bool], str]] = []
    if languages := wanted.languages:
        found.append((lambda m: m.reading.language in languages, f"is in {_either(languages)}"))
    if wanted.sources:
        names = {fold(name) for name in wanted.sources}
        found.append((lambda m: not names.isdisjoint(_sources(m)), f"is by {_either(wanted.sources)}"))
    return found


def _sources(member: Member) -> set[str]:
    """Return the names, folded, by which one may mean the source of a story: outlet, feed and family."""
    source = member.story.source
    return {fold(name) for name in (outlet(member.story), source.name, source.family)}


def _unsuited(wanted: Subscription, members: Sequence[Member], borne: Borne) -> str:
    """Return the first condition that leaves no story of an event."""
    left: Sequence[Member] = members
    for takes, what in _tells(wanted):
        left = [member for member in left if takes(member)]
        if not left:
            return f"No story of it {what}."
    if not left:
        return "It has no story any more."
    try:
        checked = parse(wanted.words).explain(_document(wanted, left[0], borne))
    except UsageError as mistake:
        return f"The words of the subscription cannot be read: {str(mistake).splitlines()[0]}."
    wrong = [c for c in checked if c.hit is not c.wanted]
    terms = [f"{_short(c.term)} is {'there' if c.hit else 'missing'}" for c in wrong[:_TERMS]]
    more = f" and {len(wrong) - _TERMS} more" if len(wrong) > _TERMS else ""
    return f"The words of the subscription do not fit: {', '.join(terms)}{more}."


def _fits(words: str, document: Document) -> bool:
    try:
        return parse(words).matches(document)
    except UsageError:
        return False


def _document(wanted: Subscription, member: Member, borne: Borne) -> Document:
    """Return a story with the claims of its alert that the workspace of a subscription sees."""
    story, source = member.story, member.story.source
    seen = [(link, claim) for link, claim in borne if claim.workspace in (None, wanted.workspace)]
    return Document(
        title=story.title,
        text=story.text,
        source=(outlet(story), source.name),
        family=(source.family,),
        language=(member.reading.language,),
        claim=tuple(claim.id for _, claim in seen),
        tag=tuple(tag for _, claim in seen for tag in claim.tags),
        stance=tuple(link.stance for link, _ in seen),
        origin=member.reading.origin.chain if member.reading.origin else (),
    )


def _either(names: Collection[str] | Iterable[str]) -> str:
    return " or ".join(sorted({str(name) for name in names}))


def _short(term: str) -> str:
    return term if len(term) <= _TYPED else f"{term[:_TYPED]}…"
