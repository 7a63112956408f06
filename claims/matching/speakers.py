"""Whom words name, so that bodies of one government are known as one."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from claims.matching.lexicon import Language, Lexicon
from claims.matching.origin import names_in
from claims.matching.page import Page, lay_out
from claims.matching.patterns import words_of
from claims.standing import as_written
from claims.tables import opened

Governments = Mapping[str, frozenset[str]]
"""The governments of each concept of the lexicon that is a body of one or stands for one."""


def read_governments(path: Path) -> Governments:
    """Read `[government] concepts = [concept, ...]`; a concept may be of a language that is not there.

    Raises:
        SeedError: the file is missing or wrong; names the file and the key.

    """
    governments: dict[str, frozenset[str]] = {}
    with opened(path) as root:
        for name, table in root.sections():
            for concept in table.take("concepts", words_of, (), needed=True):
                governments[concept] = governments.get(concept, frozenset()) | {name}
            table.close()
    return governments


def speakers(words: str, lexicon: Lexicon, governments: Governments) -> frozenset[str]:
    """Return the governments, and the bodies and outlets of none, that words name in any language we read.

    A government may be meant by its country (`a senior official of South Korea`). Words that name nobody we
    know mean themselves.
    """
    if words in lexicon.names or words in governments:
        return _meant({words}, governments)
    page = lay_out(words, "")
    # In every language: that of a few words cannot be told.
    spoken = lexicon.languages.values()
    found = {name for language in spoken for name in _named(page, language, lexicon, governments)}
    return _meant(found, governments) or as_written(words)


def _meant(names: Iterable[str], governments: Governments) -> frozenset[str]:
    return frozenset[str]().union(*(governments.get(name, frozenset({name})) for name in names))


def _named(page: Page, language: Language, lexicon: Lexicon, governments: Governments) -> set[str]:
    spans = language.vocabulary.spans(page.folded)
    names = names_in(spans, lexicon)
    countries = (each for each in spans if each.concept in governments)
    apart = (c for c in countries if not any(n.start <= c.start and c.end <= n.end for n in names))
    return {each.concept for each in (*names, *apart)}
