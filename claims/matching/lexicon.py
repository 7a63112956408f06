"""The lexicon: which words of which language stand for which concept, read from a folder of TOML files.

A folder holds one folder per language and `shared/`, which every language uses. Files:

    LANGUAGE/concepts.toml   [facet] concept = [alias, ...]
    LANGUAGE/names.toml      [body | party | media | wire] "Readable name" = [alias, ...]
    LANGUAGE/numbers.toml    how numbers are written and what they count (`numbers.py`)
    LANGUAGE/cues.toml       script, stop words, negation and attribution
    shared/proximity.toml    concepts made of two others that stand near each other
    shared/weights.toml      what zones and facets weigh, and the cuts
    shared/relevance.toml    profiles of what belongs to the matter at all

An alias of an alphabetic script begins where a word begins and matches any ending; in Han, kana and
Hangul it matches anywhere. `|` at its start or end asks for a word's edge there. Spaces match themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import ahocorasick

from claims.matching.numbers import UNITS, Numbers, read_numbers
from claims.matching.page import comparable, solid
from claims.matching.tables import Table
from claims.model import Profile

GUARD = "guard"
"""The facet of phrases that hide what stands inside them: a negated denial is no denial."""
TERM = "term"
"""The facet of words that a claim brings itself."""
COUNTED = "counted-"
"""Before a unit: the concept of a number of these (`counted-shells`)."""
NAMES = ("body", "party", "media", "wire")
"""The facets of those who say things, most original first; a party speaks of its own conduct."""


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
                if alias.starts and start and folded[start - 1].isalnum():
                    continue
                if alias.ends and end < last and folded[end + 1].isalnum():
                    continue
                spans.append(Span(start, end + 1, alias.concept))
        guards = [s for s in spans if s.concept in self._hiding] if self._hiding else []
        return [s for s in spans if not any(_inside(s, guard) for guard in guards)] if guards else spans


def _inside(span: Span, guard: Span) -> bool:
    return guard.start <= span.start and span.end <= guard.end and span is not guard


@dataclass(frozen=True, slots=True)
class Language:
    """One language, as its folder describes it."""

    code: str
    vocabulary: Vocabulary
    numbers: Numbers
    scripts: tuple[str, ...]
    letters: frozenset[str]
    """Letters that tell it from others of its script."""
    stop_words: frozenset[str]
    not_before: tuple[str, ...]
    """Words that negate a cue which follows them."""
    not_after: tuple[str, ...]
    """Words that negate a cue which they follow."""
    says_before: tuple[str, ...]
    """Attribution that stands before a name: `according to`."""
    says_after: tuple[str, ...]
    """Attribution that stands after a name: `said`."""


@dataclass(frozen=True, slots=True)
class Proximity:
    """A concept made of two others, in one sentence with at most `within` characters between them."""

    concept: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    within: int


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
    link: float
    """The least score of a link."""
    background: float
    """The least score of a link that is only shown as background."""
    relevance: float
    """The least score of a relevant story."""
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
    relevance: tuple[Profile, ...]
    weights: Weights

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
    common = _names(Table.of_file(shared / "names.toml"), facets)
    folders = sorted(p for p in folder.iterdir() if p.is_dir() and p.name != "shared")
    languages = {path.name: _language(path, common, facets) for path in folders}
    proximities = []
    for concept, table in Table.of_file(shared / "proximity.toml").tables():
        one, other = table.concepts("one", facets), table.concepts("other", facets)
        proximities.append(Proximity(concept, one, other, table.integer("within")))
        facets[concept] = "proximity"
    relevance = tuple(t.profile(facets) for _, t in Table.of_file(shared / "relevance.toml").tables())
    return Lexicon(
        languages=languages,
        facets=facets,
        names=frozenset(c for c, facet in facets.items() if facet in NAMES),
        proximities=tuple(proximities),
        relevance=relevance,
        weights=_weights(Table.of_file(shared / "weights.toml"), facets),
    )


def _language(folder: Path, common: Mapping[str, tuple[str, ...]], facets: dict[str, str]) -> Language:
    aliases = dict(common)
    for facet, table in Table.of_file(folder / "concepts.toml").tables():
        for concept in table.keys():
            table.claim_facet(concept, facet, facets)
            aliases[concept] = table.words(concept)
    for name, words in _names(Table.of_file(folder / "names.toml"), facets).items():
        aliases[name] = (*aliases.get(name, ()), *words)
    cues = Table.of_file(folder / "cues.toml")
    return Language(
        code=folder.name,
        vocabulary=Vocabulary(aliases, frozenset(c for c in aliases if facets[c] == GUARD)),
        numbers=read_numbers(Table.of_file(folder / "numbers.toml")),
        scripts=cues.words("scripts"),
        letters=frozenset("".join(cues.words("letters"))),
        stop_words=frozenset(cues.words("stop_words")),
        not_before=cues.words("not_before"),
        not_after=cues.words("not_after"),
        says_before=cues.words("says_before"),
        says_after=cues.words("says_after"),
    )


def _names(file: Table, facets: dict[str, str]) -> dict[str, tuple[str, ...]]:
    aliases = {}
    for facet, table in file.tables():
        table.expect(facet, NAMES)
        for name in table.keys():
            table.claim_facet(name, facet, facets)
            aliases[name] = table.words(name)
    return aliases


def _weights(file: Table, facets: Mapping[str, str]) -> Weights:
    zones, score, cuts = file.table("zones"), file.table("score"), file.table("cuts")
    telling = file.table("telling")
    known = {*facets, *facets.values(), TERM}
    for name in telling.keys():
        telling.expect(name, known)
    return Weights(
        title=zones.number("title"),
        lead=zones.number("lead"),
        rest=zones.number("rest"),
        boost=score.number("boost"),
        minus=score.number("minus"),
        outside=score.number("outside"),
        link=cuts.number("link"),
        background=cuts.number("background"),
        relevance=cuts.number("relevance"),
        denial=cuts.number("denial"),
        telling={name: telling.number(name) for name in telling.keys()},
    )
