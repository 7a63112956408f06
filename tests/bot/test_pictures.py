"""What becomes of a picture beside the event loop."""

import sys
import threading
from types import ModuleType

import pytest

from bot.pictures import ABOUT, drawn


async def test_a_picture_comes_with_words_for_those_who_do_not_see_it() -> None:
    """It is drawn in another thread, and its words are cut where the platforms cut them."""
    threads = []

    def draw(charts: ModuleType) -> bytes:
        threads.append(threading.current_thread())
        return charts.__name__.encode()

    picture, why_not = await drawn("a.png", "x" * 2_000, draw)

    assert picture is not None
    assert (picture.content, why_not) == (b"bot.charts.pictures", "")
    assert len(picture.about) == ABOUT
    assert threads != [threading.main_thread()]


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
