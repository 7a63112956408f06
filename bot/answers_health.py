"""What we answer of how all is doing, as a card: feeds, what waits, platforms, the counts of a day. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import phrases
from bot.answers_feeds import state_words
from bot.card import Card, Field, Line, Moment, Tone
from bot.commands.spelling import Spelling
from bot.language import _, decimal, ngettext
from claims.feeds import FeedStatus
from claims.health import health
from claims.lookups import Counts
from claims.model import Reason
from claims.outgoing import DeliveryState

_TROUBLED = 5
_TITLE = 50
_REASONS = 5

_TOLD = (Reason.NEW_EVENT, Reason.NEW_FIGURE, Reason.DENIAL)
"""What was decided on a story that raised an alert, or moved one."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How all of it is doing, as far as the asker may know."""

    asked: int
    """Feeds that are asked."""
    troubled: Sequence[FeedStatus]
    """Of those and of the gone, by title."""
    counts: Counts
    """Of the last day."""
    platforms: Mapping[str, str]
    """Why each cannot run, or nothing where it does."""
    last_digest: datetime | None
    """Of the asker's channels."""
    own: bool
    """The deliveries are those of the asker's channels alone."""


def health_card(standing: Standing, now: datetime, timezone: str, spelled: Spelling) -> Card:
    """Return it in words, moments in the zone of that IANA name."""
    counts, troubled = standing.counts, standing.troubled
    down = {name: why for name, why in standing.platforms.items() if why}
    feeds = ngettext("{n} feed is asked", "{n} feeds are asked", standing.asked)
    trouble = ngettext("{n} is in trouble", "{n} are in trouble", len(troubled))
    title = _("{feeds}, {trouble}").format(
        feeds=feeds.format(n=decimal(standing.asked)),
        trouble=trouble.format(n=decimal(len(troubled))) if troubled else _("none is in trouble"),
    )
    named: list[tuple[str, Line]] = [
        (_("In trouble"), (phrases.listed([_trouble(each) for each in troubled], _TROUBLED, between="; "),)),
        (_("Newest story"), _moment(counts.newest_story, now, timezone)),
        (_("Stories"), (_stories(counts),)),
        (_("Alerts"), (_alerts(counts),)),
        (_("Waiting"), (_waiting(counts),)),
        (_("Last digest"), _moment(standing.last_digest, now, timezone)),
        (_("Platforms"), (_platforms(standing.platforms),)),
    ]
    return Card(
        heading=_("HEALTH · the last 24 hours"),
        title=title,
        tone=Tone.TROUBLE if down or counts.failing else Tone.ANSWER,
        fields=tuple(Field(name, value) for name, value in named if any(value)),
        footer=_("Deliveries are those to your channels") if standing.own else spelled("feed list"),
    )


def _trouble(status: FeedStatus) -> str:
    return f"{phrases.shorten(status.feed.title, _TITLE)}: {state_words(health(status))}"


def _moment(at: datetime | None, now: datetime, timezone: str) -> Line:
    return (Moment(phrases.clock(at, timezone, beside=now), at),) if at else ("",)


def _stories(counts: Counts) -> str:
    """Return what became of the stories of the day, so that it adds up: `31 = 4 told + 9 joined + 18 not`."""
    by = dict(counts.stories)
    whole = sum(by.values())
    told = sum(by.pop(reason, 0) for reason in _TOLD)
    joined = by.pop(Reason.ANOTHER_OUTLET, 0) + by.pop(Reason.ALREADY_TOLD, 0)
    words = {
        Reason.IRRELEVANT: _("{n} not of the matter"),
        Reason.NO_CLAIM: _("{n} without a claim"),
        Reason.SUGGESTED_ONLY: _("{n} too unsure, to review"),
        Reason.BACKGROUND_ONLY: _("{n} in passing only"),
        Reason.WITHDRAWN: _("{n} withdrawn"),
    }
    parts = [_("{n} told").format(n=decimal(told)), _("{n} joined what was told").format(n=decimal(joined))]
    parts += [words[reason].format(n=decimal(n)) for reason in words if (n := by.pop(reason, 0))]
    if rest := sum(by.values()):
        parts.append(_("{n} other").format(n=decimal(rest)))
    return f"{decimal(whole)} = {' + '.join(parts)}"


def _alerts(counts: Counts) -> str:
    """Return what became of the alerts of the day, so that it adds up."""
    states = counts.deliveries
    whole = sum(states.values())
    raised = ngettext("{n} alert", "{n} alerts", counts.alerts).format(n=decimal(counts.alerts))
    if not whole:
        return raised
    waits = states.get(DeliveryState.PENDING, 0) + states.get(DeliveryState.SENDING, 0)
    words = (
        (_("{n} posted"), states.get(DeliveryState.SENT, 0)),
        (_("{n} to the digest"), states.get(DeliveryState.HELD, 0)),
        (_("{n} not wanted"), states.get(DeliveryState.FILTERED, 0)),
        (_("{n} given up"), states.get(DeliveryState.FAILED, 0)),
        (_("{n} waiting"), waits),
    )
    sums = " + ".join(each.format(n=decimal(n)) for each, n in words if n)
    deliveries = ngettext("{n} delivery", "{n} deliveries", whole).format(n=decimal(whole))
    also = [_("{n} edited since").format(n=decimal(counts.edited))] if counts.edited else []
    if counts.developments:
        also.append(_("{n} followed up").format(n=decimal(counts.developments)))
    return "; ".join([f"{raised}, {deliveries} = {sums}", *also])


def _waiting(counts: Counts) -> str:
    if not counts.waiting:
        return _("nothing")
    waits = ngettext("{n} message", "{n} messages", counts.waiting).format(n=decimal(counts.waiting))
    if not counts.failing:
        return waits
    return _("{messages}, {n} of them refused so far").format(messages=waits, n=decimal(counts.failing))


def _platforms(platforms: Mapping[str, str]) -> str:
    return "; ".join(
        _("{platform} is down: {why}").format(platform=name, why=why)
        if why
        else _("{platform} runs").format(platform=name)
        for name, why in platforms.items()
    )
