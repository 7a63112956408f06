"""What we answer to whoever tracks a claim, as a card. Pure."""

from collections.abc import Sequence

from bot import lines, phrases
from bot.card import Card, Field, Line, Link
from bot.commands.spelling import Spelling
from bot.language import _, ngettext
from claims.independence import outlet
from claims.model import Claim, Evidence, Member

_SHOWN = 5


def tracked_card(
    claim: Claim,
    found: Sequence[tuple[Member, Evidence]],
    tried: int,
    timezone: str,
    spelled: Spelling,
    *,
    own: bool,
) -> Card:
    """Return a claim that is tracked from now on.

    Args:
        claim: the claim.
        found: the stories of the last 30 days that it would have matched, newest first; some are shown.
        tried: on how many stories it was tried.
        timezone: IANA name of the zone in which moments are written.
        spelled: how commands are typed where the answer is read.
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
        footer=_("{command} tells what comes").format(command=spelled(f"claim show {claim.id}")),
    )


def _story(member: Member, link: Evidence, timezone: str) -> Line:
    story = member.story
    return (
        f"{lines.bears(link)}: ",
        Link(phrases.shorten(story.title, lines.HEADLINE), story.url),
        f" · {outlet(story)}, ",
        lines.moment(story.at, timezone, beside=story.seen_at),
    )
