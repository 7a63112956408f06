"""What we answer of kept stories and happenings, as cards. Pure, like `bot.answers.claims`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot import lines, phrases
from bot.answers.review import ID
from bot.card import Card, Field, Line, Link, Moment, Span, Strong
from bot.commands.spelling import Spelling
from bot.language import _, decimal, ngettext
from bot.lines import joined
from bot.paging import Page, paged
from bot.reasons import reason_line
from bot.said import kind_words, who
from claims.corrections import foremost
from claims.governments import by_government
from claims.independence import Who, outlet, tally
from claims.model import Alert, Event, Evidence, Member
from claims.outgoing import Delivery, DeliveryState
from claims.verdicts import Verdict, standing
from claims.workspaces import Snooze, SnoozeKind

_HEADLINE = 100
_OUTLETS = 4
_ORIGINS = 4
_CLAIMS = 3
_FIGURES = 4


def found_card(page: Page[Member], count: int, sought: str, timezone: str, spelled: Spelling) -> Card:
    """Return a page of the stories that were found.

    Args:
        page: newest first.
        count: of all that were found, or 0 where there may be more than were looked for.
        sought: what was looked for, in words.
        timezone: IANA name of the zone in which days are written.
        spelled: how commands are typed where it is shown.

    """
    words = ngettext("{count} story: {sought}", "{count} stories: {sought}", count)
    if not count:
        words = _("The newest stories: {sought}")
    return paged(
        Card(
            title=words.format(count=decimal(count), sought=sought),
            lines=tuple(_found(member, timezone) for member in page.items),
            footer=_("{command} shows where it belongs").format(command=spelled("event show STORY")),
        ),
        page,
    )


def _found(member: Member, timezone: str) -> Line:
    story = member.story
    bears = phrases.listed([bears_on(link) for link in member.reading.evidence], _CLAIMS)
    said = phrases.in_tongue(f"{outlet(story)}, {phrases.date(story.at, timezone)}", story.language)
    return (
        Strong(story.id[:ID]),
        ": ",
        Link(phrases.shorten(story.title, _HEADLINE), story.url),
        f" · {said}{' · ' if bears else ''}{bears}",
    )


def bears_on(link: Evidence) -> str:
    """Return what a story does to a claim: `supports containers-2023`, with a `?` where nobody is sure."""
    return lines.bearing(link.stance, link.claim_id) + ("?" if link.suggested else "")


def event_card(
    event: Event,
    page: Page[Member],
    alert: Alert | None,
    deliveries: Sequence[Delivery],
    said: Mapping[str, Sequence[Verdict]],
    snoozes: Sequence[Snooze],
    timezone: str,
    workspace: str,
    who: Who,
) -> Card:
    """Return a happening: who tells it, from whom, what it bears on, and what became of it here.

    Args:
        event: with its stories as the asker's workspace reads them.
        page: of its stories, in the order in which they came.
        alert: that of the event, with the links that the workspace sees.
        deliveries: of that alert, to the channels of the workspace.
        said: what people said of its stories and the workspace may know, oldest first, by story.
        snoozes: those of the workspace that keep it quiet.
        timezone: IANA name of the zone in which moments are written.
        workspace: whose people read it.
        who: whom names mean (`claims.standing`).

    """
    count = tally(by_government(event.members, who))
    told = _("{outlets}: {families}, {origins}").format(
        outlets=phrases.listed(count.outlets, _OUTLETS),
        families=phrases.families(count.families),
        origins=phrases.origins(count.independent),
    )
    figures = dict.fromkeys(phrases.quantity(f) for m in event.members for f in foremost(m.reading))
    roots = dict.fromkeys(lines.chain(m.reading.origin) for m in event.members if m.reading.origin)
    verdicts = [v for m in event.members for v in standing(said.get(m.story.id, ()))]
    named: list[tuple[str, Line]] = [
        (_("Told by"), (told,)),
        (_("Origin"), (phrases.listed(list(roots), _ORIGINS, between="; "),)),
        (_("Claims"), (_claims(event),)),
        (_("Figures"), (phrases.listed(list(figures), _FIGURES, between="; "),)),
        (_("Alert"), _alert(alert, timezone) if alert else (_("none was raised"),)),
        (_("Here"), joined([delivered(each) for each in deliveries], "; ")),
        (_("Judged"), _judged(verdicts, workspace)),
        *((_("Snoozed"), _snoozed(each, timezone)) for each in snoozes),
    ]
    card = Card(
        heading=_("EVENT · {event}").format(event=event.id),
        title=event.members[0].story.title,
        url=event.members[0].story.url or None,
        lines=tuple(_member(member, timezone) for member in page.items),
        fields=tuple(Field(name, value) for name, value in named if any(value)),
    )
    return paged(card, page)


def delivered(delivery: Delivery) -> Line:
    """Return what became of a delivery, with why."""
    edited = delivery.state is DeliveryState.SENT and delivery.sent_revision
    states = {
        DeliveryState.PENDING: _("waits"),
        DeliveryState.SENDING: _("is being posted"),
        DeliveryState.SENT: _("posted, edited") if edited else _("posted"),
        DeliveryState.FAILED: _("given up"),
        DeliveryState.HELD: _("held for the digest"),
        DeliveryState.FILTERED: _("not wanted"),
    }
    why = reason_line(delivery.reason or delivery.error or "")
    said = (lines.channel(delivery.destination), f": {states[delivery.state]}")
    return (*said, " (", *why, ")") if why else said


def _member(member: Member, timezone: str) -> Line:
    story, origin = member.story, member.reading.origin
    by = _("{outlet} (state media)") if story.source.state_media else "{outlet}"
    root = [lines.chain(origin)] if origin else []
    bears = [bears_on(link) for link in member.reading.evidence[:_CLAIMS]]
    when = phrases.in_tongue(phrases.clock(story.at, timezone, beside=story.seen_at), story.language)
    return (
        *lines.filled(by, outlet=Strong(outlet(story))),
        ": ",
        Link(phrases.shorten(story.title, _HEADLINE), story.url),
        f" · {' · '.join([when, *root, *bears])}",
    )


def _claims(event: Event) -> str:
    links = Counter(bears_on(link) for m in event.members for link in m.reading.evidence)
    return ", ".join(f"{words} ({count})" if count > 1 else words for words, count in links.most_common())


def _alert(alert: Alert, timezone: str) -> tuple[Span, ...]:
    words = ngettext(
        "{reason}, {moment}, edited {count} time", "{reason}, {moment}, edited {count} times", alert.revision
    )
    return lines.filled(
        words if alert.revision else "{reason}, {moment}",
        reason=lines.heading(alert.reason),
        moment=_moment(alert.raised_at, timezone),
        count=str(alert.revision),
    )


def _judged(verdicts: Sequence[Verdict], workspace: str) -> Line:
    said = [(f"{kind_words(v.kind)}, ", who(v.person, v.workspace, workspace)) for v in verdicts]
    return joined(said, "; ")


def _snoozed(snooze: Snooze, timezone: str) -> tuple[Span, ...]:
    words = {
        SnoozeKind.EVENT: _("event {what}, by {person}, until {moment}"),
        SnoozeKind.CLAIM: _("claim {what}, by {person}, until {moment}"),
        SnoozeKind.SOURCE: _("source {what}, by {person}, until {moment}"),
    }
    until, person = _moment(snooze.until, timezone), who(snooze.person, snooze.workspace, snooze.workspace)
    return lines.filled(words[snooze.kind], what=snooze.what, person=person, moment=until)


def _moment(at: datetime, timezone: str) -> Moment:
    return Moment(phrases.clock(at, timezone, beside=at), at)
