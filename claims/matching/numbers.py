"""How a language writes numbers and what they count, as its `numbers.toml` tells it; no story is read here.

    to = ["to", "-"]                    what stands between the two ends of a range
    [scales]  "million" = 1_000_000     words that multiply the number before them
    [words]   "three" = 3               numbers in words
    [counts]  shells = ["shell"]        what is counted; besides the units, `people` (troops or workers) and `pieces`
                                        (anything), as the words around say, `dead` (told as other), and `skip` for
                                        what is no quantity of goods or people (days, countries)
    calibres = ["mm"]                   what makes a number the size of a shell
    [before]  at-least = ["more than"]  how a number was meant, by what stands before it
    [after]   at-least = ["or more"]    and by what stands after it
    [money]   before = ["$"]            signs of dollars before a number

Words follow the lexicon's rules: any ending, unless `|` closes them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from claims.matching.page import comparable, solid
from claims.matching.tables import Table
from claims.model import Bound

UNITS = (
    "containers",
    "shells",
    "tonnes",
    "missiles",
    "troops",
    "workers",
    "ships",
    "railcars",
    "usd",
    "percent",
    "other",
)
"""What a figure can count."""
_GREAT = 1000
"""From here on a scale may stand alone: `thousands of shells`, but no `dozens`."""
COUNTS = (*UNITS, "people", "pieces", "dead", "skip")

_DIGITS = (
    r"(?!0)\d{1,3}(?P<mark>[ .,'])\d{3}(?:(?P=mark)\d{3}){0,4}(?!\d)(?:[.,]\d{1,2}(?!\d))?"
    r"|\d{1,12}(?:[.,]\d{1,6})?"
)
"""Three digits behind a mark are a group of thousands in every language; anything else is a fraction."""


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
    money: re.Pattern[str]


def read_numbers(table: Table) -> Numbers:
    """Read a `numbers.toml`.

    Raises:
        SeedError: a key is missing, unknown or of another kind.

    """
    for key in table.keys():
        table.expect(key, ("to", "calibres", "scales", "words", "counts", "before", "after", "money"))
    scales, words, counts = table.table("scales"), table.table("words"), table.table("counts")
    for unit in counts.keys():
        counts.expect(unit, COUNTS)
    number = f"(?P<digits>{_DIGITS})|{_any(words.keys())}"
    scale = _any(scales.keys())
    lone = _any(word for word in scales.keys() if not solid(word) and scales.number(word) >= _GREAT)
    return Numbers(
        start=re.compile(rf"(?<![a-zа-яіїєґ\d.,/-])(?:{number}|{lone})"),
        number=re.compile(number),
        scale=re.compile(rf"[ -]?(?:{scale})"),
        to=re.compile(rf"\s?(?:{_any(table.words('to'))})\s?"),
        values=_values(scales, words),
        counts=_counts(counts),
        calibre=re.compile(rf"\d{{2,3}}(?:,\d)?[ -]?(?:{_any(table.words('calibres'))})"),
        before=_bounds(table.table("before"), "(?:{})\\s?$"),
        after=_bounds(table.table("after"), "\\s?(?:{})"),
        money=re.compile(f"(?:{_any(table.table('money').words('before'))})\\s?$"),
    )


def counted(found: re.Match[str]) -> str:
    """Return which of `COUNTS` a match of `Numbers.counts` is."""
    return (found.lastgroup or "").partition("_")[0]


def _counts(table: Table) -> re.Pattern[str]:
    words = sorted(((word, unit) for unit in table.keys() for word in table.words(unit)), key=lambda w: -len(w[0]))
    first = re.escape("".join(sorted({comparable(word.strip("|"))[0] for word, _ in words})))
    any_of = "|".join(f"(?P<{unit}_{n}>{_pattern(word)})" for n, (word, unit) in enumerate(words))
    return re.compile(f"(?=[{first}])(?:{any_of})")


def _bounds(table: Table, form: str) -> dict[Bound, re.Pattern[str]]:
    for key in table.keys():
        table.expect(key, [str(bound) for bound in Bound])
    return {Bound(key): re.compile(form.format(_any(table.words(key)))) for key in table.keys()}


def _values(*tables: Table) -> dict[str, float]:
    named = {comparable(key.strip("|")): table.number(key) for table in tables for key in table.keys()}
    return dict(sorted(named.items(), key=lambda item: -len(item[0])))


def _any(words: Iterable[str]) -> str:
    """Return a pattern of alternatives, longest first; one that never matches where there are none."""
    return "|".join(_pattern(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"


def _pattern(word: str) -> str:
    bare = comparable(word.strip("|"))
    begins = r"(?<![^\W\d])" if bare[0].isalnum() and not solid(bare) else ""
    open_end = bare[-1].isalnum() and not solid(bare)
    ends = r"(?!\w)" if word.endswith("|") else r"\w*" if open_end else ""
    return begins + re.escape(bare) + ends
