"""What a story does to the claims it bears on: rules over who denies or admits, and where in the story."""

from collections.abc import Collection, Mapping
from datetime import date

from claims.matching.lexicon import Weights
from claims.matching.profiles import Fit, spans
from claims.matching.spotting import Spots
from claims.model import Claim, Profile, Stance

DISPROOFS = ("disproof", "moscow-doubts")
"""The concepts of evidence that something is not what somebody said, and of a doubt that is no denial."""


def stances(
    fits: Mapping[str, Fit],
    sure: Collection[str],
    claims: Mapping[str, Claim],
    profiles: Mapping[str, Profile],
    spots: Spots,
    weights: Weights,
    attitude: Stance,
    *,
    led: bool,
) -> dict[str, Stance]:
    """Return the stance of a story towards each claim that it fits.

    What counts stands in the headline or the first sentence. A denial there supports the denial claim of its
    side and disputes the claims that this one answers; evidence against disputes the claims that a denial
    answers; and what a profile names as speaking against its claim, as an admission does against a denial,
    disputes that one. Whoever denies in the headline what stands there disputes it too, and whoever does
    not confirm there says nothing either way. Anything else supports; a denial that is only recalled is
    background. Behind a headline that somebody else leads a denial is told of, and disputes nothing.

    Args:
        fits: by claim id how the story fits it.
        sure: the ids of those that it surely bears on: a denial that it may only recall answers nothing.
        claims: by id.
        profiles: by claim id.
        spots: the concepts of the story.
        weights: of their places.
        attitude: of whoever speaks (`claims.matching.origin.attitude`).
        led: whoever speaks leads the headline and is no party (`claims.matching.origin.leads`).

    """
    contrary = {key for key, found in fits.items() if _contrary(found, profiles[key], spots, weights)}
    least = {key: turning(weights, led=led) if key in sure else weights.title for key in fits}
    denied = {key for key, found in fits.items() if claims[key].denial and found.key >= least[key]}
    denied -= contrary
    disproved = any(spots.weight(concept) >= weights.denial for concept in DISPROOFS)

    def stance(key: str, found: Fit) -> Stance:
        claim = claims[key]
        if claim.denial and found.key < weights.denial:
            return Stance.BACKGROUND
        if attitude is Stance.BACKGROUND and not claim.denial:
            return attitude
        against = disproved or (attitude is Stance.DISPUTES and found.key >= weights.title)
        answered = not denied.isdisjoint(claim.disputed_by) or (against and bool(claim.disputed_by))
        if answered or key in contrary:
            return Stance.DISPUTES
        return Stance.SUPPORTS

    return {key: stance(key, found) for key, found in fits.items()}


def turning(weights: Weights, *, led: bool) -> float:
    """Return the least weight of a denial that disputes what it answers: `led` as `stances` has it."""
    return weights.title if led else weights.denial


def accusations(
    said: Mapping[str, Stance], claims: Mapping[str, Claim], profiles: Mapping[str, Profile], day: date
) -> dict[str, str]:
    """Return what a denial is told of that names nothing: `{claim id: id of the denial}`.

    These are the claims that the denial answers and that were what was held against the deniers on that day.
    Where a story disputes something itself, it is that alone; so only stances that are sure belong in `said`.
    """
    if any(stance is Stance.DISPUTES for stance in said.values()):
        return {}
    denials = [key for key, stance in said.items() if claims[key].denial and stance is Stance.SUPPORTS]
    return {
        key: denial
        for key, profile in profiles.items()
        if any(spans(first, last, day) for first, last in profile.accused)
        for denial in denials
        if denial in claims[key].disputed_by
    }


def _contrary(found: Fit, profile: Profile, spots: Spots, weights: Weights) -> bool:
    """Say whether what speaks against a claim is what a story fits it by, or stands where it counts.

    Where the headline has what the claim says in its place, the text behind does not turn the story round.
    """
    turns_on = found.concepts[:1]

    def least(concept: str) -> float:
        beside = (other for group in profile.need if concept in group for other in group)
        said = (spots.weight(other) for other in beside if other not in profile.against)
        return max((weights.denial, *said))

    return any(c in turns_on or spots.weight(c) >= least(c) for c in profile.against)
