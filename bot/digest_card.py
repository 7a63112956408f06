"""A digest as a card. Pure: a record in, a card out, and no platform is known here."""

from collections.abc import Iterator, Sequence

from bot import lines, phrases, waiting
from bot.card import Card, Line, Strong, Tone
from bot.language import _, ngettext
from bot.mistakes import mistake_words
from claims.digest import ClaimDay, Summary
from claims.feeds import FeedStatus
from claims.health import Health, health
from claims.independence import tally
from claims.model import Event, FigureChange
from claims.outgoing import Digest

# How much of each list a card shows before `+3 more`, so that it fits the screen of a phone.
_DAY_CLAIMS = 6
_DAY_OTHERS = 3
_TROUBLED = 3

_ERROR = 80
"""Characters of an error before it is cut."""


def digest_card(digest: Digest, summary: Summary, timezone: str) -> Card:
    """Return a day in a few lines: what changed claim by claim, what else happened, what is wrong with feeds.

    `timezone` is the IANA name of the zone in which moments are written.
    """
    since, until = (phrases.clock(m, timezone, beside=digest.until) for m in (digest.since, digest.until))
    also = [
        _("{claim}: {happenings}, {outlets}").format(
            claim=d.claim.id, happenings=phrases.happenings(d.happenings), outlets=phrases.outlets(d.outlets)
        )
        for d in summary.days
        if not d.moved
    ]
    new = [
        _("{headline}: {origins}, no claim yet").format(
            headline=_short(each.story.title), origins=phrases.origins(each.tally.independent)
        )
        for each in summary.candidates
    ]
    others = [
        _("{headline} ({origins})").format(
            headline=_first_headline(e), origins=phrases.origins(tally(e.members).independent)
        )
        for e in summary.others
    ]
    troubled = [_trouble(status, digest, timezone) for status in summary.troubled]
    return Card(
        heading=_("DIGEST"),
        title=_("{day} · {counts}").format(
            day=phrases.day(digest.until, timezone), counts=day_counts(summary)
        ),
        tone=Tone.DIGEST,
        lines=tuple(_moved(summary.moved)),
        fields=lines.fields(
            (_("Also"), phrases.listed(also, _DAY_CLAIMS, between="; ")),
            (_("New?"), phrases.listed(new, _DAY_OTHERS, between="; ")),
            (_("No claim yet"), phrases.listed(others, _DAY_OTHERS, between="; ")),
            (_("Feeds"), phrases.listed(troubled, _TROUBLED, between="; ")),
            (_("Waited"), waiting.waited(summary.held)),
        ),
        footer=_("From {since} to {until}").format(since=since, until=until),
    )


def day_counts(summary: Summary) -> str:
    """Return how much happened on the day of a digest."""
    if not summary.happenings:
        return _("nothing new")
    count = len(summary.moved)
    moved = ngettext("{count} claim moved", "{count} claims moved", count).format(count=count)
    return _("{happenings}, {stories}, {moved}").format(
        happenings=phrases.happenings(summary.happenings),
        stories=phrases.stories(summary.stories),
        moved=moved if count else _("no claim moved"),
    )


def _moved(days: Sequence[ClaimDay]) -> Iterator[Line]:
    """Return a line for each claim that moved; a headline is told once, at the first of its claims."""
    told: set[str] = set()
    for day in days[:_DAY_CLAIMS]:
        parts = [_moved_figure(change) for change in day.changes]
        fresh = [headline for headline in dict.fromkeys(day.denials) if headline not in told]
        told.update(fresh)
        if fresh:
            words = _("said again: {headlines}") if day.claim.denial else _("denied: {headlines}")
            named = phrases.listed([_short(headline) for headline in fresh], 2, between="; ")
            parts.append(words.format(headlines=named))
        elif day.denials:
            parts.append(_("said again, as above") if day.claim.denial else _("denied, as above"))
        yield (Strong(day.claim.id), f": {'; '.join(parts)}")
    if len(days) > _DAY_CLAIMS:
        yield (_("+{count} more").format(count=len(days) - _DAY_CLAIMS),)


def _moved_figure(change: FigureChange) -> str:
    now, before = change.now, change.before
    figure = phrases.quantity(now)
    if before is None:
        return _("{figure} (no earlier figure to compare)").format(figure=figure)
    if before.said_by == now.body:
        earlier = phrases.earlier(change, before)
        return _("{figure} ({earlier})").format(figure=figure, earlier=earlier)
    return _("{figure} (another estimate beside {body}'s {amount})").format(
        figure=figure, body=before.said_by, amount=phrases.amount(before.figure)
    )


def _short(headline: str) -> str:
    return phrases.shorten(headline, lines.HEADLINE)


def _first_headline(event: Event) -> str:
    return _short(event.members[0].story.title)


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
