"""What a story does to the claims it bears on: rules over who denies or admits, and where in the story."""

from collections.abc import Mapping

from claims.matching.lexicon import Weights
from claims.matching.profiles import Fit
from claims.model import Claim, Stance

ADMISSIONS = frozenset(("moscow-admits", "pyongyang-admits"))
"""The concepts of a party that says at last that it is so."""
DISPROOF = "disproof"
"""The concept of evidence that goods are not what somebody said."""


def stances(
    fits: Mapping[str, Fit], claims: Mapping[str, Claim], weights: Weights, *, disproved: bool
) -> dict[str, Stance]:
    """Return the stance of a story towards each claim that it fits.

    A denial in the headline or the first sentence supports the denial claim of its side and disputes the
    claims that this one answers; an admission there disputes the denial claim. Anything else supports, or
    is background where the fit is weak; a denial that is only recalled is background too. Where the story is
    `disproved`, it brings evidence against the claims that a denial answers, and disputes them.
    """
    denied = {
        key
        for key, found in fits.items()
        if claims[key].denial and found.key >= weights.denial and not _admits(found)
    }
    return {key: _stance(claims[key], found, denied, weights, disproved) for key, found in fits.items()}


def _stance(claim: Claim, found: Fit, denied: set[str], weights: Weights, disproved: bool) -> Stance:
    if found.score < weights.link or (claim.denial and found.key < weights.denial):
        return Stance.BACKGROUND
    if disproved and claim.disputed_by:
        return Stance.DISPUTES
    if denied & set(claim.disputed_by) or (claim.denial and _admits(found)):
        return Stance.DISPUTES
    return Stance.SUPPORTS


def _admits(found: Fit) -> bool:
    return not ADMISSIONS.isdisjoint(found.concepts[:1])
