"""What became of feeds, as a card: which fail, are gone or fell silent, which are well again; what to do."""

from collections.abc import Sequence

from bot import phrases
from bot.card import Card, Line, Link, Tone
from bot.commands.spelling import Spelling
from claims.feeds import Trouble
from claims.health import outage
from claims.outgoing import FeedChange, Notice
from claims.text import without_keys

_SHOWN = 12
"""Feeds that are named before `+3 more`: with an error each, about the screen of a phone."""

# How many characters a quoted text has before it is cut.
_TITLE = 60
_ERROR = 120

_HEADINGS = {
    Trouble.GONE: "gone",
    Trouble.FAILING: "failing",
    Trouble.SILENT: "silent",
    None: "well again",
}
_COUNTED = {
    Trouble.GONE: ("is gone", "are gone"),
    Trouble.FAILING: ("fails", "fail"),
    Trouble.SILENT: ("is silent", "are silent"),
    None: ("is well again", "are well again"),
}


def notice_card(notice: Notice, timezone: str, spelled: Spelling) -> Card:
    """Return a notice: the one feed with what happened to it, or a line for each of several, worst first.

    Where nearly all feeds fail, and where many answer again, one line says so in place of theirs. `timezone`
    is the IANA name of the zone in which moments are written; commands are named as they are `spelled` there.
    """
    if len(notice.changes) == 1:
        change = notice.changes[0]
        return Card(
            heading=f"FEED · {_HEADINGS[change.trouble]}",
            title=f"{_title(change)} {_words(change, notice, timezone)}",
            url=without_keys(change.url),
            tone=Tone.TROUBLE if change.trouble else Tone.ANSWER,
            lines=((_error(change),),) if change.error else (),
            footer=_footer([change], notice, timezone, spelled),
        )
    kinds = {kind: [c for c in notice.changes if c.trouble is kind] for kind in _COUNTED}
    together = [changes for changes in kinds.values() if _is_one(changes, notice)]
    named = [change for changes in kinds.values() if changes not in together for change in changes]
    left = len(named) - _SHOWN
    return Card(
        heading="FEEDS",
        title=", ".join(
            f"{phrases.counted(len(changes), 'feed')} {_COUNTED[kind][len(changes) > 1]}"
            for kind, changes in kinds.items()
            if changes
        ),
        tone=Tone.TROUBLE if len(kinds[None]) < len(notice.changes) else Tone.ANSWER,
        lines=(
            *(_at_once(changes, notice, timezone) for changes in together),
            *(_line(change, notice, timezone) for change in named[:_SHOWN]),
            *([(f"+{left} more; {spelled('feed list')} has all that are in trouble",)] if left > 0 else []),
        ),
        footer=_footer(named, notice, timezone, spelled),
    )


def _is_one(changes: Sequence[FeedChange], notice: Notice) -> bool:
    """Say whether these are one thing to tell: our own network was lost, or is there again."""
    if not all(Trouble.FAILING in (change.trouble, change.was) for change in changes):
        return False
    back = any(change.trouble is None for change in changes)
    return len(changes) > _SHOWN if back else outage(len(changes), notice.answering)


def _at_once(changes: Sequence[FeedChange], notice: Notice, timezone: str) -> Line:
    first = min(changes, key=lambda change: change.since or notice.raised_at)
    if first.trouble is None:
        return (f"{len(changes):,} feeds answer again{_after(first, notice)}",)
    before = f"{len(changes) + notice.answering:,} feeds that answered"
    feeds = f"{len(changes):,} of {before}" if notice.answering else f"All {before}"
    said = f"; the first error: {_error(first)}" if first.error else ""
    return (f"{feeds} have failed{_since(first, notice, timezone)}, so it may be our own network{said}",)


def _line(change: FeedChange, notice: Notice, timezone: str) -> Line:
    said = f": {_error(change)}" if change.error else ""
    return (Link(_title(change), without_keys(change.url)), f" {_words(change, notice, timezone)}{said}")


def _words(change: FeedChange, notice: Notice, timezone: str) -> str:
    """Return what happened, to be read after the name of the feed."""
    match change.trouble:
        case Trouble.GONE:
            return "is gone for good, and is not asked again"
        case Trouble.FAILING:
            return f"has failed{_since(change, notice, timezone)}"
        case Trouble.SILENT:
            usual = f"; usually {phrases.rate(change.items_a_day)}" if change.items_a_day else ""
            again = "answers again, but " if change.was is Trouble.FAILING else ""
            return f"{again}has brought nothing new{_since(change, notice, timezone)}{usual}"
        case None:
            again = "brings something new again" if change.was is Trouble.SILENT else "answers again"
            return again + _after(change, notice)


def _since(change: FeedChange, notice: Notice, timezone: str) -> str:
    if change.since is None:
        return ""
    ago = phrases.span(notice.raised_at - change.since)
    return f" since {phrases.clock(change.since, timezone, beside=notice.raised_at)}, for {ago}"


def _after(change: FeedChange, notice: Notice) -> str:
    return f" after {phrases.span(notice.raised_at - change.since)}" if change.since else ""


def _title(change: FeedChange) -> str:
    return phrases.shorten(change.title, _TITLE)


def _error(change: FeedChange) -> str:
    return phrases.shorten((change.error or "").rstrip("."), _ERROR)


def _footer(changes: Sequence[FeedChange], notice: Notice, timezone: str, spelled: Spelling) -> str:
    """Return when it was told, which tells it from other notices about the same, and what to do."""
    troubles = {change.trouble for change in changes}
    advice = {
        Trouble.GONE: f"{spelled('feed resume')} asks a gone feed anew, {spelled('feed remove')} drops it",
        Trouble.FAILING: f"what fails is asked again by itself, {spelled('feed test')} shows what it answers",
        Trouble.SILENT: f"what is silent may have moved: {spelled('feed add')} finds the feeds of a site",
    }
    told = phrases.clock(notice.raised_at, timezone, beside=notice.raised_at)
    return " · ".join([told, *(said for trouble, said in advice.items() if trouble in troubles)])
