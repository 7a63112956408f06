"""Stories in, vectors out: what was encoded once is kept, and the rest is encoded beside the event loop."""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence

from claims.clock import Clock
from claims.matching.meaning import ENCODER_FAILS, Encoder, Vector, gist
from claims.model import Story
from claims.store import VectorBook

log = logging.getLogger(__name__)

BATCH = 32
"""Texts encoded at once: a tenth of a second of work, after which a stop is heard."""


class Vectors:
    """Gives the vectors of stories, where there is an encoder."""

    def __init__(self, encoder: Encoder | None, book: VectorBook, clock: Clock) -> None:
        self._encoder = encoder
        self._book = book
        self._clock = clock

    async def of(self, stories: Iterable[Story]) -> Mapping[str, Vector]:
        """Return vectors by story id; none without an encoder. One that fails is not asked again.

        Raises:
            StoreError: the store cannot be read or written.

        """
        if self._encoder is None:
            return {}
        gists = {story.id: gist(story) for story in stories}
        try:
            kept = await self._kept(self._encoder, set(gists.values()))
            return {key: self._encoder.vector(kept[text]) for key, text in gists.items()}
        except ENCODER_FAILS:
            log.exception("the sentence encoder fails: stories are grouped without it from now on")
            self._encoder = None
            return {}

    async def _kept(self, encoder: Encoder, texts: set[str]) -> Mapping[str, bytes]:
        kept = dict(await self._book.vectors(encoder.model, texts))
        for batch in _batches(sorted(texts - kept.keys())):
            encoded = await asyncio.to_thread(encoder.encode, batch)
            made = dict(zip(batch, encoded, strict=True))
            await self._book.keep_vectors(encoder.model, made, self._clock())
            kept |= made
        return kept


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    return (texts[begin : begin + BATCH] for begin in range(0, len(texts), BATCH))
