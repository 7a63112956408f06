"""What the cut promises every renderer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.clip import clip, units


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("shells", 6, "shells"),
        ("shells", 5, "shel…"),
        ("two words", 5, "two…"),
        ("shells", 1, "…"),
        ("shells", 0, ""),
        ("", 0, ""),
        ("cafe\u0301 bar", 5, "caf…"),
        ("cafe\u0301 bar", 6, "cafe\u0301…"),
        ("ab😀cd", 4, "ab…"),
        ("ab😀cd", 5, "ab😀…"),
        ("👍🏽👍🏽!", 8, "👍🏽…"),
        ("🇰🇵🇷🇺!", 8, "🇰🇵…"),
        ("👩\u200d🚀 crew", 5, "…"),
        ("포탄 수백만 발", 5, "포탄 수…"),
        ("\u1112\u1161\u11ab\u1100\u116e\u11a8", 5, "\u1112\u1161\u11ab…"),
        ("a\ud83d\ude00bc", 3, "a…"),
    ],
)
def test_cuts_where_a_reader_would(text: str, limit: int, cut: str) -> None:
    """A cut is seen, fits, and never falls inside what is read as one character."""
    assert clip(text, limit) == cut


@given(st.text(), st.integers(min_value=0, max_value=30))
def test_never_longer_and_always_visible(text: str, limit: int) -> None:
    """Whatever the text, the result fits and is either the text itself or its beginning with `…`."""
    cut = clip(text, limit)

    assert units(cut) <= limit
    assert cut in (text, "") or (cut.endswith("…") and text.startswith(cut[:-1]))


def test_counts_as_the_strictest_reader_does() -> None:
    """A character beyond the basic plane counts twice, as in UTF-16."""
    assert units("a😀") == len("a😀".encode("utf-16-le")) // 2 == 3
