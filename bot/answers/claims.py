"""What we answer, as cards: a claim, lists of claims, the commands. Pure, like `bot.present`."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot import phrases
from bot.card import Card, Field, Line, Link, Strong
from bot.commands.spelling import Spelling
from bot.language import _, decimal
from bot.paging import Page, paged
from bot.said import judge
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
        (_("Said by"), _said(claim)),
        (_("Direction"), _direction(claim.direction) if claim.direction else ""),
        (_("Items"), ", ".join(claim.items)),
        (_("Places"), ", ".join(claim.places)),
        (_("Vessels"), ", ".join(claim.vessels)),
        (_("Figures"), "; ".join(phrases.quantity(figure) for figure in claim.figures)),
        (_("Since then"), phrases.listed(later, _SIGHTINGS, between="; ")),
        (_("Resolutions"), ", ".join(claim.resolutions)),
        (_("Tags"), ", ".join(claim.tags)),
        (_("Part of"), claim.parent or ""),
        (_("Disputed by"), "; ".join(f"{denial.id} ({_said(denial)})" for denial in disputing)),
        (_("Evidence"), _counts(evidence)),
    )
    return Card(
        heading=(_("DENIAL · {claim}") if claim.denial else _("CLAIM · {claim}")).format(claim=claim.id),
        title=claim.statement,
        fields=(
            *(Field(name, (value,)) for name, value in named if value),
            *(Field(_stance(link.stance), _latest(member, link, timezone)) for member, link in _newest(sure)),
            *(Field(_("Suggested"), _latest(member, link, timezone)) for member, link in unsure[:_SUGGESTED]),
            *(Field(_("Source"), _source(source)) for source in claim.sources[:_SOURCES]),
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
    return f"{what.said_by}, {phrases.stated(what.said_on)}"


def _direction(direction: Direction) -> str:
    if direction is Direction.TO_RUSSIA:
        return _("North Korea to Russia")
    return _("Russia to North Korea")


def _stance(stance: Stance) -> str:
    return {
        Stance.SUPPORTS: _("Supports"),
        Stance.DISPUTES: _("Disputes"),
        Stance.BACKGROUND: _("Background"),
    }[stance]


def _counts(evidence: Sequence[tuple[Member, Evidence]]) -> str:
    if not evidence:
        return _("no story yet")
    stances = Counter(link.stance for _member, link in evidence if not link.suggested)
    words = {
        Stance.SUPPORTS: _("{count} in support"),
        Stance.DISPUTES: _("{count} against"),
        Stance.BACKGROUND: _("{count} in passing"),
    }
    counts = [words[stance].format(count=decimal(stances[stance])) for stance in Stance if stances[stance]]
    if unsure := len(evidence) - stances.total():
        counts.append(_("{count} suggested").format(count=decimal(unsure)))
    said = ", ".join(counts)
    if len(evidence) < COUNTED:
        return said
    return _("of the newest {count}: {counts}").format(count=decimal(COUNTED), counts=said)


def _latest(member: Member, link: Evidence, timezone: str) -> Line:
    story = member.story
    words = _("{outlet} (state media), {day}") if story.source.state_media else _("{outlet}, {day}")
    told = words.format(outlet=outlet(story), day=phrases.date(story.at, timezone))
    parts = [phrases.in_tongue(told, story.language), *_credit(link)]
    return (Link(phrases.shorten(story.title, _HEADLINE), story.url), f" · {' · '.join(parts)}")


def _credit(link: Evidence) -> Iterator[str]:
    """Return who stands behind a link in place of the matcher, or how it would read if somebody did."""
    if link.suggested:
        words = {
            Stance.SUPPORTS: _("supports? {score}, waits for a review"),
            Stance.DISPUTES: _("disputes? {score}, waits for a review"),
            Stance.BACKGROUND: _("background? {score}, waits for a review"),
        }
        yield words[link.stance].format(score=f"{link.score:.2f}")
    elif link.judge:
        yield _("judged by {judge}").format(judge=judge(link.judge))


def _source(source: Reference) -> Line:
    day = f", {phrases.stated(source.day)}" if source.day else ""
    words = Link(source.title, source.url) if source.url else source.title
    return (words, f" · {source.outlet}{day}")


def claims_card(title: str, page: Page[Claim], spelled: Spelling) -> Card:
    """Return a page of claims, a line each: what to type to see one, who said it, what was said."""
    card = Card(
        title=title,
        lines=tuple(claim_line(claim) for claim in page.items),
        footer=_("{command} tells more").format(command=spelled("claim show CLAIM")) if page.items else "",
    )
    return paged(card, page)


def claim_line(claim: Claim) -> Line:
    """Return a claim in a line: its id, who said it and what."""
    said = f"{phrases.shorten(claim.said_by, _SAYER)}, {claim.said_on.year}"
    return (Strong(claim.id), f": {said}: {phrases.shorten(claim.statement, _STATEMENT)}")
