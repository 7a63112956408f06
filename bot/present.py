"""What we tell, as cards: an alert, a digest, an error. What we answer is in `bot.answers.claims`.

Pure: a record in, a card out, and no platform is known here.
"""

from collections.abc import Iterator, Sequence

from bot import grades, lines, phrases, waiting
from bot.card import Card, Line, Strong, Tone
from bot.development_card import gist
from bot.language import _, ngettext
from bot.mistakes import mistake_words
from bot.said import judge
from claims.admiralty import best, credibility
from claims.digest import ClaimDay, Summary
from claims.errors import UsageError
from claims.feeds import FeedStatus
from claims.health import Health, health
from claims.independence import support, tally
from claims.model import Alert, Claim, Event, Evidence, FigureChange, Reason
from claims.outgoing import Briefing, Development, Digest

# How much of each list a card shows before `+3 more`, so that it fits the screen of a phone.
_OUTLETS = 3
_DAY_CLAIMS = 6
_DAY_OTHERS = 3
_TROUBLED = 3

_ERROR = 80
"""Characters of an error before it is cut."""


# ---- an alert ----------------------------------------------------------------------------------------


def alert_card(briefing: Briefing, timezone: str, latest: Development | None = None) -> Card:
    """Return an alert as it stands now: what changed, who said it, who tells it, how far to trust it.

    Args:
        briefing: the alert.
        timezone: the IANA name of the zone in which moments are written.
        latest: what was last told under the message, or None where nothing was.

    """
    alert, event = briefing.alert, briefing.event
    if not alert.links:
        return _withdrawn_card(alert)
    lead, *further = alert.links
    member = next((m for m in event.members if m.story.id == lead.story_id), event.members[0])
    is_number = alert.reason is Reason.NEW_FIGURE and alert.change is not None
    title = lines.moved(alert.change, member.story) if is_number and alert.change else alert.headline
    return Card(
        heading=f"{_heading(alert)} · {lines.bears(lead)}",
        title=title,
        url=member.story.url or None,
        tone=lines.TONES.get(alert.reason, Tone.NEWS),
        fields=lines.fields(
            (_("Latest"), _latest(latest, briefing, timezone)),
            (_("Corrected") if _takes_back(alert) else _("Edited"), _corrected(alert, event)),
            (_("Claim"), lines.statement(briefing.claims[0])),
            (_("Also bears on"), ", ".join(lines.bears(link) for link in further)),
            (_("Figure"), lines.number(alert.change, member)),
            (_("Origin"), lines.origin(member)),
            (_("Told by"), _told_by(event)),
            (_("Rated"), _rated(event, lead, briefing.claims[0])),
            (_("Published"), lines.published(member.story, timezone)),
            (_("Link"), lines.link(member.story, title)),
            (_("Why"), " · ".join(mark.words for mark in lead.why)),
            (_("Judged by"), "; ".join(_judged(link) for link in alert.links if link.judge)),
        ),
    )


def _withdrawn_card(alert: Alert) -> Card:
    return Card(
        heading=lines.heading(Reason.WITHDRAWN),
        title=alert.headline,
        lines=((lines.withdrawn(by_outlet=alert.correction is not None),),),
    )


def _heading(alert: Alert) -> str:
    reason = lines.heading(alert.reason)
    return _("CORRECTED · {reason}").format(reason=reason) if _takes_back(alert) else reason


def _takes_back(alert: Alert) -> bool:
    return alert.correction is not None and alert.correction.takes_back


def _latest(latest: Development | None, briefing: Briefing, timezone: str) -> Line:
    if latest is None:
        return ()
    at = lines.moment(latest.at, timezone, beside=briefing.alert.raised_at)
    return lines.filled(_("{what}, {moment}: told below"), what=gist(latest, briefing.event), moment=at)


def _corrected(alert: Alert, event: Event) -> str:
    """Return what an outlet changed in a story that was told, and which."""
    if alert.correction is None:
        return ""
    what, by = lines.corrected(alert.correction), lines.teller(event, alert.correction.story_id)
    return _("{what}, by {teller}").format(what=what, teller=by) if by else what


def _judged(link: Evidence) -> str:
    return f"{judge(link.judge or '')}, {lines.bears(link)}"


def _told_by(event: Event) -> str:
    """Return who tells it: `Sample Herald, also Sample Post, Sample Wire +2; 1 independent`."""
    count = tally(event.members)
    state = {m.story.source.name for m in event.members if m.story.source.state_media}
    first, *others = (
        _("{outlet} (state media)").format(outlet=name) if name in state else name for name in count.outlets
    )
    if not others:
        return _("{outlet} alone").format(outlet=first)
    # The last one is always named: an edit shows who joined.
    named = others if len(others) < _OUTLETS else [*others[: _OUTLETS - 2], others[-1]]
    also = ", ".join(named)
    if len(named) < len(others):
        also = _("{outlets} +{left}").format(outlets=also, left=len(others) - len(named))
    return ngettext(
        "{outlet}, also {others}; {count} independent origin",
        "{outlet}, also {others}; {count} independent origins",
        count.independent,
    ).format(outlet=first, others=also, count=count.independent)


def _rated(event: Event, lead: Evidence, claim: Claim) -> str:
    reliability = best(tuple(m.story.source.reliability for m in event.members))
    behind = support(event.members, lead, denial=claim.denial)
    information = credibility(behind.independent, disputed=behind.disputed)
    return _("{code}: {source}, {information}").format(
        code=f"{reliability.value}{information.value}",
        source=grades.reliability(reliability),
        information=grades.credibility(information),
    )


# ---- a digest ----------------------------------------------------------------------------------------


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


# ---- trouble -----------------------------------------------------------------------------------------


def error_card(error: Exception) -> Card:
    """Return what the asker can mend: the first line of the error as the title, the others below."""
    title, *lines = mistake_words(str(error)).splitlines() or [_("That did not work")]
    wrong = error.wrong if isinstance(error, UsageError) else {}
    wrong = {name: mistake_words(words) for name, words in wrong.items()}
    return Card(title=title, lines=tuple((line,) for line in lines), tone=Tone.TROUBLE, wrong=wrong)
