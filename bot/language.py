"""The language in which we speak to somebody: gettext catalogues, chosen for each task.

A catalogue is `bot/locale/LANGUAGE.po`; it is compiled when it is first used. What a feed or the register
says stays in the language it was said in.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

_LOCALES = Path(__file__).resolve().parent / "locale"

LANGUAGES = {"en": "English", "ko": "한국어", "ru": "Русский", "uk": "Українська"}
"""The languages that we speak, ISO 639-1, by their own names."""

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
    return Locale.parse(spoken())


def _(words: str) -> str:
    """Return words in the language that is spoken now; those without a translation stay English."""
    return _catalogue(spoken()).gettext(words)


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
