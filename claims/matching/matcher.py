"""Story in, `Reading` out: the parts of the matcher put together."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from claims.errors import SeedError
from claims.matching.figures import Stated, read_figures
from claims.matching.language import language_of
from claims.matching.lexicon import COUNTED, Language, Lexicon, Span, Vocabulary
from claims.matching.nearest import Near, nearest
from claims.matching.origin import origin_of
from claims.matching.page import Page, comparable, lay_out, solid
from claims.matching.profiles import Fit, Profiles, derive
from claims.matching.relevance import Gate
from claims.matching.spotting import Spots, spot
from claims.matching.stance import DISPROOF, stances
from claims.model import Claim, Evidence, Mark, Profile, Reading, Stance, Story

_WORD = re.compile(r"[^\W\d_]{4,}")
_ENDING = re.compile(r"[^\W\d_]*")
_TERM = "term: "
_MAX_WHY = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim beside a story, whatever the cuts."""

    claim_id: str
    score: float
    """0 to 1."""
    missing: tuple[tuple[str, ...], ...]
    """The groups of its profile that the story has nothing of."""
    marks: tuple[Mark, ...]
    """What the story has of it, most telling first."""


class Matcher:
    """Reads stories against a register of claims. Pure: one story and one register give one reading."""

    def __init__(self, lexicon: Lexicon, claims: Sequence[Claim]) -> None:
        """Derive the profile of every claim that brings none.

        Raises:
            SeedError: a profile names a concept that the lexicon does not have.

        """
        for claim in claims:
            _check(claim, lexicon)
        self._lexicon = lexicon
        self._claims = {claim.id: claim for claim in claims}
        terms = {c.id: [] if _is_whole(c.profile) else self._terms_of(c) for c in claims}
        self._terms = Vocabulary({_TERM + t: (t,) for words in terms.values() for t in words})
        self._gate = Gate(lexicon)
        self.profiles = {c.id: self._profile(c, terms[c.id]) for c in claims}
        """By claim id: its own profile, or the derived one; what its own adds where it needs nothing."""
        self._profiles = Profiles(self.profiles)

    @property
    def languages(self) -> frozenset[str]:
        """Return the codes of the languages that are read (ISO 639-1)."""
        return frozenset(self._lexicon.languages)

    def rank(self, story: Story) -> list[Candidate]:
        """Return every claim of which a story has something, whatever the cuts: the nearest first."""
        spots = self._look(story)
        if spots is None:
            return []
        near = nearest(self.profiles, spots, story.at.date(), self._lexicon.weights)
        return [Candidate(n.key, n.score, n.missing, _why(n.concepts, spots)) for n in near]

    def nearest_matter(self, story: Story) -> Near | None:
        """Return the profile of `shared/relevance.toml` that a story comes nearest to, if any."""
        spots = self._look(story)
        if spots is None:
            return None
        near = nearest(self._lexicon.relevance, spots, story.at.date(), self._lexicon.weights)
        return near[0] if near else None

    def _look(self, story: Story) -> Spots | None:
        page = lay_out(story.title, story.summary)
        code = language_of(page, story.language, self._lexicon.languages.values())
        language = self._lexicon.languages.get(code)
        if language is None:
            return None
        return self._spots(page, language, read_figures(page, language.numbers))

    def read(self, story: Story) -> Reading:
        """Return all that can be read out of a story."""
        page = lay_out(story.title, story.summary)
        code = language_of(page, story.language, self._lexicon.languages.values())
        language = self._lexicon.languages.get(code)
        if language is None:
            return Reading(story.id, relevant=False, score=0.0, language=code)
        figures = read_figures(page, language.numbers)
        spots = self._spots(page, language, figures)
        fits = self._profiles.fits(spots, story.at, self._lexicon.weights)
        evidence = self._evidence(story, fits, spots)
        strong = [e.score for e in evidence if e.stance is not Stance.BACKGROUND]
        relevance = self._gate.judge(spots, story.at, max(strong, default=0.0))
        return Reading(
            story_id=story.id,
            relevant=relevance.relevant,
            score=relevance.score,
            language=code,
            evidence=evidence if relevance.relevant else (),
            figures=tuple(stated.figure for stated in figures),
            origin=origin_of(spots, story.relayed_from, language, self._lexicon),
            concepts=self._concepts(spots),
        )

    def _spots(self, page: Page, language: Language, figures: Sequence[Stated]) -> Spots:
        counted = [Span(f.start, f.end, COUNTED + f.figure.unit) for f in figures]
        found = [*language.vocabulary.spans(page.folded), *self._terms.spans(page.folded), *counted]
        return spot(page, found, language, self._lexicon)

    def _concepts(self, spots: Spots) -> tuple[tuple[str, float], ...]:
        weighed = ((c, s.weight * self._lexicon.telling(c)) for c, s in spots.best.items())
        return tuple(sorted((c, round(w, 3)) for c, w in weighed if w))

    def _evidence(self, story: Story, fits: Mapping[str, Fit], spots: Spots) -> tuple[Evidence, ...]:
        weights = self._lexicon.weights
        close = {key: found for key, found in fits.items() if found.score >= weights.background}
        disproved = spots.weight(DISPROOF) >= weights.denial
        said = stances(close, self._claims, weights, disproved=disproved)
        evidence = [
            Evidence(story.id, key, said[key], round(min(1.0, found.score), 3), _why(found.concepts, spots))
            for key, found in close.items()
        ]
        return tuple(sorted(evidence, key=lambda e: (-e.score, e.claim_id)))

    def _statement(self, claim: Claim) -> tuple[Page, Language | None]:
        page = lay_out(claim.statement, ". ".join(claim.items))
        code = language_of(page, "und", self._lexicon.languages.values())
        return page, self._lexicon.languages.get(code) or self._lexicon.languages.get("en")

    def _terms_of(self, claim: Claim) -> list[str]:
        """Return a claim's own names, and the words of its sentence that the lexicon does not know."""
        page, language = self._statement(claim)
        terms = [name for name in (*claim.vessels, *claim.places) if name.strip("| ")]
        if language and not solid(page.folded):
            known = language.vocabulary.spans(page.folded)
            for word in _WORD.finditer(page.folded):
                covered = any(s.start < word.end() and word.start() < s.end for s in known)
                if not covered and word.group() not in language.stop_words:
                    terms.append(word.group())
        return list(dict.fromkeys(terms))

    def _profile(self, claim: Claim, terms: Sequence[str]) -> Profile:
        own = claim.profile
        if own and _is_whole(own):
            return own
        derived = self._derived(claim, terms)
        if own is None:
            return derived
        return replace(own, need=derived.need, boost=(*own.boost, *derived.boost))

    def _derived(self, claim: Claim, terms: Sequence[str]) -> Profile:
        page, language = self._statement(claim)
        if language is None:
            return Profile()
        spots = spot(page, language.vocabulary.spans(page.folded), language, self._lexicon)
        said = language.vocabulary.spans(comparable(claim.said_by))
        speakers = [s.concept for s in said if self._lexicon.facets[s.concept] == "actor"]
        return derive(claim, spots, list(dict.fromkeys(speakers)), [_TERM + t for t in terms], self._lexicon)


def _is_whole(profile: Profile | None) -> bool:
    return profile is not None and bool(profile.need)


def _check(claim: Claim, lexicon: Lexicon) -> None:
    profile = claim.profile or Profile()
    for key, names in (("need", chain(*profile.need)), ("boost", profile.boost), ("minus", profile.minus)):
        for name in names:
            if name not in lexicon.facets:
                raise SeedError(f"claim {claim.id}: profile: {key}: the lexicon has no concept {name!r}")


def _why(concepts: Iterable[str], spots: Spots) -> tuple[Mark, ...]:
    """Return the words of the story that stand for these concepts, each once and whole."""
    marks: dict[str, Mark] = {}
    for concept in concepts:
        for span in spots.best[concept].spans:
            mark = _mark(spots.page, span, concept)
            marks.setdefault(mark.words, mark)
    return tuple(marks.values())[:_MAX_WHY]


def _mark(page: Page, span: Span, concept: str) -> Mark:
    """Return a span up to the end of its word: the lexicon knows stems. Solid scripts stay as cut."""
    ending = _ENDING.match(page.text, span.end)
    whole = ending.end() if ending and not solid(page.text[span.end - 1]) else span.end
    start, end = page.place(span.start), page.place(whole)
    return Mark(start, end, page.text[span.start : whole].strip(), concept)
