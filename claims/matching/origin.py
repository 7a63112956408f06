"""Who really said it: the chain from the body that spoke, by outlets, to the nearest wire."""

import re
from collections.abc import Iterable

from claims.matching.lexicon import Language, Lexicon, Span
from claims.matching.page import Page
from claims.matching.spotting import Spots
from claims.model import Origin

_REACH = 28
"""How far from a name its attribution may stand, in characters; half where a script is dense."""
_NAMED = re.compile(
    r"\s*(?:the |an? )?([^\W\d_a-zа-яіїєґ][\w.&'-]*(?: (?:of |and |for )?[^\W\d_a-zа-яіїєґ][\w.&'-]*){0,5})"
)
_BEHIND = re.compile(r" ([^\W\d_]+)")
_ROOTS = ("body", "party")


def origin_of(spots: Spots, relayed_from: str | None, language: Language, lexicon: Lexicon) -> Origin | None:
    """Return the origin of a page, or None where it names nobody.

    Bodies and parties are its root where the page attributes words to them; outlets and wires follow;
    `relayed_from` (the outlet that a feed names) is nearest to us.
    """
    page = spots.page
    named = _names(s for name in spots.spans if name in lexicon.names for s in spots.spans[name])
    nexts = [*(s.start for s in named[1:]), len(page.text)]
    cited = [s for s, until in zip(named, nexts, strict=False) if _attributed(page, s, until, language)]
    roots = [s.concept for s in cited if lexicon.facets[s.concept] in _ROOTS]
    root = roots[0] if roots else _unknown(page, language)
    outlets = [s.concept for facet in ("media", "wire") for s in cited if lexicon.facets[s.concept] == facet]
    chain = [name for name in (root, *outlets, relayed_from) if name]
    if not chain:
        return None
    party = bool(roots) and lexicon.facets[roots[0]] == "party"
    return Origin(tuple(dict.fromkeys(chain)), party)


def _names(spans: Iterable[Span]) -> list[Span]:
    """Return names in the order of the text, without those that are a part of a longer one."""
    names: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not names or span.end > names[-1].end:
            names.append(span)
    return names


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


def _unknown(page: Page, language: Language) -> str | None:
    """Return a name that the lexicon does not know, from right behind an attribution.

    Only one that is whole: a mark, a line's end or one of the commonest words follows it. A name in small
    letters, as most languages write them, is not told from the words behind it.
    """
    for cue in language.says_before:
        at = page.folded.find(cue)
        found = _NAMED.match(page.text, at + len(cue)) if at >= 0 else None
        if found and found[1][0].isupper():
            behind = _BEHIND.match(page.folded, found.end())
            if not behind or behind[1] in language.stop_words:
                return found[1].rstrip(".'")
    return None
