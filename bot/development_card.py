"""What follows a told alert: a short card under its message, and one line on the message itself. Pure."""

from bot import lines, phrases
from bot.card import Card, Tone
from bot.language import _
from claims.independence import speaker
from claims.model import Event, Evidence, Member, Reason
from claims.outgoing import Briefing, Development


def development_card(development: Development, briefing: Briefing, timezone: str) -> Card:
    """Return what is new, who says so, and where to read it.

    Args:
        development: what followed.
        briefing: the alert that it follows, as things stand now.
        timezone: the IANA name of the zone in which moments are written.

    """
    event, change = briefing.event, development.change
    member = _brought_by(development, event)
    withdrawn = development.reason is Reason.WITHDRAWN
    title = _title(development, briefing, member)
    return Card(
        heading=_heading(development),
        title=title,
        url=(member.story.url or None) if member else None,
        tone=lines.TONES.get(development.reason, Tone.NEWS),
        fields=lines.fields(
            (_("Bears on"), "" if withdrawn else _links(development)),
            (_("Figure"), lines.number(change, member) if change and member and not withdrawn else ""),
            (_("Origin"), lines.origin(member) if member and not withdrawn else ""),
            (_("Link"), lines.link(member.story, title) if member else ""),
            (_("Published"), lines.published(member.story, timezone) if member else ""),
        ),
        footer=_("Follows: {headline}").format(
            headline=phrases.shorten(briefing.alert.headline, lines.HEADLINE)
        ),
    )


def gist(development: Development, event: Event) -> str:
    """Return what is new in a few words: `▼ denial by Kremlin`, `new figure: 13,000 containers`."""
    member, correction = _brought_by(development, event), development.correction
    if development.reason is Reason.WITHDRAWN:
        return _("told no longer: {what}").format(what=_taken_back(development))
    if correction:
        return _("correction: {what}").format(what=lines.corrected(correction))
    if development.reason is Reason.DENIAL:
        who = member and speaker(member)
        return _("▼ denial by {body}").format(body=who) if who else _("▼ denial")
    if development.change:
        return _("new figure: {figure}").format(figure=phrases.quantity(development.change.now))
    return _("another claim: {what}").format(what=_links(development))


def _heading(development: Development) -> str:
    if development.correction and development.correction.takes_back:
        return _("CORRECTED · {reason}").format(reason=lines.heading(development.reason))
    if development.correction and development.reason is not Reason.WITHDRAWN:
        return _("EDITED")
    if development.reason is Reason.DENIAL:
        return _("▼ DENIAL")
    return _("ANOTHER CLAIM") if development.reason is Reason.NEW_EVENT else lines.heading(development.reason)


def _title(development: Development, briefing: Briefing, member: Member | None) -> str:
    if development.correction:
        return lines.corrected(development.correction) or briefing.alert.headline
    if development.reason is Reason.WITHDRAWN:
        return _("Told no longer: {what}").format(what=_taken_back(development))
    if development.change and development.reason is Reason.NEW_FIGURE and member:
        return lines.moved(development.change, member.story)
    return member.story.title if member else _links(development)


def _taken_back(development: Development) -> str:
    change = [phrases.quantity(development.change.now)] if development.change else []
    return ", ".join([*change, *(lines.bears(link) for link in development.links)])


def _links(development: Development) -> str:
    return ", ".join(lines.bears(link) for link in development.links)


def _brought_by(development: Development, event: Event) -> Member | None:
    """Return the story that brought it, as far as it is still in the event; none where a person did."""
    told = [development.story_id] if development.story_id else _stories(development.links)
    return next((m for story_id in told for m in event.members if m.story.id == story_id), None)


def _stories(links: tuple[Evidence, ...]) -> list[str]:
    return [link.story_id for link in links]
