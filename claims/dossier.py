"""All that the register knows of one claim. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claims.care import ClaimEdit
from claims.governments import governments
from claims.history import TOGETHER, Said, Series, figure_series
from claims.independence import Who
from claims.model import Alert, Claim, Evidence, Member, Stance
from claims.standing import Ground, GroundKind, Standing, standing
from claims.text import fold
from claims.timeline import Step, timeline
from claims.visibility import among, answers
from claims.when import Day

_AGAINST = (
    (GroundKind.CONCEDED,),
    (GroundKind.CONTRADICTED,),
    (GroundKind.DENIED, GroundKind.DISPUTED),
)
"""What a claim is called for those who object to it or admit it, the strongest first."""

Told = tuple[Member, Evidence, str | None]
"""A story that bears on a claim, how it does, and the id of its event."""


@dataclass(frozen=True, slots=True)
class Backing:
    """Who corroborates a claim, as one origin."""

    name: str
    """A government, or a body of none."""
    grounds: tuple[Ground, ...]
    """The bodies by which it does, by day; at least one."""
    counts: bool = True
    """It is one of the independent origins; else whoever tells of it is counted for another of them."""

    @property
    def bodies(self) -> tuple[str, ...]:
        """Return the names of these bodies beside its own."""
        return tuple(each.body for each in self.grounds if each.body != self.name)


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is shown of a claim, wherever it is."""

    claim: Claim
    standing: Standing
    backing: tuple[Backing, ...]
    """Who corroborates it, by day; as many of them count as the standing has independent origins."""
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
    steps = timeline(claim, shown, alerts, denials, who)
    stands = standing(claim, steps, denials, who)
    return Dossier(
        claim=claim,
        standing=stands,
        backing=_backing(stands, who),
        steps=steps,
        series=figure_series(claim, [(member, link) for member, link, _event in told], who),
        told=tuple(told),
        denials=denials,
        answers=tuple(each for each in register.values() if answers(claim, each)),
        parent=register.get(claim.parent) if claim.parent else None,
        children=tuple(each for each in register.values() if each.parent == claim.id),
        edits=tuple(edits),
    )


def _backing(stands: Standing, who: Who) -> tuple[Backing, ...]:
    """Return who corroborates a claim, by government."""
    grounds = stands.of(GroundKind.CORROBORATED)
    by: dict[str, list[Ground]] = {}
    for ground, name in zip(grounds, governments([each.body for each in grounds], who), strict=True):
        by.setdefault(name, []).append(ground)
    return tuple(
        # Whom nobody lists is meant by its folded name, and is shown by the one that it is told of by.
        Backing(
            name=next((each.body for each in found if fold(each.body) == name), name),
            grounds=tuple(found),
            counts=name in stands.origins,
        )
        for name, found in by.items()
    )


def came_round(found: Dossier, ground: Ground) -> Day | None:
    """Return from when a body bears a claim out that a reason has dispute it before, or None."""
    if ground.kind is not GroundKind.DISPUTED:
        return None
    grounds = found.standing.of(GroundKind.CORROBORATED)
    came = (each.day for each in grounds if fold(each.body) == fold(ground.body))
    return next((day for day in came if ground.day < day), None)


def happenings_of(steps: Iterable[Step]) -> int:
    """Return how many happenings steps are of: one of which stories are of either side has two."""
    return len({step.event_id or step.story.id for step in steps})


def turning(found: Dossier) -> tuple[Ground, ...]:
    """Return the reasons that changed how a claim stands, by day.

    Of who corroborates it that is the first of each independent origin, which is one more; of objections and
    concessions the first that made it disputed, contradicted or conceded. What comes later of the same
    changes nothing, and no more do denials of what is conceded by then.
    """
    turned = [each.grounds[0] for each in found.backing if each.counts]
    stronger: Ground | None = None
    for kinds in _AGAINST:
        grounds = (each for kind in kinds for each in found.standing.of(kind))
        first = min(grounds, key=lambda each: each.day, default=None)
        if first and (stronger is None or first.day < stronger.day):
            turned.append(first)
            stronger = first
    return tuple(sorted(turned, key=lambda each: each.day))


def clearest(told: Sequence[Told], language: str) -> list[tuple[Member, Evidence]]:
    """Return the stories that surely bear on a claim, the clearest first; one of each happening and stance.

    It is clear where a story bears on the claim before any other, or a person judged so, and by the score.
    Among equals what is in a language (ISO 639-1) comes first, then what is in English, then what is new.
    """

    def unclear(each: Told) -> tuple[bool, float, bool, bool, float]:
        member, link, _event = each
        foremost = link.judge is not None or member.reading.evidence[0].claim_id == link.claim_id
        tongue, at = member.reading.language, member.story.at.timestamp()
        return not foremost, -round(link.score, 2), tongue != language, tongue != "en", -at

    firsts: dict[tuple[str, Stance], tuple[Member, Evidence]] = {}
    for member, link, event in sorted((each for each in told if not each[1].suggested), key=unclear):
        firsts.setdefault((event or member.story.id, link.stance), (member, link))
    return list(firsts.values())


def newest(found: Dossier) -> tuple[Said, ...]:
    """Return for each body its newest number of what the claim counts (`Claim.units`) that stories support.

    Counts come before capacities and plans; of each the newest first, and last one that only outlets tell,
    for nobody is known to have said those. Of numbers that a body gave together, as outlets round them, it
    is the one that most outlets have, or the highest. Other numbers of its stories are of other matters.
    """
    units = found.claim.units
    latest = (each for one in found.series for each in _latest(one))
    shown = [said for said in latest if said.figure.unit in units]
    shown.sort(key=lambda said: said.said_on.first(), reverse=True)
    return tuple(sorted(shown, key=lambda said: (said.figure.uncounted is not None, said.told)))


def _latest(series: Series) -> list[Said]:
    by_body: dict[str, list[Said]] = {}
    for said in series.said:
        if said.outlets and said.stance is Stance.SUPPORTS:
            by_body.setdefault("" if said.told else fold(said.said_by), []).append(said)
    return [_newest(said) for said in by_body.values()]


def _newest(said: Sequence[Said]) -> Said:
    """Return the number that most outlets have of those that a body gave last, else the highest."""
    since = max(each.said_on.first() for each in said) - TOGETHER
    together = [each for each in said if each.said_on.first() >= since]
    return max(together, key=lambda each: (len(each.outlets), each.figure.high))
