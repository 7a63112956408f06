"""How a language writes numbers and what they count, as its `numbers.toml` tells it; no story is read here.

    to = ["to", "-"]                    what stands between the two ends of a range
    of = ["of the"]                     and between a part and its whole: two of the five
    apart = ["in|"]                     right behind a number: what follows is not what it counts
    joins = ["と"]                      right behind a counter: so is what follows
    [digits]  "一" = 1                  characters that scales multiply: 一萬二千
    vague = ["数"]                      before them: no number, 数十万
    [scales]  "million" = 1_000_000     words that multiply the number before them
    [words]   "three" = 3               numbers in words
    [counts]  shells = ["shell"]        what is counted: a unit; or `people` (troops or workers), `rounds`
                                        (shells or missiles) and `pieces` (any goods), as the words around
                                        say; `dead` (told as other); `skip` for what is no quantity of goods
                                        or people (days, countries)
    calibres = ["mm"]                   what makes a number the size of a shell
    [before]  at-least = ["more than"]  how a number was meant, by what stands before it
    [after]   at-least = ["or more"]    and by what stands after it
    plans = ["plans to"]                before a number in its clause: so many are to come
    planned = ["will be sent"]          and behind it
    worth = ["worth of"]                behind a number of what fits into containers: a capacity; of
                                        containers themselves it is their count
    [mixed]   with = ["including"]      beside people and `north`: North Koreans are some of them only
              north = ["north korea"]
              before = ["among them"]   behind `north`: the same
    [rates]   "a month" = ["per month"] what makes a count one of `RATES`; `in one place` behind containers
    [spans]   opens = ["since"]         how the time that a count covers begins or ends
              dates = ["mid", "year"]   and the words and months that dates are made of
              since = ["since"]         which of them tell since when, and what may stand around that date
              around = ["of|"]
              late = ["end|", "late"]   which part of it is meant: `early`, `mid` or `late`
              year = ["年"]             right behind the number of a year, a month or a day
              last = ["last year"]      alone beside a number: what it counts was of that year
              within = ["in|"]          and so before a year; in solid scripts behind it
    [calendar] august = 8               the months by their names
    [ways]    dprk-to-russia = ["to russia|"]   which `Direction` counted goods went
    labels = ["resolution"]             before a number that names, or limits, and does not count
    was = ["up from"]                   before a number of before, beside which stands the one of now
    months = ["january"]                before a day of the month
    apiece = ["per container"]          beside what one holds: no count of all
    own = ["russia fires"]              beside what a buyer fires or makes itself: no count of what was sent
    hired = ["to work"]                 beside people who are named as nothing else: workers, no troops
    listed = ["sanction"]               beside people who were listed and not sent
    money = ["$"]                       signs of dollars before a number

Words follow the lexicon's rules: any ending, unless `|` closes them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from claims.matching.page import comparable, solid
from claims.matching.patterns import any_of, kinds_of, words_of
from claims.model import UNITS, Bound, Direction
from claims.tables import Table, above_zero, opened

PARTS = ("early", "mid", "late")
"""Of a year or a month."""
STOOD = "in one place"
"""The period of containers that stood somewhere at one time: no count of those that went."""
RATES = ("a day", "a week", "a month", "a year", STOOD)
"""The periods of a figure that make it a rate, or else no total."""
_DATED = ("since", "around", *PARTS, "year", "month", "day")
"""The words of dates that `claims.matching.spans` reads."""
_OPENING = ("since", "around", *PARTS, "opens", "dates")
_WAYS = tuple(str(way) for way in Direction)
_BOUNDS = tuple(str(bound) for bound in Bound)
Bounds = Mapping[Bound, re.Pattern[str]]
COUNTS = (*UNITS, "people", "rounds", "pieces", "dead", "skip")

_DIGITS = (
    r"(?!0)\d{1,3}(?P<mark>[ .,'])\d{3}(?:(?P=mark)\d{3}){0,4}(?!\d)(?:[.,]\d{1,2}(?!\d))?"
    r"|\d{1,12}(?:[.,]\d{1,6})?"
)
"""Three digits behind a mark are a group of thousands in every language; anything else is a fraction."""

_AMONG = r"(?:[^.;:!?。；！？\n]|\.(?=\d))"
"""A character within a sentence."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A language's numbers, ready to look for in folded text."""

    start: re.Pattern[str]
    """Where a number may begin."""
    number: re.Pattern[str]
    """Digits (group `digits`, with the `mark` that groups them), Han numerals (`han`) or words."""
    scale: re.Pattern[str]
    """A word that multiplies, with the space before it."""
    to: re.Pattern[str]
    of: re.Pattern[str]
    apart: re.Pattern[str]
    joins: re.Pattern[str]
    digits: Mapping[str, float]
    """Of the characters of Han numerals that are no scales."""
    values: Mapping[str, float]
    """Of scales and number words, by how they begin, longest first."""
    counts: re.Pattern[str]
    """A counted thing; `counted` tells which."""
    calibre: re.Pattern[str]
    before: Bounds
    after: Bounds
    worth: re.Pattern[str]
    north: re.Pattern[str]
    mixed_behind: re.Pattern[str]
    """Behind people: North Koreans are among them."""
    mixed_before: re.Pattern[str]
    """Before them: the same."""
    plans: re.Pattern[str]
    """Before a number in its clause."""
    planned: re.Pattern[str]
    """Behind it."""
    rates: Mapping[str, re.Pattern[str]]
    """By one of `RATES`."""
    span: re.Pattern[str]
    """The time that a count covers: `since mid-2022`."""
    in_year: re.Pattern[str]
    """A year that a count is of: the `last` one, or that of the group `year` or `solid`."""
    of_date: re.Pattern[str]
    """What a year belongs to that a date goes on with: `the end of`."""
    date: re.Pattern[str]
    """A word of a time since when something was counted, in a group that is named by its kind."""
    calendar: Mapping[str, float]
    """The numbers of months, by how their names begin."""
    ways: re.Pattern[str]
    """Which way goods went; `way` tells which."""
    label: re.Pattern[str]
    was: re.Pattern[str]
    month: re.Pattern[str]
    apiece: re.Pattern[str]
    own: re.Pattern[str]
    hired: re.Pattern[str]
    listed: re.Pattern[str]
    money: re.Pattern[str]


def read_numbers(path: Path) -> Numbers:
    """Read a `numbers.toml`.

    Raises:
        SeedError: it cannot be read, or a key of it is missing, unknown or of another kind.

    """
    with opened(path) as root:
        scales, named, digits = (_values(root, key) for key in ("scales", "words", "digits"))
        number = f"(?P<digits>{_DIGITS})|{any_of(named)}|(?P<han>{_han(digits, scales)})"
        vague = "".join(f"(?<!{re.escape(word)})" for word in root.take("vague", words_of, ()))

        counts = _words(root, "counts", COUNTS)
        spans = _words(root, "spans", (*_DATED, "opens", "dates", "last", "within"))
        meant = _words(root, "before", _BOUNDS)
        mixed = _words(root, "mixed", ("with", "north", "before"))
        among, north, before = (any_of(mixed.get(key, ())) for key in ("with", "north", "before"))
        calendar = _values(root, "calendar")
        after = {Bound(bound): found for bound, found in _words(root, "after", _BOUNDS).items()}

        def words(key: str) -> str:
            return any_of(root.take(key, words_of, ()))

        return Numbers(
            start=re.compile(rf"(?<![a-zа-яіїєґ\d.,/-]){vague}(?:{number})"),
            number=re.compile(number),
            scale=re.compile(rf"[ -]?(?:{any_of(scales)})"),
            to=re.compile(rf"\s?(?:{words('to')})\s?"),
            of=re.compile(rf"\s?(?:{words('of')})\s?"),
            apart=re.compile(rf"\s?(?:{words('apart')})"),
            joins=re.compile(rf"\s?(?:{words('joins')})"),
            digits=digits,
            values=_by_beginning({**named, **scales}),
            counts=kinds_of(counts),
            calibre=re.compile(rf"\d{{2,3}}(?:,\d)?[ -]?(?:{words('calibres')})"),
            before=_before(meant, counts),
            after={bound: re.compile(rf"\s?(?:{any_of(found)})") for bound, found in after.items()},
            worth=re.compile(rf"\s?(?:{words('worth')})"),
            north=re.compile(north),
            mixed_behind=re.compile(
                rf"(?:{among}){_AMONG}{{0,25}}?(?:{north})|(?:{north}){_AMONG}{{0,3}}(?:{before})"
            ),
            mixed_before=re.compile(rf"(?:{north}){_AMONG}{{0,8}}(?:{before})\s?{_AMONG}{{0,8}}$"),
            plans=re.compile(words("plans")),
            planned=re.compile(words("planned")),
            rates={rate: re.compile(any_of(found)) for rate, found in _words(root, "rates", RATES).items()},
            span=_span(spans),
            in_year=_in_year(spans),
            of_date=re.compile(
                rf"(?:{any_of([*chain(*(spans.get(kind, ()) for kind in _OPENING)), *calendar])})\s?$"
            ),
            date=kinds_of(
                {kind: found for kind, found in spans.items() if kind in _DATED} | {"name": tuple(calendar)}
            ),
            calendar=_by_beginning(calendar),
            ways=kinds_of(
                {key.replace("-", "_"): found for key, found in _words(root, "ways", _WAYS).items()}
            ),
            label=re.compile(f"(?:{words('labels')})\\s?$"),
            was=re.compile(rf"(?:{words('was')})\s?(?:{any_of(chain(*meant.values()))})?\s?$"),
            month=re.compile(f"(?:{words('months')})\\s?$"),
            apiece=re.compile(words("apiece")),
            own=re.compile(words("own")),
            hired=re.compile(words("hired")),
            listed=re.compile(words("listed")),
            money=re.compile(f"(?:{words('money')})\\s?$"),
        )


def _han(digits: Mapping[str, float], scales: Mapping[str, float]) -> str:
    """Return the pattern of Han numerals; a character alone is a number from two on, one is an article."""
    if not digits:
        return r"(?!)"
    several = "".join((*digits, *(scale for scale in scales if len(scale) == 1)))
    return f"[{several}]{{2,12}}|[{''.join(c for c, value in digits.items() if value > 1)}]"


def _span(words: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    """Return the pattern of a time: a word that opens it and a date; in solid scripts the reverse."""
    opens, dates = any_of(words.get("opens", ())), any_of(words.get("dates", ()))
    behind = any_of(word for word in words.get("opens", ()) if solid(word))
    date = rf"(?:\d{{1,2}}[ .]{{0,2}})?(?:{dates}|(?:19|20)\d\d(?!\d))"
    more = rf"(?:[ ,-]{{0,2}}(?:\d{{1,4}}(?!\d)|{dates}|{opens})){{0,10}}"
    return re.compile(rf"(?:{opens})[ -]?{date}{more}|\d{{0,4}}(?:{dates}){more} ?(?:{behind})")


def _in_year(words: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    """Return the pattern of a year alone: neither a month nor a part of a year stands behind it."""
    within = words.get("within", ())
    before, behind = any_of(w for w in within if not solid(w)), any_of(w for w in within if solid(w))
    goes_on = any_of([*words.get("dates", ()), *(w for w in words.get("opens", ()) if solid(w))])
    year = r"(?:19|20)\d\d(?!\d)"
    spaced = rf"(?:{before}) (?P<year>{year})(?: ?(?:{any_of(words.get('around', ()))}))?"
    alone = rf"(?!\s?\d)(?!\s?(?:{goes_on}))"
    last = any_of(words.get("last", ()))
    return re.compile(rf"(?:(?P<last>{last})|{spaced}|(?P<solid>{year})(?:{behind})){alone}")


def counted(found: re.Match[str]) -> str:
    """Return which of `COUNTS` a match of `Numbers.counts` is."""
    return (found.lastgroup or "").partition("_")[0]


def way(found: re.Match[str]) -> Direction:
    """Return which way a match of `Numbers.ways` tells."""
    return Direction((found.lastgroup or "").rpartition("_")[0].replace("_", "-"))


def _before(words: Mapping[str, Sequence[str]], counts: Mapping[str, Sequence[str]]) -> Bounds:
    """Return the patterns of what stands before a number.

    Between the words of a capacity and its number may stand how it was estimated and what would fit: `room
    for some`, `換算砲彈`.
    """
    estimates = [word for bound, found in words.items() if bound != Bound.CAPACITY for word in found]
    goods = [word for kind in ("shells", "rounds") for word in counts.get(kind, ())]
    among = {Bound.CAPACITY: rf"(?:\s*(?:{any_of([*estimates, *goods])}))*\s*$"}
    return {
        Bound(bound): re.compile(f"(?:{any_of(found)})" + among.get(Bound(bound), r"\s?$"))
        for bound, found in words.items()
    }


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
