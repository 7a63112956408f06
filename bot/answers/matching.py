"""What we answer of a text or a message that is matched to the claims, as a card. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot import lines, phrases
from bot.answers.stories import bears_on
from bot.card import Card, Field, Line, Link, Quote, Strong
from bot.commands.spelling import Spelling
from bot.language import _, ngettext
from bot.said import judge
from claims.independence import outlet, tally
from claims.matching.matcher import Ranked
from claims.model import Event, Evidence, Member

_HEADLINE = 100
_WORDS = 6
_FIGURES = 4
_OUTLETS = 3
_NEAREST = 2


@dataclass(frozen=True, slots=True)
class Match:
    """A story, or a text that was read as one, beside the claims."""

    member: Member
    ranked: tuple[Ranked, ...]
    """The claims that it comes near to, best first; none of a story that is kept."""
    events: tuple[Event, ...] = ()
    """The happening that it belongs to, or those nearest to it, newest first."""
    kept: bool = False


def match_card(found: Sequence[Match], notes: Sequence[str], timezone: str, spelled: Spelling) -> Card:
    """Return what was found, one text after the other.

    Args:
        found: at least one.
        notes: what could not be read, a sentence each.
        timezone: IANA name of the zone in which days are written.
        spelled: how commands are typed where it is shown.

    """
    linked = {link.claim_id for each in found for link in each.member.reading.evidence}
    title = (
        ngettext("It bears on {n} claim", "It bears on {n} claims", len(linked)).format(n=len(linked))
        if linked
        else _("It bears on no claim that is tracked")
    )
    fields = [field for each in found for field in _fields(each, timezone, alone=len(found) == 1)]
    return Card(
        heading=_("MATCH"),
        title=title,
        fields=(*fields, *(Field(_("Not read"), (note,)) for note in notes)),
        footer=_("{command} tells more").format(command=spelled("claim show CLAIM")),
    )


def _fields(found: Match, timezone: str, *, alone: bool) -> Iterator[Field]:
    story, reading = found.member.story, found.member.reading
    if story.url:
        kept = _(" · kept, {outlet}, {day}").format(
            outlet=outlet(story), day=phrases.date(story.at, timezone)
        )
        words = Link(phrases.shorten(story.title, _HEADLINE), story.url)
        yield Field(_("Story"), (words, kept if found.kept else _(" · read now, not kept")))
    elif not alone:
        yield Field(_("Text"), (Quote(phrases.shorten(story.title, _HEADLINE)),))
    for link in reading.evidence:
        yield Field(_("Claim"), _bears(link))
    if not reading.evidence:
        for near in found.ranked[:_NEAREST]:
            why = " · ".join(mark.words for mark in near.why[:_WORDS])
            score = f" ({near.score:.2f})"
            yield Field(_("Nearest"), (Strong(near.claim_id), f"{score}: {why}" if why else score))
    figures = phrases.listed([phrases.quantity(f) for f in reading.figures], _FIGURES, between="; ")
    if figures:
        yield Field(_("Figures"), (figures,))
    if reading.origin:
        origin = _("{body} (a party to the matter)") if reading.origin.party else "{body}"
        yield Field(_("Origin"), (origin.format(body=lines.chain(reading.origin)),))
    for event in found.events:
        yield Field(_("Happening"), _event(event, timezone))


def _bears(link: Evidence) -> Line:
    why = " · ".join(mark.words for mark in link.why[:_WORDS])
    score = f"{link.score:.2f}"
    if link.judge:
        score = _("{score}, as {judge} judged").format(score=score, judge=judge(link.judge))
    return (Strong(bears_on(link)), f" ({score}){': ' if why else ''}{why}")


def _event(event: Event, timezone: str) -> Line:
    first, count = event.members[0].story, tally(event.members)
    told = f"{phrases.listed(count.outlets, _OUTLETS)}: {phrases.origins(count.independent)}"
    words = Link(phrases.shorten(first.title, _HEADLINE), first.url)
    return (words, f" · {phrases.date(first.at, timezone)}, {told} · {event.id}")
