"""How a claim is recognised, for a person to read and to correct: its profile, and the words behind it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from claims.matching.deriving import derived, has_profile, own_terms, term_concept, used
from claims.matching.lexicon import COUNTED, Lexicon
from claims.matching.matcher import Matcher
from claims.model import Claim, Profile


class Made(StrEnum):
    """Where a profile comes from."""

    DERIVED = "derived from the claim's own words"
    LIKE = "taken from a claim that ships, which it is worded like"
    ADDED = "derived from the claim's own words, with what its profile adds"
    OWN = "written by hand"


@dataclass(frozen=True, slots=True)
class Sense:
    """What a concept stands for."""

    concept: str
    words: Mapping[str, tuple[str, ...]]
    """By language; empty where it is made of other concepts. A word of the claim's own stands under `und`."""
    near: tuple[tuple[str, ...], ...] = ()
    """The two groups of concepts that it is made of where one of each stand near each other."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """A claim with the profile it is recognised by."""

    claim: Claim
    profile: Profile
    made: Made
    like: str | None
    """Id of the claim that ships whose profile it has, being worded like it."""
    senses: tuple[Sense, ...]
    """Of every concept of the profile in its order, then of those that these are made of."""


def recognition(claim: Claim, matcher: Matcher) -> Recognition:
    """Return how a matcher recognises a claim that it knows, whether or not it is kept anywhere."""
    lexicon, profile = matcher.lexicon, matcher.profiles[claim.id]
    made = _made(claim, profile, lexicon)
    senses: dict[str, Sense] = {}
    wanted = [*chain(*profile.need), *profile.boost, *profile.minus, *profile.against]
    while wanted:
        fresh = [concept for concept in dict.fromkeys(wanted) if concept not in senses]
        senses |= {concept: _sense(concept, profile, lexicon) for concept in fresh}
        wanted = [part for concept in fresh for part in chain(*senses[concept].near)]
    like = matcher.likened.get(claim.id) if made is Made.LIKE else None
    return Recognition(claim, profile, made, like, tuple(senses.values()))


def _made(claim: Claim, profile: Profile, lexicon: Lexicon) -> Made:
    if has_profile(claim):
        return Made.OWN
    if profile != used(claim, derived(claim, lexicon).profile):
        return Made.LIKE
    return Made.ADDED if claim.profile else Made.DERIVED


def _sense(concept: str, profile: Profile, lexicon: Lexicon) -> Sense:
    for term in own_terms(profile):
        if concept == term_concept(term):
            return Sense(concept, {"und": (term,)})
    for rule in lexicon.proximities:
        if rule.concept == concept:
            return Sense(concept, {}, (rule.one, rule.other))
    if concept.startswith(COUNTED):
        return Sense(concept, {"und": (f"a number of {concept.removeprefix(COUNTED)}",)})
    words = {code: language.aliases.get(concept, ()) for code, language in sorted(lexicon.languages.items())}
    return Sense(concept, {code: _bare(each) for code, each in words.items() if each})


def _bare(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip("|").strip() for word in words))


def as_toml(profile: Profile) -> str:
    """Return a profile as the table `[claim.profile]` of a claims file, to be pasted below its claim."""
    lines = ["[claim.profile]", _entry("need", map(_names, profile.need))]
    named = (("boost", profile.boost), ("minus", profile.minus), ("against", profile.against))
    lines += [f"{key} = {_names(names)}" for key, names in named if names]
    days = (("since", profile.since), ("until", profile.until))
    lines += [f'{key} = "{day}"' for key, day in days if day]
    if profile.accused:
        lines.append(_entry("accused", (_names(map(str, span)) for span in profile.accused)))
    return "\n".join(lines)


def _entry(key: str, lists: Iterable[str]) -> str:
    return "\n".join([f"{key} = [", *(f"    {each}," for each in lists), "]"])


def _names(names: Iterable[str]) -> str:
    # A JSON string is a TOML basic string (toml.io/en/v1.0.0#string), but for the character U+007F.
    return f"[{', '.join(json.dumps(name, ensure_ascii=False) for name in names)}]"
