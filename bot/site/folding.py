"""The words by which something is found on the site; `assets/search.js` cuts a question in the same way.

What `claims.text.fold` takes for the same is the same here too, and marks do not count: `Pyongyáng` is
`pyongyang`. Both languages work by the same tables of Unicode, so that one list of steps is enough for both.
"""

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 24
"""Characters of a word that count, in the index and in a question."""

_GROUPS = re.compile(r"([0-9])[,'’\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")
# Accents and titlo; points of Hebrew; vowels, hamza and tatweel of Arabic. The voicing marks of kana stay.
_MARKS = re.compile(
    r"[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    r"\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]"
)
# Hangul, whose particles cling to words, kana, Han, and the scripts of Thailand, Laos, Myanmar and Cambodia.
_SOLID = (
    r"\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(rf"([{_SOLID}]+)|[^\W_{_SOLID}]+")


def folded(text: str) -> str:
    """Return text as it is compared: compatibility forms, case and marks unified, `13,000` as `13000`."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", _GROUPS.sub(r"\1", text)))
    # Up and down, since JavaScript has no case folding: so `ß` and `ẞ` are `ss`.
    return unicodedata.normalize("NFC", plain.lower().upper().lower().replace("ς", "σ"))


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """Yield every word of a text, and whether it is of a script that sets no space between words."""
    for run in _RUN.finditer(folded(text)):
        yield run[0], run[1] is not None


def terms(text: str) -> Iterator[str]:
    """Yield the terms of a text: its words; of scripts that set no space, each pair of characters.

    The last character of such a run stands alone as well, so that each is the beginning of some term.
    """
    for word, solid in runs(text):
        if solid:
            yield from (word[at : at + 2] for at in range(len(word)))
        else:
            yield word[:LONGEST]
