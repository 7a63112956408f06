"""What an expression of words is made of (`claims.query`), and what it is held against."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

from claims.text import fold

FIELDS = ("title", "text", "source", "family", "language", "claim", "tag", "stance", "origin")
"""What a word can be looked for in alone; without one it is looked for in all of a story's words."""

# Scripts without spaces, or with endings grown to the word: Hangul, kana and Chinese characters.
_UNSPACED = (
    "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_BEGINS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_ENDS_UNSPACED = re.compile(rf"[{_UNSPACED}]\Z")


@dataclass(frozen=True)
class Document:
    """A story, and the claims that its alert bears on."""

    title: str = ""
    text: str = ""
    """All its words, the title among them."""
    source: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    """ISO 639-1."""
    claim: tuple[str, ...] = ()
    """Ids."""
    tag: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    """Whom it relays."""

    @cached_property
    def said(self) -> Mapping[str, tuple[str, ...]]:
        """Return what each field says, by its name."""
        lists = {name: getattr(self, name) for name in FIELDS[2:]}
        return {"title": (self.title,), "text": (self.text,), **lists}


@dataclass(frozen=True, slots=True)
class Checked:
    """How one term of an expression did."""

    term: str
    """As it was typed."""
    hit: bool
    wanted: bool
    """False under NOT: a hit then speaks against the story."""


class Node(Protocol):
    """A part of an expression."""

    @property
    def depth(self) -> int:
        """Return how many levels of parentheses and NOT it has."""
        ...

    def holds(self, document: Document) -> bool:
        """Say whether a story fits it."""
        ...

    def checked(self, document: Document, *, wanted: bool) -> Iterator[Checked]:
        """Yield how each of its terms did."""
        ...


@dataclass(frozen=True, slots=True)
class Group:
    """Parts of which all are needed, or any will do."""

    parts: tuple[Node, ...]
    needs_all: bool
    depth: int

    def holds(self, document: Document) -> bool:
        """See `Node`."""
        each = (part.holds(document) for part in self.parts)
        return all(each) if self.needs_all else any(each)

    def checked(self, document: Document, *, wanted: bool) -> Iterator[Checked]:
        """See `Node`."""
        for part in self.parts:
            yield from part.checked(document, wanted=wanted)


@dataclass(frozen=True, slots=True)
class Not:
    """A part that must not fit."""

    part: Node
    depth: int

    def holds(self, document: Document) -> bool:
        """See `Node`."""
        return not self.part.holds(document)

    def checked(self, document: Document, *, wanted: bool) -> Iterator[Checked]:
        """See `Node`."""
        return self.part.checked(document, wanted=not wanted)


@dataclass(frozen=True, slots=True)
class Term:
    """A word, a phrase or a pattern, in one field."""

    typed: str
    field: str
    found_in: Callable[[str], bool]
    depth: int = 0

    def holds(self, document: Document) -> bool:
        """See `Node`."""
        return any(map(self.found_in, document.said[self.field]))

    def checked(self, document: Document, *, wanted: bool) -> Iterator[Checked]:
        """See `Node`."""
        yield Checked(self.typed, self.holds(document), wanted)


@lru_cache(maxsize=4_096)
def spaced(said: str) -> str:
    """Return the words of a text, folded and without accents that stand apart, a space round each.

    So `sought in spaced(said)` finds whole words where `sought` has its spaces.
    """
    plain = "".join(c for c in fold(said) if c.isascii() or unicodedata.category(c) != "Mn")
    return f" {' '.join(_WORD.findall(plain))} "


def has_words(sought: str, *, begins: bool) -> Callable[[str], bool]:
    """Return what finds these words next to each other; the last of them need only `begin` so.

    In scripts without spaces they are found inside words.

    Raises:
        ValueError: they have no letter or number.

    """
    words = spaced(sought).strip()
    if not words:
        raise ValueError("has no letter or number to look for")
    before = "" if _BEGINS_UNSPACED.match(words) else " "
    after = "" if begins or _ENDS_UNSPACED.search(words) else " "
    wanted = f"{before}{words}{after}"
    return lambda said: wanted in spaced(said)


def is_named(sought: str, *, begins: bool) -> Callable[[str], bool]:
    """Return what takes this name, or those that begin so."""
    wanted = fold(sought)
    if begins:
        return lambda said: fold(said).startswith(wanted)
    return lambda said: fold(said) == wanted


def unified(text: str) -> str:
    """Return text as patterns have it: compatibility forms unified (NFKC)."""
    return unicodedata.normalize("NFKC", text)
