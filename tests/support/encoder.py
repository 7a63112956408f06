"""A sentence encoder that a test can foresee: texts mean the same when they share one of its words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Meaning:
    """A vector with one direction for each meaning."""

    word: str

    def __matmul__(self, other: Any, /) -> float:
        return float(self.word == other.word)


@dataclass
class WordEncoder:
    """`claims.matching.meaning.Encoder`; a text without one of the words means something of its own."""

    words: tuple[str, ...] = ()
    model: str = "words 1"
    asked: list[str] = field(default_factory=list)
    """Every text that was encoded, in that order."""

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """Return what each text means."""
        self.asked += texts
        return [next((word for word in self.words if word in text), text).encode() for text in texts]

    def vector(self, kept: bytes) -> Meaning:
        """Return it as a vector."""
        return Meaning(kept.decode())
