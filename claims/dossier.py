"""All that the register knows of one claim. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from claims.care import ClaimEdit
from claims.history import Said, Series, Step, figure_series, timeline
from claims.model import Alert, Claim, Evidence, Member, Stance
from claims.standing import Standing, Who, standing
from claims.text import fold
from claims.visibility import among, answers

_TOGETHER = timedelta(days=3)
"""In which what outlets give as one body's number is one, that they round differently."""

Told = tuple[Member, Evidence, str | None]
"""A story that bears on a claim, how it does, and the id of its event."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is shown of a claim, wherever it is."""

    claim: Claim
    standing: Standing
    steps: tuple[Step, ...]
    """What happened to it, oldest first."""
    series: tuple[Series, ...]
    """Its numbers, those that may be compared together."""
    told: tuple[Told, ...]
    """The stories that bear on it, newest first."""
    denials: tuple[Claim, ...] = ()
    """The claims that answer it with a denial, in the order of the register."""
    answers: tuple[Claim, ...] = ()
    """Of a denial: the claims that it answers, in the order of the register."""
    parent: Claim | None = None
    children: tuple[Claim, ...] = ()
    """The claims that make it more specific, in the order of the register."""
    edits: tuple[ClaimEdit, ...] = ()
    """Newest first."""


def dossier(
    claim: Claim,
    told: Sequence[Told],
    alerts: Mapping[str, Alert],
    register: Mapping[str, Claim],
    edits: Sequence[ClaimEdit],
    who: Who,
) -> Dossier:
    """Return the dossier of a claim.

    Args:
        claim: the claim.
        told: the stories that bear on it, newest first, with the ids of their events.
        alerts: those of these events, by event id.
        register: the claims that are shown beside it, by id, in their order.
        edits: what was done to it, newest first.
        who: whom names mean (`claims.standing`).

    """
    denials = tuple(each for each in register.values() if answers(each, claim))
    shown = [(among(member, {claim.id, *register}), event) for member, _link, event in told]
    steps = timeline(claim, shown, alerts)
    return Dossier(
        claim=claim,
        standing=standing(claim, steps, denials, who),
        steps=steps,
        series=figure_series(claim, [(member, link) for member, link, _event in told]),
        told=tuple(told),
        denials=denials,
        answers=tuple(each for each in register.values() if answers(claim, each)),
        parent=register.get(claim.parent) if claim.parent else None,
        children=tuple(each for each in register.values() if each.parent == claim.id),
        edits=tuple(edits),
    )


def newest(series: Series) -> tuple[Said, ...]:
    """Return for each body its newest number of a series that stories support, the newest body first.

    Of numbers that it gave together, as outlets round them, it is the one that most outlets have.
    """
    by_body: dict[str, list[Said]] = {}
    for said in series.said:
        if said.outlets and said.stance is Stance.SUPPORTS:
            by_body.setdefault(fold(said.said_by), []).append(said)
    found = [_newest(said) for said in by_body.values()]
    return tuple(sorted(found, key=lambda said: said.said_on.first(), reverse=True))


def _newest(said: Sequence[Said]) -> Said:
    """Return the number that most outlets have of those that a body gave last."""
    since = max(each.said_on.first() for each in said) - _TOGETHER
    return max((each for each in said if each.said_on.first() >= since), key=lambda each: len(each.outlets))
