"""How a claim stands and why, in words. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from bot import phrases
from bot.card import BETWEEN, Field, Line, Link, Quote, Span
from bot.language import _, decimal, ngettext
from claims.dossier import Backing, Dossier
from claims.standing import Ground, GroundKind, Standing

_GROUNDS = 4
"""Of a kind that are named."""
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
            _("asserted") if standing.denial else _("asserted; no independent origin corroborates it so far")
        ]
    if standing.aside and not any(standing.of(kind) for kind in _AGAINST):
        parts.append(_aside(standing))
    return "; ".join(parts)


def _aside(standing: Standing) -> str:
    if standing.denial:
        words = ngettext(
            "{count} story speaks against it, which no person has judged yet",
            "{count} stories speak against it, which no person has judged yet",
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
    """Yield a field for each kind of reason: who, when and by which story or denial, the first few or all."""
    standing = found.standing
    for kind, name in ground_names().items():
        grounds = standing.of(kind)
        most = len(grounds) if whole else _GROUNDS
        if kind is GroundKind.CORROBORATED:
            lines = [_backing_line(each, most) for each in found.backing]
        else:
            lines = [ground_line(each) for each in grounds]
        rest: list[Line] = []
        if left := len(lines[most:]):
            rest.append((_("+{count} more").format(count=decimal(left)),))
        if kind is GroundKind.CORROBORATED and (once := counted_once(found)):
            rest.append((once,))
        spans: list[Span] = []
        for line in (*lines[:most], *rest):
            spans += [BETWEEN, *line] if spans else line
        if spans:
            yield Field(name, tuple(spans))


def counted_once(found: Dossier) -> str:
    """Return why fewer origins are counted than corroborate a claim; empty where all of them are."""
    if len(found.backing) <= found.standing.independent:
        return ""
    once = _("{count} of these count: some are told by one publisher alone")
    return once.format(count=decimal(found.standing.independent))


def _backing_line(backing: Backing, most: int) -> Line:
    """Return who corroborates a claim, its bodies and the first day, with the first story."""
    first = backing.grounds[0]
    line = ground_line(replace(first, body=backing.name))
    bodies = phrases.listed([phrases.shorten(each, _BODY) for each in backing.bodies], most)
    return (line[0], f" ({bodies})", *line[1:]) if bodies else line


def ground_line(ground: Ground) -> Line:
    """Return a reason: who and when, with its story; of what was conceded its headline and denial too."""
    body, day = phrases.shorten(ground.body, _BODY), phrases.stated(ground.day)
    who: Span = Link(body, ground.url) if ground.url else body
    denial = f" ({ground.claim_id})" if ground.claim_id else ""
    if ground.kind in (GroundKind.CONCEDED, GroundKind.CONTRADICTED) and ground.headline:
        return (who, f", {day}{denial}: ", Quote(phrases.shorten(ground.headline, _HEADLINE)))
    return (who, f", {day}{denial}")
