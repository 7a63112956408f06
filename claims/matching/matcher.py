"""Story in, `Reading` out: the parts of the matcher put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from itertools import chain

from claims.errors import SeedError
from claims.matching.deriving import derived, has_profile, inherited, own_terms, term_concept, used
from claims.matching.events import group
from claims.matching.figures import Stated, read_figures
from claims.matching.language import language_of
from claims.matching.lexicon import COUNTED, Language, Lexicon, Span, Vocabulary
from claims.matching.links import LACKING, Candidate, Linker
from claims.matching.meaning import Vector
from claims.matching.origin import attitude, leads, origin_of, voices_of
from claims.matching.page import Page, Zone, lay_out
from claims.matching.profiles import marks
from claims.matching.prototypes import Prototype, Prototypes
from claims.matching.relevance import Gate, Near
from claims.matching.sayers import Sayers
from claims.matching.spans import dated
from claims.matching.spotting import Spots, spot
from claims.matching.stance import accusations, stances, turning
from claims.model import Claim, Event, Evidence, Mark, Member, Profile, Reading, Source, Stance, Story
from claims.visibility import answered

_ACTORS = ("actor", "voice", "body", "party")
"""The facets of those who act or speak."""


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

    def __init__(
        self,
        lexicon: Lexicon,
        claims: Sequence[Claim],
        known: Sequence[Claim] = (),
        prototypes: Sequence[Prototype] = (),
    ) -> None:
        """Derive the profile of every claim.

        Args:
            lexicon: what words stand for.
            claims: the register.
            known: claims whose profiles serve those of the register that are worded like them and bring none.
            prototypes: what people said of stories, the newest first.

        Raises:
            SeedError: a profile names a concept that the lexicon does not have.

        """
        for claim in claims:
            _check(claim, lexicon)
        self._lexicon = lexicon
        self._claims = {claim.id: claim for claim in answered(claims)}
        own = {claim.id: derived(claim, lexicon) for claim in claims}
        teachers = {c.id: c.profile for c in known if c.profile and has_profile(c)}
        self.likened = self._likened([c for c in claims if not has_profile(c)], known, teachers)
        """The ids of claims that have the profile of a known one, and of those."""
        taught = {key: inherited(teachers[like], own[key], lexicon) for key, like in self.likened.items()}
        self.profiles = {c.id: used(c, taught.get(c.id, own[c.id].profile)) for c in claims}
        """By claim id: its own profile, or the derived one; what its own adds where it needs nothing."""
        terms = {term for each in own.values() for term in each.terms}
        terms |= {term for claim in claims for term in own_terms(claim.profile or Profile())}
        self._terms = Vocabulary({term_concept(term): (term,) for term in sorted(terms)})
        self._gate = Gate(lexicon)
        self._prototypes = Prototypes(prototypes)
        untaught = {c.id for c in claims if not has_profile(c) and c.id not in taught}
        self._named = frozenset(key for key in untaught if own[key].by_name)
        self.guessed = frozenset(untaught - self._named)
        """Ids of the claims whose profiles are guessed: they are worded like none that is known."""
        derived_profiles = {key: each.profile for key, each in own.items()}
        self._linker = Linker(self._claims, self.profiles, derived_profiles, self.guessed, lexicon)

    @property
    def lexicon(self) -> Lexicon:
        """Return the words that stories are read with."""
        return self._lexicon

    def read(self, story: Story) -> Reading:
        """Return all that can be read out of a story; nothing where its language has no folder."""
        seen = self._see(story)
        if seen.language is None:
            return Reading(story.id, relevant=False, score=0.0, language=seen.code)
        candidates = self._candidates(story, seen)
        spots, language = seen.spots, seen.language
        voices = voices_of(spots, language, self._lexicon)
        origin = origin_of(spots, voices, story.relayed_from, language, self._lexicon)
        best = candidates[0].score if candidates else 0.0
        named = any(c.counts and c.claim_id in self._named for c in candidates)
        relevance = self._gate.judge(seen.spots, seen.gated, best, named=named)
        taken = attitude(spots, origin, self._lexicon)
        led = leads(spots, origin, self._lexicon)
        links = self._evidence(story, candidates, spots, taken, led) if relevance.relevant else ()
        sayers = Sayers(spots, voices, origin, any(map(self._denies, links)), language, self._lexicon)
        return Reading(
            story_id=story.id,
            relevant=relevance.relevant,
            score=relevance.score,
            language=seen.code,
            evidence=links,
            figures=sayers.of(seen.figures),
            origin=origin,
            concepts=self._concepts(seen.spots),
            actors=self._actors(seen.spots, Zone.TITLE),
            lead_actors=self._actors(seen.spots, Zone.LEAD),
        )

    def rank(self, story: Story, *, far: bool = False) -> list[Ranked]:
        """Return the claims that a story might bear on, whatever the cuts, best first, then by id.

        With `far` the claims follow to which no link is ever made, because it lacks too much of them. The
        models were not fitted on those: their score is halved for each group that is missing.
        """
        seen = self._see(story)
        found = self._candidates(story, seen)
        if far:
            near, least = {c.claim_id for c in found}, min((c.score for c in found), default=1.0)
            others = self._candidates(story, seen, lacking=None)
            halved = [
                replace(c, score=min(least, c.score / 2 ** len(c.missing)))
                for c in others
                if c.claim_id not in near
            ]
            found += sorted(halved, key=lambda c: (-c.score, c.claim_id))
        return [Ranked(c.claim_id, c.score, c.missing, marks(c.fit, seen.spots)) for c in found]

    def nearest_matter(self, story: Story) -> Near | None:
        """Return the profile of `shared/relevance.toml` that a story comes nearest to, if any."""
        return self._gate.nearest(self._see(story).spots, story.at)

    def group(
        self, member: Member, events: Sequence[Event], vectors: Mapping[str, Vector] | None = None
    ) -> Event | None:
        """Return the event that a story joins, or None: see `claims.matching.events.group`."""
        return group(member, events, self._lexicon.scorer, vectors)

    def measured(self, story: Story) -> Measured:
        """Return what the models look at."""
        seen = self._see(story)
        links = self._linker.measured(seen.spots, story.at, seen.gated)
        return Measured(
            relevance=self._gate.measured(seen.spots, seen.gated, 0.0),
            links={key: features for key, (_, features) in links.items()},
        )

    def _candidates(self, story: Story, seen: _Seen, lacking: int | None = LACKING) -> list[Candidate]:
        """Return the claims that a story might bear on as the model and people's examples have it."""
        concepts = self._concepts(seen.spots) if self._prototypes else ()

        def heard(claim_id: str, probability: float) -> float:
            return self._prototypes.taught(probability, claim_id, story.id, concepts)

        return self._linker.rank(seen.spots, story.at, seen.gated, heard, lacking)

    def _likened(
        self, bare: Sequence[Claim], known: Sequence[Claim], teachers: Mapping[str, Profile]
    ) -> dict[str, str]:
        """Return of claims that are worded like known ones the ids, and the ids of those.

        Read as stories they bear on those. When a known claim was news plays no part.
        """
        if not bare or not teachers:
            return {}
        timeless = [
            replace(c, profile=replace(teachers[c.id], since=None, until=None))
            for c in known
            if c.id in teachers
        ]
        reader = Matcher(self._lexicon, timeless)
        ranked = {claim.id: reader.rank(_as_story(claim)) for claim in bare}
        return {
            key: found[0].claim_id
            for key, found in ranked.items()
            if found and found[0].score >= self._lexicon.scorer.links.sure
        }

    def _see(self, story: Story) -> _Seen:
        page = lay_out(story.title, story.summary)
        code = language_of(page, story.language, self._lexicon.languages.values())
        language = self._lexicon.languages.get(code)
        if language is None:
            return _Seen(code, None, (), Spots(page, {}, {}), 0.0)
        figures = [_dated(each, story.at.date()) for each in read_figures(page, language.numbers)]
        spots = self._spots(page, language, figures)
        return _Seen(code, language, tuple(figures), spots, self._gate.best(spots, story.at))

    def _spots(self, page: Page, language: Language, figures: Sequence[Stated]) -> Spots:
        counted = [Span(f.start, f.end, COUNTED + f.figure.unit) for f in figures]
        found = [*language.vocabulary.spans(page.folded), *self._terms.spans(page.folded), *counted]
        return spot(page, found, language, self._lexicon)

    def _denies(self, link: Evidence) -> bool:
        return link.stance is (Stance.SUPPORTS if self._claims[link.claim_id].denial else Stance.DISPUTES)

    def _concepts(self, spots: Spots) -> tuple[tuple[str, float], ...]:
        weighed = ((c, s.weight * self._lexicon.telling(c)) for c, s in spots.best.items())
        return tuple(sorted((c, round(w, 3)) for c, w in weighed if w))

    def _actors(self, spots: Spots, zone: Zone) -> tuple[str, ...]:
        first: dict[str, int] = {}
        for concept, spans in spots.spans.items():
            if self._lexicon.facets.get(concept) in _ACTORS:
                here = [span.start for span in spans if spots.page.zone(span.start) is zone]
                if here:
                    first[concept] = min(here)
        return tuple(sorted(first, key=lambda concept: (first[concept], concept)))

    def _evidence(
        self, story: Story, candidates: Sequence[Candidate], spots: Spots, taken: Stance, led: bool
    ) -> tuple[Evidence, ...]:
        linked = {c.claim_id: c for c in candidates if c.counts}
        fits = {key: c.fit for key, c in linked.items()}
        certain = {key for key, c in linked.items() if c.sure}
        weights = self._lexicon.weights
        said = stances(fits, certain, self._claims, self.profiles, spots, weights, taken, led=led)
        sure = {key: said[key] for key in certain}
        answers = accusations(sure, self._claims, self.profiles, story.at.date())
        least = turning(weights, led=led)
        for key, denial in answers.items():
            said[key] = Stance.DISPUTES if fits[denial].key >= least else Stance.BACKGROUND
        linked |= {key: linked[denial] for key, denial in answers.items()}
        evidence = [
            Evidence(
                story_id=story.id,
                claim_id=key,
                stance=said[key],
                score=round(found.score, 3),
                why=marks(found.fit, spots),
                suggested=not found.sure,
            )
            for key, found in linked.items()
        ]
        return tuple(sorted(evidence, key=lambda e: (-e.score, e.claim_id)))


def _dated(stated: Stated, on: date) -> Stated:
    figure = stated.figure
    return replace(stated, figure=replace(figure, period=dated(figure.period, on)))


def _as_story(claim: Claim) -> Story:
    at = datetime.combine(claim.said_on.first(), time(), UTC)
    nobody = Source("", "")
    return Story(claim.id, "", "", claim.statement, claim.said_by, "und", nobody, at, at)


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
