"""The profile of a claim as it follows from its own words: what a typed sentence becomes."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from claims.matching.language import language_of
from claims.matching.lexicon import COUNTED, TERM, Language, Lexicon
from claims.matching.page import Page, comparable, lay_out, solid
from claims.matching.spotting import Spots, spot
from claims.model import Claim, Profile

OTHERS = ("civil", "guard")
"""The facets that a profile never raises."""
DENIALS = ("deny", "falsehood")
COMMON = 0.35
"""Concepts that tell less than this do not make a claim by themselves."""
_OWN = f"{TERM}: "
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Derived:
    """What a claim's own words say of it."""

    profile: Profile
    terms: tuple[str, ...] = ()
    """Its own names, and the words of its sentence that the lexicon does not know."""
    items: tuple[str, ...] = ()
    """The goods that it names, as concepts."""

    @property
    def by_name(self) -> bool:
        """Say whether it turns on its own words, which nothing else uses."""
        key = self.profile.need[0] if self.profile.need else ()
        return bool(key) and all(concept.startswith(_OWN) for concept in key)


def derived(claim: Claim, lexicon: Lexicon) -> Derived:
    """Return the profile that follows from a claim's statement and fields, whatever its own says."""
    page = lay_out(claim.statement, ". ".join(claim.items))
    code = language_of(page, "und", lexicon.languages.values())
    language = lexicon.languages.get(code) or lexicon.languages.get("en")
    if language is None:
        return Derived(Profile())
    terms = _terms(claim, page, language)
    spots = spot(page, language.vocabulary.spans(page.folded), language, lexicon)
    said = language.vocabulary.spans(comparable(claim.said_by))
    speakers = dict.fromkeys(s.concept for s in said if lexicon.facets[s.concept] == "actor")
    items = tuple(c for c in spots.best if lexicon.facets[c] == "item")
    profile = _profile(claim, spots, list(speakers), [term_concept(t) for t in terms], lexicon)
    return Derived(profile, terms, items)


def inherited(taught: Profile, own: Derived, lexicon: Lexicon) -> Profile:
    """Return the profile of a claim that is worded like one whose profile is known.

    It asks for what that one asks for, in any time, and for the goods that only the new claim names.
    """
    asked = {concept for group in taught.need for concept in group}
    kinds = {lexicon.facets.get(concept) for concept in asked}
    named = tuple(c for c in own.items if c not in asked and lexicon.telling(c) >= COMMON)
    goods = () if "item" in kinds and not asked.isdisjoint(own.items) else named
    rest = (c for group in own.profile.need for c in group if c not in asked)
    return replace(
        taught,
        need=(*taught.need, *([goods] if goods else [])),
        boost=tuple(dict.fromkeys((*taught.boost, *own.profile.boost, *rest))),
        since=None,
        until=None,
        accused=(),
    )


def has_profile(claim: Claim) -> bool:
    """Say whether somebody wrote down how a claim is recognised."""
    return claim.profile is not None and bool(claim.profile.need)


def used(claim: Claim, derived: Profile) -> Profile:
    """Return the profile that a claim is recognised by.

    That is its own where that needs something; else the derived one, with what its own adds.
    """
    if claim.profile is None:
        return derived
    if claim.profile.need:
        return claim.profile
    return replace(claim.profile, need=derived.need, boost=(*claim.profile.boost, *derived.boost))


def term_concept(term: str) -> str:
    """Return the name of the concept that a claim's own word stands for."""
    return f"{_OWN}{term}"


def own_terms(profile: Profile) -> tuple[str, ...]:
    """Return the words that a profile brings itself: those of its concepts `term: WORD`."""
    names = chain(*profile.need, profile.boost, profile.minus, profile.against)
    begins = term_concept("")
    words = (name.removeprefix(begins).strip() for name in names if name.startswith(begins))
    return tuple(dict.fromkeys(word for word in words if word.strip("| ")))


def _terms(claim: Claim, page: Page, language: Language) -> tuple[str, ...]:
    terms = [name for name in (*claim.vessels, *claim.places) if name.strip("| ")]
    if not solid(page.folded):
        known = language.vocabulary.spans(page.folded)
        for word in _WORD.finditer(page.folded):
            covered = any(s.start < word.end() and word.start() < s.end for s in known)
            if not covered and word.group() not in language.stop_words:
                terms.append(word.group())
    return tuple(dict.fromkeys(terms))


def _profile(
    claim: Claim, spots: Spots, speakers: Sequence[str], terms: Sequence[str], lexicon: Lexicon
) -> Profile:
    """Return a profile of what a statement holds.

    It turns on the items that the claim names (else what is done with them, else its own words), and asks
    for what stands near each other in its sentence, and for its actors but those that are common without
    being a party. Where that is common in the matter, it asks also for what is done, for the units that it
    counts and for who said it. A sentence of which no concept is known asks for all of its words: any one of
    them would find whatever other language has a word that begins so.

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
    if not found:
        return Profile(tuple((term,) for term in terms))
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
