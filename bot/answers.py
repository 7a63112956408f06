"""What we answer, as cards: a claim, lists of claims, the commands. Pure, like `bot.present`."""

from collections import Counter
from collections.abc import Sequence

from bot import phrases
from bot.card import Card, Field, Line, Link, Strong
from bot.commands.spelling import Spelling
from bot.paging import Page, paged
from claims.independence import outlet
from claims.model import Claim, Direction, Evidence, Member, Reference, Sighting, Stance

COUNTED = 1_000
"""How many stories of a claim are counted at most, so that the answer comes at once."""

_STORIES = {Stance.SUPPORTS: 3, Stance.DISPUTES: 2, Stance.BACKGROUND: 1}
"""How many of each stance are shown, so that neither side hides the other."""
_SUGGESTED = 2
_SIGHTINGS = 5
_SOURCES = 3
CLAIMS = 20
"""Lines of a page."""

# How many characters a quoted text has before it is cut.
_STATEMENT = 80
_SAYER = 30
_HEADLINE = 100

_DIRECTIONS = {Direction.TO_RUSSIA: "North Korea to Russia", Direction.TO_DPRK: "Russia to North Korea"}
_STANCES = {
    Stance.SUPPORTS: "{:,} in support",
    Stance.DISPUTES: "{:,} against",
    Stance.BACKGROUND: "{:,} in passing",
}


def claim_card(
    claim: Claim,
    timezone: str,
    *,
    sightings: Sequence[Sighting] = (),
    disputing: Sequence[Claim] = (),
    evidence: Sequence[tuple[Member, Evidence]] = (),
) -> Card:
    """Return all that we keep about a claim.

    Args:
        claim: the claim.
        timezone: IANA name of the zone in which days are written.
        sightings: its figures in later stories, oldest first.
        disputing: the denials that answer it.
        evidence: the stories that bear on it, newest first, at most `COUNTED`; the first few are shown.

    """
    sure = [pair for pair in evidence if not pair[1].suggested]
    unsure = [pair for pair in evidence if pair[1].suggested]
    later = [f"{phrases.quantity(s.figure)} ({_said(s)})" for s in reversed(_firsts(sightings))]
    named = (
        ("Said by", _said(claim)),
        ("Direction", _DIRECTIONS[claim.direction] if claim.direction else ""),
        ("Items", ", ".join(claim.items)),
        ("Places", ", ".join(claim.places)),
        ("Vessels", ", ".join(claim.vessels)),
        ("Figures", "; ".join(phrases.quantity(figure) for figure in claim.figures)),
        ("Since then", phrases.listed(later, _SIGHTINGS, between="; ")),
        ("Resolutions", ", ".join(claim.resolutions)),
        ("Tags", ", ".join(claim.tags)),
        ("Part of", claim.parent or ""),
        ("Disputed by", "; ".join(f"{denial.id} ({_said(denial)})" for denial in disputing)),
        ("Evidence", _counts(evidence)),
    )
    return Card(
        heading=f"{'DENIAL' if claim.denial else 'CLAIM'} · {claim.id}",
        title=claim.statement,
        fields=(
            *(Field(name, (value,)) for name, value in named if value),
            *(
                Field(link.stance.value.capitalize(), _latest(member, link, timezone))
                for member, link in _newest(sure)
            ),
            *(Field("Suggested", _latest(member, link, timezone)) for member, link in unsure[:_SUGGESTED]),
            *(Field("Source", _source(source)) for source in claim.sources[:_SOURCES]),
        ),
    )


def _newest(evidence: Sequence[tuple[Member, Evidence]]) -> list[tuple[Member, Evidence]]:
    """Return the newest few stories of each stance, support first."""
    return [
        pair
        for stance, most in _STORIES.items()
        for pair in [(m, link) for m, link in evidence if link.stance is stance][:most]
    ]


def _firsts(sightings: Sequence[Sighting]) -> list[Sighting]:
    """Return the first sighting of each number: outlets that repeat it add nothing to the series."""
    firsts: dict[tuple[str, float, float], Sighting] = {}
    for sighting in sightings:
        figure = sighting.figure
        firsts.setdefault((figure.unit, figure.low, figure.high), sighting)
    return list(firsts.values())


def _said(what: Claim | Sighting) -> str:
    return f"{what.said_by}, {what.said_on.words}"


def _counts(evidence: Sequence[tuple[Member, Evidence]]) -> str:
    if not evidence:
        return "no story yet"
    stances = Counter(link.stance for _, link in evidence if not link.suggested)
    newest = f"of the newest {COUNTED:,}: " if len(evidence) >= COUNTED else ""
    counts = [_STANCES[stance].format(stances[stance]) for stance in Stance if stances[stance]]
    if unsure := len(evidence) - stances.total():
        counts.append(f"{unsure:,} suggested")
    return newest + ", ".join(counts)


def _latest(member: Member, link: Evidence, timezone: str) -> Line:
    story = member.story
    state = " (state media)" if story.source.state_media else ""
    said = f"{phrases.date(story.at, timezone)}{phrases.tongue(story.language)}"
    return (
        Link(phrases.shorten(story.title, _HEADLINE), story.url),
        f" · {outlet(story)}{state}, {said}{_credit(link)}",
    )


def _credit(link: Evidence) -> str:
    """Return who stands behind a link in place of the matcher, or how it would read if somebody did."""
    if link.suggested:
        return f" · {link.stance}? {link.score:.2f}, waits for a review"
    return f" · judged by {link.judge}" if link.judge else ""


def _source(source: Reference) -> Line:
    day = f", {source.day.words}" if source.day else ""
    words = Link(source.title, source.url) if source.url else source.title
    return (words, f" · {source.outlet}{day}")


def claims_card(title: str, page: Page[Claim], spelled: Spelling) -> Card:
    """Return a page of claims, a line each: what to type to see one, who said it, what was said."""
    card = Card(
        title=title,
        lines=tuple(_claim_line(claim) for claim in page.items),
        footer=f"{spelled('claim show CLAIM')} tells more" if page.items else "",
    )
    return paged(card, page)


def _claim_line(claim: Claim) -> Line:
    said = f"{phrases.shorten(claim.said_by, _SAYER)}, {claim.said_on.year}"
    return (Strong(claim.id), f": {said}: {phrases.shorten(claim.statement, _STATEMENT)}")
