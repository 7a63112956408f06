"""What we answer to whoever adds, changes or retires a claim, as cards. Pure."""

from collections.abc import Sequence

from bot import phrases
from bot.answers.profile import made
from bot.card import Card, Field, Line, Link
from bot.commands.claim_of import FIELDS
from bot.commands.spelling import Spelling
from bot.language import _, decimal, ngettext
from bot.lines import moment, stance_words
from claims.independence import outlet
from claims.matching.recognition import Recognition
from claims.model import Claim, Evidence, Member
from claims.when import Day

_SHOWN = 3
_HEADLINE = 100


def tracked_card(
    found: Recognition,
    matched: Sequence[tuple[Member, Evidence]],
    tried: int,
    timezone: str,
    spelled: Spelling,
) -> Card:
    """Return a claim that is tracked from now on.

    Args:
        found: the claim, and how stories are linked to it.
        matched: the stories of the last 30 days that it would have matched, newest first; some are shown.
        tried: on how many stories it was tried.
        timezone: IANA name of the zone in which moments are written.
        spelled: how commands are typed where it is shown.

    """
    claim = found.claim
    profile = spelled(f"claim profile {claim.id}")
    footer = _("{show} tells what comes, {profile} how it is recognised")
    count = ngettext(
        "{found} of {tried} story of the last 30 days would have matched",
        "{found} of {tried} stories of the last 30 days would have matched",
        tried,
    )
    lately = Field(_("Lately"), (count.format(found=decimal(len(matched)), tried=decimal(tried)),))
    return Card(
        heading=_("TRACKED FROM NOW ON · {claim}").format(claim=claim.id),
        title=claim.statement,
        lines=tuple(_story(member, link, timezone) for member, link in matched[:_SHOWN]),
        fields=(_said_by(claim), _seen(claim), _recognised(found), lately),
        footer=footer.format(show=spelled(f"claim show {claim.id}"), profile=profile),
    )


def edited_card(before: Claim, found: Recognition) -> Card:
    """Return what became of a claim; `found` is the claim as it is now, and how stories are linked to it."""
    was, now = ({name: typed_value(each, name) for name in FIELDS} for each in (before, found.claim))
    changed = [name for name in FIELDS if was[name] != now[name]]
    return Card(
        heading=_("CHANGED · {claim}").format(claim=before.id),
        title=found.claim.statement,
        fields=(*(_turned(name, was[name], now[name]) for name in changed), _recognised(found)),
    )


def retired_card(claim: Claim, why: str, spelled: Spelling) -> Card:
    """Return a claim that is tracked no longer, and why."""
    return Card(
        heading=_("NO LONGER TRACKED · {claim}").format(claim=claim.id),
        title=claim.statement,
        fields=(*_fields(claim), Field(_("Why"), (why,))),
        footer=_("What bore on it so far is kept; {command} undoes it").format(
            command=spelled(f"claim restore {claim.id}")
        ),
    )


def _fields(claim: Claim) -> tuple[Field, ...]:
    named = (
        (_("Items"), ", ".join(claim.items)),
        (_("Places"), ", ".join(claim.places)),
        (_("Tags"), ", ".join(claim.tags)),
        (_("Part of"), claim.parent or ""),
        (_("Disputes"), ", ".join(claim.disputes)),
    )
    listed = (Field(name, (words,)) for name, words in named if words)
    return (_said_by(claim), *listed, _seen(claim))


def _said_by(claim: Claim) -> Field:
    return Field(_("Said by"), (f"{claim.said_by}, {phrases.stated(claim.said_on)}",))


def _seen(claim: Claim) -> Field:
    return Field(_("Seen"), (_("here alone") if claim.workspace else _("by all"),))


def _recognised(found: Recognition) -> Field:
    return Field(_("Recognised"), (made(found),))


def _turned(name: str, was: str, now: str) -> Field:
    words = _("{now} (was {was})")
    nothing = _("nothing")
    return Field(name, (words.format(now=now or nothing, was=was or nothing),))


def typed_value(claim: Claim, name: str) -> str:
    """Return one of `FIELDS` of a claim as it is typed."""
    return _typed(getattr(claim, name))


def _typed(value: str | bool | Day | tuple[str, ...] | None) -> str:
    """Return a value of a field as it is typed."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(value)
    return str(value)


def _story(member: Member, link: Evidence, timezone: str) -> Line:
    story = member.story
    return (
        f"{stance_words(link.stance)}: ",
        Link(phrases.shorten(story.title, _HEADLINE), story.url),
        f" · {outlet(story)}, ",
        moment(story.at, timezone, beside=story.seen_at),
    )
