"""Who came to dispute claims in a span of time, and who came to bear them out. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from claims.changes import (
    Backed,
    Conceded,
    Denial,
    New,
    Voice,
    has_new_body,
    readable,
    stances,
    voices_in,
)
from claims.history import TOGETHER
from claims.independence import Who, is_party, outlet, speaker
from claims.model import Claim, Member, Stance
from claims.quoting import Place, admission_at, backing_at, denial_at, in_headline, matter_at, prominence
from claims.sooner import since
from claims.standing import GroundKind, Standing, as_written, standing
from claims.text import fold
from claims.timeline import timeline
from claims.visibility import among, answers
from claims.voice import denies, denying, recalls_denial

_ONE = "one"
"""All stories count as one happening: a standing is the same, and each would be counted by itself."""
QUIET = timedelta(days=7)
"""A body that denied the same within so many days only repeats itself."""


def denials(
    claims: Sequence[Claim],
    told: New,
    bodies: Mapping[str, Sequence[Voice]],
    register: Mapping[str, Claim],
    who: Who,
    language: str = "en",
) -> list[Denial]:
    """Return who said of these claims that it is not so, oldest first.

    Each body is told of once for a happening and all claims of which it said so last on the same day.
    Stories that name no body only report; where another body's story retells a denial that is kept and
    answers the claim, it is the deniers who say so, not that body; nobody denies a claim of its own, and a
    denial is repeated by its sayer or a party alone. That something is transferred is the first of what it
    denies. What is older than a claim (`claims.sooner`) is of
    another. On the day and the day after, another body of its government says it again.

    Args:
        claims: those that are told of.
        told: the new stories.
        bodies: by claim who spoke of it before (`claims.store_looks.LookBook.bodies`).
        register: the listed claims by id, in which the denials that answer them say when they were made.
        who: whom names mean (`claims.standing`).
        language: in which a story to quote reads best, ISO 639-1.

    """
    wanted = {claim.id: claim for claim in claims}
    last = _last_denials(claims, bodies, register)
    telling: dict[tuple[str, str], list[Member]] = {}
    for member, event in told:
        if member.reading.origin and _denied(wanted, member, register):
            telling.setdefault((event.id, fold(member.reading.origin.root)), []).append(member)
    found: list[Denial] = []
    told_of: set[tuple[str, str]] = set()
    lately: dict[tuple[str, str], date] = {}
    for (_event, body), members in telling.items():
        first, origin = members[0], members[0].reading.origin
        day, meant = first.story.at.date(), who(speaker(first))
        denied: dict[tuple[date | None, bool], list[str]] = {}
        for claim_id in _denied(wanted, first, register):
            before = last.get((claim_id, body))
            again = (claim_id, body) in told_of or (before is not None and day - before < QUIET)
            said = (lately[claim_id, each] for each in meant if (claim_id, each) in lately)
            again = again or any(day - each <= TOGETHER for each in said)
            denied.setdefault((before, again), []).append(claim_id)
        for (before, again), borne in denied.items():
            borne.sort(key=lambda claim_id: wanted[claim_id].direction is None)
            best, place = _to_quote(members, wanted[borne[0]], register, language)
            found.append(
                Denial(
                    body=origin.root if origin else body,
                    party=is_party(first),
                    claims=tuple(borne),
                    repeats=wanted[borne[0]].denial,
                    day=day,
                    story=best.story,
                    last=before,
                    again=again,
                    outlets=len({outlet(member.story) for member in members}),
                    place=place,
                )
            )
            told_of |= {(claim_id, body) for claim_id in borne}
            lately |= {(claim_id, each): day for claim_id in borne for each in meant}
    return found


def _to_quote(
    members: Sequence[Member], claim: Claim, register: Mapping[str, Claim], language: str
) -> tuple[Member, Place | None]:
    """Return the story to quote of those in which a body denies, and where: its headline at best."""
    places = {member.story.id: denial_at(member, claim, register) for member in members}

    def order(member: Member) -> tuple[object, ...]:
        place, origin = places[member.story.id], member.reading.origin
        unnamed = origin is None or origin.root not in member.reading.actors
        lacks = unnamed + 2 * (not in_headline(member.story, place))
        return place is None, *readable(member, language, lacks)

    best = min(members, key=order)
    return best, places[best.story.id]


def _denied(claims: Mapping[str, Claim], member: Member, register: Mapping[str, Claim]) -> tuple[str, ...]:
    borne = [claims[e.claim_id] for e in member.reading.evidence if e.claim_id in claims]
    borne = [claim for claim in borne if member.story.at.date() >= since(claim)]
    denied = [
        claim
        for claim in borne
        if denies(member, claim)
        and not recalls_denial(member, claim, [each for each in register.values() if answers(each, claim)])
    ]
    return tuple(c.id for c in denied if not c.denial) or tuple(c.id for c in denied)


def _last_denials(
    claims: Iterable[Claim], bodies: Mapping[str, Sequence[Voice]], register: Mapping[str, Claim]
) -> dict[tuple[str, str], date]:
    """Return by claim and body the day of its last denial that is kept and not older than the claim."""
    last: dict[tuple[str, str], date] = {}

    def denied(claim: Claim, body: str, day: date) -> None:
        if day >= since(claim):
            last[claim.id, fold(body)] = max(day, last.get((claim.id, fold(body)), day))

    for claim in claims:
        for each in bodies.get(claim.id, ()):
            if each.stance is denying(claim):
                denied(claim, each.body, each.day)
        for denial in register.values():
            if denial.denial and (denial.id == claim.id or answers(denial, claim)):
                for body in as_written(denial.said_by):
                    denied(claim, body, denial.said_on.first())
    return last


def turns(
    claim: Claim,
    told: New,
    bodies: Mapping[str, Sequence[Voice]],
    voices: Mapping[str, Sequence[Member]],
    register: Mapping[str, Claim],
    who: Who,
    language: str = "en",
) -> tuple[Backed | None, list[Conceded]]:
    """Return how a claim came to stand otherwise: by more independent accounts, or by who conceded it.

    Args:
        claim: the claim; who repeats a denial makes it no likelier, so of one nothing is returned.
        told: the new stories.
        bodies: by claim who spoke of it before (`claims.store_looks.LookBook.bodies`).
        voices: the stories of those who did, for a claim that has a new body
            (`claims.store_looks.LookBook.voices`).
        register: the listed claims by id, with those denials.
        who: whom names mean (`claims.standing`).
        language: in which a story to quote reads best, ISO 639-1.

    """
    supporting = (m for m, _ in told if Stance.SUPPORTS in stances(m, claim.id))
    fresh: dict[str | None, Member] = {member.story.id: member for member in supporting}
    if claim.denial or not fresh:
        return None, []
    came_in = (voice for m, _ in told for voice in voices_in(m, claim.id))
    if not has_new_body(came_in, bodies.get(claim.id, ())):
        return None, []
    seen = {claim.id, *register}
    told = [(among(member, seen), event) for member, event in told]
    earlier = [among(member, seen) for member in voices.get(claim.id, ())]
    answering = [each for each in register.values() if answers(each, claim)]

    def stood(members: Iterable[Member]) -> Standing:
        return standing(claim, timeline(claim, [(member, _ONE) for member in members], {}), answering, who)

    was = stood(earlier)
    now = stood([*earlier, *(m for m, _ in told if m.story.id in fresh)])
    before = frozenset[str]().union(*(who(each.body) for each in was.of(GroundKind.CONCEDED)))
    conceded = {
        fold(each.body): _conceded(claim, each.body, fresh[each.story_id], register)
        for each in reversed(now.of(GroundKind.CONCEDED))
        if each.story_id in fresh and before.isdisjoint(who(each.body))
    }
    came = [each for each in now.of(GroundKind.CORROBORATED) if each.story_id in fresh]
    if now.independent <= was.independent or not came:
        return None, list(conceded.values())
    best = min(
        (fresh[each.story_id] for each in came), key=lambda member: _to_back(member, claim, who, language)
    )
    body = speaker(best)
    knew = [each.body for each in was.of(GroundKind.CORROBORATED)]
    who_came = _one_each([body, *(each.body for each in came)], knew, who) or (body,)
    place = backing_at(best, claim, body, who)
    more = now.independent - was.independent
    backed = Backed(claim.id, now.independent, was.independent, who_came[:more], best.story, place)
    return backed, list(conceded.values())


def _one_each(bodies: Iterable[str], known: Iterable[str], who: Who) -> tuple[str, ...]:
    """Return of bodies the first of each government that is not among those that were known."""
    met = frozenset[str]().union(*map(who, known))
    found: list[str] = []
    for body in bodies:
        if met.isdisjoint(who(body)):
            found.append(body)
            met |= who(body)
    return tuple(found)


def _conceded(claim: Claim, body: str, member: Member, register: Mapping[str, Claim]) -> Conceded:
    return Conceded(claim.id, body, member.story, admission_at(member, register))


def _to_back(member: Member, claim: Claim, who: Who, language: str) -> tuple[object, ...]:
    """Order stories of who bears a claim out: first those whose headline has its matter and its body."""
    apart = not in_headline(member.story, matter_at(member, claim))
    return readable(member, language, 2 * prominence(member, speaker(member), who) + apart)
