"""How near a story comes to profiles that it does not fit: what it has of each, and what it lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from claims.matching.lexicon import Weights
from claims.matching.profiles import fit
from claims.matching.spotting import Spots
from claims.model import Profile


@dataclass(frozen=True, slots=True)
class Near:
    """A profile beside a page."""

    key: str
    """Of a claim, or the name of what belongs to the matter (`shared/relevance.toml`)."""
    score: float
    """How well what the page has fits, times the share of the groups that it has; 0 to 1."""
    missing: tuple[tuple[str, ...], ...]
    """The groups of which it has no concept."""
    concepts: tuple[str, ...]
    """Those that the page has of it."""


def nearest(profiles: Mapping[str, Profile], spots: Spots, day: date, weights: Weights) -> list[Near]:
    """Return the profiles of which a page has something, best first, then by key."""
    near = []
    for key, profile in profiles.items():
        met = tuple(group for group in profile.need if spots.strongest(group))
        if met:
            found = fit(
                Profile(met, profile.boost, profile.minus, profile.since, profile.until), spots, day, weights
            )
            score = min(1.0, max(0.0, found.score * len(met) / len(profile.need)))
            missing = tuple(group for group in profile.need if group not in met)
            near.append(Near(key, round(score, 3), missing, found.concepts))
    return sorted(near, key=lambda n: (-n.score, n.key))
