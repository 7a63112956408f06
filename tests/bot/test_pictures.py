"""What becomes of a picture beside the event loop."""

import sys
import threading
from types import ModuleType

import pytest

from bot import pictures
from bot.charts import pictures as charts_of_chats
from bot.language import speaking
from bot.pictures import ABOUT, drawn


async def test_a_picture_comes_with_words_for_those_who_do_not_see_it() -> None:
    """It is drawn in another thread, and its words are cut between two of their parts."""
    threads = []

    def draw(charts: ModuleType) -> bytes:
        threads.append(threading.current_thread())
        return charts.__name__.encode()

    picture, why_not = await drawn("a.png", "Sample ministry; " * 200, draw)

    assert picture is not None
    assert (picture.content, why_not) == (b"bot.charts.pictures", "")
    assert len(picture.about) <= ABOUT
    assert picture.about.endswith("Sample ministry; more in the list")
    assert threads != [threading.main_thread()]


async def test_a_picture_in_another_language_than_asked_is_said_to_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where no font has the letters it is in English, and the answer says so in the asker's language."""
    monkeypatch.setattr(charts_of_chats, "written", lambda: "en")
    with speaking("ko"):
        picture, said = await drawn("a.png", "words", lambda _charts: b"")
    with speaking("en"):
        same, nothing = await drawn("a.png", "words", lambda _charts: b"")

    assert picture is not None
    assert same is not None
    assert said.startswith("그림은 영어입니다")
    assert nothing == ""


async def test_fonts_are_read_once_the_bot_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """What draws is prepared in another thread; without the extra there is nothing to prepare."""
    threads: list[threading.Thread] = []
    monkeypatch.setattr(pictures, "LATER", 0.0)
    monkeypatch.setattr(charts_of_chats, "prepare", lambda: threads.append(threading.current_thread()))
    await pictures.prepare()
    monkeypatch.setattr(pictures, "_draw", _missing)
    await pictures.prepare()

    assert len(threads) == 1
    assert threads != [threading.main_thread()]


def _missing(draw: object) -> None:
    raise ModuleNotFoundError("matplotlib")


async def test_without_the_extra_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer goes on with its list."""
    for name in [name for name in sys.modules if name.startswith("bot.charts")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("bot.charts", raising=False)
    monkeypatch.setitem(sys.modules, "matplotlib.backends.backend_agg", None)

    picture, why_not = await drawn("a.png", "words", lambda charts: charts.none)

    assert picture is None
    assert why_not == "For a picture, whoever runs the bot does pip install 'claimwatch[charts]'"


async def test_a_picture_that_fails_is_no_failure_of_the_answer(caplog: pytest.LogCaptureFixture) -> None:
    """The cause is in the log, and none of its words in the answer."""

    def fail(charts: ModuleType) -> bytes:
        raise RuntimeError("a secret path")

    picture, why_not = await drawn("a.png", "words", fail)

    assert (picture, why_not) == (None, "The picture could not be drawn")
    assert "a secret path" in caplog.text
