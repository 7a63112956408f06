"""What a story says as a vector, beside its words: the seam to the sentence encoder, which may be missing."""

import logging
from collections.abc import Sequence
from typing import Any, Protocol

from claims.matching.page import lay_out
from claims.model import Story

log = logging.getLogger(__name__)

ENCODER_FAILS = (ImportError, OSError, ValueError, RuntimeError, MemoryError)
"""What is raised on a machine that numpy was not built for, and by a model that is not whole."""

MAX_GIST = 220
"""Characters of a story that are encoded: more of it blurs what it says, and takes longer."""


class Vector(Protocol):
    """Where a text stands among meanings: of length 1, so that `a @ b` is the cosine of two, -1 to 1."""

    def __matmul__(self, other: Any, /) -> float:
        """Return the cosine."""
        ...


class Encoder(Protocol):
    """What turns texts into vectors; see `claims.matching.encoder.load_encoder`."""

    @property
    def model(self) -> str:
        """Return name and version of the model; what two models make is never compared."""
        ...

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """Return what is kept of each text, in their order; slow, some milliseconds a text."""
        ...

    def vector(self, kept: bytes) -> Vector:
        """Return the vector of what was kept, centred on the background that ships for the model."""
        ...


def gist(story: Story) -> str:
    """Return the title and the first sentence of a story, on one line of at most `MAX_GIST` characters."""
    page = lay_out(story.title, story.summary)
    return page.text[: page.lead_end].replace("\n", ". ").strip()[:MAX_GIST]


def vectors_of(encoder: Encoder, stories: Sequence[Story]) -> dict[str, Vector]:
    """Return the vectors of stories by their ids, encoded at once; none, as the log tells, where it fails."""
    try:
        kept = encoder.encode([gist(story) for story in stories])
    except ENCODER_FAILS as error:
        log.warning("the sentence encoder fails, so stories are grouped without it: %s", error)
        return {}
    return {story.id: encoder.vector(each) for story, each in zip(stories, kept, strict=True)}
