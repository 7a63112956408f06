"""All that the register knows of one claim. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.care import ClaimEdit
from claims.history import TOGETHER, Said, Series, Step, figure_series, timeline
from claims.independence import Who
from claims.model import Alert, Claim, Evidence, Member, Stance
from claims.standing import Standing, standing
from claims.text import fold
from claims.visibility import among, answers

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
        series=figure_series(claim, [(member, link) for member, link, _event in told], who),
        told=tuple(told),
        denials=denials,
        answers=tuple(each for each in register.values() if answers(claim, each)),
        parent=register.get(claim.parent) if claim.parent else None,
        children=tuple(each for each in register.values() if each.parent == claim.id),
        edits=tuple(edits),
    )


def newest(found: Dossier) -> tuple[Said, ...]:
    """Return for each body its newest number of what the claim counts (`Claim.units`) that stories support.

    Counts come before capacities and plans; of each the newest first, and last one that only outlets tell,
    for nobody is known to have said those. Of numbers that a body gave together, as outlets round them, it
    is the one that most outlets have. Other numbers of its stories are no later ones of its own; of a claim
    that counts nothing they are the counts that bodies gave.
    """
    units = found.claim.units
    latest = (each for one in found.series for each in _latest(one))
    shown = [
        said
        for said in latest
        if said.figure.unit in units or not (units or said.told or said.figure.uncounted)
    ]
    shown.sort(key=lambda said: said.said_on.first(), reverse=True)
    return tuple(sorted(shown, key=lambda said: (said.figure.uncounted is not None, said.told)))


def _latest(series: Series) -> list[Said]:
    by_body: dict[str, list[Said]] = {}
    for said in series.said:
        if said.outlets and said.stance is Stance.SUPPORTS:
            by_body.setdefault("" if said.told else fold(said.said_by), []).append(said)
    return [_newest(said) for said in by_body.values()]


def _newest(said: Sequence[Said]) -> Said:
    """Return the number that most outlets have of those that a body gave last."""
    since = max(each.said_on.first() for each in said) - TOGETHER
    return max((each for each in said if each.said_on.first() >= since), key=lambda each: len(each.outlets))
