"""Whether a story belongs to the matter at all."""

from dataclasses import dataclass
from datetime import datetime

from claims.matching.lexicon import Lexicon
from claims.matching.profiles import Profiles
from claims.matching.spotting import Spots


@dataclass(frozen=True, slots=True)
class Relevance:
    """The judgement, and how sure it is, 0 to 1."""

    relevant: bool
    score: float


class Gate:
    """The profiles of `shared/relevance.toml`: a story that fits one of them well enough is relevant."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the profiles of a lexicon."""
        self._profiles = Profiles(lexicon.relevance)
        self._weights = lexicon.weights

    def judge(self, spots: Spots, at: datetime, best_link: float) -> Relevance:
        """Judge a page; a claim that it bears on makes it relevant too."""
        fits = self._profiles.fits(spots, at, self._weights).values()
        best = max((f.score for f in fits), default=0.0)
        relevant = best >= self._weights.relevance or best_link >= self._weights.link
        return Relevance(relevant, round(min(1.0, max(0.0, best, best_link)), 3))
