"""A second opinion: what of a language model's answer counts, and what it makes of the first reading.

Nothing is believed for having been said. A part of an answer counts only where the words that it quotes
stand in the story, and then:

- a link must be of a claim that was offered. On one that the first reading has, both agree that the story
  bears on it: it is attached, with the model's stance, or taken off where that is `none`. One that the model
  alone sees is attached as suggested: it is kept and listed, and no alert comes of it;
- a figure's ends must be read in its quote by our own reader of numbers;
- the names of an origin must stand in the story; those that the lexicon knows are written as it does.

What an answer does not mention stays as it was.
"""

import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isclose
from typing import Any, TypeVar

from claims.matching.figures import like, values_in
from claims.matching.lexicon import Language, Lexicon
from claims.matching.numbers import RATES
from claims.matching.opinion import BOUNDS, NONE, SCHEMA, STANCES, Question
from claims.matching.origin import OUTLETS
from claims.matching.page import comparable
from claims.model import UNITS, Bound, Evidence, Figure, Mark, Origin, Reading, Stance
from claims.text import one_line

MAX_ANSWER = 20_000
"""Characters of an answer; a longer one is none."""
MAX_LINKS = 8
"""Labelled stories bear on six claims at most: an answer that names more than this follows something else."""
MAX_PARTS = 60
"""Claims, and figures, that are looked at."""
MAX_QUOTE = 300
MIN_QUOTE = 8
"""Characters of a quote; half where a script is dense. Less than that stands in any story."""
MAX_CHAIN = 4
MAX_NAME = 80
_MAX_VALUE = 1e15

Part = dict[str, Any]
T = TypeVar("T")


class MalformedAnswer(ValueError):
    """An answer that is not of the shape that was asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The parts of an answer, not yet checked."""

    claims: Sequence[Any]
    figures: Sequence[Any]
    origin: Any


@dataclass(frozen=True, slots=True)
class Weighed:
    """What an answer came to, in words of ours: none of the model's stand in it but what was checked."""

    reading: Reading
    changed: tuple[str, ...]
    """What reads otherwise now, a phrase each."""
    dropped: tuple[str, ...]
    """What did not count, and why."""


def parse(text: str) -> Answer:
    """Read an answer: one JSON object of exactly the keys of `SCHEMA`, perhaps in a fence of Markdown.

    Raises:
        MalformedAnswer: it is none.

    """
    if len(text) > MAX_ANSWER:
        raise MalformedAnswer(f"it is longer than {MAX_ANSWER:,} characters")
    bare = text.strip()
    if bare.startswith("```") and bare.endswith("```"):
        bare = bare.strip("`").removeprefix("json")
    try:
        tree = json.loads(bare)
    except (ValueError, RecursionError):
        raise MalformedAnswer("it is not JSON") from None
    if not isinstance(tree, dict) or set(tree) != set(SCHEMA["properties"]):
        raise MalformedAnswer("it has not the keys that were asked for")
    if not (isinstance(tree["claims"], list) and isinstance(tree["figures"], list)):
        raise MalformedAnswer("its claims and figures are no lists")
    return Answer(tree["claims"], tree["figures"], tree["origin"])


def weigh(answer: Answer, question: Question, reading: Reading, judge: str, lexicon: Lexicon) -> Weighed:
    """Return the reading as it stands with what counts of an answer.

    Args:
        answer: what was answered.
        question: what was asked.
        reading: the first reading of the story, in a language of the lexicon.
        judge: which model said it, by which rules; every link that it changed is marked with it.
        lexicon: how numbers are read, and who is known by which name.

    """
    weighing = _Weighing(question, lexicon.languages[reading.language], lexicon)
    second = replace(
        reading,
        evidence=weighing.links(answer.claims, reading, judge),
        figures=weighing.figures(answer.figures, reading.figures),
        origin=weighing.origin(answer.origin, reading.origin),
    )
    return Weighed(second, tuple(weighing.changed), tuple(weighing.dropped))


class _Drop(Exception):
    """A part of an answer does not count; says why."""


class _Weighing:
    """One answer under scrutiny."""

    def __init__(self, question: Question, language: Language, lexicon: Lexicon) -> None:
        self.changed: list[str] = []
        self.dropped: list[str] = []
        self._offered = question.offered
        self._page = question.page
        self._words = question.page.folded.replace("\n", " ")
        self._language = language
        self._lexicon = lexicon

    # ---- links ---------------------------------------------------------------------------------------

    def links(self, parts: Sequence[Any], reading: Reading, judge: str) -> tuple[Evidence, ...]:
        """Return the links of a reading as they stand now, those that were added behind the others."""
        links = {e.claim_id: e for e in reading.evidence}
        said = {
            claim_id: (stance, mark) for claim_id, stance, mark in self._counted("claims", parts, self._link)
        }
        if sum(stance is not None for stance, _ in said.values()) > MAX_LINKS:
            self.dropped.append(f"claims: more than {MAX_LINKS} at once")
            return reading.evidence
        for claim_id, (stance, mark) in said.items():
            before = links.get(claim_id)
            if stance is None:
                if links.pop(claim_id, None):
                    self.changed.append(f"{claim_id}: taken off")
            elif before is None:
                link = Evidence(reading.story_id, claim_id, stance, 0.0, (mark,), suggested=True, judge=judge)
                links[claim_id] = link
                self.changed.append(f"{claim_id}: {stance}, suggested")
            elif before.suggested or before.stance is not stance:
                links[claim_id] = replace(
                    before, stance=stance, why=(mark, *before.why), suggested=False, judge=judge
                )
                was = f"{before.stance}, suggested" if before.suggested else before.stance
                self.changed.append(f"{claim_id}: {stance} (was {was})")
        return tuple(links.values())

    def _link(self, part: Part) -> tuple[str, Stance | None, Mark]:
        claim_id, stance = part["id"], part["stance"]
        if not isinstance(claim_id, str) or claim_id not in self._offered:
            raise _Drop("names a claim that was not offered")
        if stance not in STANCES:
            raise _Drop("has no stance of ours")
        return claim_id, None if stance == NONE else Stance(stance), self._quoted(part["quote"])

    # ---- figures -------------------------------------------------------------------------------------

    def figures(self, parts: Sequence[Any], before: tuple[Figure, ...]) -> tuple[Figure, ...]:
        """Return the figures of a reading as they stand now, in the order of the text."""
        figures = list(before)
        for (low, high), said in self._counted("figures", parts, self._figure):
            shown = _shown(low, high)
            same = [f for f in figures if (f.low, f.high) == (low, high)]
            if said is None:
                figures = [f for f in figures if f not in same]
                self.changed += [f"figure {shown} {f.unit}: taken off" for f in same]
            elif not same:
                figures.append(said)
                self.changed.append(f"figure {shown} {said.unit}: added")
            elif not any(like(f, said) and f.bound is said.bound for f in same):
                was = next((f for f in same if f.unit == said.unit), same[0])
                period = said.period or (None if was.period in RATES else was.period)
                figures[figures.index(was)] = replace(was, unit=said.unit, bound=said.bound, period=period)
                self.changed.append(f"figure {shown}: {said.bound} {said.unit} (was {was.bound} {was.unit})")
        return tuple(sorted(figures, key=lambda f: self._words.find(_plain(f.quote))))

    def _figure(self, part: Part) -> tuple[tuple[float, float], Figure | None]:
        low, high, unit, bound, rate = (part[key] for key in ("low", "high", "unit", "bound", "rate"))
        if not (_is_number(low) and _is_number(high) and 0 < low <= high <= _MAX_VALUE):
            raise _Drop("has no number")
        if unit not in (*UNITS, NONE) or bound not in BOUNDS or rate not in (*RATES, NONE):
            raise _Drop("has no unit, bound or rate of ours")
        mark = self._quoted(part["quote"])
        read = values_in(_plain(mark.words), self._language.numbers)
        ends = tuple(value for end in (low, high) for value in read if isclose(value, end))
        if len(ends) != 2:
            raise _Drop("has a number that its quote does not state")
        period = None if rate == NONE else rate
        figure = Figure(unit, ends[0], ends[1], Bound(bound), period, quote=mark.words)
        return (ends[0], ends[1]), None if unit == NONE else figure

    # ---- origin --------------------------------------------------------------------------------------

    def origin(self, part: Any, before: Origin | None) -> Origin | None:
        """Return who said it, as it stands now."""
        chain = None if part is None else next(self._counted("origin", [part], self._chain), None)
        if chain is None or (before and chain == before.chain):
            return before
        facet = self._lexicon.facets.get(chain[0])
        origin = Origin(chain, party=facet == "party", by_outlet=facet in OUTLETS)
        self.changed.append(f"origin: {origin.text}" + (f" (was {before.text})" if before else ""))
        return origin

    def _chain(self, part: Part) -> tuple[str, ...]:
        self._quoted(part["quote"])
        names = part["chain"]
        if not isinstance(names, list) or not 0 < len(names) <= MAX_CHAIN:
            raise _Drop("is no chain of names")
        return tuple(dict.fromkeys(self._name(name) for name in names))

    def _name(self, name: Any) -> str:
        """Return a name as the lexicon writes it, else as the story does."""
        if not isinstance(name, str) or not 1 < len(name) <= MAX_NAME:
            raise _Drop("has what is no name")
        mark = self._found(name)
        spans = self._language.vocabulary.spans(_plain(mark.words))
        known = [s for s in spans if s.concept in self._lexicon.names]
        longest = max(known, key=lambda s: s.end - s.start, default=None)
        return longest.concept if longest else mark.words

    # ---- what all parts share ------------------------------------------------------------------------

    def _counted(self, what: str, parts: Sequence[Any], read: Callable[[Part], T]) -> Iterator[T]:
        """Yield what parts say that count; note why the others do not."""
        for number, part in enumerate(parts[:MAX_PARTS], start=1):
            if not isinstance(part, dict) or set(part) != _KEYS[what]:
                self.dropped.append(f"{what} {number}: is not of the shape that was asked for")
                continue
            try:
                yield read(part)
            except _Drop as why:
                self.dropped.append(f"{what} {number}: {why}")

    def _quoted(self, quote: Any) -> Mark:
        shortest = MIN_QUOTE // 2 if self._page.dense else MIN_QUOTE
        if not isinstance(quote, str) or not shortest <= len(quote.strip()) <= MAX_QUOTE:
            raise _Drop("has no quote of a fitting length")
        return self._found(quote)

    def _found(self, words: str) -> Mark:
        """Return where words stand in the story, letter by letter but for case and kinds of marks."""
        plain = _plain(words)
        start = self._words.find(plain) if plain else -1
        if start < 0:
            raise _Drop("quotes words that do not stand in the story")
        end = start + len(plain)
        return Mark(self._page.place(start), self._page.place(end), self._page.text[start:end])


_KEYS: Mapping[str, frozenset[str]] = {
    "claims": frozenset(SCHEMA["properties"]["claims"]["items"]["properties"]),
    "figures": frozenset(SCHEMA["properties"]["figures"]["items"]["properties"]),
    "origin": frozenset(SCHEMA["properties"]["origin"]["anyOf"][0]["properties"]),
}


def _plain(text: str) -> str:
    return comparable(one_line(unicodedata.normalize("NFKC", text)))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(low: float, high: float) -> str:
    return f"{low:,.12g}" if low == high else f"{low:,.12g} to {high:,.12g}"
