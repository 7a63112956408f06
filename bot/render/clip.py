"""Cut text to a limit so that the cut can be seen and no character is broken."""

import unicodedata

ELLIPSIS = "…"
_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)
_JAMO_TAILS = range(0x1160, 0x1200)


def units(text: str) -> int:
    """Return the length of text in UTF-16 code units, the way JavaScript counts.

    Neither Discord nor Slack says what a "character" of its limits is. This is the strictest reading: no
    text is longer when it is counted in code points or as a person would.
    """
    return len(text) + sum(c > "\uffff" for c in text)


def clip(text: str, limit: int) -> str:
    """Return text of at most `limit` UTF-16 code units; what was cut ends in `…`.

    A base letter keeps its accents, an emoji its modifiers, a flag its two letters (the commoner cases of
    Unicode's grapheme clusters, UAX #29). A limit below 1 leaves nothing.
    """
    if units(text) <= limit:
        return text
    if limit < 1:
        return ""
    end = used = 0
    while (used := used + units(text[end])) < limit:
        end += 1
    while _inside(text, end):
        end -= 1
    return text[:end].rstrip() + ELLIPSIS


def _inside(text: str, i: int) -> bool:
    """Return whether a cut before the character at `i` would break what is read as one."""
    if i == 0:
        return False
    before, after = text[i - 1], text[i]
    code = ord(after)
    if code in _FLAG_LETTERS:
        letters = 0
        while letters < i and ord(text[i - 1 - letters]) in _FLAG_LETTERS:
            letters += 1
        return letters % 2 == 1
    return (
        unicodedata.category(after).startswith("M")
        or _JOINER in (before, after)
        or code in _SKIN_TONES
        or code in _JAMO_TAILS
        or ("\ud800" <= before <= "\udbff" and "\udc00" <= after <= "\udfff")
    )
