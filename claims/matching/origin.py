"""Who really said it: the chain from the body that spoke, by outlets, to the nearest wire."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain as chained
from itertools import pairwise

from claims.matching.counting import clause_after
from claims.matching.lexicon import Language, Lexicon, Span
from claims.matching.page import Page, Zone
from claims.matching.spotting import DENIED, DENY, HEDGE, Spots
from claims.model import Origin, Stance

_REACH = 28
"""How far from a name its attribution may stand, in characters; half where a script is dense."""
_NAMED = re.compile(
    r"\s*(?:the |an? )?([^\W\d_a-zа-яіїєґ][\w.&'-]*(?: (?:of |and |for )?[^\W\d_a-zа-яіїєґ][\w.&'-]*){0,5})"
)
_BEHIND = re.compile(r" ([^\W\d_]+)")
_TOLD_TO, _TOLD_IT = "told-to", "told-it"
"""The concepts of words that whoever is told something stands behind, and before."""
_BETWEEN = re.compile(r"\s*(?:(?:the|an?|de[mnr]|die|das|la|les?|el|los)\s|l')?")
"""What may stand between these and a name: a blank, an article."""
_PARTY = "party"
_BODIES = ("body", _PARTY)
_SEATS = ("seat", "party-seat")
_ASKED = ("body", "seat")
_MEDIA = ("media",)
OUTLETS = (*_MEDIA, "wire")
"""The facets of those that tell what others said."""
_DENIALS = ("disproof", DENY)
"""The concepts of who says that it is not so."""

_ADMITTING = {"moscow-admits": "russia", "pyongyang-admits": "north-korea"}
"""The concepts of a party that says at last that it is so, and of its country."""

_CITING = "citing"
"""The concept of words that give what is said to somebody else."""
_REACH_CITING = 16


@dataclass(frozen=True, slots=True)
class Citation:
    """One body citing another in a sentence of a page, by its number."""

    citing: str
    cited: str
    sentence: int


def citations_of(spots: Spots, lexicon: Lexicon) -> tuple[Citation, ...]:
    """Return which bodies cite which, in the order of the text.

    The cited one is named next, behind the words for it; in a dense script also right before them.
    """
    page, cues = spots.page, spots.spans.get(_CITING, ())
    return tuple(
        Citation(one.concept, other.concept, page.sentence(one.start))
        for one, other in pairwise(names_of(spots, lexicon))
        if {lexicon.facets[one.concept], lexicon.facets[other.concept]} == {"body"}
        and one.concept != other.concept
        and page.sentence(one.start) == page.sentence(other.start)
        and any(
            one.end <= cue.start
            and (cue.end <= other.start or (page.dense and 0 <= cue.start - other.end <= _REACH_CITING))
            for cue in cues
        )
    )


def voices_of(spots: Spots, language: Language, lexicon: Lexicon) -> tuple[Span, ...]:
    """Return the names that a page puts words into the mouth of, in the order of its text.

    A body that is only told something (`reported to the UN`) is none; an outlet that is told it tells it on.
    """
    page = spots.page
    named = [span for span in names_of(spots, lexicon) if not _is_told(spots, span, lexicon)]
    ends, end, every = [], len(page.text), len(page.text)
    for span in reversed(named):
        seat = lexicon.facets[span.concept] in _SEATS
        ends.append(every if seat else end)
        end, every = end if seat else span.start, span.start
    untils = zip(named, reversed(ends), strict=True)
    return tuple(span for span, until in untils if _attributed(page, span, until, language))


def origin_of(
    spots: Spots, voices: Sequence[Span], relayed_from: str | None, language: Language, lexicon: Lexicon
) -> Origin | None:
    """Return the origin of a page, or None where it names nobody.

    Who speaks in the headline or the first sentence goes before those whom the rest recalls. The first body
    or party is the root, a capital only where no body and no outlet speaks; outlets and wires follow;
    `relayed_from` (the outlet that a feed names) is nearest to us. A body that is cited by another is the
    root before it. A party that denies behind what the story tells only answers it. What a party admits in
    the headline is its own word, whoever speaks of it behind.
    """
    page, facet = spots.page, lexicon.facets
    voices = _admitting(spots, voices, lexicon)
    head = [v.concept for v in voices if page.zone(v.start) is not Zone.REST]
    behind = (v for v in voices if page.zone(v.start) is Zone.REST)
    rest = [v.concept for v in behind if not _only_answers(spots, v, lexicon)]
    choices = ((head, _BODIES), (head, _MEDIA), (rest, _BODIES), (rest, _MEDIA), (head + rest, _SEATS))
    first = next((name for part, facets in choices for name in part if facet[name] in facets), None)
    outlets = [name for kind in OUTLETS for name in (*head, *rest) if facet[name] == kind]
    cited = [each.cited for each in citations_of(spots, lexicon) if each.citing == first]
    said_by = first or _unknown(spots, language, lexicon)
    chain = [name for name in (*cited[:1], said_by, *outlets, relayed_from) if name]
    if not chain:
        return None
    party = first is not None and facet[first].startswith(_PARTY)
    doubting = chained.from_iterable(spots.spans.get(concept, ()) for concept in (HEDGE, *_DENIALS))
    return Origin(
        chain=tuple(dict.fromkeys(chain)),
        party=party,
        unsure=_subjects(spots, chain[0], doubting, lexicon),
        by_outlet=facet.get(chain[0]) in OUTLETS,
    )


def attitude(spots: Spots, origin: Origin | None, lexicon: Lexicon) -> Stance:
    """Return how the root of a page's origin takes what it is asked of, by the headline.

    Whoever declines to answer, or has no information, says nothing either way (background); whoever denies
    it disputes it; a headline that goes on with somebody else, or a number, is news all the same. Where
    the headline does not name the root, it is any body or capital that it says so of; but nobody disputes
    in the root's place. A party speaks of its own conduct, and of that tell its denials: it supports here.
    """
    root = origin.root if origin else None
    named = {each.concept for each in names_of(spots, lexicon) if spots.page.zone(each.start) is Zone.TITLE}
    asked = {name for name in lexicon.names if lexicon.facets[name] in _ASKED}
    if root in named:
        asked = {root}

    def led(*concepts: str) -> list[Span]:
        cues = (cue for concept in concepts for cue in spots.spans.get(concept, ()))
        return [cue for cue in cues if spots.page.zone(cue.start) is Zone.TITLE]

    hedges = led(HEDGE)
    silent = [hedge for hedge in hedges if not _goes_on(spots, hedge, lexicon)]
    apart = (cue for cue in led(*_DENIALS) if all(h.end <= cue.start or cue.end <= h.start for h in hedges))
    party = origin is not None and origin.party
    own = asked if root is None else {root}
    if not party and not own.isdisjoint(_subjects(spots, root, apart, lexicon)):
        return Stance.DISPUTES
    if party and root in named:
        return Stance.SUPPORTS
    return Stance.SUPPORTS if asked.isdisjoint(_subjects(spots, root, silent, lexicon)) else Stance.BACKGROUND


def _admitting(spots: Spots, voices: Sequence[Span], lexicon: Lexicon) -> Sequence[Span]:
    """Return of voices the outlets and those of the party that admits something in the headline, if one does.

    Where none of its own speaks, they are whoever of it is named.
    """
    led = (
        country
        for concept, country in _ADMITTING.items()
        if concept in spots.best and spots.page.zone(spots.best[concept].spans[0].start) is Zone.TITLE
    )
    own = [span for country in led for span in spots.spans.get(country, ())]
    if not own:
        return voices

    def of_it(names: Iterable[Span]) -> list[Span]:
        return [n for n in names if any(s.start <= n.start and n.end <= s.end for s in own)]

    outlets = (each for each in voices if lexicon.facets[each.concept] in OUTLETS)
    return sorted({*outlets, *(of_it(voices) or of_it(names_of(spots, lexicon)))}, key=lambda s: s.start)


def leads(spots: Spots, origin: Origin | None, lexicon: Lexicon) -> bool:
    """Say whether a headline begins with the root of a page's origin, which is no party: it is that one's."""
    if origin is None or origin.party:
        return False
    spans = chained.from_iterable(spots.spans.values())
    acting = [s for s in spans if s.concept in lexicon.names or lexicon.facets.get(s.concept) == "actor"]
    first = min((span.start for span in acting), default=0)
    led = (s for s in acting if s.start == first and spots.page.zone(first) is Zone.TITLE)
    return origin.root in {span.concept for span in led}


def _goes_on(spots: Spots, hedge: Span, lexicon: Lexicon) -> bool:
    """Say whether a headline has somebody else, or a number, in a clause behind who does not confirm."""
    page = spots.page
    end = page.folded.find("\n")
    stop = clause_after(page.folded, hedge.end, max(0, end - hedge.end))
    names = [each for each in names_of(spots, lexicon) if lexicon.facets[each.concept] in _ASKED]
    before = {each.concept for each in names if each.end <= hedge.start}
    others = {each.concept for each in names if stop <= each.start < end} - before
    return bool(others) or any(map(str.isdigit, page.folded[stop:end]))


def _subjects(spots: Spots, root: str | None, cues: Iterable[Span], lexicon: Lexicon) -> tuple[str, ...]:
    """Return of whom cues of a headline or a first sentence tell.

    It is whoever is named next before these words in their sentence. Where nobody is, it is the root that
    does not confirm; and in a dense script wherever it is named, for what it speaks of stands between there.
    """
    page, facet = spots.page, lexicon.facets
    names = names_of(spots, lexicon)
    actors = [s for concept, found in spots.spans.items() if facet.get(concept) == "actor" for s in found]
    told: list[str] = []
    for cue in cues:
        if page.zone(cue.start) is not Zone.REST:
            first, _last = page.bounds(cue.start)
            named = [s for s in names if first <= s.start and s.end <= cue.start]
            since = named[-1].end if named else first
            subjects = [s.concept for s in actors if since < s.end <= cue.start]
            subjects = subjects or [s.concept for s in named[-1:]]
            of_root = page.dense and root in {s.concept for s in named}
            if root and cue.concept != DENY and (of_root or not subjects):
                subjects = [root]
            told += subjects
    return tuple(dict.fromkeys(told))


def names_of(spots: Spots, lexicon: Lexicon) -> list[Span]:
    """Return the names of a page (`names_in`)."""
    return names_in(chained.from_iterable(spots.spans.values()), lexicon)


def names_in(spans: Iterable[Span], lexicon: Lexicon) -> list[Span]:
    """Return the names among these in the order of the text, without those that are part of a longer one."""
    names: list[Span] = []
    named = (span for span in spans if span.concept in lexicon.names)
    for span in sorted(named, key=lambda s: (s.start, -s.end)):
        if not names or span.end > names[-1].end:
            names.append(span)
    return names


def _only_answers(spots: Spots, voice: Span, lexicon: Lexicon) -> bool:
    """Say whether a voice of the rest is a party that denies there, and the story opens without it."""
    page = spots.page
    denials = [cue for concept in (DENY, DENIED) for cue in spots.spans.get(concept, ())]
    if not lexicon.facets[voice.concept].startswith(_PARTY):
        return False
    first, last = page.bounds(voice.start)
    beside = any(first <= cue.start < last for cue in denials)
    return beside and all(page.zone(cue.start) is Zone.REST for cue in denials)


def _is_told(spots: Spots, span: Span, lexicon: Lexicon) -> bool:
    """Say whether a name is that of a body or capital which others tell something.

    Outlets tell on what they are told, and so do a party's.
    """
    text = spots.page.folded
    return lexicon.facets[span.concept] in _ASKED and (
        any(
            cue.end <= span.start and _BETWEEN.fullmatch(text, cue.end, span.start)
            for cue in spots.spans.get(_TOLD_TO, ())
        )
        or any(
            span.end <= cue.start and _BETWEEN.fullmatch(text, span.end, cue.start)
            for cue in spots.spans.get(_TOLD_IT, ())
        )
    )


def _attributed(page: Page, span: Span, until: int, language: Language) -> bool:
    """Say whether words are put into a name's mouth; those behind the next name are that one's."""
    reach = _REACH // 2 if page.dense else _REACH
    text, line = page.folded, page.folded.rfind("\n", 0, span.start) + 1
    before = text[max(line, span.start - reach) : span.start]
    after = text[span.end : min(until, span.end + reach)].partition("\n")[0]
    return (
        (before.endswith(("(", "[", "- ")) or after.startswith((")", ":", " -")))
        or any(cue in before for cue in language.says_before)
        or any(cue in after for cue in language.says_after)
    )


def _unknown(spots: Spots, language: Language, lexicon: Lexicon) -> str | None:
    """Return a name that the lexicon does not know, from right behind an attribution.

    Only one that is whole: a mark, a line's end or one of the commonest words follows it. A name in small
    letters, as most languages write them, is not told from the words behind it.
    """
    page = spots.page
    told = {span.start for span in names_of(spots, lexicon) if _is_told(spots, span, lexicon)}
    for cue in language.says_before:
        at = page.folded.find(cue)
        found = _NAMED.match(page.text, at + len(cue)) if at >= 0 else None
        if found and found[1][0].isupper() and found.start(1) not in told:
            behind = _BEHIND.match(page.folded, found.end())
            if not behind or behind[1] in language.stop_words:
                return found[1].rstrip(".'")
    return None
