"""What we answer to "what is known of this claim", as a card: its dossier. Pure."""

from collections.abc import Iterator, Sequence

from bot import phrases
from bot.answers.evidence import evidence_fields
from bot.answers.standing import ground_fields, standing_words
from bot.card import BETWEEN, Card, Field, Line, Link, Span
from bot.controls import Row
from bot.language import _, decimal
from claims.dossier import Dossier, newest
from claims.history import Said
from claims.model import Claim, Direction, Reference, Review

_BODIES = 4
"""Whose newest numbers are named."""
_RELATED = 4
_REVIEWS = 3
_SOURCES = 3
_WORDS = 60
_TITLE = 100


def dossier_card(
    found: Dossier, timezone: str, controls: tuple[Row, ...] = (), *, whole: bool = False
) -> Card:
    """Return all that the register knows of a claim, at most 25 fields, which is Discord's limit.

    Args:
        found: the dossier.
        timezone: IANA name of the zone in which days are written.
        controls: what leads on from here.
        whole: tell the day and story of everybody who bears it out or says otherwise, where there is room.

    """
    claim = found.claim
    return Card(
        heading=(_("DENIAL · {claim}") if claim.denial else _("CLAIM · {claim}")).format(claim=claim.id),
        title=claim.statement,
        fields=(
            Field(_("Said by"), (f"{claim.said_by}, {phrases.stated(claim.said_on)}",)),
            Field(_("Standing"), (standing_words(found.standing),)),
            *ground_fields(found, whole=whole),
            *(Field(name, (words,)) for name, words in _about(claim) if words),
            *(Field(name, (words,)) for name, words in _numbers(found) if words),
            *(Field(name, (words,)) for name, words in _related(found) if words),
            *_listed(_("Reviews"), [_review(each) for each in claim.reviews], _REVIEWS),
            *evidence_fields(found, timezone),
            *_listed(_("Sources"), [_source(each) for each in claim.sources], _SOURCES),
        ),
        controls=controls,
    )


def _about(claim: Claim) -> tuple[tuple[str, str], ...]:
    return (
        (_("Direction"), _direction(claim.direction) if claim.direction else ""),
        (_("Items"), ", ".join(claim.items)),
        _places(claim),
        (_("Resolutions"), ", ".join(claim.resolutions)),
        (_("Tags"), ", ".join(claim.tags)),
    )


def _places(claim: Claim) -> tuple[str, str]:
    """Return places and ships, as one field: a card has room for few."""
    places, ships = ", ".join(claim.places), ", ".join(claim.vessels)
    if places and ships:
        return _("Places"), _("{places}; ships: {ships}").format(places=places, ships=ships)
    return (_("Ships"), ships) if ships else (_("Places"), places)


def _direction(direction: Direction) -> str:
    if direction is Direction.TO_RUSSIA:
        return _("North Korea to Russia")
    return _("Russia to North Korea")


def _numbers(found: Dossier) -> Iterator[tuple[str, str]]:
    yield _("Figures"), "; ".join(phrases.quantity(figure) for figure in found.claim.figures)
    later = [
        f"{phrases.quantity(each.figure)} ({_by(each)}, {phrases.stated(each.said_on)})"
        for each in newest(found)
    ]
    yield _("Since then"), phrases.listed(later, _BODIES, between="; ")


def _by(said: Said) -> str:
    name = phrases.shorten(said.said_by, _WORDS)
    return _("told by {outlet}").format(outlet=name) if said.told else name


def _related(found: Dossier) -> Iterator[tuple[str, str]]:
    parent = found.parent
    yield _("Part of"), _brief(parent) if parent else ""
    yield _("Its parts"), phrases.listed([_brief(each) for each in found.children], _RELATED, between="; ")
    yield _("Answers"), phrases.listed([each.id for each in found.answers], _RELATED)


def _brief(claim: Claim) -> str:
    return f"{claim.id} ({phrases.shorten(claim.statement, _WORDS)})"


def _review(review: Review) -> Line:
    day = f", {phrases.stated(review.day)}" if review.day else ""
    rated = f"{review.reviewer}: {review.rating}"
    return (Link(phrases.shorten(rated, _TITLE), review.url), day)


def _source(source: Reference) -> Line:
    day = f", {phrases.stated(source.day)}" if source.day else ""
    title = phrases.shorten(source.title, _TITLE)
    return (Link(title, source.url) if source.url else title, f" · {source.outlet}{day}")


def _listed(name: str, lines: Sequence[Line], most: int) -> Iterator[Field]:
    """Yield one field of the first of these, with how many are left out; nothing where there are none."""
    spans: list[Span] = []
    for line in lines[:most]:
        spans += [BETWEEN, *line] if spans else line
    if left := len(lines[most:]):
        spans.append(" " + _("+{count} more").format(count=decimal(left)))
    if spans:
        yield Field(name, tuple(spans))
