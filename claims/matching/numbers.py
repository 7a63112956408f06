"""How a language writes numbers and what they count, as its `numbers.toml` tells it; no story is read here.

    to = ["to", "-"]                    what stands between the two ends of a range
    [scales]  "million" = 1_000_000     words that multiply the number before them
    [words]   "three" = 3               numbers in words
    [counts]  shells = ["shell"]        what is counted: a unit, or `people` (troops or workers) and `pieces`
                                        (anything), as the words around say, `dead` (told as other), and
                                        `skip` for what is no quantity of goods or people (days, countries)
    calibres = ["mm"]                   what makes a number the size of a shell
    [before]  at-least = ["more than"]  how a number was meant, by what stands before it
    [after]   at-least = ["or more"]    and by what stands after it
    [rates]   "a month" = ["per month"] what makes a count one of `RATES`
    labels = ["resolution"]             before a number that names and does not count
    money = ["$"]                       signs of dollars before a number

Words follow the lexicon's rules: any ending, unless `|` closes them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from claims.matching.page import comparable, solid
from claims.model import UNITS, Bound
from claims.tables import Table, above_zero, opened

RATES = ("a day", "a week", "a month", "a year")
"""The periods of a figure that make it a rate."""
COUNTS = (*UNITS, "people", "pieces", "dead", "skip")

_DIGITS = (
    r"(?!0)\d{1,3}(?P<mark>[ .,'])\d{3}(?:(?P=mark)\d{3}){0,4}(?!\d)(?:[.,]\d{1,2}(?!\d))?"
    r"|\d{1,12}(?:[.,]\d{1,6})?"
)
"""Three digits behind a mark are a group of thousands in every language; anything else is a fraction."""

_EDGE = r"(?<![^\W\d])"
"""A word begins here; a digit before it is none: `300km`."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A language's numbers, ready to look for in folded text."""

    start: re.Pattern[str]
    """Where a number may begin."""
    number: re.Pattern[str]
    """Digits (group `digits`, with the `mark` that groups them) or a number in words."""
    scale: re.Pattern[str]
    """A word that multiplies, with the space before it."""
    to: re.Pattern[str]
    values: Mapping[str, float]
    """Of scales and number words, by how they begin, longest first."""
    counts: re.Pattern[str]
    """A counted thing; `counted` tells which."""
    calibre: re.Pattern[str]
    before: Mapping[Bound, re.Pattern[str]]
    after: Mapping[Bound, re.Pattern[str]]
    rates: Mapping[str, re.Pattern[str]]
    """By one of `RATES`."""
    label: re.Pattern[str]
    money: re.Pattern[str]


def words_of(value: object) -> tuple[str, ...]:
    """Read a list of aliases; `|` at an end of one asks for a word's edge.

    Raises:
        ValueError: it is none, or an alias is empty.

    """
    words = value if isinstance(value, list) else [None]
    if not all(isinstance(word, str) and word.strip("| ") for word in words):
        raise ValueError("expected a list of words")
    return tuple(words)


def read_numbers(path: Path) -> Numbers:
    """Read a `numbers.toml`.

    Raises:
        SeedError: it cannot be read, or a key of it is missing, unknown or of another kind.

    """
    with opened(path) as root:
        scales, words = _values(root, "scales"), _values(root, "words")
        number = f"(?P<digits>{_DIGITS})|{_any(words)}"
        return Numbers(
            start=re.compile(rf"(?<![a-zа-яіїєґ\d.,/-])(?:{number})"),
            number=re.compile(number),
            scale=re.compile(rf"[ -]?(?:{_any(scales)})"),
            to=re.compile(rf"\s?(?:{_any(root.take('to', words_of, ()))})\s?"),
            values=_by_beginning({**words, **scales}),
            counts=_counts(_words(root, "counts", COUNTS)),
            calibre=re.compile(rf"\d{{2,3}}(?:,\d)?[ -]?(?:{_any(root.take('calibres', words_of, ()))})"),
            before=_bounds(root, "before", "(?:{})\\s?$"),
            after=_bounds(root, "after", "\\s?(?:{})"),
            rates={rate: re.compile(_any(found)) for rate, found in _words(root, "rates", RATES).items()},
            label=re.compile(f"(?:{_any(root.take('labels', words_of, ()))})\\s?$"),
            money=re.compile(f"(?:{_any(root.take('money', words_of, ()))})\\s?$"),
        )


def counted(found: re.Match[str]) -> str:
    """Return which of `COUNTS` a match of `Numbers.counts` is."""
    return (found.lastgroup or "").partition("_")[0]


def _counts(words_by_kind: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    """Return the pattern of what is counted, longest first; a place where no word begins costs one look."""
    pairs = [(word, kind) for kind, words in words_by_kind.items() for word in words]
    pairs.sort(key=lambda pair: -len(pair[0]))
    named = [(word, f"(?P<{kind}_{n}>{_pattern(word)})") for n, (word, kind) in enumerate(pairs)]
    spaced = [(word, form) for word, form in named if _spaced(word)]
    others = [(word, form) for word, form in named if not _spaced(word)]
    return re.compile(f"{_EDGE}{_among(spaced)}|{_among(others)}")


def _among(named: Sequence[tuple[str, str]]) -> str:
    first = re.escape("".join(sorted({comparable(word.strip("|"))[0] for word, _ in named})))
    return f"(?=[{first}])(?:{'|'.join(form for _, form in named)})" if named else r"(?!)"


def _bounds(root: Table, key: str, form: str) -> dict[Bound, re.Pattern[str]]:
    words = _words(root, key, [str(bound) for bound in Bound])
    return {Bound(bound): re.compile(form.format(_any(found))) for bound, found in words.items()}


def _words(root: Table, key: str, kinds: Iterable[str]) -> dict[str, tuple[str, ...]]:
    table = root.table(key)
    if table is None:
        return {}
    words = {kind: table.take(kind, words_of, ()) for kind in kinds}
    table.close()
    return {kind: found for kind, found in words.items() if found}


def _values(root: Table, key: str) -> dict[str, float]:
    table = root.table(key)
    return {word: table.take(word, above_zero, 1.0) for word in table.names()} if table else {}


def _by_beginning(values: Mapping[str, float]) -> dict[str, float]:
    named = {comparable(word.strip("|")): value for word, value in values.items()}
    return dict(sorted(named.items(), key=lambda item: -len(item[0])))


def _any(words: Iterable[str]) -> str:
    """Return a pattern of alternatives, longest first; one that never matches where there are none."""
    return "|".join(_pattern(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"


def _pattern(word: str) -> str:
    bare = comparable(word.strip("|"))
    begins = _EDGE if _spaced(bare) else ""
    open_end = bare[-1].isalnum() and not solid(bare)
    ends = r"(?!\w)" if word.endswith("|") else r"\w*" if open_end else ""
    return begins + re.escape(bare) + ends


def _spaced(word: str) -> bool:
    """Say whether a word must begin where a word begins."""
    bare = comparable(word.strip("|"))
    return bare[0].isalnum() and not solid(bare)
