"""Which language a page is written in: its script, then letters, then the commonest words."""

import re
from collections.abc import Iterable

from claims.matching.lexicon import Language
from claims.matching.page import Page

_SAMPLE = 400
"""Characters that decide; a headline has some 80."""
_SCRIPTS = {
    "hangul": re.compile(r"[\uac00-\ud7af]"),
    "kana": re.compile(r"[\u3040-\u30ff]"),
    "han": re.compile(r"[\u3400-\u9fff]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "latin": re.compile(r"[a-zà-ɏ]"),
}
"""In the order in which one decides: kana among Han characters is Japanese, Hangul among them Korean."""
_WORD = re.compile(r"[^\W\d_]+")
_CODE = 2
"""Letters of an ISO 639-1 code; `und` and `mul` state no language."""
_FEW = 0.15
"""The share of a page's letters above which a script rules it; Korean titles hold many Han characters."""


def language_of(page: Page, stated: str, languages: Iterable[Language]) -> str:
    """Return the ISO 639-1 code of a page's language.

    What the feed states holds where the script allows it, and where it is a language that we do not read: its
    next of kin would be read for it. `und` where no language that we read fits.
    """
    languages = tuple(languages)
    if len(stated) == _CODE and all(language.code != stated for language in languages):
        return stated
    sample = page.folded[:_SAMPLE]
    script = _script(sample)
    able = [language for language in languages if script in language.scripts]
    if any(language.code == stated for language in able):
        return stated
    words = set(_WORD.findall(sample))
    letters = set(sample)
    scores = {x.code: 3 * len(x.letters & letters) + len(x.stop_words & words) for x in able}
    # Han alone is Chinese sooner than Japanese, which may be written so.
    only = [x.code for x in able if len(x.scripts) == 1]
    best = max(scores, key=lambda code: (scores[code], code in only), default=None)
    if best is None:
        return stated if stated and not able and script is None else "und"
    return best if scores[best] or len(able) == 1 or only == [best] else "und"


def _script(sample: str) -> str | None:
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS.items()}
    letters = sum(counts.values())
    return next((name for name, count in counts.items() if count and count >= _FEW * letters), None)
