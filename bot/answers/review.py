"""What we answer about reviews, as cards: what waits, and what a story is now. Pure, like `bot.present`."""

from bot import phrases
from bot.card import Card, Field, Line, Link, Strong
from bot.controls import Option
from bot.language import _, ngettext
from bot.lines import bears, stance_words
from bot.paging import Page, paged
from bot.said import judge, kind_words
from claims.independence import outlet
from claims.model import Evidence, Member
from claims.text import one_line
from claims.verdicts import Verdict

ID = 8
"""Digits of a story's id that are shown; a story is found by how its id begins."""

_HEADLINE = 100
_WORDS = 6
_LABEL = 100
"""Characters of an option
(https://discord.com/developers/docs/components/reference#string-select-select-option-structure)."""


def review_card(
    page: Page[tuple[Member, Evidence]], count: int, timezone: str, *, more: bool = False
) -> Card:
    """Return a page of the links that wait for a review, a line each.

    Args:
        page: newest first.
        count: how many wait, as far as was looked.
        timezone: IANA name of the zone in which days are written.
        more: others wait too.

    """
    if not page.items:
        return Card(title=_("No link waits for a review"))
    waits = ngettext("{count} link waits for a review", "{count} links wait for a review", count)
    newest = _("The newest {count} links wait for a review")
    card = Card(
        title=(newest if more else waits).format(count=count),
        lines=tuple(_waiting(member, link, timezone) for member, link in page.items),
        footer=_("Too unsure to be told: nobody is alerted and nothing is counted until a person says so"),
    )
    return paged(card, page)


def waiting_option(member: Member, link: Evidence) -> Option:
    """Return what stands for a link that waits in a menu; its value is `STORY:CLAIM`."""
    return Option(
        phrases.shorten(bears(link), _LABEL),
        f"{member.story.id}:{link.claim_id}",
        phrases.shorten(one_line(member.story.title), _LABEL),
    )


def _waiting(member: Member, link: Evidence, timezone: str) -> Line:
    story = member.story
    said = phrases.in_tongue(f"{outlet(story)}, {phrases.date(story.at, timezone)}", story.language)
    why = " · ".join(mark.words for mark in link.why[:_WORDS])
    words = _(" · {told} · why: {why}") if why else " · {told}"
    return (
        Strong(story.id[:ID]),
        f": {stance_words(link.stance)} {link.claim_id}? {link.score:.2f}: ",
        Link(phrases.shorten(story.title, _HEADLINE), story.url),
        words.format(told=said, why=why),
    )


def verdict_card(verdict: Verdict, member: Member, event_id: str | None) -> Card:
    """Return a story as the record has it after a verdict."""
    links = "; ".join(_bears(link) for link in member.reading.evidence)
    named = (
        (_("Said by"), verdict.person),
        (_("Now"), links or (_("bears on no claim") if member.reading.relevant else _("not relevant"))),
        (_("Event"), event_id or ""),
        (_("Story"), member.story.id),
    )
    return Card(
        heading=(_("TAKEN BACK · {verdict}") if verdict.undone else _("VERDICT · {verdict}")).format(
            verdict=kind_words(verdict.kind)
        ),
        title=member.story.title,
        url=member.story.url or None,
        fields=tuple(Field(name, (value,)) for name, value in named if value),
    )


def _bears(link: Evidence) -> str:
    bears = f"{stance_words(link.stance)} {link.claim_id}"
    if link.suggested:
        return _("{bears} (suggested)").format(bears=bears)
    if link.judge:
        return _("{bears} (judged by {judge})").format(bears=bears, judge=judge(link.judge))
    return bears
