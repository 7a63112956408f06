"""The catalogues say in every language what we say in English, whole and with the same names in it."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.language import LANGUAGES

BOT = Path(__file__).resolve().parents[2] / "bot"
METHODS = [("**.py", "python"), ("site/templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
_NAMED = re.compile(r"\{[^{}]*\}")
_MARKED = re.compile(r"`[^`]+`")
TRANSLATED = sorted(LANGUAGES.keys() - {"en"})


@cache
def said() -> Mapping[str | tuple[str, str], str]:
    """Return every sentence of the source, by itself or with its plural, and where it stands."""
    found = extract_from_dir(str(BOT), METHODS, keywords=KEYWORDS)
    return {
        (words if isinstance(words, str) else (words[0], words[1])): f"{name}:{line}"
        for name, line, words, _comments, _context in found
    }


@cache
def catalogue(language: str) -> Catalog:
    """Return the catalogue of a language."""
    with (BOT / "locale" / f"{language}.po").open("rb") as words:
        return read_po(words, locale=language)


def forms(message: Message) -> Iterator[tuple[str, str]]:
    """Yield each translated form with the English one that it stands for."""
    if isinstance(message.id, str):
        yield message.id, str(message.string)
    else:
        one, many = message.id
        for form in message.string:
            yield (many if _NAMED.findall(many) else one), form


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language: str):
    """A reader never meets a card that is half in another language."""
    translated = {
        message.id if isinstance(message.id, str) else tuple(message.id)
        for message in catalogue(language)
        if message.id and all(words for _, words in forms(message)) and not message.fuzzy
    }
    assert {words: place for words, place in said().items() if words not in translated} == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_left_over(language: str):
    """A catalogue holds what is said, and nothing that was said once."""
    known = {
        message.id if isinstance(message.id, str) else tuple(message.id) for message in catalogue(language)
    }
    assert known - said().keys() - {""} == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_names_of_its_sentence(language: str):
    """What is filled in, and words that are typed as they stand, are the same in every form."""
    wrong = [
        (english, words)
        for message in catalogue(language)
        if message.id
        for english, words in forms(message)
        for marks in (_NAMED, _MARKED)
        if sorted(set(marks.findall(english))) != sorted(set(marks.findall(words)))
    ]
    assert wrong == []
