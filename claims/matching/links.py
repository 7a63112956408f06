"""Which claims a story bears on, and how surely: one small model for all claims.

It knows no claim by name, only how well a story fits profiles; so it serves a claim that was typed a moment
ago as well as any other.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from claims.matching.lexicon import COUNTED, Lexicon
from claims.matching.profiles import Fit, Profiles
from claims.matching.spotting import Spots
from claims.model import Claim, Profile

ADMISSIONS = ("moscow-admits", "pyongyang-admits")
"""The concepts of a party that says at last that it is so."""
LACKING = 1
"""How many groups of a profile a story may lack and still be looked at."""


Heard = Callable[[str, float], float]
"""Returns the probability of a link, given the claim's id and how likely the model finds it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that a story might bear on."""

    claim_id: str
    score: float
    """The probability that it does, 0 to 1."""
    fit: Fit
    counts: bool
    """It is sure enough to be kept at all."""
    sure: bool
    """It is sure enough to be told without a person's review."""
    missing: tuple[tuple[str, ...], ...] = ()
    """The groups of concepts of its profile of which the story holds none."""


class Linker:
    """The register as the model sees it."""

    def __init__(
        self,
        claims: Mapping[str, Claim],
        profiles: Mapping[str, Profile],
        derived: Mapping[str, Profile],
        guessed: Collection[str],
        lexicon: Lexicon,
    ) -> None:
        """Take claims and how they are recognised.

        Args:
            claims: by id.
            profiles: those they are recognised by.
            derived: those that follow from their words alone.
            guessed: ids of the claims for which nobody ever saw to it that the profile is right.
            lexicon: what words stand for, and the models.

        """
        scorer = lexicon.scorer
        self._models = {key: scorer.guessed if key in guessed else scorer.links for key in claims}
        self._claims = claims
        self._needs = {key: profile.need for key, profile in profiles.items()}
        self._profiles = Profiles(profiles)
        self._derived = Profiles(derived)
        self._lexicon = lexicon

    def rank(
        self, spots: Spots, at: datetime, gated: float, heard: Heard, lacking: int | None = LACKING
    ) -> list[Candidate]:
        """Return the claims that a page might bear on, best first, then by id.

        Args:
            spots: the page.
            at: when it was told.
            gated: how well it fits the matter as a whole (`Gate.best`).
            heard: what people taught of the story's like.
            lacking: how many groups of a profile it may lack; None for any, the first included.

        """
        measured = self.measured(spots, at, gated, lacking).items()
        candidates = [self._judged(key, fit, features, heard) for key, (fit, features) in measured]
        return sorted(candidates, key=lambda c: (-c.score, c.claim_id))

    def _judged(self, key: str, fit: Fit, features: Mapping[str, float], heard: Heard) -> Candidate:
        model = self._models[key]
        score = heard(key, model.probability(features))
        missing = tuple(self._needs[key][n] for n in fit.missing)
        return Candidate(key, score, fit, score >= model.cut, score >= model.sure, missing)

    def measured(
        self, spots: Spots, at: datetime, gated: float, lacking: int | None = LACKING
    ) -> dict[str, tuple[Fit, dict[str, float]]]:
        """Return, for each claim that a page might bear on, its fit and what the model looks at."""
        weights = self._lexicon.weights
        fits = self._profiles.fits(spots, at, weights, lacking)
        if not fits:
            return {}
        ranked = sorted((fit.score for fit in fits.values()), reverse=True)
        admitted = max(spots.weight(concept) for concept in ADMISSIONS)
        measured = {}
        for key, fit in fits.items():
            claim = self._claims[key]
            own = self._derived.whole(key, spots, at, weights)
            rival = ranked[0] if fit.score < ranked[0] else ranked[1] if len(ranked) > 1 else 0.0
            measured[key] = (
                fit,
                {
                    "low": fit.low,
                    "apart": fit.key - fit.low,
                    "against": fit.against,
                    "outside": float(fit.outside),
                    "unboosted": float(fit.unboosted),
                    "lead": fit.score - max(0.0, rival),
                    "own-words": own.score if own else 0.0,
                    "own-words-fit": float(own is not None),
                    "matter": gated,
                    "denial": float(claim.denial),
                    "admitted": 0.0 if claim.denial else admitted,
                    "counted": float(any(COUNTED + figure.unit in spots.best for figure in claim.figures)),
                },
            )
        return measured
