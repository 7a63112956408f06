"""Who speaks in a story for what that story does to a claim: whoever it names may only be recalled. Pure."""

from collections.abc import Collection, Iterable

from claims.changes import stances
from claims.independence import is_party, outlet, speaker
from claims.model import Claim, Member, Stance
from claims.text import fold


def voice(member: Member, claim: Claim, denials: Collection[Claim]) -> str:
    """Return who says in a story what it does to a claim: its origin, or the outlet that recalls a denial.

    Args:
        member: the story.
        claim: the claim.
        denials: the claims that answer it with a denial.

    """
    recalls = denies(member, claim) and recalls_denial(member, claim, denials)
    return outlet(member.story) if recalls else speaker(member)


def denies(member: Member, claim: Claim) -> bool:
    """Say whether a story disputes a claim or, where that is itself a denial, repeats it."""
    return denying(claim) in stances(member, claim.id)


def denying(claim: Claim) -> Stance:
    """Return how a story bears on a claim in which somebody denies: a denial is repeated by its support."""
    return Stance.SUPPORTS if claim.denial else Stance.DISPUTES


def recalls_denial(member: Member, claim: Claim, denials: Iterable[Claim]) -> bool:
    """Say whether whoever a story names that denies is no denier.

    A denial is repeated by its sayer or a party alone. The sayer of any other claim is named beside its
    denial, as is whoever is no party in a story that has a denial that is kept.
    """
    origin = member.reading.origin
    own = origin is not None and fold(claim.said_by).startswith(fold(origin.root))
    party = is_party(member)
    if claim.denial:
        return not (own or party)
    return own or (not party and any(Stance.SUPPORTS in stances(member, each.id) for each in denials))
