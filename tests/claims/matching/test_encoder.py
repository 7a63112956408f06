"""The sentence encoder: the real one where it is installed, and what surrounds it."""

import logging
import threading
from pathlib import Path
from typing import Any

import pytest

from claims.errors import SeedError
from claims.matching.encoder import UseEncoder, background_file, installed, load_encoder, read_background
from claims.matching.meaning import Encoder

SEEDS = Path(__file__).resolve().parents[3] / "seeds" / "encoder"
SAME = {
    "en": "Seoul counts nine thousand containers on their way from Rajin to Russia",
    "ko": "서울, 나진에서 러시아로 간 컨테이너 9천 개 집계",
    "ru": "В Сеуле насчитали девять тысяч контейнеров, ушедших из Раджина в Россию",
    "uk": "У Сеулі нарахували дев'ять тисяч контейнерів із Раджина до Росії",
    "ja": "ソウル、羅津からロシアへ向かったコンテナ9000個を集計",
}
OTHER = (
    "Kim's sister speaks of South Korean leaflets near the border",
    "Lawmakers discuss wages of dock workers",
    "Пхеньян поздравил Москву с праздником",
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """Return the real encoder, or skip what needs it."""
    found = load_encoder(SEEDS)
    if found is None:
        pytest.skip("the extra `semantic` is not installed")
    return found


def builder(calls: list[Any]) -> Any:
    """Return what stands in for the library's class: it notes how it is made and what it encodes."""
    np = pytest.importorskip("numpy")

    class Use:
        def __init__(self, **options: Any) -> None:
            calls.append(options)

        def encode(self, texts: list[str]) -> Any:
            calls.append(texts)
            return np.array([[float(len(text)), 1.0] for text in texts], np.float32)

    return Use


def test_the_shipped_background_is_that_of_the_locked_release() -> None:
    """Tests and bots that take the locked packages have centred vectors."""
    lock = (SEEDS.parents[1] / "requirements.lock").read_text("utf-8")
    (release,) = [line.split("==")[1].split()[0] for line in lock.splitlines() if "sentence-encoder" in line]

    assert [path.name for path in SEEDS.iterdir()] == [background_file(release)]


def test_one_happening_is_near_itself_in_every_language(encoder: Encoder) -> None:
    """The same headline in two languages is nearer than any other headline in either of them."""
    kept = encoder.encode([*SAME.values(), *OTHER])
    vectors = [encoder.vector(each) for each in kept]
    same, other = vectors[: len(SAME)], vectors[len(SAME) :]

    for vector in same:
        assert min(vector @ v for v in same) > max(vector @ v for v in other)


def test_a_vector_is_of_length_one(encoder: Encoder) -> None:
    """The product of two is a cosine."""
    (kept,) = encoder.encode(["Moscow thanks Pyongyang"])
    vector = encoder.vector(kept)

    assert vector @ vector == pytest.approx(1.0, abs=1e-5)


def test_the_company_of_a_text_does_not_change_it(encoder: Encoder) -> None:
    """Alone or among others, a text comes to the same vector, but for rounding."""
    (alone,) = encoder.encode([OTHER[0]])
    among = encoder.encode([*SAME.values(), *OTHER])[len(SAME)]

    assert encoder.vector(alone) @ encoder.vector(among) == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize("text", ["", "\ud800", "\x00", "\u202e\u200b", "🙂" * 220, "한" * 220])
def test_no_text_is_too_odd(encoder: Encoder, text: str) -> None:
    """Lone surrogates, control characters and nothing at all are encoded like words."""
    (kept,) = encoder.encode([text])

    assert encoder.vector(kept) @ encoder.vector(kept) == pytest.approx(1.0, abs=1e-4)


def test_it_works_on_one_core(encoder: Encoder) -> None:
    """What limits the library to one thread is installed with it; otherwise it takes every core at once."""
    pytest.importorskip("threadpoolctl")


def test_it_asks_for_one_thread() -> None:
    """The library's default of four makes two cores work a hundred times as long."""
    calls: list[Any] = []
    UseEncoder("1", make=builder(calls)).encode(["a"])

    assert calls == [{"threads": 1}, ["a"]]


def test_the_model_is_loaded_when_it_is_first_needed() -> None:
    """Making an encoder, and encoding nothing, loads nothing; two batches load it once."""
    calls: list[Any] = []
    encoder = UseEncoder("1", make=builder(calls))
    assert encoder.encode([]) == []
    assert calls == []

    encoder.encode(["a"])
    encoder.encode(["b"])

    assert calls == [{"threads": 1}, ["a"], ["b"]]


def test_threads_take_turns() -> None:
    """Two threads that encode at once load one model, and neither disturbs the other."""
    calls: list[Any] = []
    encoder = UseEncoder("1", make=builder(calls))
    threads = [threading.Thread(target=encoder.encode, args=([word] * 50,)) for word in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert calls[0] == {"threads": 1}
    assert sorted(calls[1:]) == [["a"] * 50, ["b"] * 50]


def test_a_release_without_a_background_is_not_centred(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said in the log, and the encoder works all the same."""
    if installed() is None:
        pytest.skip("the extra `semantic` is not installed")
    with caplog.at_level(logging.WARNING):
        encoder = load_encoder(tmp_path)

    assert encoder is not None
    assert "has no background" in caplog.text


def test_the_background_is_taken_away(tmp_path: Path) -> None:
    """Less the mean, and less what lies along the directions of languages."""
    path = tmp_path / "x.json"
    path.write_text('{"mean": [1.0, 0.5], "languages": [[0.0, 1.0]]}', "utf-8")
    pytest.importorskip("numpy")
    encoder = UseEncoder("1", read_background(path), make=builder([]))
    short, long = (encoder.vector(kept) for kept in encoder.encode(["", "aaa"]))

    assert short @ long == pytest.approx(-1.0)


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        "[]",
        '{"mean": [1.0]}',
        '{"mean": [1.0], "languages": [[1.0, 2.0]]}',
        '{"mean": 1.0, "languages": []}',
        '{"mean": ["a"], "languages": [["b"]]}',
        '{"mean": 1.0, "languages": [[1.0]]}',
    ],
)
def test_a_broken_background_is_told(text: str, tmp_path: Path) -> None:
    """An operator reads which file it is."""
    path = tmp_path / "broken.json"
    path.write_text(text, "utf-8")

    with pytest.raises(SeedError, match=r"broken\.json: no background"):
        read_background(path)
