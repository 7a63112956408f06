"""What we answer of how all is doing, as a card: feeds, what waits, platforms, the counts of a day. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import phrases
from bot.answers.feeds import state_words
from bot.card import Card, Field, Line, Moment, Tone
from bot.commands.spelling import Spelling
from bot.language import _, decimal, ngettext
from bot.lines import channel
from bot.paging import Page, paged
from claims.feeds import FeedStatus
from claims.health import health
from claims.lookups import Counts
from claims.model import Reason
from claims.reckoning import TOLD, Reckoning

_TROUBLED = 5
_TITLE = 50
CHANNELS = 10
"""On a page."""


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
    channels: Page[tuple[str, Reckoning]]
    """What became of the last day's stories at each of the asker's destinations, by destination."""
    own: bool
    """These are the asker's channels alone."""


def health_card(standing: Standing, now: datetime, timezone: str, spelled: Spelling) -> Card:
    """Return it in words, moments in the zone of that IANA name; a line for each channel of the page."""
    counts, troubled = standing.counts, standing.troubled
    down = {name: why for name, why in standing.platforms.items() if why}
    named: list[tuple[str, Line]] = [
        (_("In trouble"), (in_trouble(troubled),)),
        (_("Newest story"), _moment(counts.newest_story, now, timezone)),
        (_("Stories"), (_stories(counts),)),
        (_("Alerts"), (_alerts(counts),)),
        (_("Waiting"), (_waiting(counts),)),
        (_("Last digest"), _moment(standing.last_digest, now, timezone)),
        (_("Platforms"), (_platforms(standing.platforms),)),
    ]
    card = Card(
        heading=_("HEALTH · the last 24 hours"),
        title=feeds_asked(standing.asked, len(troubled)),
        lines=tuple((channel(name), f": {_became(each)}") for name, each in standing.channels.items),
        tone=Tone.TROUBLE if down or counts.failing else Tone.ANSWER,
        fields=tuple(Field(name, value) for name, value in named if any(value)),
        footer=_("Deliveries are those to your channels") if standing.own else spelled("feed list"),
    )
    return paged(card, standing.channels)


def feeds_asked(asked: int, troubled: int) -> str:
    """Return how many feeds are asked and how many are in trouble."""
    feeds = ngettext("{n} feed is asked", "{n} feeds are asked", asked)
    trouble = ngettext("{n} is in trouble", "{n} are in trouble", troubled)
    return _("{feeds}, {trouble}").format(
        feeds=feeds.format(n=decimal(asked)),
        trouble=trouble.format(n=decimal(troubled)) if troubled else _("none is in trouble"),
    )


def in_trouble(troubled: Sequence[FeedStatus]) -> str:
    """Return the first few feeds that are in trouble and what is wrong with each, or nothing."""
    return phrases.listed([_trouble(each) for each in troubled], _TROUBLED, between="; ")


def _trouble(status: FeedStatus) -> str:
    return f"{phrases.shorten(status.feed.title, _TITLE)}: {state_words(health(status))}"


def _moment(at: datetime | None, now: datetime, timezone: str) -> Line:
    return (Moment(phrases.clock(at, timezone, beside=now), at),) if at else ("",)


def _stories(counts: Counts) -> str:
    """Return what became of the stories of the day, so that it adds up: `31 = 4 told + 9 joined + 18 not`."""
    by = dict(counts.stories)
    whole = sum(by.values())
    told = sum(by.pop(reason, 0) for reason in TOLD)
    words = {
        Reason.ALREADY_TOLD: _("{n} joined what was told"),
        Reason.IRRELEVANT: _("{n} not of the matter"),
        Reason.NO_CLAIM: _("{n} without a claim"),
        Reason.SUGGESTED_ONLY: _("{n} too unsure, to review"),
        Reason.BACKGROUND_ONLY: _("{n} in passing only"),
        Reason.WITHDRAWN: _("{n} withdrawn"),
    }
    parts = [_("{n} told").format(n=decimal(told))]
    parts += [words[reason].format(n=decimal(n)) for reason in words if (n := by.pop(reason, 0))]
    if rest := sum(by.values()):
        parts.append(_("{n} other").format(n=decimal(rest)))
    return f"{decimal(whole)} = {' + '.join(parts)}"


def _became(reckoning: Reckoning) -> str:
    """Return what became of the stories of the day in a channel, so that it adds up to the same."""
    words = (
        (_("{n} posted"), reckoning.posted),
        (_("{n} edited"), reckoning.edited),
        (_("{n} to the digest"), reckoning.to_digest),
        (_("{n} not wanted"), reckoning.filtered),
        (_("{n} silent"), reckoning.silent),
        (_("{n} waiting"), reckoning.waiting),
        (_("{n} given up"), reckoning.given_up),
    )
    sums = " + ".join(each.format(n=decimal(n)) for each, n in words if n)
    return f"{decimal(reckoning.stories)} = {sums or 0}"


def _alerts(counts: Counts) -> str:
    raised = ngettext("{n} alert", "{n} alerts", counts.alerts).format(n=decimal(counts.alerts))
    if not counts.developments:
        return raised
    return "; ".join([raised, _("{n} followed up").format(n=decimal(counts.developments))])


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
