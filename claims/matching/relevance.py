"""Whether a story belongs to the matter at all."""

from dataclasses import dataclass
from datetime import datetime

from claims.matching.lexicon import Lexicon
from claims.matching.profiles import Profiles, fit
from claims.matching.spotting import Spots

CIVIL = "civil"
"""The facet of what the two countries do besides: tourism, sport, condolences."""


@dataclass(frozen=True, slots=True)
class Relevance:
    """The judgement, and how sure it is, 0 to 1."""

    relevant: bool
    score: float


@dataclass(frozen=True, slots=True)
class Near:
    """A profile of the matter beside a page."""

    name: str
    score: float
    """How well it fits (`claims.matching.profiles.Fit`)."""
    missing: tuple[tuple[str, ...], ...]
    """The groups of which the page holds nothing."""


class Gate:
    """The profiles of `shared/relevance.toml`, and a small model over how well a story fits them."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the profiles of a lexicon."""
        self._profiles = Profiles(lexicon.relevance)
        self._lexicon = lexicon

    def best(self, spots: Spots, at: datetime) -> float:
        """Return how well a page fits the profile that it fits best; 0 where it fits none."""
        fits = self._profiles.fits(spots, at, self._lexicon.weights).values()
        return max((f.score for f in fits), default=0.0)

    def nearest(self, spots: Spots, at: datetime) -> Near | None:
        """Return the profile that a page comes nearest to, or None where it has nothing of any."""
        near = []
        for name, profile in self._lexicon.relevance.items():
            found = fit(profile, spots, at.date(), self._lexicon.weights)
            missing = tuple(profile.need[number] for number in found.missing)
            if len(missing) < len(profile.need):
                near.append(Near(name, round(found.score, 3), missing))
        return max(near, key=lambda n: n.score, default=None)

    def judge(self, spots: Spots, gated: float, linked: float, *, named: bool = False) -> Relevance:
        """Judge a page by its best fit and by how surely it bears on any claim.

        One that has the very words of a claim about something else (`named`) is of the matter by that:
        somebody tracks it, whatever the model learned of arms.
        """
        model = self._lexicon.scorer.relevance
        score = model.probability(self.measured(spots, gated, linked))
        return Relevance(named or score >= model.cut, round(score, 3))

    def measured(self, spots: Spots, gated: float, linked: float) -> dict[str, float]:
        """Return what the model looks at."""
        facets = self._lexicon.facets
        return {
            "matter": gated,
            "fits": float(gated > 0),
            "linked": linked,
            "civil": sum(s.weight for c, s in spots.best.items() if facets.get(c) == CIVIL),
            "north-korea": spots.weight("north-korea"),
            "russia": spots.weight("russia"),
        }
