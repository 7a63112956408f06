"""What we answer about feeds, as cards: how all of them are doing, and all that is known of one. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot import phrases
from bot.card import Card, Field, Line, Strong, Tone
from bot.commands.spelling import Spelling
from bot.paging import Page, paged
from claims.feeds import Feed, FeedStatus
from claims.health import IN_TROUBLE, Health, health
from claims.text import without_keys

FEEDS = 15
"""Lines of a page."""
_NAMES = 20

# How many characters a quoted text has before it is cut.
_TITLE = 60
_ERROR = 120

_STATES = {
    Health.OK: "answering",
    Health.FAILING: "failing",
    Health.GONE: "gone",
    Health.SILENT: "silent",
    Health.PAUSED: "paused",
    Health.NEW: "not visited yet",
}


def warned(card: Card, feeds: Iterable[Feed], *, full_text: bool) -> Card:
    """Return a card with a word of trouble where one of its feeds wants pages read.

    `full_text` says that the extra is there, so that there is no trouble.
    """
    if full_text or not any(feed.full_text for feed in feeds):
        return card
    return replace(card, fields=(*card.fields, Field("Full text", (phrases.NO_FULL_TEXT,))))


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
    counts = ", ".join(f"{len(by_state[s]):,} {words}" for s, words in _STATES.items() if by_state[s])
    others = {
        words: [_title(status) for status in by_state[state]]
        for state, words in _STATES.items()
        if state not in IN_TROUBLE
    }
    card = Card(
        title=f"{phrases.counted(len(feeds), 'feed')}: {counts}" if feeds else "No feed is listed",
        lines=tuple(
            _trouble_line(status, now) if health(status) in IN_TROUBLE else _fine_line(status)
            for status in page.items
            if health(status) in IN_TROUBLE or not page.is_first
        ),
        fields=tuple(
            Field(words.capitalize(), (phrases.listed(titles, _NAMES),))
            for words, titles in others.items()
            if titles and names and page.is_first
        ),
        footer=f"{spelled('feed show FEED')} tells more of one" if trouble else "",
    )
    return paged(card, page)


def _fine_line(status: FeedStatus) -> Line:
    return (Strong(_title(status)), f": {_STATES[health(status)]}")


def _trouble_line(status: FeedStatus, now: datetime) -> Line:
    return (Strong(_title(status)), f": {'; '.join(_trouble(status, now))}")


def _trouble(status: FeedStatus, now: datetime) -> Iterator[str]:
    point, state = status.checkpoint, health(status)
    if state is Health.SILENT and point.pulse:
        silence = phrases.span(now - point.pulse.last_new_at)
        yield f"silent: nothing new for {silence}, usually {phrases.rate(point.pulse.items_a_day)}"
        return
    yield f"{state.value}: {_error(status) or 'no reason kept'}"
    yield f"last read {_ago(point.last_success_at, now)}" if point.last_success_at else "never read"
    if state is Health.GONE:
        yield "not asked again"
    else:
        yield f"{phrases.counted(point.failures, 'failure')} in a row"
        yield f"next try {next_try(status, now)}"


def next_try(status: FeedStatus, now: datetime) -> str:
    """Return when a feed is asked again: `in 12 minutes`, `now`, `never` where it is gone or paused."""
    if health(status) in (Health.GONE, Health.PAUSED):
        return "never"
    at = status.checkpoint.next_try_at
    return f"in {phrases.span(at - now)}" if at and at > now else "now"


def feed_card(status: FeedStatus, now: datetime, timezone: str) -> Card:
    """Return all that is known of how a feed is doing, moments in the zone of that IANA name."""
    feed, point, state = status.feed, status.checkpoint, health(status)
    pulse = point.pulse

    def moment(at: datetime | None) -> str:
        return f"{phrases.clock(at, timezone, beside=now)}, {_ago(at, now)}" if at else ""

    failing = state in (Health.FAILING, Health.GONE)
    since = f" since {moment(point.failing_since)}" if failing and point.failing_since else ""
    failures = f"; {phrases.counted(point.failures, 'failure')} in a row" if point.failures > 1 else ""
    media = ", state media" if feed.source.state_media else ""
    reads = " with the page of each story" if feed.full_text else ""
    because = f" ({point.paced_by})" if point.paced_by and not status.paused else ""
    named: tuple[tuple[str, str], ...] = (
        ("State", f"{_STATES[state]}{since}{failures}"),
        ("Error", _error(status)),
        ("Last read", moment(point.last_success_at) or "never"),
        ("Last new", moment(pulse.last_new_at) if pulse else "nothing yet"),
        ("Brings", phrases.rate(pulse.items_a_day) if pulse else ""),
        ("Next try", f"{next_try(status, now)}{because}"),
        ("Answers at", without_keys(point.current_url) if _has_moved(status) else ""),
        ("Outlet", f"{feed.source.name}, {phrases.rated(feed.source.reliability)}{media}"),
        ("Language", phrases.language(feed.language) if feed.language != "und" else ""),
        ("Read as", f"{feed.kind.value}{reads}"),
        ("Added by", status.added_by or "the seed file"),
    )
    return Card(
        heading=f"FEED · {_STATES[state]}",
        title=_title(status),
        url=without_keys(feed.url),
        tone=Tone.TROUBLE if state in IN_TROUBLE else Tone.ANSWER,
        fields=tuple(Field(name, (value,)) for name, value in named if value),
    )


def _has_moved(status: FeedStatus) -> bool:
    return status.checkpoint.current_url != status.feed.url


def _title(status: FeedStatus) -> str:
    return phrases.shorten(status.feed.title, _TITLE)


def _error(status: FeedStatus) -> str:
    return phrases.shorten((status.checkpoint.error or "").rstrip("."), _ERROR)


def _ago(at: datetime, now: datetime) -> str:
    return f"{phrases.span(now - at)} ago"
