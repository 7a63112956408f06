"""Story in, `Reading` out: the parts of the matcher put together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from claims.errors import SeedError
from claims.matching.deriving import derived, own_terms, term_concept, used
from claims.matching.figures import Stated, read_figures
from claims.matching.language import language_of
from claims.matching.lexicon import COUNTED, Language, Lexicon, Span, Vocabulary
from claims.matching.links import Candidate, Linker
from claims.matching.origin import origin_of
from claims.matching.page import Page, lay_out, solid
from claims.matching.profiles import Fit
from claims.matching.relevance import Gate, Near
from claims.matching.spotting import Spots, spot
from claims.matching.stance import accusations, stances
from claims.model import Claim, Evidence, Mark, Profile, Reading, Stance, Story

_ENDING = re.compile(r"[^\W\d_]*")
_MAX_WHY = 8


@dataclass(frozen=True, slots=True)
class Ranked:
    """A claim that a story might bear on."""

    claim_id: str
    score: float
    """The probability that it does, 0 to 1."""
    missing: tuple[tuple[str, ...], ...]
    """The groups of concepts of its profile of which the story holds none."""
    why: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What the models look at of one story, by the names of the features."""

    relevance: Mapping[str, float]
    """`linked` is left at 0."""
    links: Mapping[str, Mapping[str, float]]
    """By claim id."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A story looked at, before it is judged."""

    code: str
    language: Language | None
    figures: tuple[Stated, ...]
    spots: Spots
    gated: float


class Matcher:
    """Reads stories against a register of claims. Pure: one story and one register give one reading."""

    def __init__(self, lexicon: Lexicon, claims: Sequence[Claim]) -> None:
        """Derive the profile of every claim.

        Raises:
            SeedError: a profile names a concept that the lexicon does not have.

        """
        for claim in claims:
            _check(claim, lexicon)
        self._lexicon = lexicon
        self._claims = {claim.id: claim for claim in claims}
        own = {claim.id: derived(claim, lexicon) for claim in claims}
        self.profiles = {claim.id: used(claim, own[claim.id]) for claim in claims}
        """By claim id: its own profile, or the derived one; what its own adds where it needs nothing."""
        terms = {term for each in own.values() for term in each.terms}
        terms |= {term for claim in claims for term in own_terms(claim.profile or Profile())}
        self._terms = Vocabulary({term_concept(term): (term,) for term in sorted(terms)})
        self._gate = Gate(lexicon)
        self._linker = Linker(
            self._claims, self.profiles, {key: each.profile for key, each in own.items()}, lexicon
        )

    @property
    def lexicon(self) -> Lexicon:
        """Return the words that stories are read with."""
        return self._lexicon

    def read(self, story: Story) -> Reading:
        """Return all that can be read out of a story; nothing where its language has no folder."""
        seen = self._see(story)
        if seen.language is None:
            return Reading(story.id, relevant=False, score=0.0, language=seen.code)
        candidates = self._linker.rank(seen.spots, story.at, seen.gated)
        relevance = self._gate.judge(seen.spots, seen.gated, candidates[0].score if candidates else 0.0)
        return Reading(
            story_id=story.id,
            relevant=relevance.relevant,
            score=relevance.score,
            language=seen.code,
            evidence=self._evidence(story, candidates, seen.spots) if relevance.relevant else (),
            figures=tuple(stated.figure for stated in seen.figures),
            origin=origin_of(seen.spots, story.relayed_from, seen.language, self._lexicon),
            concepts=self._concepts(seen.spots),
        )

    def rank(self, story: Story) -> list[Ranked]:
        """Return the claims that a story might bear on, whatever the cuts, best first, then by id."""
        seen = self._see(story)
        return [
            Ranked(found.claim_id, found.score, found.missing, _marks(found.fit, seen.spots))
            for found in self._linker.rank(seen.spots, story.at, seen.gated)
        ]

    def nearest_matter(self, story: Story) -> Near | None:
        """Return the profile of `shared/relevance.toml` that a story comes nearest to, if any."""
        return self._gate.nearest(self._see(story).spots, story.at)

    def measured(self, story: Story) -> Measured:
        """Return what the models look at."""
        seen = self._see(story)
        links = self._linker.measured(seen.spots, story.at, seen.gated)
        return Measured(
            relevance=self._gate.measured(seen.spots, seen.gated, 0.0),
            links={key: features for key, (_, features) in links.items()},
        )

    def _see(self, story: Story) -> _Seen:
        page = lay_out(story.title, story.summary)
        code = language_of(page, story.language, self._lexicon.languages.values())
        language = self._lexicon.languages.get(code)
        if language is None:
            return _Seen(code, None, (), Spots(page, {}, {}), 0.0)
        figures = read_figures(page, language.numbers)
        spots = self._spots(page, language, figures)
        return _Seen(code, language, figures, spots, self._gate.best(spots, story.at))

    def _spots(self, page: Page, language: Language, figures: Sequence[Stated]) -> Spots:
        counted = [Span(f.start, f.end, COUNTED + f.figure.unit) for f in figures]
        found = [*language.vocabulary.spans(page.folded), *self._terms.spans(page.folded), *counted]
        return spot(page, found, language, self._lexicon)

    def _concepts(self, spots: Spots) -> tuple[tuple[str, float], ...]:
        weighed = ((c, s.weight * self._lexicon.telling(c)) for c, s in spots.best.items())
        return tuple(sorted((c, round(w, 3)) for c, w in weighed if w))

    def _evidence(self, story: Story, candidates: Sequence[Candidate], spots: Spots) -> tuple[Evidence, ...]:
        model = self._lexicon.scorer.links
        linked = {c.claim_id: c for c in candidates if c.score >= model.cut}
        fits = {key: c.fit for key, c in linked.items()}
        said = stances(fits, self._claims, self.profiles, spots, self._lexicon.weights)
        answers = accusations(said, self._claims, self.profiles, story.at.date())
        said |= dict.fromkeys(answers, Stance.DISPUTES)
        linked |= {key: linked[denial] for key, denial in answers.items()}
        evidence = [
            Evidence(
                story_id=story.id,
                claim_id=key,
                stance=said[key],
                score=round(found.score, 3),
                why=_marks(found.fit, spots),
                suggested=found.score < model.sure,
            )
            for key, found in linked.items()
        ]
        return tuple(sorted(evidence, key=lambda e: (-e.score, e.claim_id)))


def _check(claim: Claim, lexicon: Lexicon) -> None:
    profile = claim.profile or Profile()
    known = {*lexicon.facets, *map(term_concept, own_terms(profile))}
    for key, names in (
        ("need", chain(*profile.need)),
        ("boost", profile.boost),
        ("minus", profile.minus),
        ("against", profile.against),
    ):
        for name in names:
            if name not in known:
                raise SeedError(f"claim {claim.id}: profile: {key}: the lexicon has no concept {name!r}")


def _marks(found: Fit, spots: Spots) -> tuple[Mark, ...]:
    """Return the words of the story that made a fit, each once and whole."""
    marks: dict[str, Mark] = {}
    for concept in found.concepts:
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
