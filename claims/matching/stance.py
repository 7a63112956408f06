"""What a story does to the claims it bears on: rules over who denies or admits, and where in the story."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from claims.matching.lexicon import Weights
from claims.matching.profiles import Fit, within
from claims.matching.spotting import Spots
from claims.model import Claim, Profile, Stance

ADMITS = "admits"
"""The proximity concept of a party that says at last that it is so."""
FRESH = timedelta(days=45)
"""How long after it was first made a general denial still answers an accusation."""


def stances(
    fits: Mapping[str, Fit], claims: Mapping[str, Claim], spots: Spots, weights: Weights
) -> dict[str, Stance]:
    """Return the stance of a story towards each claim that it fits.

    A denial in the headline or the first sentence supports the denial claim of its side and disputes the
    claims that this one answers; an admission there disputes the denial claims. Anything else supports,
    or is background where the fit is weak.
    """
    admitted = spots.weight(ADMITS) >= weights.denial
    denials = {k for k in fits if claims[k].denial and fits[k].score >= weights.denial and not admitted}
    said = {}
    for key, found in fits.items():
        claim = claims[key]
        if found.score < weights.link:
            said[key] = Stance.BACKGROUND
        elif (claim.denial and admitted) or denials & set(claim.disputed_by):
            said[key] = Stance.DISPUTES
        else:
            said[key] = Stance.SUPPORTS
    return said
