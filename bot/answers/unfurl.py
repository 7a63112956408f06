"""What all of a channel read under a link to a story that bears on tracked claims, as a card. Pure."""

from collections.abc import Mapping

from bot import lines, phrases
from bot.actions.model import action
from bot.answers.details import told
from bot.card import Card
from bot.controls import Button
from bot.language import _
from claims.model import Claim
from claims.outgoing import Account

_HEADLINE = 150


def unfurl_card(account: Account, register: Mapping[str, Claim], timezone: str) -> Card | None:
    """Return on which claims a story bears, its figures, who says so and how many tell it.

    Args:
        account: what became of the story, as a workspace sees it.
        register: the claims that the workspace sees, by id.
        timezone: IANA name of the zone in which moments are written.

    Returns None for a story that bears on none for sure: it is not of the matter, waits for a review, or was
    judged.

    """
    member, story = account.member, account.member.story
    links = [each for each in member.reading.evidence if not each.suggested and each.claim_id in register]
    if not links or not member.reading.relevant:
        return None
    lead, *further = links
    alerted = account.event if account.alert and account.alert.links else None
    closer = (
        Button(_("Details"), action("details", alerted.id))
        if alerted
        else Button(_("Why"), action("why", story.id))
    )
    return Card(
        heading=_("TRACKED · {bears}").format(bears=lines.bears(lead)),
        title=phrases.shorten(story.title, _HEADLINE),
        url=story.url or None,
        fields=lines.fields(
            (_("Claim"), lines.statement(register[lead.claim_id])),
            (_("Also bears on"), ", ".join(lines.bears(each) for each in further)),
            (_("Figure"), lines.number(None, member)),
            (_("Origin"), lines.origin(member)),
            (_("Told by"), told(account.event.members if account.event else (member,))),
            (_("Published"), lines.published(story, timezone)),
        ),
        controls=((closer,),),
    )
