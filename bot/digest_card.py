"""A digest as a card that is read in a minute. Pure: a record in, a card out, no platform is known here."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot import lines, phrases, waiting
from bot.card import Card, Line, Tone
from bot.controls import Button
from bot.digest_lines import changed, chosen, grouped, laid_out
from bot.digest_words import changes, happening
from bot.language import _, dated, dates, decimal, ngettext
from bot.mistakes import mistake_words
from claims.digest import Summary
from claims.feeds import FeedStatus
from claims.health import Health, health
from claims.outgoing import Digest, Period

_CHANGES = {Period.YEAR: 8}
"""Lines of what changed in a long period, else `_FEW`."""
_FEW = 5
_MORE = 2
"""Lines of what happened beside as many of what changed as there may be; all others that those leave."""
_LEAST = 2
"""Lines of what happened, however much changed."""
_TROUBLED = 3
_ERROR = 80
"""Characters of an error before it is cut."""
_INSTANT = timedelta(microseconds=1)
"""What ends at midnight is of the day before."""
_DAY = timedelta(hours=25)
"""The longest day, on which clocks go back; after days without a digest it is of several."""
_LATE = timedelta(minutes=15)
"""A digest that is raised later than this after its hour says so."""


def digest_card(digest: Digest, summary: Summary, timezone: str, details: str = "") -> Card:
    """Return what a span of time adds up to: what changed, what happened, what is wrong with feeds.

    Args:
        digest: the span.
        summary: what it adds up to.
        timezone: the IANA name of the zone in which moments are written.
        details: the action that shows the rest; nothing for no button.

    """
    late, named = _late(digest, timezone), span(digest, timezone)
    if summary.is_empty:
        title = _("{digest} · {span} · nothing new").format(digest=heading(digest), span=named)
        return Card(title=title, tone=Tone.DIGEST, footer=late)
    kinds = changes(summary, digest)
    most = _CHANGES.get(digest.period, _FEW)
    moved = chosen(kinds, most)
    quoted = {told.story.id for told in moved if told.story}
    happened = [
        happening(told, len(news.told) - 1)
        for news in summary.claims
        for told in [each for each in news.told if quoted.isdisjoint((each.story.id, *each.stories))][:1]
    ]
    above, zone = {told.claim for told in moved}, days_in(digest, timezone)
    # Of what is told above already more can wait: first what else there was.
    happened.sort(key=lambda told: told.claim in above)
    shown = happened[: max(_LEAST, most + _MORE - len(moved))]
    again = sum(each.again for each in summary.denials)
    unsaid, untold = sum(map(len, kinds)) + again - len(moved), len(summary.claims) - len(shown)
    return Card(
        heading=heading(digest),
        title=_("{span} · {counts}").format(span=named, counts=counts(digest, summary)),
        tone=Tone.DIGEST,
        lines=(
            *laid_out(changed(moved, zone), summary, digest),
            *_left(ngettext("+{count} more change", "+{count} more changes", unsaid), unsaid),
            *laid_out(grouped(_("In the news"), shown, zone), summary, digest, above),
            *_left(
                ngettext("+{count} more claim in the news", "+{count} more claims in the news", untold),
                untold,
            ),
        ),
        fields=lines.fields(
            (_("Also"), _also(summary)),
            (_("Feeds"), troubled(summary, digest, timezone)),
            (_("Waited"), waiting.waited(summary.held)),
            (_("Origins"), origins() if any(told.counts for told in (*moved, *shown)) else ""),
        ),
        footer=" · ".join(filter(None, (late, _from_to(digest, timezone)))),
        controls=((Button(_("Details"), details),),) if details and summary.happenings else (),
    )


def days_in(digest: Digest, timezone: str) -> str:
    """Return the zone in which lines have their days; nothing for a digest of one day, which has them all."""
    return "" if digest.period is Period.DAY and digest.until - digest.since <= _DAY else timezone


def heading(digest: Digest) -> str:
    """Return what kind of digest it is, in capitals."""
    return {
        Period.DAY: _("DIGEST"),
        Period.WEEK: _("DIGEST OF THE WEEK"),
        Period.MONTH: _("DIGEST OF THE MONTH"),
        Period.YEAR: _("DIGEST OF THE YEAR"),
    }[digest.period]


def span(digest: Digest, timezone: str) -> str:
    """Return which days a digest is of: `27 August 2024`, `20–27 Aug 2024`, `August 2024`."""
    first, last = (each.astimezone(ZoneInfo(timezone)) for each in (digest.since, digest.until))
    ended = digest.until - _INSTANT
    if digest.period is Period.DAY and digest.until - digest.since <= _DAY:
        return phrases.date(ended, timezone)
    if digest.period is Period.MONTH and first.day == last.day == 1:
        return dated(first, "yMMMM")
    if digest.period is Period.YEAR and (first.month, first.day) == (last.month, last.day) == (1, 1):
        return dated(first, "y")
    return dates(first, ended.astimezone(ZoneInfo(timezone)))


def counts(digest: Digest, summary: Summary) -> str:
    """Return how much happened, beside the period before where that is known."""
    if not summary.happenings:
        return _("nothing new")
    told = phrases.happenings(summary.happenings)
    if summary.before is not None:
        words = {
            Period.WEEK: _("{happenings} ({count} the week before)"),
            Period.MONTH: _("{happenings} ({count} the month before)"),
            Period.YEAR: _("{happenings} ({count} the year before)"),
        }.get(digest.period, "{happenings}")
        told = words.format(happenings=told, count=decimal(summary.before))
    return _("{happenings}, told in {stories}").format(
        happenings=told, stories=phrases.stories(summary.stories)
    )


def day_counts(digest: Digest, summary: Summary) -> str:
    """Return how much happened, and of how many claims something changed."""
    count = len(summary.moved)
    if not count:
        return counts(digest, summary)
    moved = ngettext("{count} claim moved", "{count} claims moved", count).format(count=count)
    return _("{counts}, {moved}").format(counts=counts(digest, summary), moved=moved)


def origins() -> str:
    """Return how independent origins are counted."""
    return _(
        "independent are those who say it, not outlets repeating them;"
        " one government or publisher counts once"
    )


def _left(words: str, count: int) -> Iterator[Line]:
    """Yield how many are not shown."""
    if count > 0:
        yield (words.format(count=decimal(count)),)


def _also(summary: Summary) -> str:
    """Return what else there was, in numbers."""
    recalled, others = sum(summary.recalled.values()), len(summary.others)
    said = []
    if others:
        words = ngettext("{count} happening fits no claim", "{count} happenings fit no claim", others)
        said.append(words.format(count=decimal(others)))
    if recalled:
        words = ngettext(
            "{count} story only mentions a claim",
            "{count} stories only mention claims",
            recalled,
        )
        said.append(words.format(count=decimal(recalled)))
    return "; ".join(said)


def troubled(summary: Summary, digest: Digest, timezone: str, most: int = _TROUBLED) -> str:
    """Return what is wrong with feeds, of at most so many."""
    words = [_trouble(status, digest, timezone) for status in summary.troubled]
    return phrases.listed(words, most, between="; ")


def _trouble(status: FeedStatus, digest: Digest, timezone: str) -> str:
    point, state = status.checkpoint, health(status)
    title = status.feed.title
    if state is Health.SILENT and point.pulse:
        last = phrases.clock(point.pulse.last_new_at, timezone, beside=digest.until)
        return _("{feed}: nothing new since {moment}").format(feed=title, moment=last)
    gone, read = state is Health.GONE, point.last_success_at
    if read:
        words = (
            _("{feed}: gone for good, {error}, last read {moment}")
            if gone
            else _("{feed}: {error}, last read {moment}")
        )
    else:
        words = _("{feed}: gone for good, {error}, never read") if gone else _("{feed}: {error}, never read")
    return words.format(
        feed=title,
        error=phrases.shorten(mistake_words(point.error or _("fails")).rstrip("."), _ERROR),
        moment=phrases.clock(read, timezone, beside=digest.until) if read else "",
    )


def _late(digest: Digest, timezone: str) -> str:
    """Return that a digest comes late, or nothing."""
    raised, due = digest.raised_at, digest.until
    if raised is None or raised - due < _LATE:
        return ""
    at = phrases.clock(due, timezone, beside=raised)
    return _("Late by {time}: it was due {moment}").format(time=phrases.span(raised - due), moment=at)


def _from_to(digest: Digest, timezone: str) -> str:
    since = phrases.clock(digest.since, timezone, beside=digest.until)
    until = phrases.clock(digest.until, timezone, beside=digest.since)
    return _("From {since} to {until}").format(since=since, until=until)
