"""What we answer to whoever tracks a claim, as a card. Pure."""

from collections.abc import Sequence

from bot import phrases
from bot.card import Card, Field, Line, Link
from bot.language import _, ngettext
from bot.said import moment
from claims.independence import outlet
from claims.model import Claim, Evidence, Member

_SHOWN = 5
_HEADLINE = 100


def tracked_card(
    claim: Claim, found: Sequence[tuple[Member, Evidence]], tried: int, timezone: str, *, own: bool
) -> Card:
    """Return a claim that is tracked from now on.

    Args:
        claim: the claim.
        found: the stories of the last 30 days that it would have matched, newest first; some are shown.
        tried: on how many stories it was tried.
        timezone: IANA name of the zone in which moments are written.
        own: no other workspace sees it.

    """
    count = ngettext(
        "{found} of {tried} story of the last 30 days would have matched",
        "{found} of {tried} stories of the last 30 days would have matched",
        tried,
    )
    fields: list[tuple[str, str]] = [
        (_("Said by"), f"{claim.said_by}, {claim.said_on.words}"),
        (_("Items"), ", ".join(claim.items)),
        (_("Tags"), ", ".join(claim.tags)),
        (_("Seen"), _("here alone") if own else _("by all")),
        (_("Lately"), count.format(found=len(found), tried=tried)),
    ]
    return Card(
        heading=_("TRACKED FROM NOW ON · {claim}").format(claim=claim.id),
        title=claim.statement,
        lines=tuple(_story(member, link, timezone) for member, link in found[:_SHOWN]),
        fields=tuple(Field(name, (words,)) for name, words in fields if words),
        footer=_("claim show {claim} tells what comes").format(claim=claim.id),
    )


def _story(member: Member, link: Evidence, timezone: str) -> Line:
    story = member.story
    return (
        f"{link.stance}: ",
        Link(phrases.shorten(story.title, _HEADLINE), story.url),
        f" · {outlet(story)}, ",
        moment(story.at, timezone),
    )
