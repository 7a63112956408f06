"""What we tell, as cards: an alert, a digest, an error. What we answer is in `bot.answers`.

Pure: a record in, a card out, and no platform is known here.
"""

from collections.abc import Iterator, Sequence

from bot import phrases, waiting
from bot.card import Card, Field, Line, Link, Strong, Tone
from claims.admiralty import best, credibility
from claims.corrections import foremost
from claims.digest import ClaimDay, Summary
from claims.feeds import FeedStatus
from claims.health import Health, health
from claims.independence import Tally, outlet, support, tally
from claims.model import Alert, Claim, Event, Evidence, FigureChange, Member, Reason, Stance, Story, Turn
from claims.outgoing import Briefing, Digest

# How much of each list a card shows before `+3 more`, so that it fits the screen of a phone.
_OUTLETS = 3
_DAY_CLAIMS = 6
_DAY_OTHERS = 3
_TROUBLED = 3

# How many characters a quoted text has before it is cut.
_STATEMENT = 200
_HEADLINE = 100
_ERROR = 80

_TONES = {Reason.NEW_FIGURE: Tone.FIGURE, Reason.DENIAL: Tone.DISPUTE}
_BEARS = {Stance.SUPPORTS: "supports", Stance.DISPUTES: "disputes", Stance.BACKGROUND: "background to"}


# ---- an alert ----------------------------------------------------------------------------------------


def alert_card(briefing: Briefing, timezone: str) -> Card:
    """Return an alert as it stands now: what changed, who said it, who tells it, how far to trust it.

    `timezone` is the IANA name of the zone in which moments are written.
    """
    alert, event = briefing.alert, briefing.event
    if not alert.links:
        return _withdrawn_card(alert)
    lead, *further = alert.links
    member = next((m for m in event.members if m.story.id == lead.story_id), event.members[0])
    title = _title(alert, member)
    return Card(
        heading=f"{_heading(alert)} · {_bears(lead)}",
        title=title,
        url=member.story.url or None,
        tone=_TONES.get(alert.reason, Tone.NEWS),
        fields=_fields(
            ("Corrected" if _takes_back(alert) else "Edited", _corrected(alert, event)),
            ("Claim", _statement(briefing.claims[0])),
            ("Also bears on", ", ".join(_bears(link) for link in further)),
            ("Figure", _figure(alert, member)),
            ("Origin", _origin(member)),
            ("Told by", _told_by(event)),
            ("Rated", _rated(event, lead, briefing.claims[0])),
            ("Published", _published(member.story, timezone)),
            ("Link", _link(member.story, title)),
            ("Why", " · ".join(mark.words for mark in lead.why)),
            ("Judged by", "; ".join(_judged(link) for link in alert.links if link.judge)),
        ),
    )


def _withdrawn_card(alert: Alert) -> Card:
    by_person = "Withdrawn by a person: it bears on no tracked claim, or is told with another happening."
    by_outlet = (
        "Withdrawn: its story was edited by the outlet, and bears on no tracked claim as it reads now."
    )
    return Card(
        heading="WITHDRAWN",
        title=alert.headline,
        lines=((by_outlet if alert.correction else by_person,),),
    )


def _heading(alert: Alert) -> str:
    reason = alert.reason.value.replace("-", " ").upper()
    return f"CORRECTED · {reason}" if _takes_back(alert) else reason


def _takes_back(alert: Alert) -> bool:
    return alert.correction is not None and alert.correction.takes_back


def _corrected(alert: Alert, event: Event) -> str:
    """Return what an outlet changed in a story that was told: `at least 13,000 containers (was 15,000)`."""
    correction = alert.correction
    if correction is None:
        return ""
    parts = [phrases.corrected(correction.was, correction.now), *map(_turned, correction.turns)]
    by = [outlet(m.story) for m in event.members if m.story.id == correction.story_id]
    return ", by ".join(["; ".join(filter(None, parts)), *by])


def _turned(turn: Turn) -> str:
    if turn.now is None:
        return f"no longer bears on {turn.claim_id}"
    was = f" (was: {_BEARS[turn.was]})" if turn.was else ""
    return f"now {_BEARS[turn.now]} {turn.claim_id}{was}"


def _fields(*pairs: tuple[str, str | Line]) -> tuple[Field, ...]:
    """Return the fields that have something to say."""
    return tuple(Field(name, (value,) if isinstance(value, str) else value) for name, value in pairs if value)


def _bears(link: Evidence) -> str:
    return f"{_BEARS[link.stance]} {link.claim_id}"


def _judged(link: Evidence) -> str:
    return f"{link.judge}, {_bears(link)}"


def _statement(claim: Claim) -> str:
    return (
        f"{phrases.shorten(claim.statement.rstrip('.'), _STATEMENT)}. {claim.said_by}, {claim.said_on.words}"
    )


def _title(alert: Alert, member: Member) -> str:
    """Return what changed in one line: who gives which number, or else the headline."""
    if alert.reason is not Reason.NEW_FIGURE or alert.change is None:
        return alert.headline
    now, before = alert.change.now, alert.change.before
    said_by = now.body or outlet(member.story)
    was = ""
    if before and before.said_by == said_by:
        was = f" ({phrases.was(alert.change)} {phrases.amount(before.figure)}, same body)"
    elif before:
        was = f" ({before.said_by}: {phrases.amount(before.figure)})"
    return f"{said_by}: {phrases.quantity(now)}{was}"


def _figure(alert: Alert, member: Member) -> str:
    if not alert.change:
        return "; ".join(phrases.quantity(figure) for figure in foremost(member.reading))
    now, before = alert.change.now, alert.change.before
    relayed = member.reading.origin.chain if member.reading.origin else ()
    says = f", says {now.body}" if now.body and now.body not in relayed else ""
    was = "no earlier figure to compare"
    if before:
        same = before.said_by == (now.body or outlet(member.story))
        how = phrases.was(alert.change) if same else "another estimate beside"
        was = f"{how} {phrases.amount(before.figure)} ({before.said_by}, {before.said_on.words})"
    return f"{phrases.quantity(now)}{says}; {was}"


def _origin(member: Member) -> str:
    origin = member.reading.origin
    if origin is None:
        return "none named"
    root, *relays = origin.chain
    return ", by ".join([f"{root} (a party to the matter)" if origin.party else root, *relays])


def _told_by(event: Event) -> str:
    count = tally(event.members)
    state = {m.story.source.name for m in event.members if m.story.source.state_media}
    names = [f"{name} (state media)" if name in state else name for name in count.outlets]
    shown = ", ".join(names)
    if len(names) > _OUTLETS:
        # The last one is always named: an edit shows who joined.
        shown = f"{phrases.listed(names[:-1], _OUTLETS - 1)}, {names[-1]}"
    outlets = phrases.told(len(names), "outlet")
    if len(names) > 1:
        outlets += f" of {phrases.told(count.families, 'family', 'families')}"
    return f"{shown}: {outlets}, {phrases.told(count.independent, 'independent origin')}"


def _rated(event: Event, lead: Evidence, claim: Claim) -> str:
    reliability = best(tuple(m.story.source.reliability for m in event.members))
    behind = support(event.members, lead, denial=claim.denial)
    information = credibility(behind.independent, disputed=behind.disputed)
    return f"{reliability.value}{information.value}: {reliability.words}, {information.words}"


def _published(story: Story, timezone: str) -> str:
    seen = phrases.clock(story.seen_at, timezone, beside=story.seen_at)
    if story.published_at is None:
        return f"without a date, seen {seen}"
    published = phrases.clock(story.published_at, timezone, beside=story.seen_at)
    if story.published_at > story.seen_at:
        return f"dated {published}, but seen {seen}"
    return f"{published}, seen {phrases.span(story.seen_at - story.published_at)} later"


def _link(story: Story, headline: str) -> Line:
    """Return the link to a story, by its title, or by its outlet where the card has that title already."""
    teller, tongue = outlet(story), phrases.tongue(story.language)
    if story.title == headline:
        return (Link(teller, story.url), tongue) if tongue else (Link(teller, story.url),)
    return (Link(phrases.shorten(story.title, _HEADLINE), story.url), f" · {teller}{tongue}")


# ---- a digest ----------------------------------------------------------------------------------------


def digest_card(digest: Digest, summary: Summary, timezone: str) -> Card:
    """Return a day in a few lines: what changed claim by claim, what else happened, what is wrong with feeds.

    `timezone` is the IANA name of the zone in which moments are written.
    """
    counts = [
        phrases.counted(summary.happenings, "happening"),
        phrases.counted(summary.stories, "story", "stories"),
        f"{phrases.counted(len(summary.moved), 'claim') if summary.moved else 'no claim'} moved",
    ]
    said = ", ".join(counts) if summary.happenings else "nothing new"
    since, until = (phrases.clock(m, timezone, beside=digest.until) for m in (digest.since, digest.until))
    also = [
        f"{d.claim.id}: {phrases.counted(d.happenings, 'happening')}, {phrases.counted(d.outlets, 'outlet')}"
        for d in summary.days
        if not d.moved
    ]
    new = [f"{_short(each.story.title)}: {_origins(each.tally)}, no claim yet" for each in summary.candidates]
    others = [f"{_first_headline(e)} ({_origins(tally(e.members))})" for e in summary.others]
    troubled = [_trouble(status, digest, timezone) for status in summary.troubled]
    return Card(
        heading="DIGEST",
        title=f"{phrases.day(digest.until, timezone)} · {said}",
        tone=Tone.DIGEST,
        lines=tuple(_moved(summary.moved)),
        fields=_fields(
            ("Also", phrases.listed(also, _DAY_CLAIMS, between="; ")),
            ("New?", phrases.listed(new, _DAY_OTHERS, between="; ")),
            ("No claim yet", phrases.listed(others, _DAY_OTHERS, between="; ")),
            ("Feeds", phrases.listed(troubled, _TROUBLED, between="; ")),
            ("Waited", waiting.waited(summary.held)),
        ),
        footer=f"From {since} to {until}",
    )


def _moved(days: Sequence[ClaimDay]) -> Iterator[Line]:
    """Return a line for each claim that moved; a headline is told once, at the first of its claims."""
    told: set[str] = set()
    for day in days[:_DAY_CLAIMS]:
        parts = [_moved_figure(change) for change in day.changes]
        fresh = [headline for headline in dict.fromkeys(day.denials) if headline not in told]
        told.update(fresh)
        verb = "said again" if day.claim.denial else "denied"
        if fresh:
            parts.append(f"{verb}: {phrases.listed([_short(h) for h in fresh], 2, between='; ')}")
        elif day.denials:
            parts.append(f"{verb}, as above")
        yield (Strong(day.claim.id), f": {'; '.join(parts)}")
    if len(days) > _DAY_CLAIMS:
        yield (f"+{len(days) - _DAY_CLAIMS} more",)


def _moved_figure(change: FigureChange) -> str:
    now, before = change.now, change.before
    was = "no earlier figure to compare"
    if before:
        was = (
            phrases.was(change)
            if before.said_by == now.body
            else f"another estimate beside {before.said_by}'s"
        )
        was += f" {phrases.amount(before.figure)}"
    return f"{phrases.quantity(change.now)} ({was})"


def _short(headline: str) -> str:
    return phrases.shorten(headline, _HEADLINE)


def _first_headline(event: Event) -> str:
    return _short(event.members[0].story.title)


def _origins(count: Tally) -> str:
    return phrases.counted(count.independent, "independent origin")


def _trouble(status: FeedStatus, digest: Digest, timezone: str) -> str:
    point, state = status.checkpoint, health(status)
    if state is Health.SILENT and point.pulse:
        last = phrases.clock(point.pulse.last_new_at, timezone, beside=digest.until)
        return f"{status.feed.title}: nothing new since {last}"
    error = phrases.shorten((point.error or "fails").rstrip("."), _ERROR)
    gone = "gone for good, " if state is Health.GONE else ""
    read = point.last_success_at
    since = f"last read {phrases.clock(read, timezone, beside=digest.until)}" if read else "never read"
    return f"{status.feed.title}: {gone}{error}, {since}"


# ---- trouble -----------------------------------------------------------------------------------------


def error_card(error: Exception) -> Card:
    """Return what the asker can mend: the first line of the error as the title, the others below."""
    title, *lines = str(error).splitlines() or ["That did not work"]
    return Card(title=title, lines=tuple((line,) for line in lines), tone=Tone.TROUBLE)
