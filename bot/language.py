"""The language in which we speak to somebody: gettext catalogues, chosen for each task.

A catalogue is `bot/locale/LANGUAGE.po`; it is compiled when it is first used. What a feed or the register
says stays in the language it was said in.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache, lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_decimal

_LOCALES = Path(__file__).resolve().parent / "locale"

LANGUAGES = {"en": "English", "ko": "한국어", "ru": "Русский", "uk": "Українська"}
"""The languages that we speak, ISO 639-1, by their own names."""

_PLACES = {"en": "en_GB"}
"""The locale of a language that is written differently from place to place: our days come before months."""
_LARGE = (1e12, 1e9, 1e6)
"""Numbers with a name."""

_spoken: ContextVar[str] = ContextVar("spoken", default="en")


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Speak a language within; one that we do not speak, or None, is English. `ko-KR` is `ko`."""
    short = (language or "en").replace("_", "-").partition("-")[0].casefold()
    token = _spoken.set(short if short in LANGUAGES else "en")
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> str:
    """Return the language that is spoken now, ISO 639-1."""
    return _spoken.get()


def locale() -> Locale:
    """Return the locale of the language that is spoken now, for dates and numbers."""
    return _locale(spoken())


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(_PLACES.get(language, language))


def decimal(value: float) -> str:
    """Return a number in digits, rounded to two decimals at most: `13,000`, `0.5`."""
    return _decimal(value, spoken())


@lru_cache(maxsize=4_096)
def _decimal(value: float, _language: str) -> str:
    # A page of the site has dozens of counts, most of them small ones.
    return format_decimal(value, "#,##0.##", locale=locale())


def named(value: float) -> str:
    """Return a number in words where it is a large one and nothing is lost: `1.6 million`, else in digits."""
    size = next((each for each in _LARGE if abs(value) >= each), 0)
    if not size or value % (size / 100):
        return decimal(value)
    form: Literal["long", "short"] = "long" if "long" in locale().compact_decimal_formats else "short"
    # A whole number, since the plural goes by the digits: Russian has `1 миллион`, but `1.0 миллиона`.
    return format_compact_decimal(int(value), format_type=form, locale=locale(), fraction_digits=2)


def full_date(day: date) -> str:
    """Return `27 August 2024`."""
    return format_date(day, "long", locale=locale())


def dated(day: date, skeleton: str) -> str:
    """Return parts of a date: `MMMMd` is `27 August`, `yMMMM` is `August 2024`, `y` is `2024`.

    The skeletons are those of Unicode's CLDR (UTS #35, part 4, available formats).
    """
    return format_skeleton(skeleton, day, locale=locale())


def date_within(day: date, skeleton: str) -> str:
    """Return parts of a date as they stand within a sentence: Russian and Ukrainian have the genitive.

    CLDR (UTS #35, part 4) tells the two forms of a month by the letters `M` and `L`.
    """
    known = locale().datetime_skeletons
    pattern = known[skeleton].pattern if skeleton in known else skeleton
    return format_date(day, pattern.replace("L", "M"), locale=locale())


def dates(first: date, last: date) -> str:
    """Return a span of days with its year: `20–27 Aug 2024`, by the intervals of CLDR."""
    return format_interval(first, last, "yMMMd", locale=locale())


def weekday(number: int) -> str:
    """Return the name of a day of the week, 0 for Monday."""
    return str(locale().days["format"]["wide"][number])


def language_name(code: str) -> str:
    """Return the name of an ISO 639-1 language, or the code itself where it has none."""
    return str(locale().languages.get(code, code))


def N_(words: str) -> str:  # noqa: N802 - the name that gettext and its extractors have for it
    """Return words as they are: they are marked for the catalogues, and translated where they are shown."""
    return words


def _(words: str) -> str:
    """Return words in the language that is spoken now; those without a translation stay English."""
    # For no words gettext returns the head of the catalogue.
    return _catalogue(spoken()).gettext(words) if words else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of words that goes with a count, in the language that is spoken now."""
    return _catalogue(spoken()).ngettext(one, many, count)


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    compiled = io.BytesIO()
    with (_LOCALES / f"{language}.po").open("rb") as words:
        write_mo(compiled, read_po(words, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
