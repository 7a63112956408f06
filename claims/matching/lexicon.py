"""The lexicon: which words of which language stand for which concept, read from a folder of TOML files.

A folder holds one folder per language and `shared/`, which every language uses. Files:

    LANGUAGE/concepts.toml   [facet] concept = [alias, ...]
    LANGUAGE/names.toml      [body | party | seat | party-seat | media | wire] "Readable name" = [alias, ...]
    LANGUAGE/numbers.toml    how numbers are written and what they count (`numbers.py`)
    LANGUAGE/cues.toml       script, stop words, negation and attribution
    shared/proximity.toml    concepts made of two others that stand near each other
    shared/weights.toml      what zones and facets weigh
    shared/scorer.toml       the models learned from labelled stories, and the cuts (`scorer.py`)
    shared/relevance.toml    profiles of what belongs to the matter at all

An alias of an alphabetic script begins where a word begins and matches any ending; in Han, kana and
Hangul it matches anywhere. `|` at its start or end asks for a word's edge there. Spaces match themselves.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import ahocorasick

from claims.matching.numbers import Numbers, read_numbers
from claims.matching.page import comparable, solid
from claims.matching.patterns import words_of
from claims.matching.scorer import Scorer, read_scorer
from claims.model import UNITS, Profile
from claims.tables import Read, above_zero, amount, flag, list_of, opened

GUARD = "guard"
"""The facet of phrases that hide what stands inside them: a negated denial is no denial."""
TERM = "term"
"""The facet of words that a claim brings itself."""
COUNTED = "counted-"
"""Before a unit: the concept of a number of these (`counted-shells`)."""
NAMES = ("body", "party", "seat", "party-seat", "media", "wire")
"""The facets of those who say things, most original first. A party speaks of its own conduct; a seat is a
capital that stands for its government."""


@dataclass(frozen=True, slots=True)
class Span:
    """A concept in a text, by offsets."""

    start: int
    end: int
    concept: str


@dataclass(frozen=True, slots=True)
class _Alias:
    concept: str
    length: int
    starts: bool
    ends: bool


class Vocabulary:
    """Aliases in one automaton, so that the time to read a text does not grow with them."""

    def __init__(self, aliases: Mapping[str, Iterable[str]], hiding: frozenset[str] = frozenset()) -> None:
        """Take `{concept: aliases}`, and the concepts that hide what stands inside them."""
        self._hiding = hiding
        by_word: dict[str, dict[_Alias, None]] = {}
        for concept, words in aliases.items():
            for word in words:
                bare = comparable(word.strip("|"))
                starts = word.startswith("|") or not solid(bare)
                alias = _Alias(concept, len(bare), starts, word.endswith("|"))
                by_word.setdefault(bare, {})[alias] = None
        self._automaton = ahocorasick.Automaton()
        for bare, found in by_word.items():
            self._automaton.add_word(bare, tuple(found))
        self._automaton.make_automaton()
        self._empty = not by_word

    def spans(self, folded: str) -> list[Span]:
        """Return every alias in a folded text, by where it ends."""
        if self._empty:
            return []
        spans = []
        last = len(folded) - 1
        for end, aliases in self._automaton.iter(folded):
            for alias in aliases:
                start = end - alias.length + 1
                if alias.starts and start and _continues(folded[start - 1], folded[start]):
                    continue
                if alias.ends and end < last and _continues(folded[end + 1], folded[end]):
                    continue
                spans.append(Span(start, end + 1, alias.concept))
        return self._unhidden(spans) if self._hiding else spans

    def _unhidden(self, spans: list[Span]) -> list[Span]:
        guards = sorted((s for s in spans if s.concept in self._hiding), key=lambda s: s.start)
        starts = [guard.start for guard in guards]
        ends = list(accumulate((guard.end for guard in guards), max, initial=0))
        return [s for s in spans if s.concept in self._hiding or ends[bisect_right(starts, s.start)] < s.end]


def _continues(neighbour: str, letter: str) -> bool:
    """Say whether a word goes on beyond a letter of it: `VOA가` is VOA and a particle, 北韓軍 is one word."""
    return neighbour.isalnum() and solid(neighbour) == solid(letter)


@dataclass(frozen=True, slots=True)
class Language:
    """One language, as its folder describes it."""

    code: str
    aliases: Mapping[str, tuple[str, ...]]
    """The words of each concept, as the files have them."""
    vocabulary: Vocabulary
    numbers: Numbers
    scripts: tuple[str, ...]
    letters: frozenset[str]
    """Letters that tell it from others of its script."""
    stop_words: frozenset[str]
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]
    """Words that negate a cue which follows them, and one which they follow."""
    says_before: tuple[str, ...]
    says_after: tuple[str, ...]
    """Attribution before and after a name: `according to`, `said`."""
    joins: frozenset[str]
    """Words behind which somebody else may begin to speak: `and`, `while`."""


@dataclass(frozen=True, slots=True)
class Proximity:
    """A concept made of two others, in one sentence with at most `within` characters between them."""

    concept: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    within: float
    rivals: tuple[str, ...] = ()
    """Who else may be the subject: a `one` inside a rival's name is none, nor, in a dense script, one that a
    rival stands before in its sentence; there, where the verb comes last, the room is not halved."""
    ordered: bool = False
    """Whether only a `one` counts that begins before the `other`, as a subject before its verb."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much: one small file to tune, `shared/weights.toml`."""

    title: float
    lead: float
    rest: float
    boost: float
    minus: float
    outside: float
    """What a story loses that is told outside a claim's window."""
    missing: float
    """What a story loses for each group of a profile that it lacks."""
    denial: float
    """The least weight of the place where a denial or an admission decides the stance."""
    telling: Mapping[str, float]
    """Per facet, or concept, how much it tells one happening from another."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All languages, and what they share."""

    languages: Mapping[str, Language]
    facets: Mapping[str, str]
    """The facet of each concept."""
    names: frozenset[str]
    """Concepts that are readable names of those who say things."""
    proximities: tuple[Proximity, ...]
    relevance: Mapping[str, Profile]
    """What belongs to the matter, by name."""
    weights: Weights
    scorer: Scorer

    def telling(self, concept: str) -> float:
        """Return how much a concept tells one happening from another."""
        named = self.weights.telling.get(concept)
        facet = self.facets.get(concept, TERM)
        return self.weights.telling.get(facet, 1.0) if named is None else named


def load_lexicon(folder: Path) -> Lexicon:
    """Read a lexicon; every folder in it but `shared` is a language.

    Raises:
        SeedError: a file is missing or wrong; names the file and the key.

    """
    shared = folder / "shared"
    facets = {COUNTED + unit: "count" for unit in UNITS}
    common = _aliases(shared / "names.toml", facets, NAMES)
    paths = sorted(p for p in shared.parent.glob("*/concepts.toml"))
    languages = {path.parent.name: _language(path.parent, common, facets) for path in paths}
    proximities = []
    with opened(shared / "proximity.toml") as root:
        for concept, table in root.sections():
            proximities.append(
                Proximity(
                    concept=concept,
                    one=table.take("one", _concepts(facets), (), needed=True),
                    other=table.take("other", _concepts(facets), (), needed=True),
                    within=table.take("within", above_zero, 0.0, needed=True),
                    rivals=table.take("rivals", _concepts(facets), ()),
                    ordered=table.take("ordered", flag, default=False),
                )
            )
            table.close()
            facets[concept] = "proximity"
    return Lexicon(
        languages=languages,
        facets=facets,
        names=frozenset(c for c, facet in facets.items() if facet in NAMES),
        proximities=tuple(proximities),
        relevance=_relevance(shared / "relevance.toml", facets),
        weights=_weights(shared / "weights.toml", facets),
        scorer=read_scorer(shared / "scorer.toml"),
    )


def _language(folder: Path, common: Mapping[str, tuple[str, ...]], facets: dict[str, str]) -> Language:
    aliases = {**common, **_aliases(folder / "concepts.toml", facets)}
    for name, words in _aliases(folder / "names.toml", facets, NAMES).items():
        aliases[name] = (*aliases.get(name, ()), *words)
    with opened(folder / "cues.toml") as cues:
        return Language(
            code=folder.name,
            aliases=aliases,
            vocabulary=Vocabulary(aliases, frozenset(c for c in aliases if facets[c] == GUARD)),
            numbers=read_numbers(folder / "numbers.toml"),
            scripts=cues.take("scripts", words_of, (), needed=True),
            letters=frozenset("".join(cues.take("letters", words_of, ()))),
            stop_words=frozenset(cues.take("stop_words", words_of, ())),
            not_before=cues.take("not_before", words_of, ()),
            not_after=cues.take("not_after", words_of, ()),
            says_before=cues.take("says_before", words_of, ()),
            says_after=cues.take("says_after", words_of, ()),
            joins=frozenset(cues.take("joins", words_of, ())),
        )


def _aliases(path: Path, facets: dict[str, str], among: Collection[str] = ()) -> dict[str, tuple[str, ...]]:
    """Read `[facet] concept = [alias, ...]`; a concept stands under one facet in every language."""
    aliases = {}
    with opened(path) as root:
        for facet, table in root.sections():
            if among and facet not in among:
                root.wrong(facet, f"expected one of {', '.join(among)}")
            for concept in table.names():
                aliases[concept] = table.take(concept, words_of, ())
                if facets.setdefault(concept, facet) != facet:
                    table.wrong(concept, f"stands under {facets[concept]} elsewhere")
    return aliases


def _relevance(path: Path, facets: Collection[str]) -> dict[str, Profile]:
    profiles = {}
    with opened(path) as root:
        for name, table in root.sections():
            need = table.take("need", list_of(_concepts(facets)), (), needed=True)
            profiles[name] = Profile(need=need, minus=table.take("minus", _concepts(facets), ()))
            table.close()
    return profiles


def _concepts(facets: Collection[str]) -> Read[tuple[str, ...]]:
    def concepts(value: object) -> tuple[str, ...]:
        names = words_of(value)
        if unknown := next((name for name in names if name not in facets), None):
            raise ValueError(f"expected names of concepts, and there is no {unknown}")
        return names

    return concepts


def _weights(path: Path, facets: Mapping[str, str]) -> Weights:
    with opened(path) as root:
        telling = root.table("telling")
        for name in telling.names() if telling else ():
            if telling and name not in {*facets, *facets.values(), TERM}:
                telling.wrong(name, "expected a facet or a concept")

        def number(key: str) -> float:
            return root.take(key, amount, 0.0, needed=True)

        return Weights(
            title=number("title"),
            lead=number("lead"),
            rest=number("rest"),
            boost=number("boost"),
            minus=number("minus"),
            outside=number("outside"),
            missing=number("missing"),
            denial=number("denial"),
            telling={n: telling.take(n, amount, 0.0) for n in telling.names()} if telling else {},
        )
