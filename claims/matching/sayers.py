"""Who gives a number: whoever the story says so of beside it, or nobody."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from claims.matching.figures import Stated
from claims.matching.lexicon import Language, Lexicon, Span
from claims.matching.origin import citations_of, names_of
from claims.matching.page import Zone
from claims.matching.spotting import Spots
from claims.model import Figure, Origin

_PARTY = "party"
_RANKS = {"body": 0, _PARTY: 0, "seat": 1}
"""Who may give a number, a body before a capital. An outlet tells what others counted, and a party's capital
is named for whatever its state does."""
_TURN = re.compile(r"[;；]|(?<=[^\W\d_]{2})\.(?=\s+[^\W\d_a-zа-яіїєґ])")
"""Where somebody else may begin to speak: also behind the short words that end no sentence of a page."""
_OWN = 3
"""Characters at most between a capital and its body: a blank, or `'s `."""
_COUNTING = frozenset(("south-korea", "united-states"))
"""Countries that give most numbers: where one stands between a speaker and a number, it is that one's."""
_COMMA = re.compile(r"[,，、]")


class Sayers:
    """Those of one page who may give its numbers.

    A number's sayer is whoever speaks next before it in its clause, or ends the clause with an attribution.
    A name that stands nearer without speaking leaves the number with nobody, as does another country there
    (`Beijing spoke of a US estimate of 8,000`), and a party beside another voice, which speaks of it. One of
    the headline or the first sentence that has nobody beside it is that of the only body that speaks
    there, else of the only capital; and so is one of the next sentence, up to which nobody else speaks.
    """

    def __init__(
        self,
        spots: Spots,
        voices: Collection[Span],
        origin: Origin | None,
        denies: bool,
        language: Language,
        lexicon: Lexicon,
    ) -> None:
        """Take a page.

        Args:
            spots: the concepts of the page.
            voices: the names that it puts words into the mouth of (`origin.voices_of`).
            origin: of the page; who does not confirm, or denies, gives no number.
            denies: the page tells that somebody denies something: no number is a party's.
            language: of the page.
            lexicon: what the names are.

        """
        self._page = spots.page
        self._joins = language.joins
        self._facets = lexicon.facets
        self._voices = frozenset(voices)
        self._doubtful = frozenset(origin.unsure if origin else ())
        self._denies = denies
        self._counting = [span for country in _COUNTING for span in spots.spans.get(country, ())]
        self._citations = citations_of(spots, lexicon)
        named = names_of(spots, lexicon)
        able = [each for each in named if self._may_speak(each)]
        parts = {one for one, other in pairwise(able) if self._is_part(one, other)}
        self._names = [each for each in able if each not in parts]

    def of(self, figures: Sequence[Stated]) -> tuple[Figure, ...]:
        """Return the figures, each with the body that gives it, if any."""
        return tuple(replace(each.figure, body=self._source(each, figures)) for each in figures)

    def _source(self, stated: Stated, figures: Sequence[Stated]) -> str | None:
        """Return whoever gives a number, or the body that it cites there, or for the headline."""
        sayer, page = self._sayer(stated, figures), self._page
        led, sentence = page.zone(stated.start) is Zone.TITLE, page.sentence(stated.start)
        told = (each for each in self._citations if led or each.sentence == sentence)
        return next((each.cited for each in told if each.citing == sayer), sayer)

    def _sayer(self, stated: Stated, figures: Sequence[Stated]) -> str | None:
        first, last = self._clause(stated)
        near = [each for each in self._names if first <= each.start and each.end <= last]
        speaking = [each for each in near if each in self._voices]
        if not speaking:
            led = self._page.zone(stated.start) is not Zone.REST or self._follows_head(stated, last)
            return self._head if led and {each.concept for each in near} <= {self._head} else None
        before = next((each for each in reversed(near) if each.end <= stated.start), None)
        after = next((each for each in near if each.start >= stated.end), None)
        if after and (any(after.end <= f.start < last for f in figures) or self._goes_on(stated, after)):
            after = None
        giving = [each for each in (before, after) if each in speaking]
        if not giving:
            return None
        best = min(giving, key=lambda each: _RANKS[self._facets[each.concept]])
        others = (
            each for each in self._counting if best.end + _OWN < each.start and each.end <= stated.start
        )
        if best.concept in self._doubtful or any(others):
            return None
        spoken_of = self._denies or any(each != best for each in speaking)
        return None if spoken_of and self._is_party(best) else best.concept

    @cached_property
    def _head(self) -> str | None:
        spoken = (v.concept for v in self._voices if self._page.zone(v.start) is not Zone.REST)
        ranked: dict[int, list[str]] = {}
        for name in {*spoken} - self._doubtful:
            if self._facets[name] in _RANKS:
                ranked.setdefault(_RANKS[self._facets[name]], []).append(name)
        first = ranked[min(ranked)] if ranked else ()
        # A party beside a body is spoken of.
        able = [name for name in first if self._facets[name] != _PARTY]
        return able[0] if len(able) == 1 else None

    def _follows_head(self, stated: Stated, last: int) -> bool:
        """Say whether a number stands in the sentence behind the first, up to which nobody else speaks there.

        Nor may an outlet; `last` is where the number's clause ends.
        """
        page = self._page
        first, _ = page.bounds(stated.start)
        others = (*self._voices, *self._counting)
        behind = page.sentence(stated.start) == page.sentence(page.lead_end - 1) + 1
        return behind and not any(first <= each.start and each.end <= last for each in others)

    def _may_speak(self, span: Span) -> bool:
        return self._facets[span.concept] in _RANKS and (not self._is_party(span) or span in self._voices)

    def _is_part(self, one: Span, other: Span) -> bool:
        """Say whether a capital begins the name of a body: `Seoul's spy agency`."""
        return self._facets[one.concept] == "seat" and other.start - one.end <= _OWN

    def _is_party(self, span: Span) -> bool:
        return self._facets[span.concept] == _PARTY

    def _clause(self, stated: Stated) -> tuple[int, int]:
        """Return where the part of its sentence begins and ends in which a number stands."""
        first, last = self._page.bounds(stated.start)
        turns = list(_TURN.finditer(self._page.text, first, last))
        return (
            max((turn.end() for turn in turns if turn.end() <= stated.start), default=first),
            min((turn.start() for turn in turns if turn.start() >= stated.end), default=last),
        )

    def _goes_on(self, stated: Stated, voice: Span) -> bool:
        """Say whether a voice behind a number begins to speak there, of something else."""
        commas = [found.end() for found in _COMMA.finditer(self._page.text, stated.end, voice.start)]
        between = self._page.folded[commas[-1] if commas else stated.end : voice.start]
        return not self._joins.isdisjoint(between.split())
