"""How a claim stands and why, in words. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from bot import phrases
from bot.card import BETWEEN, Field, Line, Link, Quote, Span
from bot.language import _, decimal, ngettext
from claims.dossier import Backing, Dossier, came_round
from claims.standing import Ground, GroundKind, Standing

_GROUNDS = 4
"""Of a kind that are told with their day and story."""
_NAMES = 8
"""Of the later ones that are named."""
_NAME = 32
_AGAINST = (GroundKind.CONTRADICTED, GroundKind.DENIED, GroundKind.DISPUTED)
_BODY = 60
_HEADLINE = 90


def standing_words(standing: Standing) -> str:
    """Return how a claim stands: `disputed; corroborated by 3 independent origins`.

    What speaks against it and is no reason is told where no reason is: else the stories that are counted and
    listed below would belie it.
    """
    parts = []
    if standing.of(GroundKind.CONCEDED):
        parts.append(_("conceded by whoever denied it"))
    elif standing.of(GroundKind.CONTRADICTED):
        parts.append(_("contradicted by its own sayer"))
    elif standing.of(GroundKind.DENIED) or standing.of(GroundKind.DISPUTED):
        parts.append(_("disputed"))
    if standing.independent:
        words = ngettext(
            "corroborated by {count} independent origin",
            "corroborated by {count} independent origins",
            standing.independent,
        )
        parts.append(words.format(count=decimal(standing.independent)))
    if not parts:
        parts = [
            _("a denial: who says otherwise is told under the claims that it answers")
            if standing.denial
            else _("asserted; no independent origin corroborates it so far")
        ]
    if standing.aside and not any(standing.of(kind) for kind in _AGAINST):
        parts.append(_aside(standing))
    return "; ".join(parts)


def _aside(standing: Standing) -> str:
    if standing.denial:
        words = ngettext(
            "{count} story speaks against it, and no person has judged yet whether of the same matter",
            "{count} stories speak against it, and no person has judged yet whether of the same matter",
            standing.aside,
        )
    else:
        words = ngettext(
            "{count} story speaks against it, by nobody whom it names",
            "{count} stories speak against it, by nobody whom they name",
            standing.aside,
        )
    return words.format(count=decimal(standing.aside))


def ground_names() -> dict[GroundKind, str]:
    """Return the kinds of reason that are told, in their order, each as its heading has it."""
    return {
        GroundKind.CONCEDED: _("Conceded"),
        GroundKind.CORROBORATED: _("Corroborated"),
        GroundKind.CONTRADICTED: _("Own words against it"),
        GroundKind.DENIED: _("Denied"),
        GroundKind.DISPUTED: _("Disputed"),
        GroundKind.DENIED_BEFORE: _("Denied earlier"),
    }


def ground_fields(found: Dossier, *, whole: bool = False) -> Iterator[Field]:
    """Yield a field for each kind of reason: who, when and by which story or denial; of later ones who."""
    for kind, name in ground_names().items():
        names, lines = _named(found, kind, whole=whole)
        most = len(lines) if whole else _GROUNDS
        if left := len(lines[most:]):
            rest = _("+{count} more: {names}")
            later = phrases.listed([phrases.shorten(each, _NAME) for each in names[most:]], _NAMES)
            lines[most:] = [(rest.format(count=decimal(left), names=later),)]
        if kind is GroundKind.CORROBORATED and (aside := uncounted(found)):
            first, *others = (_backing_line(each, _GROUNDS) for each in aside)
            lines += [(f"{uncounted_words()}: ", *first), *others]
        spans: list[Span] = []
        for line in lines:
            spans += [BETWEEN, *line] if spans else line
        if spans:
            yield Field(name, tuple(spans))


def has_more(found: Dossier) -> bool:
    """Say whether there are more reasons of a kind than those that are told with their day and story."""
    return any(len(_named(found, kind, whole=False)[0]) > _GROUNDS for kind in ground_names())


def _named(found: Dossier, kind: GroundKind, *, whole: bool) -> tuple[list[str], list[Line]]:
    """Return whom the reasons of a kind are of, and the reasons; of who corroborates a claim who counts."""
    if kind is not GroundKind.CORROBORATED:
        grounds = found.standing.of(kind)
        lines = [(*ground_line(each), *filter(None, [since_words(found, each)])) for each in grounds]
        return [each.body for each in grounds], lines
    backing = [each for each in found.backing if each.counts]
    most = len(found.standing.grounds) if whole else _GROUNDS
    return [each.name for each in backing], [_backing_line(each, most) for each in backing]


def uncounted(found: Dossier) -> tuple[Backing, ...]:
    """Return who corroborates a claim and is no origin of its own, by day."""
    return tuple(each for each in found.backing if not each.counts)


def uncounted_words() -> str:
    """Return why somebody who corroborates a claim is not counted, to stand before who it is."""
    return _("Not counted, told only by publishers that already count for another")


def _backing_line(backing: Backing, most: int) -> Line:
    """Return who corroborates a claim, its bodies and the first day, with the first story."""
    first = backing.grounds[0]
    line = ground_line(replace(first, body=backing.name))
    bodies = phrases.listed([phrases.shorten(each, _BODY) for each in backing.bodies], most)
    return (line[0], f" ({bodies})", *line[1:]) if bodies else line


def since_words(found: Dossier, ground: Ground) -> str:
    """Return from when a body says what it disputed, to stand behind who it is; or nothing."""
    day = came_round(found, ground)
    return _(" (says so itself since {day})").format(day=phrases.stated(day)) if day else ""


def ground_line(ground: Ground) -> Line:
    """Return a reason: who and when, with its story; of what was conceded its headline and denial too."""
    body, day = phrases.shorten(ground.body, _BODY), phrases.stated(ground.day)
    who: Span = Link(body, ground.url) if ground.url else body
    denial = f" ({ground.claim_id})" if ground.claim_id else ""
    if ground.kind in (GroundKind.CONCEDED, GroundKind.CONTRADICTED) and ground.headline:
        return (who, f", {day}{denial}: ", Quote(phrases.shorten(ground.headline, _HEADLINE)))
    return (who, f", {day}{denial}")
