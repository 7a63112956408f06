"""Stories in, vectors out: kept, encoded beside the event loop, and done without where they fail."""

import asyncio
import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from claims.matching.meaning import gist
from claims.store import Store
from claims.vectors import BATCH, Vectors
from tests.support.build import NOW, story
from tests.support.encoder import WordEncoder


def over(encoder: WordEncoder | None, store: Store) -> Vectors:
    """Return the vectors of an encoder over a store."""
    return Vectors(encoder, store, lambda: NOW)


async def test_stories_that_say_the_same_are_near(store: Store) -> None:
    """Vectors come by story id, and tell likeness whatever the language."""
    one, two, other = story("Shells sail"), story("Снаряды плывут: Shells"), story("Zoo opens")

    vectors = await over(WordEncoder(("Shells",)), store).of([one, two, other])

    assert vectors.keys() == {one.id, two.id, other.id}
    assert vectors[one.id] @ vectors[two.id] == 1.0
    assert vectors[one.id] @ vectors[other.id] == 0.0


async def test_without_an_encoder_there_are_none(store: Store) -> None:
    """What asks for vectors then goes by words."""
    assert await over(None, store).of([story()]) == {}


async def test_a_text_is_encoded_once(store: Store) -> None:
    """Neither again for another story of the same words, nor after a restart."""
    one, again = story(url="https://a.example/1"), story(url="https://b.example/2")
    first, second = WordEncoder(), WordEncoder()

    before = await over(first, store).of([one, again])
    after = await over(second, store).of([again])

    assert len(first.asked) == 1
    assert second.asked == []
    assert after[again.id] == before[one.id]


async def test_another_model_begins_anew(store: Store) -> None:
    """What one model made is never taken for what another would make."""
    one, two = WordEncoder(model="words 1"), WordEncoder(("ship",), model="words 2")
    await over(one, store).of([story()])

    vectors = await over(two, store).of([story()])

    assert len(two.asked) == 1
    assert [vector.word for vector in vectors.values()] == ["ship"]  # type: ignore[attr-defined]  # the fake's


async def test_many_are_encoded_some_at_a_time(store: Store) -> None:
    """A stop, and a reader of the store, wait for one batch at most."""
    told = [story(f"Sample {n}", url=f"https://a.example/{n}") for n in range(2 * BATCH + 1)]
    sizes: list[int] = []

    @dataclass
    class Counting(WordEncoder):
        def encode(self, texts: Sequence[str]) -> list[bytes]:
            sizes.append(len(texts))
            return super().encode(texts)

    assert len(await over(Counting(), store).of(told)) == len(told)
    assert sizes == [BATCH, BATCH, 1]


@dataclass
class Waiting(WordEncoder):
    """Does not end before the event loop has had a turn."""

    turn: threading.Event = field(default_factory=threading.Event)

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """Wait for the turn."""
        if not self.turn.wait(20):
            raise AssertionError("the event loop was held up")
        return super().encode(texts)


async def test_commands_are_answered_meanwhile(store: Store) -> None:
    """While texts are encoded, the event loop runs on."""
    encoder = Waiting()
    encoding = asyncio.create_task(over(encoder, store).of([story()]))
    await asyncio.sleep(0)

    encoder.turn.set()

    assert len(await encoding) == 1


@dataclass
class Broken(WordEncoder):
    """Fails as numpy does on a machine that it was not built for."""

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """Fail."""
        super().encode(texts)
        raise RuntimeError("this machine is too old")


async def test_an_encoder_that_fails_is_done_without(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """It is said once, and not asked again."""
    encoder = Broken()
    vectors = over(encoder, store)

    with caplog.at_level(logging.ERROR):
        assert await vectors.of([story()]) == {}
        assert await vectors.of([story()]) == {}

    assert len(encoder.asked) == 1
    assert caplog.text.count("the sentence encoder fails") == 1


async def test_a_damaged_vector_is_done_without(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    """What a store holds by mistake costs no story."""
    told = story()
    await store.keep_vectors("words 1", {gist(told): b"\xff"}, NOW)

    with caplog.at_level(logging.ERROR):
        assert await over(WordEncoder(), store).of([told]) == {}
