"""How well a page fits a claim's profile."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from claims.matching.lexicon import Span, Weights
from claims.matching.page import Page, solid
from claims.matching.spotting import Spots
from claims.model import Mark, Profile
from claims.when import Day

_ENDING, _MAX_WHY = re.compile(r"[^\W\d_]*"), 8


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a page fits a profile."""

    score: float
    """What the weights of `shared/weights.toml` make of all below; 0 to 1, or more where much boosts it."""
    key: float
    """The weight of the first group, which is what a profile turns on."""
    low: float
    """The weight of the weakest group; 0 where one is missing."""
    against: float
    """What the minuses weigh together."""
    outside: bool
    """It was told outside the profile's window."""
    unboosted: bool
    """The profile names what would raise it, and nothing of that is there."""
    concepts: tuple[str, ...]
    """Those that made it, that of the first group first."""
    missing: tuple[int, ...] = ()
    """The groups of which the page holds nothing, by their place in `need`."""


class Profiles:
    """Profiles by key, found by the concepts of a page, so that cost grows with those that may fit."""

    def __init__(self, profiles: Mapping[str, Profile]) -> None:
        """Take profiles; those that need nothing never fit."""
        self._profiles = {key: p for key, p in profiles.items() if p.need}
        self._turning: dict[str, list[str]] = {}
        for key, profile in self._profiles.items():
            for concept in profile.need[0]:
                self._turning.setdefault(concept, []).append(key)

    def fits(self, spots: Spots, at: datetime, weights: Weights, lacking: int | None = 0) -> dict[str, Fit]:
        """Return how well a page fits each profile that it may fit.

        That is where it holds a concept of the first group and of all others but `lacking`; or, where that is
        None, of any group.
        """
        if lacking is None:
            near = [key for key, p in self._profiles.items() if _lacks(p, spots) < len(p.need)]
        else:
            begun = dict.fromkeys(key for concept in spots.best for key in self._turning.get(concept, ()))
            near = [key for key in begun if _lacks(self._profiles[key], spots) <= lacking]
        return {key: fit(self._profiles[key], spots, at.date(), weights) for key in near}

    def whole(self, key: str, spots: Spots, at: datetime, weights: Weights) -> Fit | None:
        """Return how well a page fits one profile; None where the page lacks any group of it."""
        profile = self._profiles.get(key)
        if profile is None or _lacks(profile, spots):
            return None
        return fit(profile, spots, at.date(), weights)


def _lacks(profile: Profile, spots: Spots) -> int:
    return sum(map(spots.best.keys().isdisjoint, profile.need))


def fit(profile: Profile, spots: Spots, day: date, weights: Weights) -> Fit:
    """Score a page that holds a concept of a profile's first group.

    Half the best zone of the first group, half the mean of all, and what the boosts found add, less what
    the minuses found take and what a missing group and being told outside the window cost.
    """
    found = [spots.strongest(group) for group in profile.need]
    held = [spots.weight(c) if c else 0.0 for c in found]
    missing = tuple(number for number, c in enumerate(found) if c is None)
    boosts = [c for c in profile.boost if c in spots.best]
    against = sum(spots.weight(c) for c in profile.minus)
    outside = not within(profile, day)
    score = (held[0] + sum(held) / len(held)) / 2
    score += weights.boost * sum(spots.weight(c) for c in boosts) - weights.minus * against
    score -= weights.missing * len(missing) + weights.outside * outside
    return Fit(
        score=score,
        key=held[0],
        low=min(held),
        against=against,
        outside=outside,
        unboosted=bool(profile.boost) and not boosts,
        concepts=tuple(dict.fromkeys((*(c for c in found if c), *boosts))),
        missing=missing,
    )


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


def marks(found: Fit, spots: Spots) -> tuple[Mark, ...]:
    """Return the words of the story that made a fit, each once and whole."""
    marked: dict[str, Mark] = {}
    for concept in found.concepts:
        for span in spots.best[concept].spans:
            mark = _mark(spots.page, span, concept)
            marked.setdefault(mark.words, mark)
    return tuple(marked.values())[:_MAX_WHY]


def _mark(page: Page, span: Span, concept: str) -> Mark:
    """Return a span up to the end of its word: the lexicon knows stems. Solid scripts stay as cut."""
    ending = _ENDING.match(page.text, span.end)
    whole = ending.end() if ending and not solid(page.text[span.end - 1]) else span.end
    start, end = page.place(span.start), page.place(whole)
    return Mark(start, end, page.text[span.start : whole].strip(), concept)
