"""What we answer about feeds, as cards: how all of them are doing, and all that is known of one. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot import paces, phrases
from bot.card import Card, Field, Line, Span, Strong, Tone
from bot.commands.spelling import Spelling
from bot.grades import rated
from bot.language import _, decimal
from bot.mistakes import mistake_words
from bot.paging import Page, paged
from bot.said import who
from claims.feeds import Feed, FeedKind, FeedStatus
from claims.health import IN_TROUBLE, Health, health
from claims.text import without_keys

_STATES = (Health.OK, Health.FAILING, Health.GONE, Health.SILENT, Health.PAUSED, Health.NEW)
"""In the order in which they are counted."""

FEEDS = 15
"""Lines of a page."""
_NAMES = 20

# How many characters a quoted text has before it is cut.
_TITLE = 60
_ERROR = 120


def state_words(state: Health) -> str:
    """Return how a feed is doing, in words."""
    return {
        Health.OK: _("answering"),
        Health.FAILING: _("failing"),
        Health.GONE: _("gone"),
        Health.SILENT: _("silent"),
        Health.PAUSED: _("paused"),
        Health.NEW: _("not visited yet"),
    }[state]


def warned(card: Card, feeds: Iterable[Feed], *, full_text: bool) -> Card:
    """Return a card with a word of trouble where one of its feeds wants pages read.

    `full_text` says that the extra is there, so that there is no trouble.
    """
    if full_text or not any(feed.full_text for feed in feeds):
        return card
    return replace(card, fields=(*card.fields, Field(_("Full text"), (_(phrases.NO_FULL_TEXT),))))


def worst_first(feeds: Sequence[FeedStatus]) -> list[FeedStatus]:
    """Return the feeds by health, the worst first, and otherwise in the order given."""
    order = list(Health)
    return sorted(feeds, key=lambda status: order.index(health(status)))


def feeds_card(
    feeds: Sequence[FeedStatus],
    page: Page[FeedStatus],
    now: datetime,
    spelled: Spelling,
    *,
    names: bool = True,
) -> Card:
    """Return how the feeds are doing: counts, those in trouble with their trouble, the others by name.

    `page` is of them, the worst first; its first page has the counts of all by state, with their first names,
    and the others have a line for each feed. Without `names` the others are counted only.
    """
    by_state: dict[Health, list[FeedStatus]] = {state: [] for state in _STATES}
    for status in feeds:
        by_state[health(status)].append(status)
    trouble = [status for state in IN_TROUBLE for status in by_state[state]]
    words = _("{feeds}: {counts}").format(
        feeds=phrases.feeds(len(feeds)),
        counts=", ".join(_counted(state, len(by_state[state])) for state in _STATES if by_state[state]),
    )
    others = [state for state in _STATES if by_state[state] and state not in IN_TROUBLE]
    card = Card(
        title=words if feeds else _("No feed is listed"),
        lines=tuple(
            _trouble_line(status, now) if health(status) in IN_TROUBLE else _fine_line(status)
            for status in page.items
            if health(status) in IN_TROUBLE or not page.is_first
        ),
        fields=tuple(
            Field(
                state_words(state).capitalize(), (phrases.listed(list(map(_title, by_state[state])), _NAMES),)
            )
            for state in others
            if names and page.is_first
        ),
        footer=_("{command} tells more of one").format(command=spelled("feed show FEED")) if trouble else "",
    )
    return paged(card, page)


def _counted(state: Health, count: int) -> str:
    words = {
        Health.OK: _("{count} answering"),
        Health.FAILING: _("{count} failing"),
        Health.GONE: _("{count} gone"),
        Health.SILENT: _("{count} silent"),
        Health.PAUSED: _("{count} paused"),
        Health.NEW: _("{count} not visited yet"),
    }
    return words[state].format(count=decimal(count))


def _fine_line(status: FeedStatus) -> Line:
    return (Strong(_title(status)), f": {state_words(health(status))}")


def _trouble_line(status: FeedStatus, now: datetime) -> Line:
    return (Strong(_title(status)), f": {'; '.join(_trouble(status, now))}")


def _trouble(status: FeedStatus, now: datetime) -> Iterator[str]:
    point, state = status.checkpoint, health(status)
    if state is Health.SILENT and point.pulse:
        yield _("silent: nothing new for {time}, usually {rate}").format(
            time=phrases.span(now - point.pulse.last_new_at), rate=paces.rate(point.pulse.items_a_day)
        )
        return
    error = _error(status) or _("no reason kept")
    yield f"{state_words(state)}: {error}"
    read = point.last_success_at
    yield _("last read {when}").format(when=_ago(read, now)) if read else _("never read")
    if state is Health.GONE:
        yield _("not asked again")
    else:
        yield phrases.failures(point.failures)
        yield _("next try {when}").format(when=next_try(status, now))


def next_try(status: FeedStatus, now: datetime) -> str:
    """Return when a feed is asked again: `in 12 minutes`, `now`, `never` where it is gone or paused."""
    if health(status) in (Health.GONE, Health.PAUSED):
        return _("never")
    at = status.checkpoint.next_try_at
    return _("in {time}").format(time=phrases.span(at - now)) if at and at > now else _("now")


def feed_card(status: FeedStatus, now: datetime, timezone: str, workspace: str) -> Card:
    """Return all that is known of how a feed is doing, moments in the zone of that IANA name.

    `workspace` is whose people read it.
    """
    feed, point, state = status.feed, status.checkpoint, health(status)
    pulse = point.pulse

    def moment(at: datetime | None) -> str:
        return f"{phrases.clock(at, timezone, beside=now)}, {_ago(at, now)}" if at else ""

    because = f" ({paces.pace(point.paced_by)})" if point.paced_by and not status.paused else ""
    named: tuple[tuple[str, Span], ...] = (
        (_("State"), _state(status, moment(point.failing_since))),
        (_("Error"), _error(status)),
        (_("Last read"), moment(point.last_success_at) or _("never")),
        (_("Last new"), moment(pulse.last_new_at) if pulse else _("nothing yet")),
        (_("Brings"), paces.rate(pulse.items_a_day) if pulse else ""),
        (_("Next try"), f"{next_try(status, now)}{because}"),
        (_("Answers at"), without_keys(point.current_url) if _has_moved(status) else ""),
        (_("Outlet"), _outlet(feed)),
        (_("Language"), phrases.language(feed.language) if feed.language != "und" else ""),
        (_("Read as"), _read_as(feed)),
        (_("Added by"), who(status.added_by, None, workspace) if status.added_by else _("the seed file")),
    )
    return Card(
        heading=_("FEED · {state}").format(state=state_words(state)),
        title=_title(status),
        url=without_keys(feed.url),
        tone=Tone.TROUBLE if state in IN_TROUBLE else Tone.ANSWER,
        fields=tuple(Field(name, (value,)) for name, value in named if value),
    )


def _state(status: FeedStatus, since: str) -> str:
    state, failures = health(status), status.checkpoint.failures
    words = state_words(state)
    if since and state in (Health.FAILING, Health.GONE):
        words = _("{state} since {moment}").format(state=words, moment=since)
    return f"{words}; {phrases.failures(failures)}" if failures > 1 else words


def _outlet(feed: Feed) -> str:
    words = _("{outlet}, {rated}, state media") if feed.source.state_media else _("{outlet}, {rated}")
    return words.format(outlet=feed.source.name, rated=rated(feed.source.reliability))


def _read_as(feed: Feed) -> str:
    words = _("{kind} with the page of each story") if feed.full_text else "{kind}"
    return words.format(kind=kind_words(feed.kind))


def kind_words(kind: FeedKind) -> str:
    """Return how an address is read, in words."""
    return {
        FeedKind.FEED: _("feed"),
        FeedKind.PAGE: _("page"),
        FeedKind.SITEMAP: _("sitemap"),
    }[kind]


def _has_moved(status: FeedStatus) -> bool:
    return status.checkpoint.current_url != status.feed.url


def _title(status: FeedStatus) -> str:
    return phrases.shorten(status.feed.title, _TITLE)


def _error(status: FeedStatus) -> str:
    return phrases.shorten(mistake_words(status.checkpoint.error or "").rstrip("."), _ERROR)


def _ago(at: datetime, now: datetime) -> str:
    return phrases.ago(now - at)
