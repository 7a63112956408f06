"""Patterns of a language's words, made so that a place where none of them begins costs one look.

A word of a script with spaces begins where a word begins and matches any ending; in Han, kana and Hangul it
matches anywhere. `|` at its end asks for a word's edge there.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from claims.matching.page import comparable, solid

_EDGE = r"(?<![^\W\d])"
"""A word begins here; a digit before it is none: `300km`."""


def words_of(value: object) -> tuple[str, ...]:
    """Read a list of aliases; `|` at an end of one asks for a word's edge.

    Raises:
        ValueError: it is none, or an alias is empty.

    """
    words = value if isinstance(value, list) else [None]
    if not all(isinstance(word, str) and word.strip("| ") for word in words):
        raise ValueError("expected a list of words")
    return tuple(words)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of alternatives, longest first; one that never matches where there are none."""
    return _among((word, "") for word in words)


def kinds_of(words_by_kind: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """Return the pattern of words of several kinds, longest first.

    The name of the group that matched is the kind, an underscore and a number.
    """
    return re.compile(_among((word, kind) for kind, words in words_by_kind.items() for word in words))


def _among(kinds: Iterable[tuple[str, str]]) -> str:
    """Return the alternatives by the letter that they begin with; those of a kind in a group of its name."""
    spaced: defaultdict[str, list[str]] = defaultdict(list)
    others: defaultdict[str, list[str]] = defaultdict(list)
    for n, (word, kind) in enumerate(sorted(kinds, key=lambda pair: -len(pair[0]))):
        bare = comparable(word.strip("|"))
        spaces = not solid(bare) and bare[0].isalnum()
        rest = re.escape(bare[1:]) + _ending(word, bare)
        (spaced if spaces else others)[bare[0]].append(f"(?P<{kind}_{n}>{rest})" if kind else rest)
    parts = [f"{edge}(?:{_by_letter(found)})" for edge, found in ((_EDGE, spaced), ("", others)) if found]
    return "|".join(parts) or r"(?!)"


def _by_letter(rests: Mapping[str, Iterable[str]]) -> str:
    return "|".join(f"{re.escape(first)}(?:{'|'.join(found)})" for first, found in rests.items())


def _ending(word: str, bare: str) -> str:
    if word.endswith("|"):
        return r"(?!\w)"
    return r"\w*" if bare[-1].isalnum() and not solid(bare) else ""
