"""Which concepts a page holds, where, and with what weight."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from claims.matching.lexicon import Language, Lexicon, Proximity, Span, Weights
from claims.matching.page import Page, Zone, solid

CUE = "cue"
"""The facet of words that deny or admit: the only ones that a negation undoes."""
DENY, DENIED = "deny", "denied"
"""The concepts of those who deny, and of a denial as a thing, which others may deny in their turn."""
HEDGE = "unconfirmed"
"""The concept of who does not confirm, or says nothing."""
_NOT_BEFORE, _NOT_AFTER = 20, 8
_DOUBLED = 24
"""How far from its verb a denial may stand that is denied, in characters; half where a script is dense."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a concept stands best."""

    weight: float
    spans: tuple[Span, ...]
    """One, or the two that make a proximity concept."""


@dataclass(frozen=True, slots=True)
class Spots:
    """The concepts of one page."""

    page: Page
    best: dict[str, Spot]
    """The best place of each concept; the first one where several are as good."""
    spans: dict[str, list[Span]]
    """Every place of each plain concept, in the order of the text."""

    def weight(self, concept: str) -> float:
        """Return the weight of a concept's best place; 0 where it is absent."""
        spot = self.best.get(concept)
        return spot.weight if spot else 0.0

    def strongest(self, concepts: Iterable[str]) -> str | None:
        """Return the one of these concepts that stands best, or None where none stands."""
        found = [c for c in concepts if c in self.best]
        return max(found, key=lambda c: self.best[c].weight) if found else None


def spot(page: Page, found: Iterable[Span], language: Language, lexicon: Lexicon) -> Spots:
    """Weigh the concepts found in a page and add those that stand near each other.

    A negated cue is left out: who has not denied says nothing either way, nor who denies a denial, or
    an answer.
    """
    spans: dict[str, list[Span]] = {}
    cues = []
    for span in found:
        if lexicon.facets.get(span.concept) != CUE:
            spans.setdefault(span.concept, []).append(span)
        elif not _negated(page, span, language):
            cues.append(span)
    hedges = spans.get(HEDGE, [])
    cues = [cue for cue in cues if not any(h.start <= cue.start and cue.end <= h.end for h in hedges)]
    for cue in _undoubled(page, cues):
        spans.setdefault(cue.concept, []).append(cue)
    best: dict[str, Spot] = {}
    for concept, places in spans.items():
        places.sort(key=lambda s: s.start)
        best[concept] = Spot(weight_at(page, places[0].start, lexicon.weights), (places[0],))
    held = spans.keys()
    for rule in lexicon.proximities:
        if held.isdisjoint(rule.one) or held.isdisjoint(rule.other):
            continue
        pairs = _pairs(page, spans, rule)
        if pairs:
            places = [Span(min(a.start, b.start), max(a.end, b.end), rule.concept) for a, b in pairs]
            best[rule.concept] = Spot(weight_at(page, places[0].start, lexicon.weights), pairs[0])
            spans[rule.concept] = places
    return Spots(page, best, spans)


def _negated(page: Page, span: Span, language: Language) -> bool:
    first, last = page.bounds(span.start)
    before = f" {page.folded[max(first, span.start - _NOT_BEFORE) : span.start]}"
    after = page.folded[span.end : min(last, span.end + _NOT_AFTER)]
    return any(
        before.endswith(word) if solid(word) else f" {word} " in before
        for word in language.not_before
        if word in before
    ) or any(word in after for word in language.not_after)


def _undoubled(page: Page, cues: Iterable[Span]) -> list[Span]:
    """Return cues without each denial that is denied, and without what denies it.

    The verb stands before its denial, or in a dense script beside it.
    """
    cues = sorted(cues, key=lambda s: s.start)
    verbs = [s for s in cues if s.concept == DENY]
    reach = _DOUBLED // 2 if page.dense else _DOUBLED
    doubled = []
    for noun in (s for s in cues if s.concept == DENIED):
        at = bisect_left(verbs, noun.start - 2 * reach, key=lambda s: s.start)
        for verb in verbs[at : bisect_right(verbs, noun.end + reach, key=lambda s: s.start)]:
            gap = max(verb.start, noun.start) - min(verb.end, noun.end)
            behind = verb.start > noun.start and not page.dense
            if 0 <= gap <= reach and not behind and page.sentence(verb.start) == page.sentence(noun.start):
                doubled += [verb, noun]
    doubled.sort(key=lambda s: s.start)
    starts, ends = [s.start for s in doubled], list(accumulate((s.end for s in doubled), max, initial=0))
    return [cue for cue in cues if ends[bisect_left(starts, cue.end)] <= cue.start]


def weight_at(page: Page, at: int, weights: Weights) -> float:
    """Return the weight of the zone that an offset stands in."""
    zone = page.zone(at)
    return weights.title if zone is Zone.TITLE else weights.lead if zone is Zone.LEAD else weights.rest


def _pairs(page: Page, spans: dict[str, list[Span]], rule: Proximity) -> list[tuple[Span, Span]]:
    """Return each `one`, in the order of the text, with the first `other` that stands near enough to it."""
    others = sorted((s for concept in rule.other for s in spans.get(concept, ())), key=lambda s: s.start)
    pairs = []
    within = rule.within // 2 if page.dense and not rule.rivals else rule.within
    reach = within + max(s.end - s.start for s in others)
    ones = sorted((s for concept in rule.one for s in spans.get(concept, ())), key=lambda s: s.start)
    if rule.rivals:
        ones = _subjects(page, ones, [s for concept in rule.rivals for s in spans.get(concept, ())])
    for one in ones:
        at = bisect_left(others, one.start - reach, key=lambda s: s.start)
        for other in others[at : bisect_right(others, one.end + within, key=lambda s: s.start)]:
            gap = max(one.start, other.start) - min(one.end, other.end)
            late = rule.ordered and other.start <= one.start
            if gap <= within and not late and page.sentence(one.start) == page.sentence(other.start):
                pairs.append((one, other))
                break
    return pairs


def _subjects(page: Page, ones: Iterable[Span], rivals: Iterable[Span]) -> list[Span]:
    """Return those that a rival neither holds in its name nor, in a dense script, goes before."""
    rivals = sorted(rivals, key=lambda s: (s.start, -s.end))
    first: dict[int, int] = {}
    for rival in rivals:
        first.setdefault(page.sentence(rival.start), rival.start)
    starts, ends = [s.start for s in rivals], list(accumulate((s.end for s in rivals), max, initial=0))
    return [
        one
        for one in ones
        if ends[bisect_right(starts, one.start)] < one.end
        and not (page.dense and first.get(page.sentence(one.start), one.start) < one.start)
    ]
