"""What we answer about reviews, as cards: what waits, and what a story is now. Pure, like `bot.present`."""

from bot import phrases
from bot.card import Card, Field, Line, Link, Strong
from bot.paging import Page, paged
from claims.independence import outlet
from claims.model import Evidence, Member
from claims.verdicts import Verdict

ID = 8
"""Digits of a story's id that are shown; a story is found by how its id begins."""

_HEADLINE = 100
_WORDS = 6


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
        return Card(title="No link waits for a review")
    many = f"The newest {count} links" if more else phrases.counted(count, "link")
    card = Card(
        title=f"{many} {'waits' if count == 1 else 'wait'} for a review",
        lines=tuple(_waiting(member, link, timezone) for member, link in page.items),
        footer="Too unsure to be told: nobody is alerted and nothing is counted until a person says so",
    )
    return paged(card, page)


def _waiting(member: Member, link: Evidence, timezone: str) -> Line:
    story = member.story
    said = f"{outlet(story)}, {phrases.date(story.at, timezone)}{phrases.tongue(story.language)}"
    why = " · ".join(mark.words for mark in link.why[:_WORDS])
    return (
        Strong(story.id[:ID]),
        f": {link.stance} {link.claim_id}? {link.score:.2f}: ",
        Link(phrases.shorten(story.title, _HEADLINE), story.url),
        f" · {said}{' · why: ' if why else ''}{why}",
    )


def verdict_card(verdict: Verdict, member: Member, event_id: str | None) -> Card:
    """Return a story as the record has it after a verdict."""
    links = "; ".join(_bears(link) for link in member.reading.evidence)
    named = (
        ("Said by", verdict.person),
        ("Now", links or ("bears on no claim" if member.reading.relevant else "not relevant")),
        ("Event", event_id or ""),
        ("Story", member.story.id),
    )
    return Card(
        heading=f"{'TAKEN BACK' if verdict.undone else 'VERDICT'} · {verdict.kind}",
        title=member.story.title,
        url=member.story.url or None,
        fields=tuple(Field(name, (value,)) for name, value in named if value),
    )


def _bears(link: Evidence) -> str:
    bears = f"{link.stance} {link.claim_id}"
    if link.suggested:
        return f"{bears} (suggested)"
    return f"{bears} (judged by {link.judge})" if link.judge else bears
