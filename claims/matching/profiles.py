"""A claim's profile: derived from its own words and fields, and scored against what a page holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from claims.matching.lexicon import COUNTED, Lexicon, Weights
from claims.matching.spotting import Spots
from claims.model import Claim, Profile
from claims.when import Day

OTHERS = ("civil", "guard")
"""The facets that a profile never raises."""
DENIALS = ("deny", "falsehood")
COMMON = 0.35
"""Concepts that tell less than this do not make a claim by themselves."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a page fits a profile. `concepts` are those that made it, that of the first group first."""

    score: float
    key: float
    """The weight of the first group, which is what a profile turns on."""
    concepts: tuple[str, ...]


class Profiles:
    """Profiles by key, found by the concepts of a page, so that cost grows with those that may fit."""

    def __init__(self, profiles: Mapping[str, Profile]) -> None:
        """Take profiles; those that need nothing never fit."""
        self._profiles = {key: p for key, p in profiles.items() if p.need}
        self._groups: dict[str, list[tuple[str, int]]] = {}
        self._full = {key: (1 << len(p.need)) - 1 for key, p in self._profiles.items()}
        for key, profile in self._profiles.items():
            for number, group in enumerate(profile.need):
                for concept in group:
                    self._groups.setdefault(concept, []).append((key, 1 << number))

    def fits(self, spots: Spots, at: datetime, weights: Weights) -> dict[str, Fit]:
        """Return how well a page fits each profile of whose every group it holds a concept."""
        held: dict[str, int] = {}
        for concept in spots.best:
            for key, bit in self._groups.get(concept, ()):
                held[key] = held.get(key, 0) | bit
        whole = [key for key, bits in held.items() if bits == self._full[key]]
        return {key: fit(self._profiles[key], spots, at.date(), weights) for key in whole}


def fit(profile: Profile, spots: Spots, day: date, weights: Weights) -> Fit:
    """Score a page that holds a concept of every group of a profile.

    Half the best zone of the first group, half the mean of all, and what the boosts found add, less what
    the minuses found take and what being told outside the window costs.
    """
    found = [c for c in (spots.strongest(group) for group in profile.need) if c]
    key = spots.weight(found[0])
    score = (key + sum(spots.weight(c) for c in found) / len(found)) / 2
    boosts = [c for c in profile.boost if c in spots.best]
    score += weights.boost * sum(spots.weight(c) for c in boosts)
    score -= weights.minus * sum(spots.weight(c) for c in profile.minus)
    if not within(profile, day):
        score -= weights.outside
    return Fit(score, key, tuple(dict.fromkeys((*found, *boosts))))


def within(profile: Profile, day: date) -> bool:
    """Say whether a day lies in a profile's window; one without a window has every day in it."""
    return spans(profile.since, profile.until, day)


def spans(since: Day | None, until: Day | None, day: date) -> bool:
    """Say whether a day lies from one to another, to the end of what they name; None sets no bound."""
    return (since is None or since.first() <= day) and (until is None or not _after(day, until))


def _after(day: date, until: Day) -> bool:
    parts = (day.year, day.month, day.day)
    last = (until.year, until.month or 12, until.day or 31)
    return parts > last


def derive(
    claim: Claim, spots: Spots, speakers: Sequence[str], terms: Sequence[str], lexicon: Lexicon
) -> Profile:
    """Return the profile of a claim that brings none.

    It turns on the items that the claim names (else what is done with them, else its own words), and asks
    for what stands near each other in its sentence, and for its actors but those that are common without
    being a party. Where that is common in the matter, it asks also for what is done, for the units that it
    counts and for who said it.

    Args:
        claim: its fields add to what its sentence says.
        spots: the concepts of its statement and items.
        speakers: the actors that `said_by` names.
        terms: concepts made of its own names and of words that the lexicon does not know.
        lexicon: what the concepts weigh.

    """
    facets, tells = lexicon.facets, lexicon.telling

    def rare(*concepts: str) -> bool:
        return max(map(tells, concepts), default=0.0) >= COMMON

    found = sorted((c for c in spots.best if c not in lexicon.names), key=lambda c: (-tells(c), c))
    items, deeds = _telling(found, ("item",), lexicon), _telling(found, ("action", "place"), lexicon)
    near = _telling(found, ("proximity",), lexicon)
    denials = DENIALS if claim.denial and not set(DENIALS).isdisjoint(found) else ()
    about = denials or items or (deeds if rare(*deeds) else tuple(terms) or deeds)
    done = deeds if rare(*deeds) and not rare(*near) else ()
    counted = () if rare(*about) else tuple(dict.fromkeys(COUNTED + figure.unit for figure in claim.figures))
    told = about == tuple(terms) or rare(*about, *(near or deeds))
    said = () if told else _telling(speakers, ("actor",), lexicon)
    actors = [(c,) for c in found if facets[c] == "actor" and (not tells(c) or rare(c))]
    need = (about, near or deeds, done, counted, said, *actors)
    used = {c for group in need for c in group}
    direction = [str(claim.direction)] if claim.direction in facets else []
    rest = [c for c in (*direction, *found, *terms) if c not in used and facets.get(c) not in OTHERS]
    return Profile(tuple(dict.fromkeys(group for group in need if group)), tuple(dict.fromkeys(rest)))


def _telling(found: Iterable[str], kinds: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """Return the concepts of these facets that tell at least half as much as the most telling one."""
    among = [c for c in found if lexicon.facets[c] in kinds]
    most = max((lexicon.telling(c) for c in among), default=0.0)
    return tuple(c for c in among if 2 * lexicon.telling(c) >= most)
