"""What became of feeds, as a card: which fail, are gone or fell silent, which are well again; what to do."""

from collections.abc import Sequence

from bot import lines, paces, phrases
from bot.card import Card, Line, Link, Span, Tone, plain
from bot.commands.spelling import Spelling
from bot.language import _, decimal, ngettext
from bot.mistakes import mistake_words
from claims.feeds import Trouble
from claims.health import outage
from claims.outgoing import FeedChange, Notice
from claims.text import without_keys

_SHOWN = 12
"""Feeds that are named before `+3 more`: with an error each, about the screen of a phone."""

# How many characters a quoted text has before it is cut.
_TITLE = 60
_ERROR = 120

_KINDS = (Trouble.GONE, Trouble.FAILING, Trouble.SILENT, None)
"""What feeds are told of, worst first; None is well again."""


def notice_card(notice: Notice, timezone: str, spelled: Spelling) -> Card:
    """Return a notice: the one feed with what happened to it, or a line for each of several, worst first.

    Where nearly all feeds fail, and where many answer again, one line says so in place of theirs. `timezone`
    is the IANA name of the zone in which moments are written; commands are named as they are `spelled` there.
    """
    if len(notice.changes) == 1:
        change = notice.changes[0]
        return Card(
            heading=_("FEED · {state}").format(state=_state(change.trouble)),
            title=plain(_sentence(change, _title(change), notice, timezone)),
            url=without_keys(change.url),
            tone=Tone.TROUBLE if change.trouble else Tone.ANSWER,
            lines=((_error(change),),) if change.error else (),
            footer=_footer([change], notice, timezone, spelled),
        )
    kinds = {kind: [c for c in notice.changes if c.trouble is kind] for kind in _KINDS}
    together = [changes for changes in kinds.values() if _is_one(changes, notice)]
    named = [change for changes in kinds.values() if changes not in together for change in changes]
    left = len(named) - _SHOWN
    return Card(
        heading=_("FEEDS"),
        title=", ".join(_counted(kind, len(changes)) for kind, changes in kinds.items() if changes),
        tone=Tone.TROUBLE if len(kinds[None]) < len(notice.changes) else Tone.ANSWER,
        lines=(
            *(_at_once(changes, notice, timezone) for changes in together),
            *(_line(change, notice, timezone) for change in named[:_SHOWN]),
            *([(_left(left, spelled),)] if left > 0 else []),
        ),
        footer=_footer(named, notice, timezone, spelled),
    )


def _state(trouble: Trouble | None) -> str:
    return {
        Trouble.GONE: _("gone"),
        Trouble.FAILING: _("failing"),
        Trouble.SILENT: _("silent"),
        None: _("well again"),
    }[trouble]


def _counted(trouble: Trouble | None, count: int) -> str:
    words = {
        Trouble.GONE: ngettext("{count} feed is gone", "{count} feeds are gone", count),
        Trouble.FAILING: ngettext("{count} feed fails", "{count} feeds fail", count),
        Trouble.SILENT: ngettext("{count} feed is silent", "{count} feeds are silent", count),
        None: ngettext("{count} feed is well again", "{count} feeds are well again", count),
    }
    return words[trouble].format(count=decimal(count))


def _left(count: int, spelled: Spelling) -> str:
    words = _("+{count} more; {command} has all that are in trouble")
    return words.format(count=decimal(count), command=spelled("feed list"))


def _is_one(changes: Sequence[FeedChange], notice: Notice) -> bool:
    """Say whether these are one thing to tell: our own network was lost, or is there again."""
    if not all(Trouble.FAILING in (change.trouble, change.was) for change in changes):
        return False
    back = any(change.trouble is None for change in changes)
    return len(changes) > _SHOWN if back else outage(len(changes), notice.answering)


def _at_once(changes: Sequence[FeedChange], notice: Notice, timezone: str) -> Line:
    first = min(changes, key=lambda change: change.since or notice.raised_at)
    count, all_of = len(changes), len(changes) + notice.answering
    if first.trouble is None:
        words = (
            _("{count} feeds answer again after {time}") if first.since else _("{count} feeds answer again")
        )
    elif first.since is None:
        words = (
            _("{count} of {all} feeds that answered have failed, so it may be our own network")
            if notice.answering
            else _("All {all} feeds that answered have failed, so it may be our own network")
        )
    else:
        words = (
            _(
                "{count} of {all} feeds that answered have failed since {moment}, for {time}, "
                "so it may be our own network"
            )
            if notice.answering
            else _(
                "All {all} feeds that answered have failed since {moment}, for {time}, "
                "so it may be our own network"
            )
        )
    said = words.format(count=decimal(count), all=decimal(all_of), **_since(first, notice, timezone))
    if first.trouble and first.error:
        said = _("{what}; the first error: {error}").format(what=said, error=_error(first))
    return (said,)


def _line(change: FeedChange, notice: Notice, timezone: str) -> Line:
    said = f": {_error(change)}" if change.error else ""
    title = Link(_title(change), without_keys(change.url))
    return (*_sentence(change, title, notice, timezone), said)


def _sentence(change: FeedChange, feed: Span, notice: Notice, timezone: str) -> Line:
    """Return what happened to a feed."""
    spans = _since(change, notice, timezone)
    line = lines.filled(_words(change), feed=feed, **spans)
    if change.trouble is Trouble.SILENT and change.items_a_day:
        return (*line, _("; usually {rate}").format(rate=paces.rate(change.items_a_day)))
    return line


def _words(change: FeedChange) -> str:
    match change.trouble:
        case Trouble.GONE:
            return _("{feed} is gone for good, and is not asked again")
        case Trouble.FAILING if change.since:
            return _("{feed} has failed since {moment}, for {time}")
        case Trouble.FAILING:
            return _("{feed} has failed")
        case Trouble.SILENT if change.was is Trouble.FAILING and change.since:
            return _("{feed} answers again, but has brought nothing new since {moment}, for {time}")
        case Trouble.SILENT if change.was is Trouble.FAILING:
            return _("{feed} answers again, but has brought nothing new")
        case Trouble.SILENT if change.since:
            return _("{feed} has brought nothing new since {moment}, for {time}")
        case Trouble.SILENT:
            return _("{feed} has brought nothing new")
        case None if change.was is Trouble.SILENT and change.since:
            return _("{feed} brings something new again after {time}")
        case None if change.was is Trouble.SILENT:
            return _("{feed} brings something new again")
        case None if change.since:
            return _("{feed} answers again after {time}")
        case None:
            return _("{feed} answers again")


def _since(change: FeedChange, notice: Notice, timezone: str) -> dict[str, str]:
    """Return since when it is so and for how long, for sentences that say it."""
    if change.since is None:
        return {}
    return {
        "moment": phrases.clock(change.since, timezone, beside=notice.raised_at),
        "time": phrases.span(notice.raised_at - change.since),
    }


def _title(change: FeedChange) -> str:
    return phrases.shorten(change.title, _TITLE)


def _error(change: FeedChange) -> str:
    return phrases.shorten(mistake_words(change.error or "").rstrip("."), _ERROR)


def _footer(changes: Sequence[FeedChange], notice: Notice, timezone: str, spelled: Spelling) -> str:
    """Return when it was told, which tells it from other notices about the same, and what to do."""
    troubles = {change.trouble for change in changes}
    advice = {
        Trouble.GONE: _("{resume} asks a gone feed anew, {remove} drops it"),
        Trouble.FAILING: _("what fails is asked again by itself, {test} shows what it answers"),
        Trouble.SILENT: _("what is silent may have moved: {add} finds the feeds of a site"),
    }
    names = {name: spelled(f"feed {name}") for name in ("resume", "remove", "test", "add")}
    told = phrases.clock(notice.raised_at, timezone, beside=notice.raised_at)
    return " · ".join(
        [told, *(said.format(**names) for trouble, said in advice.items() if trouble in troubles)]
    )
