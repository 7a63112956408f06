"""What stands behind an alert, as a card: its words, tellers and numbers, what people said of it. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from bot import lines, phrases
from bot.answers.stories import delivered
from bot.card import Card, Field, Line, Link, Span
from bot.commands.spelling import Spelling
from bot.happening import Happening
from bot.language import _, ngettext
from bot.recognised import marked
from bot.said import acts, snooze_line, verdict_line
from claims.independence import outlet, tally
from claims.model import Evidence, FigureChange, Member
from claims.outgoing import Delivery

_STORIES = 8
_DELIVERIES = 4
_VERDICTS = 5
_SNOOZES = 3
_FIGURES = 4


def details_card(seen: Happening, deliveries: Sequence[Delivery], timezone: str, spelled: Spelling) -> Card:
    """Return what stands behind an alert.

    Args:
        seen: the happening, as the asker's workspace sees it.
        deliveries: those of its alert to channels of that workspace.
        timezone: IANA name of the zone in which moments are written.
        spelled: how commands are typed where the answer is read.

    """
    alert, lead = seen.briefing.alert, seen.lead
    fields: list[tuple[str, Line]] = []
    if lead:
        title, text = marked(lead.story, [mark for link in lead.reading.evidence for mark in link.why])
        fields += [(_("Headline"), title), (_("Text"), text)]
    fields += [(_("Why"), (f"{lines.bears(e)} ({e.score:.2f})",)) for e in alert.links]
    fields += [(_("Story"), _story(member, timezone)) for member in seen.stories[:_STORIES]]
    if (more := len(seen.stories) - _STORIES) > 0:
        left = ngettext("{count} more story", "{count} more stories", more).format(count=more)
        fields.append((_("Story"), (left,)))
    fields.append((_("Told by"), told(seen.stories)))
    if alert.change:
        fields += [(_("Figure now"), _now(alert.change)), (_("Figure before"), _before(alert.change))]
    said = acts(seen.verdicts)[-_VERDICTS:]
    fields += [(_("Judged"), verdict_line(act, seen.workspace, timezone)) for act in reversed(said)]
    fields += [(_("Snoozed"), snooze_line(each, timezone)) for each in seen.snoozes[:_SNOOZES]]
    fields += [(_("Posted"), delivered(each)) for each in deliveries[:_DELIVERIES]]
    return Card(
        heading=_("DETAILS"),
        title=alert.headline,
        url=(lead.story.url or None) if lead else None,
        fields=tuple(Field(name, line) for name, line in fields if line),
        footer=_("{command} tells how it was read").format(command=spelled(f"story why {lead.story.id}"))
        if lead
        else "",
    )


def judged_card(seen: Happening, link: Evidence, timezone: str, spelled: Spelling) -> Card:
    """Return a closer look at a link that waits: the claim beside all that stands behind the story.

    Args:
        seen: the story alone, as the asker's workspace sees it.
        link: one of those that it has.
        timezone: IANA name of the zone in which moments are written.
        spelled: how commands are typed where the answer is read.

    """
    card = details_card(seen, (), timezone, spelled)
    claim = Field(_("Claim"), (lines.statement(seen.register[link.claim_id]),))
    heading = _("TO REVIEW · {bears}?").format(bears=lines.bears(link))
    return replace(card, heading=heading, fields=(claim, *card.fields))


def _story(member: Member, timezone: str) -> Line:
    """Return a story with its outlet, when it came out, whom it relays and the numbers that it gives."""
    story, read = member.story, member.reading
    line: list[Span] = [
        Link(phrases.shorten(story.title, lines.HEADLINE), story.url),
        f" · {outlet(story)}, ",
        lines.moment(story.at, timezone, beside=story.seen_at),
    ]
    if read.origin:
        line += lines.filled(_("; origin {origin}"), origin=lines.chain(read.origin))
    if read.figures:
        numbers = phrases.listed([phrases.quantity(f) for f in read.figures], _FIGURES, between="; ")
        line += lines.filled(_("; figures {figures}"), figures=numbers)
    return tuple(line)


def told(members: Sequence[Member]) -> Line:
    """Return how many outlets tell it, of how many publishers and from how many origins."""
    count = tally(members)
    return (
        _("{outlets} of {families}, {origins}").format(
            outlets=phrases.outlets(len(count.outlets)),
            families=phrases.families(count.families),
            origins=phrases.origins(count.independent),
        ),
    )


def _now(change: FigureChange) -> Line:
    said = f", {change.now.body}" if change.now.body else ""
    return (f"{phrases.quantity(change.now)}{said}",)


def _before(change: FigureChange) -> Line:
    if change.before is None:
        return (_("none to compare"),)
    before = change.before
    return (f"{phrases.quantity(before.figure)}, {before.said_by}, {phrases.stated(before.said_on)}",)
